package store

import (
	"context"
	"errors"
	"sync"
	"testing"

	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/person"
)

// views counts over how many views work is done together.
func views(tx *Tx, work func(tx *Tx) error) (n int, err error) {
	var mu sync.Mutex
	err = tx.Together(func(tx *Tx) error {
		mu.Lock()
		n++
		mu.Unlock()
		return work(tx)
	})
	return n, err
}

func TestTwoViewsAreOfOneState(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		p := somebody()
		register := func(tx *Tx) error {
			return errors.Join(tx.People.AddMany([]person.Person{p}), tx.Audit.AppendMany([]audit.Line{{At: c.now, Act: act.RegisterPerson, About: string(p.ID), Person: string(p.ID)}}))
		}
		update(t, s, register)
		want := 1
		if s.dialect == sqlite {
			want = 2
		}
		view(t, s, func(tx *Tx) error {
			n, err := views(tx, func(tx *Tx) error { _, err := tx.People.Get("p1"); return err })
			if n != want {
				t.Errorf("nobody wrote: %d views, want %d", n, want)
			}
			return err
		})
		// Somebody who was registered after the view was begun is in neither.
		view(t, s, func(tx *Tx) error {
			if _, err := tx.People.Get("p1"); err != nil {
				return err
			}
			p.ID, p.Number, p.Phone = "p2", "450105199811208158", "13101064292"
			update(t, s, register)
			n, err := views(tx, func(tx *Tx) error {
				if _, err := tx.People.Get("p2"); !errors.Is(err, person.ErrNoPerson) {
					t.Errorf("a view saw who came later: %v", err)
				}
				return nil
			})
			if n != 1 {
				t.Errorf("somebody wrote: %d views, want 1", n)
			}
			return err
		})
		update(t, s, func(tx *Tx) error {
			if n, err := views(tx, func(*Tx) error { return nil }); n != 1 || err != nil {
				t.Errorf("within a change: %d views, %v", n, err)
			}
			return nil
		})
	})
}

// TestViewsThatAskForASecondDoNotWaitForOneAnother: more of them than there are connections.
func TestViewsThatAskForASecondDoNotWaitForOneAnother(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		var all sync.WaitGroup
		for range 12 {
			all.Go(func() {
				err := s.View(context.Background(), func(tx *Tx) error {
					n, err := views(tx, func(tx *Tx) error { _, err := tx.Audit.Length(); return err })
					if n == 0 {
						t.Error("nothing was done")
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	})
}

func TestWhatIsLeftOutOnEitherSideIsNoted(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		p := somebody()
		update(t, s, func(tx *Tx) error {
			return errors.Join(tx.People.AddMany([]person.Person{p}), tx.Audit.AppendMany([]audit.Line{{At: c.now, Act: act.RegisterPerson, About: "p1", Person: "p1"}}))
		})
		update(t, s, func(tx *Tx) error { _, err := tx.exec(`UPDATE person SET version = 7`); return err })
		var left []Spoilt
		view(t, s, func(tx *Tx) (err error) {
			left, err = tx.Sparing(func() error {
				return tx.Together(func(tx *Tx) error {
					if _, err := tx.People.Get("p1"); !errors.Is(err, person.ErrNoPerson) {
						t.Errorf("a bad row was read: %v", err)
					}
					return nil
				})
			})
			return err
		})
		if len(left) != 1 || left[0].Table != "person" {
			t.Errorf("left out: %+v, want the person once", left)
		}
	})
}
