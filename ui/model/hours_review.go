package model

import (
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// ReviewRow is one record that waits for review.
type ReviewRow struct {
	Record       hours.Record
	Name         string
	MaskedNumber string
	DaysLeft     int // working days; negative when overdue
}

// ReviewService decides records.
type ReviewService interface {
	Waiting(limit int) (rows []ReviewRow, waiting, overdue int, err error)
	Accept(r id.Record) error
	Return(r id.Record, reason, note string) error
}

// HoursReview is the queue of records to review, what is due first in front.
type HoursReview struct {
	Screen
	Queue            Table[ReviewRow]
	Waiting, Overdue int
	Today            day.Date
	PerHour          int
	Filter           string // "", "overdue", "today", "week"
	Reason           Choice
	Note             Text
	Decided          int // since the queue was opened
	Loaded           bool
	all              []ReviewRow
	service          ReviewService
}

// NewHoursReview opens the queue.
func NewHoursReview(service ReviewService, today day.Date, perHour int, run Run) *HoursReview {
	m := &HoursReview{Screen: NewScreen(run), Today: today, PerHour: perHour, service: service}
	options := make([]Option, len(hours.Reasons))
	for i, r := range hours.Reasons {
		options[i] = Option{r, "hours.reason." + r}
	}
	m.Reason.Offer(options...)
	m.Reason.OnChange(m.Changed)
	m.Note.OnChange(m.Changed)
	m.Load()
	return m
}

// longest is how many records the queue shows at once.
const longest = 500

// Load reads the queue anew; what was chosen stays chosen by its place.
func (m *HoursReview) Load() {
	var rows []ReviewRow
	var waiting, overdue int
	m.Do(func() (err error) { rows, waiting, overdue, err = m.service.Waiting(longest); return err }, func() {
		m.all, m.Waiting, m.Overdue, m.Loaded = rows, waiting, overdue, true
		m.apply(max(0, m.Queue.Selected()))
	})
}

// apply shows what the filter lets through and chooses a place in it.
func (m *HoursReview) apply(at int) {
	var rows []ReviewRow
	for _, r := range m.all {
		if m.passes(r) {
			rows = append(rows, r)
		}
	}
	m.Queue.Show(rows)
	m.Queue.Select(min(at, len(rows)-1))
}

func (m *HoursReview) passes(r ReviewRow) bool {
	switch m.Filter {
	case "overdue":
		return r.DaysLeft < 0
	case "today":
		return r.DaysLeft == 0
	case "week":
		return r.DaysLeft >= 0 && r.DaysLeft <= 5
	}
	return true
}

// Count is how many rows a filter lets through.
func (m *HoursReview) Count(filter string) (n int) {
	was := m.Filter
	m.Filter = filter
	for _, r := range m.all {
		if m.passes(r) {
			n++
		}
	}
	m.Filter = was
	return n
}

// Show sets the filter.
func (m *HoursReview) Show(filter string) {
	m.Filter = filter
	m.apply(0)
	m.Changed()
}

// Choose chooses the record to decide.
func (m *HoursReview) Choose(i int) {
	m.Queue.Select(i)
	m.Changed()
}

// CanAccept reports whether a record is chosen and nothing is under way.
func (m *HoursReview) CanAccept() bool {
	_, ok := m.Queue.Row()
	return ok && !m.Busy()
}

// CanReturn needs a reason as well; "other" needs a note.
func (m *HoursReview) CanReturn() bool {
	return m.CanAccept() && m.Reason.Index() >= 0 && (m.Reason.Value() != "other" || !m.Note.Empty())
}

// Accept accepts the chosen record; the next one stands ready.
func (m *HoursReview) Accept() {
	row, ok := m.Queue.Row()
	if !ok || m.Busy() {
		return
	}
	m.Do(func() error { return m.service.Accept(row.Record.ID) }, m.decided)
}

// Return gives the chosen record back with its reason.
func (m *HoursReview) Return() {
	if !m.CanReturn() {
		return
	}
	row, _ := m.Queue.Row()
	reason, note := m.Reason.Value(), m.Note.Value()
	m.Do(func() error { return m.service.Return(row.Record.ID, reason, note) }, func() {
		m.Reason.Set("")
		m.Note.Set("")
		m.decided()
	})
}

func (m *HoursReview) decided() {
	m.Decided++
	m.Load()
}
