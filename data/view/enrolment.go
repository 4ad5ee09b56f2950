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
	ID, Name            string
	Specialties         []string
	Years, WindowMonths int
}
