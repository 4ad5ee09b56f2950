package store

import (
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"xuezheng/data/fault"
)

// class is how a column keeps its values.
type class byte

const (
	letters class = iota // text
	figures              // whole numbers
	octets               // bytes
)

// cell is one value as it is kept: in the field of its column's class.
type cell struct {
	s string
	n int64
	b []byte
}

// value is the cell as a statement takes it.
func (c *cell) value(k class) any {
	switch k {
	case letters:
		return c.s
	case figures:
		return c.n
	}
	if c.b == nil { // as nothing, never as NULL
		return []byte{}
	}
	return c.b
}

// into is where a column of that class is scanned to. A value of another kind than the column's is none
// that this program wrote, although the engine would take it for one.
func (c *cell) into(k class) any {
	switch k {
	case letters:
		return (*textOnly)(&c.s)
	case figures:
		return (*figureOnly)(&c.n)
	}
	return (*octetsOnly)(&c.b)
}

type (
	textOnly   string
	figureOnly int64
	octetsOnly []byte
)

var errKind = errors.New("a value of another kind than its column's")

func (t *textOnly) Scan(v any) error {
	s, ok := v.(string)
	if *t = textOnly(s); !ok {
		return errKind
	}
	return nil
}

func (n *figureOnly) Scan(v any) error {
	i, ok := v.(int64)
	if *n = figureOnly(i); !ok {
		return errKind
	}
	return nil
}

func (o *octetsOnly) Scan(v any) error {
	switch b := v.(type) {
	case nil:
		*o = nil
	case []byte:
		*o = append([]byte(nil), b...)
	case string: // how SQLite keeps what is emptied by ''
		if *o = nil; b != "" {
			return errKind
		}
	default:
		return errKind
	}
	return nil
}

// columnInfo is a column without the type of its rows.
type columnInfo struct {
	name  string
	class class
	loose bool   // the row's seal doesn't cover it
	apart bool   // it is read by itself, never with the row
	as    string // it is no column, but this expression, and only read
}

// tableInfo is a table without the type of its rows: what it is called, whose its rows are, what
// deleting somebody does to them, and its columns.
type tableInfo struct {
	RowKind
	key    int  // so many columns, the first ones, tell its rows apart within an institution
	bare   bool // its rows carry no seal
	silent bool // the trail says nothing of its rows

	through string // the table of what its rows belong to, whose id stands first; that says whose they are

	unsealed bool // as if it were bare, for measuring what seals cost
	columns  []columnInfo
	person   int // which column says whose a row is; -1 for none
	version  int // which column counts its versions; -1 for none
	names    string
	width    int // how many columns are written, the institution and the seal among them
}

// column is one column of the rows T: how a field is kept, and how it is read again.
type column[T any] struct {
	columnInfo
	put  func(t *Tx, row *T, c *cell) error
	take func(t *Tx, row *T, c *cell) error
}

// table is one table with its columns in one list: reading, writing and sealing all follow it.
type table[T any] struct {
	tableInfo
	cols []column[T]
}

// outside leaves a column out of the row's seal.
func (c column[T]) outside() column[T] { c.loose = true; return c }

// byItself lets a column be read only when it is asked for; what it holds is proven by another column.
func (c column[T]) byItself() column[T] { c.loose, c.apart = true, true; return c }

// text keeps a text or a code.
func text[T any, S ~string](name string, of func(*T) *S) column[T] {
	return column[T]{columnInfo{name: name},
		func(_ *Tx, row *T, c *cell) error { c.s = string(*of(row)); return nil },
		func(_ *Tx, row *T, c *cell) error { *of(row) = S(c.s); return nil }}
}

// whole keeps a whole number.
func whole[T any, N ~int | ~int64 | ~int32](name string, of func(*T) *N) column[T] {
	return column[T]{columnInfo{name: name, class: figures},
		func(_ *Tx, row *T, c *cell) error { c.n = int64(*of(row)); return nil },
		func(_ *Tx, row *T, c *cell) error { *of(row) = N(c.n); return nil }}
}

// flag keeps yes or no.
func flag[T any](name string, of func(*T) *bool) column[T] {
	return column[T]{columnInfo{name: name, class: figures},
		func(_ *Tx, row *T, c *cell) error { c.n = int64(bit(*of(row))); return nil },
		func(_ *Tx, row *T, c *cell) error { *of(row) = c.n == 1; return nil }}
}

// instant keeps a moment in UTC, to the millisecond.
func instant[T any](name string, of func(*T) *time.Time) column[T] {
	return column[T]{columnInfo{name: name, class: figures},
		func(_ *Tx, row *T, c *cell) error { c.n = ms(*of(row)); return nil },
		func(_ *Tx, row *T, c *cell) error { *of(row) = moment(c.n); return nil }}
}

// blob keeps bytes.
func blob[T any](name string, of func(*T) *[]byte) column[T] {
	return column[T]{columnInfo{name: name, class: octets},
		func(_ *Tx, row *T, c *cell) error { c.b = *of(row); return nil },
		func(_ *Tx, row *T, c *cell) error { *of(row) = c.b; return nil }}
}

// codes keeps a list of codes in one column.
func codes[T any, S ~string](name string, of func(*T) *[]S) column[T] {
	return column[T]{columnInfo{name: name},
		func(_ *Tx, row *T, c *cell) error { c.s = join(*of(row)); return nil },
		func(_ *Tx, row *T, c *cell) error { *of(row) = split[S](c.s); return nil }}
}

// asJSON keeps a value as JSON text.
func asJSON[T, V any](name string, of func(*T) *V) column[T] {
	return column[T]{columnInfo{name: name},
		func(_ *Tx, row *T, c *cell) error { return jsonText(*of(row), &c.s) },
		func(_ *Tx, row *T, c *cell) error { return fromJSON([]byte(c.s), of(row)) }}
}

// secretJSON keeps a value as JSON under seal; within says which row it opens in.
func secretJSON[T, V any](table, name string, within func(*T) string, of func(*T) *V) column[T] {
	return column[T]{columnInfo{name: name, class: octets},
		func(t *Tx, row *T, c *cell) error {
			var s string
			if err := jsonText(*of(row), &s); err != nil {
				return err
			}
			b, err := t.vault.seal(table, within(row), []byte(s))
			c.b = b
			return err
		},
		func(t *Tx, row *T, c *cell) error {
			plain, err := t.vault.open(table, within(row), c.b)
			if err != nil {
				return err
			}
			return fromJSON(plain, of(row))
		}}
}

// secretText keeps a text under seal. Where it was emptied it is read as empty.
func secretText[T any](table, name string, within func(*T) string, of func(*T) *string) column[T] {
	return column[T]{columnInfo{name: name, class: octets},
		func(t *Tx, row *T, c *cell) error {
			b, err := t.vault.seal(table, within(row), []byte(*of(row)))
			c.b = b
			return err
		},
		func(t *Tx, row *T, c *cell) error {
			if len(c.b) == 0 {
				*of(row) = ""
				return nil
			}
			plain, err := t.vault.open(table, within(row), c.b)
			*of(row) = string(plain)
			return err
		}}
}

// found is a column made of what put gives; it is read only to find rows by.
func foundBy[T any](name string, put func(t *Tx, row *T) ([]byte, error)) column[T] {
	return column[T]{columnInfo{name: name, class: octets},
		func(t *Tx, row *T, c *cell) (err error) { c.b, err = put(t, row); return err },
		func(*Tx, *T, *cell) error { return nil }}
}

// told is no column: an expression that is read with each row.
func told[T any, N ~int | ~int64](expression string, of func(*T) *N) column[T] {
	c := whole(expression, of)
	c.as, c.loose = expression, true
	return c
}

func toldAt[T any](expression string, of func(*T) *time.Time) column[T] {
	c := instant(expression, of)
	c.as, c.loose = expression, true
	return c
}

// lift are the columns of a part of a row.
func lift[T, P any](columns []column[P], part func(*T) *P) []column[T] {
	list := make([]column[T], len(columns))
	for i, c := range columns {
		list[i] = column[T]{c.columnInfo,
			func(t *Tx, row *T, x *cell) error { return c.put(t, part(row), x) },
			func(t *Tx, row *T, x *cell) error { return c.take(t, part(row), x) }}
	}
	return list
}

// newTable is a table with those columns; the first of them, so many as key says, tell its rows
// apart.
func newTable[T any](kind RowKind, key int, cols ...column[T]) *table[T] {
	d := &table[T]{tableInfo: tableInfo{RowKind: kind, key: key, person: -1, version: -1}, cols: cols}
	d.describe()
	return d
}

// bareTable is newTable for rows that carry no seal.
func bareTable[T any](kind RowKind, key int, cols ...column[T]) *table[T] {
	d := newTable(kind, key, cols...)
	d.bare = true
	d.describe()
	return d
}

// untold makes a table of which the trail says nothing.
func (d *table[T]) untold() *table[T] { d.silent = true; return d }

// of makes the rows of a table those of whoever has the row in another table whose id stands first in them,
// and never goes to somebody else.
func (d *table[T]) of(table string) *table[T] { d.through = table; return d }

func (d *table[T]) describe() {
	d.columns, d.width = d.columns[:0], 1
	for i, c := range d.cols {
		d.columns = append(d.columns, c.columnInfo)
		if c.name == "person" || d.Table == "person" && c.name == "id" {
			d.person = i
		}
		if c.name == "version" {
			d.version = i
		}
		if c.as == "" {
			d.width++
		}
	}
	if !d.bare {
		d.width++
	}
	d.names = d.list("", func(c *columnInfo) bool { return c.as == "" })
}

// info is the table without the type of its rows.
func (d *tableInfo) info() *tableInfo { return d }

// list names the columns that are wanted, and the seal; of a table that has another name in the
// statement, without expressions, which call it by its own.
func (d *tableInfo) list(alias string, want func(*columnInfo) bool) string {
	var b strings.Builder
	for i := range d.columns {
		c := &d.columns[i]
		if !want(c) || alias != "" && c.as != "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		switch {
		case c.as != "":
			b.WriteString(c.as)
		case alias != "":
			b.WriteString(alias + "." + c.name)
		default:
			b.WriteString(c.name)
		}
	}
	if !d.bare {
		if b.WriteString(", "); alias != "" {
			b.WriteString(alias + ".")
		}
		b.WriteString("seal")
	}
	return b.String()
}

func read(c *columnInfo) bool { return !c.apart }

// byKey is the condition that finds one row.
func (d *tableInfo) byKey() string {
	var b strings.Builder
	b.WriteString("org = ?")
	for i := range d.key {
		b.WriteString(" AND " + d.columns[i].name + " = ?")
	}
	return b.String()
}

// keyArgs are the values for byKey.
func (d *tableInfo) keyArgs(org string, cells []cell) []any {
	args := []any{org}
	for i := range d.key {
		args = append(args, cells[i].value(d.columns[i].class))
	}
	return args
}

// keyText names a row, by ids alone.
func (d *tableInfo) keyText(cells []cell) string {
	if d.key == 1 && d.columns[0].class == letters {
		return cells[0].s
	}
	var b strings.Builder
	for i := range d.key {
		if i > 0 {
			b.WriteByte('/')
		}
		if d.columns[i].class == letters {
			b.WriteString(cells[i].s)
		} else {
			b.Write(appendInt(nil, cells[i].n))
		}
	}
	return b.String()
}

// ErrRow is for a row that this program did not write as it stands: it was changed or damaged outside
// the program. It names the kind and the key.
var ErrRow = fault.New(fault.Refused, "store.row")

// word is the key of what its rows are called.
func (d *tableInfo) word() string { return "person.kind." + d.Table }

// cells is a row as it is kept.
func (d *table[T]) cells(t *Tx, row *T, into []cell) error {
	for i := range d.cols {
		if c := &d.cols[i]; c.as == "" {
			into[i] = cell{}
			if err := c.put(t, row, &into[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// args are the values of a row to be written, in the order of names.
func (d *tableInfo) args(org string, cells []cell, seal []byte, into []any) []any {
	into = append(into, org)
	for i := range d.columns {
		if d.columns[i].as == "" {
			into = append(into, cells[i].value(d.columns[i].class))
		}
	}
	if !d.bare {
		into = append(into, seal)
	}
	return into
}

// add keeps a new row.
func (d *table[T]) add(t *Tx, row *T) error {
	cells := make([]cell, len(d.cols))
	if err := d.cells(t, row, cells); err != nil {
		return err
	}
	return d.addCells(t, cells)
}

func (d *tableInfo) addCells(t *Tx, cells []cell) error {
	seal := t.sealOf(d, cells)
	_, err := t.exec(`INSERT INTO `+d.Table+` (org, `+d.names+`) VALUES (`+marks(d.width)+`)`, d.args(t.org, cells, seal, nil)...)
	if err != nil {
		return err
	}
	return t.wrote(d, cells, stands{}, seal)
}

// addNew keeps a row unless one with its key is there; fresh says whether it was kept.
func (d *table[T]) addNew(t *Tx, row *T) (fresh bool, err error) {
	cells := make([]cell, len(d.cols))
	if err := d.cells(t, row, cells); err != nil {
		return false, err
	}
	seal := t.sealOf(&d.tableInfo, cells)
	r, err := t.exec(`INSERT INTO `+d.Table+` (org, `+d.names+`) VALUES (`+marks(d.width)+`) ON CONFLICT DO NOTHING`, d.args(t.org, cells, seal, nil)...)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	if err != nil || n == 0 {
		return false, err
	}
	return true, t.wrote(&d.tableInfo, cells, stands{}, seal)
}

// addMany keeps new rows, many to a statement.
func (d *table[T]) addMany(t *Tx, list []T) error {
	cells := make([]cell, len(d.cols))
	return t.many(`INSERT INTO `+d.Table+` (org, `+d.names+`)`, d.width, len(list), func(i int, into []any) ([]any, error) {
		if err := d.cells(t, &list[i], cells); err != nil {
			return nil, err
		}
		seal := t.sealOf(&d.tableInfo, cells)
		return d.args(t.org, cells, seal, into), t.wrote(&d.tableInfo, cells, stands{}, seal)
	})
}

// put keeps a row, in place of the one with its key if there is one.
func (d *table[T]) put(t *Tx, row *T) error {
	cells := make([]cell, len(d.cols))
	if err := d.cells(t, row, cells); err != nil {
		return err
	}
	was, err := d.standing(t, cells)
	if err != nil {
		return err
	}
	seal := t.sealOf(&d.tableInfo, cells)
	var set []string
	for i := d.key; i < len(d.columns); i++ {
		if d.columns[i].as == "" {
			set = append(set, d.columns[i].name+" = excluded."+d.columns[i].name)
		}
	}
	if !d.bare {
		set = append(set, "seal = excluded.seal")
	}
	keys := "org"
	for i := range d.key {
		keys += ", " + d.columns[i].name
	}
	_, err = t.exec(`INSERT INTO `+d.Table+` (org, `+d.names+`) VALUES (`+marks(d.width)+`) ON CONFLICT (`+keys+`) DO UPDATE SET `+strings.Join(set, ", "),
		d.args(t.org, cells, seal, nil)...)
	if err != nil {
		return err
	}
	return t.wrote(&d.tableInfo, cells, was, seal)
}

// standing is how the row with that key stands.
func (d *tableInfo) standing(t *Tx, cells []cell) (was stands, err error) {
	if d.bare || t.vault == nil {
		return stands{}, nil
	}
	if was, known := t.seen[d.tagOf(d.keyText(cells))]; known {
		return was, nil
	}
	list, into := `seal`, []any{&was.seal}
	if d.person >= 0 {
		list, into = `seal, `+d.columns[d.person].name, append(into, &was.person)
	}
	err = t.row(ErrMissing, `SELECT `+list+` FROM `+d.Table+` WHERE `+d.byKey(), d.keyArgs(t.org, cells), into...)
	if errors.Is(err, ErrMissing) {
		return stands{}, nil
	}
	return was, err
}

// update keeps a row as it is now. Its version is the one after the change: if it does not follow
// the one that stands, someone else changed the row first.
func (d *table[T]) update(t *Tx, row *T) error {
	cells := make([]cell, len(d.cols))
	if err := d.cells(t, row, cells); err != nil {
		return err
	}
	return d.updateCells(t, cells, cells[d.version].n-1)
}

// replace keeps a row as it is now without counting a version.
func (d *table[T]) replace(t *Tx, row *T) error {
	cells := make([]cell, len(d.cols))
	if err := d.cells(t, row, cells); err != nil {
		return err
	}
	before := int64(0)
	if d.version >= 0 {
		before = cells[d.version].n
	}
	return d.updateCells(t, cells, before)
}

// updateCells keeps a row in the place of the one with that version.
func (d *tableInfo) updateCells(t *Tx, cells []cell, before int64) error {
	was, err := d.standing(t, cells)
	if err != nil {
		return err
	}
	seal := t.sealOf(d, cells)
	var set []string
	var args []any
	for i := d.key; i < len(d.columns); i++ {
		if c := d.columns[i]; c.as == "" && !c.apart {
			set, args = append(set, c.name+" = ?"), append(args, cells[i].value(c.class))
		}
	}
	if !d.bare {
		set, args = append(set, "seal = ?"), append(args, seal)
	}
	where := d.byKey()
	args = append(args, d.keyArgs(t.org, cells)...)
	if d.version >= d.key {
		where, args = where+" AND version = ?", append(args, before)
	}
	if err := t.changed(`UPDATE `+d.Table+` SET `+strings.Join(set, ", ")+` WHERE `+where, args...); err != nil {
		return err
	}
	return t.wrote(d, cells, was, seal)
}

// remove takes a row away; of a table with versions, the version it was read in.
func (d *table[T]) remove(t *Tx, row *T) error {
	cells := make([]cell, len(d.cols))
	if err := d.cells(t, row, cells); err != nil {
		return err
	}
	was, err := d.standing(t, cells)
	if err != nil {
		return err
	}
	where, args := d.byKey(), d.keyArgs(t.org, cells)
	if d.version >= d.key {
		where, args = where+" AND version = ?", append(args, cells[d.version].n)
	}
	if err := t.changed(`DELETE FROM `+d.Table+` WHERE `+where, args...); err != nil {
		return err
	}
	return t.wrote(&d.tableInfo, cells, was, nil)
}

// removeWhere takes away every row x that a condition chooses, and says how many there were.
func (d *tableInfo) removeWhere(t *Tx, where string, args ...any) (n int, err error) {
	if !d.bare && t.vault != nil {
		type row struct {
			cells []cell
			was   stands
		}
		var going []row
		if err := d.scanCells(t, `FROM `+d.Table+` AS x WHERE x.org = ? AND `+where, "x", append([]any{t.org}, args...), nil, func(cells []cell, seal []byte) error {
			cells = slices.Clone(cells)
			going = append(going, row{cells, stands{append([]byte(nil), seal...), d.personIn(cells)}})
			return nil
		}); err != nil {
			return 0, err
		}
		for _, r := range going {
			if err := t.wrote(d, r.cells, r.was, nil); err != nil {
				return 0, err
			}
		}
	}
	r, err := t.exec(`DELETE FROM `+d.Table+` AS x WHERE x.org = ? AND `+where, append([]any{t.org}, args...)...)
	if err != nil {
		return 0, err
	}
	gone, err := r.RowsAffected()
	return int(gone), err
}

// scanCells reads rows as they are kept, with their seals, which it does not look at; into is where
// further expressions at the end of the list are scanned to.
func (d *tableInfo) scanCells(t *Tx, from, alias string, args, into []any, each func(cells []cell, seal []byte) error) error {
	cells := make([]cell, len(d.columns))
	var seal []byte
	dest := make([]any, 0, len(cells)+1+len(into))
	for i := range d.columns {
		if c := &d.columns[i]; !c.apart && (alias == "" || c.as == "") {
			dest = append(dest, cells[i].into(d.columns[i].class))
		}
	}
	if !d.bare {
		dest = append(dest, &seal)
	}
	dest = append(dest, into...)
	return t.rows(`SELECT `+d.list(alias, read)+` `+from, args, func(scan func(...any) error) error {
		if err := scan(dest...); err != nil {
			if errors.Is(err, errKind) {
				err = ErrRow.With(d.word(), d.keyText(cells)).Because(err)
			}
			if t.spares(d, cells, err) {
				return nil
			}
			return err
		}
		return each(cells, seal)
	})
}

// take makes a row of what was read, after its seal was looked at.
func (d *table[T]) take(t *Tx, cells []cell, seal []byte) (row T, err error) {
	if err := t.check(&d.tableInfo, cells, seal); err != nil {
		return row, err
	}
	for i := range d.cols {
		if d.cols[i].apart {
			continue
		}
		if err := d.cols[i].take(t, &row, &cells[i]); err != nil {
			if errors.Is(err, ErrDamaged) { // what is sealed within the row doesn't open
				return row, ErrRow.With(d.word(), d.keyText(cells)).Because(err)
			}
			return row, err
		}
	}
	return row, nil
}

// each reads the rows that the end of a statement chooses, after WHERE org = ? AND.
func (d *table[T]) each(t *Tx, where string, args []any, f func(*T) error) error {
	return d.from(t, `FROM `+d.Table+` WHERE org = ? AND `+where, "", append([]any{t.org}, args...), nil, f)
}

// from reads the rows that a statement from FROM on chooses, in which the table may have another
// name.
func (d *table[T]) from(t *Tx, from, alias string, args, into []any, f func(*T) error) error {
	return d.scanCells(t, from, alias, args, into, func(cells []cell, seal []byte) error {
		row, err := d.take(t, cells, seal)
		if t.spares(&d.tableInfo, cells, err) {
			return nil
		}
		if err != nil {
			return err
		}
		return f(&row)
	})
}

// rows lists what each reads.
func (d *table[T]) rows(t *Tx, where string, args ...any) (list []T, err error) {
	err = d.each(t, where, args, func(row *T) error {
		list = append(list, *row)
		return nil
	})
	return list, err
}

// sound lists what each reads, without rows that were changed outside the program: for lists that
// people choose from. Whoever opens such a row is refused, and a look at the trail names it.
func (d *table[T]) sound(t *Tx, where string, args ...any) (list []T, err error) {
	err = d.eachSound(t, where, args, func(row *T) error {
		list = append(list, *row)
		return nil
	})
	return list, err
}

// eachSound is each without the rows that sound leaves out.
func (d *table[T]) eachSound(t *Tx, where string, args []any, f func(*T) error) error {
	return d.scanCells(t, `FROM `+d.Table+` WHERE org = ? AND `+where, "", append([]any{t.org}, args...), nil, func(cells []cell, seal []byte) error {
		row, err := d.take(t, cells, seal)
		switch {
		case err == nil:
			return f(&row)
		case t.spares(&d.tableInfo, cells, err), errors.Is(err, ErrRow):
			return nil
		}
		return err
	})
}

// among reads the rows of which a column says one of these, many of them to a question.
func among[T any, K ~string](d *table[T], t *Tx, column string, keys []K, order string, f func(*T) error) error {
	const at = 500
	for from := 0; from < len(keys); from += at {
		some := keys[from:min(from+at, len(keys))]
		args := make([]any, len(some))
		for i, k := range some {
			args[i] = string(k)
		}
		if err := d.each(t, column+` IN (`+marks(len(some))+`)`+order, args, f); err != nil {
			return err
		}
	}
	return nil
}

// one is the first row that the end of a statement chooses; missing if there is none.
func (d *table[T]) one(t *Tx, missing *fault.Fault, where string, args ...any) (row T, err error) {
	row, found, err := d.find(t, where, args...)
	if err == nil && !found {
		t.misses(d.info(), where, args)
		return row, missing
	}
	return row, err
}

// find is one, for what may be missing.
func (d *table[T]) find(t *Tx, where string, args ...any) (row T, found bool, err error) {
	err = d.each(t, where, args, func(r *T) error {
		if !found {
			row, found = *r, true
		}
		return nil
	})
	return row, found && err == nil, err
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// maxValues is how many values one statement carries on either engine.
const maxValues = 30000

// many inserts rows a hundred at a time: INSERT INTO head VALUES (…), (…).
func (t *Tx) many(head string, width int, count int, values func(i int, into []any) ([]any, error)) error {
	const at = 100
	step := min(at, maxValues/width)
	rows := func(n int) string {
		one := "(" + strings.TrimSuffix(strings.Repeat("?,", width), ",") + "),"
		return head + " VALUES " + strings.TrimSuffix(strings.Repeat(one, n), ",")
	}
	var stmt *sql.Stmt
	args := make([]any, 0, min(step, count)*width)
	var err error
	for from := 0; from < count; from += step {
		to := min(from+step, count)
		args = args[:0]
		for i := from; i < to; i++ {
			if args, err = values(i, args); err != nil {
				return err
			}
		}
		if to-from < step {
			_, err = t.exec(rows(to-from), args...)
		} else {
			if stmt == nil {
				if stmt, err = t.tx.PrepareContext(t.ctx, t.s.dialect.bind(rows(step))); err != nil {
					return err
				}
				defer stmt.Close()
			}
			if err = t.writable(args); err == nil {
				_, err = stmt.ExecContext(t.ctx, args...)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// canonical is a row as it is sealed: the table, the institution, and every column that says
// something, by name. A column that says nothing is left out, so that a seal outlives columns that
// come later.
func (d *tableInfo) canonical(org string, cells []cell, into []byte) []byte {
	put := func(b []byte, s string) []byte {
		return append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	into = put(put(into, d.Table), org)
	for i := range d.columns {
		c := &d.columns[i]
		if c.loose {
			continue
		}
		x := &cells[i]
		switch {
		case c.class == letters && x.s != "":
			into = put(append(put(into, c.name), 't'), x.s)
		case c.class == figures && x.n != 0:
			into = binary.AppendVarint(append(put(into, c.name), 'n'), x.n)
		case c.class == octets && len(x.b) > 0:
			into = append(binary.AppendUvarint(append(put(into, c.name), 'b'), uint64(len(x.b))), x.b...)
		}
	}
	return into
}

// anyTable is a table whatever its rows are.
type anyTable interface{ info() *tableInfo }

// tableNamed is the table of that name.
func tableNamed(name string) *tableInfo {
	i := slices.IndexFunc(tables, func(d anyTable) bool { return d.info().Table == name })
	if i < 0 {
		return nil
	}
	return tables[i].info()
}

func jsonText(v any, into *string) error {
	b, err := json.Marshal(v)
	*into = string(b)
	return err
}

func fromJSON(b []byte, into any) error {
	if err := json.Unmarshal(b, into); err != nil {
		return ErrDamaged.Because(err)
	}
	return nil
}
