package service

import (
	"context"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/policy"
	"xuezheng/data/store"
)

// notice finds a notice by its id, as programme/id or, of the first programme that has one, by its id
// alone; key is what its reading is kept by.
func (c *core) notice(name string) (n enrolment.Notice, key string, err error) {
	packs := c.packs().InForceAll(c.today())
	if len(packs) == 0 {
		_, err := c.first()
		return n, "", err
	}
	programme, id, qualified := strings.Cut(name, "/")
	if !qualified {
		id = name
	}
	for _, pack := range packs {
		if qualified && pack.Enrolment.Programme != programme {
			continue
		}
		for _, n := range pack.Notices {
			if n.ID == id {
				return n, c.noticeKey(pack, id), nil
			}
		}
	}
	var there []string
	for _, pack := range packs {
		for _, n := range pack.Notices {
			there = append(there, c.noticeKey(pack, n.ID)+" ("+n.Title+")")
		}
	}
	return n, "", enrolment.ErrNoNotice.With(strings.Join(there, ", "))
}

// noticeKey is what the reading of a notice is kept by: two programmes may call theirs the same. Those
// of the institution's first programme go by their id alone, as they did before there were several.
func (c *core) noticeKey(pack *policy.Pack, notice string) string {
	if all := c.packs().Programmes(); len(all) == 0 || all[0] == pack.Enrolment.Programme {
		return notice
	}
	return pack.Enrolment.Programme + "/" + notice
}

// Notice finds a notice by its id, as programme/id or alone; key is what its reading is kept by.
func (s *Policy) Notice(name string) (n enrolment.Notice, key string, err error) {
	return s.notice(name)
}

// NoticeKey is what the reading of one of a pack's notices is kept by, and asked for.
func (s *Policy) NoticeKey(pack *policy.Pack, notice string) string { return s.noticeKey(pack, notice) }

// ReadForUnit records that somebody of a unit read a notice in its present version (G-13).
func (s *Enrolment) ReadForUnit(ctx context.Context, who access.Who, u id.Unit, notice string) error {
	n, key, err := s.notice(notice)
	if err != nil {
		return err
	}
	return s.do(ctx, who, act.ReadNotice, func(tx *changing) error {
		if _, err := tx.Enrolments.Unit(u); err != nil {
			return err
		}
		tx.about(n.ID, "", string(u))
		return tx.Enrolments.AddReading(enrolment.UnitReading{Unit: u, Notice: key, Version: n.Version, At: s.now().UTC(), By: who.Login})
	})
}

// UnitReadings lists which notices a unit's people read.
func (s *Enrolment) UnitReadings(ctx context.Context, who access.Who, u id.Unit) (list []enrolment.UnitReading, err error) {
	err = s.look(ctx, who, act.FindPerson, "", func(tx *store.Tx) error {
		list, err = tx.Enrolments.Readings(u)
		return err
	})
	return list, err
}
