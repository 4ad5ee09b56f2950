package day

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParseLoose reads a date as people and spreadsheets write it: 2025-04-20, 2025/4/20, 2025.4.20,
// 2025年4月20日, 20250420, with full-width digits and stray spaces. The year stands first, with four
// digits. A time after it is left out, unless it says its zone: then the day is the one it was in
// Shanghai at that moment, so 2026-02-01T16:30:00Z is the 2nd.
func ParseLoose(s string) (Date, error) {
	s = strings.Map(narrow, strings.TrimSpace(s))
	if len(s) > 64 {
		return 0, ErrNotADate
	}
	if i := strings.IndexAny(s, " T"); i > 0 && strings.Contains(s[i:], ":") {
		d, err := dateOf(s[:i])
		if err != nil {
			return 0, err
		}
		return d.inShanghai(s[i+1:])
	}
	return dateOf(s)
}

// dateOf reads a date without a time.
func dateOf(s string) (Date, error) {
	s = strings.ReplaceAll(s, " ", "")
	if len(s) > 32 {
		return 0, ErrNotADate
	}
	if len(s) == 8 && isDigits(s) {
		return numbers(s[:4], s[4:6], s[6:])
	}
	s = strings.TrimSuffix(strings.NewReplacer("年", "-", "月", "-", "日", "", "号", "", "/", "-", ".", "-").Replace(s), "-")
	parts := strings.Split(s, "-")
	if len(parts) != 3 || len(parts[0]) != 4 {
		return 0, ErrNotADate
	}
	return numbers(parts[0], parts[1], parts[2])
}

func numbers(year, month, dayOfMonth string) (Date, error) {
	var n [3]int
	for i, s := range []string{year, month, dayOfMonth} {
		if !isDigits(s) || len(s) > 4 {
			return 0, ErrNotADate
		}
		n[i], _ = strconv.Atoi(s)
	}
	return New(n[0], n[1], n[2])
}

func isDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// narrow turns full-width digits and marks into plain ones, and odd spaces into spaces.
func narrow(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '　' || r == '\u00a0' || r == '\t':
		return ' '
	case r == '\u200b' || r == '\ufeff':
		return -1
	case r == '－' || r == '–' || r == '—' || r == '−':
		return '-'
	case r == '。':
		return '.'
	}
	return r
}

// FromSerial reads a spreadsheet's day number, in which 1 is 1900-01-01 and 60 a day that never
// was.
func FromSerial(n int) (Date, error) {
	if n < 1 || n > 2958465 {
		return 0, ErrNotADate
	}
	if n < 60 {
		n++
	}
	return MustNew(1899, 12, 30).AddDays(n), nil
}

// Zh is the date as sentences and fields write it: 2026年11月22日.
func (d Date) Zh() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Month(), d.Day())
}

// Short is the date as columns write it: 11-22, or 2024-01-10 when the year is not this one.
func (d Date) Short(today Date) string {
	if d == 0 || d.Year() != today.Year() {
		return d.String()
	}
	return d.String()[5:]
}

// WeekdayZh is 星期一 to 星期日.
func (d Date) WeekdayZh() string {
	return "星期" + []string{"日", "一", "二", "三", "四", "五", "六"}[d.Weekday()%7]
}

// End is the last moment of the day, 24:00 in Shanghai.
func (d Date) End() time.Time { return d.Start().AddDate(0, 0, 1) }
