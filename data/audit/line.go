// Package audit keeps the trail: who did what and when, in lines chained so that none can be
// changed, added or taken away unseen. Lines hold ids, never personal values (P-04).
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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
	Prev    string // hash of the line before; empty for the first
	Hash    string
}

// ErrBrokenChain says where a trail stops being what was written.
var ErrBrokenChain = fault.New(fault.Broken, "audit.broken-chain")

// sum is the hash of a line and of the one before it.
func (l Line) sum() string {
	b, _ := json.Marshal([]any{l.Chain, l.Seq, l.At.UTC().Format("2006-01-02T15:04:05.000Z"), l.Who, l.Machine, l.Act, l.About, l.Person, l.Pack, l.Detail, l.Prev})
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// Follow returns l as the line after prev, chained to it. A zero prev starts the chain.
func Follow(prev, l Line) Line {
	l.Seq, l.Prev = prev.Seq+1, prev.Hash
	l.At = l.At.UTC().Truncate(time.Millisecond)
	l.Hash = l.sum()
	return l
}

// Check reports the first line of a chain that is not what was written; lines in order from
// after prev.
func Check(prev Line, lines []Line) error {
	for _, l := range lines {
		if l.Seq != prev.Seq+1 || l.Prev != prev.Hash || l.Hash != l.sum() {
			return ErrBrokenChain.With(l.Seq)
		}
		prev = l
	}
	return nil
}
