package store

import (
	"database/sql"
	"slices"

	"xuezheng/data/audit"
)

// Together has work done over this view of the store, and at the same time over a second one that sees the very
// same, where there is one to be had: not within a change, not on a server, which reads for many at once
// by itself, and not where somebody kept something in between. Both take from one heap what is to be read.
// What is left out on either side is noted, see Sparing. If either fails, its error is the answer.
func (t *Tx) Together(work func(*Tx) error) error {
	second, leave := t.second()
	if second == nil {
		return work(t)
	}
	defer leave()
	var spared []Spoilt
	if t.spared != nil {
		second.spared = &spared
	}
	done := make(chan error, 1)
	go func() { done <- work(second) }()
	err := work(t)
	if other := <-done; err == nil {
		err = other
	}
	for _, x := range spared {
		t.notes(x)
	}
	return err
}

// second is another view that sees what this one sees, over a connection of its own so that it waits for
// nobody, and how it is given up; nil if there is none. Whatever is kept moves a head of the trail.
func (t *Tx) second() (*Tx, func()) {
	if t.changes || t.s.dialect != sqlite {
		return nil, nil
	}
	mine, err := t.ends()
	if err != nil {
		return nil, nil
	}
	db, err := sql.Open("sqlite3", t.s.reads)
	if err != nil {
		return nil, nil
	}
	tx, err := db.BeginTx(t.ctx, t.s.dialect.options(true))
	if err != nil {
		db.Close()
		return nil, nil
	}
	u := t.s.shelves(t.ctx, tx)
	u.org, u.vault = t.org, t.vault
	leave := func() {
		_ = tx.Rollback() // nothing was written
		_ = db.Close()
	}
	if theirs, err := u.ends(); err != nil || !slices.Equal(mine, theirs) {
		leave()
		return nil, nil
	}
	return u, leave
}

// ends are the heads of the trail as they stand in the file.
func (t *Tx) ends() (list []audit.Head, err error) {
	err = t.rows(`SELECT chain, seq, code FROM trail_head WHERE org = ? ORDER BY chain`, []any{t.org}, func(scan func(...any) error) error {
		var h audit.Head
		err := scan(&h.Chain, &h.Seq, &h.Code)
		list = append(list, h)
		return err
	})
	return list, err
}
