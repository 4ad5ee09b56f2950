// Package view is what is gathered for one screen, or one command, from several areas: a person's file, the desk's
// day, a case to be confirmed. A service fills it; it decides nothing and keeps nothing.
package view

import (
	"time"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/way"
)

// Person is everything about one person in one place.
type Person struct {
	ID           id.Person
	Name, Pinyin string
	MaskedNumber string
	Phone, Unit  string         // the phone masked
	State        identity.State // as the programme looked at sees it
	Photo        []byte         // JPEG; none is empty
	Programme    string
	Enrolment    id.Enrolment   // that is looked at
	Programmes   []Programme    // all they are enrolled in; the file shows one at a time
	NoRules      *fault.Fault   // why the rules of that can't be read; nothing is judged then
	OtherWay     *fault.Fault   // why a confirmation that there is does not count in this programme
	Way          []way.Stop     // the way through it, step by step; none where its pack lists no steps
	Plan         hours.Plan     // zero if not enrolled
	Standing     hours.Standing // as it stands today: how far each record has come
	PerHour      hours.Unit     // one 学时
	ReviewDays   int            // working days of a review; 0 without hours
	WindowMonths int            // how long online study is open after a payment; 0 without hours
	Ready        bool
	Provisional  map[id.Record]bool // waiting records whose last day rests on a year whose holidays are not known
	AtHome       bool               // in a store of one's own, where nobody reviews
	Certificates []CertificateRow
	Former       []FormerRow // what was corrected, the latest first
	History      []HistoryRow
	Spoilt       []SpoiltRow // what is left out of all this
}

// SpoiltRow is a row that was changed or damaged outside the program: what it is, as a key of words, and
// its id.
type SpoiltRow struct{ Kind, Key string }

// Programme is one programme somebody is enrolled in.
type Programme struct {
	Enrolment id.Enrolment
	Programme string // its id
	Name      string // with the years, where there are several periods of it
	Hours     bool   // it has study hours
}

// InProgramme is the id of the programme looked at; none of somebody enrolled in nothing.
func (v Person) InProgramme() string {
	for _, p := range v.Programmes {
		if p.Enrolment == v.Enrolment {
			return p.Programme
		}
	}
	return ""
}

// Warned is what has to be known of the programme looked at.
func (v Person) Warned() (list []*fault.Fault) {
	for _, f := range []*fault.Fault{v.NoRules, v.OtherWay} {
		if f != nil {
			list = append(list, f)
		}
	}
	return list
}

// Several reports whether there is a programme to choose.
func (v Person) Several() bool { return len(v.Programmes) > 1 }

// FormerRow is a name or a number that was corrected; it still leads here (G-18).
type FormerRow struct {
	Kind string // "name" or "number"
	Old  string // a number only masked (P-06)
	At   time.Time
}

// Enrolled reports whether the person is enrolled.
func (v Person) Enrolled() bool { return v.Plan.Main != "" }

// Waiting counts the records that wait for review, whether they will count or not.
func (v Person) Waiting() int { return v.Standing.InState(hours.Submitted) }

// Drafts counts the records that nobody has handed in, whether they will count or not.
func (v Person) Drafts() int { return v.Standing.InState(hours.Entered) }

// CertificateRow is one issued certificate.
type CertificateRow struct {
	Number   string
	IssuedOn day.Date
	Copies   int
	Revoked  bool
	Doubted  bool // it is to be revoked: an hour it certifies was withdrawn
}

// HistoryRow is one act of the trail.
type HistoryRow struct {
	At   time.Time
	Act  act.Act
	Who  string
	Desk string
	// Times is how often it was done in a row, 0 for once.
	Times int
	// Decision is what was decided on the person's identity, if that is what was done: how, against
	// which document, where.
	Decision *DecisionRow
}

// PersonRow is one person a search found.
type PersonRow struct {
	ID           id.Person
	Name, Pinyin string
	MaskedNumber string
	Unit         string
	State        identity.State
	Formerly     bool // found by a name or a number that was corrected since
}
