package hours

import (
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// PassState is where a month's pass list stands (G-21); worded as "hours.pass-list.state.<code>".
type PassState string

// The states of a month's list.
const (
	Preview   PassState = "preview"   // the month is not over: who is on it may still change
	Over      PassState = "over"      // the month is over, and nobody has published its list yet
	Published PassState = "published" // frozen, with its figures
)

// PassRow is one line of a month's pass list; the number only masked (G-21, P-06). A person has one
// for each registration period of which something was accepted in the month.
type PassRow struct {
	Person       id.Person    `json:"-"`
	Enrolment    id.Enrolment `json:"-"`
	Records      []id.Record  `json:"-"` // what the month accepted
	Name         string
	MaskedNumber string
	Unit         string
	Registration string
	Main         string
	Added        []string
	Seconds      int // accepted by then in the whole period, that count
	Needed       int // seconds the whole period needs, in all buckets
	AcceptedOn   day.Date
	Renewal      bool   // all buckets met: renewal ready (G-22)
	Pack         string `json:"-"` // id@version that judged it
	Programme    string // its name
	PerHour      Unit   // one 学时 of its programme
	Withdrawn    int    // of a published list: how many of Records were taken back since
	Deleted      bool   // the person was deleted since: who they were is not kept, only the figures (P-05)
}

// PassLeft is somebody who is not on a month's list because a record of theirs is not as the program
// wrote it: changed or damaged outside the program.
type PassLeft struct {
	Person       id.Person `json:"person"`
	Name         string    `json:"-"` // empty where that is not known
	MaskedNumber string    `json:"-"`
	Kind         string    `json:"kind"` // of the record, as the tables are called
	Record       string    `json:"record"`
	Deleted      bool      `json:"-"` // the person was deleted since
}

// PassList is whose hours a month accepted (学时审核通过名单): no more than that, so that nobody reads it
// as a list of those who are done.
type PassList struct {
	Year, Month int
	State       PassState
	PublishOn   day.Date // first working day of the next month (G-21)
	PublishedOn day.Date // none while it is not published
	PublishedBy string   // name of the login
	Latest      day.Date // by when what was submitted by now will have been decided; none if nothing waits
	Provisional bool     // PublishOn lies in a year whose holidays are not known yet
	Rows        []PassRow
	Left        []PassLeft `json:",omitempty"` // who is not on it, and for which record
}

// LeftPeople is how many people are left out.
func (l PassList) LeftPeople() int {
	of := map[id.Person]bool{}
	for _, x := range l.Left {
		of[x.Person] = true
	}
	return len(of)
}

// People is how many people stand on it: who studies in two programmes has two lines, and is one.
func (l PassList) People() (n int) {
	of := map[id.Person]bool{}
	for _, x := range l.Rows {
		if x.Person == "" || !of[x.Person] {
			n++
		}
		of[x.Person] = true
	}
	return n
}

// Faults of publishing.
var (
	ErrMonthRuns     = fault.New(fault.Refused, "hours.month-runs")
	ErrPublishOnDay  = fault.New(fault.Refused, "hours.publish-on-day")
	ErrListPublished = fault.New(fault.Refused, "hours.list-published")
	ErrNoMonth       = fault.New(fault.Refused, "hours.no-month")
)

// Years of which there are lists: the last one leaves room for the day on which its December is published.
const firstYear, lastYear = 1990, 9998

// Month is the first day of a month of which there may be a list; ErrNoMonth for any other.
func Month(year, month int) (day.Date, error) {
	first, err := day.New(year, month, 1)
	if err != nil || year < firstYear || year > lastYear {
		return 0, ErrNoMonth.With(firstYear, lastYear)
	}
	return first, nil
}

// Unpublished is where a month's list stands that nobody has published.
func Unpublished(year, month int, today day.Date) PassState {
	if today.Before(day.MustNew(year, month, 1).AddMonths(1)) {
		return Preview
	}
	return Over
}

// Publish freezes the list, as of today. G-21 names the day: the first working day of the next month.
// Before it the list is refused, on the days between too; later it is late, and taken.
func (l PassList) Publish(today day.Date) (PassList, error) {
	switch {
	case l.State == Published:
		return l, ErrListPublished
	case Unpublished(l.Year, l.Month, today) == Preview:
		return l, ErrMonthRuns.With(l.Year, l.Month, l.PublishOn, l.mayMove())
	case today.Before(l.PublishOn):
		return l, ErrPublishOnDay.With(l.PublishOn, l.mayMove())
	}
	l.State, l.PublishedOn, l.Latest = Published, today, 0
	return l, nil
}

// mayMove is what stands behind PublishOn where it is provisional: a key of words, or nothing.
func (l PassList) mayMove() string {
	if l.Provisional {
		return "date.may-move"
	}
	return ""
}

// CanPublish reports whether the list may be published today.
func (l PassList) CanPublish(today day.Date) bool {
	_, err := l.Publish(today)
	return err == nil
}

// Months is a calendar that also knows how a month begins.
type Months interface {
	Calendar
	FirstWorkingOfMonth(year, month int) (day.Date, bool)
}

// PublishDay is the day on which the list of those accepted in a month is published: the first
// working day of the next month (G-21).
func PublishDay(year, month int, cal Months) (on day.Date, provisional bool) {
	next := day.MustNew(year, month, 1).AddMonths(1)
	return cal.FirstWorkingOfMonth(next.Year(), next.Month())
}

// Outlook is what a learner sees while waiting: by when the review is decided, and when their
// name stands on a pass list at the earliest and at the latest (G-20, G-21).
type Outlook struct {
	LatestDecision day.Date
	EarliestList   day.Date // if accepted today
	LatestList     day.Date // if accepted on the last day of the review
	Provisional    bool     // a year on the way has no published holidays yet

	DecisionMayMove, EarliestMayMove, LatestMayMove bool // which of the three
}

// Outlook of records submitted on that day, as seen today.
func (r Rules) Outlook(submitted, today day.Date, cal Months) Outlook {
	latest, p1 := cal.AddWorking(submitted, r.ReviewDays)
	earliest := max(submitted, today)
	first, p2 := PublishDay(earliest.Year(), earliest.Month(), cal)
	last := max(latest, earliest)
	end, p3 := PublishDay(last.Year(), last.Month(), cal)
	return Outlook{LatestDecision: latest, EarliestList: first, LatestList: end, Provisional: p1 || p2 || p3,
		DecisionMayMove: p1, EarliestMayMove: p2, LatestMayMove: p1 || p3}
}
