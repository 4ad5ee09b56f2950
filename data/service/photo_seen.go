package service

import (
	"context"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/store"
)

// photoMaterial is the kind of material by which it is kept that a clerk saw an ID photo beside the
// card: seen by whom, when, at which machine, and which picture it was.
const photoMaterial = "photo"

// SeePhoto records that a clerk held the photo that is kept now beside the person's card, or the copy
// of it that is kept, and that it shows the person. From then on a kiosk may confirm the person alone
// (Confirming a person, 5). Another photo has to be seen anew.
func (s *Identity) SeePhoto(ctx context.Context, who access.Who, p id.Person) error {
	return s.do(ctx, who, act.SeePhoto, func(tx *changing) error {
		if who.Person == p {
			return access.ErrOwnPerson
		}
		m, found, err := tx.Pictures.Latest(p, identity.PicturePhoto)
		if err != nil {
			return err
		}
		if !found {
			return identity.ErrNoPhoto
		}
		seen, err := photoSeen(tx.Tx, p)
		if err != nil || seen {
			return err
		}
		k := store.Kept{Material: enrolment.Material{Kind: photoMaterial, Source: enrolment.MaterialSeen, SeenBy: who.Login, SeenAt: s.now().UTC(), Picture: m.ID}}
		k.Machine = s.machine
		tx.about(string(m.ID), p, "")
		return tx.Materials.Put(p, &k)
	})
}

// PhotoSeen reports whether a clerk held the photo that is kept now beside the person's card.
func (s *Identity) PhotoSeen(ctx context.Context, who access.Who, p id.Person) (seen bool, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		seen, err = photoSeen(tx, p)
		return err
	})
	return seen, err
}

func photoSeen(tx *store.Tx, p id.Person) (bool, error) {
	m, found, err := tx.Pictures.Latest(p, identity.PicturePhoto)
	if err != nil || !found {
		return false, err
	}
	list, err := tx.Materials.Of(p)
	if err != nil {
		return false, err
	}
	for _, k := range list {
		if k.Kind == photoMaterial && k.Source == enrolment.MaterialSeen && k.Picture == m.ID {
			return true, nil
		}
	}
	return false, nil
}
