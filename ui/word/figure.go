package word

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/hours"
)

// figure words one figure. Text that is itself a key is said; anything else stands as it is.
func (b *Book) figure(lang string, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case day.Date:
		return dateIn(lang, v)
	case time.Time:
		return b.Moment(v)
	case float64:
		return Number(v)
	case float32:
		return Number(float64(v))
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.String:
		return b.text(lang, r.String())
	case reflect.Slice:
		parts := make([]string, r.Len())
		for i := range parts {
			parts[i] = b.figure(lang, r.Index(i).Interface())
		}
		return strings.Join(parts, b.SayIn(lang, "list.join"))
	}
	return fmt.Sprint(v)
}

// text says a key, and leaves alone what isn't one. Keys have a dot, so names never are.
func (b *Book) text(lang, s string) string {
	if strings.Contains(s, ".") {
		if w, ok := b.words[lang][s]; ok {
			return w
		}
	}
	return s
}

// Number writes a figure plainly: 12, 7.5, at most two places.
func Number(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}

// Date writes a day in full: 2026年11月22日, or 22 November 2026. Nothing for none.
func (b *Book) Date(d day.Date) string { return dateIn(b.Language(), d) }

func dateIn(lang string, d day.Date) string {
	switch {
	case d.IsZero():
		return ""
	case lang == English:
		return fmt.Sprintf("%d %s %d", d.Day(), time.Month(d.Month()), d.Year())
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Month(), d.Day())
}

// Provisional marks a day, as it was worded, that rests on a year whose holidays are not known yet
// (暂定).
func (b *Book) Provisional(text string, is bool) string {
	if !is || text == "" {
		return text
	}
	return b.Say("date.provisional", text)
}

// DayOfMonth is a day without its year: 11月23日, or 23 November.
func (b *Book) DayOfMonth(d day.Date) string {
	switch {
	case d.IsZero():
		return ""
	case b.English():
		return fmt.Sprintf("%d %s", d.Day(), time.Month(d.Month()))
	}
	return fmt.Sprintf("%d月%d日", d.Month(), d.Day())
}

// Clock is the time of day on the wall in Shanghai: 14:26.
func (b *Book) Clock(t time.Time) string { return t.In(day.Shanghai).Format("15:04") }

// ShortDate writes a day for a column: 11-22, and 2024-01-10 when its year isn't today's.
func (b *Book) ShortDate(d, today day.Date) string {
	if d.IsZero() || d.Year() != today.Year() {
		return d.String()
	}
	return d.String()[5:]
}

var weekdays = [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// Weekday is 星期二, or Tuesday.
func (b *Book) Weekday(d day.Date) string {
	switch {
	case d.IsZero():
		return ""
	case b.English():
		return d.Weekday().String()
	}
	return weekdays[d.Weekday()]
}

// DateAndWeekday is 2026年11月23日 星期一, or Monday, 23 November 2026.
func (b *Book) DateAndWeekday(d day.Date) string {
	switch {
	case d.IsZero():
		return ""
	case b.English():
		return b.Weekday(d) + ", " + b.Date(d)
	}
	return b.Date(d) + " " + b.Weekday(d)
}

// Moment writes a moment as the clock on the wall in Shanghai shows it: 2026-11-23 09:12.
func (b *Book) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(day.Shanghai).Format("2006-01-02 15:04")
}

// ShortMoment leaves out a year that is today's.
func (b *Book) ShortMoment(t time.Time, today day.Date) string {
	s := b.Moment(t)
	if day.Of(t).Year() == today.Year() && s != "" {
		return s[5:]
	}
	return s
}

// Hours writes seconds as 学时, with at most two decimals.
func (b *Book) Hours(seconds int, perHour hours.Unit) string { return perHour.Text(seconds) }

// Hundredths writes hundredths of a 学时, with at most two decimals.
func (b *Book) Hundredths(n int) string { return hours.Text(n) }

// Yuan writes fen as money: 480.00.
func (b *Book) Yuan(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	return fmt.Sprintf("%s%d.%02d", sign, fen/100, fen%100)
}
