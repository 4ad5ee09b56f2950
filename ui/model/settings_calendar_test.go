package model

import (
	"errors"
	"strings"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// almanac is a calendar service that remembers what it was asked.
type almanac struct {
	years  []CalendarYear
	offer  CalendarOffer
	effect CalendarEffect
	no     error
	asked  []string
}

func (a *almanac) CalendarYears() ([]CalendarYear, error)       { return a.years, nil }
func (a *almanac) ReadCalendar(b []byte) (CalendarOffer, error) { return a.offer, a.no }
func (a *almanac) note(what, source string, on day.Date, rep bool) (CalendarEffect, error) {
	a.asked = append(a.asked, strings.TrimSpace(what+" "+source+" "+on.String()+map[bool]string{true: " replace"}[rep]))
	return a.effect, a.no
}
func (a *almanac) WeighCalendar(b []byte, source string, on day.Date, rep bool) (CalendarEffect, error) {
	return a.note("weigh", source, on, rep)
}
func (a *almanac) TakeCalendar(b []byte, source string, on day.Date, rep bool) (CalendarEffect, error) {
	a.years = append([]CalendarYear{{Year: a.offer.Year}}, a.years...)
	return a.note("take", source, on, rep)
}

var errNo = fault.New(fault.Refused, "calendar.file")

func TestANoticeIsWeighedBeforeItIsTakenIn(t *testing.T) {
	a := &almanac{years: []CalendarYear{{Year: 2026}}, offer: CalendarOffer{Year: 2027}, effect: CalendarEffect{Moved: []MovedDeadline{{What: "hours"}}}}
	m := NewSettingsCalendar(a, nil, day.MustNew(2026, 11, 23), Now)
	if m.Missing() != 2027 {
		t.Errorf("in November the next year is missing, got %d", m.Missing())
	}
	m.Take(File{Name: "2027.csv", Bytes: []byte("x")}, nil)
	if m.Offer == nil || m.Effect != nil || m.CanWeigh() || m.CanImport() {
		t.Fatal("a notice without source and date was weighed")
	}
	m.Source.Set("国办发明电〔2026〕8号")
	m.Dated.Set("gestern")
	m.Weigh()
	if m.Dated.Refusal() == nil || len(a.asked) != 0 {
		t.Error("a date in words was taken")
	}
	m.Dated.Set("2026年11月4日")
	m.Weigh()
	if !m.CanImport() || a.asked[0] != "weigh 国办发明电〔2026〕8号 2026-11-04" {
		t.Fatalf("asked %v", a.asked)
	}
	m.Replace.Set(true)
	if m.CanImport() {
		t.Error("what was changed since can be taken in without a look")
	}
	m.Weigh()
	m.Import()
	if m.Question() == nil {
		t.Fatal("it is taken in without a question")
	}
	m.Yes()
	if a.asked[2] != "take 国办发明电〔2026〕8号 2026-11-04 replace" || m.Offer != nil || m.Taken != 2027 || m.Effect == nil || m.Missing() != 0 || m.Replace.On() {
		t.Errorf("afterwards: asked %v, %+v", a.asked, m)
	}
	m.Import()
	if len(a.asked) != 3 {
		t.Error("it was taken in twice")
	}
}

func TestAFileThatIsNoNoticeIsRefusedOnTheSettings(t *testing.T) {
	a := &almanac{no: errNo}
	m := NewSettingsCalendar(a, nil, day.MustNew(2026, 9, 30), Now)
	if m.Missing() != 2026 {
		t.Errorf("this year is missing, got %d", m.Missing())
	}
	m.Take(File{}, nil)
	if !errors.Is(m.Problem(), errNo) || m.Offer != nil {
		t.Errorf("got %v", m.Problem())
	}
	m.Take(File{}, ErrFileUnread)
	if !errors.Is(m.Problem(), ErrFileUnread) {
		t.Errorf("got %v", m.Problem())
	}
}

func TestTheExampleNamesTheStatutoryDays(t *testing.T) {
	m := NewSettingsCalendar(&almanac{years: []CalendarYear{{Year: 2026}}}, nil, day.MustNew(2026, 9, 1), Now)
	text := string(m.example(func(name string) string { return name }))
	for _, want := range []string{"\ufeff年份,2027\r\n", "2027-02-05,休,spring\r\n", "2027-01-01,休,new-year"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}
