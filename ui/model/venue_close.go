package model

import (
	"fmt"

	"xuezheng/data/identity"
)

// closing closes a venue: at once if nobody has a place there, else once it is asked whether those
// people are to lose it.
func (m *VenueDesk) closing(v identity.Venue) {
	var held []ToldRow
	m.Do(func() (err error) { held, err = m.service.Held(v.ID); return err }, func() {
		if len(held) == 0 {
			m.save(v, m.service.PutVenue)
			return
		}
		first, last := held[0].Slot.Day, held[len(held)-1].Slot.Day
		m.Ask("venue.close-ask", func() { m.save(v, m.service.CloseVenue) }, len(held), v.Name, first, last)
	})
}

// CanKeepToTell reports whether there is somebody to tell.
func (m *VenueDesk) CanKeepToTell() bool { return !m.Busy() && len(m.Day.ToTell) > 0 }

// KeepToTell keeps the list of whom to tell, with their phones, as a spreadsheet.
func (m *VenueDesk) KeepToTell() {
	v, ok := m.Venue()
	if !ok || !m.CanKeepToTell() {
		return
	}
	var b []byte
	m.Do(func() (err error) { b, err = m.service.DrawToTell(v); return err }, func() {
		m.files.Keep(fmt.Sprintf("to-tell-%s.xlsx", m.Today), b, func(path string, err error) {
			m.Kept = path
			m.Refuse(err)
		})
	})
}
