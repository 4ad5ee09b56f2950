package view

import (
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/identity"
)

// Confirm is what the way to being confirmed is made of, under a pack that asks for materials,
// confirms online or gives ticket numbers (H-04 to H-18).
type Confirm struct {
	There     bool // the pack has such a way
	Online    bool // it may be done at home (H-12)
	Tickets   bool // numbers are given
	Materials []enrolment.MaterialStanding
	Failed    int // tries online that failed since the last return
	Most      int // of them, after which one comes in person
	SentOn    day.Date
	Reasons   []identity.Reason // why it was sent back, if it was
	Note      string
	Mended    map[string]bool // what was done since: "material", "data"
	Booked    *Appointment
	Numbers   []enrolment.Ticket // void ones are left out
}

// Appointment is a booked place at a venue.
type Appointment struct {
	Venue    identity.Venue
	Day      day.Date
	From, To int // minutes of the day
}

// Time is when it is, as 09:30–10:00.
func (a Appointment) Time() string { return identity.Clock(a.From) + "–" + identity.Clock(a.To) }

// Lacking counts the materials that are not there, or have lapsed.
func (v Confirm) Lacking() (n int) {
	for _, s := range v.Materials {
		if !s.Requirement.Optional && (s.State == enrolment.MaterialMissing || s.State == enrolment.MaterialExpired) {
			n++
		}
	}
	return n
}

// Left is how many tries online are left.
func (v Confirm) Left() int { return max(0, v.Most-v.Failed) }

// Number is the ticket number to be used: the one chosen, or the only one; "" while there is none,
// or one is still to be chosen.
func (v Confirm) Number() string {
	for _, t := range v.Numbers {
		if t.State == enrolment.TicketLocked {
			return t.Number
		}
	}
	if len(v.Numbers) == 1 {
		return v.Numbers[0].Number
	}
	return ""
}

// Mend names what the first reason for a return asks for that was not seen to yet.
func (v Confirm) Mend() string {
	for _, r := range v.Reasons {
		switch {
		case r.OfPhoto():
			return "mend-photo"
		case (r == "name-differs" || r == "number-differs") && !v.Mended["data"]:
			return "mend-data"
		case strings.HasPrefix(string(r), "document") && !v.Mended["material"]:
			return "mend-material"
		}
	}
	if !v.Online {
		return "mend-at-venue"
	}
	return "mend-online"
}

// Warned are the materials whose last day is near or past, the nearest first as they stand.
func (v Confirm) Warned() (list []enrolment.MaterialStanding) {
	for _, s := range v.Materials {
		if !s.By.Expires.IsZero() && s.State != enrolment.MaterialMet {
			list = append(list, s)
		}
	}
	return list
}
