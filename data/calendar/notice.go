// Package calendar is about the State Council's yearly notice of holidays (放假安排): how one is
// written down, whether it can be true, and what it does to deadlines that run.
package calendar

import (
	"slices"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/text"
)

// Notice is one year's notice: the days that are free, and the Saturdays and Sundays that are
// worked (调休上班), each in order and once. It speaks of the whole year; a few days may belong to the
// end of the year before.
type Notice struct {
	Year         int
	Source       string   // its number (国办发明电〔2025〕7号) or its address
	Dated        day.Date // when it was issued
	Free, Worked []day.Date
}

// FirstYear is the first year a notice can be taken in for: since then the statute has three
// lunar holidays beside Spring Festival.
const FirstYear = 2008

const (
	mostWorked   = 14 // make-up days of one year; there were never more than 12
	mostBeyond   = 7  // days given beyond the statute; there were never more than 2
	longestText  = 200
	eveOfTheYear = 12 // a notice may speak of the last days of December before it
	eveFrom      = 20
)

// Faults of a notice. Figures are years, days and the names of holidays.
var (
	ErrNoFree    = fault.New(fault.Refused, "calendar.no-free")
	ErrYear      = fault.New(fault.Refused, "calendar.year")
	ErrSource    = fault.New(fault.Refused, "calendar.source")
	ErrDated     = fault.New(fault.Refused, "calendar.dated")
	ErrOtherYear = fault.New(fault.Refused, "calendar.other-year")
	ErrBoth      = fault.New(fault.Refused, "calendar.both")
	ErrWeekday   = fault.New(fault.Refused, "calendar.weekday-worked")
	ErrStatutory = fault.New(fault.Refused, "calendar.statutory")
	ErrTooFew    = fault.New(fault.Refused, "calendar.too-few")
	ErrTooMany   = fault.New(fault.Refused, "calendar.too-many")
	ErrOlder     = fault.New(fault.Refused, "calendar.older")
	ErrDiffers   = fault.New(fault.Refused, "calendar.differs")
	ErrSame      = fault.New(fault.Refused, "calendar.same")
)

// Days are the notice as a calendar takes it.
func (n Notice) Days() day.Year { return day.Year{Year: n.Year, Free: n.Free, Worked: n.Worked} }

// Check refuses a notice that can't be true: one without a holiday, not out yet, without source or date, or that
// contradicts itself, the week or the statute.
func (n Notice) Check(today day.Date) error {
	switch last := today.Year() + 1; {
	case len(n.Free) == 0:
		return ErrNoFree
	case n.Year < FirstYear || n.Year > last:
		return ErrYear.With(n.Year, FirstYear, last)
	case n.Source == "" || len([]rune(n.Source)) > longestText:
		return ErrSource.With(longestText)
	case n.Dated.Before(day.MustNew(n.Year-1, 1, 1)) || n.Dated.After(min(today, day.MustNew(n.Year, 12, 31))):
		return ErrDated.With(n.Year, day.MustNew(n.Year-1, 1, 1), min(today, day.MustNew(n.Year, 12, 31)))
	}
	if err := text.Source.Check(n.Source); err != nil {
		return err
	}
	if err := n.checkDays(); err != nil {
		return err
	}
	if err := n.checkStatute(); err != nil {
		return err
	}
	return n.checkNumbers()
}

func (n Notice) checkDays() error {
	for _, d := range slices.Concat(n.Free, n.Worked) {
		if d.Year() != n.Year && (d.Year() != n.Year-1 || d.Month() != eveOfTheYear || d.Day() < eveFrom) {
			return ErrOtherYear.With(d, n.Year)
		}
	}
	for _, d := range n.Worked {
		switch {
		case slices.Contains(n.Free, d):
			return ErrBoth.With(d)
		case !weekend(d):
			return ErrWeekday.With(d)
		}
	}
	return nil
}

// checkStatute sees that every statutory day is free.
func (n Notice) checkStatute() error {
	only := (&day.Calendar{}).With(n.Days())
	for _, h := range day.Statutory(n.Year) {
		if only.IsWorking(h.On) {
			return ErrStatutory.With(h.On, "calendar.holiday."+h.Name)
		}
	}
	return nil
}

// checkNumbers weighs the weekdays that are free against the days that are worked for them. What
// falls on a Saturday or Sunday is given on another day, so that the difference is what the
// statute gives; now and then the State Council gives a day more.
func (n Notice) checkNumbers() error {
	given, due := n.Given()
	switch {
	case given < due:
		return ErrTooFew.With(given, due)
	case given > due+mostBeyond, len(n.Worked) > mostWorked:
		return ErrTooMany.With(given, due, len(n.Worked))
	}
	return nil
}

// Given is how many days the notice gives on balance, and how many the statute does. A little
// more than due is unusual, but has been; people should look again.
func (n Notice) Given() (given, due int) {
	for _, d := range n.Free {
		if !weekend(d) {
			given++
		}
	}
	return given - len(n.Worked), len(day.Statutory(n.Year))
}

// Replaces sees that a notice doesn't silently take the place of another for its year: an older
// one, or one whose days differ from those that came with the program (which carry no date).
func (n Notice) Replaces(old Notice) error {
	switch {
	case n.Source == old.Source && n.Dated == old.Dated && n.sameDays(old):
		return ErrSame.With(n.Year)
	case n.Dated.Before(old.Dated):
		return ErrOlder.With(n.Year, n.Dated, old.Dated)
	case old.Dated.IsZero() && !n.sameDays(old):
		return ErrDiffers.With(n.Year)
	}
	return nil
}

// sameDays reports whether both free and work the same days; Saturdays and Sundays are free
// whether they are named or not.
func (n Notice) sameDays(old Notice) bool {
	weekdays := func(list []day.Date) []day.Date {
		return slices.DeleteFunc(slices.Clone(list), weekend)
	}
	return slices.Equal(weekdays(n.Free), weekdays(old.Free)) && slices.Equal(n.Worked, old.Worked)
}

func weekend(d day.Date) bool { return d.Weekday()%6 == 0 }
