package service

import (
	"context"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/store"
)

// notice is a notice of the pack by its id.
func (c *core) notice(name string) (enrolment.Notice, error) {
	pack, err := c.rules()
	if err != nil {
		return enrolment.Notice{}, err
	}
	for _, n := range pack.Notices {
		if n.ID == name {
			return n, nil
		}
	}
	return enrolment.Notice{}, enrolment.ErrNoNotice
}

// ReadForUnit records that somebody of a unit read a notice in its present version (G-13).
func (s *Enrolment) ReadForUnit(ctx context.Context, who access.Who, u id.Unit, notice string) error {
	n, err := s.notice(notice)
	if err != nil {
		return err
	}
	return s.do(ctx, who, act.ReadNotice, func(tx *changing) error {
		if _, err := tx.Enrolments.Unit(u); err != nil {
			return err
		}
		tx.about(n.ID, "", string(u))
		return tx.Enrolments.AddReading(enrolment.UnitReading{Unit: u, Notice: n.ID, Version: n.Version, At: s.now().UTC(), By: who.Login})
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
