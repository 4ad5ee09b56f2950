package hours

import (
	"xuezheng/data/day"
	"xuezheng/data/id"
)

// PassRow is one line of a month's pass list; the number only masked (G-21, P-06).
type PassRow struct {
	Person       id.Person `json:"-"`
	Name         string
	MaskedNumber string
	Unit         string
	Registration string
	Main         string
	Added        []string
	Seconds      int // accepted, that count
	AcceptedOn   day.Date
	Renewal      bool // all buckets met (G-22)
}

// PassList is whom a month accepted (合格名单).
type PassList struct {
	Year, Month int
	PublishOn   day.Date // first working day of the next month (G-21)
	Latest      day.Date // by when what was submitted by now will have been decided; none if nothing waits
	Provisional bool
	Rows        []PassRow
}

// Months is a calendar that also knows how a month begins.
type Months interface {
	Calendar
	FirstWorkingOfMonth(year, month int) (day.Date, bool)
}

// Published is the day on which the list of those accepted in a month is published: the first
// working day of the next month (G-21).
func Published(year, month int, cal Months) (on day.Date, provisional bool) {
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
	first, p2 := Published(earliest.Year(), earliest.Month(), cal)
	last := max(latest, earliest)
	end, p3 := Published(last.Year(), last.Month(), cal)
	return Outlook{LatestDecision: latest, EarliestList: first, LatestList: end, Provisional: p1 || p2 || p3,
		DecisionMayMove: p1, EarliestMayMove: p2, LatestMayMove: p1 || p3}
}

// InMonth reports whether something accepted on that day belongs on that month's list (G-21).
func InMonth(accepted day.Date, year, month int) bool {
	return accepted.Year() == year && accepted.Month() == month
}
