package model

import (
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
)

// TicketsService keeps ticket numbers.
type TicketsService interface {
	Tickets() (TicketsView, error)
	// DistrictOf is the examination district a number shows, "" if it shows none.
	DistrictOf(number string) string
	DeclareTicket(number, district string) error
	ChooseTicket(number string) error
	PreviewMerge() (enrolment.Merge, error)
	ProposeMerge() error
	UndoMerge(merge, why string) error
}

// HomeTickets is where an applicant sees their ticket number, brings those they hold already, and
// chooses one of several (H-05 to H-07).
type HomeTickets struct {
	Screen
	View             TicketsView
	Loaded           bool
	Number, District Text
	Merge            enrolment.Merge // what merging would give
	Previewed        bool
	Declared         bool
	service          TicketsService
}

// ErrNoDistrictSeen is for a number that does not show its district: it must be written.
var ErrNoDistrictSeen = fault.New(fault.Refused, "home.ticket.no-district")

// NewHomeTickets opens the numbers.
func NewHomeTickets(service TicketsService, run Run) *HomeTickets {
	m := &HomeTickets{Screen: NewScreen(run), service: service}
	m.Number.OnChange(m.numbered)
	m.District.OnChange(m.Changed)
	m.Load()
	return m
}

// Load reads the numbers anew.
func (m *HomeTickets) Load() { m.load(nil) }

func (m *HomeTickets) load(then func()) {
	var v TicketsView
	m.Do(func() (err error) { v, err = m.service.Tickets(); return err }, func() {
		m.View, m.Loaded, m.Previewed = v, true, false
		if then != nil {
			then()
		}
	})
}

// numbered fills in the district that a number shows.
func (m *HomeTickets) numbered() {
	m.Declared = false
	if d := m.service.DistrictOf(m.Number.Value()); d != "" {
		m.District.Set(d)
	}
	m.Changed()
}

// Main is the number to be used; ok is false while there is none, or one is to be chosen.
func (m *HomeTickets) Main() (t enrolment.Ticket, ok bool) {
	number := ConfirmView{Numbers: m.live()}.Number()
	for _, x := range m.View.List {
		if x.Number == number && number != "" {
			return x, true
		}
	}
	return t, false
}

// live are the numbers that are neither void nor only claimed.
func (m *HomeTickets) live() (list []enrolment.Ticket) {
	for _, t := range m.View.List {
		if t.Usable() {
			list = append(list, t)
		}
	}
	return list
}

// MustChoose reports whether several numbers wait for one to be chosen.
func (m *HomeTickets) MustChoose() bool {
	_, ok := m.Main()
	return !ok && len(m.live()) > 1
}

// CanChoose reports whether that number may be chosen.
func (m *HomeTickets) CanChoose(t enrolment.Ticket) bool {
	return m.MustChoose() && !m.Busy() && t.Usable()
}

// Choose locks one number after a question, for it is for good.
func (m *HomeTickets) Choose(t enrolment.Ticket) {
	if !m.CanChoose(t) {
		return
	}
	m.Ask("home.ticket.choose", func() {
		m.Do(func() error { return m.service.ChooseTicket(t.Number) }, m.Load)
	}, InGroups(t.Number), t.District)
}

// CanDeclare reports whether a number is written.
func (m *HomeTickets) CanDeclare() bool { return m.Loaded && !m.Busy() && !m.Number.Empty() }

// Declare records a number someone holds already.
func (m *HomeTickets) Declare() {
	if !m.CanDeclare() {
		return
	}
	if m.District.Empty() {
		m.District.Refuse(ErrNoDistrictSeen)
		return
	}
	number, district := m.Number.Value(), m.District.Value()
	m.Do(func() error { return m.service.DeclareTicket(number, district) }, func() {
		m.Number.Set("")
		m.District.Set("")
		m.load(func() { m.Declared = true })
	})
}

// Open is the merge that waits for a reviewer, if there is one.
func (m *HomeTickets) Open() (x enrolment.Merge, ok bool) {
	for _, x := range m.View.Merges {
		if x.State == enrolment.MergeProposed {
			return x, true
		}
	}
	return x, false
}

// CanMerge reports whether marks under another number can come to the chosen one.
func (m *HomeTickets) CanMerge() bool {
	_, open := m.Open()
	t, ok := m.Main()
	return ok && t.State == enrolment.TicketLocked && len(m.live()) > 1 && !open && !m.Busy()
}

// Preview shows what merging would give; nothing is kept.
func (m *HomeTickets) Preview() {
	if !m.CanMerge() {
		return
	}
	var x enrolment.Merge
	m.Do(func() (err error) { x, err = m.service.PreviewMerge(); return err }, func() { m.Merge, m.Previewed = x, true })
}

// Propose asks a reviewer to merge.
func (m *HomeTickets) Propose() {
	if !m.CanMerge() || !m.Previewed {
		return
	}
	m.Do(m.service.ProposeMerge, m.Load)
}

// Undo takes the proposal back; it says so by itself.
func (m *HomeTickets) Undo(why string) {
	x, ok := m.Open()
	if !ok || m.Busy() {
		return
	}
	m.Do(func() error { return m.service.UndoMerge(x.ID, why) }, m.Load)
}
