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
		"New Year, not yet published":     {d(2027, 1, 1), false},
		"Labour Day, not yet published":   {d(2028, 5, 2), false},
		"the day after it":                {d(2028, 5, 3), true},
		"National Day, not published":     {d(2029, 10, 3), false},
		"the day after those three":       {d(2029, 10, 4), true},
		"New Year's Eve by the moon":      {d(2027, 2, 5), false},
		"the third day of the lunar year": {d(2027, 2, 8), false},
		"the fourth":                      {d(2027, 2, 9), true},
		"Qingming, not yet published":     {d(2027, 4, 5), false},
		"Dragon Boat, not yet published":  {d(2027, 6, 9), false},
		"Mid-Autumn, not yet published":   {d(2027, 9, 15), false},
		"a Saturday not yet published":    {d(2027, 1, 2), false},
		"a Sunday not yet published":      {d(2027, 1, 3), false},
		"a holiday that was one for long": {d(2007, 5, 3), false},
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
		"into an unpublished year":          {d(2026, 12, 31), 1, d(2027, 1, 4), true},
		"up to the last day published":      {d(2026, 12, 30), 1, d(2026, 12, 31), false},
		"back out of an unpublished year":   {d(2027, 1, 4), -1, d(2026, 12, 31), true},
		"back from its first day":           {d(2027, 1, 1), -1, d(2026, 12, 31), false},
		"back by two":                       {d(2026, 11, 24), -2, d(2026, 11, 20), false},
		"into the first year published":     {d(2003, 12, 31), 1, d(2004, 1, 2), false},
		"through a whole unpublished year":  {d(2026, 12, 31), 254, d(2027, 12, 31), true},
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
		"over New Year, not yet out": {d(2026, 12, 31), d(2027, 1, 4), 1},
		"and back":                   {d(2027, 1, 4), d(2026, 12, 31), -1},
		"the last day of a year":     {d(2026, 12, 30), d(2026, 12, 31), 1},
	} {
		got, provisional := c.WorkingBetween(k.from, k.to)
		if want := max(k.from, k.to) > d(2026, 12, 31); got != k.want || provisional != want {
			t.Errorf("%s: got %d %v, want %d %v", name, got, provisional, k.want, want)
		}
	}
}

func TestTheFirstWorkingDayOfAMonth(t *testing.T) {
	c := calendar(t)
	for name, k := range map[string]struct {
		year, month int
		want        Date
		provisional bool
	}{
		"after National Day":    {2026, 10, d(2026, 10, 8), false},
		"an ordinary first":     {2026, 12, d(2026, 12, 1), false},
		"a year not yet out":    {2027, 1, d(2027, 1, 4), true},
		"its Labour Day":        {2027, 5, d(2027, 5, 3), true},
		"the first that is out": {2004, 1, d(2004, 1, 2), false},
	} {
		got, provisional := c.FirstWorkingOfMonth(k.year, k.month)
		if got != k.want || provisional != k.provisional {
			t.Errorf("%s: got %v %v, want %v %v", name, got, provisional, k.want, k.provisional)
		}
	}
	// Out of a year that is not published into one that is: it still rests on the first.
	with := c.With(Year{Year: 2028})
	if got, provisional := with.NextWorking(d(2027, 12, 31)); got != d(2027, 12, 31) || !provisional {
		t.Errorf("the last day of a year not yet out: got %v %v", got, provisional)
	}
	if got, provisional := with.NextWorking(d(2028, 1, 1)); got != d(2028, 1, 3) || provisional {
		t.Errorf("the first of the next: got %v %v", got, provisional)
	}
	with = c.With(Year{Year: 2023, Free: []Date{d(2022, 12, 30)}})
	delete(with.years, 2022)
	if got, provisional := with.NextWorking(d(2022, 12, 30)); got != d(2023, 1, 2) || !provisional {
		t.Errorf("from a year not out into one that is: got %v %v", got, provisional)
	}
}

func TestWhatIsCountedOverAYearThatIsNotOutIsProvisional(t *testing.T) {
	c := calendar(t)
	for name, k := range map[string]struct {
		from, to Date
		want     bool
	}{
		"within a year that is out":       {d(2026, 11, 2), d(2026, 12, 31), false},
		"into the next":                   {d(2026, 12, 1), d(2027, 1, 1), true},
		"back out of it":                  {d(2027, 1, 4), d(2026, 12, 31), true},
		"from its eve, not counting it":   {d(2003, 12, 31), d(2004, 2, 2), false},
		"the day before that":             {d(2003, 12, 30), d(2004, 2, 2), true},
		"that day itself":                 {d(2027, 1, 4), d(2027, 1, 4), true},
		"a day that is out":               {d(2026, 1, 4), d(2026, 1, 4), false},
		"the last day of one that's not":  {d(2027, 12, 31), d(2027, 12, 31), true},
		"the last day that is out":        {d(2026, 12, 31), d(2026, 12, 31), false},
		"over a year between two":         {d(2026, 12, 1), d(2028, 1, 3), true},
		"far away":                        {d(2199, 3, 1), d(2199, 4, 1), true},
		"the last days of one that's out": {d(2026, 12, 30), d(2026, 12, 31), false},
	} {
		if got := c.With(Year{Year: 2028}).Provisional(k.from, k.to); got != k.want {
			t.Errorf("%s: got %v, want %v", name, got, k.want)
		}
	}
}

func TestAYearsNoticeMakesAnotherCalendar(t *testing.T) {
	c := calendar(t)
	with := c.With(Year{Year: 2027, Free: []Date{d(2027, 1, 1), d(2026, 12, 31)}, Worked: []Date{d(2026, 12, 27), d(2027, 1, 9)}})
	for name, k := range map[string]struct {
		on           Date
		before, with bool
	}{
		"a holiday":                        {d(2027, 1, 1), false, false},
		"a Saturday that is worked":        {d(2027, 1, 9), false, true},
		"a day the notice leaves alone":    {d(2027, 1, 4), true, true},
		"a statutory day it doesn't free":  {d(2027, 2, 5), false, true},
		"a Thursday of the year before":    {d(2026, 12, 31), true, false},
		"a Sunday of the year before":      {d(2026, 12, 27), false, true},
		"another day of the year before":   {d(2026, 10, 1), false, false},
		"a make-up day of the year before": {d(2026, 1, 4), true, true},
	} {
		if a, b := c.IsWorking(k.on), with.IsWorking(k.on); a != k.before || b != k.with {
			t.Errorf("%s: got %v and %v, want %v and %v", name, a, b, k.before, k.with)
		}
	}
	if c.Published(2027) || !with.Published(2027) || !with.Published(2026) {
		t.Error("a calendar in use was changed, or the new one doesn't know its years")
	}
}

func TestDatesAsPeopleWriteThem(t *testing.T) {
	want := d(2025, 4, 20)
	for _, s := range []string{"2025-04-20", "2025/4/20", "2025.4.20", "2025年4月20日", "20250420", "２０２５－０４－２０", " 2025-4-20 ", "2025-04-20 00:00:00", "2025年04月20号", "2025-04-20T08:00:00", "2025-04-20 下午3:00", "2025-04-20 08:00:00 PM", "2025-04-20 23:59:59.999"} {
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

func TestAMomentWithAZoneIsADayInShanghai(t *testing.T) {
	for text, want := range map[string]Date{
		"2026-02-01T16:30:00Z":           d(2026, 2, 2),
		"2026-02-01T16:00:00Z":           d(2026, 2, 2), // midnight begins the day
		"2026-02-01T15:59:59Z":           d(2026, 2, 1),
		"2026-02-01T15:59:59.999Z":       d(2026, 2, 1),
		"2026-02-01t16:30:00z":           0, // a small t is no mark of ours
		"2026-02-01 16:30:00z":           d(2026, 2, 2),
		"2026-02-01 16:30Z":              d(2026, 2, 2),
		"2026/2/1 16:30 UTC":             d(2026, 2, 2),
		"2026-02-01 16:30:00 GMT":        d(2026, 2, 2),
		"2026-02-01 16:30:00 +0000 UTC":  d(2026, 2, 2),
		"2026-02-01T16:30:00+00:00":      d(2026, 2, 2),
		"2026-02-01T16:30:00+08:00":      d(2026, 2, 1),
		"2026-02-01T23:30:00+0800":       d(2026, 2, 1),
		"2026-02-01T23:30:00 CST":        d(2026, 2, 1),
		"2026-02-01T00:00:00+08:00":      d(2026, 2, 1),
		"2026-02-01T00:30:00+09:00":      d(2026, 1, 31),
		"2026-02-01T08:30:00+09":         d(2026, 2, 1),
		"2026-02-01T11:30:00-05:00":      d(2026, 2, 2),
		"2026-02-01T10:59:59-05:00":      d(2026, 2, 1),
		"2026-02-01T11:30:00−05:00":      d(2026, 2, 2), // a proper minus
		"2026-02-01T21:29:00+05:30":      d(2026, 2, 1),
		"2026-02-01T21:30:00+05:30":      d(2026, 2, 2),
		"2026-02-01 4:30 PM UTC":         d(2026, 2, 2),
		"2026-02-01 12:30 AM GMT-4":      d(2026, 2, 1),
		"2026-02-01 4:30 AM GMT-12":      d(2026, 2, 2),
		"2026-02-01T12:30:00-08:00":      d(2026, 2, 2),
		"2026-02-01 1:30 PM UTC":         d(2026, 2, 1),
		"2029-09-19T09:09:09Z":           d(2029, 9, 19),
		"2026-02-01 4:30 AM UTC":         d(2026, 2, 1),
		"2026-02-01 12:30 AM UTC":        d(2026, 2, 1),
		"2026-02-01 12:30 PM GMT-4":      d(2026, 2, 2),
		"2026-02-01 16:30:00 GMT+8":      d(2026, 2, 1),
		"2026-02-01T24:00:00+08:00":      d(2026, 2, 2),
		"２０２６－０２－０１Ｔ１６：３０：００Ｚ":           d(2026, 2, 2),
		"2026-12-31T16:30:00Z":           d(2027, 1, 1),
		"2024-02-28T16:30:00Z":           d(2024, 2, 29),
		"2026-02-01T16:30:00 PST":        0, // whose day that is can't be told
		"2026-02-01T16:30:00+15:00":      0,
		"2026-02-01T16:30:00+14:00":      d(2026, 2, 1),
		"2026-02-01T16:30:00+08:60":      0,
		"2026-02-01T16:60:00Z":           0,
		"2026-02-01T16:59:60Z":           d(2026, 2, 2),
		"2026-02-01T16:30:61Z":           0,
		"2026-02-01T24:00:01Z":           0,
		"2026-02-01T25:00:00Z":           0,
		"2026-02-01 13:30 PM UTC":        0,
		"2026-02-01 0:30 PM UTC":         0,
		"2026-02-01 16:30 Asia/Shanghai": 0,
		"2026-02-30T16:30:00Z":           0,
	} {
		got, err := ParseLoose(text)
		if got != want || (err != nil) != (want == 0) {
			t.Errorf("%q: got %v, %v, want %v", text, got, err, want)
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
	for _, s := range []string{"2025-04-20", "２０２５年４月２０日", "2025/4/20 10:00", "2026-02-01T16:30:00Z", "2026-02-01 4:30 PM GMT-4", "----", "年月日"} {
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

func TestADayOfAKindHasItsSpan(t *testing.T) {
	today, born := d(2026, 12, 1), d(1988, 3, 12)
	for name, c := range map[string]struct {
		kind  Kind
		on    Date
		born  []Date
		today Date
		fits  bool
	}{
		"today":                              {Completed, today, nil, today, true},
		"tomorrow, of what has happened":     {Completed, d(2026, 12, 2), nil, today, false},
		"the first that may be":              {Paid, d(1981, 1, 13), nil, today, true},
		"the day before it":                  {Paid, d(1981, 1, 12), nil, today, false},
		"the day of birth":                   {Sat, born, []Date{born}, today, true},
		"the day before birth":               {Sat, d(1988, 3, 11), []Date{born}, today, false},
		"a birth that is not known":          {Sat, d(1988, 3, 11), []Date{0}, today, true},
		"the last of three years ahead":      {Registered, d(2029, 12, 1), nil, today, true},
		"a day later":                        {Registered, d(2029, 12, 2), nil, today, false},
		"what a spreadsheet makes of nought": {Expires, d(1899, 12, 30), nil, today, false},
		"for ever":                           {Expires, d(9999, 12, 31), nil, today, false},
		"none":                               {Completed, 0, []Date{born}, today, true},
		"where nobody knows what day it is":  {Completed, d(2026, 12, 2), nil, 0, true},
		"year 1, all the same":               {Completed, d(1, 1, 1), nil, 0, false},
	} {
		if err := c.kind.Check(c.on, c.today, c.born...); (err == nil) != c.fits {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAWindowEndsOnTheSameDayMonthsLater(t *testing.T) {
	for name, c := range map[string]struct {
		w          Window
		from, want Date
	}{
		"half a year":                {6, MustNew(2026, 1, 15), MustNew(2026, 7, 15)},
		"clamped to the month's end": {6, MustNew(2025, 8, 31), MustNew(2026, 2, 28)},
		"in a leap year a day later": {6, MustNew(2027, 8, 31), MustNew(2028, 2, 29)},
		"over the turn of the year":  {3, MustNew(2026, 11, 30), MustNew(2027, 2, 28)},
		"no window":                  {0, MustNew(2026, 1, 15), 0},
		"nothing was paid":           {6, 0, 0},
	} {
		if got := c.w.End(c.from); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
