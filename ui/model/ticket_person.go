package model

import (
	"strconv"
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
)

// PersonTicketService looks after one person's ticket numbers.
type PersonTicketService interface {
	PersonTickets(p id.Person) (PersonTickets, error)
	Declare(p id.Person, number, district string) error
	ChooseTicket(p id.Person, number string) error
	EnterMark(p id.Person, m enrolment.Mark) error
	Propose(p id.Person) error
	UndoMerge(m id.Merge, why string) error
	ApproveMerge(m id.Merge) error
}

// TicketPerson is one person's ticket numbers: declare, choose one for good, merge the others
// into it, and the marks under each.
type TicketPerson struct {
	Screen
	View       PersonTickets
	Loaded     bool
	MayApprove bool
	Number     Text // declared
	District   Text
	Why        Text // of undoing
	Mark       *MarkForm
	Said       string // key of what was just done

	person  id.Person
	service PersonTicketService
}

// NewTicketPerson opens someone's ticket numbers.
func NewTicketPerson(service PersonTicketService, p id.Person, mayApprove bool, run Run) *TicketPerson {
	m := &TicketPerson{Screen: NewScreen(run), MayApprove: mayApprove, person: p, service: service}
	for _, t := range []*Text{&m.Number, &m.District, &m.Why} {
		t.OnChange(m.Changed)
	}
	m.Load()
	return m
}

// Load reads everything anew.
func (m *TicketPerson) Load() {
	var v PersonTickets
	m.Do(func() (err error) { v, err = m.service.PersonTickets(m.person); return err }, func() { m.View, m.Loaded = v, true })
}

// done says what was done and reads everything anew.
func (m *TicketPerson) done(said string) func() {
	return func() {
		m.Said = said
		m.Load()
	}
}

// Usable counts the numbers that are neither void nor only claimed.
func (m *TicketPerson) Usable() (n int) {
	for _, t := range m.View.List {
		if t.Usable() {
			n++
		}
	}
	return n
}

// Locked is the chosen number, if one was chosen.
func (m *TicketPerson) Locked() (number string, ok bool) {
	for _, t := range m.View.List {
		if t.State == enrolment.TicketLocked {
			return t.Number, true
		}
	}
	return "", false
}

// CanDeclare reports whether number and district are written.
func (m *TicketPerson) CanDeclare() bool {
	return !m.Busy() && !m.Number.Empty() && !m.District.Empty()
}

// Declare records the number someone brings.
func (m *TicketPerson) Declare() {
	if !m.CanDeclare() {
		return
	}
	number, district := m.Number.Value(), m.District.Value()
	m.Do(func() error { return m.service.Declare(m.person, number, district) }, func() {
		m.Number.Set("")
		m.District.Set("")
		m.done("ticket.declared")()
	})
}

// CanChoose reports whether that number may be chosen: there are several, and none was.
func (m *TicketPerson) CanChoose(t enrolment.Ticket) bool {
	_, locked := m.Locked()
	return !m.Busy() && !locked && t.Usable() && m.Usable() > 1
}

// Choose asks, and locks a number for good.
func (m *TicketPerson) Choose(t enrolment.Ticket) {
	if !m.CanChoose(t) {
		return
	}
	m.Ask("ticket.choose-ask", func() {
		m.Do(func() error { return m.service.ChooseTicket(m.person, t.Number) }, m.done("ticket.chosen"))
	}, InGroups(t.Number), t.District)
}

// Shown is the merge to look at: the one proposed, or what merging would give.
func (m *TicketPerson) Shown() *enrolment.Merge {
	if m.View.Merge != nil && m.View.Merge.State == enrolment.MergeProposed {
		return m.View.Merge
	}
	return m.View.Preview
}

// Proposed reports whether a merge waits to be approved.
func (m *TicketPerson) Proposed() bool {
	return m.View.Merge != nil && m.View.Merge.State == enrolment.MergeProposed
}

// Propose keeps what is previewed for a reviewer to approve.
func (m *TicketPerson) Propose() {
	if m.Busy() || m.View.Preview == nil || m.Proposed() {
		return
	}
	m.Do(func() error { return m.service.Propose(m.person) }, m.done("ticket.proposed"))
}

// CanUndo reports whether there is something to take back, and why is written.
func (m *TicketPerson) CanUndo() bool { return !m.Busy() && m.Proposed() && !m.Why.Empty() }

// Undo takes the proposal back.
func (m *TicketPerson) Undo() {
	if !m.CanUndo() {
		return
	}
	merge, why := id.Merge(m.View.Merge.ID), m.Why.Value()
	m.Do(func() error { return m.service.UndoMerge(merge, why) }, func() {
		m.Why.Set("")
		m.done("ticket.undone")()
	})
}

// Approve asks, and makes the merge final.
func (m *TicketPerson) Approve() {
	if m.Busy() || !m.Proposed() || !m.MayApprove {
		return
	}
	merge := m.View.Merge
	m.Ask("ticket.approve-ask", func() {
		m.Do(func() error { return m.service.ApproveMerge(id.Merge(merge.ID)) }, m.done("ticket.approved"))
	}, InGroups(merge.Keep), len(merge.Others))
}

// MarksOf are the marks under one number.
func (m *TicketPerson) MarksOf(number string) (list []enrolment.Mark) {
	for _, x := range m.View.Marks {
		if x.Ticket == number {
			list = append(list, x)
		}
	}
	return list
}

// Points writes tenths of a point: 60.5, 61.
func Points(tenths int) string { return strconv.FormatFloat(float64(tenths)/10, 'f', -1, 64) }

// MarkForm is a mark as it is being entered.
type MarkForm struct {
	Ticket                      Choice
	Course, Name, Points, SatOn Text
	Passed, Exempt              Tick
	of                          *TicketPerson
}

// OpenMark opens the form for a mark.
func (m *TicketPerson) OpenMark() {
	f := &MarkForm{of: m}
	for _, t := range m.View.List {
		if t.Usable() {
			f.Ticket.Offer(append(f.Ticket.Options(), Option{t.Number, InGroups(t.Number)})...)
		}
	}
	if len(f.Ticket.Options()) > 0 {
		f.Ticket.Set(f.Ticket.Options()[0].Value)
	}
	for _, t := range []*Text{&f.Ticket.Text, &f.Course, &f.Name, &f.Points, &f.SatOn} {
		t.OnChange(m.Changed)
	}
	f.Passed.OnChange(m.Changed)
	f.Exempt.OnChange(m.Changed)
	m.Mark = f
	m.Changed()
}

// CloseMark closes it.
func (m *TicketPerson) CloseMark() {
	m.Mark = nil
	m.Changed()
}

// CanSave reports whether number, course, and points or an exemption are there.
func (f *MarkForm) CanSave() bool {
	return !f.of.Busy() && f.Ticket.Index() >= 0 && !f.Course.Empty() && (!f.Points.Empty() || f.Exempt.On())
}

// Save keeps the mark, and stands ready for the next one.
func (f *MarkForm) Save() {
	if !f.CanSave() {
		return
	}
	x, ok := f.read()
	if !ok {
		f.of.Changed()
		return
	}
	m := f.of
	m.Do(func() error { return m.service.EnterMark(m.person, x) }, func() {
		for _, t := range []*Text{&f.Course, &f.Name, &f.Points} {
			t.Set("")
		}
		f.Passed.Set(false)
		f.Exempt.Set(false)
		m.done("ticket.marked")()
	})
}

// read turns the form into a mark; what can't be read is refused beside its field.
func (f *MarkForm) read() (x enrolment.Mark, ok bool) {
	x = enrolment.Mark{Ticket: f.Ticket.Value(), Course: strings.ToUpper(f.Course.Value()), CourseName: f.Name.Value(), Passed: f.Passed.On(), Exempt: f.Exempt.On()}
	ok = true
	if !f.Points.Empty() {
		tenths, err := enrolment.ReadPoints(f.Points.Value())
		if err != nil {
			f.Points.Refuse(err)
			ok = false
		}
		x.Tenths = tenths
	}
	if !f.SatOn.Empty() {
		on, err := day.ParseLoose(f.SatOn.Value())
		if err != nil {
			f.SatOn.Refuse(ErrNotADay)
			ok = false
		}
		x.SatOn = on
	}
	return x, ok
}
