package view

import (
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
)

// Way is what a learner's way is made of.
type Way struct {
	Person
	Payments []enrolment.Payment
	Unread   int           // notices still to be read
	Changes  []WayChange   // what was asked for and is not decided
	Outlook  hours.Outlook // of what is submitted today
	Lists    day.Date      // when the list of this month's passes is published
	ListsMay bool          // Lists is provisional
	Confirm  Confirm       // the way to being confirmed, where the pack has one of its own
}

// WayChange is a change that was asked for.
type WayChange struct {
	What        string // key
	Due         day.Date
	Provisional bool
}
