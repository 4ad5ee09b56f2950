package service

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/exchange"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/store"
)

// Put adds a venue, or changes one. Closing one where people hold places is refused: see Close.
func (s *Venues) Put(ctx context.Context, who access.Who, v identity.Venue) (identity.Venue, error) {
	return s.put(ctx, who, v, false)
}

// Close closes a venue for good or for a while. The places people hold there are given up, and they
// stand on the list of ToTell.
func (s *Venues) Close(ctx context.Context, who access.Who, v identity.Venue) (identity.Venue, error) {
	v.Closed = true
	return s.put(ctx, who, v, true)
}

func (s *Venues) put(ctx context.Context, who access.Who, v identity.Venue, told bool) (identity.Venue, error) {
	v.Name = strings.TrimSpace(v.Name)
	if v.Name == "" {
		return v, identity.ErrVenueName
	}
	if err := v.Check(); err != nil {
		return v, err
	}
	if v.ID == "" {
		v.ID = id.New[id.Venue]()
	}
	err := s.do(ctx, who, act.ChangeVenue, func(tx *changing) error {
		before, err := tx.Identity.Venue(v.ID)
		if err != nil && !errors.Is(err, identity.ErrNoVenue) {
			return err
		}
		if err := tx.Identity.AloneAt(v.ID, s.today()); err != nil {
			return err
		}
		held, err := s.bookedAt(tx.Tx, v.ID, identity.Booked)
		if err != nil {
			return err
		}
		if err := identity.Shut(before, v, len(held), told); err != nil {
			return err
		}
		tx.about(string(v.ID), "", "")
		if v.Closed && !before.Closed {
			if err := s.drop(tx, held); err != nil {
				return err
			}
		}
		return tx.Identity.PutVenue(&v)
	})
	return v, err
}

// drop gives up places at a venue that closes.
func (s *Venues) drop(tx *changing, held []identity.Booking) error {
	for _, b := range held {
		b, err := b.Happens(identity.VenueShut, tx.who.Login, s.now().UTC())
		if err != nil {
			return err
		}
		tx.about(string(b.Slot), b.Person, string(b.State))
		if err := tx.Identity.SetBooking(b); err != nil {
			return err
		}
	}
	return nil
}

// bookedAt lists the bookings in that state at a venue whose time is still to come.
func (s *Venues) bookedAt(tx *store.Tx, v id.Venue, state identity.BookingState) (list []identity.Booking, err error) {
	booked, err := tx.Identity.BookedAt(v, s.today(), state)
	for _, b := range booked {
		slot, err := tx.Identity.Slot(b.Slot)
		if err != nil {
			return nil, err
		}
		if s.toCome(slot) {
			list = append(list, b)
		}
	}
	return list, err
}

// Told is somebody to be told that a place at a venue is, or will be, given up.
type Told struct {
	Person                    id.Person
	Name, MaskedNumber, Phone string
	Slot                      identity.Slot
}

// Held lists who holds a place at a venue that is still to come: whom closing it would touch.
func (s *Venues) Held(ctx context.Context, who access.Who, v id.Venue) ([]Told, error) {
	return s.told(ctx, who, v, identity.Booked)
}

// ToTell lists who lost a place at a venue by its closing: until the day is over, they are
// confirmed, or they hold another place.
func (s *Venues) ToTell(ctx context.Context, who access.Who, v id.Venue) ([]Told, error) {
	return s.told(ctx, who, v, identity.Dropped)
}

func (s *Venues) told(ctx context.Context, who access.Who, v id.Venue, state identity.BookingState) (list []Told, err error) {
	err = s.look(ctx, who, act.ConfirmIdentity, "", func(tx *store.Tx) error {
		list = nil
		booked, err := s.bookedAt(tx, v, state)
		if err != nil {
			return err
		}
		for _, b := range booked {
			if state == identity.Dropped {
				if settled, err := s.settled(tx, b.Person); err != nil || settled {
					if err != nil {
						return err
					}
					continue
				}
			}
			one, err := s.toldOf(tx, b)
			if err != nil {
				return err
			}
			list = append(list, one)
		}
		return nil
	})
	return list, err
}

func (s *Venues) toldOf(tx *store.Tx, b identity.Booking) (t Told, err error) {
	p, err := tx.People.Get(b.Person)
	if err != nil {
		return t, err
	}
	t = Told{Person: p.ID, Name: p.Name, MaskedNumber: identity.Mask(p.Number), Phone: p.Phone}
	t.Slot, err = tx.Identity.Slot(b.Slot)
	return t, err
}

// settled reports whether someone needs no word any more: confirmed, or with another place.
func (s *Venues) settled(tx *store.Tx, p id.Person) (bool, error) {
	there, err := tx.People.Get(p)
	if err != nil {
		return true, err
	}
	if state, err := s.stateAsked(tx, there); err != nil || state == identity.Confirmed {
		return true, err
	}
	return s.holdsAnother(tx, p)
}

// Lost is the place someone lost by the closing of a venue, while it matters to them.
func (s *Venues) Lost(ctx context.Context, who access.Who, p id.Person) (a Appointment, found bool, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		if settled, err := s.settled(tx, p); err != nil || settled {
			return err
		}
		list, err := tx.Identity.Dropped(p)
		for _, b := range slices.Backward(list) {
			slot, err := tx.Identity.Slot(b.Slot)
			if err != nil {
				return err
			}
			if !s.toCome(slot) {
				continue
			}
			v, err := tx.Identity.Venue(slot.Venue)
			a, found = Appointment{b, v, slot}, true
			return err
		}
		return err
	})
	return a, found, err
}

// WriteTold writes a spreadsheet of whom to tell, with their phones; languages as on paper.
func (s *Venues) WriteTold(w io.Writer, venue string, list []Told, languages string) error {
	heading := []string{"姓名", "证件号码", "电话", "原约日期", "原约时段"}
	if languages == "en" {
		heading = []string{"Name", "ID number", "Phone", "Day booked", "Time booked"}
	}
	return exchange.WriteTable(w, venue, heading, func(yield func([]string) bool) {
		for _, t := range list {
			if !yield([]string{t.Name, t.MaskedNumber, t.Phone, t.Slot.Day.String(), identity.Clock(t.Slot.From) + "–" + identity.Clock(t.Slot.To)}) {
				return
			}
		}
	})
}
