package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
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
		t.seen[d.tagOf(d.keyText(cells))] = append([]byte(nil), seal...)
	}
	return nil
}

// maxSeen is of how many rows a transaction remembers the seal it read; it asks for the others.
const maxSeen = 10_000

// tag stands for a row in the trail: the first bytes of a hash of its table and key. The last bit says
// whether it is a row of a person.
type tag uint64

// tagOf is the tag of a row.
func (d *tableInfo) tagOf(key string) tag {
	var buf [128]byte
	b := append(append(append(buf[:0], d.Table...), 0), key...)
	sum := sha256.Sum256(b)
	t := tag(binary.BigEndian.Uint64(sum[:8]))
	if d.person >= 0 {
		return t | 1
	}
	return t &^ 1
}

// ofSomebody reports whether the row is a person's.
func (t tag) ofSomebody() bool { return t&1 == 1 }

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

// wrote notes a change of a row for the trail: from one seal to another, none for a row that was not
// there or is gone.
func (t *Tx) wrote(d *tableInfo, cells []cell, from, to []byte) {
	if d.bare || d.unsealed || t.vault == nil {
		return
	}
	key := d.keyText(cells)
	w := written{tag: d.tagOf(key), delta: share(to) - share(from), key: key}
	if d.person >= 0 {
		w.person = cells[d.person].s
	}
	t.seen[w.tag] = append([]byte(nil), to...)
	if len(t.seen) > maxSeen {
		clear(t.seen)
	}
	if w.delta != 0 && !d.silent {
		t.writes = append(t.writes, w)
	}
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
