package store

import (
	"context"
	"errors"
	"testing"

	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/enrolment"
	"xuezheng/data/identity"
)

// TestWhatTheTrailLeavesStandingWasThere takes rows away behind the program's back, on either engine.
func TestWhatTheTrailLeavesStandingWasThere(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		p, other := somebody(), enrolment.Unit{ID: "u1", Name: "广西路桥"}
		asked := func(what string, want error, ask func(tx *Tx) error) {
			t.Helper()
			view(t, s, func(tx *Tx) error {
				if err := ask(tx); err != nil {
					t.Logf("%s: %v", what, err)
				}
				if err := WasThere(tx); !errors.Is(err, want) {
					t.Errorf("%s: %v, want %v", what, err, want)
				}
				return nil
			})
		}
		number := func(tx *Tx) error { _, _, err := tx.People.ByNumber(identity.Canonical(p.Number)); return err }
		get := func(tx *Tx) error { _, err := tx.People.Get(p.ID); return err }
		unit := func(tx *Tx) error { _, err := tx.Enrolments.Unit(other.ID); return err }
		for what, ask := range map[string]func(*Tx) error{"a number": number, "a person": get, "a unit": unit} {
			asked(what+" before there was one", nil, ask)
		}
		update(t, s, func(tx *Tx) error {
			return errors.Join(tx.People.Add(&p), tx.Enrolments.AddUnit(&other), tx.Audit.AppendMany([]audit.Line{
				{At: c.now, Who: "l1", Act: act.RegisterPerson, About: string(p.ID), Person: string(p.ID)}, {At: c.now, Who: "l1", Act: act.AddUnit, About: string(other.ID)}}))
		})
		if err := s.Update(context.Background(), func(tx *Tx) error {
			_, err := tx.exec(`DELETE FROM person`)
			_, err2 := tx.exec(`DELETE FROM unit`)
			return errors.Join(err, err2)
		}); err != nil {
			t.Fatal(err)
		}
		asked("a number", ErrPeopleGone, number)
		asked("a person", ErrRowOlder, get)
		asked("a unit", ErrTakenAway, unit)
		asked("nothing", nil, func(*Tx) error { return nil })
	})
}
