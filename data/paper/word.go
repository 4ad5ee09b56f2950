package paper

import (
	"fmt"

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
// englishMonth is the month of a day: November 2026.
func englishMonth(d day.Date) string { return fmt.Sprintf("%s %d", months[d.Month()-1], d.Year()) }

func englishDate(d day.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.Day(), months[d.Month()-1], d.Year())
}
