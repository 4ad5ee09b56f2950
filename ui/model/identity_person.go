package model

import (
	"slices"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/view"
)

// ConfirmingService looks after how one person is confirmed.
type ConfirmingService interface {
	// Confirmation is how a person is confirmed, in the programme of an enrolment or their present one.
	Confirmation(p id.Person, e id.Enrolment) (ConfirmingView, error)
	HandIn(p id.Person, h HandedIn) error
	SeeMaterial(p id.Person, material string) error
	GiveEducation(p id.Person, e enrolment.Education) error
	BookSlot(p id.Person, slot id.Slot) error
	CancelSlot(p id.Person) error
	ComeInPerson(p id.Person) error
	ConfirmingPaper(p id.Person, kind string) ([]byte, error)
	Save(name string, pdf []byte) (path string, err error)
	Print(path string) error
	FaceSayer
}

// The papers of confirming.
const (
	SlipPaper   = view.SlipPaper
	NoticePaper = view.NoticePaper
)

// IdentityPerson is how one person is confirmed: where it stands and what comes next, materials,
// earlier education, appointment, ticket numbers, tries online, and every decision.
type IdentityPerson struct {
	Screen
	Person    id.Person
	In        id.Enrolment // the programme looked at; none for the present one
	View      ConfirmingView
	Loaded    bool
	Slot      Choice
	Material  *MaterialForm
	Education *EducationForm
	Said      string // key of what was just done
	Saved     string // where the last paper was saved
	Printed   bool
	Today     day.Date

	files   Files
	service ConfirmingService
	changed func()
}

// NewIdentityPerson opens how p is confirmed; it is read by Load. changed, which may be nil, is
// called whenever something was done.
func NewIdentityPerson(service ConfirmingService, files Files, p id.Person, today day.Date, run Run, changed func()) *IdentityPerson {
	m := &IdentityPerson{Screen: NewScreen(run), Person: p, Today: today, files: files, service: service, changed: changed}
	m.Slot.OnChange(m.Changed)
	return m
}

// Load reads everything anew.
func (m *IdentityPerson) Load() {
	var v ConfirmingView
	in := m.In
	m.Do(func() (err error) { v, err = m.service.Confirmation(m.Person, in); return err }, func() {
		m.View, m.Loaded = v, true
		var free []Option
		for _, f := range v.Free {
			free = append(free, Option{string(f.Slot.ID), f.Slot.Day.String()[5:] + "  " + SlotTime(f.Slot) + "  " + f.Venue.Name})
		}
		m.Slot.Offer(free...)
	})
}

func (m *IdentityPerson) done(said string) func() {
	return func() {
		m.Said = said
		m.Load()
		if m.changed != nil {
			m.changed()
		}
	}
}

// Next is the key of what comes next for the person, in their state (B-03).
func (m *IdentityPerson) Next() string {
	v := m.View
	switch v.State {
	case identity.Preregistered:
		return "identity.next.photo"
	case identity.PhotoReady:
		switch {
		case !enrolment.HandedIn(v.Materials):
			return "identity.next.materials"
		case v.Appointment != nil:
			return "identity.next.appointment"
		case v.Online:
			return "identity.next.online"
		}
		return "identity.next.come"
	case identity.Submitted:
		return "identity.next.review"
	case identity.MustCome:
		if v.Appointment != nil {
			return "identity.next.appointment"
		}
		return "identity.next.book"
	case identity.SentBack:
		return "identity.next.mend"
	}
	if v.TicketsUsed {
		return "identity.next.ticket"
	}
	return "identity.next.done"
}

// ConfirmingPart is a part of how somebody is confirmed: its name, whether it is done, and whether it is the first that
// is not.
type ConfirmingPart struct {
	Name      string // worded as "identity.way-step.<name>"
	Done, Now bool
}

// Parts are those of this person, in their order; each stands by itself: who was confirmed for another programme may
// still have materials to bring for this one.
func (m *IdentityPerson) Parts() (list []ConfirmingPart) {
	v := m.View
	confirmed := v.State == identity.Confirmed
	list = []ConfirmingPart{{Name: "data", Done: true}, {Name: "photo", Done: confirmed || v.Photo && v.State != identity.Preregistered}}
	if len(v.Materials) > 0 {
		list = append(list, ConfirmingPart{Name: "materials", Done: enrolment.HandedIn(v.Materials)})
	}
	list = append(list, ConfirmingPart{Name: "confirmed", Done: confirmed})
	if v.TicketsUsed {
		list = append(list, ConfirmingPart{Name: "ticket", Done: slices.ContainsFunc(v.Tickets, func(t enrolment.Ticket) bool {
			return t.State == enrolment.TicketActive || t.State == enrolment.TicketLocked
		})})
	}
	for i := range list {
		if !list[i].Done {
			list[i].Now = true
			break
		}
	}
	return list
}

// Failed counts the tries that failed.
func (m *IdentityPerson) Failed() (n int) {
	for _, t := range m.View.Tries {
		if t.State == identity.TryFailed {
			n++
		}
	}
	return n
}

// Uncertain are the materials of one kind that nobody has compared with the original yet.
func (m *IdentityPerson) Uncertain(kinds []string) (list []KeptMaterial) {
	for _, k := range m.View.Kept {
		for _, kind := range kinds {
			if k.Kind == kind && k.Source == enrolment.MaterialDeclared {
				list = append(list, k)
			}
		}
	}
	return list
}

// Lapses is how a material with an end stands that was not asked for: "expiring", "expired", or ""
// while it is good for longer (H-11).
func (m *IdentityPerson) Lapses(k KeptMaterial) enrolment.MaterialState {
	left := m.Today.DaysTo(k.Expires)
	switch {
	case k.Expires.IsZero() || left > m.View.WarnDays:
		return ""
	case left < 0:
		return enrolment.MaterialExpired
	}
	return enrolment.MaterialExpiring
}

// SeenBy is by name who saw the original of a material.
func (m *IdentityPerson) SeenBy(x enrolment.Material) string {
	for _, k := range m.View.Kept {
		if k.Material == x {
			return k.SeenByName
		}
	}
	return ""
}

// See records that the original of a material is in the clerk's hand.
func (m *IdentityPerson) See(material string) {
	if m.Busy() {
		return
	}
	m.Do(func() error { return m.service.SeeMaterial(m.Person, material) }, m.done("identity.person.seen"))
}

// CanBook reports whether a slot is chosen and the person has none yet.
func (m *IdentityPerson) CanBook() bool {
	return !m.Busy() && m.View.Appointment == nil && m.Slot.Index() >= 0
}

// Book gives the person a place.
func (m *IdentityPerson) Book() {
	if !m.CanBook() {
		return
	}
	slot := id.Slot(m.Slot.Value())
	m.Do(func() error { return m.service.BookSlot(m.Person, slot) }, m.done("identity.person.booked"))
}

// Cancel asks, and gives the place back.
func (m *IdentityPerson) Cancel() {
	if m.Busy() || m.View.Appointment == nil {
		return
	}
	a := m.View.Appointment
	m.Ask("identity.person.cancel-ask", func() {
		m.Do(func() error { return m.service.CancelSlot(m.Person) }, m.done("identity.person.cancelled"))
	}, a.Slot.Day, SlotTime(a.Slot))
}

// CanGiveUp reports whether confirming online can be given up for coming in person.
func (m *IdentityPerson) CanGiveUp() bool {
	return !m.Busy() && m.View.Online && m.View.State == identity.PhotoReady
}

// ComeInPerson gives confirming online up: the slip leads to the venue.
func (m *IdentityPerson) ComeInPerson() {
	if m.CanGiveUp() {
		m.Do(func() error { return m.service.ComeInPerson(m.Person) }, m.done("identity.person.comes"))
	}
}

// CanPrint reports whether a paper can be made now: a notice needs a ticket number.
func (m *IdentityPerson) CanPrint(kind string) bool {
	if !m.Loaded || m.Busy() {
		return false
	}
	if kind == SlipPaper {
		return m.View.State != identity.Confirmed
	}
	return m.View.State == identity.Confirmed && m.usable() > 0
}

func (m *IdentityPerson) usable() (n int) {
	for _, t := range m.View.Tickets {
		if t.Usable() {
			n++
		}
	}
	return n
}

// MakePaper draws a paper, saves it under that name, and sends it to the printer.
func (m *IdentityPerson) MakePaper(kind, name string) {
	if !m.CanPrint(kind) {
		return
	}
	var path string
	m.Do(func() error {
		pdf, err := m.service.ConfirmingPaper(m.Person, kind)
		if err != nil {
			return err
		}
		path, err = m.service.Save(name+".pdf", pdf)
		return err
	}, func() {
		m.Saved, m.Printed = path, false
		m.Do(func() error { return m.service.Print(path) }, func() { m.Printed = true })
	})
}

// WhyKey is the key of why a step failed.
func WhyKey(s identity.StepDone) string {
	if s.Step == identity.AliveStep {
		return "identity.alive-why." + s.Why
	}
	return "identity.try-why." + s.Why
}
