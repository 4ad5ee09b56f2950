package exchange

import (
	"strings"
	"unicode/utf8"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/identity"
)

// Faults of one cell. Figures name the column as a heading does; what the cell holds is never a
// figure, since in a sheet gone wrong it may be anything about a person.
var (
	ErrMissing     = fault.New(fault.Refused, "exchange.missing")
	ErrFormula     = fault.New(fault.Refused, "exchange.formula")
	ErrCellError   = fault.New(fault.Refused, "exchange.cell-error")
	ErrLongCell    = fault.New(fault.Refused, "exchange.long-cell")
	ErrLostLetters = fault.New(fault.Refused, "exchange.lost-letters")
	ErrShifted     = fault.New(fault.Refused, "exchange.shifted")
	ErrNotADate    = fault.New(fault.Refused, "exchange.not-a-date")
)

// slabRows is for how many rows cells are allotted at once.
const slabRows = 64

// reading is one row while it is being understood.
type reading struct {
	sheet *Sheet
	row   Row
	bad   uint64 // fields that are refused already
	slab  []Cell

	lastNumber  string
	lastFinding identity.Finding
	lists       map[string]list // of specialties, by their spelling
}

// begin takes the cells over. In a CSV text beyond the heading means that a comma has slipped
// in somewhere; in an xlsx it is a note beside the table.
func (r *reading) begin(line int, raw []rawCell, csv bool) {
	l := &r.sheet.layout
	width := len(l.means)
	if len(r.slab) < width {
		r.slab = make([]Cell, width*slabRows)
	}
	r.row = Row{Line: line, Cells: r.slab[:width:width]}
	r.slab = r.slab[width:]
	r.bad = 0
	for col := range r.row.Cells {
		c := &r.row.Cells[col]
		c.line, c.col = line, col+1
		f := l.means[col]
		if f != none {
			c.Column = l.fields[f].name
		}
		if col < len(raw) {
			c.Raw = raw[col].text
			plain := isClean(c.Raw)
			if c.Value = c.Raw; !plain {
				c.Value, c.Repaired = clean(c.Raw)
			}
			if f != none && c.Raw != "" {
				r.check(f, raw[col], plain)
			}
		}
	}
	for col := width; csv && col < len(raw); col++ {
		if strings.TrimSpace(raw[col].text) != "" {
			r.row.Faults = append(r.row.Faults, CellFault{Address: address(col+1, line), Fault: ErrShifted})
			return
		}
	}
}

// check refuses what no cell may hold.
func (r *reading) check(f int, c rawCell, plain bool) {
	switch {
	case c.kind == rawFormula:
		r.refuse(f, ErrFormula)
	case c.kind == rawError:
		r.refuse(f, ErrCellError)
	case tooLong(c.text):
		r.refuse(f, ErrLongCell.With(MaxCellChars))
	case !plain && strings.ContainsRune(c.text, utf8.RuneError):
		r.refuse(f, ErrLostLetters)
	}
}

// has reports whether the sheet has the column, and nothing is wrong with its cell so far.
func (r *reading) has(f int) bool {
	return r.sheet.layout.at[f] != none && r.bad&(1<<f) == 0
}

// text is the cleaned text of a field; empty if there is none or it is refused.
func (r *reading) text(f int) string {
	if !r.has(f) {
		return ""
	}
	return r.row.Cells[r.sheet.layout.at[f]].Value
}

// mended is the text of a field after repair, which the cell keeps.
func (r *reading) mended(f int, repair func(string) string) string {
	was := r.text(f)
	if was == "" {
		return ""
	}
	return r.keep(f, was, repair(was))
}

func (r *reading) keep(f int, was, now string) string {
	if was != now {
		c := &r.row.Cells[r.sheet.layout.at[f]]
		c.Value, c.Repaired = now, true
	}
	return now
}

// respell keeps another spelling of the same value, which is no repair.
func (r *reading) respell(f int, now string) {
	r.row.Cells[r.sheet.layout.at[f]].Value = now
}

// need refuses an empty cell in a column the sheet has.
func (r *reading) need(f int) {
	if r.has(f) && r.text(f) == "" {
		r.refuse(f, ErrMissing.With(r.heading(f)))
	}
}

func (r *reading) heading(f int) string { return r.sheet.layout.fields[f].heading }

// refuse says what is wrong with the cell of a field; nothing more is said of it.
func (r *reading) refuse(f int, no *fault.Fault) {
	r.bad |= 1 << f
	at := r.sheet.layout.at[f]
	cf := CellFault{Column: r.sheet.layout.fields[f].name, Fault: no}
	if at != none {
		cf.Address = address(at+1, r.row.Line)
	}
	r.row.Faults = append(r.row.Faults, cf)
}

// date reads a date of a kind; the zero date if there is none or it is refused.
func (r *reading) date(f int, of day.Kind, today day.Date, born ...day.Date) day.Date {
	text := r.text(f)
	if text == "" {
		return 0
	}
	d, ok := repairDate(text)
	if !ok {
		r.refuse(f, ErrNotADate.With(r.heading(f)))
		return 0
	}
	if err := of.Check(d, today, born...); err != nil {
		r.refuse(f, fault.Of(err))
		return 0
	}
	if !isISO(text) {
		r.respell(f, iso(d))
	}
	return d
}

// iso is d.String without its detours, for sheets with many dates.
func iso(d day.Date) string {
	n := int(d)
	b := [10]byte{4: '-', 7: '-'}
	for _, i := range []int{9, 8, 6, 5, 3, 2, 1, 0} {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return string(b[:])
}

// isISO reports whether a text that is known to be a date is spelled as we spell dates.
func isISO(s string) bool { return len(s) == 10 && s[4] == '-' && s[7] == '-' }
