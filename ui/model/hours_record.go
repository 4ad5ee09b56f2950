package model

import (
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// RecordService shows and mends one hour record.
type RecordService interface {
	Record(r id.Record) (RecordView, error)
	RemoveHours(r id.Record, seen int) error
	TakeBack(r id.Record, seen int) error
	// Withdraw says which certificates are to be revoked then.
	Withdraw(r id.Record, reason, note string, seen int) ([]string, error)
	// Resubmit sends a returned or withdrawn record again as it is.
	Resubmit(r hours.Record) error
}

// RecordMay is what whoever is signed in may do with a record.
type RecordMay struct{ Edit, Withdraw bool }

// HoursRecord is one hour record, from the ledger: what it says, where it stands, what it said
// before, and what can be done with it.
type HoursRecord struct {
	Screen
	ID      id.Record
	View    RecordView
	Loaded  bool
	Marked  []string // certificates that are to be revoked since
	Reason  Choice
	Note    Text
	May     RecordMay
	service RecordService
}

// NewHoursRecord opens a record.
func NewHoursRecord(service RecordService, r id.Record, may RecordMay, run Run) *HoursRecord {
	m := &HoursRecord{Screen: NewScreen(run), ID: r, May: may, service: service}
	var options []Option
	for _, why := range hours.WithdrawReasons {
		options = append(options, Option{why, "hours.reason." + why})
	}
	m.Reason.Offer(options...)
	m.Reason.OnChange(m.Changed)
	m.Note.OnChange(m.Changed)
	m.Load()
	return m
}

// Load reads the record anew.
func (m *HoursRecord) Load() {
	var v RecordView
	m.Do(func() (err error) { v, err = m.service.Record(m.ID); return err }, func() { m.View, m.Loaded = v, true })
}

func (m *HoursRecord) ready() bool { return m.Loaded && !m.Busy() && !m.View.Gone }

// CanEdit reports whether what it says may be changed as it stands.
func (m *HoursRecord) CanEdit() bool {
	return m.ready() && m.May.Edit && m.View.Record.MayEdit() == nil
}

// CanRemove reports whether it may be removed.
func (m *HoursRecord) CanRemove() bool {
	return m.ready() && m.May.Edit && m.View.Record.MayRemove() == nil
}

// CanResubmit reports whether it may be sent again as it is.
func (m *HoursRecord) CanResubmit() bool {
	return m.ready() && m.May.Edit && !m.View.Record.Stands()
}

// CanSubmit reports whether it is a draft, entered or just mended, that may be handed in.
func (m *HoursRecord) CanSubmit() bool {
	return m.ready() && m.May.Edit && m.View.Record.State == hours.Entered
}

// CanTakeBack reports whether it waits for review.
func (m *HoursRecord) CanTakeBack() bool {
	return m.ready() && m.May.Edit && m.View.Record.State == hours.Submitted
}

// MayWithdraw reports whether it is accepted, and a reviewer looks at it.
func (m *HoursRecord) MayWithdraw() bool {
	return m.ready() && m.May.Withdraw && m.View.Record.State == hours.Accepted
}

// CanWithdraw needs a reason as well; "other" needs a note.
func (m *HoursRecord) CanWithdraw() bool {
	return m.MayWithdraw() && m.Reason.Index() >= 0 && (m.Reason.Value() != "other" || !m.Note.Empty())
}

// Remove removes the record after a question.
func (m *HoursRecord) Remove() {
	if !m.CanRemove() {
		return
	}
	r := m.View.Record
	m.Ask("hours.remove.ask", func() {
		m.Do(func() error { return m.service.RemoveHours(r.ID, r.Version) }, m.Load)
	}, r.Course)
}

// TakeBack makes it a draft again.
func (m *HoursRecord) TakeBack() {
	if !m.CanTakeBack() {
		return
	}
	r := m.View.Record
	m.Do(func() error { return m.service.TakeBack(r.ID, r.Version) }, m.Load)
}

// Resubmit sends it, as it is, or again as it is.
func (m *HoursRecord) Resubmit() {
	if !m.CanResubmit() && !m.CanSubmit() {
		return
	}
	r := m.View.Record
	m.Do(func() error { return m.service.Resubmit(r) }, m.Load)
}

// Withdraw withdraws it after a question: what was certified with it is to be revoked then.
func (m *HoursRecord) Withdraw() {
	if !m.CanWithdraw() {
		return
	}
	r, reason, note := m.View.Record, m.Reason.Value(), m.Note.Value()
	m.Ask("hours.withdraw.ask", func() {
		var marked []string
		m.Do(func() (err error) { marked, err = m.service.Withdraw(r.ID, reason, note, r.Version); return err }, func() {
			m.Marked = marked
			m.Reason.Set("")
			m.Note.Set("")
			m.Load()
		})
	}, r.Course)
}
