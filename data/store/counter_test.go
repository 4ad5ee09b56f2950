package store

import "testing"

func TestASeriesMovesOnAndNeverBack(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		update(t, s, func(tx *Tx) error { return tx.Certificates.Reach("2026", 7) })
		update(t, s, func(tx *Tx) error { return tx.Certificates.Reach("2026", 3) })
		update(t, s, func(tx *Tx) error {
			n, err := tx.Certificates.Next("2026")
			same(t, "the next number", n, int64(8))
			return err
		})
		view(t, s, func(tx *Tx) error {
			list, err := tx.Certificates.Series()
			same(t, "series", list, map[string]int64{"2026": 8})
			return err
		})
	})
}
