package hours

import (
	"errors"
	"os"
	"testing"
	"time"

	"xuezheng/data/day"
)

func workingDays(t *testing.T) *day.Calendar {
	t.Helper()
	f, err := os.Open("../../assets/calendars/cn.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cal, err := day.ReadCalendar(f)
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

func TestAClassIsAnnouncedTwentyWorkingDaysBefore(t *testing.T) {
	cal := workingDays(t)
	// Twenty working days before 2025-11-03 are counted over National Day: 1 to 8 October are
	// free, and Saturday 11 October is worked.
	class := Class{From: day.MustNew(2025, 11, 3), To: day.MustNew(2025, 11, 5)}
	latest := guangxi.Announced(class, cal).Latest
	if want := day.MustNew(2025, 9, 29); latest != want {
		t.Fatalf("the last day in time: got %v, want %v", latest, want)
	}
	for name, c := range map[string]struct {
		on   day.Date
		late bool
	}{
		"on the last day":   {latest, false},
		"one day later":     {latest.AddDays(1), true},
		"long before":       {latest.AddDays(-30), false},
		"not announced yet": {0, true},
	} {
		class.AnnouncedOn = c.on
		if got := guangxi.Announced(class, cal).Late; got != c.late {
			t.Errorf("%s: got late %v, want %v", name, got, c.late)
		}
	}
	far := guangxi.Announced(Class{From: day.MustNew(2199, 3, 1)}, cal)
	if !far.Provisional {
		t.Error("a year whose holidays nobody knows yet is not provisional")
	}
}

func TestACourseSomebodyCanStudy(t *testing.T) {
	good := Course{Name: "甲", Kind: Required, Specialty: "建筑工程", Mode: FaceToFace, Seconds: 540 * 60}
	for name, c := range map[string]struct {
		change func(*Course)
		want   error
	}{
		"a good one":             {func(*Course) {}, nil},
		"no name":                {func(c *Course) { c.Name = "" }, ErrNoCourse},
		"no kind":                {func(c *Course) { c.Kind = "" }, ErrBadKind},
		"no mode":                {func(c *Course) { c.Mode = "" }, ErrBadMode},
		"no minutes":             {func(c *Course) { c.Seconds = 0 }, ErrNoAmount},
		"a specialty nobody has": {func(c *Course) { c.Specialty = "航天工程" }, ErrUnknownSpecialty},
		"an elective in a class": {func(c *Course) { c.Kind = Elective }, ErrElectiveOnline},
	} {
		course := good
		c.change(&course)
		if err := guangxi.CheckCourse(course, []string{"建筑工程"}); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestPresenceAtAClass(t *testing.T) {
	class := Class{Name: "一班", For: "建筑工程专业学员", From: day.MustNew(2025, 11, 3), To: day.MustNew(2025, 11, 5)}
	in := time.Date(2025, 11, 3, 1, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		a       Attendance
		want    error
		minutes int
	}{
		"a whole morning":       {Attendance{On: class.From, In: in, Out: in.Add(3 * time.Hour)}, nil, 180},
		"not left yet":          {Attendance{On: class.To, In: in}, nil, 0},
		"left before coming":    {Attendance{On: class.From, In: in, Out: in.Add(-time.Minute)}, ErrOutBeforeIn, 0},
		"the day before":        {Attendance{On: class.From.AddDays(-1), In: in}, ErrNotInClass, 0},
		"the day after the end": {Attendance{On: class.To.AddDays(1), In: in}, ErrNotInClass, 0},
	} {
		if err := class.Attend(c.a); !errors.Is(err, c.want) || c.a.Seconds()/60 != c.minutes {
			t.Errorf("%s: got %v and %d minutes, want %v and %d", name, err, c.a.Seconds()/60, c.want, c.minutes)
		}
	}
	for name, c := range map[string]Class{"nameless": {From: class.From, To: class.To}, "backwards": {Name: "二班", From: class.To, To: class.From}} {
		if c.Check() == nil {
			t.Errorf("a %s class was taken", name)
		}
	}
	if err := class.Check(); err != nil {
		t.Errorf("got %v, want none", err)
	}
}

func TestTheListOfAMonthIsPublishedAtTheStartOfTheNext(t *testing.T) {
	cal := workingDays(t)
	for _, c := range []struct {
		year, month int
		want        day.Date
	}{
		{2025, 10, day.MustNew(2025, 11, 3)}, // 1 November 2025 is a Saturday
		{2025, 9, day.MustNew(2025, 10, 9)},  // after National Day
		{2025, 12, day.MustNew(2026, 1, 4)},  // a Sunday that is worked
	} {
		if got, _ := PublishDay(c.year, c.month, cal); got != c.want {
			t.Errorf("%d-%d: got %v, want %v", c.year, c.month, got, c.want)
		}
	}
}

func TestALearnerSeesBothDates(t *testing.T) {
	cal := workingDays(t)
	submitted := day.MustNew(2025, 10, 20)
	got := guangxi.Outlook(submitted, submitted, cal)
	want := Outlook{LatestDecision: day.MustNew(2025, 11, 17), EarliestList: day.MustNew(2025, 11, 3), LatestList: day.MustNew(2025, 12, 1)}
	if got != want {
		t.Errorf("on the day of submission: got %+v, want %+v", got, want)
	}
	got = guangxi.Outlook(submitted, day.MustNew(2025, 12, 2), cal) // the review is overdue
	if got.LatestDecision != want.LatestDecision || got.EarliestList != day.MustNew(2026, 1, 4) || got.LatestList != got.EarliestList {
		t.Errorf("overdue: got %+v", got)
	}
}

func TestAClassSaysWhomItIsFor(t *testing.T) {
	good := Class{Name: "一班", For: "建筑工程专业学员", From: day.MustNew(2026, 12, 7), To: day.MustNew(2026, 12, 9)}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for _, none := range []string{"", "  ", "\u3000"} {
		bad := good
		bad.For = none
		if err := bad.Check(); !errors.Is(err, ErrClassFor) {
			t.Errorf("for %q: got %v, want %v (G-10)", none, err, ErrClassFor)
		}
	}
}

func TestWhoIsNotedAtTheDoorComesAndThenGoes(t *testing.T) {
	at := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	a, out := Attendance{Class: "c", Learner: "p"}.Noted(at)
	if out || a.In != at || !a.Out.IsZero() || a.Class != "c" {
		t.Fatalf("came: %v, %+v", out, a)
	}
	for _, hours := range []time.Duration{2, 3} { // whoever comes back and goes again was there until then
		if a, out = a.Noted(at.Add(hours * time.Hour)); !out || a.In != at || a.Out != at.Add(hours*time.Hour) {
			t.Fatalf("went: %v, %+v", out, a)
		}
	}
	if a, out = (Attendance{Out: at}).Noted(at.Add(time.Hour)); out || a.In != at.Add(time.Hour) || !a.Out.IsZero() {
		t.Errorf("came, of whom only a going was written down: %v, %+v", out, a)
	}
}
