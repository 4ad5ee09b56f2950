package day

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

func calendar(t testing.TB) *Calendar {
	t.Helper()
	f, err := os.Open("../../assets/calendars/cn.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := ReadCalendar(f)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func d(y, m, n int) Date { return MustNew(y, m, n) }

func TestTheStateCouncilsDays(t *testing.T) {
	c := calendar(t)
	for name, k := range map[string]struct {
		on   Date
		want bool
	}{
		"an ordinary Monday":              {d(2026, 11, 23), true},
		"an ordinary Saturday":            {d(2026, 11, 21), false},
		"National Day":                    {d(2025, 10, 1), false},
		"a make-up Saturday before 春节":    {d(2026, 2, 14), true},
		"a make-up Sunday after New Year": {d(2026, 1, 4), true},
		"a weekday inside 春节":             {d(2026, 2, 18), false},
		"the first year there is":         {d(2004, 1, 1), false},
		"a Monday not yet published":      {d(2027, 10, 4), true},
	} {
		if got := c.IsWorking(k.on); got != k.want {
			t.Errorf("%s, %v: got %v, want %v", name, k.on, got, k.want)
		}
	}
}

func TestDeadlinesPassOverHolidaysAndUseMakeUpDays(t *testing.T) {
	c := calendar(t)
	for name, k := range map[string]struct {
		from        Date
		n           int
		want        Date
		provisional bool
	}{
		"over 国庆, no make-up counted twice": {d(2025, 9, 26), 3, d(2025, 9, 30), false},
		"into the first day after 国庆":       {d(2025, 9, 30), 1, d(2025, 10, 9), false},
		"the day itself does not count":     {d(2026, 11, 23), 1, d(2026, 11, 24), false},
		"backwards":                         {d(2026, 11, 24), -1, d(2026, 11, 23), false},
		"into an unpublished year":          {d(2026, 12, 31), 1, d(2027, 1, 1), true},
		"none":                              {d(2026, 11, 21), 0, d(2026, 11, 21), false},
	} {
		got, provisional := c.AddWorking(k.from, k.n)
		if got != k.want || provisional != k.provisional {
			t.Errorf("%s: got %v %v, want %v %v", name, got, provisional, k.want, k.provisional)
		}
	}
}

func TestWhatIsLeftAndWhatIsOverdue(t *testing.T) {
	c := calendar(t)
	for name, k := range map[string]struct {
		from, to Date
		want     int
	}{
		"today":                      {d(2026, 11, 23), d(2026, 11, 23), 0},
		"tomorrow":                   {d(2026, 11, 23), d(2026, 11, 24), 1},
		"over a weekend":             {d(2026, 11, 20), d(2026, 11, 23), 1},
		"two working days too late":  {d(2026, 11, 24), d(2026, 11, 20), -2},
		"due on a Saturday, now Sun": {d(2026, 11, 22), d(2026, 11, 21), 0},
	} {
		if got, _ := c.WorkingBetween(k.from, k.to); got != k.want {
			t.Errorf("%s: got %d, want %d", name, got, k.want)
		}
	}
	if got, provisional := c.FirstWorkingOfMonth(2026, 10); got != d(2026, 10, 8) || provisional {
		t.Errorf("first working day of October 2026: got %v", got)
	}
}

func TestDatesAsPeopleWriteThem(t *testing.T) {
	want := d(2025, 4, 20)
	for _, s := range []string{"2025-04-20", "2025/4/20", "2025.4.20", "2025年4月20日", "20250420", "２０２５－０４－２０", " 2025-4-20 ", "2025-04-20 00:00:00", "2025年04月20号", "2025-04-20T08:00:00"} {
		if got, err := ParseLoose(s); err != nil || got != want {
			t.Errorf("%q: got %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "昨天", "2025-13-01", "2025-02-29", "20-04-2025", "2025-4", "2025-4-20-1", "99999999999999999999", "4/20/2025"} {
		if got, err := ParseLoose(s); !errors.Is(err, ErrNotADate) {
			t.Errorf("%q was read as %v", s, got)
		}
	}
}

func TestMonthsAreClampedToTheirEnd(t *testing.T) {
	for name, k := range map[string]struct {
		from Date
		n    int
		want Date
	}{
		"31 August and half a year":      {d(2025, 8, 31), 6, d(2026, 2, 28)},
		"into a leap year":               {d(2023, 8, 31), 6, d(2024, 2, 29)},
		"back over the turn of the year": {d(2026, 1, 31), -2, d(2025, 11, 30)},
		"twelve":                         {d(2024, 2, 29), 12, d(2025, 2, 28)},
	} {
		if got := k.from.AddMonths(k.n); got != k.want {
			t.Errorf("%s: got %v, want %v", name, got, k.want)
		}
	}
}

func TestADayIsADayInShanghai(t *testing.T) {
	if got := Of(time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)); got != d(2026, 11, 24) {
		t.Errorf("16:00 UTC: got %v", got)
	}
	if got := d(2026, 11, 23).End(); !got.Equal(time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)) {
		t.Errorf("end of the day: got %v", got.UTC())
	}
}

func TestSpreadsheetDayNumbers(t *testing.T) {
	for n, want := range map[int]Date{1: d(1900, 1, 1), 59: d(1900, 2, 28), 61: d(1900, 3, 1), 45767: d(2025, 4, 20)} {
		if got, err := FromSerial(n); err != nil || got != want {
			t.Errorf("%d: got %v, %v, want %v", n, got, err, want)
		}
	}
	if _, err := FromSerial(0); err == nil {
		t.Error("0 was taken for a date")
	}
}

func TestWritingAndReadingBack(t *testing.T) {
	on := d(2026, 1, 5)
	b, _ := on.MarshalText()
	var again Date
	if err := again.UnmarshalText(b); err != nil || again != on || on.Zh() != "2026年1月5日" || on.WeekdayZh() != "星期一" {
		t.Errorf("got %v, %v, %s %s", again, err, on.Zh(), on.WeekdayZh())
	}
	if on.Short(d(2026, 3, 1)) != "01-05" || on.Short(d(2027, 3, 1)) != "2026-01-05" || Date(0).String() != "" {
		t.Error("columns write dates otherwise")
	}
}

func TestABrokenCalendarIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON":    "春节放假",
		"a bad year": `{"years":{"今年":{}}}`,
		"a bad day":  `{"years":{"2027":{"free":["0230"]}}}`,
	} {
		if _, err := ReadCalendar(stringReader(text)); !errors.Is(err, ErrBadCalendar) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func FuzzParseLoose(f *testing.F) {
	for _, s := range []string{"2025-04-20", "２０２５年４月２０日", "2025/4/20 10:00", "----", "年月日"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ParseLoose(s)
		if err != nil {
			return
		}
		if again, err := Parse(got.String()); err != nil || again != got {
			t.Errorf("%q read as %v, which is no date", s, got)
		}
	})
}

func stringReader(s string) io.Reader { return strings.NewReader(s) }
