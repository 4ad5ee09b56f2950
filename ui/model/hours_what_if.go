package model

import (
	"slices"
	"strconv"

	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// Standing is how much counts in each bucket, and why.
type Standing = hours.Standing

// WhatIfService tries out what would become of someone's standing; nothing is written.
type WhatIfService interface {
	WhatIf(p id.Person, e id.Enrolment, added []string, planned []hours.Entry) (st hours.Standing, ready bool, err error)
}

// HoursWhatIf answers "what if": one more specialty, some more courses.
type HoursWhatIf struct {
	Screen
	Person    PersonView
	Added     []*Tick // one for each of Offered
	Offered   []string
	Specialty Choice
	Kind      Choice
	Mode      Choice
	Hours     Text
	Planned   []hours.Entry
	After     hours.Standing
	Ready     bool
	Tried     bool
	today     day.Date
	service   WhatIfService
}

// NewHoursWhatIf tries things out for one person; specialties are all that may be added.
func NewHoursWhatIf(service WhatIfService, p PersonView, specialties []string, today day.Date, run Run) *HoursWhatIf {
	m := &HoursWhatIf{Screen: NewScreen(run), Person: p, service: service, today: today}
	for _, s := range specialties {
		if s == p.Plan.Main || slices.Contains(p.Plan.Added, s) {
			continue
		}
		t := &Tick{}
		t.OnChange(m.try)
		m.Offered, m.Added = append(m.Offered, s), append(m.Added, t)
	}
	m.Kind.Offer(Option{string(hours.Required), "hours.kind.required"}, Option{string(hours.Elective), "hours.kind.elective"})
	m.Kind.Set(string(hours.Elective))
	m.Mode.Offer(Option{string(hours.Online), "hours.mode.online"}, Option{string(hours.FaceToFace), "hours.mode.face-to-face"})
	m.Mode.Set(string(hours.Online))
	for _, t := range []*Text{&m.Specialty.Text, &m.Kind.Text, &m.Mode.Text, &m.Hours} {
		t.OnChange(m.Changed)
	}
	m.try()
	return m
}

// chosen are the specialties ticked.
func (m *HoursWhatIf) chosen() (list []string) {
	for i, t := range m.Added {
		if t.On() {
			list = append(list, m.Offered[i])
		}
	}
	return list
}

// try asks for the standing as it would be.
func (m *HoursWhatIf) try() {
	added, planned := m.chosen(), slices.Clone(m.Planned)
	m.Specialty.Offer()
	for _, s := range append(append([]string{m.Person.Plan.Main}, m.Person.Plan.Added...), added...) {
		m.Specialty.Offer(append(m.Specialty.Options(), Option{s, s})...)
	}
	if m.Specialty.Index() < 0 {
		m.Specialty.Set(m.Person.Plan.Main)
	}
	var st hours.Standing
	var ready bool
	m.Do(func() (err error) {
		st, ready, err = m.service.WhatIf(m.Person.ID, m.Person.Enrolment, added, planned)
		return err
	}, func() {
		m.After, m.Ready, m.Tried = st, ready, true
	})
}

// CanPlan reports whether a course is written.
func (m *HoursWhatIf) CanPlan() bool {
	return !m.Busy() && !m.Hours.Empty() && m.Specialty.Index() >= 0
}

// Plan adds the course that is written to what is tried.
func (m *HoursWhatIf) Plan() {
	if !m.CanPlan() {
		return
	}
	seconds, err := m.Person.PerHour.Read(m.Hours.Value())
	if err != nil {
		m.Hours.Refuse(err)
		return
	}
	m.Planned = append(m.Planned, hours.Entry{
		Learner: m.Person.ID, Course: "?" + strconv.Itoa(len(m.Planned)+1), Kind: hours.Kind(m.Kind.Value()), Specialty: m.Specialty.Value(),
		Mode: hours.Mode(m.Mode.Value()), Seconds: seconds, On: m.today, PaidOn: m.today,
	})
	m.try()
	if m.Problem() != nil && !m.Busy() { // refused: it is not planned
		m.Planned = m.Planned[:len(m.Planned)-1]
		return
	}
	m.Hours.Set("")
}

// Drop takes a planned course back.
func (m *HoursWhatIf) Drop(i int) {
	if i < 0 || i >= len(m.Planned) {
		return
	}
	m.Planned = slices.Delete(m.Planned, i, i+1)
	m.try()
}

// Gain is how many seconds more would count than do now.
func (m *HoursWhatIf) Gain() int {
	now, _ := m.Person.Standing.Total()
	then, _ := m.After.Total()
	return then - now
}

// Left is what would still have to be accepted even if nothing more is to be studied: in review and
// not submitted, with what is planned, in seconds.
func (m *HoursWhatIf) Left() int {
	sum := m.After.Sum()
	return sum.InReview + sum.NotSubmitted()
}

// Lacking is how many seconds would still be lacking.
func (m *HoursWhatIf) Lacking() int {
	done, needed := m.After.Total()
	return max(0, needed-done)
}

// WhatIfAnswer is what trying something out comes to; worded as "what-if.<code>".
type WhatIfAnswer string

// The answers.
const (
	WhatIfUntried WhatIfAnswer = ""
	WhatIfReady   WhatIfAnswer = "ready"   // ready for renewal
	WhatIfFull    WhatIfAnswer = "full"    // nothing more is to be studied; so much is still to be accepted
	WhatIfLacking WhatIfAnswer = "lacking" // nothing is planned; so much is lacking
	WhatIfGains   WhatIfAnswer = "gain"    // so much more would count, and so much would still be lacking
)

// Answer is what it comes to, with its amounts in seconds.
func (m *HoursWhatIf) Answer() (answer WhatIfAnswer, amounts []int) {
	switch {
	case !m.Tried:
		return WhatIfUntried, nil
	case m.Ready:
		return WhatIfReady, nil
	case m.Lacking() == 0:
		return WhatIfFull, []int{m.Left()}
	case len(m.Planned) == 0:
		return WhatIfLacking, []int{m.Lacking()}
	}
	return WhatIfGains, []int{m.Gain(), m.Lacking()}
}
