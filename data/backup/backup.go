// Package backup says what a backup tells of itself, how its file is named, when one is old, and
// which ones are kept. It reads and writes no files: data/store does.
package backup

import (
	"encoding/json"
	"strings"
	"time"

	"xuezheng/data/fault"
)

// Format is the version of what stands in a manifest.
const Format = 1

// What is taken in at most of a backup that somebody hands us.
const (
	MaxManifest = 1 << 20   // bytes of the manifest
	MaxSize     = 256 << 30 // bytes of the store inside
	maxHeads    = 10_000
	maxTables   = 1_000
	maxName     = 200
)

// Manifest is what a backup tells of itself, inside what is encrypted.
type Manifest struct {
	Format int              `json:"format"`
	ID     string           `json:"id"`          // names this backup in the trail
	Org    string           `json:"institution"` // id of the institution
	MadeAt time.Time        `json:"made_at"`
	Schema int64            `json:"schema"` // version of the tables inside
	Size   int64            `json:"size"`   // of the store inside, in bytes
	Rows   map[string]int64 `json:"rows"`   // by table
	Heads  []Head           `json:"heads"`  // the last line of every chain of the trail
}

// Head is the last line of one chain of the trail, as it was when the backup was made.
type Head struct {
	Chain string `json:"chain"`
	Seq   int64  `json:"seq"`
	Hash  string `json:"hash"`
}

// Faults of backups.
var (
	ErrTorn  = fault.New(fault.Refused, "backup.torn")  // cut, or changed since it was made
	ErrNewer = fault.New(fault.Refused, "backup.newer") // made by a later version of the program
)

// Bytes are the manifest as it is kept.
func (m Manifest) Bytes() ([]byte, error) { return json.Marshal(m) }

// Parse reads a manifest and refuses one that no backup of ours can have.
func Parse(b []byte) (m Manifest, err error) {
	if len(b) > MaxManifest {
		return m, ErrTorn
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return Manifest{}, ErrTorn.Because(err)
	}
	switch {
	case m.Format > Format:
		return Manifest{}, ErrNewer
	case m.Format != Format, !plain(m.ID), !plain(m.Org), m.Schema < 1, m.Size < 1, m.Size > MaxSize, m.MadeAt.IsZero(),
		len(m.Heads) > maxHeads, len(m.Rows) > maxTables:
		return Manifest{}, ErrTorn
	}
	for table, n := range m.Rows {
		if !plain(table) || n < 0 {
			return Manifest{}, ErrTorn
		}
	}
	for _, h := range m.Heads {
		if h.Chain == "" || len(h.Chain) > maxName || len(h.Hash) > maxName || h.Seq < 1 {
			return Manifest{}, ErrTorn
		}
	}
	return m, nil
}

// plain reports whether s is a short name of plain letters, digits, - and _.
func plain(s string) bool {
	return s != "" && len(s) <= maxName && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == ""
}

// OldAfter is how long a last backup is good enough.
const OldAfter = 7 * 24 * time.Hour

// ahead is how far a clock may be behind the one that made a backup.
const ahead = 24 * time.Hour

// Old reports whether the last backup, made at last, is too old to be relied on, or there is none.
// One from the future says nothing, so that a wrong clock hides no missing backup.
func Old(last, now time.Time) bool {
	return last.IsZero() || now.Sub(last) > OldAfter || last.Sub(now) > ahead
}

// Due reports whether it is time for the next backup, one being wanted every so often; nothing is
// due where every is 0.
func Due(last, now time.Time, every time.Duration) bool {
	return every > 0 && (last.IsZero() || now.Sub(last) >= every || last.Sub(now) > ahead)
}
