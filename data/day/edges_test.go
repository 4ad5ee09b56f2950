package day

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTheFirstAndTheLastOfEverything(t *testing.T) {
	for name, k := range map[string]struct {
		y, m, d int
		want    Date
	}{
		"the first day":                  {1, 1, 1, 10101},
		"the last":                       {9999, 12, 31, 99991231},
		"the year before the first":      {0, 1, 1, 0},
		"the year after the last":        {10000, 1, 1, 0},
		"no month":                       {2026, 0, 1, 0},
		"a thirteenth month":             {2026, 13, 1, 0},
		"no day":                         {2026, 1, 0, 0},
		"a thirty-second":                {2026, 1, 32, 0},
		"29 February of a leap year":     {2024, 2, 29, 20240229},
		"29 February of another":         {2100, 2, 29, 0},
		"the last day of April":          {2026, 4, 30, 20260430},
		"and the one after it":           {2026, 4, 31, 0},
		"the last day of a leap century": {2000, 2, 29, 20000229},
	} {
		got, err := New(k.y, k.m, k.d)
		if got != k.want || (err != nil) != (k.want == 0) || err != nil && !errors.Is(err, ErrNotADate) {
			t.Errorf("%s: got %d, %v", name, got, err)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a date that is none was written into the program")
		}
	}()
	MustNew(2026, 2, 30)
}

func TestDaysAreComparedAndCounted(t *testing.T) {
	a, b := d(2026, 2, 28), d(2026, 3, 1)
	if !a.Before(b) || a.Before(a) || b.Before(a) || !b.After(a) || b.After(b) || a.After(b) {
		t.Error("before and after")
	}
	if a.DaysTo(b) != 1 || b.DaysTo(a) != -1 || a.DaysTo(a) != 0 || d(2026, 1, 1).DaysTo(d(2027, 1, 1)) != 365 {
		t.Error("days from one to another")
	}
	if a.AddDays(1) != b || b.AddDays(-1) != a || a.AddDays(0) != a || d(2026, 12, 31).AddDays(1) != d(2027, 1, 1) {
		t.Error("days added")
	}
	if d(2024, 2, 29).AddYears(1) != d(2025, 2, 28) || d(2024, 2, 29).AddYears(-4) != d(2020, 2, 29) || d(2026, 11, 30).AddMonths(1) != d(2026, 12, 30) || d(2026, 12, 30).AddMonths(2) != d(2027, 2, 28) || d(2026, 1, 15).AddMonths(-1) != d(2025, 12, 15) {
		t.Error("months and years added")
	}
	if d(2026, 11, 23).FirstOfMonth() != d(2026, 11, 1) || d(2026, 11, 1).FirstOfMonth() != d(2026, 11, 1) {
		t.Error("the first of the month")
	}
	if !Date(0).IsZero() || a.IsZero() || a.Year() != 2026 || a.Month() != 2 || a.Day() != 28 {
		t.Error("its parts")
	}
	if got := a.Start(); !got.Equal(time.Date(2026, 2, 27, 16, 0, 0, 0, time.UTC)) || !a.End().Equal(b.Start()) {
		t.Errorf("it begins %v", got)
	}
}

func TestTheWeekdaysInTheirOrder(t *testing.T) {
	names := []string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}
	for i, want := range names {
		on := d(2026, 11, 22).AddDays(i)
		if on.WeekdayZh() != want || int(on.Weekday()) != i {
			t.Errorf("%v: got %s, %v", on, on.WeekdayZh(), on.Weekday())
		}
	}
}

func TestHowDatesAreWritten(t *testing.T) {
	on := d(2026, 1, 5)
	for got, want := range map[string]string{
		on.String(): "2026-01-05", on.Zh(): "2026年1月5日", Date(0).Zh(): "", Date(0).Short(on): "", on.Short(d(2026, 12, 31)): "01-05",
		on.Short(d(2025, 12, 31)): "2026-01-05", d(33, 1, 1).String(): "0033-01-01", fmt.Sprint(Date(0)): "",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	var back Date = on
	if err := back.UnmarshalText(nil); err != nil || back != 0 {
		t.Errorf("nothing: got %v, %v", back, err)
	}
	for _, s := range []string{"2026-1-5", "2026/01/05", "0000-01-01", "2026-02-30", "2026-01-05 ", "x"} {
		if got, err := Parse(s); !errors.Is(err, ErrNotADate) || got != 0 {
			t.Errorf("%q: got %v, %v", s, got, err)
		}
		if err := back.UnmarshalText([]byte(s)); err == nil {
			t.Errorf("%q was unmarshalled", s)
		}
	}
}

func TestTheEdgesOfSpreadsheetNumbers(t *testing.T) {
	for n, want := range map[int]Date{0: 0, -1: 0, 1: d(1900, 1, 1), 58: d(1900, 2, 27), 59: d(1900, 2, 28), 60: d(1900, 2, 28), 61: d(1900, 3, 1), 2958465: d(9999, 12, 31), 2958466: 0} {
		got, err := FromSerial(n)
		if got != want || (err != nil) != (want == 0) {
			t.Errorf("%d: got %v, %v, want %v", n, got, err, want)
		}
	}
}

func TestOddSpellingsOfADate(t *testing.T) {
	want := d(2025, 4, 20)
	for _, s := range []string{"2025　4　20", "2025–4–20", "2025—4—20", "2025。4。20", "2025\u00a0-\t4-20", "\ufeff2025-4-20", "2025-4\u200b-20", "2025！4", "2025-4-20-",
		"2025 年 4 月 20 日", "2025-04-20　10:00", "2025-04-20T", "2025−4−20", "２０２５／４／２０", "2025-4-" + strings.Repeat("0", 2) + "20", strings.Repeat(" ", 60) + "2025-4-20"} {
		got, err := ParseLoose(s)
		ok := !slices.Contains([]string{"2025　4　20", "2025！4", "2025-04-20T"}, s)
		if ok && (err != nil || got != want) || !ok && err == nil {
			t.Errorf("%q: got %v, %v", s, got, err)
		}
	}
	for s, ok := range map[string]bool{
		"2025-4-20" + strings.Repeat("-", 1):        true,
		"2025-00004-20":                             false, // more digits than any part has
		"2025-0004-0020":                            true,
		"02025-4-20":                                false,
		"025-4-20":                                  false,
		"2025-4-20" + strings.Repeat("日", 7):        true,
		"2025-4-20" + strings.Repeat("日", 8):        false, // 33 bytes are too long
		"2025-4-20 10:00" + strings.Repeat("0", 49): true,
		"2025-4-20 10:00" + strings.Repeat("0", 50): false,
		"2025-04-020" + strings.Repeat("日", 7):      true,
		"2025-004-020" + strings.Repeat("日", 7):     false,
		"2025042":         false,
		"202504200":       false,
		"2025042０":        true,
		"2025-4-2a":       false,
		"2025--20":        false,
		" 10:00":          false,
		"T10:00":          false,
		"10:00 2025-4-20": false,
		"2025-4-20 ":      true,
		"2025-4-20 10":    false,
	} {
		if _, err := ParseLoose(s); (err == nil) != ok {
			t.Errorf("%q: got %v, want it read: %v", s, err, ok)
		}
	}
}

func TestTheEdgesOfACalendarFile(t *testing.T) {
	for text, ok := range map[string]bool{
		`{"years":{"1950":{}}}`: true, `{"years":{"1949":{}}}`: false, `{"years":{"2200":{}}}`: true, `{"years":{"2201":{}}}`: false,
		`{"years":{"2027":{"free":["101"]}}}`: false, `{"years":{"2027":{"free":["00101"]}}}`: false, `{"years":{"2027":{"working":["1301"]}}}`: false,
		`{"years":{"2027":{"free":["0101"],"working":["0109"]}}}`: true, `{"years":{"2027":{"free":["01x1"]}}}`: false,
		`{"years":{"2027":{"working":["0109"]}}}` + strings.Repeat(" ", maxCalendar): true,
		strings.Repeat(" ", maxCalendar) + `{"years":{}}`:                            false,
	} {
		c, err := ReadCalendar(stringReader(text))
		if (err == nil) != ok || err != nil && (!errors.Is(err, ErrBadCalendar) || c != nil) {
			t.Errorf("%.60s: got %v", text, err)
		}
	}
	c, err := ReadCalendar(stringReader(`{"years":{"2028":{"free":["0104","0103"],"working":["0109"]},"2027":{}}}`))
	if err != nil {
		t.Fatal(err)
	}
	all := calendar(t).Years()
	if len(all) != 23 || all[0].Year != 2004 || !slices.IsSortedFunc(all, func(a, b Year) int { return a.Year - b.Year }) {
		t.Errorf("%d years, the first %d", len(all), all[0].Year)
	}
	got := c.Years()
	if len(got) != 2 || got[0].Year != 2027 || len(got[0].Free)+len(got[0].Worked) != 0 || got[1].Year != 2028 ||
		!slices.Equal(got[1].Free, []Date{d(2028, 1, 3), d(2028, 1, 4)}) || !slices.Equal(got[1].Worked, []Date{d(2028, 1, 9)}) {
		t.Errorf("got %+v", got)
	}
	if none := (&Calendar{}).With(Year{Year: 2027}); !none.Published(2027) || none.Published(2026) || !none.IsWorking(d(2027, 1, 1)) {
		t.Error("a calendar made of nothing")
	}
}

func TestStatutoryDaysAreKnownOnceTheyWereAskedFor(t *testing.T) {
	for range 2 {
		if !isStatutory(d(2043, 2, 10)) || isStatutory(d(2043, 2, 8)) || !isStatutory(d(2043, 2, 9)) {
			t.Error("Spring Festival of 2043")
		}
	}
}
