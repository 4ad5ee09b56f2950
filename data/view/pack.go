package view

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/policy"
)

// PackFigure is one figure of a pack, and since when and by which rule it holds.
type PackFigure struct {
	Name, Value, Source string
	Since               day.Date
	Default             bool // the pack says nothing of it: the program's own value
}

// Pack is one policy pack.
type Pack struct {
	ID, Version, Name, NameEn, SHA256 string
	Programme                         string // its id
	Issued, From                      day.Date
	State                             policy.PackState
	Unread                            *fault.Fault // why it can't be read
	Enrolled                          int          // how many enrolments it judges
	InstalledAt                       time.Time
	Sources                           []string // titles of the documents, with who issued them
	Figures                           []PackFigure
}

// Rehearsal is whom a version of a pack would touch, from what to what.
type Rehearsal struct {
	Pack            string // id@version
	Looked, Changed int
	Rows            []RehearsalRow // the first RehearsalRows of them
	More            int            // how many are left out; the spreadsheet has all
}

// RehearsalRow is one thing that would be otherwise for somebody.
type RehearsalRow struct{ Name, MaskedNumber, Main, What, Before, After string }

// FullName is the pack that is looked at, by id@version.
func (p Pack) FullName() string { return p.ID + "@" + p.Version }
