package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"hash"
	"strconv"
	"sync"
)

// sealSize is the length of a row's seal, in bytes.
const sealSize = 16

// mac makes seals under one key. It may be used by several at once.
type mac struct{ pool sync.Pool }

// macWork is what one seal is made with.
type macWork struct {
	h   hash.Hash
	buf []byte
	sum [sha256.Size]byte
}

func newMAC(key []byte) *mac {
	m := &mac{}
	m.pool.New = func() any { return &macWork{h: hmac.New(sha256.New, key), buf: make([]byte, 0, 1024)} }
	return m
}

// of is the code of what write puts together.
func (m *mac) of(write func([]byte) []byte) (sum [sha256.Size]byte) {
	w := m.pool.Get().(*macWork)
	w.buf = write(w.buf[:0])
	w.h.Reset()
	w.h.Write(w.buf)
	w.h.Sum(w.sum[:0])
	sum = w.sum
	m.pool.Put(w)
	return sum
}

// sealOf is the seal of a row as this program keeps it: a code under the store's key over its table,
// its key, its version and every other column. While nobody is signed in there is none.
func (t *Tx) sealOf(d *tableInfo, cells []cell) []byte {
	if d.bare || d.unsealed || t.vault == nil {
		return []byte{}
	}
	sum := t.vault.rows.of(func(b []byte) []byte { return d.canonical(t.org, cells, b) })
	return append([]byte(nil), sum[:sealSize]...)
}

// check refuses a row that does not carry its seal: it was changed, or damaged, outside the program.
// While nobody is signed in nothing can be told of it, and nothing sealed can be read.
func (t *Tx) check(d *tableInfo, cells []cell, seal []byte) error {
	if d.bare || d.unsealed || t.vault == nil {
		return nil
	}
	sum := t.vault.rows.of(func(b []byte) []byte { return d.canonical(t.org, cells, b) })
	if subtle.ConstantTimeCompare(sum[:sealSize], seal) != 1 {
		return ErrRow.With(d.word(), d.keyText(cells))
	}
	if t.changes && len(t.seen) < maxSeen {
		t.seen[d.tagOf(d.keyText(cells))] = stands{append([]byte(nil), seal...), d.personIn(cells)}
	}
	return nil
}

// stands is a row as it stands: the seal it carries, none if there is no such row, and whose it is.
type stands struct {
	seal   []byte
	person string
}

// personIn is whose a row is, where it says so itself.
func (d *tableInfo) personIn(cells []cell) string {
	if d.person < 0 {
		return ""
	}
	return cells[d.person].s
}

// holder is whose a row is; empty if nobody's. Of what is kept of a certificate, it is the holder's.
func (d *tableInfo) holder(t *Tx, cells []cell) (person string, err error) {
	if d.through == "" {
		return d.personIn(cells), nil
	}
	err = t.row(ErrMissing, `SELECT person FROM `+d.through+` WHERE org = ? AND id = ?`, []any{t.org, cells[0].s}, &person)
	if errors.Is(err, ErrMissing) {
		return "", nil
	}
	return person, err
}

// maxSeen is of how many rows a transaction remembers the seal it read; it asks for the others.
const maxSeen = 10_000

// tag stands for a row in the trail: the first bytes of a hash of its table and key. The last two bits say
// whose rows those of its table are.
type tag uint64

// Whose a tag's row is.
const (
	tagNobodys   tag = iota // the institution's
	tagSomebodys            // a person's; of nobody, where it says of whom nothing
	tagAnothers             // a person's by way of a row that may go from one to another
	tagWhose     = 3
)

// tagOf is the tag of a row.
func (d *tableInfo) tagOf(key string) tag {
	var buf [128]byte
	b := append(append(append(buf[:0], d.Table...), 0), key...)
	sum := sha256.Sum256(b)
	t := tag(binary.BigEndian.Uint64(sum[:8])) &^ tagWhose
	switch {
	case d.person >= 0 || d.through != "":
		return t | tagSomebodys
	case d.Whose != "":
		return t | tagAnothers
	}
	return t // tagNobodys
}

// written is one row as a transaction changed it: the seal it has now less the one it had, so that
// all changes of a row add up to the seal it must carry, in whatever order they are read.
type written struct {
	tag    tag
	delta  uint64
	key    string
	person string
}

// share is what a change adds of a seal.
func share(seal []byte) uint64 {
	if len(seal) < 8 {
		return 0
	}
	return binary.BigEndian.Uint64(seal[:8])
}

// wrote notes a change of a row for the trail: from how it stood to the seal it has now, none if it is gone.
// A row that goes from one person to another is taken from the one and given to the other.
func (t *Tx) wrote(d *tableInfo, cells []cell, from stands, to []byte) error {
	if d.bare || d.unsealed || t.vault == nil {
		return nil
	}
	person, err := d.holder(t, cells)
	if err != nil {
		return err
	}
	key := d.keyText(cells)
	w := written{tag: d.tagOf(key), delta: share(to) - share(from.seal), key: key, person: person}
	if len(t.seen) >= maxSeen {
		clear(t.seen)
	}
	t.seen[w.tag] = stands{append([]byte(nil), to...), person}
	t.meets(d, person, len(from.seal) == 0 && len(to) > 0)
	if w.delta == 0 || d.silent {
		return nil
	}
	if d.signsIn(key) {
		t.logins = append(t.logins, w)
	}
	if len(from.seal) > 0 && d.person >= 0 && from.person != person {
		w.delta, w.person = -share(from.seal), from.person
		t.writes = append(t.writes, w)
		w.delta, w.person = share(to), person
	}
	t.writes = append(t.writes, w)
	return nil
}

func appendInt(b []byte, n int64) []byte { return strconv.AppendInt(b, n, 10) }

// entrySize is the length of one change in a line of the trail: the row's tag, and what was added.
const entrySize = 16

// appendEntry adds a change to those of a line.
func appendEntry(b []byte, w written) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(b, uint64(w.tag)), w.delta)
}

// entries calls each for every change of a line.
func entries(wrote []byte, each func(tag, uint64)) {
	for ; len(wrote) >= entrySize; wrote = wrote[entrySize:] {
		each(tag(binary.BigEndian.Uint64(wrote[:8])), binary.BigEndian.Uint64(wrote[8:16]))
	}
}
