package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/fault"
)

// ErrUnsealed is for a store whose rows carried seals once, and from which they were taken away.
var ErrUnsealed = fault.New(fault.Refused, "store.unsealed")

// markOfSeals says, under seal, that the rows of this store carry seals.
const markOfSeals = "secret-sealed"

// open puts the keys of the store in force. The rows of a store of before there were seals get
// theirs now, once; sealed says that they carried some when the login was kept that opens it.
func (s *Store) open(ctx context.Context, v *vault, sealed bool) error {
	s.mu.Lock()
	s.vault = v
	s.mu.Unlock()
	err := s.sealOnce(ctx, sealed)
	if err != nil {
		s.Lock()
	}
	return err
}

// SealedNow is how many rows were given their seals when this program opened the store; 0 where
// they had them.
func (s *Store) SealedNow() int { return int(s.sealedNow.Load()) }

func (s *Store) sealOnce(ctx context.Context, sealed bool) error {
	marked := false
	err := s.View(ctx, func(tx *Tx) (err error) {
		marked, err = tx.marked()
		return err
	})
	if err != nil || marked {
		return err
	}
	if sealed {
		return ErrUnsealed
	}
	n := 0
	err = s.Update(ctx, func(tx *Tx) error {
		n = 0
		if marked, err := tx.marked(); err != nil || marked { // another desk was first
			return err
		}
		if err := tx.neverSealed(); err != nil {
			return err
		}
		chains, err := tx.endOldChains()
		if err != nil {
			return err
		}
		if err := tx.markSealed(chains); err != nil {
			return err
		}
		n, err = tx.sealAll()
		return err
	})
	s.sealedNow.Store(int64(n))
	return err
}

// sealsMark is what the mark says: whose store this is, and which chains its trail has.
type sealsMark struct {
	Org    string   `json:"org"`
	Chains []string `json:"chains"`
}

// marked reports whether the rows carry seals.
func (t *Tx) marked() (bool, error) {
	_, found, err := t.readMark()
	return found, err
}

func (t *Tx) readMark() (m sealsMark, found bool, err error) {
	k, found, err := wrappedKeys.find(t, `kind = ?`, markOfSeals)
	if err != nil || !found {
		return m, false, err
	}
	plain, err := t.vault.open("wrapped_key", markOfSeals, k.data)
	if err != nil {
		return m, false, nil
	}
	return m, true, fromJSON(plain, &m)
}

// markSealed says that the rows carry seals, and which chains there are.
func (t *Tx) markSealed(chains []string) error {
	plain, err := json.Marshal(sealsMark{t.org, chains})
	if err != nil {
		return err
	}
	sealed, err := t.vault.seal("wrapped_key", markOfSeals, plain)
	if err != nil {
		return err
	}
	return wrappedKeys.put(t, &wrappedKey{markOfSeals, sealed})
}

// joinChain keeps that there is a chain; known says that there was one by that name before.
func (t *Tx) joinChain(name string) (known bool, err error) {
	if t.vault == nil {
		return false, nil
	}
	m, _, err := t.readMark()
	if err != nil || slices.Contains(m.Chains, name) {
		return err == nil, err
	}
	return false, t.markSealed(append(m.Chains, name))
}

// neverSealed refuses a store that had seals before: whoever took away the mark would have the
// program seal what they wrote.
func (t *Tx) neverSealed() error {
	n := 0
	if err := t.row(nil, `SELECT (SELECT COUNT(*) FROM trail_head WHERE org = ?) + (SELECT COUNT(*) FROM setting WHERE org = ? AND seal <> '')`, []any{t.org, t.org}, &n); err != nil {
		return err
	}
	if n > 0 {
		return ErrUnsealed
	}
	keys, home := 0, 0
	err := t.row(nil, `SELECT (SELECT COUNT(*) FROM own_key WHERE org = ?), (SELECT COUNT(*) FROM setting WHERE org = ? AND name = 'home' AND value = '1')`, []any{t.org, t.org}, &keys, &home)
	if err != nil {
		return err
	}
	if keys == 0 && home == 0 { // an institution always has a key
		return ErrUnsealed
	}
	return ownKeys.scanCells(t, `FROM own_key WHERE org = ?`, "", []any{t.org}, nil, func(cells []cell, _ []byte) error {
		if _, err := t.vault.open(ownKeyUnsealed, cells[0].s, cells[1].b); err != nil {
			return ErrUnsealed.Because(err)
		}
		return nil
	})
}

// sealAll seals every row there is, and says how many there were. The trail tells of them, person
// by person.
func (t *Tx) sealAll() (n int, err error) {
	for _, d := range tables {
		if d := d.info(); !d.bare {
			some, err := t.sealTable(d)
			if n += some; err != nil {
				return n, err
			}
		}
	}
	return n, t.tellSealed()
}

// pageOfRows is how many rows are sealed at a time, and manyWrites how many changes wait for their
// lines in the trail.
const (
	pageOfRows = 1000
	manyWrites = 200_000
)

func (t *Tx) sealTable(d *tableInfo) (n int, err error) {
	keys := []string{"org"}
	for i := range d.key {
		keys = append(keys, d.columns[i].name)
	}
	list := strings.Join(keys, ", ")
	after, args := `org = ?`, []any{t.org}
	for {
		var page [][]cell
		err := d.scanCells(t, `FROM `+d.Table+` WHERE `+after+` ORDER BY `+list+` LIMIT ?`, "", append(slices.Clone(args), pageOfRows), nil, func(cells []cell, _ []byte) error {
			page = append(page, slices.Clone(cells))
			return nil
		})
		if err != nil {
			return n, err
		}
		for _, cells := range page {
			if err := t.sealRow(d, cells); err != nil {
				return n, err
			}
		}
		n += len(page)
		if len(t.writes) > manyWrites {
			if err := t.tellSealed(); err != nil {
				return n, err
			}
		}
		if len(page) < pageOfRows || d.key == 0 {
			return n, nil
		}
		after = `org = ? AND (` + list + `) > (` + marks(len(keys)) + `)`
		args = append([]any{t.org}, d.keyArgs(t.org, page[len(page)-1])...)
	}
}

func (t *Tx) sealRow(d *tableInfo, cells []cell) error {
	if d.Table == ownKeys.Table {
		seed, err := t.vault.open(ownKeyUnsealed, cells[0].s, cells[1].b)
		if err != nil {
			return err
		}
		if cells[1].b, err = t.vault.seal(ownKeySealed, cells[0].s, seed); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE own_key SET sealed = ? WHERE org = ? AND did = ?`, cells[1].b, t.org, cells[0].s); err != nil {
			return err
		}
	}
	seal := t.sealOf(d, cells)
	if err := t.changed(`UPDATE `+d.Table+` SET seal = ? WHERE `+d.byKey(), append([]any{seal}, d.keyArgs(t.org, cells)...)...); err != nil {
		return err
	}
	return t.wrote(d, cells, stands{}, seal)
}

// tellSealed leaves the lines of what was sealed.
func (t *Tx) tellSealed() error {
	return t.Audit.AppendMany([]audit.Line{{At: t.s.now(), Machine: t.s.machine, Act: act.SealStore}})
}

// endOldChains keeps where each chain of bare hashes ends: what follows is under the store's key.
func (t *Tx) endOldChains() (chains []string, err error) {
	ends, err := t.Audit.chains()
	if err != nil {
		return nil, err
	}
	for _, e := range ends {
		c := e.chain
		chains = append(chains, c)
		last, err := t.Audit.last(c)
		if err != nil {
			return nil, err
		}
		if err := trailHeads.put(t, &trailHead{Head: audit.Head{Chain: c, Seq: last.Seq, Code: last.Hash}, KeyedFrom: last.Seq + 1}); err != nil {
			return nil, err
		}
	}
	return chains, nil
}

// chainEnd is a chain of which there are lines, and the number of its last line.
type chainEnd struct {
	chain string
	last  int64
}

// chains are the chains of which there are lines, without reading them all: one question, however many
// desks there are.
func (a Audit) chains() (list []chainEnd, err error) {
	err = a.t.rows(`
		WITH RECURSIVE found (chain) AS (
			SELECT MIN(chain) FROM audit_line WHERE org = ?
			UNION ALL
			SELECT (SELECT MIN(l.chain) FROM audit_line l WHERE l.org = ? AND l.chain > found.chain)
			FROM found
			WHERE found.chain IS NOT NULL)
		SELECT chain, (SELECT MAX(l.seq) FROM audit_line l WHERE l.org = ? AND l.chain = found.chain)
		FROM found
		WHERE chain IS NOT NULL`, []any{a.t.org, a.t.org, a.t.org}, func(scan func(...any) error) error {
		var e chainEnd
		err := scan((*textOnly)(&e.chain), (*figureOnly)(&e.last))
		if errors.Is(err, errKind) { // whatever it is, this program did not write it
			return ErrDamaged.Because(err)
		}
		list = append(list, e)
		return err
	})
	return list, err
}
