package shell

import (
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// Venues lists the venues.
func (a *asks) Venues() ([]identity.Venue, error) { return a.services.Venues.List(ctx, a.who) }

// PutVenue adds a venue, or changes one.
func (a *asks) PutVenue(v identity.Venue) (identity.Venue, error) {
	return a.services.Venues.Put(ctx, a.who, v)
}

// PlanSlots divides a day at a venue into slots.
func (a *asks) PlanSlots(v id.Venue, on day.Date, from, to, minutes, room int) error {
	_, err := a.services.Venues.Plan(ctx, a.who, v, on, from, to, minutes, room)
	return err
}

// VenueDay is one day of a venue.
func (a *asks) VenueDay(v id.Venue, on day.Date) (d model.VenueDay, err error) {
	if d.Slots, err = a.services.Venues.Slots(ctx, a.who, v, on, on); err != nil {
		return d, err
	}
	list, err := a.services.Venues.Expected(ctx, a.who, v, on)
	for _, e := range list {
		d.Expected = append(d.Expected, model.ExpectedRow{
			Person: e.Person, Name: e.Name, MaskedNumber: e.MaskedNumber, State: e.State, Slot: e.Slot, Came: e.Came, Late: e.Late,
		})
	}
	return d, err
}

// BookSlot gives someone a place.
func (a *asks) BookSlot(p id.Person, slot id.Slot) error {
	return a.services.Venues.Book(ctx, a.who, p, slot, "")
}

// CancelSlot gives someone's place back.
func (a *asks) CancelSlot(p id.Person) error { return a.services.Venues.Cancel(ctx, a.who, p) }

// usesVenues reports whether the institution confirms people on site by appointment: its pack
// gives ticket numbers, or somebody set a venue up.
func (a *asks) usesVenues() bool {
	if a.usesTickets() {
		return true
	}
	list, err := a.Venues()
	return err == nil && len(list) > 0
}

// usesTickets reports whether the pack gives ticket numbers.
func (a *asks) usesTickets() bool {
	pack, err := a.services.Policy.Pack()
	return err == nil && pack.Tickets.Format != ""
}

// OpenVenues shows the venues of confirmation, and whom each expects.
func (d *DeskShell) OpenVenues() { d.openVenues() }

func (d *DeskShell) openVenues() *model.VenueDesk {
	m := model.NewVenueDesk(d.asks, "", d.asks.who.Role.May(act.ChangeVenue), d.Services.Today(), d.Run)
	d.Walk.Go("venue.list", screen.VenueDesk(m, func(r model.ExpectedRow) { d.OpenPerson(r.Person) }), m.Leave)
	return m
}

// venueAt shows today's slot with that place in the day.
func (d *DeskShell) venueAt(i int) {
	m := d.openVenues()
	if i < len(m.Day.Slots) {
		m.Look(m.Day.Slots[i].ID)
	}
}
