package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"xuezheng/data/audit"
	"xuezheng/data/fault"
)

// Finding is one place where the store is not as this program left it; worded as
// "audit.finding.<kind>".
type Finding struct {
	Kind  FindingKind
	Chain string // of what concerns the trail
	Seq   int64  // the line
	Table string // of what concerns a row; see RowKinds
	Key   string // its id; of something outside the store: what it is called
}

// Outside is a line of the trail as something outside the store remembers it: a certificate, a
// backup, a note.
type Outside struct {
	Name string // what remembers it
	audit.Head
	At time.Time // when it was so; what is older than the trail is not looked for
}

// FindingKind is what is wrong at a place.
type FindingKind string

// What can be found.
const (
	LineChanged FindingKind = "line"     // this line, or one before it, is not what was written
	LinesGone   FindingKind = "cut"      // the lines after this one were taken away
	HeadChanged FindingKind = "head"     // where the chain ends was changed, or taken away
	RowChanged  FindingKind = "row"      // the row was changed outside the program, or is damaged
	RowOlder    FindingKind = "row-old"  // the row is an older state, or one the trail knows nothing of
	RowGone     FindingKind = "row-gone" // a row the trail tells of was taken away
	FileDamaged FindingKind = "file"     // the file itself is damaged: what its indexes say is not what there is
	Elsewhere   FindingKind = "outside"  // something outside the store knows a later or another line
)

// maxFindings is how many are told one by one.
const maxFindings = 200

// Verified is what a look at the whole store found.
type Verified struct {
	Lines, Rows int
	Findings    []Finding
	More        int // findings beyond those told
}

// OK reports whether everything is as it was left.
func (v *Verified) OK() bool { return len(v.Findings) == 0 }

func (v *Verified) add(f Finding) {
	if len(v.Findings) == maxFindings {
		v.More++
		return
	}
	v.Findings = append(v.Findings, f)
}

// Progress tells how far a look is: so many of about so many lines and rows.
type Progress func(done, of int)

// Verify looks at every line of the trail, at where each chain ends, at the seal of every row, and
// whether each row is what the trail says it is; and for the lines that are remembered elsewhere. It
// stops when ctx does.
func (a Audit) Verify(ctx context.Context, outside []Outside, report Progress) (*Verified, error) {
	v := &Verified{}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	file := make(chan error, 1)
	go func() { file <- a.t.s.checkFile(ctx) }()
	remembered := map[string]bool{} // codes, and whether they were seen
	for _, o := range outside {
		remembered[o.Code] = false
	}
	heads, _, err := a.heads(v)
	if err != nil {
		return nil, err
	}
	of := 0
	for _, h := range heads {
		of += int(h.Seq)
	}
	seen := 0
	step := func() error {
		if seen++; seen%1000 == 0 {
			report(seen, max(of, seen))
			return ctx.Err()
		}
		return nil
	}
	sums := map[tag]uint64{}
	for _, h := range heads {
		if err := a.verifyChain(h, v, sums, remembered, step); err != nil {
			return nil, err
		}
	}
	v.Lines = seen
	for _, d := range tables {
		if d := d.info(); !d.bare && d != trailHeads.info() {
			if err := a.verifyTable(d, v, sums, step); err != nil {
				return nil, err
			}
		}
	}
	if err := errors.Join(a.verifyGone(v, sums), a.verifyCounts(v), verifyOpens(a.t, v), a.verifyOutside(v, outside, remembered)); err != nil {
		return nil, err
	}
	switch err := <-file; {
	case errors.Is(err, errIndexes):
		v.Findings = slices.Insert(v.Findings, 0, Finding{Kind: FileDamaged})
	case err != nil:
		return nil, err
	}
	report(seen, seen)
	return v, nil
}

// errIndexes is for a file of which SQLite says that it is not whole.
var errIndexes = errors.New("the file's own check")

// checkFile has SQLite look at its own pages, over a connection of its own, while the rows are looked at:
// where an index is damaged, rows are there and not found.
func (s *Store) checkFile(ctx context.Context) error {
	if s.dialect != sqlite {
		return nil
	}
	db, err := sql.Open("sqlite3", s.reads)
	if err != nil {
		return err
	}
	defer db.Close()
	var said string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&said); err != nil {
		return err
	}
	if said != "ok" {
		return errIndexes
	}
	return nil
}

// heads are the heads that stand, and for chains that have none, what is there of them; lasts are the
// numbers of the last lines that are there.
func (a Audit) heads(v *Verified) (list []trailHead, lasts map[string]int64, err error) {
	ends, err := a.chains()
	if err != nil {
		return nil, nil, err
	}
	var chains []string
	lasts = make(map[string]int64, len(ends))
	for _, e := range ends {
		chains, lasts[e.chain] = append(chains, e.chain), e.last
	}
	known := map[string]bool{}
	err = trailHeads.scanCells(a.t, `FROM trail_head WHERE org = ? ORDER BY chain`, "", []any{a.t.org}, nil, func(cells []cell, seal []byte) error {
		h, err := trailHeads.take(a.t, cells, seal)
		if errors.Is(err, ErrRow) {
			v.add(Finding{Kind: HeadChanged, Chain: cells[0].s})
			return nil
		}
		if h.Lost > 0 {
			v.add(Finding{Kind: HeadChanged, Chain: h.Chain, Seq: h.Lost})
		}
		known[h.Chain] = true
		list = append(list, h)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	m, _, err := a.t.readMark()
	if err != nil {
		return nil, nil, err
	}
	for _, c := range m.Chains {
		if !slices.Contains(chains, c) {
			chains = append(chains, c)
		}
	}
	for _, c := range chains {
		if known[c] {
			continue
		}
		last, err := a.last(c)
		if err != nil {
			return nil, nil, err
		}
		v.add(Finding{Kind: HeadChanged, Chain: c, Seq: last.Seq})
		list = append(list, trailHead{Head: audit.Head{Chain: c, Seq: last.Seq, Code: last.Hash}, KeyedFrom: 1})
	}
	return list, lasts, nil
}

// verifyChain looks at the lines of one chain. A place where they are not what was written is told
// once; what follows is looked at from there on.
func (a Audit) verifyChain(h trailHead, v *Verified, sums map[tag]uint64, remembered map[string]bool, step func() error) error {
	prev, err := a.Begins(h.Chain)
	if errors.Is(err, ErrRow) {
		v.add(Finding{Kind: HeadChanged, Chain: h.Chain})
	} else if err != nil {
		return err
	}
	c := a.chainOf(h)
	seq, code := prev.Seq, prev.Hash
	remember := func(code string) {
		if _, asked := remembered[code]; asked {
			remembered[code] = true
		}
	}
	remember(code)
	err = auditLines.each(a.t, `chain = ? ORDER BY seq`, []any{h.Chain}, func(l *audit.Line) error {
		switch {
		case l.Seq > seq+1:
			v.add(Finding{Kind: LinesGone, Chain: h.Chain, Seq: seq})
		case c.Next(seq, code, l) != nil:
			v.add(Finding{Kind: LineChanged, Chain: h.Chain, Seq: seq + 1})
		}
		seq, code = l.Seq, l.Hash
		remember(code)
		entries(l.Wrote, func(t tag, delta uint64) { sums[t] += delta })
		return step()
	})
	switch {
	case err != nil:
		return err
	case seq < h.Seq:
		v.add(Finding{Kind: LinesGone, Chain: h.Chain, Seq: seq})
	case seq > h.Seq || code != h.Code:
		v.add(Finding{Kind: HeadChanged, Chain: h.Chain, Seq: h.Seq})
	}
	return nil
}

// verifyTable looks at the seal of every row, and whether the trail adds up to it.
func (a Audit) verifyTable(d *tableInfo, v *Verified, sums map[tag]uint64, step func() error) error {
	return d.scanCells(a.t, `FROM `+d.Table+` AS x WHERE x.org = ?`, "x", []any{a.t.org}, nil, func(cells []cell, seal []byte) error {
		v.Rows++
		key := d.keyText(cells)
		t := d.tagOf(key)
		switch err := a.t.check(d, cells, seal); {
		case errors.Is(err, ErrRow):
			v.add(Finding{Kind: RowChanged, Table: d.Table, Key: key})
		case err != nil:
			return err
		case !d.silent && sums[t] != share(seal):
			v.add(Finding{Kind: RowOlder, Table: d.Table, Key: key})
		}
		delete(sums, t)
		return step()
	})
}

// verifyGone tells of rows that the trail leaves standing, and that are not there.
func (a Audit) verifyGone(v *Verified, sums map[tag]uint64) error {
	gone := map[tag]bool{}
	for t, sum := range sums {
		if sum != 0 {
			gone[t] = true
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return auditLines.each(a.t, `chain > '' ORDER BY chain, seq`, nil, func(l *audit.Line) error {
		entries(l.Wrote, func(t tag, _ uint64) {
			if gone[t] {
				delete(gone, t) // the line that tells of it first
				v.add(Finding{Kind: RowGone, Chain: l.Chain, Seq: l.Seq, Key: l.About})
			}
		})
		return nil
	})
}

// verifyOpens tells of logins whose passphrase is to open something else than their own row names.
func verifyOpens(t *Tx, v *Verified) error {
	list, err := loginRows.sound(t, `id > '' ORDER BY id`)
	for _, l := range list {
		key, err := t.Access.key(l.ID)
		if err != nil && !errors.Is(err, ErrDamaged) {
			return err
		}
		if err != nil || l.Opens != "" && l.Opens != key.mark() {
			v.add(Finding{Kind: RowChanged, Table: loginRows.Table, Key: string(l.ID)})
		}
	}
	return err
}

// verifyOutside tells what is remembered elsewhere and is not in the trail. Where old lines went
// because their time was over, nothing can be told of what is older than those that are left.
func (a Audit) verifyOutside(v *Verified, outside []Outside, remembered map[string]bool) error {
	for _, o := range outside {
		if remembered[o.Code] || o.Code == "" {
			continue
		}
		over, err := a.over(o)
		if err != nil {
			return err
		}
		if !over {
			v.add(Finding{Kind: Elsewhere, Chain: o.Chain, Seq: o.Seq, Key: o.Name})
		}
	}
	return nil
}

// over reports whether a line may have gone because its time was over.
func (a Audit) over(o Outside) (bool, error) {
	if o.Chain != "" {
		begins, err := a.Begins(o.Chain)
		return o.Seq < begins.Seq, err
	}
	cut, first := 0, int64(0)
	err := errors.Join(a.t.row(nil, `SELECT COUNT(*) FROM audit_cut WHERE org = ?`, []any{a.t.org}, &cut),
		a.t.row(nil, `SELECT COALESCE(MIN(at), 0) FROM audit_line WHERE org = ?`, []any{a.t.org}, &first))
	return cut > 0 && !o.At.IsZero() && ms(o.At) < first, err
}

// ErrRowOlder is for a row that is sealed and that the trail knows otherwise: an older state was put
// back, or a row was taken away. It names the kind and the key.
var ErrRowOlder = fault.New(fault.Refused, "store.row-old")

// ErrLine is for a line of the trail about a person that is not what was written.
var ErrLine = fault.New(fault.Refused, "audit.line")

// Head is where this desk's chain ends; zero if it has none yet.
func (a Audit) Head() (audit.Head, error) {
	h, _, err := trailHeads.find(a.t, `chain = ?`, a.t.s.machine)
	return h.Head, err
}

// Remembers reports whether the trail has that line with that code, or may have had it: its oldest
// lines go when their time is over.
func (a Audit) Remembers(h audit.Head) (bool, error) {
	begins, err := a.Begins(h.Chain)
	if err != nil || h.Seq <= begins.Seq {
		return err == nil && (h.Seq < begins.Seq || h.Code == begins.Hash), err
	}
	var code string
	err = a.t.row(ErrMissing, `SELECT hash FROM audit_line WHERE org = ? AND chain = ? AND seq = ?`, []any{a.t.org, h.Chain, h.Seq}, &code)
	if errors.Is(err, ErrMissing) {
		return false, nil
	}
	return code == h.Code, err
}
