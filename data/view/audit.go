package view

import (
	"time"

	"xuezheng/data/act"
	"xuezheng/data/day"
)

// AuditRow is one line of the trail.
type AuditRow struct {
	At           time.Time
	Act          act.Act
	Who, Machine string
	Person       string // name, where there is one still
	Detail       string // codes only
}

// AuditFilter chooses lines; what is empty chooses all.
type AuditFilter struct {
	Person, Login string
	Act           act.Act
	From, To      day.Date
}

// LostLines are the lines of a chain of the trail that this machine saw and the store is without.
type LostLines struct {
	Chain    string
	From, To int64
}
