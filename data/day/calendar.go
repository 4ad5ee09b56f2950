package day

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"
)

// Calendar knows which days are worked (工作日): the State Council's holidays and its make-up
// Saturdays and Sundays. In a year whose notice is not out yet, Monday to Friday are taken to be
// worked, but for the days that the statute makes free in every year; what depends on such a year
// is provisional (暂定). A calendar that is in use is never changed: With makes another.
type Calendar struct {
	years map[int]yearDays
}

// yearDays are the days that a year's notice speaks of.
type yearDays struct {
	free   map[Date]bool
	worked map[Date]bool
}

// Year is one year's notice: the days that are free, Saturdays and Sundays among them or not, and
// the Saturdays and Sundays that are worked. A few may belong to the end of the year before.
type Year struct {
	Year         int
	Free, Worked []Date
}

// ErrBadCalendar is for a calendar file that can't be read.
var ErrBadCalendar = errors.New("not a calendar of working days")

// maxCalendar is the largest calendar file taken, in bytes.
const maxCalendar = 1 << 20

// ReadCalendar reads years from JSON: {"years":{"2026":{"free":["0101"],"working":["0104"]}}}.
func ReadCalendar(r io.Reader) (*Calendar, error) {
	var file struct {
		Years map[string]struct{ Free, Working []string }
	}
	if err := json.NewDecoder(io.LimitReader(r, maxCalendar)).Decode(&file); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadCalendar, err)
	}
	c := &Calendar{years: map[int]yearDays{}}
	for text, y := range file.Years {
		year, err := strconv.Atoi(text)
		if err != nil || year < 1950 || year > 2200 {
			return nil, fmt.Errorf("%w: year %q", ErrBadCalendar, text)
		}
		free, err := datesOf(year, y.Free)
		if err != nil {
			return nil, err
		}
		worked, err := datesOf(year, y.Working)
		if err != nil {
			return nil, err
		}
		c.years[year] = yearDays{setOf(free), setOf(worked)}
	}
	return c, nil
}

// With is the calendar with a year added, or replaced.
func (c *Calendar) With(y Year) *Calendar {
	years := make(map[int]yearDays, len(c.years)+1)
	maps.Copy(years, c.years)
	years[y.Year] = yearDays{setOf(y.Free), setOf(y.Worked)}
	return &Calendar{years}
}

// Years lists the years that are known, in order, and the days of each.
func (c *Calendar) Years() (list []Year) {
	for year, y := range c.years {
		list = append(list, Year{year, slices.Sorted(maps.Keys(y.free)), slices.Sorted(maps.Keys(y.worked))})
	}
	slices.SortFunc(list, func(a, b Year) int { return a.Year - b.Year })
	return list
}

func setOf(days []Date) map[Date]bool {
	set := make(map[Date]bool, len(days))
	for _, d := range days {
		set[d] = true
	}
	return set
}

func datesOf(year int, list []string) ([]Date, error) {
	var dates []Date
	for _, s := range list {
		n, err := strconv.Atoi(s)
		if err != nil || len(s) != 4 {
			return nil, fmt.Errorf("%w: day %q", ErrBadCalendar, s)
		}
		d, err := New(year, n/100, n%100)
		if err != nil {
			return nil, fmt.Errorf("%w: day %q", ErrBadCalendar, s)
		}
		dates = append(dates, d)
	}
	return dates, nil
}

// Published reports whether the holidays of that year are known.
func (c *Calendar) Published(year int) bool {
	_, ok := c.years[year]
	return ok
}

// Provisional reports whether the way from one day to another, not counting the first, touches a
// year whose holidays are not known: what was counted on it may still move.
func (c *Calendar) Provisional(from, to Date) bool {
	first, last := min(from, to), max(from, to)
	if first < last {
		first = first.AddDays(1)
	}
	for year := first.Year(); year <= last.Year(); year++ {
		if !c.Published(year) {
			return true
		}
	}
	return false
}

// IsWorking reports whether d is a working day. The notice of the year after it may speak of its
// last days (29 December 2018 was worked by the notice for 2019), and is the later word.
func (c *Calendar) IsWorking(d Date) bool {
	for _, year := range [2]int{d.Year() + 1, d.Year()} {
		switch y := c.years[year]; {
		case y.worked[d]:
			return true
		case y.free[d]:
			return false
		}
	}
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return false
	}
	return c.Published(d.Year()) || !isStatutory(d)
}

// AddWorking returns the day n working days after d, not counting d itself; before it for
// negative n. It is provisional if the way touches a year that is not published.
func (c *Calendar) AddWorking(d Date, n int) (day Date, provisional bool) {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d = d.AddDays(step)
		provisional = provisional || !c.Published(d.Year())
		if c.IsWorking(d) {
			n--
		}
	}
	return d, provisional
}

// WorkingBetween counts the working days from the day after from up to and including to: what
// is left until a deadline. It is negative when to is past: the working days overdue.
func (c *Calendar) WorkingBetween(from, to Date) (n int, provisional bool) {
	if to < from {
		n, provisional = c.WorkingBetween(to, from)
		return -n, provisional
	}
	for d := from; d < to; {
		d = d.AddDays(1)
		provisional = provisional || !c.Published(d.Year())
		if c.IsWorking(d) {
			n++
		}
	}
	return n, provisional
}

// NextWorking is d if it is worked, else the next day that is; provisional if the way to it
// touches a year that is not published.
func (c *Calendar) NextWorking(d Date) (day Date, provisional bool) {
	provisional = !c.Published(d.Year())
	for !c.IsWorking(d) {
		d = d.AddDays(1)
		provisional = provisional || !c.Published(d.Year())
	}
	return d, provisional
}

// FirstWorkingOfMonth is the first working day of a month.
func (c *Calendar) FirstWorkingOfMonth(year, month int) (day Date, provisional bool) {
	return c.NextWorking(MustNew(year, month, 1))
}
