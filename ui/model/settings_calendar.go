package model

import (
	"fmt"
	"strings"

	"xuezheng/data/day"
)

// CalendarService keeps the yearly notices of holidays.
type CalendarService interface {
	CalendarYears() ([]CalendarYear, error) // the last first
	ReadCalendar(file []byte) (CalendarOffer, error)
	// WeighCalendar says what taking a notice in would do; TakeCalendar does it.
	WeighCalendar(file []byte, source string, dated day.Date, replace bool) (CalendarEffect, error)
	TakeCalendar(file []byte, source string, dated day.Date, replace bool) (CalendarEffect, error)
}

// SettingsCalendar are the years whose holidays are known. Another is taken in with its source and
// date, once one has seen which deadlines it moves.
type SettingsCalendar struct {
	Screen
	Years   Table[CalendarYear]
	Loaded  bool
	Offer   *CalendarOffer
	Effect  *CalendarEffect // of the offer as it stands; or of what was taken in just now
	Taken   int             // the year taken in just now
	File    string
	Source  Text
	Dated   Text
	Replace Tick
	Kept    string // where the example was kept
	Today   day.Date
	bytes   []byte
	service CalendarService
	files   Files
}

// NewSettingsCalendar opens the years.
func NewSettingsCalendar(service CalendarService, files Files, today day.Date, run Run) *SettingsCalendar {
	m := &SettingsCalendar{Screen: NewScreen(run), service: service, files: files, Today: today}
	weighAnew := func() {
		if m.Offer != nil {
			m.Effect = nil
		}
		m.Changed()
	}
	m.Source.OnChange(weighAnew)
	m.Dated.OnChange(weighAnew)
	m.Replace.OnChange(weighAnew)
	m.Load()
	return m
}

// Load reads the years anew.
func (m *SettingsCalendar) Load() {
	var rows []CalendarYear
	m.Do(func() (err error) { rows, err = m.service.CalendarYears(); return err }, func() {
		m.Years.Show(rows)
		m.Loaded = true
	})
}

// Missing is the year whose holidays should be here by now: this one, or from October on, when
// the notice comes out, the next. 0 if there is none.
func (m *SettingsCalendar) Missing() int {
	last := m.Today.Year()
	if m.Today.Month() >= 10 {
		last++
	}
	for _, y := range m.Years.Rows {
		if y.Year == last {
			return 0
		}
	}
	if !m.Loaded {
		return 0
	}
	return last
}

// Choose lets a person choose a file.
func (m *SettingsCalendar) Choose() { m.files.Choose(m.Take, "csv", "xlsx", "json", "txt") }

// Take reads a file that was chosen or dropped, and weighs it if it says whence and when it is.
func (m *SettingsCalendar) Take(f File, err error) {
	if m.Busy() {
		return
	}
	if err != nil {
		m.Refuse(err)
		return
	}
	m.Cancel()
	var o CalendarOffer
	m.Do(func() (err error) { o, err = m.service.ReadCalendar(f.Bytes); return err }, func() {
		m.Source.Set(o.Source)
		m.Dated.Set(o.Dated.String())
		m.Offer, m.File, m.bytes, m.Taken, m.Kept = &o, f.Name, f.Bytes, 0, ""
		m.Weigh()
	})
}

// CanWeigh reports whether source and date are written.
func (m *SettingsCalendar) CanWeigh() bool {
	return m.Offer != nil && !m.Source.Empty() && !m.Dated.Empty() && !m.Busy()
}

// Weigh finds what taking the notice in would move.
func (m *SettingsCalendar) Weigh() {
	if !m.CanWeigh() {
		return
	}
	m.with(m.service.WeighCalendar, func(e CalendarEffect) { m.Effect = &e })
}

// with hands over what is written, if the date is one.
func (m *SettingsCalendar) with(act func([]byte, string, day.Date, bool) (CalendarEffect, error), then func(CalendarEffect)) {
	dated, err := day.ParseLoose(m.Dated.Value())
	if err != nil {
		m.Dated.Refuse(ErrNotADate)
		m.Changed()
		return
	}
	file, source, replace := m.bytes, m.Source.Value(), m.Replace.On()
	var e CalendarEffect
	m.Do(func() (err error) { e, err = act(file, source, dated, replace); return err }, func() { then(e) })
}

// CanImport reports whether the notice was weighed as it stands.
func (m *SettingsCalendar) CanImport() bool { return m.Offer != nil && m.Effect != nil && !m.Busy() }

// Import takes the notice in, after a question.
func (m *SettingsCalendar) Import() {
	if !m.CanImport() {
		return
	}
	year := m.Offer.Year
	m.Ask("settings.calendar.ask", func() {
		m.with(m.service.TakeCalendar, func(e CalendarEffect) {
			m.Cancel()
			m.Effect, m.Taken = &e, year
			m.Load()
		})
	}, year, len(m.Effect.Moved))
}

// Cancel puts the notice away, and what the last one moved.
func (m *SettingsCalendar) Cancel() {
	m.Offer, m.Effect, m.File, m.bytes, m.Taken = nil, nil, "", nil, 0
	m.Source.Set("")
	m.Dated.Set("")
	m.Replace.Set(false)
	m.Changed()
}

// KeepExample keeps a table to be filled in, with the next year's statutory days.
func (m *SettingsCalendar) KeepExample(name string, holiday func(name string) string) {
	m.files.Keep(name, m.example(holiday), func(path string, err error) {
		if err != nil {
			m.Refuse(err)
			return
		}
		m.Kept = path
		m.Changed()
	})
}

func (m *SettingsCalendar) example(holiday func(name string) string) []byte {
	year := m.Missing()
	if year == 0 {
		year = m.Today.Year() + 1
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\ufeff年份,%d\r\n文号,\r\n发布日期,\r\n日期,安排,节日\r\n", year)
	for _, h := range day.Statutory(year) {
		fmt.Fprintf(&b, "%s,休,%s\r\n", h.On, holiday(h.Name))
	}
	return []byte(b.String())
}
