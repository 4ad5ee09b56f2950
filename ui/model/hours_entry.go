package model

import (
	"errors"
	"strconv"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// HoursService enters study hours.
type HoursService interface {
	Enter(e hours.Entry) (hours.Record, error)
}

// HoursEntry is where the front desk writes down study hours, one after another.
type HoursEntry struct {
	Screen
	Course    Text
	Specialty Choice
	Kind      Choice
	Mode      Choice
	Hours     Text // 学时, tenths allowed
	On        Text
	Mark      Text // none if empty
	Entered   []hours.Record
	Person    PersonView
	service   HoursService
	today     day.Date
}

// Faults of what is written on the form.
var (
	ErrNotHours = fault.New(fault.Refused, "hours.entry.not-hours")
	ErrNotADay  = fault.New(fault.Refused, "hours.entry.not-a-day")
	ErrNotAMark = fault.New(fault.Refused, "hours.entry.not-a-mark")
)

// NewHoursEntry writes down hours of one person.
func NewHoursEntry(service HoursService, p PersonView, today day.Date, run Run) *HoursEntry {
	m := &HoursEntry{Screen: NewScreen(run), Person: p, service: service, today: today}
	specialties := []Option{{p.Plan.Main, p.Plan.Main}}
	for _, s := range p.Plan.Added {
		specialties = append(specialties, Option{s, s})
	}
	m.Specialty.Offer(specialties...)
	m.Specialty.Set(p.Plan.Main)
	m.Kind.Offer(Option{string(hours.Required), "hours.kind.required"}, Option{string(hours.Elective), "hours.kind.elective"})
	m.Kind.Set(string(hours.Elective))
	m.Mode.Offer(Option{string(hours.Online), "hours.mode.online"}, Option{string(hours.FaceToFace), "hours.mode.face-to-face"})
	m.Mode.Set(string(hours.Online))
	m.On.Set(today.String())
	for _, t := range []*Text{&m.Course, &m.Specialty.Text, &m.Kind.Text, &m.Mode.Text, &m.Hours, &m.On, &m.Mark} {
		t.OnChange(m.Changed)
	}
	return m
}

// CanSave reports whether the form is complete and nothing is under way.
func (m *HoursEntry) CanSave() bool {
	return !m.Busy() && !m.Course.Empty() && !m.Hours.Empty() && !m.On.Empty() && m.Specialty.Index() >= 0
}

// Save writes the record down; the form is then ready for the next.
func (m *HoursEntry) Save() {
	if !m.CanSave() {
		return
	}
	e, ok := m.read()
	if !ok {
		m.Changed()
		return
	}
	var rec hours.Record
	m.Do(func() (err error) { rec, err = m.service.Enter(e); return err }, func() {
		m.Entered = append([]hours.Record{rec}, m.Entered...)
		m.Course.Set("")
		m.Mark.Set("")
	})
}

// read turns the form into an entry; what can't be read is refused beside its field.
func (m *HoursEntry) read() (e hours.Entry, ok bool) {
	ok = true
	refuse := func(t *Text, err error) {
		t.Refuse(err)
		ok = false
	}
	e = hours.Entry{
		Learner: m.Person.ID, Course: m.Course.Value(), Kind: hours.Kind(m.Kind.Value()), Specialty: m.Specialty.Value(),
		Mode: hours.Mode(m.Mode.Value()), Source: hours.FromDesk,
	}
	h, err := strconv.ParseFloat(m.Hours.Value(), 64)
	if err != nil || h <= 0 || h > 1000 {
		refuse(&m.Hours, ErrNotHours)
	}
	e.Minutes = int(h*float64(m.Person.PerHour) + 0.5)
	if e.On, err = day.ParseLoose(m.On.Value()); err != nil {
		refuse(&m.On, ErrNotADay)
	}
	if !m.Mark.Empty() {
		e.HasMark = true
		if e.Mark, err = strconv.Atoi(m.Mark.Value()); err != nil || e.Mark < 0 || e.Mark > 100 {
			refuse(&m.Mark, ErrNotAMark)
		}
	}
	return e, ok
}

// Field is where the present problem belongs, so that it can stand beside it; "" if nowhere.
func (m *HoursEntry) Field() string {
	switch p := m.Problem(); {
	case errors.Is(p, hours.ErrFuture):
		return "on"
	case errors.Is(p, hours.ErrAddedRequired), errors.Is(p, hours.ErrElectiveOnline):
		return "kind"
	}
	return ""
}

// PersonID is whose hours these are.
func (m *HoursEntry) PersonID() id.Person { return m.Person.ID }
