package model

import (
	"slices"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// HomeVenueService books a place at a venue (H-16), and draws the slip.
type HomeVenueService interface {
	Venue() (VenueView, error)
	Slots(v id.Venue, from, to day.Date) ([]identity.Slot, error)
	BookSlot(slot id.Slot) error
	CancelSlot() error
	Slip() ([]byte, error)
}

// venueDays is for how many days ahead places are shown.
const venueDays = 60

// SlotDay is one day at a venue, with what is free.
type SlotDay struct {
	Day  day.Date
	Left int
}

// HomeVenue is where an applicant books a place to be confirmed on site, and prints the slip.
type HomeVenue struct {
	Screen
	View    VenueView
	Loaded  bool
	Today   day.Date
	Chosen  identity.Venue
	Slots   []identity.Slot
	Known   bool // the slots of the chosen venue are there
	Day     day.Date
	Slot    identity.Slot
	Kept    string // where the slip was kept
	service HomeVenueService
	files   Files
}

// NewHomeVenue opens the venues.
func NewHomeVenue(service HomeVenueService, files Files, today day.Date, run Run) *HomeVenue {
	m := &HomeVenue{Screen: NewScreen(run), Today: today, service: service, files: files}
	m.Load()
	return m
}

// Load reads the venues and the appointment anew.
func (m *HomeVenue) Load() {
	var v VenueView
	m.Do(func() (err error) { v, err = m.service.Venue(); return err }, func() {
		v.Venues = slices.DeleteFunc(v.Venues, func(x identity.Venue) bool { return x.Closed })
		m.View, m.Loaded = v, true
		here := m.Chosen.ID
		if here == "" && v.Booked != nil {
			here = v.Booked.Venue.ID
		}
		at := slices.IndexFunc(v.Venues, func(x identity.Venue) bool { return x.ID == here })
		switch {
		case at >= 0:
			m.Choose(v.Venues[at])
		case len(v.Venues) > 0:
			m.seek(0)
		}
	})
}

// seek goes to the first venue, from the i-th on, where something is free; to the first of all if
// nothing is free anywhere.
func (m *HomeVenue) seek(i int) {
	if i == len(m.View.Venues) {
		m.Choose(m.View.Venues[0])
		return
	}
	m.choose(m.View.Venues[i], func() {
		if len(m.Days()) == 0 && len(m.View.Venues) > 1 {
			m.seek(i + 1)
		}
	})
}

// Choose goes to a venue, and reads what is free there.
func (m *HomeVenue) Choose(v identity.Venue) { m.choose(v, func() {}) }

func (m *HomeVenue) choose(v identity.Venue, then func()) {
	m.Chosen, m.Slots, m.Known, m.Slot = v, nil, false, identity.Slot{}
	var list []identity.Slot
	from := m.Today
	m.Do(func() (err error) { list, err = m.service.Slots(v.ID, from, from.AddDays(venueDays)); return err }, func() {
		if m.Chosen.ID != v.ID {
			return
		}
		m.Slots, m.Known = list, true
		days := m.Days()
		if !slices.ContainsFunc(days, func(d SlotDay) bool { return d.Day == m.Day }) {
			m.Day = 0
			if len(days) > 0 {
				m.Day = days[0].Day
			}
		}
		then()
	})
}

// Days are the days at the chosen venue on which something is free, the first in front.
func (m *HomeVenue) Days() (list []SlotDay) {
	for _, s := range m.Slots {
		n := len(list)
		switch {
		case s.Left() == 0:
		case n > 0 && list[n-1].Day == s.Day:
			list[n-1].Left += s.Left()
		default:
			list = append(list, SlotDay{s.Day, s.Left()})
		}
	}
	return list
}

// ChooseDay goes to a day.
func (m *HomeVenue) ChooseDay(d day.Date) {
	m.Day, m.Slot = d, identity.Slot{}
	m.Changed()
}

// Free are the slots of the chosen day, full ones among them so that one sees that they are.
func (m *HomeVenue) Free() (list []identity.Slot) {
	for _, s := range m.Slots {
		if s.Day == m.Day {
			list = append(list, s)
		}
	}
	return list
}

// ChooseSlot takes a slot into view; it is booked by Book.
func (m *HomeVenue) ChooseSlot(s identity.Slot) {
	if s.Left() == 0 || m.View.Booked != nil {
		return
	}
	m.Slot = s
	m.Changed()
}

// CanBook reports whether a slot is chosen and no other is held.
func (m *HomeVenue) CanBook() bool { return m.Slot.ID != "" && m.View.Booked == nil && !m.Busy() }

// Book takes a place in the chosen slot.
func (m *HomeVenue) Book() {
	if !m.CanBook() {
		return
	}
	slot := m.Slot.ID
	m.Do(func() error { return m.service.BookSlot(slot) }, func() {
		m.Slot = identity.Slot{}
		m.Load()
	})
}

// Cancel gives the place back after a question.
func (m *HomeVenue) Cancel() {
	if m.View.Booked == nil || m.Busy() {
		return
	}
	m.Ask("home.venue.cancel", func() { m.Do(m.service.CancelSlot, m.Load) })
}

// MaySlip reports whether there is still something to be confirmed.
func (m *HomeVenue) MaySlip() bool {
	return m.Loaded && !m.Busy() && m.View.State != identity.Confirmed
}

// Slip keeps the slip as a PDF under a name.
func (m *HomeVenue) Slip(name string) {
	if !m.MaySlip() {
		return
	}
	var b []byte
	m.Do(func() (err error) { b, err = m.service.Slip(); return err }, func() {
		m.files.Keep(name, b, func(path string, err error) {
			m.Kept = path
			m.Refuse(err)
		})
	})
}

// Confirmed reports whether the identity is confirmed: nobody has to come.
func (m *HomeVenue) Confirmed() bool { return m.View.State == identity.Confirmed }
