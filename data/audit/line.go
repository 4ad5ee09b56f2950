// Package audit keeps the trail: who did what and when, in lines chained so that none can be
// changed, added or taken away unseen. Lines hold ids, never personal values (P-04).
package audit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"hash"
	"time"

	"xuezheng/data/act"
	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Line is one act in the trail (审计记录).
type Line struct {
	Chain   string    // which desk's chain; one per machine on a shared store
	Seq     int64     // from 1 within its chain
	At      time.Time // UTC, milliseconds
	Who     id.Login
	Machine string
	Act     act.Act
	About   string // id of what it was done to
	Person  string // id of the person concerned, if any
	Pack    string // id@version of the pack that decided, if any
	Detail  string // codes and ids only
	Wrote   []byte // which rows of the store it changed, and how, as the store says it
	Prev    string // of lines without a key: the hash of the line before; empty for the first
	Hash    string // hex
}

// ErrBrokenChain says where a trail stops being what was written.
var ErrBrokenChain = fault.New(fault.Refused, "audit.broken-chain")

// Chain follows and checks the lines of one chain. Its lines are chained by a code under a key that
// only the open store has; those that were written before there was one, by a bare hash. It is not
// to be used by several at once.
type Chain struct {
	mac  hash.Hash // nil for a chain without a key
	from int64     // the first line under the key
	buf  []byte
	sum  []byte
}

// NewChain is a chain whose lines from a number on are under key.
func NewChain(key []byte, from int64) *Chain {
	return &Chain{mac: hmac.New(sha256.New, key), from: from}
}

// Unkeyed is a chain of bare hashes: whoever can write it can write all of it anew.
func Unkeyed() *Chain { return &Chain{} }

// keyed reports whether a line of that number is under the key.
func (c *Chain) keyed(seq int64) bool { return c.mac != nil && seq >= c.from }

// code is what a line and the one before it must carry.
func (c *Chain) code(prev string, l *Line) string {
	if !c.keyed(l.Seq) {
		return l.sum()
	}
	b := c.buf[:0]
	put := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	put(prev)
	put(l.Chain)
	b = binary.AppendVarint(binary.AppendVarint(b, l.Seq), l.At.UnixMilli())
	for _, s := range [...]string{string(l.Who), l.Machine, string(l.Act), l.About, l.Person, l.Pack, l.Detail} {
		put(s)
	}
	b = append(binary.AppendUvarint(b, uint64(len(l.Wrote))), l.Wrote...)
	c.buf = b
	c.mac.Reset()
	c.mac.Write(b)
	c.sum = c.mac.Sum(c.sum[:0])
	return hex.EncodeToString(c.sum)
}

// sum is the bare hash of a line and of the one before it.
func (l *Line) sum() string {
	b, _ := json.Marshal([]any{l.Chain, l.Seq, l.At.UTC().Format("2006-01-02T15:04:05.000Z"), l.Who, l.Machine, l.Act, l.About, l.Person, l.Pack, l.Detail, l.Prev})
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// Follow returns l as the line after prev, chained to it. A zero prev starts the chain.
func (c *Chain) Follow(prev, l Line) Line {
	l.Seq = prev.Seq + 1
	l.At = l.At.UTC().Truncate(time.Millisecond)
	if l.Prev = ""; !c.keyed(l.Seq) {
		l.Prev = prev.Hash
	}
	l.Hash = c.code(prev.Hash, &l)
	return l
}

// Check reports the first line of a chain that is not what was written; lines in order from
// after prev.
func (c *Chain) Check(prev Line, lines []Line) error {
	for i := range lines {
		if err := c.Next(prev.Seq, prev.Hash, &lines[i]); err != nil {
			return err
		}
		prev = lines[i]
	}
	return nil
}

// Next reports whether l is the line that was written after the one of that number and code.
func (c *Chain) Next(seq int64, code string, l *Line) error {
	if l.Seq != seq+1 || !c.keyed(l.Seq) && (l.Prev != code || len(l.Wrote) > 0) || !same(l.Hash, c.code(code, l)) {
		return ErrBrokenChain.With(l.Seq, l.Chain)
	}
	return nil
}

func same(a, b string) bool { return hmac.Equal([]byte(a), []byte(b)) }

// Head is where a chain ends: kept apart from it, it shows that lines were taken away.
type Head struct {
	Chain string `json:"chain"`
	Seq   int64  `json:"seq"`
	Code  string `json:"code"` // of that line
}
