package session

import (
	"bytes"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/data/view"
)

// VenuesAs is Venues, bound to who asks.
//
//as:forward Venues=List PutVenue=Put CloseVenue=Close PlanSlots=Plan! CancelSlot=Cancel
type VenuesAs struct{ as }

// ExpectedAt is how many have a place at a venue on a day and are still to be confirmed.
func (a VenuesAs) ExpectedAt(v id.Venue, on day.Date) (n int, err error) {
	list, err := a.services.Venues.Expected(a.ctx, a.who, v, on)
	for _, e := range list {
		if !e.Came {
			n++
		}
	}
	return n, err
}

// Held lists whom closing a venue would cost their place.
func (a VenuesAs) Held(v id.Venue) ([]view.ToldRow, error) {
	list, err := a.services.Venues.Held(a.ctx, a.who, v)
	return toldRows(list), err
}

// DrawToTell writes whom to tell that their place is given up as a spreadsheet.
func (a VenuesAs) DrawToTell(v identity.Venue) ([]byte, error) {
	list, err := a.services.Venues.ToTell(a.ctx, a.who, v.ID)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = a.services.Venues.WriteTold(&b, v.Name, list, a.language())
	return b.Bytes(), err
}

func toldRows(list []service.Told) []view.ToldRow {
	rows := make([]view.ToldRow, len(list))
	for i, t := range list {
		rows[i] = view.ToldRow{Person: t.Person, Name: t.Name, MaskedNumber: t.MaskedNumber, Phone: t.Phone, Slot: t.Slot}
	}
	return rows
}

// VenueDay is one day of a venue.
func (a VenuesAs) VenueDay(v id.Venue, on day.Date) (d view.VenueDay, err error) {
	if d.Slots, err = a.services.Venues.Slots(a.ctx, a.who, v, on, on); err != nil {
		return d, err
	}
	list, err := a.services.Venues.Expected(a.ctx, a.who, v, on)
	for _, e := range list {
		d.Expected = append(d.Expected, view.ExpectedRow{
			Person: e.Person, Name: e.Name, MaskedNumber: e.MaskedNumber, State: e.State, Slot: e.Slot, Came: e.Came, Late: e.Late,
		})
	}
	if err != nil {
		return d, err
	}
	told, err := a.services.Venues.ToTell(a.ctx, a.who, v)
	d.ToTell = toldRows(told)
	return d, err
}

// BookSlot gives someone a place.
func (a VenuesAs) BookSlot(p id.Person, slot id.Slot) error {
	return a.services.Venues.Book(a.ctx, a.who, p, slot, "")
}
