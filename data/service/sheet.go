package service

import (
	"bytes"
	"iter"

	"xuezheng/data/day"
	"xuezheng/data/exchange"
	"xuezheng/data/fault"
)

// SheetKind says what a spreadsheet is.
type SheetKind string

// The kinds of spreadsheet that can be taken in.
const (
	RosterSheet SheetKind = "roster"
	HoursSheet  SheetKind = "hours"
)

// KindOf finds out by its headings what a spreadsheet is: one that names courses holds hours.
// What is neither is refused as a roster would be.
func KindOf(file []byte) (SheetKind, error) {
	if _, err := exchange.ReadHours(file, exchange.Options{}); err == nil {
		return HoursSheet, nil
	}
	_, err := exchange.ReadRoster(file, exchange.Options{})
	return RosterSheet, err
}

// Corrected writes the table that was taken in once more, for sending back: mended where it
// could be, each refusal in words in a last column headed what. Only what was refused stands in it if
// onlyRefused says so; mended by hand, it can be taken in as it is.
func Corrected(file []byte, kind SheetKind, im Import, onlyRefused bool, today day.Date, what string, say func(*fault.Fault) string) ([]byte, error) {
	headings, rows, err := rowsOf(file, kind, today)
	if err != nil {
		return nil, err
	}
	why := make(map[int][]exchange.CellFault, im.Refused)
	for _, r := range im.Rows {
		if len(r.Faults) > 0 {
			why[r.Line] = r.Faults
		}
	}
	judged := func(yield func(exchange.Row) bool) {
		for r := range rows {
			r.Faults = why[r.Line]
			if onlyRefused && len(r.Faults) == 0 {
				continue
			}
			if !yield(r) {
				return
			}
		}
	}
	var b bytes.Buffer
	err = exchange.WriteCorrected(&b, headings, what, judged, say)
	return b.Bytes(), err
}

func rowsOf(file []byte, kind SheetKind, today day.Date) (headings []string, rows iter.Seq[exchange.Row], err error) {
	o := exchange.Options{Today: today}
	if kind == HoursSheet {
		sheet, err := exchange.ReadHours(file, o)
		if err != nil {
			return nil, nil, err
		}
		return sheet.Headings, plainRows(sheet.Rows(), func(r exchange.HoursRow) exchange.Row { return r.Row }), nil
	}
	sheet, err := exchange.ReadRoster(file, o)
	if err != nil {
		return nil, nil, err
	}
	return sheet.Headings, plainRows(sheet.Rows(), func(r exchange.RosterRow) exchange.Row { return r.Row }), nil
}

func plainRows[T any](rows iter.Seq[T], plain func(T) exchange.Row) iter.Seq[exchange.Row] {
	return func(yield func(exchange.Row) bool) {
		for r := range rows {
			if !yield(plain(r)) {
				return
			}
		}
	}
}
