package enrolment

import (
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"xuezheng/data/fault"
)

// Faults of a figure as it was written.
var (
	ErrNotYuan   = fault.New(fault.Refused, "enrolment.not-yuan")
	ErrNotPoints = fault.New(fault.Refused, "enrolment.not-points")
)

// ReadYuan reads an amount of money as people write it, 480, ¥1,480.50 or ４８０元, and returns fen.
// What is finer than a fen, nothing, or a milliard or more is refused.
func ReadYuan(text string) (fen int64, err error) {
	s := strings.TrimSuffix(strings.TrimLeft(strings.ReplaceAll(narrow(text), ",", ""), "¥￥"), "元")
	n, ok := decimal(s, 2, 9)
	if !ok || n == 0 {
		return 0, ErrNotYuan
	}
	return n, nil
}

// ReadPoints reads the points of a mark, 60 or 60.5, and returns tenths; what is finer than a
// tenth, or beyond what any paper gives, is refused.
func ReadPoints(text string) (tenths int, err error) {
	n, ok := decimal(strings.TrimSuffix(narrow(text), "分"), 1, 3)
	if !ok || n > maxTenths {
		return 0, ErrNotPoints.With(maxTenths / 10)
	}
	return int(n), nil
}

func narrow(text string) string { return strings.ReplaceAll(width.Narrow.String(text), " ", "") }

// decimal reads a figure with so many decimal places at most, and so many digits before them; it
// returns units of the last place.
func decimal(s string, places, digits int) (n int64, ok bool) {
	whole, frac, point := strings.Cut(s, ".")
	if whole == "" || point && frac == "" || len(whole) > digits || strings.Trim(whole+frac, "0123456789") != "" {
		return 0, false
	}
	frac = strings.TrimRight(frac, "0")
	if len(frac) > places {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+(frac + "00")[:places], 10, 64)
	return n, err == nil
}
