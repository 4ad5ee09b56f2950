// Package day holds dates as people write them, working days (工作日) by the State Council's
// calendar, and deadlines counted in them. All days are days in Shanghai.
package day

import (
	"errors"
	"fmt"
	"time"
)

// Date is one day, written as the number YYYYMMDD so that dates compare with < and sort as
// text; the zero Date means none.
type Date int32

// Shanghai is where every day begins and ends, whatever the machine's own clock says.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// ErrNotADate is for text or figures that name no day of the calendar.
var ErrNotADate = errors.New("not a date")

// New returns the date of that year, month and day, or ErrNotADate.
func New(year, month, dayOfMonth int) (Date, error) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysIn(year, month) {
		return 0, ErrNotADate
	}
	return Date(year*10000 + month*100 + dayOfMonth), nil
}

// MustNew is New for dates written in the program itself; it panics on what is no date.
func MustNew(year, month, dayOfMonth int) Date {
	d, err := New(year, month, dayOfMonth)
	if err != nil {
		panic(err)
	}
	return d
}

// Of returns the day in Shanghai at moment t.
func Of(t time.Time) Date {
	y, m, d := t.In(Shanghai).Date()
	return Date(y*10000 + int(m)*100 + d)
}

// Parse reads 2026-11-22, exactly.
func Parse(s string) (Date, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return 0, ErrNotADate
	}
	return New(t.Year(), int(t.Month()), t.Day())
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == 0 }

// Year, Month and Day are its parts.
func (d Date) Year() int { return int(d) / 10000 }

// Month is 1 to 12.
func (d Date) Month() int { return int(d) / 100 % 100 }

// Day is the day of the month, 1 to 31.
func (d Date) Day() int { return int(d) % 100 }

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d < e }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d > e }

// Start is its first moment.
func (d Date) Start() time.Time {
	return time.Date(d.Year(), time.Month(d.Month()), d.Day(), 0, 0, 0, 0, Shanghai)
}

// Weekday is its day of the week.
func (d Date) Weekday() time.Weekday { return d.Start().Weekday() }

// AddDays returns the date n days later, or earlier for negative n.
func (d Date) AddDays(n int) Date { return Of(d.Start().AddDate(0, 0, n)) }

// AddMonths returns the same day of the month n months later; where that month is shorter,
// its last day.
func (d Date) AddMonths(n int) Date {
	months := d.Year()*12 + d.Month() - 1 + n
	y, m := months/12, months%12+1
	return Date(y*10000 + m*100 + min(d.Day(), daysIn(y, m)))
}

// AddYears is AddMonths by twelves.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// DaysTo counts the days from d to e; negative if e is earlier.
func (d Date) DaysTo(e Date) int { return int(e.Start().Sub(d.Start()).Hours() / 24) }

// FirstOfMonth is the first day of its month.
func (d Date) FirstOfMonth() Date { return d - Date(d.Day()) + 1 }

// String is 2026-11-22; empty for none.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year(), d.Month(), d.Day())
}

// MarshalText writes it as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	*d, err = Parse(string(b))
	return err
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
