package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/person"
)

// TestWhatIsDueIsToldAndDeleted asks of every kind on both engines: long before its time nothing is
// due, long after it all of it, and then it goes.
func TestWhatIsDueIsToldAndDeleted(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		p := somebody()
		p.UpdatedAt = c.now
		update(t, s, func(tx *Tx) error { return tx.People.AddMany([]person.Person{p}) })
		fill(t, s, "p1")
		update(t, s, func(tx *Tx) error { // the rows lean on one another
			for _, q := range []string{`UPDATE hour_record SET enrolment = 'p1-row'`, `UPDATE payment SET enrolment = 'p1-row'`, `UPDATE certificate SET enrolment = 'p1-row'`, `DELETE FROM audit_line`} {
				if _, err := tx.exec(q); err != nil {
					return err
				}
			}
			if _, err := tx.exec(`INSERT INTO class (org, id, course, name, for_whom, announced_on, from_day, to_day, place, capacity) VALUES (?, 'text', '', '', '', 1, 1, ?, '', 1)`, tx.org, int(day.Of(c.now))); err != nil {
				return err
			}
			for _, q := range []string{`UPDATE enrolment SET to_day = ?`, `UPDATE payment SET paid_on = ?`} {
				if _, err := tx.exec(q, int(day.Of(c.now))); err != nil {
					return err
				}
			}
			if _, err := tx.exec(`UPDATE attendance SET class = 'text'`); err != nil {
				return err
			}
			return tx.Audit.AppendMany([]audit.Line{{At: c.now, Act: "hours.enter", Person: "p1"}, {At: c.now, Act: "hours.enter", Person: "p1"}})
		})
		today := day.Of(c.now)
		early := Before{Day: day.MustNew(1960, 1, 1), Also: day.MustNew(1960, 1, 1)}
		late := Before{Day: today.AddDays(1), Also: today.AddDays(1)}
		want := map[string]int{"person": 1, "pictures": 1, "hours": 3, "payments": 1, "certificates": 3, "audit": 1}
		for _, kind := range []string{"pictures", "payments", "certificates", "hours", "person", "audit"} {
			view(t, s, func(tx *Tx) error {
				list, err := tx.Due.Of(kind, early)
				if len(list) != 0 {
					t.Errorf("%s before its time: %+v", kind, list)
				}
				return err
			})
			n := 0
			view(t, s, func(tx *Tx) error {
				list, err := tx.Due.Of(kind, late)
				for _, r := range list {
					n += r.Rows
				}
				return err
			})
			if n != want[kind] && (kind != "audit" || n == 0) { // the trail has a line of every change
				t.Errorf("%s: %d rows are due, want %d", kind, n, want[kind])
			}
			if kind == "audit" {
				c.now = c.now.AddDate(0, 0, 2) // what is told anew is not due
				update(t, s, func(tx *Tx) error { return tx.Audit.AppendMany([]audit.Line{{At: c.now, Act: "access.sign-in"}}) })
			}
			update(t, s, func(tx *Tx) error {
				if kind == "person" {
					return tx.People.Delete("p1")
				}
				return tx.Due.Delete(kind, late)
			})
			view(t, s, func(tx *Tx) error {
				list, err := tx.Due.Of(kind, late)
				if len(list) != 0 {
					t.Errorf("%s is due after it went: %+v", kind, list)
				}
				return err
			})
		}
		if len(want) != len(DueKinds) {
			t.Errorf("not every kind was asked for: %v", DueKinds)
		}
	})
}

// TestATrailThatWasCutStandsAndOneThatWasRobbedDoesNot cuts a chain where its time is over, then
// takes a line away behind the program's back.
func TestATrailThatWasCutStandsAndOneThatWasRobbedDoesNot(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		old := c.now.AddDate(-11, 0, 0)
		update(t, s, func(tx *Tx) error {
			return tx.Audit.AppendMany([]audit.Line{{At: old, Act: "hours.enter"}, {At: old, Act: "hours.enter"}, {At: c.now, Act: "hours.enter"}, {At: c.now, Act: "hours.enter"}})
		})
		stands := func() error { return s.View(context.Background(), intact) }
		update(t, s, func(tx *Tx) error { return tx.Due.Delete("audit", Before{Day: day.Of(c.now).AddYears(-10)}) })
		if err := stands(); err != nil {
			t.Errorf("after the cut: %v", err)
		}
		update(t, s, func(tx *Tx) error { return tx.Audit.AppendMany([]audit.Line{{At: c.now, Act: "hours.enter"}}) })
		if err := stands(); err != nil {
			t.Errorf("and a further line: %v", err)
		}
		update(t, s, func(tx *Tx) error {
			_, err := tx.exec(`DELETE FROM audit_line WHERE seq = (SELECT MIN(seq) FROM audit_line) + 1`)
			return err
		})
		if stands() == nil {
			t.Error("a line was taken away, and the trail stands")
		}
	})
}

// TestHowManyPassedIsAskedAnewWhenOneCameOrWent: the number is kept while nothing changes.
func TestHowManyPassedIsAskedAnewWhenOneCameOrWent(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		p, other := somebody(), somebody()
		other.ID, other.Number, other.Phone = "p2", "450105199811208158", "13101064292"
		whose := map[id.Enrolment]id.Person{"e1": p.ID, "e2": other.ID}
		en := func(i id.Enrolment) enrolment.Enrolment {
			return enrolment.Enrolment{ID: i, Application: enrolment.Application{Person: whose[i], Programme: "x", Main: "建筑工程", From: day.Of(c.now), To: day.Of(c.now).AddDays(900)}, State: enrolment.Active, CreatedAt: c.now, Version: 1}
		}
		record := func(i id.Record, e id.Enrolment, at time.Time) hours.Record {
			return hours.Record{ID: i, Entry: hours.Entry{Learner: whose[e], Enrolment: e, Course: "课程" + string(i), Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 2700, On: day.Of(c.now)}, State: hours.Accepted, EnteredAt: c.now, DecidedAt: at, Version: 1}
		}
		from, to := c.now.Add(-time.Hour), c.now.Add(time.Hour)
		says := func(want int) {
			t.Helper()
			for range 2 { // the second time as it is kept
				view(t, s, func(tx *Tx) error {
					n, err := tx.Hours.Passed(from, to)
					if n != want {
						t.Errorf("%d passed, want %d", n, want)
					}
					return err
				})
			}
		}
		says(0)
		update(t, s, func(tx *Tx) error {
			return errors.Join(tx.People.AddMany([]person.Person{p, other}), tx.Enrolments.AddMany([]enrolment.Enrolment{en("e1"), en("e2")}),
				tx.Hours.AddMany([]hours.Record{record("r1", "e1", c.now), record("r2", "e1", c.now), record("r3", "e2", to)}),
				tx.Audit.AppendMany([]audit.Line{{At: c.now, Act: act.RegisterPerson, About: "p1", Person: "p1"}}))
		})
		says(1)
		moved := record("r4", "e2", c.now.Add(time.Millisecond)) // as many records, one of somebody else
		update(t, s, func(tx *Tx) error {
			gone := record("r2", "e1", c.now)
			gone.State, gone.Version = hours.Withdrawn, 2
			return errors.Join(tx.Hours.Update(&gone, Hand{By: "admin"}), tx.Hours.AddMany([]hours.Record{moved}), tx.Audit.AppendMany([]audit.Line{{At: c.now, Act: act.WithdrawHours, About: "r2", Person: "p1"}}))
		})
		says(2)
	})
}
