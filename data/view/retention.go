package view

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
)

// DueRow is one kind of data with how much of it has been kept long enough (P-02).
type DueRow struct {
	Kind   string // worded as "retention.kind.<code>"
	Months int    // how long it is kept, at the longest
	Least  int    // and at the shortest: each enrolment's own pack decides
	Before day.Date
	Rows   int
	People int
}

// DuePerson is somebody of whom something is due.
type DuePerson struct {
	Person             id.Person
	Name, MaskedNumber string // empty of somebody deleted before
	Last               time.Time
	Rows               int
}
