package store

import (
	"encoding/json"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

const tryColumns = `id, person, state, digits, steps, evidence, started_at, ended_at, machine, version`

// AddTry keeps a try to confirm online that was begun.
func (i Identity) AddTry(t *identity.Try) error {
	steps, evidence, err := packTry(t)
	if err != nil {
		return err
	}
	if err := i.t.Alone(t.Person); err != nil {
		return err
	}
	_, err = i.t.exec(`
		INSERT INTO confirm_try (org, `+tryColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		i.t.org, string(t.ID), string(t.Person), string(t.State), t.Digits, steps, evidence, ms(t.StartedAt), ms(t.EndedAt), t.Machine, t.Version)
	return err
}

func packTry(t *identity.Try) (steps, evidence string, err error) {
	a, err := json.Marshal(t.Steps)
	if err != nil {
		return "", "", err
	}
	b, err := json.Marshal(t.Evidence)
	return string(a), string(b), err
}

// UpdateTry keeps what was done in a try; t.Version is the version after the change.
func (i Identity) UpdateTry(t *identity.Try) error {
	steps, evidence, err := packTry(t)
	if err != nil {
		return err
	}
	return i.t.changed(`
		UPDATE confirm_try
		SET state = ?, steps = ?, evidence = ?, ended_at = ?, version = ?
		WHERE org = ? AND id = ? AND version = ?`,
		string(t.State), steps, evidence, ms(t.EndedAt), t.Version, i.t.org, string(t.ID), t.Version-1)
}

// Tries lists a person's tries to confirm online, newest first.
func (i Identity) Tries(p id.Person) (list []identity.Try, err error) {
	err = i.t.rows(`
		SELECT `+tryColumns+`
		FROM confirm_try
		WHERE org = ? AND person = ?
		ORDER BY id DESC`, []any{i.t.org, string(p)}, func(scan func(...any) error) error {
		t, err := scanTry(scan)
		list = append(list, t)
		return err
	})
	return list, err
}

// Try finds a try by id.
func (i Identity) Try(t id.Try) (identity.Try, error) {
	return scanTry(func(into ...any) error {
		return i.t.row(ErrMissing, `
			SELECT `+tryColumns+`
			FROM confirm_try
			WHERE org = ? AND id = ?`, []any{i.t.org, string(t)}, into...)
	})
}

func scanTry(scan func(...any) error) (t identity.Try, err error) {
	var steps, evidence string
	var started, ended int64
	if err := scan(&t.ID, &t.Person, &t.State, &t.Digits, &steps, &evidence, &started, &ended, &t.Machine, &t.Version); err != nil {
		return t, err
	}
	t.StartedAt, t.EndedAt = moment(started), moment(ended)
	if err := json.Unmarshal([]byte(steps), &t.Steps); err != nil {
		return t, ErrDamaged.Because(err)
	}
	if err := json.Unmarshal([]byte(evidence), &t.Evidence); err != nil {
		return t, ErrDamaged.Because(err)
	}
	return t, nil
}

const venueColumns = `id, name, name_en, address, notice, school, district, closed`

// PutVenue keeps a venue, or its changes.
func (i Identity) PutVenue(v *identity.Venue) error {
	_, err := i.t.exec(`
		INSERT INTO venue (org, `+venueColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (org, id) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, address = excluded.address,
			notice = excluded.notice, school = excluded.school, district = excluded.district, closed = excluded.closed`,
		i.t.org, string(v.ID), v.Name, v.NameEn, v.Address, v.Notice, v.School, v.District, bit(v.Closed))
	if taken(err) {
		return identity.ErrVenueTaken
	}
	return err
}

// Venues lists the venues by their names.
func (i Identity) Venues() (list []identity.Venue, err error) {
	err = i.t.rows(`
		SELECT `+venueColumns+`
		FROM venue
		WHERE org = ?
		ORDER BY name`, []any{i.t.org}, func(scan func(...any) error) error {
		var v identity.Venue
		var closed int
		err := scan(&v.ID, &v.Name, &v.NameEn, &v.Address, &v.Notice, &v.School, &v.District, &closed)
		v.Closed = closed == 1
		list = append(list, v)
		return err
	})
	return list, err
}

// Venue finds a venue by id.
func (i Identity) Venue(v id.Venue) (identity.Venue, error) {
	list, err := i.Venues()
	for _, x := range list {
		if x.ID == v {
			return x, err
		}
	}
	if err == nil {
		err = identity.ErrNoVenue
	}
	return identity.Venue{}, err
}

const slotColumns = `id, venue, on_day, from_min, to_min, room`

// slotTaken counts the places of a slot that are taken: kept beside the bookings, the count would
// stay behind whenever they go by another way.
const slotTaken = `
	(SELECT COUNT(*)
	FROM booking b
	WHERE b.org = slot.org AND b.slot = slot.id AND b.state IN ('booked', 'came'))`

// AddSlots keeps the slots of a plan.
func (i Identity) AddSlots(list []identity.Slot) error {
	return i.t.many(`INSERT INTO slot (org, `+slotColumns+`)`, 7, len(list), func(n int, into []any) ([]any, error) {
		s := list[n]
		return append(into, i.t.org, string(s.ID), string(s.Venue), int(s.Day), s.From, s.To, s.Room), nil
	})
}

// Slots lists a venue's slots from one day to another, both included.
func (i Identity) Slots(v id.Venue, from, to day.Date) (list []identity.Slot, err error) {
	err = i.t.rows(`
		SELECT `+slotColumns+`, `+slotTaken+`
		FROM slot
		WHERE org = ? AND venue = ? AND on_day BETWEEN ? AND ?
		ORDER BY on_day, from_min`, []any{i.t.org, string(v), int(from), int(to)}, func(scan func(...any) error) error {
		s, err := scanSlot(scan)
		list = append(list, s)
		return err
	})
	return list, err
}

// Slot finds a slot by id.
func (i Identity) Slot(s id.Slot) (identity.Slot, error) {
	return scanSlot(func(into ...any) error {
		return i.t.row(identity.ErrNoSlot, `
			SELECT `+slotColumns+`, `+slotTaken+`
			FROM slot
			WHERE org = ? AND id = ?`, []any{i.t.org, string(s)}, into...)
	})
}

func scanSlot(scan func(...any) error) (s identity.Slot, err error) {
	err = scan(&s.ID, &s.Venue, &s.Day, &s.From, &s.To, &s.Room, &s.Taken)
	return s, err
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

func (i Identity) putBooking(b identity.Booking) error {
	_, err := i.t.exec(`
		INSERT INTO booking (org, slot, person, state, at, by_login)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (org, slot, person) DO UPDATE SET state = excluded.state, at = excluded.at, by_login = excluded.by_login`,
		i.t.org, string(b.Slot), string(b.Person), string(b.State), ms(b.At), string(b.By))
	return err
}

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
	err = i.t.rows(`
		SELECT b.slot, b.person, b.state, b.at, b.by_login
		FROM booking b JOIN slot s ON s.org = b.org AND s.id = b.slot
		WHERE b.org = ? AND s.venue = ? AND s.on_day >= ? AND b.state = ?
		ORDER BY s.on_day, s.from_min, b.at, b.person`, []any{i.t.org, string(v), int(from), string(state)}, func(scan func(...any) error) error {
		b, err := scanBooking(scan)
		list = append(list, b)
		return err
	})
	return list, err
}

// Dropped lists a person's bookings whose venue gave them up.
func (i Identity) Dropped(p id.Person) ([]identity.Booking, error) {
	return i.bookings(`person = ? AND state = 'dropped' ORDER BY at`, string(p))
}

func (i Identity) bookings(where string, arg any) (list []identity.Booking, err error) {
	err = i.t.rows(`
		SELECT slot, person, state, at, by_login
		FROM booking
		WHERE org = ? AND `+where, []any{i.t.org, arg}, func(scan func(...any) error) error {
		b, err := scanBooking(scan)
		list = append(list, b)
		return err
	})
	return list, err
}

func scanBooking(scan func(...any) error) (b identity.Booking, err error) {
	var at int64
	err = scan(&b.Slot, &b.Person, &b.State, &at, &b.By)
	b.At = moment(at)
	return b, err
}
