package hours

import (
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// mostTenths is the best mark there is, in tenths of a point.
const mostTenths = 1000

// ReadMark reads a mark as people write it, 85, 59.5, ８５分, and returns tenths of a point; what is finer
// than that, no figure, or beyond 100 is refused: nobody's mark is rounded here.
func ReadMark(text string) (tenths int, err error) {
	s := strings.TrimSuffix(strings.ReplaceAll(width.Narrow.String(text), " ", ""), "分")
	whole, frac, point := strings.Cut(s, ".")
	frac = strings.TrimRight(frac, "0")
	if whole == "" || point && strings.HasSuffix(s, ".") || len(whole) > 3 || len(frac) > 1 || strings.Trim(whole+frac, "0123456789") != "" {
		return 0, ErrBadMark
	}
	tenths, err = strconv.Atoi(whole + (frac + "0")[:1])
	if err != nil || tenths > mostTenths {
		return 0, ErrBadMark
	}
	return tenths, nil
}

// MarkText writes a mark as people do: 85, 59.5.
func MarkText(tenths int) string {
	return strconv.FormatFloat(float64(tenths)/10, 'f', -1, 64)
}

// passes reports whether a record's mark is no reason against it: half a point below is below.
func (r Rules) passes(rec Record) bool { return !rec.HasMark || rec.MarkTenths >= 10*r.PassMark }
