package hours

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/text"
)

// Course is something that can be studied.
type Course struct {
	ID        id.Course
	Code      string
	Name      string
	Kind      Kind
	Specialty string
	Mode      Mode
	Seconds   int // that it counts for
	HasMark   bool
	Fen       int64 // price
	Retired   bool
	Programme string // that it belongs to; empty of one of before there were several
}

// Class is one face-to-face running of a course (班次).
type Class struct {
	ID          id.Class
	Course      id.Course
	Name        string
	For         string // whom it is for (G-10)
	AnnouncedOn day.Date
	From, To    day.Date
	Place       string
	Capacity    int
}

// Notice says whether a class is announced late: later than Rules.ClassNoticeDays working days
// before it starts (G-10). latest is the last day on which it would have been in time.
type Notice struct {
	Late        bool
	Latest      day.Date
	Provisional bool
	Days        int // working days it has to be announced before
}

// Announced judges a class's notice; cal counts the working days.
func (r Rules) Announced(c Class, cal Calendar) Notice {
	latest, provisional := cal.AddWorking(c.From, -r.ClassNoticeDays)
	return Notice{Late: c.AnnouncedOn.IsZero() || c.AnnouncedOn.After(latest), Latest: latest, Provisional: provisional, Days: r.ClassNoticeDays}
}

// Calendar is what hours needs to know of working days.
type Calendar interface {
	AddWorking(d day.Date, n int) (day.Date, bool)
}

// Attendance is one person's presence at a class: In and Out (签到, 签退).
type Attendance struct {
	Class   id.Class
	Learner id.Person
	On      day.Date
	In, Out time.Time
}

// Seconds present; none without both In and Out.
func (a Attendance) Seconds() int {
	if a.In.IsZero() || a.Out.IsZero() || a.Out.Before(a.In) {
		return 0
	}
	return int(a.Out.Sub(a.In).Seconds())
}

// Noted is a presence once somebody was noted at the door: the first time they came, any time after that
// they went. out says that they went.
func (a Attendance) Noted(at time.Time) (noted Attendance, out bool) {
	if a.In.IsZero() {
		a.In, a.Out = at, time.Time{}
		return a, false
	}
	a.Out = at
	return a, true
}

// Faults of courses and classes.
var (
	ErrUnknownSpecialty = fault.New(fault.Refused, "hours.unknown-specialty")
	ErrClassDates       = fault.New(fault.Refused, "hours.class-dates")
	ErrClassName        = fault.New(fault.Refused, "hours.class-name")
	ErrClassFor         = fault.New(fault.Refused, "hours.class-for")
	ErrNotInClass       = fault.New(fault.Refused, "hours.not-in-class")
	ErrOutBeforeIn      = fault.New(fault.Refused, "hours.out-before-in")
)

// CheckCourse refuses a course nobody could study: without name or hours, for a specialty
// that is not taught, or an elective face to face (G-07).
func (r Rules) CheckCourse(c Course, specialties []string) error {
	switch {
	case c.Name == "":
		return ErrNoCourse
	case c.Kind != Required && c.Kind != Elective:
		return ErrBadKind
	case c.Mode != Online && c.Mode != FaceToFace:
		return ErrBadMode
	case c.Kind == Elective && c.Mode != Online:
		return ErrElectiveOnline
	case !slices.Contains(specialties, c.Specialty):
		return ErrUnknownSpecialty.With(c.Specialty)
	}
	if err := cmp.Or(text.CourseName.Check(c.Name), text.Short.Check(c.Code)); err != nil {
		return err
	}
	return r.Unit().check(c.Seconds)
}

// Check refuses a class without a name, one that does not say whom it is for (G-10), and dates
// the wrong way round.
func (c Class) Check() error {
	switch {
	case strings.TrimSpace(c.Name) == "":
		return ErrClassName
	case strings.TrimSpace(c.For) == "":
		return ErrClassFor
	case c.From.IsZero(), c.To.Before(c.From):
		return ErrClassDates
	}
	return cmp.Or(text.ClassName.Check(c.Name), text.ForWhom.Check(c.For), text.Place.Check(c.Place))
}

// Days refuses a class on days that nobody means.
func (c Class) Days(today day.Date) error {
	return cmp.Or(day.Taught.Check(c.From, today), day.Taught.Check(c.To, today), day.Announced.Check(c.AnnouncedOn, today))
}

// Attend refuses a presence outside the class's days, or an Out before its In.
func (c Class) Attend(a Attendance) error {
	switch {
	case a.On.Before(c.From), a.On.After(c.To):
		return ErrNotInClass.With(c.From, c.To)
	case !a.Out.IsZero() && a.Out.Before(a.In):
		return ErrOutBeforeIn
	}
	return nil
}

// Earned is what a learner's presence at a class is worth: once the last day has In and Out, the
// time present, down to a hundredth of a 学时, up to what the course counts for.
func (r Rules) Earned(c Class, course Course, present []Attendance) (seconds int, done bool) {
	for _, a := range present {
		seconds += a.Seconds()
		done = done || a.On == c.To && a.Seconds() > 0
	}
	return r.Unit().Whole(min(seconds, course.Seconds)), done
}
