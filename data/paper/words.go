package paper

import (
	"fmt"
	"strconv"

	"xuezheng/data/day"
)

// A phrase is what stands on paper, in Chinese and in English.
type phrase struct{ zh, en string }

// in returns the Chinese, followed by the English when both are wanted.
func (p phrase) in(both bool) string {
	if both && p.en != "" {
		return p.zh + " " + p.en
	}
	return p.zh
}

var kinds = map[string]phrase{
	"required": {"必修", "required"},
	"elective": {"选修", "elective"},
	"added":    {"增项", "added specialty"},
}

var modes = map[string]phrase{
	"online":       {"网络", "online"},
	"face-to-face": {"面授", "face to face"},
}

func named(m map[string]phrase, key string) phrase {
	if p, ok := m[key]; ok {
		return p
	}
	return phrase{key, key}
}

// hourMinutes is how long one study hour (学时) is: G-02.
const hourMinutes = 45

// studyHours writes minutes as study hours (学时). Hours are entered to the tenth, and kept as
// whole minutes below; what came from such a figure is written as that figure again. Anything
// else gets two decimals, cut off and never rounded up.
func studyHours(minutes int) string {
	tenths := (minutes*10 + hourMinutes - 1) / hourMinutes
	if tenths*hourMinutes/10 == minutes {
		if tenths%10 == 0 {
			return strconv.Itoa(tenths / 10)
		}
		return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
	}
	hundredths := minutes * 100 / hourMinutes
	return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
}

// longDate is 2026年11月22日.
func longDate(d day.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Month(), d.Day())
}

var months = [...]string{"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"}

// englishDate is 22 November 2026.
func englishDate(d day.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.Day(), months[d.Month()-1], d.Year())
}
