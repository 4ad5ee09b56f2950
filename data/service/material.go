package service

import (
	"context"
	"errors"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/person"
	"xuezheng/data/portrait"
	"xuezheng/data/store"
)

// Materials is the service for what applicants hand in, and for their earlier education (H-10,
// H-11, B-06).
type Materials struct{ *core }

// HandedIn is one material someone hands in.
type HandedIn struct {
	Kind    string
	Picture []byte // of the paper; empty where only its code is given
	Code    string
	Expires day.Date
	Seen    bool // a clerk has the original in the hand
	Receipt bool // it was imported from a receipt
}

// HandIn keeps a material. What a clerk has seen in the original says so, with who and when; what
// a learner sends is only declared.
func (s *Materials) HandIn(ctx context.Context, who access.Who, p id.Person, h HandedIn) (k store.Kept, err error) {
	var jpeg []byte
	if len(h.Picture) > 0 {
		if jpeg, err = portrait.Smaller(h.Picture); err != nil {
			return k, err
		}
	}
	k.Kind, k.Code, k.Expires, k.Source, k.Machine = h.Kind, h.Code, h.Expires, enrolment.MaterialDeclared, s.machine
	if who.Role.May(act.SeeMaterial) {
		switch {
		case h.Seen:
			k.Source, k.SeenBy, k.SeenAt = enrolment.MaterialSeen, who.Login, s.now().UTC()
		case h.Receipt:
			k.Source = enrolment.MaterialReceipt
		}
	}
	if k.Material, err = k.Material.Check(); err != nil {
		return k, err
	}
	if err := day.Expires.Check(h.Expires, s.today()); err != nil {
		return k, err
	}
	err = s.doFor(ctx, who, act.HandIn, p, func(tx *changing) error {
		if err := s.turnOf(tx, p, h.Kind); err != nil {
			return err
		}
		if jpeg != nil {
			if err := consented(tx.Tx, p, person.ConsentPictures); err != nil {
				return err
			}
			if k.Picture, _, err = tx.Pictures.Put(p, "material-"+h.Kind, jpeg, 0, who.Login); err != nil {
				return err
			}
		}
		if err := tx.Materials.Put(p, &k); err != nil {
			return err
		}
		tx.about(k.ID, p, h.Kind+" "+string(k.Source))
		return nil
	})
	return k, err
}

// See records that a clerk has seen the original of a material.
func (s *Materials) See(ctx context.Context, who access.Who, p id.Person, material string) error {
	return s.do(ctx, who, act.SeeMaterial, func(tx *changing) error {
		list, err := tx.Materials.Of(p)
		if err != nil {
			return err
		}
		for _, k := range list {
			if k.ID != material {
				continue
			}
			k.Source, k.SeenBy, k.SeenAt, k.Machine = enrolment.MaterialSeen, who.Login, s.now().UTC(), s.machine
			tx.about(k.ID, p, k.Kind+" seen")
			return tx.Materials.Put(p, &k)
		}
		return store.ErrMissing
	})
}

// Standing says of each thing the pack asks for whether it is there: that of the enrolment named, or of
// their present one.
func (s *Materials) Standing(ctx context.Context, who access.Who, p id.Person, e ...id.Enrolment) (list []enrolment.MaterialStanding, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		list, err = s.standing(tx, p, e...)
		return err
	})
	return list, err
}

func (c *core) standing(tx *store.Tx, p id.Person, e ...id.Enrolment) ([]enrolment.MaterialStanding, error) {
	pack, err := c.packOf(tx, p, named(e))
	if err != nil {
		return nil, err
	}
	kept, err := tx.Materials.Of(p)
	if err != nil {
		return nil, err
	}
	have := make([]enrolment.Material, len(kept))
	for i, k := range kept {
		have[i] = k.Material
	}
	return enrolment.Standing(pack.Materials.Requirements, have, c.today(), pack.Materials.WarnDays), nil
}

// lacking are the things asked for that are missing, lapsed or soon will be, or were seen by nobody
// yet; none before a pack is in force.
func (c *core) lacking(tx *store.Tx, p id.Person) (list []enrolment.MaterialStanding, err error) {
	all, err := c.standing(tx, p)
	if errors.Is(err, ErrNoPack) {
		return nil, nil
	}
	for _, s := range all {
		if !s.Requirement.Optional && s.State != enrolment.MaterialMet {
			list = append(list, s)
		}
	}
	return list, err
}

// List lists what a person handed in, the latest first.
func (s *Materials) List(ctx context.Context, who access.Who, p id.Person) (list []store.Kept, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		list, err = tx.Materials.Of(p)
		return err
	})
	return list, err
}

// GiveEducation keeps a person's earlier education; a clerk who has the diploma in the hand says
// so (H-10).
func (s *Materials) GiveEducation(ctx context.Context, who access.Who, p id.Person, e enrolment.Education) error {
	if err := e.Fits(s.today()); err != nil {
		return err
	}
	if e.Check == enrolment.EducationSeen || e.Check == enrolment.EducationReceipt {
		if !who.Role.May(act.SeeMaterial) {
			return access.ErrDenied.With(string(act.SeeMaterial))
		}
		e.SeenBy, e.SeenAt, e.Machine = who.Login, s.now().UTC(), s.machine
	} else {
		e.SeenBy, e.SeenAt, e.Machine = "", time.Time{}, ""
	}
	if e.Proof.Kind != "" && !who.Role.May(act.SeeMaterial) {
		e.Proof.Source, e.Proof.SeenBy, e.Proof.SeenAt = enrolment.MaterialDeclared, "", time.Time{}
	}
	return s.doFor(ctx, who, act.GiveEducation, p, func(tx *changing) error {
		if err := s.turnOf(tx, p, ""); err != nil {
			return err
		}
		holder, err := tx.People.Get(p)
		if err != nil {
			return err
		}
		if err := day.Graduated.Check(e.GraduatedOn, s.today(), holder.Birth); err != nil {
			return err
		}
		before, _, err := tx.Materials.Education(p)
		if err != nil {
			return err
		}
		e.Version = before.Version + 1
		tx.about("education", p, string(e.Check))
		return tx.Materials.PutEducation(p, &e)
	})
}

// Education is a person's earlier education, and the levels it supports here (B-08).
func (s *Materials) Education(ctx context.Context, who access.Who, p id.Person, in ...id.Enrolment) (e enrolment.Education, levels []enrolment.Level, found bool, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		w, err := tx.People.Get(p)
		if err != nil {
			return err
		}
		pack, err := s.packOf(tx, p, named(in))
		if err != nil {
			return err
		}
		if e, found, err = tx.Materials.Education(p); found {
			levels = enrolment.Supports(pack.Materials.Levels, e, w.Birth, s.today())
		}
		return err
	})
	return e, levels, found, err
}
