// Package exchange reads the spreadsheets institutions send (rosters and study hours, as xlsx or
// CSV), repairs what can safely be repaired, names every cell that cannot, and writes tables back.
package exchange

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// Limits on what strangers hand us.
const (
	MaxFileBytes  = 64 << 20  // a file as it comes, 64 MiB
	MaxRows       = 1_000_000 // rows below the heading
	MaxColumns    = 64
	MaxCellChars  = 1_000   // characters in one cell
	maxUnzipped   = 1 << 30 // bytes of one unpacked sheet
	maxSharedText = 256 << 20
	headingWithin = 50 // the heading stands in the first so many lines
)

// Faults of a whole file.
var (
	ErrTooBig         = fault.New(fault.Refused, "exchange.too-big")
	ErrUnknownFormat  = fault.New(fault.Refused, "exchange.unknown-format")
	ErrOldFormat      = fault.New(fault.Refused, "exchange.old-format")
	ErrDamaged        = fault.New(fault.Refused, "exchange.damaged")
	ErrEmpty          = fault.New(fault.Refused, "exchange.empty")
	ErrNoHeading      = fault.New(fault.Refused, "exchange.no-heading")
	ErrNoColumn       = fault.New(fault.Refused, "exchange.no-column")
	ErrColumnTwice    = fault.New(fault.Refused, "exchange.column-twice")
	ErrTooManyRows    = fault.New(fault.Refused, "exchange.too-many-rows")
	ErrTooManyColumns = fault.New(fault.Refused, "exchange.too-many-columns")
	ErrOpenQuote      = fault.New(fault.Refused, "exchange.open-quote")
)

// Options are what the one who reads knows and the file does not.
type Options struct {
	Today       day.Date // births and dates are judged as of this day
	Specialties []string // those the pack knows; none means any
}

// Cell is one cell of a row: as it came, and as it was understood.
type Cell struct {
	Column     string // what the column means, such as "number"; empty for a column we don't use
	Raw, Value string
	Repaired   bool // Value was mended, not merely spelled otherwise
	line, col  int
}

// Address is where the cell stands, such as "C13".
func (c Cell) Address() string { return address(c.col, c.line) }

// CellFault is one reason why a row is refused, and the cell it lies in.
type CellFault struct {
	Column  string // what the column means, such as "number"
	Address string // such as "C13"
	Fault   *fault.Fault
}

// Row is what every row has: where it stands, its cells in the order of the sheet, and what is
// wrong with it.
type Row struct {
	Line   int // counted from 1, as the spreadsheet program shows it
	Cells  []Cell
	Faults []CellFault
}

// Refused reports whether the row cannot be taken in.
func (r Row) Refused() bool { return len(r.Faults) > 0 }

// Cell returns the cell with that meaning; the zero Cell if the sheet has no such column.
func (r Row) Cell(column string) Cell {
	for _, c := range r.Cells {
		if c.Column == column && column != "" {
			return c
		}
	}
	return Cell{}
}

// Sheet is what is known of a file before its rows are read.
type Sheet struct {
	Format      string   // "xlsx" or "csv"
	Encoding    string   // of a CSV: "UTF-8", "UTF-16" or "GB18030"
	HeadingLine int      // where the heading stands
	Headings    []string // as they are written
	Unused      []string // headings we have no use for
	layout      layout
	source      source
	err         error
}

// Err is why reading the rows stopped early; nil when all were read.
func (s *Sheet) Err() error { return s.err }

// source gives the rows of a file from its first line on, the same each time. The cells are only
// lent until the next row. It stops when yield returns false.
type source interface {
	rows(yield func(line int, cells []rawCell) bool) error
}

type rawKind uint8

const (
	rawText rawKind = iota
	rawNumber
	rawFormula
	rawError
)

type rawCell struct {
	text string
	kind rawKind
}

// open finds out what the file is, and where its heading stands.
func open(b []byte, fields []field) (Sheet, error) {
	sources, s, err := sourcesOf(b)
	if err != nil {
		return Sheet{}, err
	}
	var first error
	for _, src := range sources {
		found, err := findHeading(src, fields)
		if err == nil {
			found.Format, found.Encoding, found.source = s.Format, s.Encoding, src
			return found, nil
		}
		if first == nil {
			first = err
		}
	}
	if first == nil {
		first = ErrEmpty
	}
	return Sheet{}, first
}

func sourcesOf(b []byte) ([]source, Sheet, error) {
	switch {
	case len(b) > MaxFileBytes:
		return nil, Sheet{}, ErrTooBig.With(MaxFileBytes >> 20)
	case len(b) == 0:
		return nil, Sheet{}, ErrEmpty
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		sources, err := openXlsx(b)
		return sources, Sheet{Format: "xlsx"}, err
	case bytes.HasPrefix(b, []byte("\xD0\xCF\x11\xE0")):
		return nil, Sheet{}, ErrOldFormat
	}
	text, encoding, ok := decodeText(b)
	if !ok {
		return nil, Sheet{}, ErrUnknownFormat
	}
	return []source{newCSV(text)}, Sheet{Format: "csv", Encoding: encoding}, nil
}

// each reads the rows below the heading, leaving out empty ones, and hands them over mended.
func (s *Sheet) each(yield func(r *reading) bool) {
	s.err = nil
	r := reading{sheet: s, lists: map[string]list{}}
	n := 0
	err := s.source.rows(func(line int, cells []rawCell) bool {
		if line <= s.HeadingLine || s.layout.skip(cells) {
			return true
		}
		if n++; n > MaxRows {
			s.err = ErrTooManyRows.With(MaxRows)
			return false
		}
		r.begin(line, cells, s.Format == "csv")
		return yield(&r)
	})
	if s.err == nil {
		s.err = err
	}
}

// address spells a cell's place, counting both from 1: 3, 13 is "C13".
func address(col, line int) string {
	var b [16]byte
	i := len(b)
	for ; col > 0; col = (col - 1) / 26 {
		i--
		b[i] = byte('A' + (col-1)%26)
	}
	return string(b[i:]) + strconv.Itoa(line)
}

func tooLong(s string) bool {
	return len(s) > MaxCellChars && utf8.RuneCountInString(s) > MaxCellChars
}
