package view

import (
	"slices"

	"xuezheng/data/day"
	"xuezheng/data/id"
)

// TodayItem is one matter that waits at the desk: a person's hours to review, a change to
// decide, an identity to confirm.
type TodayItem struct {
	Area         string // "hours", "amounts", "change", "identity", "face" or "certificate"
	Person       id.Person
	Other        id.Person  // of a face on two records: the other's
	Request      id.Request // of a change
	Certificate  string     // its number, of one that is to be revoked
	Name         string
	MaskedNumber string
	Due          day.Date // none where nothing runs yet
	DaysLeft     int      // working days; negative when overdue
	Provisional  bool     // Due rests on a year whose holidays are not known
	What         string   // key of the matter
	Detail       string   // key of what is known of it, with its Figures
	Figures      []any
}

// Today is the desk's day.
type Today struct {
	Items     []TodayItem  // of hours only the first of each stretch of days
	Waiting   []WaitingDay // of hours, all there are
	PassYear  int          // the month whose list comes next
	PassMonth int
	Passed    int
	PublishOn day.Date
	MayMove   bool // PublishOn is provisional
	ToPublish int  // how many stand on last month's list, if it may be published and is not
	LastMonth int  // whose list that is
	ThisMonth int  // passed in the month of today
	Classes   []TodayClass
	CameIn    []HistoryRow // what came in last
	Drafts    int          // hour records that nobody has handed in
	DraftsOf  int          // how many people's they are
	Sealed    int          // rows of an old store that got their seals just now
	Behind    int64        // numbers by which the store is older than what this machine has seen of it
	Unseen    bool         // this machine can't keep what it sees of the store
	Place     []Warning    // what is to be known of the place where the store is kept
	Mended    int          // records of an old store whose amounts are right again since just now
}

// WaitingDay is how many matters of hours wait that are due on a day; not each is among the items.
type WaitingDay struct {
	Due      day.Date
	DaysLeft int
	Matters  int
}

// Stretch is from one day on to another.
type Stretch struct{ From, To day.Date }

// Stretches are the days on which something waits, as the filters divide them: what is overdue, due
// today, within a week, later. Each is listed by itself, so that no filter shows nothing because of
// what another has much of.
func (v *Today) Stretches() (list []Stretch) {
	last := -1
	for _, w := range v.Waiting {
		kind := 0
		switch {
		case w.DaysLeft > week:
			kind = 3
		case w.DaysLeft > 0:
			kind = 2
		case w.DaysLeft == 0:
			kind = 1
		}
		if kind != last {
			list, last = append(list, Stretch{From: w.Due}), kind
		}
		list[len(list)-1].To = w.Due
	}
	return list
}

// Warning is a sentence about something that is not as it should be, with a hint under Key.hint.
type Warning struct {
	Key     string
	Figures []any
}

// TodayClass is a class that runs today.
type TodayClass struct {
	Name, Place string
	In, Out     int
}

// week is how many working days count as within a week.
const week = 5

// In reports whether a filter lets a matter through: "overdue", "today", "week"; any other lets all.
func (i TodayItem) In(filter string) bool {
	switch filter {
	case "overdue":
		return !i.Due.IsZero() && i.DaysLeft < 0
	case "today":
		return !i.Due.IsZero() && i.DaysLeft == 0
	case "week":
		return !i.Due.IsZero() && i.DaysLeft > 0 && i.DaysLeft <= week
	}
	return true
}

// Sort puts what is due first in front, and what has no day behind all that has.
func (v *Today) Sort() { slices.SortStableFunc(v.Items, ByDue) }

// ByDue puts what is due first in front, and what has no day behind all that has.
func ByDue(a, b TodayItem) int {
	switch {
	case a.Due.IsZero() != b.Due.IsZero():
		if a.Due.IsZero() {
			return 1
		}
		return -1
	case a.Due.Before(b.Due):
		return -1
	case b.Due.Before(a.Due):
		return 1
	}
	return 0
}

// Count is how many matters a filter lets through, also of those that are not listed.
func (v *Today) Count(filter string) int {
	listed, hours := 0, 0
	for _, i := range v.Items {
		if i.In(filter) {
			listed++
			if i.Area == "hours" {
				hours++
			}
		}
	}
	waiting := 0
	for _, w := range v.Waiting {
		if (TodayItem{Due: w.Due, DaysLeft: w.DaysLeft}).In(filter) {
			waiting += w.Matters
		}
	}
	return listed + max(0, waiting-hours)
}

// Worst is how many working days the latest matter is overdue.
func (v *Today) Worst() (days int) {
	for _, i := range v.Items {
		if !i.Due.IsZero() {
			days = max(days, -i.DaysLeft)
		}
	}
	return days
}
