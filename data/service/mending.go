package service

import (
	"context"
	"errors"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/store"
)

// Edit changes what a draft, a returned or a withdrawn record says; it is a draft then, and what it
// said before stays in its history. seen, if given, is the version that was looked at.
func (s *Hours) Edit(ctx context.Context, who access.Who, r id.Record, e hours.Entry, seen ...int) (hours.Record, error) {
	return s.change(ctx, who, act.EditHours, r, seen, func(tx *changing, rec *hours.Record) (string, error) {
		was := rec.Entry
		_, pack, err := s.studyOf(tx.Tx, rec.Learner, rec.Enrolment, rec.Specialty, rec.On)
		if err != nil {
			return "", err
		}
		tx.pack = pack.String()
		if err := s.repay(tx, was, &e); err != nil {
			return "", err
		}
		already, err := tx.Hours.SecondsOn(rec.Learner, e.On)
		if err != nil {
			return "", err
		}
		if rec.On == e.On && rec.Stands() {
			already -= rec.Seconds
		}
		if *rec, err = pack.Hours.Edit(*rec, e, already, s.today()); err != nil {
			return "", err
		}
		learner, err := tx.People.Get(rec.Learner)
		if err != nil {
			return "", err
		}
		if err := day.Completed.Check(e.On, s.today(), learner.Birth); err != nil {
			return "", err
		}
		if err := s.fitsIn(tx, pack.Hours, was, *rec); err != nil {
			return "", err
		}
		return strings.Join(hours.Differences(was, rec.Entry), " "), nil
	})
}

// repay looks for the payment anew where a record entered at the desk moves to another day or mode
// and no other payment is named.
func (s *Hours) repay(tx *changing, was hours.Entry, e *hours.Entry) (err error) {
	moved := was.On != e.On || was.Mode != e.Mode
	switch {
	case e.Mode != hours.Online || e.PaidOn != was.PaidOn:
		return nil
	case e.PaidOn.IsZero() || moved && was.Source == hours.FromDesk:
		e.PaidOn, err = paidBefore(tx.Tx, was.Enrolment, e.On)
	}
	return err
}

// fitsIn sees that what was mended may be signed up for, where that was changed, and is not there
// already.
func (s *Hours) fitsIn(tx *changing, rules hours.Rules, was hours.Entry, rec hours.Record) error {
	if !was.SameCourse(rec.Entry) {
		en, err := tx.Enrolments.Get(rec.Enrolment)
		if err != nil {
			return err
		}
		if err := rules.SignUp(rec.Entry, planOf(en)); err != nil {
			return err
		}
	}
	there, err := tx.Hours.OfCourse(rec.Entry)
	if err != nil {
		return err
	}
	others := there[:0]
	for _, o := range there {
		if o.ID != rec.ID {
			others = append(others, o)
		}
	}
	return hours.Unlike(rec.Entry, others, true)
}

// Remove takes a draft or a returned record out; its history stays.
func (s *Hours) Remove(ctx context.Context, who access.Who, r id.Record, seen ...int) error {
	return s.do(ctx, who, act.RemoveHours, func(tx *changing) error {
		rec, err := tx.Hours.Get(r)
		if err != nil {
			return err
		}
		if len(seen) > 0 && seen[0] != rec.Version {
			return store.ErrChanged
		}
		if err := rec.MayRemove(); err != nil {
			return err
		}
		tx.about(string(rec.ID), rec.Learner, "")
		return tx.Hours.Remove(rec, tx.hand())
	})
}

// TakeBack makes a submitted record that nobody has decided a draft again.
func (s *Hours) TakeBack(ctx context.Context, who access.Who, r id.Record, seen ...int) (hours.Record, error) {
	return s.change(ctx, who, act.TakeBackHours, r, seen, func(_ *changing, rec *hours.Record) (string, error) {
		return "", rec.TakeBack()
	})
}

// Withdraw takes an accepted record out of what counts, with a coded reason. The certificates over
// it that still stand are to be revoked from then on: marked lists their numbers.
func (s *Hours) Withdraw(ctx context.Context, who access.Who, r id.Record, reason, note string, seen ...int) (rec hours.Record, marked []string, err error) {
	rec, err = s.change(ctx, who, act.WithdrawHours, r, seen, func(tx *changing, rec *hours.Record) (_ string, err error) {
		if err := rec.Withdraw(reason, note, who.Login, tx.at); err != nil {
			return "", err
		}
		marked, err = s.doubt(tx, *rec)
		return reason, err
	})
	return rec, marked, err
}

// Story is one record with everything it said before.
type Story struct {
	Record  hours.Record
	Gone    bool // it was removed; Record is how it stood last
	Former  []hours.Former
	PerHour hours.Unit // one 学时 of its programme
}

// After is the record as the act that ended its former version i left it: with the reason that act gave.
func (st Story) After(i int) hours.Record {
	if i+1 < len(st.Former) {
		return st.Former[i+1].Record
	}
	return st.Record
}

// Story tells one record's history; that of a removed one too.
func (s *Hours) Story(ctx context.Context, who access.Who, r id.Record) (st Story, err error) {
	if err = s.permit(who, act.ShowStanding); err != nil {
		return st, err
	}
	err = s.store.View(ctx, func(tx *store.Tx) error {
		if st.Former, err = tx.Hours.Former(r); err != nil {
			return err
		}
		if st.Record, err = tx.Hours.Get(r); err != nil && len(st.Former) > 0 {
			last := st.Former[len(st.Former)-1]
			st.Record, st.Gone, err = last.Record, true, nil
		}
		if err == nil && !who.Reaches(st.Record.Learner) {
			err = access.ErrDenied.With(string(act.ShowStanding))
		}
		if err == nil {
			st.PerHour, err = s.unitOf(tx, st.Record.Enrolment)
		}
		return err
	})
	return st, err
}

// unitOf is how long one 学时 is where that enrolment studies; of one that is gone, as in the
// institution's first programme that has hours.
func (c *core) unitOf(tx *store.Tx, e id.Enrolment) (hours.Unit, error) {
	en, err := tx.Enrolments.Get(e)
	if errors.Is(err, store.ErrMissing) {
		if list := c.studying(); len(list) > 0 {
			return list[0].Hours.Unit(), nil
		}
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	pack, err := c.judging(en)
	if err != nil {
		return 0, err
	}
	return pack.Hours.Unit(), nil
}

// Unit is how long one 学时 is in the programme of the enrolment named, or of the one that a person's
// study on that day belongs to.
func (s *Hours) Unit(ctx context.Context, who access.Who, p id.Person, e id.Enrolment, specialty string, on day.Date) (per hours.Unit, err error) {
	err = s.look(ctx, who, act.ShowStanding, p, func(tx *store.Tx) error {
		_, pack, err := s.studyOf(tx, p, e, specialty, on)
		if err == nil {
			per = pack.Hours.Unit()
		}
		return err
	})
	return per, err
}

// Units are how long one 学时 is in each of a person's enrolments.
func (s *Hours) Units(ctx context.Context, who access.Who, p id.Person) (per map[id.Enrolment]hours.Unit, err error) {
	err = s.look(ctx, who, act.ShowStanding, p, func(tx *store.Tx) error {
		per = map[id.Enrolment]hours.Unit{}
		list, err := tx.Enrolments.Of(p)
		for _, en := range list {
			if pack, unread := s.judging(en); unread == nil {
				per[en.ID] = pack.Hours.Unit()
			}
		}
		return err
	})
	return per, err
}

// Records lists every record of a person, those of the latest enrolment last, and those that were
// removed.
func (s *Hours) Records(ctx context.Context, who access.Who, p id.Person) (list []hours.Record, removed []hours.Former, err error) {
	err = s.look(ctx, who, act.ShowStanding, p, func(tx *store.Tx) error {
		enrolments, err := tx.Enrolments.Of(p)
		if err != nil {
			return err
		}
		list = nil
		for _, en := range enrolments {
			some, err := tx.Hours.Of(en.ID)
			if err != nil {
				return err
			}
			list = append(list, some...)
		}
		removed, err = tx.Hours.Removed(p)
		return err
	})
	return list, removed, err
}
