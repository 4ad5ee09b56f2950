package audit

import (
	"strings"

	"xuezheng/data/fault"
)

// ErrNotPlain is for a line that would hold more than ids and codes. It is a mistake of the
// program, not of the person at the counter; the figure names the field, never its value.
var ErrNotPlain = fault.New(fault.Broken, "audit.not-plain")

// maxField is the greatest length of one field, in bytes.
const maxField = 200

// Plain refuses a line whose fields hold anything but ids and codes (P-04): other letters than
// plain ones, an e-mail address, or what reads as a phone or document number. It can't know
// every personal value; it keeps an honest mistake from becoming permanent.
func (l Line) Plain() error {
	for _, f := range []struct{ name, value string }{
		{"who", string(l.Who)}, {"about", l.About}, {"person", l.Person}, {"pack", l.Pack}, {"detail", l.Detail},
	} {
		if len(f.value) > maxField || !isPlain(f.value) {
			return ErrNotPlain.With(f.name)
		}
	}
	return nil
}

func isPlain(s string) bool {
	for _, c := range s {
		if c < ' ' || c > '~' {
			return false
		}
	}
	for _, word := range strings.FieldsFunc(s, func(c rune) bool { return !isLetter(c) && !isDigit(c) }) {
		if isPhone(word) || isNumber(word) {
			return false
		}
	}
	_, after, at := strings.Cut(s, "@") // id@version is no address
	return !at || strings.TrimLeft(after, "0123456789.") == ""
}

func isLetter(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c rune) bool  { return c >= '0' && c <= '9' }

func allDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// isPhone reports whether a word reads as a mobile number: 1, then 3 to 9, eleven digits in all.
func isPhone(word string) bool {
	return len(word) == 11 && allDigits(word) && word[0] == '1' && word[1] >= '3'
}

// isNumber reports whether a word reads as a resident's number: 18 places with the birth date
// from the seventh, the last perhaps an X; or the old 15 with two digits of the year.
func isNumber(word string) bool {
	switch len(word) {
	case 18:
		return allDigits(word[:17]) && strings.ContainsAny(word[17:], "0123456789xX") && isMonthDay(word[10:14])
	case 15:
		return allDigits(word) && isMonthDay(word[8:12])
	}
	return false
}

func isMonthDay(s string) bool {
	return s[:2] >= "01" && s[:2] <= "12" && s[2:] >= "01" && s[2:] <= "31"
}
