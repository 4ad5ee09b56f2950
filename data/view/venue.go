package view

import (
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// Venue is where and when someone may come, and when they do.
type Venue struct {
	State  identity.State
	Venues []identity.Venue
	Booked *Appointment
	Lost   *Appointment // given up, for its venue closed
	Phone  string       // of the institution
}

// ToldRow is somebody to be told that their place at a venue is given up.
type ToldRow struct {
	Person                    id.Person
	Name, MaskedNumber, Phone string
	Slot                      identity.Slot
}

// ExpectedRow is one person expected at a venue.
type ExpectedRow struct {
	Person             id.Person
	Name, MaskedNumber string
	State              identity.State
	Slot               identity.Slot
	Came, Late         bool
}

// VenueDay is one day of a venue: its slots, and who is expected in them.
type VenueDay struct {
	Slots    []identity.Slot
	Expected []ExpectedRow
	ToTell   []ToldRow // who lost a place here, on any day, and holds no other
}
