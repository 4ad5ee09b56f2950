package store

import (
	"errors"

	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/day"
	"xuezheng/data/id"
)

// Audit is the shelf for the trail: a chain for each desk, so that desks don't wait for one
// another.
type Audit struct{ t *Tx }

const lineColumns = `chain, seq, at, who, machine, act, about, person, pack, detail, prev, hash`

// AppendMany chains lines to this desk's trail, in the same transaction as what they tell of.
func (a Audit) AppendMany(lines []audit.Line) error {
	prev, err := a.last(a.t.s.machine)
	if err != nil {
		return err
	}
	for i := range lines {
		lines[i].Chain = a.t.s.machine
		lines[i] = audit.Follow(prev, lines[i])
		prev = lines[i]
	}
	return a.t.many(`INSERT INTO audit_line (org, `+lineColumns+`)`, 13, len(lines), func(i int, into []any) ([]any, error) {
		l := &lines[i]
		return append(into, a.t.org, l.Chain, l.Seq, ms(l.At), string(l.Who), l.Machine, string(l.Act), l.About, l.Person, l.Pack, l.Detail, l.Prev, l.Hash), nil
	})
}

func (a Audit) last(chain string) (audit.Line, error) {
	l, err := scanLine(func(into ...any) error {
		return a.t.row(ErrMissing, `
			SELECT `+lineColumns+`
			FROM audit_line
			WHERE org = ? AND chain = ?
			ORDER BY seq DESC
			LIMIT 1`, []any{a.t.org, chain}, into...)
	})
	if errors.Is(err, ErrMissing) {
		return audit.Line{}, nil
	}
	return l, err
}

// Heads is the last line of every chain.
func (a Audit) Heads() (list []audit.Line, err error) {
	var chains []string
	err = a.t.rows(`SELECT DISTINCT chain FROM audit_line WHERE org = ? ORDER BY chain`, []any{a.t.org}, func(scan func(...any) error) error {
		var c string
		err := scan(&c)
		chains = append(chains, c)
		return err
	})
	for _, c := range chains {
		l, err := a.last(c)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, err
}

// Walk calls each for every line of a chain, in order.
func (a Audit) Walk(chain string, each func(audit.Line) error) error {
	return a.t.rows(`
		SELECT `+lineColumns+`
		FROM audit_line
		WHERE org = ? AND chain = ?
		ORDER BY seq`, []any{a.t.org, chain}, func(scan func(...any) error) error {
		l, err := scanLine(scan)
		if err != nil {
			return err
		}
		return each(l)
	})
}

// LineFilter chooses lines of the trail; what is empty chooses all.
type LineFilter struct {
	Person   id.Person
	Act      act.Act
	Who      id.Login
	From, To day.Date
	Limit    int // 100 if none
}

// Lines lists lines of every chain, newest first.
func (a Audit) Lines(f LineFilter) (list []audit.Line, err error) {
	where, args := ``, []any{a.t.org}
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
	err = a.t.rows(`
		SELECT `+lineColumns+`
		FROM audit_line
		WHERE org = ?`+where+`
		ORDER BY at DESC, chain, seq DESC
		LIMIT ?`, append(args, f.Limit), func(scan func(...any) error) error {
		l, err := scanLine(scan)
		list = append(list, l)
		return err
	})
	return list, err
}

func scanLine(scan func(...any) error) (l audit.Line, err error) {
	var at int64
	err = scan(&l.Chain, &l.Seq, &at, &l.Who, &l.Machine, &l.Act, &l.About, &l.Person, &l.Pack, &l.Detail, &l.Prev, &l.Hash)
	l.At = moment(at)
	return l, err
}
