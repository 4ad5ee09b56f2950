package hours

import (
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"xuezheng/data/fault"
)

// Unit is how long one 学时 is, in seconds: 2700 for 45 minutes (G-02). Amounts are kept in whole
// seconds, so that a hundredth of a 学时, the finest there is, comes out even: 27 seconds.
type Unit int

// MostHours is the most one record or course may say, in 学时: more is a slip of the pen.
const MostHours = 1000

// Faults of an amount as it was written.
var (
	ErrNotAnAmount = fault.New(fault.Refused, "hours.not-an-amount")
	ErrTooFine     = fault.New(fault.Refused, "hours.too-fine")
	ErrTooMuch     = fault.New(fault.Refused, "hours.too-much")
)

// Hundredths reads an amount of 学时 as people write it: 12, 7.5, 1.35, ０．５, 8学时. It returns
// hundredths of one 学时; what is finer, no figure, nothing, or more than MostHours is refused.
func Hundredths(text string) (int, error) {
	s := strings.ReplaceAll(width.Narrow.String(text), " ", "")
	for _, unit := range []string{"学时", "课时"} {
		s = strings.TrimSuffix(s, unit)
	}
	whole, frac, point := strings.Cut(s, ".")
	if whole == "" || point && frac == "" || strings.Trim(whole+frac, "0123456789") != "" {
		return 0, ErrNotAnAmount
	}
	whole, frac = strings.TrimLeft(whole, "0"), strings.TrimRight(frac, "0")
	if len(frac) > 2 {
		return 0, ErrTooFine
	}
	if len(whole) > 6 {
		return 0, ErrTooMuch.With(MostHours)
	}
	n, err := strconv.Atoi("0" + whole + (frac + "00")[:2])
	switch {
	case err != nil:
		return 0, ErrNotAnAmount
	case n == 0:
		return 0, ErrNoAmount
	case n > MostHours*100:
		return 0, ErrTooMuch.With(MostHours)
	}
	return n, nil
}

// Read reads an amount of 学时 as Hundredths does, and returns seconds.
func (u Unit) Read(text string) (seconds int, err error) {
	n, err := Hundredths(text)
	return u.Seconds(n), err
}

// Seconds are those of so many hundredths of a 学时.
func (u Unit) Seconds(hundredths int) int { return hundredths * int(u) / 100 }

// Hundredths of a 学时 in so many seconds; what is less than one is left out.
func (u Unit) Hundredths(seconds int) int { return seconds * 100 / max(1, int(u)) }

// Whole leaves out what is less than a hundredth of a 学时: the part of an amount that counts, so
// that totals agree with their rows.
func (u Unit) Whole(seconds int) int { return u.Seconds(u.Hundredths(seconds)) }

// Text writes seconds as 学时 with at most two decimals, never rounded up: 12, 7.5, 1.35.
func (u Unit) Text(seconds int) string { return Text(u.Hundredths(seconds)) }

// Figure is Text as a number, for documents that scripts read.
func (u Unit) Figure(seconds int) float64 { return float64(u.Hundredths(seconds)) / 100 }

// Text writes hundredths of a 学时 with at most two decimals: 12, 7.5, 1.35.
func Text(hundredths int) string {
	sign := ""
	if hundredths < 0 {
		sign, hundredths = "-", -hundredths
	}
	frac := strings.TrimRight("."+strconv.Itoa(100 + hundredths%100)[1:], "0")
	return sign + strconv.Itoa(hundredths/100) + strings.TrimSuffix(frac, ".")
}

// check refuses an amount that nobody could have meant: none, finer than a hundredth, or more
// than MostHours.
func (u Unit) check(seconds int) error {
	switch {
	case seconds <= 0:
		return ErrNoAmount
	case u.Whole(seconds) != seconds:
		return ErrTooFine
	case seconds > MostHours*int(u):
		return ErrTooMuch.With(MostHours)
	}
	return nil
}
