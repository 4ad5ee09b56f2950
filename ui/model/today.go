package model

import (
	"xuezheng/data/day"
)

// WarningOlder is the key of the warning that the store is older than what this machine has seen of it.
const WarningOlder = "audit.older"

// TodayService gathers the desk's day.
type TodayService interface {
	Today() (TodayView, error)
}

// Today is the first page of the desk: what is due, overdue first, by working day.
type Today struct {
	Screen
	View    TodayView
	Queue   Table[TodayItem]
	Filter  string // "", "overdue", "today", "week"
	Day     day.Date
	Loaded  bool
	service TodayService
}

// NewToday opens the desk's day; open is what choosing a matter does.
func NewToday(service TodayService, today day.Date, run Run, open func(TodayItem)) *Today {
	m := &Today{Screen: NewScreen(run), Day: today, service: service}
	m.Queue.Open = open
	m.Load()
	return m
}

// Load gathers the day anew.
func (m *Today) Load() {
	var v TodayView
	m.Do(func() (err error) { v, err = m.service.Today(); return err }, func() {
		v.Sort()
		m.View, m.Loaded = v, true
		m.apply()
	})
}

func (m *Today) apply() {
	var rows []TodayItem
	for _, i := range m.View.Items {
		if i.In(m.Filter) {
			rows = append(rows, i)
		}
	}
	m.Queue.Show(rows)
}

// Show sets the filter; choosing the same again shows all.
func (m *Today) Show(filter string) {
	if m.Filter == filter {
		filter = ""
	}
	m.Filter = filter
	m.apply()
	m.Changed()
}

// Count is how many matters a filter lets through, also of those that are not listed.
func (m *Today) Count(filter string) int { return m.View.Count(filter) }

// Unlisted is how many matters the filter lets through that are not listed: they move up as work is
// done.
func (m *Today) Unlisted() int { return m.Count(m.Filter) - len(m.Queue.Rows) }

// Worst is how many working days the latest matter is overdue.
func (m *Today) Worst() (days int) { return m.View.Worst() }
