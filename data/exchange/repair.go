package exchange

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"xuezheng/data/day"
)

// clean takes away what cannot be seen and spaces at the ends; inside, every kind of space
// becomes the plain one. It reports whether anything changed.
func clean(s string) (string, bool) {
	if isClean(s) {
		return s, false
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case isInvisible(r):
		default:
			b.WriteRune(r)
		}
	}
	out := strings.TrimSpace(b.String())
	out = strings.TrimPrefix(out, "'") // the mark by which a spreadsheet keeps digits as text
	return out, out != s
}

// isClean reports whether clean has nothing to do; text with lost letters is not clean either.
func isClean(s string) bool {
	if s == "" {
		return true
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' || s[0] == '\'' {
		return false
	}
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c < ' ' || c == 0x7f {
				return false
			}
			i++
			continue
		}
		if c >= 0xe4 && c <= 0xe9 && i+2 < len(s) { // nearly all Chinese characters
			i += 3
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) || isInvisible(r) || r == utf8.RuneError {
			return false
		}
		i += n
	}
	return true
}

func isInvisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) || r == 0xFE0F || r == 0x115F || r == 0x3164
}

// halfWidth turns full-width letters, digits and signs into plain ones.
func halfWidth(s string) (string, bool) {
	if !strings.ContainsFunc(s, isFullWidth) {
		return s, false
	}
	return strings.Map(func(r rune) rune {
		if isFullWidth(r) {
			return r - 0xFEE0
		}
		return r
	}, s), true
}

func isFullWidth(r rune) bool { return r >= 0xFF01 && r <= 0xFF5E }

// without takes the given characters out of s.
func without(s, chars string) (string, bool) {
	if !strings.ContainsAny(s, chars) {
		return s, false
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(chars, r) {
			return -1
		}
		return r
	}, s), true
}

// isPlain reports whether s is nothing but ASCII letters, digits and the signs of addresses.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		if (c < 'a' || c > 'z') && (s[i] < '0' || s[i] > '9') && s[i] != '@' && s[i] != '.' && s[i] != '_' {
			return false
		}
	}
	return true
}

// trimEnd takes separators off the end, as a list leaves them behind.
func trimEnd(s string) string {
	if s == "" || strings.IndexByte(",; \x8c\x81\x9b", s[len(s)-1]) < 0 { // the last bytes of ，、；
		return s
	}
	return strings.TrimRight(s, ",，、;； ")
}

// repairNumber mends an ID number: spaces, full-width digits, a lower-case x, a trailing comma.
func repairNumber(s string) string {
	if !isPlain(s) {
		s, _ = halfWidth(s)
		s, _ = without(s, " ,，、;；'\"`")
	}
	if strings.IndexByte(s, 'x') >= 0 {
		s = strings.ToUpper(s)
	}
	return s
}

// repairPhone mends a phone number: spaces, dashes, full-width digits, the country's prefix.
func repairPhone(s string) string {
	if !isPlain(s) {
		s, _ = halfWidth(s)
		s, _ = without(s, " -,，、;；()")
	}
	if len(s) == 11 {
		return s
	}
	s = strings.TrimSuffix(s, ".0")
	for _, prefix := range []string{"+86", "0086", "86"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok && len(rest) == 11 && rest[0] == '1' {
			return rest
		}
	}
	return s
}

func repairEmail(s string) string {
	if isPlain(s) {
		return s
	}
	s, _ = halfWidth(s)
	s, _ = without(s, " ,，、;；")
	return s
}

// repairName mends a name: 陈　娜 is written without its space, Latin names keep theirs.
func repairName(s string) string {
	s = trimEnd(s)
	if strings.IndexByte(s, ' ') < 0 {
		return s
	}
	for _, r := range s {
		if r < utf8.RuneSelf && r != ' ' {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	s, _ = without(s, " ")
	return s
}

// repairPlain mends any other text: no trailing comma.
func repairPlain(s string) string { return trimEnd(s) }

// repairDate reads a date in any usual spelling, or a spreadsheet's count of days.
func repairDate(s string) (day.Date, bool) {
	if d, ok := quickDate(s); ok {
		return d, true
	}
	s, _ = halfWidth(s)
	s = trimEnd(s)
	if len(s) >= 5 && (len(s) == 5 || s[5] == '.') {
		if n, err := strconv.ParseFloat(s, 64); err == nil && n >= 20000 && n < 80000 {
			d, err := day.FromSerial(int(n))
			return d, err == nil
		}
	}
	d, err := day.ParseLoose(s)
	return d, err == nil
}

// quickDate reads the plainest spellings, 2025-06-04, 2025/6/4, 2025.6.4, which a long sheet has
// many of; everything else is for day.ParseLoose.
func quickDate(s string) (day.Date, bool) {
	if len(s) < 8 || len(s) > 10 || s[4] != '-' && s[4] != '/' && s[4] != '.' {
		return 0, false
	}
	var parts [3]int
	i := 0
	for _, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9':
			parts[i] = parts[i]*10 + int(c-'0')
		case c == s[4] && i < 2:
			i++
		default:
			return 0, false
		}
	}
	d, err := day.New(parts[0], parts[1], parts[2])
	return d, err == nil && i == 2 && s[len(s)-1] != s[4]
}

// numberText spells a spreadsheet's number: whole numbers of up to 15 digits plainly, longer
// ones as the damaged things they are (a spreadsheet keeps 15 digits).
func numberText(s string) string {
	n, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil:
		return s
	case n == math.Trunc(n) && math.Abs(n) < 1e15:
		return strconv.FormatInt(int64(n), 10)
	case math.Abs(n) >= 1e15:
		return strconv.FormatFloat(n, 'E', -1, 64)
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}
