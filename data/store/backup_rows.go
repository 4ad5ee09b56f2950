package store

import (
	"errors"

	"xuezheng/data/backup"
	"xuezheng/data/fault"
)

// ErrTrailBehind is for a store whose trail is not the one that a backup of it saw: lines are gone, or
// others. Figures: the chain and the line.
var ErrTrailBehind = fault.New(fault.Refused, "backup.trail-behind")

// Skip passes over certificate numbers of a year: none of them is drawn any more.
func (c Certificates) Skip(series string, n int64) error {
	_, err := c.t.draw(certificateSeries+series, func(now int64) int64 { return now + n })
	return err
}

// Continues sees that the trail still holds the lines at which it stood when a backup was made. Lines
// that went since because their time was over are not missed.
func (a Audit) Continues(heads []backup.Head) error {
	for _, h := range heads {
		begins, err := a.Begins(h.Chain)
		if err != nil {
			return err
		}
		if h.Seq <= begins.Seq {
			continue
		}
		var hash string
		err = a.t.row(ErrMissing, `
			SELECT hash
			FROM audit_line
			WHERE org = ? AND chain = ? AND seq = ?`, []any{a.t.org, h.Chain, h.Seq}, &hash)
		if err != nil && !errors.Is(err, ErrMissing) {
			return err
		}
		if err != nil || hash != h.Hash {
			return ErrTrailBehind.With(h.Chain, h.Seq)
		}
	}
	return nil
}

// Schema is the version of the tables.
func (t *Tx) Schema() (version int64, err error) {
	err = t.row(nil, `SELECT MAX(version_id) FROM goose_db_version`, nil, &version)
	return version, err
}

// Org is the institution's id.
func (s *Store) Org() string { return s.org }
