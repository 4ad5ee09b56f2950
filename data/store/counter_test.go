package store

import (
	"context"
	"errors"
	"testing"
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
