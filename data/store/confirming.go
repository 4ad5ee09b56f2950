package store

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

var tryRows = newTable(RowKind{Table: "confirm_try", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "tries"}, 1,
	text("id", func(t *identity.Try) *id.Try { return &t.ID }),
	text("person", func(t *identity.Try) *id.Person { return &t.Person }),
	text("state", func(t *identity.Try) *identity.TryState { return &t.State }),
	text("digits", func(t *identity.Try) *string { return &t.Digits }),
	asJSON("steps", func(t *identity.Try) *[]identity.StepDone { return &t.Steps }),
	asJSON("evidence", func(t *identity.Try) *[]identity.Evidence { return &t.Evidence }),
	instant("started_at", func(t *identity.Try) *time.Time { return &t.StartedAt }),
	instant("ended_at", func(t *identity.Try) *time.Time { return &t.EndedAt }),
	text("machine", func(t *identity.Try) *string { return &t.Machine }),
	whole("version", func(t *identity.Try) *int { return &t.Version }),
)

// AddTry keeps a try to confirm online that was begun.
func (i Identity) AddTry(t *identity.Try) error {
	if err := i.t.Alone(t.Person); err != nil {
		return err
	}
	return tryRows.add(i.t, t)
}

// UpdateTry keeps what was done in a try; t.Version is the version after the change.
func (i Identity) UpdateTry(t *identity.Try) error { return tryRows.update(i.t, t) }

// Tries lists a person's tries to confirm online, newest first.
func (i Identity) Tries(p id.Person) (list []identity.Try, err error) {
	return tryRows.rows(i.t, `person = ? ORDER BY id DESC`, string(p))
}

// Try finds a try by id.
func (i Identity) Try(t id.Try) (identity.Try, error) {
	return tryRows.one(i.t, ErrMissing, `id = ?`, string(t))
}

var venueRows = newTable(RowKind{Table: "venue", OnDelete: Nobodys, Why: "a place"}, 1,
	text("id", func(v *identity.Venue) *id.Venue { return &v.ID }),
	text("name", func(v *identity.Venue) *string { return &v.Name }),
	text("name_en", func(v *identity.Venue) *string { return &v.NameEn }),
	text("address", func(v *identity.Venue) *string { return &v.Address }),
	text("notice", func(v *identity.Venue) *string { return &v.Notice }),
	text("school", func(v *identity.Venue) *string { return &v.School }),
	text("district", func(v *identity.Venue) *string { return &v.District }),
	flag("closed", func(v *identity.Venue) *bool { return &v.Closed }),
)

// PutVenue keeps a venue, or its changes.
func (i Identity) PutVenue(v *identity.Venue) error {
	err := venueRows.put(i.t, v)
	if taken(err) {
		return identity.ErrVenueTaken
	}
	return err
}

// Venues lists the venues by their names.
func (i Identity) Venues() (list []identity.Venue, err error) {
	return venueRows.rows(i.t, `id > '' ORDER BY name`)
}

// Venue finds a venue by id.
func (i Identity) Venue(v id.Venue) (identity.Venue, error) {
	return venueRows.one(i.t, identity.ErrNoVenue, `id = ?`, string(v))
}

// slotTaken counts the places of a slot that are taken: kept beside the bookings, the count would
// stay behind whenever they go by another way.
const slotTaken = `
	(SELECT COUNT(*)
	FROM booking b
	WHERE b.org = slot.org AND b.slot = slot.id AND b.state IN ('booked', 'came'))`

var slotRows = newTable(RowKind{Table: "slot", OnDelete: Nobodys, Why: "a stretch of a day"}, 1,
	text("id", func(s *identity.Slot) *id.Slot { return &s.ID }),
	text("venue", func(s *identity.Slot) *id.Venue { return &s.Venue }),
	whole("on_day", func(s *identity.Slot) *day.Date { return &s.Day }),
	whole("from_min", func(s *identity.Slot) *int { return &s.From }),
	whole("to_min", func(s *identity.Slot) *int { return &s.To }),
	whole("room", func(s *identity.Slot) *int { return &s.Room }),
	told(slotTaken, func(s *identity.Slot) *int { return &s.Taken }),
)

// AddSlots keeps the slots of a plan.
func (i Identity) AddSlots(list []identity.Slot) error { return slotRows.addMany(i.t, list) }

// Slots lists a venue's slots from one day to another, both included.
func (i Identity) Slots(v id.Venue, from, to day.Date) (list []identity.Slot, err error) {
	return slotRows.rows(i.t, `venue = ? AND on_day BETWEEN ? AND ? ORDER BY on_day, from_min`, string(v), int(from), int(to))
}

// Slot finds a slot by id.
func (i Identity) Slot(s id.Slot) (identity.Slot, error) {
	return slotRows.one(i.t, identity.ErrNoSlot, `id = ?`, string(s))
}

// Book keeps a booking; a slot that filled up meanwhile refuses it. Whoever books touches the slot's
// row, as AloneAt does: PostgreSQL runs the second of two once more, who then counts the first.
func (i Identity) Book(b identity.Booking) error {
	if err := i.t.Alone(b.Person); err != nil {
		return err
	}
	if _, err := i.t.exec(`UPDATE slot SET room = room WHERE org = ? AND id = ?`, i.t.org, string(b.Slot)); err != nil {
		return err
	}
	s, err := i.Slot(b.Slot)
	if err != nil {
		return err
	}
	if s.Left() == 0 {
		return identity.ErrSlotFull
	}
	return i.putBooking(b)
}

// AloneAt lets no booking at a venue from that day on be kept beside this transaction.
func (i Identity) AloneAt(v id.Venue, from day.Date) error {
	_, err := i.t.exec(`UPDATE slot SET room = room WHERE org = ? AND venue = ? AND on_day >= ?`, i.t.org, string(v), int(from))
	return err
}

// SetBooking keeps where a booking stands.
func (i Identity) SetBooking(b identity.Booking) error { return i.putBooking(b) }

var bookingRows = newTable(RowKind{Table: "booking", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "bookings", Why: "its place is free again"}, 2,
	text("slot", func(b *identity.Booking) *id.Slot { return &b.Slot }),
	text("person", func(b *identity.Booking) *id.Person { return &b.Person }),
	text("state", func(b *identity.Booking) *identity.BookingState { return &b.State }),
	instant("at", func(b *identity.Booking) *time.Time { return &b.At }),
	text("by_login", func(b *identity.Booking) *id.Login { return &b.By }),
)

func (i Identity) putBooking(b identity.Booking) error { return bookingRows.put(i.t, &b) }

// Bookings lists a person's bookings that stand.
func (i Identity) Bookings(p id.Person) ([]identity.Booking, error) {
	return i.bookings(`person = ? AND state = 'booked' ORDER BY at`, string(p))
}

// AllBookings lists every place a person booked, had or gave back, the first in front.
func (i Identity) AllBookings(p id.Person) ([]identity.Booking, error) {
	return i.bookings(`person = ? ORDER BY at, slot`, string(p))
}

// Expected lists the bookings of a slot that still have their place.
func (i Identity) Expected(s id.Slot) ([]identity.Booking, error) {
	return i.bookings(`slot = ? AND state IN ('booked', 'came') ORDER BY at, person`, string(s))
}

// BookedAt lists the bookings in that state at a venue from a day on, in the order of their places.
func (i Identity) BookedAt(v id.Venue, from day.Date, state identity.BookingState) (list []identity.Booking, err error) {
	err = bookingRows.from(i.t, `
		FROM booking b JOIN slot s ON s.org = b.org AND s.id = b.slot
		WHERE b.org = ? AND s.venue = ? AND s.on_day >= ? AND b.state = ?
		ORDER BY s.on_day, s.from_min, b.at, b.person`, "b", []any{i.t.org, string(v), int(from), string(state)}, nil, func(b *identity.Booking) error {
		list = append(list, *b)
		return nil
	})
	return list, err
}

// Dropped lists a person's bookings whose venue gave them up.
func (i Identity) Dropped(p id.Person) ([]identity.Booking, error) {
	return i.bookings(`person = ? AND state = 'dropped' ORDER BY at`, string(p))
}

func (i Identity) bookings(where string, arg any) (list []identity.Booking, err error) {
	return bookingRows.rows(i.t, where, arg)
}
