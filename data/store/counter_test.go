package store

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/enrolment"
)

func TestASeriesMovesOnAndNeverBack(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		update(t, s, func(tx *Tx) error { return tx.Certificates.Reach("2026", 7) })
		update(t, s, func(tx *Tx) error { return tx.Certificates.Reach("2026", 3) })
		update(t, s, func(tx *Tx) error { // both in one change
			if err := tx.Certificates.Reach("2025", 4); err != nil {
				return err
			}
			n, err := tx.Certificates.Next("2025")
			same(t, "the next number of the year before", n, int64(5))
			return err
		})
		refused := errors.New("refused")
		if err := s.Update(context.Background(), func(tx *Tx) error {
			_, err := tx.Certificates.Next("2026")
			return errors.Join(refused, err)
		}); !errors.Is(err, refused) {
			t.Error(err)
		}
		update(t, s, func(tx *Tx) error {
			n, err := tx.Certificates.Next("2026")
			same(t, "the next number", n, int64(8))
			return err
		})
		view(t, s, func(tx *Tx) error {
			list, err := tx.Certificates.Series()
			same(t, "series", list, map[string]int64{"2025": 5, "2026": 8})
			return err
		})
	})
}

// TestBlocksThatWereTakenAwayGiveOutNoNumberAgain takes away what says which ticket numbers were handed out.
func TestBlocksThatWereTakenAwayGiveOutNoNumberAgain(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		whole := func(what string, want error) {
			t.Helper()
			view(t, s, func(tx *Tx) error {
				if err := tx.Tickets.Whole(); !errors.Is(err, want) {
					t.Errorf("%s: %v, want %v", what, err, want)
				}
				return nil
			})
		}
		remove := func(table string) {
			t.Helper()
			update(t, s, func(tx *Tx) error { _, err := tx.exec(`DELETE FROM ` + table); return err })
		}
		whole("nothing handed out", nil)
		update(t, s, func(tx *Tx) error {
			return tx.Tickets.AddBlock(&enrolment.Block{ID: "a", Desk: "kiosk", District: "0601", Year: 2026, From: 10, To: 19, Next: 10, Version: 1})
		})
		whole("a block of which no number is told", nil)
		remove("ticket_block")
		whole("that block gone", ErrRow)
		remove("counter")
		whole("of it nothing is left", nil)
		update(t, s, func(tx *Tx) error {
			b := enrolment.Block{ID: "b", Desk: "desk", District: "0601", Year: 2026, From: 1, To: 9, Next: 2, Version: 1}
			ticket := enrolment.Ticket{Number: "0601000001", Person: "p1", State: enrolment.TicketActive, IssuedAt: c.now, Source: enrolment.TicketGenerated, Version: 1}
			return errors.Join(tx.Tickets.AddBlock(&b), tx.Tickets.Add(&ticket),
				tx.Audit.AppendMany([]audit.Line{{At: c.now, Act: act.HandBlock, About: "ticket", Person: "p1", Detail: "generated"}}))
		})
		whole("a block", nil)
		remove("ticket_block")
		whole("the block gone", ErrRow)
		remove("counter")
		whole("and the count", ErrRow)
		remove("audit_line")
		whole("and the lines", ErrRow)
		remove("ticket")
		whole("nothing is left that tells of it", nil)
	})
}

// Of a series nobody waits for another's change: see numbers.go.
func TestANumberIsDrawnBesideAChangeThatTakesLong(t *testing.T) {
	server := os.Getenv("TEST_POSTGRES")
	if server == "" {
		t.Skip("TEST_POSTGRES names no PostgreSQL")
	}
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
	next := func(s *Store, during func() error) (n int64, err error) {
		err = s.Update(context.Background(), func(tx *Tx) (err error) {
			if n, err = tx.Certificates.Next("2026"); err == nil && during != nil {
				err = during()
			}
			return err
		})
		return n, err
	}
	drew := func(what string, s *Store, during func() error, want int64, fails error) {
		t.Helper()
		n, err := next(s, during)
		if n != want || !errors.Is(err, fails) {
			t.Errorf("%s: got %d and %v, want %d and %v", what, n, err, want, fails)
		}
	}
	refused := errors.New("refused")
	drew("the first", front, func() error { drew("beside it", back, nil, 2, nil); return nil }, 1, nil)
	drew("refused", front, func() error { return refused }, 3, refused)
	drew("what was refused is drawn again", back, nil, 3, nil)
	drew("refused, with another drawn since", front, func() error { drew("since", back, nil, 5, nil); return refused }, 4, refused)
	drew("a number that was left out stays out", front, nil, 6, nil)

	tries, two := 0, [][2]int64{}
	err = front.Update(context.Background(), func(tx *Tx) error {
		a, err := tx.Certificates.Next("2026")
		b, err2 := tx.Certificates.Next("2026")
		two = append(two, [2]int64{a, b})
		if tries++; tries == 1 {
			return &pgconn.PgError{Code: "40001"}
		}
		return errors.Join(err, err2)
	})
	if err != nil || len(two) != 2 || two[0] != [2]int64{7, 8} || two[1] != two[0] {
		t.Errorf("a change that lost a race and was made again drew %v, %v", two, err)
	}
	drew("the one after", back, nil, 9, nil)
}
