package store

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/id"
)

// Revocation is what a line of the trail tells of a certificate, or of a paper that is not kept, that was
// revoked.
type Revocation struct {
	ID     id.Certificate
	Reason string // coded
	At     time.Time
	Chain  string
	Seq    int64 // the line
}

// revocationIn is the revocation a line tells of; ok is false if it tells of none.
func revocationIn(l *audit.Line) (r Revocation, ok bool) {
	if l.Act != act.RevokeCertificate || l.About == "" {
		return r, false
	}
	return Revocation{id.Certificate(l.About), l.Detail, l.At, l.Chain, l.Seq}, true
}

// Revocations lists what the trail tells was revoked, line by line: the lines that came since it was looked
// at last are looked at first.
func (a Audit) Revocations(f *Followed) ([]Revocation, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := a.follows(f); err != nil {
		return nil, err
	}
	return slices.SortedFunc(maps.Values(f.ended), func(x, y Revocation) int {
		return cmp.Or(cmp.Compare(x.Chain, y.Chain), cmp.Compare(x.Seq, y.Seq))
	}), nil
}

// RevocationsByIndex is Revocations for a trail that was not followed: which lines tell of one is asked of an
// index.
func (a Audit) RevocationsByIndex() (list []Revocation, err error) {
	lines, err := a.Lines(LineFilter{Act: act.RevokeCertificate, Limit: math.MaxInt32})
	for i := range lines {
		if r, ok := revocationIn(&lines[i]); ok {
			list = append(list, r)
		}
	}
	return list, err
}

// TakenAway are those of the revocations whose row is gone though the trail leaves it standing. One whose time
// was over went with a line that tells so, and is none of them. The whole trail is read if there are any to
// look for.
func (a Audit) TakenAway(gone []Revocation) (taken []Revocation, err error) {
	if len(gone) == 0 {
		return nil, nil
	}
	tags := func(r Revocation) [2]tag {
		return [2]tag{certificateRows.info().tagOf(string(r.ID)), revokedPapers.info().tagOf(string(r.ID))}
	}
	sums := map[tag]uint64{}
	for _, r := range gone {
		for _, t := range tags(r) {
			sums[t] = 0
		}
	}
	err = addUp(a.t, sums)
	for _, r := range gone {
		if t := tags(r); sums[t[0]] != 0 || sums[t[1]] != 0 {
			taken = append(taken, r)
		}
	}
	return taken, err
}
