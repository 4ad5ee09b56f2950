package word

import (
	"regexp"
	"strings"
	"time"

	"xuezheng/data/day"
)

// detailFamilies are where a code of the trail may have its words, the first that has some first.
var detailFamilies = []string{
	"detail.", "", "hours.reason.", "certificate.reason.", "enrolment.material-kind.", "enrolment.material-source.",
	"enrolment.education-check.", "identity.picture.", "role.",
}

var (
	secondsChanged = regexp.MustCompile(`^(\d+) s to (\d+) s$`)
	linesLost      = regexp.MustCompile(`^lost (\d+) (\d+)$`)
	trailBehind    = regexp.MustCompile(`^trail behind (\d+)$`)
)

// Detail says what a line of the trail adds to its act: codes in words, days as they are written here,
// ids and figures as they are. A code with figures behind it has its words as "detail.<code>" with slots.
func (b *Book) Detail(codes string) string {
	if m := secondsChanged.FindStringSubmatch(codes); m != nil {
		return b.Say("detail.seconds", m[1], m[2])
	}
	if m := trailBehind.FindStringSubmatch(codes); m != nil {
		return b.Say("detail.older", m[1])
	}
	if m := linesLost.FindStringSubmatch(codes); m != nil {
		return b.Say("detail.lost", m[1], m[2])
	}
	tokens := strings.Fields(codes)
	if len(tokens) == 0 {
		return ""
	}
	first, ok := b.code(tokens[0])
	switch {
	case ok && strings.Contains(b.raw(tokens[0]), "{0}") && len(tokens) > 1:
		return b.Say("detail."+tokens[0], b.Detail(strings.Join(tokens[1:], " ")))
	case len(tokens) == 1:
		return first
	}
	return first + b.Say("detail.between") + b.Detail(strings.Join(tokens[1:], " "))
}

// code is one code in words; ok is false for what is no code, and is said as it is.
func (b *Book) code(c string) (words string, ok bool) {
	if name, value, pair := strings.Cut(c, "="); pair {
		for _, key := range []string{"detail." + name + ".n", "detail." + name} {
			if b.Has(key) {
				said, _ := b.code(value)
				return b.Say(key, said), true
			}
		}
	}
	if d, err := day.Parse(c); err == nil {
		return b.Date(d), false
	}
	if at, err := time.Parse(time.RFC3339, c); err == nil {
		return b.Moment(at), false
	}
	for _, family := range detailFamilies {
		if key := family + c; b.Has(key) && (family != "" || strings.Contains(c, ".")) {
			return b.Say(key), true
		}
	}
	return c, false
}

// raw is what stands for a code before its slots are filled.
func (b *Book) raw(c string) string {
	if !b.Has("detail." + c) {
		return ""
	}
	return b.Say("detail."+c, "{0}")
}
