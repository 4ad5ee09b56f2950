package identity

import (
	"cmp"
	"slices"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/state"
	"xuezheng/data/text"
)

// Venue is a place where people are confirmed on site (现场确认点), at the time the examination
// body announced (H-16).
type Venue struct {
	ID              id.Venue
	Name, NameEn    string
	Address, Notice string
	School          string // of an assistance school (助学班): for its own learners only
	District        string // code of the examination district whose ticket numbers are given here
	Closed          bool
}

// Check refuses what can't be said of a venue.
func (v Venue) Check() error {
	return cmp.Or(text.VenueName.Check(v.Name), text.VenueNameEn.Check(v.NameEn), text.Address.Check(v.Address),
		text.VenueNotice.Check(v.Notice), text.School.Check(v.School), text.Short.Check(v.District))
}

// Slot is a stretch of one day at a venue with room for so many people.
type Slot struct {
	ID       id.Slot
	Venue    id.Venue
	Day      day.Date
	From, To int // minutes of the day, 540 is 9:00
	Room     int // how many people it is for
	Taken    int // how many places are taken, counted when it was read
}

// Left is how many places are free.
func (s Slot) Left() int { return max(0, s.Room-s.Taken) }

// BookingState is where a booking stands.
type BookingState string

// The states of a booking.
const (
	Booked    BookingState = "booked"
	Cancelled BookingState = "cancelled"
	Came      BookingState = "came"
	Dropped   BookingState = "dropped" // its venue was closed; its person has to be told
)

// BookingEvent is what happens to a booking.
type BookingEvent string

// The events of a booking.
const (
	HolderCame BookingEvent = "came"
	GivenBack  BookingEvent = "given-back" // by whoever holds it, or since they were confirmed before
	VenueShut  BookingEvent = "venue-shut"
)

// bookings is the way of a booking; whoever gave one up books anew.
var bookings = state.New(
	[]BookingState{Booked, Came, Cancelled, Dropped},
	[]BookingEvent{HolderCame, GivenBack, VenueShut},
	[]state.Step[BookingState, BookingEvent]{
		{From: Booked, On: HolderCame, To: Came},
		{From: Booked, On: GivenBack, To: Cancelled},
		{From: Booked, On: VenueShut, To: Dropped},
	})

// next is the state that follows, or that none does.
func (s BookingState) next(e BookingEvent) (BookingState, error) {
	if next, may := bookings.Next(s, e); may {
		return next, nil
	}
	return s, ErrNotBooked
}

// Booking is one person's place in a slot.
type Booking struct {
	Slot   id.Slot
	Person id.Person
	State  BookingState
	At     time.Time
	By     id.Login
}

// Happens is the booking after an event, by whom and when; refused if it is no place any more.
func (b Booking) Happens(e BookingEvent, by id.Login, at time.Time) (Booking, error) {
	next, err := b.State.next(e)
	if err != nil {
		return b, err
	}
	b.State, b.By, b.At = next, by, at
	return b, nil
}

// Settled is what becomes of a place once its person is confirmed: on that day they came, a later
// one is given back to others, and one that passed stays as it was.
func (b Booking) Settled(slot Slot, confirmedOn day.Date) Booking {
	event := HolderCame
	switch {
	case slot.Day.Before(confirmedOn):
		return b
	case slot.Day.After(confirmedOn):
		event = GivenBack
	}
	b.State, _ = bookings.Next(b.State, event)
	return b
}

// Late reports whether a slot was over without its person having come; minutes are those of the
// day now.
func (b Booking) Late(slot Slot, today day.Date, minutes int) bool {
	return b.State == Booked && (slot.Day.Before(today) || slot.Day == today && slot.To <= minutes)
}

// Faults of venues, slots and bookings.
var (
	ErrVenueName    = fault.New(fault.Refused, "identity.venue-name")
	ErrVenueTaken   = fault.New(fault.Refused, "identity.venue-taken")
	ErrVenueClosed  = fault.New(fault.Refused, "identity.venue-closed")
	ErrNoVenue      = fault.New(fault.Missing, "identity.no-venue")
	ErrSlotTimes    = fault.New(fault.Refused, "identity.slot-times")
	ErrSlotRoom     = fault.New(fault.Refused, "identity.slot-room")
	ErrSlotPast     = fault.New(fault.Refused, "identity.slot-past")
	ErrSlotOverlap  = fault.New(fault.Refused, "identity.slot-overlap")
	ErrSlotFull     = fault.New(fault.Refused, "identity.slot-full")
	ErrSchoolOnly   = fault.New(fault.Refused, "identity.school-only")
	ErrNoSlot       = fault.New(fault.Missing, "identity.no-slot")
	ErrNotBooked    = fault.New(fault.Refused, "identity.not-booked")
	ErrBookedBefore = fault.New(fault.Refused, "identity.booked-before")
	ErrPlacesHeld   = fault.New(fault.Refused, "identity.places-held")
)

// Shut says whether a venue may be changed so: closing it while people hold places there that are
// still to come needs a second word, for somebody has to tell each of them.
func Shut(before, after Venue, held int, told bool) error {
	if after.Closed && !before.Closed && held > 0 && !told {
		return ErrPlacesHeld.With(held)
	}
	return nil
}

// Limits of slots.
const (
	mostRoom   = 5000
	dayMinutes = 24 * 60
	mostSlots  = 96 // of one plan
)

// Plan divides a stretch of a day into slots of so many minutes, each for so many people; a rest
// shorter than a slot is left out. others are the slots of that venue and day so far.
func Plan(v id.Venue, on day.Date, from, to, minutes, room int, today day.Date, others []Slot) (list []Slot, err error) {
	switch {
	case on.Before(today):
		return nil, ErrSlotPast
	case from < 0 || to > dayMinutes || minutes < 5 || from+minutes > to || (to-from)/minutes > mostSlots:
		return nil, ErrSlotTimes
	case room < 1 || room > mostRoom:
		return nil, ErrSlotRoom.With(mostRoom)
	}
	if err := day.Appointment.Check(on, today); err != nil {
		return nil, err
	}
	for at := from; at+minutes <= to; at += minutes {
		s := Slot{ID: id.New[id.Slot](), Venue: v, Day: on, From: at, To: at + minutes, Room: room}
		if slices.ContainsFunc(others, func(o Slot) bool { return o.Day == on && s.From < o.To && o.From < s.To }) {
			return nil, ErrSlotOverlap
		}
		list = append(list, s)
	}
	return list, nil
}

// BookFacts is what booking a place hangs on.
type BookFacts struct {
	State   State
	Venue   Venue
	Slot    Slot
	School  string // the assistance school whose learner the person is, if any
	Has     bool   // the person holds another place already
	Today   day.Date
	Minutes int // of the day now
}

// Book says whether the person may have a place in the slot (H-16): it is not over, not full, of
// a venue that is open to them, and they hold no other.
func Book(f BookFacts) error {
	if _, err := Next(f.State, ClerkReturn); err != nil {
		return err
	}
	switch {
	case f.Venue.Closed:
		return ErrVenueClosed
	case f.Slot.Day.Before(f.Today), f.Slot.Day == f.Today && f.Minutes >= f.Slot.To:
		return ErrSlotPast
	case f.Venue.School != "" && f.Venue.School != f.School:
		return ErrSchoolOnly
	case f.Has:
		return ErrBookedBefore
	case f.Slot.Left() == 0:
		return ErrSlotFull
	}
	return nil
}

// Clock writes minutes of a day as 09:30.
func Clock(minutes int) string {
	return string([]byte{'0' + byte(minutes/600), '0' + byte(minutes/60%10), ':', '0' + byte(minutes%60/10), '0' + byte(minutes%10)})
}
