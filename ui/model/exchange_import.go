package model

import (
	"context"

	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// ImportService takes in tables.
type ImportService interface {
	// Preview says what would become of each row, and writes nothing.
	Preview(ctx context.Context, file []byte, report func(done int)) (ImportView, error)
	// TakeIn takes in every good row, all or none.
	TakeIn(ctx context.Context, file []byte, kind string, report func(done int)) (ImportView, error)
	// Corrected is a table of the refused rows with the reasons, to be mended and brought again.
	Corrected(file []byte, kind string) ([]byte, error)
	// Programmes are those that people of a roster may be enrolled in; In says which.
	Programmes() []ProgrammeOffer
	In(programme string)
	// Repeats says whether rows of another day are other studies, not corrections.
	Repeats(on bool)
	// SubmitRecords hands in those of the records that still can be, and says by when they are decided.
	SubmitRecords(list []id.Record) (Submitted, error)
}

// ExchangeImport takes in a table: first everything is shown that would happen, then it happens.
type ExchangeImport struct {
	Screen
	File    string // its name
	View    ImportView
	Read    bool      // the preview is there
	Done    bool      // it was taken in
	Handed  Submitted // what of it was handed in
	Kept    string
	Rows    Table[ImportRow]
	Filter  string // "", "new", "changed", "same", "refused"
	Which   Choice // the programme that people of a roster are enrolled in, where there are several
	Repeats Tick   // rows of another day are other studies of their course, not corrections
	bytes   []byte
	service ImportService
	files   Files
}

// NewExchangeImport takes tables through service; files is how they are chosen and kept.
func NewExchangeImport(service ImportService, files Files, run Run) *ExchangeImport {
	m := &ExchangeImport{Screen: NewScreen(run), service: service, files: files}
	m.Repeats.OnChange(m.again)
	var options []Option
	for _, p := range service.Programmes() {
		options = append(options, Option{p.ID, p.Name})
	}
	m.Which.Offer(options...)
	if len(options) > 1 {
		m.Which.Set(options[0].Value)
		service.In(options[0].Value)
	}
	m.Which.OnChange(func() {
		service.In(m.Which.Value())
		m.again()
	})
	return m
}

// MayChoose reports whether it may be said which programme the people of a roster are enrolled in.
func (m *ExchangeImport) MayChoose() bool {
	return len(m.Which.Options()) > 1 && m.Read && !m.Done && m.View.Kind == "roster"
}

// Tables are the endings of files that can be taken in.
var Tables = []string{"xlsx", "csv", "txt"}

// Choose lets a person choose the table.
func (m *ExchangeImport) Choose() { m.files.Choose(m.Take, Tables...) }

// ErrNotATable is for a file that is no table.
var ErrNotATable = fault.New(fault.Refused, "exchange.import.not-a-table")

// Take reads a table that was chosen or dropped, and shows what would happen.
func (m *ExchangeImport) Take(f File, err error) {
	if m.Busy() {
		return
	}
	if err == nil && !f.Is(Tables...) {
		err = ErrNotATable
	}
	if err != nil {
		m.Refuse(err)
		return
	}
	m.File, m.bytes = f.Name, f.Bytes
	m.preview()
}

// again shows what would happen with what was ticked since.
func (m *ExchangeImport) again() {
	m.service.Repeats(m.Repeats.On())
	if m.Read && !m.Done && !m.Busy() {
		m.preview()
	}
}

// MayRepeat reports whether it may be said that rows of another day are other studies.
func (m *ExchangeImport) MayRepeat() bool { return m.Read && !m.Done && m.View.Kind == "hours" }

func (m *ExchangeImport) preview() {
	file := m.bytes
	m.Read, m.Done, m.Kept, m.Filter, m.Handed = false, false, "", "", Submitted{}
	m.Rows.Show(nil)
	var v ImportView
	m.DoLong("exchange.import.reading", func(ctx context.Context, report func(done, of int)) (err error) {
		v, err = m.service.Preview(ctx, file, func(done int) { report(done, 0) })
		return err
	}, func() {
		m.View, m.Read = v, true
		if v.Refused > 0 {
			m.Filter = "refused"
		}
		m.apply()
	})
}

func (m *ExchangeImport) apply() {
	rows := m.View.Rows
	if m.Filter != "" {
		rows = nil
		for _, r := range m.View.Rows {
			if r.Verdict == m.Filter {
				rows = append(rows, r)
			}
		}
	}
	m.Rows.Show(rows)
}

// Show sets the filter; choosing the same again shows all.
func (m *ExchangeImport) Show(filter string) {
	if m.Filter == filter {
		filter = ""
	}
	m.Filter = filter
	m.apply()
	m.Changed()
}

// Unlisted is how many rows of what is shown are not listed one by one: nothing is to be said of them.
func (m *ExchangeImport) Unlisted() int {
	switch {
	case !m.Read || m.Filter == "refused" || m.Filter == "changed":
		return 0
	case m.Filter == "new":
		return m.View.FurtherNew
	case m.Filter == "same":
		return m.View.FurtherSame
	}
	return m.View.FurtherNew + m.View.FurtherSame
}

// Good is how many rows would be written.
func (m *ExchangeImport) Good() int { return m.View.Added + m.View.Changed }

// CanTakeIn reports whether there is anything to write.
func (m *ExchangeImport) CanTakeIn() bool { return m.Read && !m.Done && !m.Busy() && m.Good() > 0 }

// TakeIn writes every good row.
func (m *ExchangeImport) TakeIn() {
	if !m.CanTakeIn() {
		return
	}
	file, kind, of := m.bytes, m.View.Kind, m.View.Total()
	var v ImportView
	m.DoLong("exchange.import.writing", func(ctx context.Context, report func(done, of int)) (err error) {
		v, err = m.service.TakeIn(ctx, file, kind, func(done int) { report(done, of) })
		return err
	}, func() {
		m.View, m.Done = v, true
		m.apply()
	})
}

// Drafts is how many records of this table's rows could be handed in: once it is taken in, or where
// every row was there already.
func (m *ExchangeImport) Drafts() int {
	if !m.Read || m.Handed.Records > 0 || !m.Done && m.Good() > 0 {
		return 0
	}
	return len(m.View.Drafts)
}

// CanSubmit reports whether the records of this table can be handed in.
func (m *ExchangeImport) CanSubmit() bool { return !m.Busy() && m.Drafts() > 0 }

// Submit hands in exactly the records of this table's rows.
func (m *ExchangeImport) Submit() {
	if !m.CanSubmit() {
		return
	}
	list := m.View.Drafts
	var done Submitted
	m.Do(func() (err error) { done, err = m.service.SubmitRecords(list); return err }, func() { m.Handed = done })
}

// CanKeep reports whether any row was refused.
func (m *ExchangeImport) CanKeep() bool { return m.Read && !m.Busy() && m.View.Refused > 0 }

// Keep keeps the refused rows with the reasons as a table to be mended and brought again.
func (m *ExchangeImport) Keep(name string) {
	if !m.CanKeep() {
		return
	}
	file, kind := m.bytes, m.View.Kind
	var b []byte
	m.Do(func() (err error) { b, err = m.service.Corrected(file, kind); return err }, func() {
		m.files.Keep(name, b, func(path string, err error) {
			m.Kept = path
			m.Refuse(err)
		})
	})
}

// Again makes ready for the next table.
func (m *ExchangeImport) Again() {
	m.File, m.bytes, m.Read, m.Done, m.Kept, m.Filter, m.Handed = "", nil, false, false, "", "", Submitted{}
	m.View = ImportView{}
	m.Rows.Show(nil)
	m.Refuse(nil)
}

// ImportStand is what would become of a table, or became of it.
type ImportStand string

// What may become of it.
const (
	ImportHandedIn ImportStand = "submitted"
	ImportLeft     ImportStand = "done-drafts" // taken in, and records of it can be handed in
	ImportDrafts   ImportStand = "drafts"      // all of it is there, and records of it can be handed in
	ImportDone     ImportStand = "done"
	ImportSome     ImportStand = "some" // rows are refused
	ImportNothing  ImportStand = "nothing"
	ImportGood     ImportStand = "good"
)

// Stand is what would become of the table, or became of it.
func (m *ExchangeImport) Stand() ImportStand {
	switch drafts := m.Drafts(); {
	case m.Handed.Records > 0:
		return ImportHandedIn
	case drafts > 0 && m.Done:
		return ImportLeft
	case drafts > 0:
		return ImportDrafts
	case m.Done:
		return ImportDone
	case m.View.Refused > 0:
		return ImportSome
	case m.Good() == 0:
		return ImportNothing
	}
	return ImportGood
}
