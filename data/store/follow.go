package store

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"sync"
	"time"

	"xuezheng/data/audit"
	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Followed is what one program knows of a trail that it looked at line by line: how far, and what the lines
// add up to. What they tell of a person's rows is kept as one number: the sum over the rows' seals, each
// times a secret figure of its row, so that no set of other seals gives the same; of the institution's rows,
// row by row. No index is asked which lines there are: their numbers follow one another.
type Followed struct {
	mu     sync.Mutex
	seed   maphash.Seed
	heads  map[string]audit.Head // by chain: the last line that was looked at
	begins map[string]int64      // by chain: the line after which it began then
	own    map[tag]uint64
	people map[uint64]uint64
	told   int // how often lines told of the institution's rows
	ended  map[id.Certificate]Revocation
	looked looked
}

// looked is when the institution's rows were compared, and what was so then.
type looked struct {
	ever  bool
	told  int
	wrote int64 // as SQLite counts what others wrote into the file
	at    time.Duration
}

// lookAgain is how long the institution's rows are taken to be as they were, where nothing says otherwise.
const lookAgain = time.Minute

// NewFollowed is for a trail of which nothing was looked at yet.
func NewFollowed() *Followed {
	f := &Followed{seed: maphash.MakeSeed()}
	f.forget()
	return f
}

func (f *Followed) forget() {
	f.heads, f.begins = map[string]audit.Head{}, map[string]int64{}
	f.own, f.people = map[tag]uint64{}, map[uint64]uint64{}
	f.ended = map[id.Certificate]Revocation{}
	f.told++
}

// Begun reports whether the trail was looked at.
func (f *Followed) Begun() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.heads) > 0
}

// of stands for a person.
func (f *Followed) of(person string) uint64 { return maphash.String(f.seed, person) }

// weigh is what a change of a row adds to the number of whose it is.
func (f *Followed) weigh(t tag, delta uint64) uint64 {
	var b [9]byte
	binary.BigEndian.PutUint64(b[:], uint64(t))
	return (maphash.Bytes(f.seed, b[:]) | 1) * delta
}

// add takes in what a line tells of rows.
func (f *Followed) add(l *audit.Line) {
	if r, ok := revocationIn(l); ok {
		f.ended[r.ID] = r
	}
	sum := uint64(0)
	entries(l.Wrote, func(t tag, delta uint64) {
		switch {
		case t&tagWhose == tagNobodys, t&tagWhose == tagSomebodys && l.Person == "":
			f.told++
			if f.own[t] += delta; f.own[t] == 0 {
				delete(f.own, t)
			}
		case t&tagWhose == tagSomebodys:
			sum += f.weigh(t, delta)
		}
	})
	if sum == 0 {
		return
	}
	who := f.of(l.Person)
	if f.people[who] += sum; f.people[who] == 0 {
		delete(f.people, who)
	}
}

// errBehind is for a transaction that sees the store as it was before the trail was looked at last; it is
// begun again.
var errBehind = errors.New("the store as it was before")

// ErrOwnGone is for a row of the institution's that the trail tells of and that was taken away.
var ErrOwnGone = fault.New(fault.Refused, "store.own-gone")

// errAfter is for a transaction that left lines of its own before it asked what the trail says: they may yet
// not be kept.
var errAfter = errors.New("the trail is followed before a change leaves its lines")

// Follows looks at the lines that came since it looked last, all of them the first time.
func (a Audit) Follows(f *Followed) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return a.follows(f)
}

func (a Audit) follows(f *Followed) (err error) {
	if a.t.left != nil {
		return errAfter
	}
	defer func() {
		if err != nil && !errors.Is(err, errBehind) {
			f.forget() // some of it was added up
		}
	}()
	v := &Verified{}
	heads, lasts, err := a.heads(v)
	if err != nil {
		return err
	}
	begins, err := a.beginnings()
	if err != nil {
		return err
	}
	for _, h := range heads {
		seen, known := f.heads[h.Chain]
		if known && f.begins[h.Chain] != begins[h.Chain].Seq { // its oldest lines went, and were told anew
			f.forget()
		}
		if known && h.Seq < seen.Seq && a.t.s.dialect == postgres {
			return errBehind
		}
	}
	for _, h := range heads {
		if f.heads[h.Chain] == h.Head && lasts[h.Chain] == h.Seq {
			continue // nothing came
		}
		if err := a.followChain(h, begins[h.Chain], v, f); err != nil {
			return err
		}
	}
	if !v.OK() {
		x := v.Findings[0]
		return ErrLine.With(x.Seq, x.Chain)
	}
	return nil
}

func (a Audit) followChain(h trailHead, begins audit.Line, v *Verified, f *Followed) error {
	from, known := f.heads[h.Chain]
	if !known {
		from = audit.Head{Chain: h.Chain, Seq: begins.Seq, Code: begins.Hash}
		f.begins[h.Chain] = begins.Seq
	}
	c := a.chainOf(h)
	err := auditLines.each(a.t, `chain = ? AND seq > ? ORDER BY seq`, []any{h.Chain, from.Seq}, func(l *audit.Line) error {
		if c.Next(from.Seq, from.Code, l) != nil {
			v.add(Finding{Kind: LineChanged, Chain: h.Chain, Seq: from.Seq + 1})
		}
		from.Seq, from.Code = l.Seq, l.Hash
		f.add(l)
		return nil
	})
	switch {
	case err != nil:
		return err
	case from.Seq < h.Seq:
		v.add(Finding{Kind: LinesGone, Chain: h.Chain, Seq: from.Seq})
	case from.Seq > h.Seq || from.Code != h.Code:
		v.add(Finding{Kind: HeadChanged, Chain: h.Chain, Seq: h.Seq})
	}
	f.heads[h.Chain] = from
	return nil
}

// Agrees refuses a person whose rows are not what the trail says of them: one that was put back to an older
// state, taken away, or put there. The trail is followed first.
func (a Audit) Agrees(f *Followed, p id.Person) error {
	if a.t.vault == nil {
		return ErrLocked
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	err := a.follows(f)
	if errors.Is(err, errBehind) && !a.t.changes {
		return a.AgreesByIndex(p)
	}
	if err != nil {
		return err
	}
	sum := uint64(0)
	if err := a.ofPerson(p, func(d *tableInfo, cells []cell, seal []byte) error {
		sum += f.weigh(d.tagOf(d.keyText(cells)), share(seal))
		return nil
	}); err != nil {
		return err
	}
	if sum == f.people[f.of(string(p))] {
		return nil
	}
	if err := a.AgreesByIndex(p); err != nil { // which names the row
		return err
	}
	return ErrRowOlder.With(personRows.word(), string(p))
}

// ofPerson calls each for every row of a person of which the trail tells, after a look at its seal.
func (a Audit) ofPerson(p id.Person, each func(d *tableInfo, cells []cell, seal []byte) error) error {
	with, err := a.t.tablesWith(p)
	if err != nil {
		return err
	}
	for _, d := range with {
		err := d.scanCells(a.t, `FROM `+d.Table+` AS x WHERE x.org = ? AND `+d.whose("x"), "x", []any{a.t.org, string(p)}, nil, func(cells []cell, seal []byte) error {
			if err := a.t.check(d, cells, seal); err != nil {
				return err
			}
			return each(d, cells, seal)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ofPeople are the tables whose rows are a person's and carry seals, and the question which of them have
// rows of one: most have none, and one question is quicker than asking each.
var ofPeople = sync.OnceValues(func() (list []*tableInfo, question string) {
	for _, d := range tables {
		d := d.info()
		if d.bare || d.silent || d.person < 0 && d.through == "" {
			continue
		}
		if question != "" {
			question += ` UNION ALL `
		}
		question += fmt.Sprintf(`SELECT %d WHERE EXISTS (SELECT 1 FROM %s AS x WHERE x.org = ? AND %s)`, len(list), d.Table, d.whose("x"))
		list = append(list, d)
	}
	return list, question
})

// tablesWith are the tables in which there is something of a person.
func (t *Tx) tablesWith(p id.Person) (list []*tableInfo, err error) {
	all, question := ofPeople()
	args := make([]any, 0, 2*len(all))
	for range all {
		args = append(args, t.org, string(p))
	}
	err = t.rows(question, args, func(scan func(...any) error) error {
		var i int
		err := scan(&i)
		if err == nil {
			list = append(list, all[i])
		}
		return err
	})
	return list, err
}

// AgreesByIndex is Agrees for a trail that was not followed: whose lines are a person's is asked of an index,
// from which whoever writes the file can hide some.
func (a Audit) AgreesByIndex(p id.Person) error {
	older, err := a.olderRow(p)
	if err != nil || older == nil {
		return err
	}
	return ErrRowOlder.With("person.kind."+older.Table, older.Key)
}

// olderRow is the first row of a person that is not what the trail says of it, the person where it is a row that
// was taken away; nil if there is none.
func (a Audit) olderRow(p id.Person) (older *Spoilt, err error) {
	if a.t.vault == nil {
		return nil, ErrLocked
	}
	sums, err := a.sumsOf(p)
	if err != nil {
		return nil, err
	}
	err = a.ofPerson(p, func(d *tableInfo, cells []cell, seal []byte) error {
		key := d.keyText(cells)
		t := d.tagOf(key)
		if sums[t] != share(seal) && older == nil {
			older = &Spoilt{Table: d.Table, Key: key, Person: p}
		}
		delete(sums, t)
		return nil
	})
	if err != nil || older != nil {
		return older, err
	}
	for _, sum := range sums {
		if sum != 0 {
			return &Spoilt{Table: personRows.Table, Key: string(p), Person: p}, nil
		}
	}
	return nil, nil
}

// sumsInChunks is of how many people the rows are asked for at once.
const sumsInChunks = 1000

// Differing is Agrees for many: who of them has rows that are not what the trail says, each with the first such
// row. The trail is followed first; of a view that is behind it by now nothing is said. What is compared is which rows there are and which seals they carry: that a
// seal is its row's is seen where the row is read.
func (a Audit) Differing(f *Followed, people []id.Person) (list []Spoilt, err error) {
	if a.t.vault == nil {
		return nil, ErrLocked
	}
	want, err := a.wants(f, people)
	if errors.Is(err, errBehind) && !a.t.changes {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for some := range slices.Chunk(people, sumsInChunks) {
		sums, err := a.weighs(f, some)
		if err != nil {
			return nil, err
		}
		for _, p := range some {
			if sums[p] == want[p] {
				continue
			}
			older, err := a.olderRow(p) // which names the row
			if err != nil && !errors.Is(err, ErrRow) && !errors.Is(err, ErrLine) {
				return nil, err
			}
			if err != nil || older == nil {
				older = &Spoilt{Table: personRows.Table, Key: string(p), Person: p}
			}
			list = append(list, *older)
		}
	}
	return list, nil
}

// wants are the numbers of people's rows as the trail has them.
func (a Audit) wants(f *Followed, people []id.Person) (map[id.Person]uint64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := a.follows(f); err != nil {
		return nil, err
	}
	want := make(map[id.Person]uint64, len(people))
	for _, p := range people {
		want[p] = f.people[f.of(string(p))]
	}
	return want, nil
}

// weighs are the numbers of people's rows as they stand: one question of each table.
func (a Audit) weighs(f *Followed, people []id.Person) (sums map[id.Person]uint64, err error) {
	sums = make(map[id.Person]uint64, len(people))
	args := []any{a.t.org}
	for _, p := range people {
		args = append(args, string(p))
	}
	all, _ := ofPeople()
	for _, d := range all {
		if err := d.sealsOf(a.t, args, func(p id.Person, key string, seal []byte) {
			sums[p] += f.weigh(d.tagOf(key), share(seal))
		}); err != nil {
			return nil, err
		}
	}
	return sums, nil
}

// sealsOf reads whose the rows of some people are, their keys and the seals they carry: args are the institution
// and the people. A value of another kind than its column's is no row of the program's: it is passed over.
func (d *tableInfo) sealsOf(t *Tx, args []any, each func(p id.Person, key string, seal []byte)) error {
	from, whose := d.Table+` AS x`, ``
	if d.through == "" {
		whose = `x.` + d.columns[d.person].name
	} else {
		from += ` JOIN ` + d.through + ` AS o ON o.org = x.org AND o.id = x.` + d.columns[0].name
		whose = `o.person`
	}
	cells := make([]cell, len(d.columns))
	var p string
	var seal []byte
	dest := []any{(*textOnly)(&p), &seal}
	list := whose + `, x.seal`
	for i := range d.key {
		dest = append(dest, cells[i].into(d.columns[i].class))
		list += `, x.` + d.columns[i].name
	}
	return t.rows(`SELECT `+list+` FROM `+from+` WHERE x.org = ? AND `+whose+` IN (`+marks(len(args)-1)+`)`, args, func(scan func(...any) error) error {
		err := scan(dest...)
		if errors.Is(err, errKind) {
			return nil
		}
		if err == nil {
			each(id.Person(p), d.keyText(cells), seal)
		}
		return err
	})
}

// sumsOf adds up what the trail tells of a person's rows, after a look at each line's own code.
func (a Audit) sumsOf(p id.Person) (sums map[tag]uint64, err error) {
	sums = map[tag]uint64{}
	chains := map[string]*audit.Chain{}
	var before sql.NullString
	type told struct {
		line   audit.Line
		before string
		first  bool
	}
	var lines []told
	err = auditLines.from(a.t, withTheOneBefore+` WHERE org = ? AND person = ? ORDER BY at`, "", []any{a.t.org, string(p)}, []any{&before}, func(l *audit.Line) error {
		if len(l.Wrote) > 0 {
			lines = append(lines, told{*l, before.String, !before.Valid})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range lines {
		l := &lines[i].line
		c, known := chains[l.Chain]
		if !known {
			h, _, err := trailHeads.find(a.t, `chain = ?`, l.Chain)
			if err != nil {
				return nil, err
			}
			c = a.chainOf(h)
			chains[l.Chain] = c
		}
		prev := audit.Line{Seq: l.Seq - 1, Hash: lines[i].before}
		if lines[i].first {
			if prev, err = a.Begins(l.Chain); err != nil {
				return nil, err
			}
		}
		if c.Next(prev.Seq, prev.Hash, l) != nil {
			return nil, ErrLine.With(l.Seq, l.Chain)
		}
		entries(l.Wrote, func(t tag, delta uint64) {
			if t&tagWhose == tagSomebodys {
				sums[t] += delta
			}
		})
	}
	return sums, nil
}

// withTheOneBefore reads lines, each with the code of the line before it.
const withTheOneBefore = `,
	(SELECT b.hash FROM audit_line b WHERE b.org = audit_line.org AND b.chain = audit_line.chain AND b.seq = audit_line.seq - 1)
	FROM audit_line`

// OwnAgree refuses a store in which a row that is nobody's is not what the trail says: a setting, a pack, a
// key, a login. It looks again when the trail tells of such rows, when another program wrote into the file,
// and after a minute.
func (a Audit) OwnAgree(f *Followed) error {
	if a.t.vault == nil {
		return ErrLocked
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := a.follows(f); err != nil {
		return err
	}
	now := looked{ever: true, told: f.told, at: a.t.s.steady()}
	if a.t.s.dialect == sqlite {
		if err := a.t.row(ErrDamaged, `PRAGMA data_version`, nil, &now.wrote); err != nil {
			return err
		}
	}
	was := f.looked
	if a.t.changes && was.ever && was.told == now.told && was.wrote == now.wrote && now.at >= was.at && now.at-was.at < lookAgain {
		return nil
	}
	if err := a.ownRows(f); err != nil {
		f.looked = looked{}
		return err
	}
	if a.t.changes { // another connection counts otherwise
		f.looked = now
	}
	return nil
}

// ownRows compares every row that is nobody's.
func (a Audit) ownRows(f *Followed) error {
	found := 0
	for _, d := range tables {
		d := d.info()
		if d.bare || d.silent || d.Whose != "" && d.person < 0 || d.Table == personRows.Table {
			continue
		}
		where := ``
		if d.person >= 0 {
			where = ` AND x.` + d.columns[d.person].name + ` = ''`
		}
		err := d.scanCells(a.t, `FROM `+d.Table+` AS x WHERE x.org = ?`+where, "x", []any{a.t.org}, nil, func(cells []cell, seal []byte) error {
			if err := a.t.check(d, cells, seal); err != nil {
				return err
			}
			key := d.keyText(cells)
			if f.own[d.tagOf(key)] != share(seal) {
				return ErrRowOlder.With(d.word(), key)
			}
			found++
			return nil
		})
		if err != nil {
			return err
		}
	}
	if found != len(f.own) {
		return ErrOwnGone
	}
	return nil
}
