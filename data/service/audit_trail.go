package service

import (
	"context"
	"errors"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/person"
	"xuezheng/data/store"
)

// TrailLine is a line of the trail with the names of whom it speaks of. Who was deleted since has
// none.
type TrailLine struct {
	audit.Line
	WhoName, PersonName string
}

// TrailFilter chooses lines of the trail; what is empty chooses all.
type TrailFilter = store.LineFilter

// Trail lists what was done, newest first, with names: for those who may see the trail.
func (s *Audit) Trail(ctx context.Context, who access.Who, f TrailFilter) (list []TrailLine, err error) {
	err = s.look(ctx, who, act.ShowAudit, f.Person, func(tx *store.Tx) error {
		lines, err := tx.Audit.Lines(f)
		if err != nil {
			return err
		}
		logins, err := tx.Access.Logins()
		if err != nil {
			return err
		}
		whoIs := map[id.Login]string{}
		for _, l := range logins {
			whoIs[l.ID] = l.Name
		}
		people := map[string]string{"": ""}
		for _, l := range lines {
			name, known := people[l.Person]
			if !known {
				if name, err = nameOf(tx, id.Person(l.Person)); err != nil {
					return err
				}
				people[l.Person] = name
			}
			list = append(list, TrailLine{l, whoIs[l.Who], name})
		}
		return nil
	})
	return list, err
}

// nameOf is what somebody is called; empty of nobody, of whoever was deleted, and where their own row is
// not as the program wrote it.
func nameOf(tx *store.Tx, p id.Person) (name string, err error) {
	_, err = tx.Sparing(func() error {
		w, err := tx.People.Get(p)
		if name = w.Name; errors.Is(err, person.ErrNoPerson) {
			return nil
		}
		return err
	})
	return name, err
}

// NamedRow is a row that a refusal named, with whose it is.
type NamedRow struct {
	store.Row
	PersonName string // empty of nobody, and where their own row is not whole
}

// NamedID is what is known of an id: the rows that have it, and what the trail says of it.
type NamedID struct {
	Rows  []NamedRow
	Lines []TrailLine // newest first
}

// ErrNoRow is for an id that nothing has, and of which the trail tells nothing.
var ErrNoRow = fault.New(fault.Missing, "audit.no-row")

// RowsNamed finds what has an id, of whatever kind, whether it stands as the program wrote it or not,
// and what was done to it: for those who may see the trail.
func (s *Audit) RowsNamed(ctx context.Context, who access.Who, key string) (n NamedID, err error) {
	err = s.look(ctx, who, act.ShowAudit, "", func(tx *store.Tx) error {
		rows, err := tx.Audit.RowsNamed(key)
		for _, r := range rows {
			name, err := nameOf(tx, r.Person)
			if err != nil {
				return err
			}
			n.Rows = append(n.Rows, NamedRow{r, name})
		}
		return err
	})
	if err != nil {
		return n, err
	}
	f := TrailFilter{About: key}
	if n.Lines, err = s.Trail(ctx, who, f); err != nil || len(n.Lines) > 0 {
		return n, err
	}
	for _, r := range n.Rows { // what was written down beside something else of the same person
		if r.Person != "" {
			n.Lines, err = s.Trail(ctx, who, TrailFilter{Person: r.Person})
			return n, err
		}
	}
	return n, nil
}
