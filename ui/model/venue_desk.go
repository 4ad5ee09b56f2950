package model

import (
	"strconv"
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// VenueService runs the venues of confirmation.
type VenueService interface {
	Venues() ([]identity.Venue, error)
	PutVenue(v identity.Venue) (identity.Venue, error)
	// Held lists whom closing the venue would cost their place; CloseVenue does it.
	Held(v id.Venue) ([]ToldRow, error)
	CloseVenue(v identity.Venue) (identity.Venue, error)
	DrawToTell(v identity.Venue) ([]byte, error)
	PlanSlots(v id.Venue, on day.Date, from, to, minutes, room int) error
	VenueDay(v id.Venue, on day.Date) (VenueDay, error)
	BookSlot(p id.Person, slot id.Slot) error
	CancelSlot(p id.Person) error
	Find(query string, limit int) ([]PersonRow, error)
}

// VenueFilter says who of those expected is listed.
type VenueFilter string

// The filters of who is expected.
const (
	AllExpected VenueFilter = "all"
	StillToCome VenueFilter = "to-come"
	LateOnes    VenueFilter = "late"
	CameToday   VenueFilter = "came"
)

// VenueDesk is a venue's day: whom we expect, how full the slots are, and the forms that set it up.
type VenueDesk struct {
	Screen
	At     Choice // the venue
	On     day.Date
	Today  day.Date
	Day    VenueDay
	Filter VenueFilter
	Slot   id.Slot // the slot that is being looked at
	Who    Text
	Found  Table[PersonRow]
	Said   string // key of what was just done
	SaidOf string
	Loaded bool
	May    bool // venues may be changed
	Form   *VenueForm
	Plan   *VenuePlan

	Kept string // where the list of whom to tell was kept

	venues  []identity.Venue
	asked   string
	service VenueService
	files   Files
}

// NewVenueDesk opens the day of the first venue, or of at.
func NewVenueDesk(service VenueService, files Files, at id.Venue, may bool, today day.Date, run Run) *VenueDesk {
	m := &VenueDesk{Screen: NewScreen(run), On: today, Today: today, Filter: AllExpected, May: may, service: service, files: files}
	m.At.Set(string(at))
	m.At.OnChange(func() { m.Slot, m.Kept = "", ""; m.read() })
	m.Who.OnChange(m.find)
	m.Load()
	return m
}

// Load reads the venues anew, and the day of the chosen one.
func (m *VenueDesk) Load() {
	var list []identity.Venue
	m.Do(func() (err error) { list, err = m.service.Venues(); return err }, func() {
		m.venues, m.Loaded = list, true
		options := make([]Option, len(list))
		for i, v := range list {
			options[i] = Option{string(v.ID), v.Name}
		}
		before := m.At.Value()
		m.At.Offer(options...)
		if m.At.Index() < 0 && len(list) > 0 {
			m.At.Set(string(list[0].ID))
		}
		if before == m.At.Value() {
			m.read()
		}
	})
}

// read reads the day of the chosen venue.
func (m *VenueDesk) read() {
	at, on := m.At.Value(), m.On
	if at == "" {
		m.Day = VenueDay{}
		m.Changed()
		return
	}
	var d VenueDay
	m.Do(func() (err error) { d, err = m.service.VenueDay(id.Venue(at), on); return err }, func() {
		if m.At.Value() == at && m.On == on {
			m.Day = d
		}
	})
}

// Venue is the chosen one.
func (m *VenueDesk) Venue() (v identity.Venue, ok bool) {
	for _, v := range m.venues {
		if string(v.ID) == m.At.Value() {
			return v, true
		}
	}
	return v, false
}

// Go looks at another day, so many later.
func (m *VenueDesk) Go(days int) {
	m.On, m.Slot = m.On.AddDays(days), ""
	m.read()
}

// GoToday looks at today again.
func (m *VenueDesk) GoToday() { m.Go(m.On.DaysTo(m.Today)) }

// fits reports whether a row is listed under a filter.
func (f VenueFilter) fits(r ExpectedRow) bool {
	switch f {
	case StillToCome:
		return !r.Came && r.State != identity.Confirmed
	case LateOnes:
		return r.Late
	case CameToday:
		return r.Came
	}
	return true
}

// Count is how many are listed under a filter.
func (m *VenueDesk) Count(f VenueFilter) (n int) {
	for _, r := range m.Day.Expected {
		if f.fits(r) {
			n++
		}
	}
	return n
}

// Listed are those expected whom the filter shows.
func (m *VenueDesk) Listed() (list []ExpectedRow) {
	for _, r := range m.Day.Expected {
		if m.Filter.fits(r) {
			list = append(list, r)
		}
	}
	return list
}

// Show lists those whom a filter shows.
func (m *VenueDesk) Show(f VenueFilter) {
	m.Filter = f
	m.Changed()
}

// Look looks at one slot: who is in it, and whom to give a place.
func (m *VenueDesk) Look(slot id.Slot) {
	if m.Slot == slot {
		slot = ""
	}
	m.Slot, m.Said = slot, ""
	m.Who.Set("")
	m.Changed()
}

// InSlot are those who have a place in the slot that is looked at.
func (m *VenueDesk) InSlot() (list []ExpectedRow) {
	for _, r := range m.Day.Expected {
		if r.Slot.ID == m.Slot {
			list = append(list, r)
		}
	}
	return list
}

// Looked is the slot that is looked at.
func (m *VenueDesk) Looked() (identity.Slot, bool) {
	for _, s := range m.Day.Slots {
		if s.ID == m.Slot {
			return s, true
		}
	}
	return identity.Slot{}, false
}

// find looks for whoever is being written.
func (m *VenueDesk) find() {
	m.suggest(m.Who.Value(), &m.asked, &m.Found, m.service.Find)
}

// BookFirst gives the first person found a place: what Enter does.
func (m *VenueDesk) BookFirst() {
	if len(m.Found.Rows) > 0 {
		m.Book(m.Found.Rows[0])
	}
}

// Book gives someone a place in the slot that is looked at.
func (m *VenueDesk) Book(p PersonRow) {
	slot := m.Slot
	if slot == "" || m.Busy() {
		return
	}
	m.Do(func() error { return m.service.BookSlot(p.ID, slot) }, func() {
		m.Said, m.SaidOf = "venue.booked", p.Name
		m.Who.Set("")
		m.read()
	})
}

// Cancel asks whether someone's place is given back, and does it.
func (m *VenueDesk) Cancel(r ExpectedRow) {
	m.Ask("venue.cancel-ask", func() {
		m.Do(func() error { return m.service.CancelSlot(r.Person) }, func() {
			m.Said, m.SaidOf = "venue.cancelled", r.Name
			m.read()
		})
	}, r.Name, SlotTime(r.Slot))
}

// SlotTime writes a slot's time.
func SlotTime(s identity.Slot) string { return identity.Clock(s.From) + "–" + identity.Clock(s.To) }

// Change opens the form of the chosen venue; Add that of a new one.
func (m *VenueDesk) Change() {
	if v, ok := m.Venue(); ok {
		m.open(v)
	}
}

// Add opens the form of a new venue.
func (m *VenueDesk) Add() { m.open(identity.Venue{}) }

func (m *VenueDesk) open(v identity.Venue) {
	m.Form, m.Plan = newVenueForm(m, v), nil
	m.Changed()
}

// OpenPlan opens the form that divides a day into slots.
func (m *VenueDesk) OpenPlan() {
	m.Form, m.Plan = nil, newVenuePlan(m)
	m.Changed()
}

// Close closes whichever form is open.
func (m *VenueDesk) Close() {
	m.Form, m.Plan = nil, nil
	m.Changed()
}

// VenueForm is a venue as it is being written down.
type VenueForm struct {
	New                                             bool
	Name, NameEn, Address, Notice, School, District Text
	Closed                                          Tick
	was                                             identity.Venue
	desk                                            *VenueDesk
}

func newVenueForm(d *VenueDesk, v identity.Venue) *VenueForm {
	f := &VenueForm{New: v.ID == "", was: v, desk: d}
	for text, value := range map[*Text]string{&f.Name: v.Name, &f.NameEn: v.NameEn, &f.Address: v.Address, &f.Notice: v.Notice, &f.School: v.School, &f.District: v.District} {
		text.Set(value)
		text.OnChange(d.Changed)
	}
	f.Closed.Set(v.Closed)
	f.Closed.OnChange(d.Changed)
	return f
}

// CanSave reports whether the venue has a name.
func (f *VenueForm) CanSave() bool { return !f.desk.Busy() && !f.Name.Empty() }

// Save keeps the venue and looks at it; one that closes while people have places there is asked
// about first.
func (f *VenueForm) Save() {
	if !f.CanSave() {
		return
	}
	v := f.was
	v.Name, v.NameEn, v.Address, v.Notice = f.Name.Value(), f.NameEn.Value(), f.Address.Value(), f.Notice.Value()
	v.School, v.District, v.Closed = f.School.Value(), f.District.Value(), f.Closed.On()
	d := f.desk
	if v.Closed && !f.was.Closed && !f.New {
		d.closing(v)
		return
	}
	d.save(v, d.service.PutVenue)
}

// save keeps a venue by that way, and looks at it.
func (m *VenueDesk) save(v identity.Venue, keep func(identity.Venue) (identity.Venue, error)) {
	m.Do(func() (err error) { v, err = keep(v); return err }, func() {
		m.Form = nil
		m.Said, m.SaidOf = "venue.saved", v.Name
		m.At.Set(string(v.ID)) // offered once they are read anew
		m.Load()
	})
}

// VenuePlan is a day as it is being divided into slots.
type VenuePlan struct {
	On, From, To, Minutes, Room Text
	desk                        *VenueDesk
}

// Faults of dividing a day.
var (
	ErrNotAClock = fault.New(fault.Refused, "venue.plan.not-a-clock")
	ErrNotACount = fault.New(fault.Refused, "venue.plan.not-a-count")
)

func newVenuePlan(d *VenueDesk) *VenuePlan {
	p := &VenuePlan{desk: d}
	p.On.Set(d.On.String())
	p.Minutes.Set("30")
	p.Room.Set("6")
	for _, t := range []*Text{&p.On, &p.From, &p.To, &p.Minutes, &p.Room} {
		t.OnChange(d.Changed)
	}
	return p
}

// CanSave reports whether everything is filled in.
func (p *VenuePlan) CanSave() bool {
	return !p.desk.Busy() && p.desk.At.Value() != "" && !p.On.Empty() && !p.From.Empty() && !p.To.Empty() && !p.Minutes.Empty() && !p.Room.Empty()
}

// Makes is how many slots come of it, and how many places they have together; nothing while it
// can't be read.
func (p *VenuePlan) Makes() (slots, places int) {
	from, ok1 := ParseClock(p.From.Value())
	to, ok2 := ParseClock(p.To.Value())
	minutes, err1 := strconv.Atoi(p.Minutes.Value())
	room, err2 := strconv.Atoi(p.Room.Value())
	if !ok1 || !ok2 || err1 != nil || err2 != nil || minutes < 1 || to <= from || room < 1 {
		return 0, 0
	}
	slots = (to - from) / minutes
	return slots, slots * room
}

// Save divides the day, and looks at it.
func (p *VenuePlan) Save() {
	if !p.CanSave() {
		return
	}
	on, err := day.ParseLoose(p.On.Value())
	if err != nil {
		p.On.Refuse(ErrNotADay)
	}
	from, ok1 := ParseClock(p.From.Value())
	to, ok2 := ParseClock(p.To.Value())
	for t, ok := range map[*Text]bool{&p.From: ok1, &p.To: ok2} {
		if !ok {
			t.Refuse(ErrNotAClock)
		}
	}
	minutes, err1 := strconv.Atoi(p.Minutes.Value())
	room, err2 := strconv.Atoi(p.Room.Value())
	for t, err := range map[*Text]error{&p.Minutes: err1, &p.Room: err2} {
		if err != nil {
			t.Refuse(ErrNotACount)
		}
	}
	d := p.desk
	if err != nil || !ok1 || !ok2 || err1 != nil || err2 != nil {
		d.Changed()
		return
	}
	at := id.Venue(d.At.Value())
	d.Do(func() error { return d.service.PlanSlots(at, on, from, to, minutes, room) }, func() {
		d.Plan, d.On, d.Said = nil, on, "venue.planned"
		d.read()
	})
}

// ParseClock reads a time of day as people write it: 9:00, 09：30, 930, 9点半 is none of them.
func ParseClock(s string) (minutes int, ok bool) {
	s = strings.NewReplacer("：", ":", ".", ":", " ", "").Replace(s)
	hour, minute, colon := strings.Cut(s, ":")
	if !colon && len(s) >= 3 {
		hour, minute = s[:len(s)-2], s[len(s)-2:]
	}
	h, err1 := strconv.Atoi(hour)
	n := 0
	var err2 error
	if minute != "" {
		n, err2 = strconv.Atoi(minute)
	}
	if err1 != nil || err2 != nil || h < 0 || n < 0 || n > 59 || h*60+n > 24*60 {
		return 0, false
	}
	return h*60 + n, true
}
