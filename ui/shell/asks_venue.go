package shell

import (
	"bytes"
	"slices"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/policy"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// Venues lists the venues.
func (a *asks) Venues() ([]identity.Venue, error) { return a.services.Venues.List(ctx, a.who) }

// PutVenue adds a venue, or changes one.
func (a *asks) PutVenue(v identity.Venue) (identity.Venue, error) {
	return a.services.Venues.Put(ctx, a.who, v)
}

// Held lists whom closing a venue would cost their place.
func (a *asks) Held(v id.Venue) ([]model.ToldRow, error) {
	list, err := a.services.Venues.Held(ctx, a.who, v)
	return toldRows(list), err
}

// CloseVenue closes a venue and gives up the places people hold there.
func (a *asks) CloseVenue(v identity.Venue) (identity.Venue, error) {
	return a.services.Venues.Close(ctx, a.who, v)
}

// DrawToTell writes whom to tell that their place is given up as a spreadsheet.
func (a *asks) DrawToTell(v identity.Venue) ([]byte, error) {
	list, err := a.services.Venues.ToTell(ctx, a.who, v.ID)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = a.services.Venues.WriteTold(&b, v.Name, list, a.book.Language())
	return b.Bytes(), err
}

func toldRows(list []service.Told) []model.ToldRow {
	rows := make([]model.ToldRow, len(list))
	for i, t := range list {
		rows[i] = model.ToldRow{Person: t.Person, Name: t.Name, MaskedNumber: t.MaskedNumber, Phone: t.Phone, Slot: t.Slot}
	}
	return rows
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
	if err != nil {
		return d, err
	}
	told, err := a.services.Venues.ToTell(ctx, a.who, v)
	d.ToTell = toldRows(told)
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

// usesTickets reports whether any programme gives ticket numbers.
func (a *asks) usesTickets() bool {
	return slices.ContainsFunc(a.services.Policy.InForce(), func(p *policy.Pack) bool { return p.Tickets.Format != "" })
}

// OpenVenues shows the venues of confirmation, and whom each expects.
func (d *DeskShell) OpenVenues() { d.openVenues() }

func (d *DeskShell) openVenues() *model.VenueDesk {
	m := model.NewVenueDesk(d.asks, d.Files(), "", d.asks.who.Role.May(act.ChangeVenue), d.Services.Today(), d.Run)
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
