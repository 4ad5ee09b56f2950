package service

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/backup"
	"xuezheng/data/fault"
	"xuezheng/data/seen"
	"xuezheng/data/store"
)

// ErrTrailOlder says that the store is an older one than this machine has seen, and that nobody who may has said
// yet that they know.
var ErrTrailOlder = fault.New(fault.Refused, "audit.older")

// ErrNotOlder is for a store that is no older one than this machine has seen.
var ErrNotOlder = fault.New(fault.Refused, "audit.not-older")

// settingOlder keeps which lines the store lost when it was put back to an older state, as whoever went on
// with it was told.
const settingOlder = "trail.older"

// Lost is a part of the trail that this machine saw and that the store is without: a chain's lines From to To.
// If the chain went on before it was found, only the last is known.
type Lost struct {
	Chain    string    `json:"chain"`
	From     int64     `json:"from"`
	To       int64     `json:"to"`
	Code     string    `json:"code"` // of the last
	Accepted time.Time `json:"accepted"`
}

func lostIn(x seen.Missing) Lost {
	return Lost{Chain: x.Chain, From: min(x.Had+1, x.Number), To: x.Number, Code: x.Digest}
}

// mostLost is how many losses that somebody went on after are kept.
const mostLost = 1000

// wentOn are the losses that somebody went on after.
func wentOn(tx *store.Tx) (list []Lost, err error) {
	text, err := tx.Settings.Get(settingOlder)
	if err == nil && text != "" {
		err = json.Unmarshal([]byte(text), &list)
	}
	return list, err
}

// lookedBack is what a look at the store beside what this machine has seen of it found.
type lookedBack struct {
	lost  []seen.Missing       // what is not there, and nobody went on after
	fresh []seen.Missing       // what was not known to be missing before
	heads map[string]seen.Head // where the chains end
}

// lookBack compares the trail with what this machine has seen of it.
func (c *core) lookBack(tx *store.Tx, mark seen.Mark) (l lookedBack, err error) {
	heads, err := tx.Audit.SoundHeads()
	if err != nil {
		return l, err
	}
	l.heads = map[string]seen.Head{}
	for _, h := range heads {
		l.heads[h.Chain] = seen.Head{Number: h.Seq, Digest: h.Code}
	}
	known, err := wentOn(tx)
	if err != nil && !errors.Is(err, store.ErrRow) {
		return l, err
	}
	there := func(x seen.Missing) (bool, error) {
		has, err := tx.Audit.Remembers(audit.Head{Chain: x.Chain, Seq: x.Number, Code: x.Digest})
		if errors.Is(err, store.ErrRow) { // where the trail begins is not what it was, and found by itself
			return true, nil
		}
		return has, err
	}
	for chain, h := range mark.Heads {
		x := seen.Missing{Chain: chain, Head: h, Had: l.heads[chain].Number}
		has, err := there(x)
		if err != nil {
			return l, err
		}
		if !has {
			l.fresh = append(l.fresh, x)
		}
	}
	for _, x := range mark.With(l.fresh) {
		is := func(k Lost) bool { return k.Chain == x.Chain && k.To == x.Number && k.Code == x.Digest }
		if slices.ContainsFunc(known, is) {
			continue
		}
		has, err := there(x)
		if err != nil {
			return l, err
		}
		if !has {
			l.lost = append(l.lost, x)
		}
	}
	slices.SortFunc(l.lost, func(a, b seen.Missing) int {
		return cmp.Or(cmp.Compare(a.Chain, b.Chain), cmp.Compare(a.Number, b.Number))
	})
	return l, nil
}

// sawTrail compares the trail with what this machine has seen of it, and keeps, outside the store, where it ends and
// what it is without.
func (c *core) sawTrail(ctx context.Context) {
	heads := c.missesTrail(ctx)
	if len(heads) == 0 {
		return
	}
	_ = c.seen.Raise(c.store.Org(), func(m *seen.Mark) {
		for chain, h := range heads {
			m.ReachHead(chain, h)
		}
	})
}

// missesTrail compares the trail with what this machine has seen of it, and keeps what it is without; heads are where
// it ends. What can't be read now tells so itself.
func (c *core) missesTrail(ctx context.Context) (heads map[string]seen.Head) {
	mark, _ := c.seen.Get(c.store.Org()) // what can't be read stops nobody: Unseen tells of it
	var l lookedBack
	err := c.store.View(ctx, func(tx *store.Tx) (err error) {
		l, err = c.lookBack(tx, mark)
		return err
	})
	if err != nil {
		return nil
	}
	c.lost.Store(&l.lost)
	if len(l.fresh) > 0 {
		_ = c.seen.Lose(c.store.Org(), l.fresh, l.heads)
	}
	return l.heads
}

// lostNow is what the store is without, as far as this program looked.
func (c *core) lostNow() []seen.Missing {
	if l := c.lost.Load(); l != nil {
		return *l
	}
	return nil
}

// Lost is what this machine saw of the trail and the store is without, and nobody went on after.
func (s *Audit) Lost(ctx context.Context, who access.Who) (list []Lost, err error) {
	err = s.look(ctx, who, act.VerifyAudit, "", func(tx *store.Tx) error {
		mark, _ := s.seen.Get(s.store.Org())
		l, err := s.lookBack(tx, mark)
		for _, x := range l.lost {
			list = append(list, lostIn(x))
		}
		return err
	})
	return list, err
}

// AcceptOlder says that whoever is signed in knows that the store was put back to an older state, and goes on with it: the
// trail tells what was lost, and it is found no more. Numbers that were given out since are still not given again.
func (s *Audit) AcceptOlder(ctx context.Context, who access.Who) (list []Lost, err error) {
	mark, _ := s.seen.Get(s.store.Org())
	err = s.do(ctx, who, act.AcceptOlder, func(tx *changing) error {
		l, err := s.lookBack(tx.Tx, mark)
		if err != nil {
			return err
		}
		if len(l.lost) == 0 {
			return ErrNotOlder
		}
		list, err = goOn(tx, l.lost)
		return err
	})
	if err == nil {
		s.sawTrail(ctx)
	}
	return list, err
}

// goOn has the trail tell what was lost, and keeps that somebody went on after it.
func goOn(tx *changing, lost []seen.Missing) (list []Lost, err error) {
	known, err := wentOn(tx.Tx)
	if err != nil {
		return nil, err
	}
	for _, x := range lost {
		one := lostIn(x)
		one.Accepted = tx.at
		list = append(list, one)
		tx.lines = append(tx.lines, audit.Line{About: x.Digest, Detail: fmt.Sprintf("lost %d %d", one.From, one.To)})
	}
	known = append(known, list...)
	return list, setJSON(tx, settingOlder, known[max(0, len(known)-mostLost):])
}

// goOnByKey is AcceptOlder for whoever opened the store with its recovery key, and takes a login for theirs.
func (c *core) goOnByKey(tx *store.Tx, l access.Login) error {
	t := &changing{Tx: tx, who: access.Who{Login: l.ID, Name: l.Name, Role: access.Administrator}, act: act.AcceptOlder, at: c.now().UTC()}
	if _, err := goOn(t, c.lostNow()); err != nil {
		return err
	}
	_, err := c.record(t)
	return err
}

// olderAsAWhole refuses a store of which this machine saw lines that are gone, and whose rows are not those of the
// lines that are left: then it is no older store, but this one, with a part of it put back.
func (c *core) olderAsAWhole(ctx context.Context) error {
	if len(c.lostNow()) == 0 {
		return nil
	}
	return c.store.View(ctx, func(tx *store.Tx) error { return tx.Audit.RowsAgree() })
}

// outsideHere is what this machine itself has seen of the trail, to be looked for.
func (c *core) outsideHere(tx *store.Tx) (list []store.Outside, err error) {
	mark, _ := c.seen.Get(c.store.Org())
	l, err := c.lookBack(tx, mark)
	for _, x := range l.lost {
		list = append(list, store.Outside{Head: audit.Head{Chain: x.Chain, Seq: x.Number, Code: x.Digest}})
	}
	return list, err
}

// onLostWay reports whether a backup was made of lines that the store is without, and that somebody went on after.
func onLostWay(tx *store.Tx, m backup.Manifest) (bool, error) {
	known, err := wentOn(tx)
	for _, h := range m.Heads {
		if slices.ContainsFunc(known, func(k Lost) bool {
			return k.Chain == h.Chain && h.Seq >= k.From && h.Seq <= k.To && m.MadeAt.Before(k.Accepted)
		}) {
			return true, err
		}
	}
	return false, err
}
