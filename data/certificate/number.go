package certificate

import (
	"crypto/rand"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"xuezheng/data/day"
)

// Fields of a number format.
const (
	yearField  = "{year}"
	checkField = "{check}"
	partField  = "{part:"
)

// format is the pack's, with a part drawn by chance where it says nothing of one: a store that was put
// back to an older state knows nothing of the numbers drawn since, and a sequence alone would give
// them to others. A pack keeps its numbers without it by {part:0}.
func (r Rules) format() string {
	f := r.NumberFormat
	if strings.Contains(f, partField) {
		return f
	}
	part := fmt.Sprintf("%s%d}", partField, chanceWidth)
	if before, after, ok := strings.Cut(f, checkField); ok {
		return before + part + checkField + after
	}
	return f + part
}

// chanceWidth is how many characters are drawn by chance where the pack doesn't say; chanceMost how
// many there can be.
const (
	chanceWidth = 4
	chanceMost  = 8
)

// chanceSet are the characters drawn by chance: 32, none of which is taken for another.
const chanceSet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// Chance draws the part of a number that no sequence gives.
func Chance() string {
	b := make([]byte, chanceMost)
	rand.Read(b) // never fails
	for i := range b {
		b[i] = chanceSet[b[i]%byte(len(chanceSet))]
	}
	return string(b)
}

// Number writes the certificate number of a sequence number: {year}, {seq:digits}, {part:characters}
// and {check} stand in the pack's format; chance fills the part. The check character finds any one
// mistyped character.
func (r Rules) Number(seq int64, today day.Date, chance string) string {
	s := strings.ReplaceAll(r.format(), yearField, strconv.Itoa(today.Year()))
	s = filled(s, "{seq", func(digits int) string { return fmt.Sprintf("%0*d", min(digits, 12), seq) })
	s = filled(s, "{part", func(width int) string { return chance[:min(width, len(chance))] })
	if before, after, ok := strings.Cut(s, checkField); ok {
		s = before + checkCharacter(before) + after
	}
	return s
}

// filled writes what stands for the first field of that name, by its width.
func filled(s, name string, write func(width int) string) string {
	i := strings.Index(s, name)
	if i < 0 {
		return s
	}
	j := strings.Index(s[i:], "}")
	if j < 0 {
		return s
	}
	width, _ := strconv.Atoi(strings.TrimPrefix(s[i+len(name):i+j], ":"))
	return s[:i] + write(max(width, 0)) + s[i+j+1:]
}

// Reads takes a number of this format apart, with its part by chance or as numbers were before there
// was one: the year, and the sequence number within it.
func (r Rules) Reads(number string) (year int, seq int64, ok bool) {
	if len(number) > maxNumber {
		return 0, 0, false
	}
	for _, format := range []string{r.format(), strings.Replace(r.NumberFormat, partField, "{was:", 1)} {
		if year, seq, ok = reads(format, number); ok {
			return year, seq, true
		}
	}
	return 0, 0, false
}

// maxNumber is the longest number there can be, in characters.
const maxNumber = 64

var numberField = regexp.MustCompile(`\\\{(year|seq|part|was|check)(?::([0-9]{1,2}))?\\\}`)

func reads(format, number string) (year int, seq int64, ok bool) {
	pattern := numberField.ReplaceAllStringFunc(regexp.QuoteMeta(format), func(field string) string {
		m := numberField.FindStringSubmatch(field)
		width, _ := strconv.Atoi(m[2])
		switch m[1] {
		case "year":
			return `(?P<year>[0-9]{4})`
		case "seq":
			return fmt.Sprintf(`(?P<seq>[0-9]{%d,12})`, min(max(width, 1), 12))
		case "part":
			return fmt.Sprintf(`[%s]{%d}`, chanceSet, min(width, chanceMost))
		case "was":
			return ""
		}
		return `(?P<check>[0-9A-Z])`
	})
	re, err := regexp.Compile("^" + pattern + "$")
	if err != nil {
		return 0, 0, false
	}
	m := re.FindStringSubmatchIndex(number)
	if m == nil {
		return 0, 0, false
	}
	for i, name := range re.SubexpNames() {
		if m[2*i] < 0 {
			continue
		}
		switch text := number[m[2*i]:m[2*i+1]]; name {
		case "year":
			year, _ = strconv.Atoi(text)
		case "seq":
			seq, _ = strconv.ParseInt(text, 10, 64)
		case "check":
			if checkCharacter(number[:m[2*i]]) != text {
				return 0, 0, false
			}
		}
	}
	return year, seq, year > 0 && seq > 0
}

// checkCharacter is ISO 7064 MOD 37,36 over digits and capital letters.
func checkCharacter(s string) string {
	const set = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	p := 36
	for _, c := range strings.ToUpper(s) {
		i := strings.IndexRune(set, c)
		if i < 0 {
			continue
		}
		if p += i; p > 36 {
			p -= 36
		}
		p = p * 2 % 37
	}
	return string(set[(37-p)%36])
}
