package store

import (
	"context"
	"maps"
	"slices"
)

// numbers are those that one change draws of a series, by the name of its counter. A change that is tried
// again uses what it drew the first time.
type numbers struct {
	left map[string][]int64 // drawn by an earlier try, and not used yet by this one
	used map[string][]int64 // by this try
}

// again begins another try: whatever the one before used was not kept.
func (n *numbers) again() {
	for name, list := range n.used {
		n.left[name] = append(list, n.left[name]...)
	}
	n.used = map[string][]int64{}
	if n.left == nil {
		n.left = map[string][]int64{}
	}
}

// kept says that what this try used is used for ever.
func (n *numbers) kept() { n.used = nil }

// number draws the next number of a series. On a server it is drawn and kept at once, beside the change,
// so that no desk waits for another's change, however long that takes. Where the change is not kept, the
// number is put back if nobody has drawn another since; else, and where a program or a server ends in
// between, it is left out. None is drawn twice.
func (t *Tx) number(name string) (value int64, err error) {
	if t.s.dialect == sqlite || t.numbers == nil {
		return t.counter(name, 1)
	}
	if list := t.numbers.left[name]; len(list) > 0 {
		value, t.numbers.left[name] = list[0], list[1:]
	} else if t.beside != nil { // this change has moved a series on: what follows goes with it
		return t.draw(name, after)
	} else if value, err = t.drawNow(name); err != nil {
		return 0, err
	}
	t.numbers.used[name] = append(t.numbers.used[name], value)
	return value, nil
}

// after is the number after another.
func after(now int64) int64 { return now + 1 }

// drawNow draws a number and keeps it.
func (t *Tx) drawNow(name string) (int64, error) {
	conn, err := t.s.write.Conn(t.ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return t.alongside(conn).move(name, after)
}

// alongside is what is read and written beside this transaction, by one connection to the server. Each of its
// statements sees what is kept by then.
func (t *Tx) alongside(c statements) *Tx {
	return &Tx{ctx: t.ctx, tx: c, s: t.s, org: t.org, vault: t.vault, seen: map[tag]stands{}}
}

// move moves a count on to what next says, if it still stands as it was read; until then it is read again.
// Whoever was first has moved it, so that somebody always goes on.
func (t *Tx) move(name string, next func(now int64) int64) (int64, error) {
	for {
		row, found, err := counterRows.find(t, `name = ?`, name)
		if err != nil {
			return 0, err
		}
		before := row.value
		if row.name, row.value = name, next(before); row.value == before {
			return before, nil
		}
		moved, err := t.moved(&row, before, found)
		if err != nil || moved {
			return row.value, err
		}
	}
}

func (t *Tx) moved(row *counterRow, before int64, found bool) (bool, error) {
	if !found {
		return counterRows.addNew(t, row)
	}
	cells := make([]cell, len(counterRows.cols))
	if err := counterRows.cells(t, row, cells); err != nil {
		return false, err
	}
	r, err := t.exec(`UPDATE counter SET value = ?, seal = ? WHERE org = ? AND name = ? AND value = ?`,
		row.value, t.sealOf(&counterRows.tableInfo, cells), t.org, row.name, before)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n == 1, err
}

// giveBack puts back what a change drew that was not kept, where no other number was drawn since. That it
// can't is no harm: the numbers are left out then.
func (u *updating) giveBack() {
	u.numbers.again()
	for _, name := range slices.Sorted(maps.Keys(u.numbers.left)) {
		list := u.numbers.left[name]
		if len(list) == 0 {
			continue
		}
		slices.Sort(list)
		_ = u.s.putBack(name, list)
	}
}

// putBack puts numbers of a series back, the last drawn first.
func (s *Store) putBack(name string, list []int64) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	ctx, stop := context.WithTimeout(context.Background(), dialing)
	defer stop()
	if s.vault == nil { // nothing can be put under seal any more
		return nil
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	t := &Tx{ctx: ctx, tx: conn, s: s, org: s.org, vault: s.vault, seen: map[tag]stands{}}
	_, err = t.move(name, func(now int64) int64 {
		for i := len(list) - 1; i >= 0 && list[i] == now; i-- {
			now--
		}
		return now
	})
	return err
}
