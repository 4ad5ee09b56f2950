// Package hours holds the rules for study hours (学时): what counts, in which bucket, who may
// accept it, and what a learner still lacks.
package hours

import (
	"cmp"
	"slices"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/text"
)

// Kind is the kind of a course's hours: 必修 or 选修.
type Kind string

// The two kinds.
const (
	Required Kind = "required"
	Elective Kind = "elective"
)

// Mode is how a course is studied: 网络 or 面授.
type Mode string

// The two modes.
const (
	Online     Mode = "online"
	FaceToFace Mode = "face-to-face"
)

// Source says where a record came from.
type Source string

// The sources of a record.
const (
	FromDesk   Source = "desk"
	FromImport Source = "import"
	FromClass  Source = "class"
)

// State is where a record stands on its way to being accepted.
type State string

// The states of a record; review.go has the way through them.
const (
	Entered   State = "entered"
	Submitted State = "submitted"
	Accepted  State = "accepted"
	Returned  State = "returned"
	Withdrawn State = "withdrawn" // accepted once, and no longer
)

// Entry is what someone writes down about one stretch of study.
type Entry struct {
	Learner   id.Person
	Enrolment id.Enrolment
	Course    string // its name as taught; a course counts once per period
	Kind      Kind
	Specialty string
	Mode      Mode
	Seconds   int      // 1 学时 is Rules.Unit seconds
	PaidOn    day.Date // when the course was paid for; opens the window of G-09
	On        day.Date // completion
	// MarkTenths is the mark in tenths of a point, 0 to 1000; only if HasMark.
	MarkTenths int
	HasMark    bool
	Evidence   string // what proves it: a class list's number, a platform's record number
	Source     Source
}

// Record is one study-hour record (学时记录).
type Record struct {
	ID  id.Record
	Seq int64 // order of entry within the store
	Entry
	State       State
	EnteredAt   time.Time
	EnteredBy   id.Login // none for what older programs entered
	SubmittedOn day.Date
	Due         day.Date // last day of the review, G-20
	DecidedAt   time.Time
	DecidedBy   id.Login
	Reason      string // coded, when returned or withdrawn
	Note        string
	Version     int // rises with every change, so that two clerks can't overwrite each other
}

// Faults of entering hours.
var (
	ErrFuture         = fault.New(fault.Refused, "hours.future")
	ErrNoCourse       = fault.New(fault.Refused, "hours.no-course")
	ErrNoAmount       = fault.New(fault.Refused, "hours.no-amount")
	ErrTooLong        = fault.New(fault.Refused, "hours.too-long")
	ErrBadKind        = fault.New(fault.Refused, "hours.bad-kind")
	ErrBadMode        = fault.New(fault.Refused, "hours.bad-mode")
	ErrBadMark        = fault.New(fault.Refused, "hours.bad-mark")
	ErrNoDate         = fault.New(fault.Refused, "hours.no-date")
	ErrAddedRequired  = fault.New(fault.Refused, "hours.added-required")
	ErrOtherSpecialty = fault.New(fault.Refused, "hours.other-specialty")
	ErrElectiveOnline = fault.New(fault.Refused, "hours.elective-online")
	ErrSameTwice      = fault.New(fault.Refused, "hours.same-twice")
)

// Enter returns the record for e, or the first rule it breaks. already is what that day counts
// so far, in seconds. Whether it counts is another matter: see Standing.
func (r Rules) Enter(e Entry, already int, today day.Date) (Record, error) {
	if err := r.check(e, already, today); err != nil {
		return Record{}, err
	}
	return Record{ID: id.New[id.Record](), Entry: e, State: Entered, Version: 1}, nil
}

func (r Rules) check(e Entry, already int, today day.Date) error {
	switch {
	case e.Course == "":
		return ErrNoCourse
	case e.Kind != Required && e.Kind != Elective:
		return ErrBadKind
	case e.Mode != Online && e.Mode != FaceToFace:
		return ErrBadMode
	case e.On.IsZero():
		return ErrNoDate
	case e.On.After(today):
		return ErrFuture.With(e.On)
	case e.HasMark && (e.MarkTenths < 0 || e.MarkTenths > mostTenths):
		return ErrBadMark
	case r.MaxMinutesPerDay > 0 && already+e.Seconds > r.MaxMinutesPerDay*60:
		return ErrTooLong.With(r.MaxMinutesPerDay)
	}
	if err := cmp.Or(day.Completed.Check(e.On, today), day.Paid.Check(e.PaidOn, today)); err != nil {
		return err
	}
	if err := cmp.Or(text.CourseName.Check(e.Course), text.Short.Check(e.Specialty), text.Evidence.Check(e.Evidence)); err != nil {
		return err
	}
	return r.Unit().check(e.Seconds)
}

// SignUp refuses a course the learner must not sign up for: required hours for an added
// specialty (G-04), electives face to face (G-07), a specialty that is not theirs. Hours that
// arrive all the same are kept and not counted.
func (r Rules) SignUp(e Entry, p Plan) error {
	switch {
	case e.Specialty != p.Main && !slices.Contains(p.Added, e.Specialty):
		return ErrOtherSpecialty.With(e.Specialty)
	case e.Kind == Required && e.Specialty != p.Main:
		return ErrAddedRequired.With(e.Specialty)
	case e.Kind == Elective && e.Mode != Online:
		return ErrElectiveOnline
	}
	return nil
}
