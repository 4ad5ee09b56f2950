package day

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
)

// Calendar knows which days are worked (工作日): the State Council's holidays and its make-up
// Saturdays and Sundays. In a year that is not published yet, Monday to Friday are taken to be
// worked, and what depends on it is provisional.
type Calendar struct {
	published map[int]bool
	free      map[Date]bool // weekdays that are free
	worked    map[Date]bool // Saturdays and Sundays that are worked
}

// ErrBadCalendar is for a calendar file that can't be read.
var ErrBadCalendar = errors.New("not a calendar of working days")

// maxCalendar is the largest calendar file taken, in bytes.
const maxCalendar = 1 << 20

// ReadCalendar reads years from JSON: {"years":{"2026":{"free":["0101"],"working":["0104"]}}}.
func ReadCalendar(r io.Reader) (*Calendar, error) {
	c := &Calendar{published: map[int]bool{}, free: map[Date]bool{}, worked: map[Date]bool{}}
	return c, c.Load(r)
}

// Load adds years, or replaces those it has: an institution can load a year that was published
// after the program was made.
func (c *Calendar) Load(r io.Reader) error {
	var file struct {
		Years map[string]struct{ Free, Working []string }
	}
	if err := json.NewDecoder(io.LimitReader(r, maxCalendar)).Decode(&file); err != nil {
		return fmt.Errorf("%w: %w", ErrBadCalendar, err)
	}
	for text, y := range file.Years {
		year, err := strconv.Atoi(text)
		if err != nil || year < 1950 || year > 2200 {
			return fmt.Errorf("%w: year %q", ErrBadCalendar, text)
		}
		free, err := datesOf(year, y.Free)
		if err != nil {
			return err
		}
		worked, err := datesOf(year, y.Working)
		if err != nil {
			return err
		}
		c.replace(year, free, worked)
	}
	return nil
}

func (c *Calendar) replace(year int, free, worked []Date) {
	for _, m := range []map[Date]bool{c.free, c.worked} {
		for d := range m {
			if d.Year() == year {
				delete(m, d)
			}
		}
	}
	for _, d := range free {
		c.free[d] = true
	}
	for _, d := range worked {
		c.worked[d] = true
	}
	c.published[year] = true
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
func (c *Calendar) Published(year int) bool { return c.published[year] }

// IsWorking reports whether d is a working day.
func (c *Calendar) IsWorking(d Date) bool {
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return c.worked[d]
	}
	return !c.free[d]
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
		provisional = provisional || !c.published[d.Year()]
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
		provisional = provisional || !c.published[d.Year()]
		if c.IsWorking(d) {
			n++
		}
	}
	return n, provisional
}

// NextWorking is d if it is worked, else the next day that is.
func (c *Calendar) NextWorking(d Date) (day Date, provisional bool) {
	for !c.IsWorking(d) {
		d = d.AddDays(1)
	}
	return d, !c.published[d.Year()]
}

// FirstWorkingOfMonth is the first working day of a month.
func (c *Calendar) FirstWorkingOfMonth(year, month int) (day Date, provisional bool) {
	return c.NextWorking(MustNew(year, month, 1))
}
