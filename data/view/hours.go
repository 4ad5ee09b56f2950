package view

import (
	"time"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/hours"
)

// DraftRow is one record that nobody has handed in.
type DraftRow struct {
	Record       hours.Record
	Name         string
	MaskedNumber string
	PerHour      hours.Unit // one 学时 of the record's programme
}

// Submitted is what was handed in: how many records, and the last day of their review.
type Submitted struct {
	Records int
	Decided day.Date
}

// RecordStep is one act on an hour record: what it said before and what it says after it.
type RecordStep struct {
	At           time.Time
	Act          act.Act
	Who          string
	Was, Now     hours.Entry
	Own          bool   // it was accepted by somebody who wrote it
	Reason, Note string // why it had been returned or withdrawn until then
}

// Record is one hour record with its history, the last act in front.
type Record struct {
	Record  hours.Record
	Gone    bool // it was removed; Record is how it stood last
	Name    string
	PerHour hours.Unit
	Steps   []RecordStep
}

// ReviewRow is one record that waits for review.
type ReviewRow struct {
	Record       hours.Record
	Name         string
	MaskedNumber string
	DaysLeft     int // working days; negative when overdue
	Provisional  bool
	PerHour      hours.Unit // one 学时 of the record's programme
	Own          bool       // whoever looks entered it
	Barred       bool       // and may not decide it
}
