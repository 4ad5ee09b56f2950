package view

import (
	"time"

	"xuezheng/data/enrolment"
)

// NoticeRow is a notice with when it was read in its present version; never is zero.
type NoticeRow struct {
	NoticeText
	ReadAt time.Time
}

// Enrolment is what is known of one person's enrolments and payments.
type Enrolment struct {
	Enrolled  bool
	Enrolment enrolment.Enrolment
	Payments  []enrolment.Payment
	Unread    []NoticeText // notices that must be read before
	Notices   []NoticeRow  // all there are, to learners and to units, with when they were read
}

// ProgrammeOffer is a programme that one may enrol in.
type ProgrammeOffer struct {
	ID, Name                     string
	Specialties                  []string
	Years, WindowMonths          int
	MaxAdded                     int // how many specialties may be added; 0 for none
	Required, Elective, PerAdded int // 学时 of the main specialty, and of each added one; 0 where there are no hours
}

// Renews reports whether the programme renews a registration: then the certificate of that is asked for.
func (o ProgrammeOffer) Renews() bool { return o.Required+o.Elective > 0 }

// Needed is how many 学时 an enrolment with so many added specialties needs.
func (o ProgrammeOffer) Needed(added int) int { return o.Required + o.Elective + added*o.PerAdded }
