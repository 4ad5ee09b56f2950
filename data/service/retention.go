package service

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/store"
)

// Retention is the service for what has been kept long enough: the pack says how long each kind is
// kept; an administrator sees what is due and deletes it (P-02).
type Retention struct{ *core }

// Faults of deleting what is due.
var (
	ErrDueKind    = fault.New(fault.Missing, "retention.no-kind")
	ErrDueNone    = fault.New(fault.Missing, "retention.none")
	ErrDueChanged = fault.New(fault.Changed, "retention.changed") // figures: how many were shown, how many there are
)

// DueKind is one kind of data with how much of it is due.
type DueKind struct {
	Kind   string // as the pack's retention_months names it
	Months int    // how long it is kept; of what belongs to an enrolment, the longest that any pack says
	Least  int    // the shortest: each enrolment's own pack decides
	Before day.Date
	Rows   int
	People int // of whom
}

// DuePerson is somebody of whom something is due.
type DuePerson struct {
	Person             id.Person
	Name, MaskedNumber string    // empty of somebody deleted before
	Last               time.Time // when something was last done about them
	Rows               int
}

// before is up to when a kind is due today: its last day was so many months ago, and counts.
func (s *Retention) before(kind string) (b store.Before, months int, err error) {
	if _, err := s.first(); err != nil {
		return b, 0, err
	}
	if months = s.kept(kind); months == 0 || !slices.Contains(store.DueKinds, kind) {
		return b, 0, ErrDueKind.With(kind)
	}
	b = store.Before{Day: s.today().AddMonths(-months), Also: s.today().AddMonths(-s.kept("hours")), Own: map[string]day.Date{}}
	for _, p := range s.packs().Packs() {
		if own := p.Retention[kind]; own > 0 && own < months && ofEnrolment(kind) {
			b.Own[p.String()] = s.today().AddMonths(-own)
		}
	}
	return b, months, nil
}

// ofEnrolment reports whether what is of a kind belongs to an enrolment, and is kept as long as its own
// pack says.
func ofEnrolment(kind string) bool {
	return kind == "hours" || kind == "payments" || kind == "certificates"
}

// least is the shortest time for which a kind is kept by any pack that has it.
func (c *core) least(kind string) (months int) {
	months = c.kept(kind)
	for _, p := range c.packs().Packs() {
		if own := p.Retention[kind]; own > 0 && ofEnrolment(kind) {
			months = min(months, own)
		}
	}
	return months
}

// kept is for how many months a kind is kept: of several programmes, the longest that any pack of
// theirs says. What belongs to a person is kept so long, for nobody loses what their own programme still
// asks for; what belongs to an enrolment as long as its own pack says.
func (c *core) kept(kind string) (months int) {
	for _, p := range c.packs().Packs() {
		months = max(months, p.Retention[kind])
	}
	return months
}

// Kept is for how many months a kind of data is kept, as a pack's retention_months names it.
func (s *Policy) Kept(kind string) int { return s.kept(kind) }

// Due says of every kind how long it is kept, and how much of it is due.
func (s *Retention) Due(ctx context.Context, who access.Who) (list []DueKind, err error) {
	err = s.look(ctx, who, act.ListDue, "", func(tx *store.Tx) error {
		list = list[:0]
		for _, kind := range store.DueKinds {
			if s.kept(kind) == 0 {
				continue // there is no such thing in any programme
			}
			k, _, err := s.due(tx, kind)
			if err != nil {
				return err
			}
			list = append(list, k)
		}
		return nil
	})
	return list, err
}

func (s *Retention) due(tx *store.Tx, kind string) (k DueKind, rows []store.DueRow, err error) {
	b, months, err := s.before(kind)
	if err != nil {
		return k, nil, err
	}
	k = DueKind{Kind: kind, Months: months, Least: s.least(kind), Before: b.Day}
	rows, err = tx.Due.Of(kind, b)
	for _, r := range rows {
		k.Rows += r.Rows
		if r.Person != "" {
			k.People++
		}
	}
	return k, rows, err
}

// List names of whom something of a kind is due.
func (s *Retention) List(ctx context.Context, who access.Who, kind string, limit int) (list []DuePerson, err error) {
	err = s.look(ctx, who, act.ListDue, "", func(tx *store.Tx) error {
		list = list[:0]
		_, rows, err := s.due(tx, kind)
		if err != nil {
			return err
		}
		for _, r := range rows[:min(limit, len(rows))] {
			one := DuePerson{Person: r.Person, Rows: r.Rows}
			w, err := tx.People.Get(r.Person)
			switch {
			case err == nil:
				one.Name, one.MaskedNumber = w.Name, identity.Mask(w.Number)
			case !errors.Is(err, person.ErrNoPerson):
				return err
			}
			if one.Last, err = tx.Due.LastAct(r.Person); err != nil {
				return err
			}
			list = append(list, one)
		}
		return nil
	})
	return list, err
}

// Delete deletes what of a kind is due. shown is how many rows were shown to whoever says so: if there
// are more or fewer now, nothing is deleted.
func (s *Retention) Delete(ctx context.Context, who access.Who, kind string, shown int) (k DueKind, err error) {
	err = s.do(ctx, who, act.DeleteDue, func(tx *changing) error {
		var rows []store.DueRow
		if k, rows, err = s.due(tx.Tx, kind); err != nil {
			return err
		}
		switch {
		case k.Rows == 0:
			return ErrDueNone
		case k.Rows != shown:
			return ErrDueChanged.With(shown, k.Rows)
		}
		return s.delete(tx, k, rows)
	})
	if err != nil {
		return DueKind{}, err
	}
	return k, nil
}

func (s *Retention) delete(tx *changing, k DueKind, rows []store.DueRow) error {
	tx.about(k.Kind, "", "rows="+strconv.Itoa(k.Rows)+" before="+k.Before.String())
	for _, r := range rows {
		if r.Person == "" || k.Kind == "audit" {
			continue
		}
		tx.about(k.Kind, r.Person, "rows="+strconv.Itoa(r.Rows))
		if k.Kind != "person" {
			continue
		}
		if err := tx.People.Delete(r.Person); err != nil {
			return err
		}
	}
	if k.Kind == "person" {
		return nil
	}
	b, _, err := s.before(k.Kind)
	if err != nil {
		return err
	}
	return tx.Due.Delete(k.Kind, b)
}
