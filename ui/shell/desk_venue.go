package shell

import (
	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// OpenVenues shows the venues of confirmation, and whom each expects.
func (d *DeskShell) OpenVenues() { d.openVenues() }

func (d *DeskShell) openVenues() *model.VenueDesk {
	m := model.NewVenueDesk(d.asks.venues(), d.Files(), "", d.asks.who.Role.May(act.ChangeVenue), d.Services.Today(), d.Run)
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
