package service

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/id"
	"xuezheng/data/policy"
	"xuezheng/data/store"
)

// Policy is the service for policy packs (政策包).
type Policy struct{ *core }

// InForce are the packs in force today, one for each programme, the institution's first in front.
func (s *Policy) InForce() []*policy.Pack { return s.packs().InForceAll(s.today()) }

// First is the pack in force of the programme the institution began with: for whatever concerns nobody
// who is enrolled.
func (s *Policy) First() (*policy.Pack, error) { return s.first() }

// Programme is the pack in force of a programme; of the only one there is, if none is named.
func (s *Policy) Programme(name string) (*policy.Pack, error) { return s.inForce(name) }

// Catalogue is the pack in force of the programme that a course belongs to; of the only one that has
// hours, if none is named.
func (s *Policy) Catalogue(programme string) (*policy.Pack, error) { return s.catalogueOf(programme) }

// Studying are the packs in force of the programmes that have hours.
func (s *Policy) Studying() []*policy.Pack { return s.studying() }

// SeeksFaces reports whether any pack in force asks for faces on other people's records.
func (s *Policy) SeeksFaces() bool { return s.others().Sought }

// Exactly is the pack of that name, id@version: the one that decided.
func (s *Policy) Exactly(name string) (*policy.Pack, error) { return s.packs().Exactly(name) }

// Of is the pack that concerns a person: of the enrolment named, or of their present one; of somebody
// enrolled in nothing, that of the institution's first programme.
func (s *Policy) Of(ctx context.Context, who access.Who, p id.Person, e id.Enrolment) (pack *policy.Pack, err error) {
	err = s.look(ctx, who, act.ListPacks, "", func(tx *store.Tx) error {
		if _, pack, err = s.present(tx, p, e); errors.Is(err, ErrNotEnrolled) {
			pack, err = s.first()
		}
		return err
	})
	return pack, err
}

// Install checks a pack and keeps it: from its day on, whoever enrols in its programme is judged by
// it. Who is enrolled already stays with the pack that took them in, until Adopt.
func (s *Policy) Install(ctx context.Context, who access.Who, yaml []byte) (*policy.Pack, error) {
	p, err := policy.Load(yaml)
	if err != nil {
		return nil, err
	}
	err = s.do(ctx, who, act.InstallPack, func(tx *changing) error {
		tx.about(p.ID+"@"+p.Version, "", "")
		if err := s.packs().Takes(p); err != nil {
			return err
		}
		if _, err := tx.Packs.Put(p.ID, p.Version, p.SHA256, yaml); err != nil {
			return err
		}
		if err := s.knowPacks(tx.Tx); err != nil {
			return err
		}
		return facesUnasked(tx, s.others())
	})
	if err == nil {
		s.known.wipe()
	}
	return p, err
}

// ShelvedPack is a pack as the store keeps it, with where it stands.
type ShelvedPack struct {
	policy.Kept
	Pack     *policy.Pack // nil of one that can't be read
	State    policy.PackState
	Unread   error // why it can't be read
	Enrolled int   // enrolments that it judges
}

// Name is id@version.
func (p ShelvedPack) Name() string { return p.ID + "@" + p.Version }

// Shelf lists every pack the store keeps: those in force first, then those to come, those before, and
// what can't be read.
func (s *Policy) Shelf(ctx context.Context, who access.Who) (list []ShelvedPack, err error) {
	err = s.look(ctx, who, act.ListPacks, "", func(tx *store.Tx) error {
		list = list[:0]
		var kept []store.Pack
		if _, err := tx.Sparing(func() (err error) { kept, err = tx.Packs.All(); return err }); err != nil {
			return err
		}
		judged, err := tx.Enrolments.Judged()
		if err != nil {
			return err
		}
		for _, k := range kept {
			list = append(list, s.shelvedAs(policy.Kept(k), judged))
		}
		rank := []policy.PackState{policy.PackInForce, policy.PackComing, policy.PackFormer, policy.PackUnread}
		slices.SortStableFunc(list, func(a, b ShelvedPack) int {
			return cmp.Compare(slices.Index(rank, a.State), slices.Index(rank, b.State))
		})
		return nil
	})
	return list, err
}

func (c *core) shelvedAs(k policy.Kept, judged map[string]int) ShelvedPack {
	p := ShelvedPack{Kept: k, State: policy.PackFormer}
	p.Enrolled = judged[p.Name()]
	if p.Pack, p.Unread = c.packs().Exactly(p.Name()); p.Unread != nil {
		p.State = policy.PackUnread
		return p
	}
	if now, err := c.packs().InForce(p.Pack.Enrolment.Programme, c.today()); err == nil && now == p.Pack {
		p.State = policy.PackInForce
	} else if p.Pack.From().After(c.today()) {
		p.State = policy.PackComing
	}
	return p
}
