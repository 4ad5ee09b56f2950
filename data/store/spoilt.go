package store

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Spoilt is a row that this program did not write as it stands. What it says of whose it is, is only
// what stands in it: somebody may have changed that, too.
type Spoilt struct {
	Table     string       // worded as person.kind.<table>
	Key       string       // ids alone, as a refusal names it
	Person    id.Person    // empty where the row is nobody's
	Enrolment id.Enrolment // empty where it is of none
}

// Fault says what is wrong with it.
func (x Spoilt) Fault() *fault.Fault { return ErrRow.With("person.kind."+x.Table, x.Key) }

// Sparing reads what f asks for without rows that were changed or damaged outside the program, and
// lists those it left out, each once, so that somebody can be told. Where one row is asked for, a bad
// one is missing. It is for what people look at: nothing is decided, and nothing certified, on it.
func (t *Tx) Sparing(f func() error) (left []Spoilt, err error) {
	outer := t.spared
	t.spared = &left
	defer func() { t.spared = outer }()
	return left, f()
}

// spares reports whether a bad row is left out here, and notes it.
func (t *Tx) spares(d *tableInfo, cells []cell, err error) bool {
	if t.spared == nil || !errors.Is(err, ErrRow) {
		return false
	}
	x := Spoilt{Table: d.Table, Key: d.keyText(cells)}
	if d.person >= 0 {
		x.Person = id.Person(cells[d.person].s)
	}
	if i := slices.IndexFunc(d.columns, func(c columnInfo) bool { return c.name == "enrolment" }); i >= 0 {
		x.Enrolment = id.Enrolment(cells[i].s)
	}
	if d.Table == "enrolment" {
		x.Enrolment = id.Enrolment(x.Key)
	}
	t.notes(x)
	return true
}

// notes notes a row that is left out.
func (t *Tx) notes(x Spoilt) {
	if !slices.Contains(*t.spared, x) {
		*t.spared = append(*t.spared, x)
	}
}

// Row is what is known of a row that a refusal names by its id.
type Row struct {
	Table  string // worded as person.kind.<table>
	Key    string
	Person id.Person // whose it is; empty for nobody's
	Whole  bool      // it stands as this program wrote it
}

// RowsNamed finds the rows of any table that a refusal names so, whether they stand as they were
// written or not.
func (a Audit) RowsNamed(key string) (list []Row, err error) {
	for _, one := range tables {
		d := one.info()
		args, can := d.keyed(a.t.org, key)
		if d.bare || !can {
			continue
		}
		err := d.scanCells(a.t, `FROM `+d.Table+` AS x WHERE `+d.byKey(), "x", args, nil, func(cells []cell, seal []byte) error {
			row := Row{Table: d.Table, Key: key, Whole: a.t.check(d, cells, seal) == nil}
			if d.person >= 0 {
				row.Person = id.Person(cells[d.person].s)
			}
			list = append(list, row)
			return nil
		})
		if errors.Is(err, ErrRow) { // it can't even be read
			list, err = append(list, Row{Table: d.Table, Key: key}), nil
		}
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// keyed are the values for byKey of a row that is named so; ok is false if no row of the table can be.
func (d *tableInfo) keyed(org, key string) (args []any, ok bool) {
	parts := []string{key}
	if d.key > 1 || d.columns[0].class != letters {
		parts = strings.Split(key, "/")
	}
	if len(parts) != d.key {
		return nil, false
	}
	cells := make([]cell, d.key)
	for i, part := range parts {
		cells[i].s = part
		if d.columns[i].class == figures {
			n, err := strconv.ParseInt(part, 10, 64)
			if err != nil {
				return nil, false
			}
			cells[i].n = n
		}
	}
	return d.keyArgs(org, cells), true
}
