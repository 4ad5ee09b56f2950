package hours

import (
	"strings"
	"testing"
	"time"

	"xuezheng/data/day"
)

func words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestAnAmountThatIsNoneSaysWhy(t *testing.T) {
	for text, want := range map[string]struct {
		n    int
		says string
	}{
		"1000":                           {100000, ""},
		"1000.01":                        {0, "hours.too-much [1000]"},
		"100000":                         {0, "hours.too-much [1000]"},
		"999999":                         {0, "hours.too-much [1000]"},
		"1000000":                        {0, "hours.too-much [1000]"},
		"9999999":                        {0, "hours.too-much [1000]"},
		strings.Repeat("0", 20) + "7.50": {750, ""},
		"0.01":                           {1, ""},
		"0.001":                          {0, "hours.too-fine"},
		"0":                              {0, ErrNoAmount.Key},
		"0.00":                           {0, ErrNoAmount.Key},
		"7.":                             {0, "hours.not-an-amount"},
		".5":                             {0, "hours.not-an-amount"},
		"七":                              {0, "hours.not-an-amount"},
	} {
		n, err := Hundredths(text)
		if n != want.n || words(err) != want.says {
			t.Errorf("%s: got %d, %v", text, n, err)
		}
	}
	u := guangxi.Unit()
	for seconds, want := range map[int]string{27: "", 1000 * 2700: "", 1000*2700 + 27: "hours.too-much [1000]", 26: "hours.too-fine", 1: "hours.too-fine", 0: ErrNoAmount.Key} {
		if err := u.check(seconds); words(err) != want {
			t.Errorf("%d seconds: %v", seconds, err)
		}
	}
	if got := (Unit(0)).Hundredths(7); got != 700 {
		t.Errorf("a unit of nothing: %d", got)
	}
	if a, b := Text(-150), Text(0); a != "-1.5" || b != "0" {
		t.Errorf("got %s and %s", a, b)
	}
}

func TestPresenceNeedsBothSigns(t *testing.T) {
	in := time.Date(2025, 11, 3, 1, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		a    Attendance
		want int
	}{
		"came and went":         {Attendance{In: in, Out: in.Add(90 * time.Second)}, 90},
		"came, and stays":       {Attendance{In: in}, 0},
		"only went":             {Attendance{Out: in}, 0},
		"went before they came": {Attendance{In: in, Out: in.Add(-time.Second)}, 0},
		"nobody signed":         {Attendance{}, 0},
		"came and went at once": {Attendance{In: in, Out: in}, 0},
	} {
		if got := c.a.Seconds(); got != c.want {
			t.Errorf("%s: %d seconds", name, got)
		}
	}
	class := Class{From: day.MustNew(2025, 11, 3), To: day.MustNew(2025, 11, 4)}
	c := Course{Seconds: 8 * 2700}
	first := Attendance{On: class.From, In: in, Out: in.Add(2700 * time.Second)}
	last := Attendance{On: class.To, In: in.AddDate(0, 0, 1), Out: in.AddDate(0, 0, 1).Add(time.Second)}
	if _, done := guangxi.Earned(class, c, []Attendance{last, first}); !done {
		t.Error("a second on the last day is presence on it, in whatever order the days are listed")
	}
	last.Out = last.In
	if seconds, done := guangxi.Earned(class, c, []Attendance{first, last}); done || seconds != 2700 {
		t.Errorf("nothing of the last day: %d, %v", seconds, done)
	}
}

func TestAClassWithoutAStartAndACourseOfTheOtherKind(t *testing.T) {
	good := Class{Name: "一班", For: "建筑工程专业", From: day.MustNew(2025, 11, 3), To: day.MustNew(2025, 11, 4)}
	for name, c := range map[string]struct {
		change func(*Class)
		want   string
	}{
		"as it should be":          {func(*Class) {}, ""},
		"no start":                 {func(c *Class) { c.From = 0 }, "hours.class-dates"},
		"no end":                   {func(c *Class) { c.To = 0 }, "hours.class-dates"},
		"ends before it starts":    {func(c *Class) { c.To = c.From.AddDays(-1) }, "hours.class-dates"},
		"one day":                  {func(c *Class) { c.To = c.From }, ""},
		"a name of spaces":         {func(c *Class) { c.Name = "　 " }, "hours.class-name"},
		"for nobody in particular": {func(c *Class) { c.For = " " }, "hours.class-for"},
	} {
		class := good
		c.change(&class)
		if err := class.Check(); words(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := guangxi.CheckCourse(Course{Name: "法规", Kind: Required, Mode: FaceToFace, Specialty: "建筑工程", Seconds: 2700}, []string{"建筑工程"}); err != nil {
		t.Errorf("required hours may be face to face: %v", err)
	}
	if err := guangxi.CheckCourse(Course{Name: "法规", Kind: Elective, Mode: Online, Specialty: "建筑工程", Seconds: 2700}, []string{"建筑工程"}); err != nil {
		t.Errorf("electives online: %v", err)
	}
}

func TestARecordAtTheEndsOfWhatMayBeWritten(t *testing.T) {
	good := Entry{Course: "甲", Kind: Elective, Specialty: "建筑工程", Mode: FaceToFace, Seconds: 2700, On: today}
	for name, c := range map[string]struct {
		change func(*Entry)
		want   string
	}{
		"elective, face to face: written down": {func(*Entry) {}, ""},
		"a mark of 0 is a mark":                {func(e *Entry) { e.MarkTenths, e.HasMark = 0, true }, ""},
		"no mark, whatever stands there":       {func(e *Entry) { e.MarkTenths = 101 }, ""},
	} {
		e := good
		c.change(&e)
		r, err := guangxi.Enter(e, 0, today)
		if words(err) != c.want || err == nil && (r.Version != 1 || r.ID == "" || r.State != Entered) {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	capped := guangxi
	capped.MaxMinutesPerDay = 1
	if _, err := capped.Enter(good, 0, today); words(err) != "hours.too-long [1]" {
		t.Errorf("a cap of one minute: %v", err)
	}
}

func TestAnAcceptedRecordSaysByWhomAndWhen(t *testing.T) {
	at := time.Date(2025, 11, 24, 2, 0, 0, 0, time.UTC)
	r := Record{State: Submitted}
	if err := r.Accept("chen", at); err != nil || r.DecidedBy != "chen" || r.DecidedAt != at || r.State != Accepted {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestProgressNeverLacksLessThanNothing(t *testing.T) {
	if got := (Progress{Needed: 5, Done: 9}).Lacking(); got != 0 {
		t.Errorf("got %d", got)
	}
	for name, c := range map[string]struct {
		s    Standing
		want bool
	}{
		"nothing is needed of nobody":  {Standing{}, false},
		"one second is lacking":        {Standing{Progress: []Progress{{Needed: 2, Done: 1}}}, false},
		"full":                         {Standing{Progress: []Progress{{Needed: 2, Done: 2}}}, true},
		"full, and the second one not": {Standing{Progress: []Progress{{Needed: 2, Done: 2}, {Needed: 1}}}, false},
	} {
		if got := c.s.Ready(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// A year whose holidays are not published makes every day that is counted over it provisional.
type unpublished struct{ from day.Date }

func (u unpublished) AddWorking(d day.Date, n int) (day.Date, bool) {
	return d.AddDays(n), !d.AddDays(n).Before(u.from)
}

func (u unpublished) FirstWorkingOfMonth(year, month int) (day.Date, bool) {
	d := day.MustNew(year, month, 1)
	return d, !d.Before(u.from)
}

func (u unpublished) WorkingBetween(from, to day.Date) (int, bool) { return from.DaysTo(to), false }
func (u unpublished) IsWorking(day.Date) bool                      { return true }

func TestADayCountedOverAnUnpublishedYearIsProvisional(t *testing.T) {
	r := guangxi
	r.ReviewDays = 20
	for name, c := range map[string]struct {
		submitted, today day.Date
		from             day.Date
		want             bool
	}{
		"all within a published year":                         {day.MustNew(2026, 3, 2), day.MustNew(2026, 3, 2), day.MustNew(2027, 1, 1), false},
		"only the list of the last day is not":                {day.MustNew(2026, 12, 1), day.MustNew(2026, 12, 1), day.MustNew(2027, 1, 1), true},
		"this month's list is published, the next one is not": {day.MustNew(2026, 11, 20), day.MustNew(2026, 11, 20), day.MustNew(2027, 1, 1), true},
		"the decision is not":                                 {day.MustNew(2026, 12, 20), day.MustNew(2026, 12, 20), day.MustNew(2027, 1, 5), true},
		"the first list is not":                               {day.MustNew(2026, 3, 2), day.MustNew(2026, 12, 20), day.MustNew(2027, 1, 1), true},
	} {
		if got := r.Outlook(c.submitted, c.today, unpublished{c.from}); got.Provisional != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if on, provisional := PublishDay(2026, 12, unpublished{day.MustNew(2027, 1, 1)}); on != day.MustNew(2027, 1, 1) || !provisional {
		t.Errorf("December's list: %v, %v", on, provisional)
	}
	if on, _ := PublishDay(2026, 1, unpublished{}); on != day.MustNew(2026, 2, 1) {
		t.Errorf("January's list: %v", on)
	}
}

func TestOfTwoModesAlikeTheOneCompletedFirstStands(t *testing.T) {
	for name, c := range map[string]struct {
		records []Record
		want    Mode
	}{
		"face to face first":                 {[]Record{course("甲", Required, 10, faceToFace, on(2025, 3, 9)), course("乙", Required, 10)}, FaceToFace},
		"online first":                       {[]Record{course("甲", Required, 10, faceToFace, on(2025, 3, 11)), course("乙", Required, 10)}, Online},
		"more face to face, but later":       {[]Record{course("甲", Required, 11, faceToFace, on(2025, 3, 11)), course("乙", Required, 10)}, FaceToFace},
		"an elective before both is no mode": {[]Record{course("丙", Elective, 10, on(2025, 3, 2)), course("甲", Required, 10, faceToFace, on(2025, 3, 9)), course("乙", Required, 10)}, FaceToFace},
		"none is required":                   {[]Record{course("丙", Elective, 10)}, ""},
	} {
		if got := guangxi.Standing(plan, c.records).Mode; got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestWhatIsPlannedComesAfterAllThereIs(t *testing.T) {
	planned := func(name string, hours int) Entry {
		return Entry{Course: name, Kind: Elective, Specialty: plan.Main, Mode: Online, Seconds: guangxi.Amount(hours)}
	}
	records := []Record{course("甲", Elective, 50, on(2025, 3, 10)), course("乙", Elective, 5, on(2025, 2, 1), paidOn(2025, 1, 1))}
	s := guangxi.WhatIf(plan, records, nil, []Entry{planned("丙", 4), planned("丁", 4)})
	last := s.Lines[len(s.Lines)-2:]
	if last[0].Record.Course != "丙" || last[1].Record.Course != "丁" || last[0].Record.State != Entered {
		t.Errorf("in the order planned, after the others: %s, %s", last[0].Record.Course, last[1].Record.Course)
	}
	if last[0].Record.On != day.MustNew(2025, 3, 10) || last[0].Record.PaidOn != last[0].Record.On {
		t.Errorf("on the day of the latest, paid for then: %v, %v", last[0].Record.On, last[0].Record.PaidOn)
	}
	if last[0].Counted != guangxi.Amount(4) || last[1].Counted != guangxi.Amount(1) || last[1].Left != guangxi.Amount(3) {
		t.Errorf("counted %d and %d, left %d", last[0].Counted, last[1].Counted, last[1].Left)
	}
	if last[1].Why == nil || words(last[1].Why) != WhySurplus.Key+" [60]" {
		t.Errorf("how much was needed is not said: %v", last[1].Why)
	}
	beyond := guangxi.WhatIf(plan, []Record{course("甲", Elective, 1, on(2030, 1, 1))}, nil, []Entry{planned("丙", 4)})
	for _, l := range beyond.Lines {
		if l.Record.Course == "丙" && l.Record.On != plan.To {
			t.Errorf("nothing is planned beyond the period: %v", l.Record.On)
		}
	}
	empty := guangxi.WhatIf(plan, nil, nil, []Entry{planned("丙", 4)})
	if empty.Lines[0].Record.On != plan.From {
		t.Errorf("the first of all: %v", empty.Lines[0].Record.On)
	}
}

// A tenth of a 学时 of an odd number lost half a minute when amounts were whole minutes.
func TestEveryTenthOfASheetIsKnownAgain(t *testing.T) {
	for tenths := 1; tenths <= 200; tenths++ {
		old := tenths * 45 / 10 * 60
		seconds, known := guangxi.Restore(Record{Entry: Entry{Seconds: old, Source: FromImport}})
		if want := tenths * 270; seconds != want || known != (old != want) {
			t.Errorf("%d tenths, kept as %d seconds: got %d, known %v", tenths, old, seconds, known)
		}
	}
}
