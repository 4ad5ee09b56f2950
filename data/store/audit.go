package store

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/day"
	"xuezheng/data/id"
)

// Audit is the shelf for the trail: a chain for each desk, so that desks don't wait for one
// another.
type Audit struct{ t *Tx }

// auditLines are protected by their chain, and by the heads.
var auditLines = bareTable(RowKind{Table: "audit_line", Whose: ofPerson, OnDelete: Stays, Time: "audit", Export: "history", Why: "ids only, in a chain (P-04)"}, 2,
	text("chain", func(l *audit.Line) *string { return &l.Chain }),
	whole("seq", func(l *audit.Line) *int64 { return &l.Seq }),
	instant("at", func(l *audit.Line) *time.Time { return &l.At }),
	text("who", func(l *audit.Line) *id.Login { return &l.Who }),
	text("machine", func(l *audit.Line) *string { return &l.Machine }),
	text("act", func(l *audit.Line) *act.Act { return &l.Act }),
	text("about", func(l *audit.Line) *string { return &l.About }),
	text("person", func(l *audit.Line) *string { return &l.Person }),
	text("pack", func(l *audit.Line) *string { return &l.Pack }),
	text("detail", func(l *audit.Line) *string { return &l.Detail }),
	text("prev", func(l *audit.Line) *string { return &l.Prev }),
	text("hash", func(l *audit.Line) *string { return &l.Hash }),
	blob("wrote", func(l *audit.Line) *[]byte { return &l.Wrote }),
)

// trailHead is where a chain ends, and from which of its lines on it is under the store's key. Lost is
// the line after which nobody knows whether there were others: its head was taken away then. Logins is the seal, in
// hexadecimal, of the first part of what the chain tells of logins.
type trailHead struct {
	audit.Head
	KeyedFrom int64
	Lost      int64
	Logins    string
}

var trailHeads = newTable(RowKind{Table: "trail_head", OnDelete: Nobodys, Why: "where each chain of the trail ends"}, 1,
	text("chain", func(h *trailHead) *string { return &h.Chain }),
	whole("seq", func(h *trailHead) *int64 { return &h.Seq }),
	text("code", func(h *trailHead) *string { return &h.Code }),
	whole("keyed_from", func(h *trailHead) *int64 { return &h.KeyedFrom }),
	whole("lost", func(h *trailHead) *int64 { return &h.Lost }),
	text("logins", func(h *trailHead) *string { return &h.Logins }),
).untold()

// AppendMany chains lines to this desk's trail, in the same transaction as what they tell of. Each
// carries the changes of the rows it is about, and of those of its person; a person of whom rows
// were changed and no line speaks gets one; what is left goes to the last line.
func (a Audit) AppendMany(lines []audit.Line) error {
	if len(lines) == 0 {
		return nil
	}
	lines = a.tell(lines, true)
	return a.chain(lines)
}

// AppendSome is AppendMany for the first lines of a large change: what they don't speak of is told
// by those that follow.
func (a Audit) AppendSome(lines []audit.Line) error { return a.chain(a.tell(lines, false)) }

// tell puts what was written into the lines that tell of it.
func (a Audit) tell(lines []audit.Line, all bool) []audit.Line {
	writes := a.t.writes
	if len(writes) == 0 {
		return lines
	}
	about := make(map[string]int, len(lines))
	person := make(map[string]int, len(lines))
	for i := range lines {
		l := &lines[i]
		if l.About != "" {
			about[l.About+"\x00"+l.Person] = i
		}
		if l.Person != "" {
			person[l.Person] = i
		}
	}
	last := len(lines) - 1
	rest := writes[:0]
	for _, w := range writes {
		i, known := about[w.key+"\x00"+w.person]
		if !known && w.person != "" {
			i, known = person[w.person]
		}
		switch {
		case known:
		case !all:
			rest = append(rest, w)
			continue
		case w.person == "" && (w.tag&tagWhose != tagSomebodys || lines[last].Person == ""):
			i = last
		default:
			if i, known = person[w.person]; !known {
				l := lines[last]
				l.About, l.Person, l.Wrote = "", w.person, nil
				lines = append(lines, l)
				i = len(lines) - 1
				person[w.person] = i
			}
		}
		lines[i].Wrote = appendEntry(lines[i].Wrote, w)
	}
	a.t.writes = rest
	return lines
}

// chain chains lines and moves the head on.
func (a Audit) chain(lines []audit.Line) error {
	if len(lines) == 0 {
		return nil
	}
	name := a.t.s.machine
	head, err := a.headOf(name)
	if err != nil {
		return err
	}
	c := a.chainOf(head)
	prev, err := a.end(head)
	if err != nil {
		return err
	}
	for i := range lines {
		lines[i].Chain = name
		lines[i] = c.Follow(prev, lines[i])
		prev = lines[i]
	}
	if err := auditLines.addMany(a.t, lines); err != nil {
		if a.t.s.dialect == sqlite && taken(err) {
			return audit.ErrBrokenChain.With(head.Seq+1, name).Because(err)
		}
		return err
	}
	head.Seq, head.Code = prev.Seq, prev.Hash
	if err := rollOf(a.t).foldTold(&head); err != nil {
		return err
	}
	a.t.leaves(&prev)
	return trailHeads.put(a.t, &head)
}

// lastNumber is beyond every number that a line is given: after the last that can be kept there is none.
const lastNumber = int64(1) << 62

// foreignRoom is how far beyond the end of a chain lines are looked for that this program did not write.
const foreignRoom = 1_000_000

// end is the line that the next one of a chain follows: the one at its head, or, where lines stand beyond
// that, the last of those. They bear no code of this store's, so that a look at the trail finds them for
// ever, whatever follows; what follows is still told.
func (a Audit) end(h trailHead) (audit.Line, error) {
	prev := audit.Line{Seq: h.Seq, Hash: h.Code}
	err := a.t.row(ErrMissing, `SELECT seq, hash FROM audit_line WHERE org = ? AND chain = ? AND seq > ? AND seq <= ? ORDER BY seq DESC LIMIT 1`,
		[]any{a.t.org, h.Chain, h.Seq, h.Seq + foreignRoom}, &prev.Seq, &prev.Hash)
	if errors.Is(err, ErrMissing) {
		return prev, nil
	}
	return prev, err
}

// headOf is where a chain goes on. Work goes on as well where its head was taken away or changed, and
// a look at the trail tells of that for ever.
func (a Audit) headOf(name string) (head trailHead, err error) {
	head, there, err := trailHeads.find(a.t, `chain = ?`, name)
	if there || err != nil && !errors.Is(err, ErrRow) {
		return head, err
	}
	last, err := a.last(name)
	if err != nil {
		return head, err
	}
	head = trailHead{Head: audit.Head{Chain: name, Seq: last.Seq, Code: last.Hash}, KeyedFrom: 1}
	known, err := a.t.joinChain(name)
	if known {
		head.Lost = max(1, last.Seq)
	} else if last.Seq == 0 {
		head.Logins = toldNothing
	}
	return head, err
}

// chainOf checks and follows a chain.
func (a Audit) chainOf(h trailHead) *audit.Chain {
	if a.t.vault == nil {
		return audit.Unkeyed()
	}
	return audit.NewChain(a.t.vault.trail, h.KeyedFrom)
}

// rest leaves a line for what a transaction changed and told nobody of, so that no row is without
// its line.
func (a Audit) rest() error {
	if len(a.t.writes) == 0 {
		return nil
	}
	return a.AppendMany([]audit.Line{{At: a.t.s.now(), Machine: a.t.s.machine, Act: act.KeepRows}})
}

func (a Audit) last(chain string) (audit.Line, error) {
	l, err := auditLines.one(a.t, ErrMissing, `chain = ? AND seq < ? ORDER BY seq DESC LIMIT 1`, chain, lastNumber)
	if errors.Is(err, ErrMissing) {
		return audit.Line{}, nil
	}
	return l, err
}

// Heads is where every chain ends, by the names of the chains.
func (a Audit) Heads() (list []audit.Head, err error) {
	heads, err := trailHeads.rows(a.t, `chain > '' ORDER BY chain`)
	for _, h := range heads {
		list = append(list, h.Head)
	}
	return list, err
}

// SoundHeads is Heads without those that are not what this program wrote.
func (a Audit) SoundHeads() (list []audit.Head, err error) {
	heads, err := trailHeads.sound(a.t, `chain > '' ORDER BY chain`)
	for _, h := range heads {
		list = append(list, h.Head)
	}
	return list, err
}

// Length is how many lines there are, or were before the oldest went.
func (a Audit) Length() (n int64, err error) {
	heads, err := a.Heads()
	for _, h := range heads {
		n += h.Seq
	}
	return n, err
}

// Walk calls each for every line of a chain, in order.
func (a Audit) Walk(chain string, each func(audit.Line) error) error {
	return auditLines.each(a.t, `chain = ? ORDER BY seq`, []any{chain}, func(l *audit.Line) error { return each(*l) })
}

// LineFilter chooses lines of the trail; what is empty chooses all.
type LineFilter struct {
	Person   id.Person
	Act      act.Act
	Who      id.Login
	About    string // the id of what was changed
	From, To day.Date
	Limit    int // 100 if none
}

// Lines lists lines of every chain, newest first.
func (a Audit) Lines(f LineFilter) (list []audit.Line, err error) {
	where, args := `seq > 0`, []any{}
	add := func(clause string, arg any) {
		where += ` AND ` + clause
		args = append(args, arg)
	}
	if f.Person != "" {
		add(`person = ?`, string(f.Person))
	}
	if f.Act != "" {
		add(`act = ?`, string(f.Act))
	}
	if f.About != "" {
		add(`about = ?`, f.About)
	}
	if f.Who != "" {
		add(`who = ?`, string(f.Who))
	}
	if !f.From.IsZero() {
		add(`at >= ?`, ms(f.From.Start()))
	}
	if !f.To.IsZero() {
		add(`at < ?`, ms(f.To.End()))
	}
	if f.Limit <= 0 {
		f.Limit = 100
	}
	if len(args) == 0 {
		return a.newest(f.Limit)
	}
	return auditLines.rows(a.t, where+` ORDER BY at DESC, chain DESC, seq DESC LIMIT ?`, append(args, f.Limit)...)
}

// newest are the newest lines of all chains: of each no more than can be among them.
func (a Audit) newest(limit int) (list []audit.Line, err error) {
	chains, err := a.chains()
	if err != nil {
		return nil, err
	}
	for _, c := range chains {
		some, err := auditLines.rows(a.t, `chain = ? ORDER BY seq DESC LIMIT ?`, c.chain, limit)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	slices.SortStableFunc(list, func(x, y audit.Line) int {
		return cmp.Or(y.At.Compare(x.At), cmp.Compare(y.Chain, x.Chain), cmp.Compare(y.Seq, x.Seq))
	})
	return list[:min(limit, len(list))], nil
}
