package view

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// KioskRow is one kiosk of the institution.
type KioskRow struct {
	ID                 id.Kiosk
	Name               string
	Venue              id.Venue
	VenueName          string
	Days               []KioskDayRow // newest first
	Confirmed, ToClerk int           // results taken in
	Last               time.Time
}

// KioskDayRow is one day's file that was made for a kiosk.
type KioskDayRow struct {
	On     day.Date
	Cases  int
	MadeAt time.Time
}

// KioskTaken is what came of taking a kiosk's results in.
type KioskTaken struct {
	Confirmed, ToClerk, Known, Conflicts, Unread int
	Rows                                         []KioskTakenRow
}

// KioskTakenRow is what came of one visit.
type KioskTakenRow struct {
	Person             id.Person
	Name, MaskedNumber string
	At                 time.Time
	Outcome            identity.KioskOutcome
	Why, Conflict      string // keys; empty for none
	Ticket             string
	Renumbered         bool // confirmed, with another number than the slip's
}
