package service

import (
	"context"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/store"
)

// Venues is the service for the places and times of confirming on site (H-16).
type Venues struct{ *core }

// List lists the venues.
func (s *Venues) List(ctx context.Context, who access.Who) (list []identity.Venue, err error) {
	err = s.look(ctx, who, act.ShowSlots, "", func(tx *store.Tx) error {
		list, err = tx.Identity.Venues()
		return err
	})
	return list, err
}

// Plan divides a day at a venue into slots; from and to are minutes of the day.
func (s *Venues) Plan(ctx context.Context, who access.Who, v id.Venue, on day.Date, from, to, minutes, room int) (list []identity.Slot, err error) {
	err = s.do(ctx, who, act.PlanSlots, func(tx *changing) error {
		there, err := tx.Identity.Venue(v)
		if err != nil {
			return err
		}
		if there.Closed {
			return identity.ErrVenueClosed
		}
		others, err := tx.Identity.Slots(v, on, on)
		if err != nil {
			return err
		}
		if list, err = identity.Plan(v, on, from, to, minutes, room, s.today(), others); err != nil {
			return err
		}
		tx.about(string(v), "", on.String())
		return tx.Identity.AddSlots(list)
	})
	return list, err
}

// Slots lists a venue's slots between two days, both included.
func (s *Venues) Slots(ctx context.Context, who access.Who, v id.Venue, from, to day.Date) (list []identity.Slot, err error) {
	err = s.look(ctx, who, act.ShowSlots, "", func(tx *store.Tx) error {
		list, err = tx.Identity.Slots(v, from, to)
		return err
	})
	return list, err
}

// Book gives a person a place in a slot. school is the assistance school they learn at, if a clerk
// knows of any; otherwise, and always for a learner, it is the one in the records.
func (s *Venues) Book(ctx context.Context, who access.Who, p id.Person, slot id.Slot, school string) error {
	return s.doFor(ctx, who, act.BookSlot, p, func(tx *changing) error {
		f, err := s.bookFacts(tx.Tx, p, slot)
		if err != nil {
			return err
		}
		if f.School = school; school == "" || !who.Role.May(act.ConfirmIdentity) {
			there, err := tx.People.Get(p)
			if err != nil {
				return err
			}
			f.School = there.UnitName
		}
		if err := identity.Book(f); err != nil {
			return err
		}
		tx.about(string(slot), p, "")
		return tx.Identity.Book(identity.Booking{Slot: slot, Person: p, State: identity.Booked, At: s.now().UTC(), By: who.Login})
	})
}

func (s *Venues) bookFacts(tx *store.Tx, p id.Person, slot id.Slot) (f identity.BookFacts, err error) {
	there, err := tx.People.Get(p)
	if err != nil {
		return f, err
	}
	if f.Slot, err = tx.Identity.Slot(slot); err != nil {
		return f, err
	}
	if f.Venue, err = tx.Identity.Venue(f.Slot.Venue); err != nil {
		return f, err
	}
	if f.State, err = s.stateAsked(tx, there); err != nil {
		return f, err
	}
	f.Today, f.Minutes = s.today(), minuteOf(s.core)
	f.Has, err = s.holdsAnother(tx, p)
	return f, err
}

// holdsAnother reports whether the person has a place that is still to come.
func (s *Venues) holdsAnother(tx *store.Tx, p id.Person) (bool, error) {
	list, err := tx.Identity.Bookings(p)
	for _, b := range list {
		slot, err := tx.Identity.Slot(b.Slot)
		if err != nil {
			return false, err
		}
		if s.toCome(slot) {
			return true, nil
		}
	}
	return false, err
}

// toCome reports whether a slot is not over yet.
func (s *Venues) toCome(slot identity.Slot) bool {
	return slot.Day.After(s.today()) || slot.Day == s.today() && slot.To > minuteOf(s.core)
}

// minuteOf is the minute of the day in Shanghai.
func minuteOf(c *core) int {
	t := c.now().In(day.Shanghai)
	return t.Hour()*60 + t.Minute()
}

// Cancel gives a person's place back. One that was missed stays as it was: nobody else can have it.
func (s *Venues) Cancel(ctx context.Context, who access.Who, p id.Person) error {
	return s.doFor(ctx, who, act.CancelSlot, p, func(tx *changing) error {
		list, err := tx.Identity.Bookings(p)
		if err != nil {
			return err
		}
		left := 0
		for _, b := range list {
			slot, err := tx.Identity.Slot(b.Slot)
			if err != nil {
				return err
			}
			if !s.toCome(slot) {
				continue
			}
			left++
			if b, err = b.Happens(identity.GivenBack, who.Login, s.now().UTC()); err != nil {
				return err
			}
			tx.about(string(b.Slot), p, "")
			if err := tx.Identity.SetBooking(b); err != nil {
				return err
			}
		}
		if left == 0 {
			return identity.ErrNotBooked
		}
		return nil
	})
}

// Appointment is a booked place with its venue and slot.
type Appointment struct {
	identity.Booking
	Venue identity.Venue
	Slot  identity.Slot
}

// Of is a person's next appointment; found is false if there is none to come.
func (s *Venues) Of(ctx context.Context, who access.Who, p id.Person) (a Appointment, found bool, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		a, found, err = s.appointment(tx, p)
		return err
	})
	return a, found, err
}

func (c *core) appointment(tx *store.Tx, p id.Person) (a Appointment, found bool, err error) {
	list, err := tx.Identity.Bookings(p)
	for _, b := range list {
		slot, err := tx.Identity.Slot(b.Slot)
		if err != nil {
			return a, false, err
		}
		if slot.Day.Before(c.today()) {
			continue
		}
		v, err := tx.Identity.Venue(slot.Venue)
		return Appointment{b, v, slot}, true, err
	}
	return a, false, err
}

// settle says what becomes of the places of someone who was confirmed on a day.
func (c *core) settle(tx *changing, p id.Person, on day.Date) error {
	list, err := tx.Identity.Bookings(p)
	if err != nil {
		return err
	}
	for _, b := range list {
		slot, err := tx.Identity.Slot(b.Slot)
		if err != nil {
			return err
		}
		after := b.Settled(slot, on)
		if after.State == b.State {
			continue
		}
		after.At, after.By = c.now().UTC(), tx.who.Login
		if err := tx.Identity.SetBooking(after); err != nil {
			return err
		}
	}
	return nil
}

// venueToday is the venue at which someone has a place today, if any: where they are confirmed.
func (c *core) venueToday(tx *store.Tx, p id.Person) (id.Venue, error) {
	list, err := tx.Identity.Bookings(p)
	if err != nil {
		return "", err
	}
	for _, b := range list {
		slot, err := tx.Identity.Slot(b.Slot)
		if err != nil {
			return "", err
		}
		if slot.Day == c.today() {
			return slot.Venue, nil
		}
	}
	return "", nil
}

// Expected is one person expected at a venue.
type Expected struct {
	Person             id.Person
	Name, MaskedNumber string
	State              identity.State
	Slot               identity.Slot
	Came, Late         bool // they were confirmed that day; their time is over and they were not
}

// Expected lists who is expected at a venue on a day, in the order of the slots.
func (s *Venues) Expected(ctx context.Context, who access.Who, v id.Venue, on day.Date) (list []Expected, err error) {
	err = s.look(ctx, who, act.ConfirmIdentity, "", func(tx *store.Tx) error {
		slots, err := tx.Identity.Slots(v, on, on)
		if err != nil {
			return err
		}
		for _, slot := range slots {
			booked, err := tx.Identity.Expected(slot.ID)
			if err != nil {
				return err
			}
			for _, b := range booked {
				w, err := tx.People.Get(b.Person)
				if err != nil {
					return err
				}
				state, err := s.stateAsked(tx, w)
				if err != nil {
					return err
				}
				list = append(list, Expected{
					b.Person, w.Name, identity.Mask(w.Number), state, slot,
					b.State == identity.Came, b.Late(slot, s.today(), minuteOf(s.core)),
				})
			}
		}
		return nil
	})
	return list, err
}
