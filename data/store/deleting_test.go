package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"testing"
	"time"

	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/person"
)

// TestWhoIsDeletedIsGivenNothingMeanwhile has two desks at one server: while the one gives somebody a record,
// the other deletes them, before the first holds them and after. No record is left without its person.
func TestWhoIsDeletedIsGivenNothingMeanwhile(t *testing.T) {
	server := os.Getenv("TEST_POSTGRES")
	if server == "" {
		t.Skip("TEST_POSTGRES names no PostgreSQL")
	}
	for name, holding := range map[string]bool{"before it holds them": false, "after": true} {
		t.Run(name, func(t *testing.T) {
			where := schema(t, server)
			front, err := Open(context.Background(), where, Options{Machine: "desk", Now: newClock().Now, Create: true, Cost: cheap})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { front.Close() })
			found(t, front)
			back, err := Open(context.Background(), where, Options{Machine: "back", Now: newClock().Now, Cost: cheap})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { back.Close() })
			if _, err := back.Unlock(context.Background(), "admin", secret); err != nil {
				t.Fatal(err)
			}
			p := somebody()
			update(t, front, func(tx *Tx) error { return tx.People.Add(&p) })
			gave, deleted := make(chan error, 1), make(chan error, 1)
			given, goOn := make(chan struct{}), make(chan struct{})
			first := true
			go func() {
				gave <- front.Update(context.Background(), func(tx *Tx) error { return give(tx, p.ID, holding, &first, given, goOn) })
			}()
			<-given
			go func() {
				deleted <- back.Update(context.Background(), func(tx *Tx) error { return tx.People.Delete(p.ID) }, Deleting)
			}()
			if holding {
				untilItWaits(t, where, deleted)
			} else if err := <-deleted; err != nil {
				t.Fatalf("deleting: %v", err)
			}
			close(goOn)
			err = <-gave
			if holding {
				if err := errors.Join(err, <-deleted); err != nil {
					t.Errorf("giving, then deleting: %v", err)
				}
			} else if !errors.Is(err, person.ErrNoPerson) {
				t.Errorf("giving something to whom is gone: %v", err)
			}
			n := 0
			view(t, front, func(tx *Tx) error { return tx.row(nil, `SELECT COUNT(*) FROM hour_record`, nil, &n) })
			if n != 0 {
				t.Errorf("%d records are left of somebody who is gone", n)
			}
		})
	}
}

// give adds a record of somebody; the first time it waits before its change is kept.
func give(tx *Tx, p id.Person, holding bool, first *bool, given, goOn chan struct{}) error {
	if _, err := tx.People.Get(p); err != nil {
		return err
	}
	r := hours.Record{ID: id.New[id.Record](), Entry: hours.Entry{Learner: p, Enrolment: "e1", Course: "法规", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 2700, On: 20780}, State: hours.Entered, Version: 1}
	if err := tx.Hours.AddMany([]hours.Record{r}); err != nil || !*first {
		return err
	}
	*first = false
	if holding {
		if err := tx.holds(); err != nil {
			return err
		}
	}
	close(given)
	<-goOn
	return nil
}

// untilItWaits goes on once somebody waits for the table of people, or was not made to wait.
func untilItWaits(t *testing.T, where string, deleted chan error) {
	t.Helper()
	db, err := sql.Open("pgx", where)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for until := time.Now().Add(time.Minute); time.Now().Before(until) && len(deleted) == 0; {
		n := 0
		if err := db.QueryRow(`SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND locktype IN ('relation', 'tuple', 'transactionid')`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			return
		}
	}
}
