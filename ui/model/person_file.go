package model

import (
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// FileService shows people's files.
type FileService interface {
	// File is a person's file, with the enrolment named or their present one.
	File(p id.Person, e id.Enrolment) (PersonView, error)
	WholeNumber(p id.Person) (string, error)
	SubmitHours(p id.Person) (int, error)
}

// PersonFile is a person's file.
type PersonFile struct {
	Screen
	ID      id.Person
	In      id.Enrolment // the programme looked at; none for the present one
	View    PersonView
	Loaded  bool
	Number  string // the whole number, once it was asked for
	OnlyNot bool   // show only what does not count
	Tab     string // which part of the file is looked at
	left    bool   // the hours were left, since the programme looked at has none
	service FileService
	today   day.Date
}

// NewPersonFile opens the file of p, at the programme named if one is.
func NewPersonFile(service FileService, p id.Person, today day.Date, run Run, in ...id.Enrolment) *PersonFile {
	m := &PersonFile{Screen: NewScreen(run), ID: p, service: service, today: today, Tab: HoursTab}
	if len(in) > 0 {
		m.In = in[0]
	}
	m.Load()
	return m
}

// The parts of a file.
const (
	HoursTab      = "hours"
	ConfirmingTab = "confirming"
)

// Look looks at a part of the file.
func (m *PersonFile) Look(tab string) {
	m.Tab = tab
	m.Changed()
}

// Today is the day everything is judged on.
func (m *PersonFile) Today() day.Date { return m.today }

// Load reads the file anew.
func (m *PersonFile) Load() {
	var v PersonView
	m.Do(func() (err error) { v, err = m.service.File(m.ID, m.In); return err }, func() { m.View, m.Loaded = v, true; m.fit() })
}

// Studies reports whether the programme looked at has study hours; of somebody enrolled in nothing, or
// where the rules can't be read, it may have.
func (m *PersonFile) Studies() bool {
	v := m.View
	for _, p := range v.Programmes {
		if p.Enrolment == v.Enrolment {
			return p.Hours || v.NoRules != nil
		}
	}
	return true
}

// fit leaves the hours where the programme looked at has none, and comes back to them where it has.
func (m *PersonFile) fit() {
	switch {
	case !m.Studies() && m.Tab == HoursTab:
		m.Tab, m.left = ConfirmingTab, true
	case m.Studies() && m.left:
		m.Tab, m.left = HoursTab, false
	}
}

// Turn looks at another of the person's programmes.
func (m *PersonFile) Turn(p ProgrammeView) {
	if p.Enrolment == m.View.Enrolment || m.Busy() {
		return
	}
	m.In = p.Enrolment
	m.Load()
}

// ShownNumber is the number as it may be seen now.
func (m *PersonFile) ShownNumber() string {
	if m.Number != "" {
		return m.Number
	}
	return m.View.MaskedNumber
}

// ShowNumber asks for the whole number, which is audited; asking again hides it.
func (m *PersonFile) ShowNumber() {
	if m.Number != "" {
		m.Number = ""
		m.Changed()
		return
	}
	var n string
	m.Do(func() (err error) { n, err = m.service.WholeNumber(m.ID); return err }, func() { m.Number = n })
}

// CanSubmit reports whether there is anything to hand in.
func (m *PersonFile) CanSubmit() bool {
	return !m.Busy() && !m.View.AtHome && m.View.Drafts() > 0
}

// Submit hands in what was entered.
func (m *PersonFile) Submit() {
	m.Do(func() error { _, err := m.service.SubmitHours(m.ID); return err }, m.Load)
}

// Toggle shows only what does not count, or all again.
func (m *PersonFile) Toggle() {
	m.OnlyNot = !m.OnlyNot
	m.Changed()
}

// LedgerRow is one record as the ledger shows it.
type LedgerRow struct {
	Record hours.Record
	Bucket hours.Bucket
	Stage  Stage
	Why    *fault.Fault
	Before int // seconds in the bucket before it
	After  int
}

// ledgerRow is one line of a standing as the ledger shows it.
func ledgerRow(l hours.Line) LedgerRow {
	return LedgerRow{Record: l.Record, Bucket: l.Bucket, Why: l.Why, Before: l.Before, After: l.Before + l.Counted, Stage: l.Stage()}
}

// Ledger is the records, newest first.
func (m *PersonFile) Ledger() (rows []LedgerRow) {
	for i := len(m.View.Standing.Lines) - 1; i >= 0; i-- {
		l := m.View.Standing.Lines[i]
		r := ledgerRow(l)
		if m.OnlyNot && l.Left == 0 {
			continue
		}
		rows = append(rows, r)
	}
	return rows
}

// DaysLeft is how many days the registration period still runs.
func (m *PersonFile) DaysLeft() int { return m.today.DaysTo(m.View.Plan.To) }

// Unit is how long one 学时 is.
type Unit = hours.Unit
