package service_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/calendar"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// notice2027 is an invented notice that frees 4 January and works Saturday the 9th for it.
const notice2027 = "年份,2027\n文号,国办发明电〔2026〕8号\n发布日期,2026-11-04\n日期,安排\n1月1日至4日,休\n1月9日,班\n2月5日至11日,休\n1月30日,班\n2月20日,班\n4月3日至5日,休\n5月1日至5日,休\n5月8日,班\n" +
	"6月9日,休\n9月15日,休\n10月1日至7日,休\n9月26日,班\n"

func readNotice(d *servicetest.Desk, text string) calendar.Notice {
	d.T.Helper()
	n, err := service.ReadNotice([]byte(text), "", 0)
	d.Must(err)
	return n
}

// waiting makes a desk at Christmas with a record in review and a change of name under way.
func waiting(t *testing.T, where string) (*servicetest.Desk, hours.Record, identity.Request) {
	t.Helper()
	d := servicetest.OpenAt(t, where)
	d.Clock.Set(time.Date(2026, 12, 21, 2, 0, 0, 0, time.UTC))
	p := d.Register(servicetest.Qing())
	d.Confirm(p.ID, 3)
	en := d.Enrol(p.ID)
	rec, err := d.Hours.Enter(ctx, d.Who, hours.Entry{Learner: p.ID, Course: "绿色施工", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 900 * 60, On: d.Today().AddDays(-5)})
	d.Must(err)
	_, err = d.Hours.Submit(ctx, d.Who, en.ID)
	d.Must(err)
	q, err := d.Identity.RequestData(ctx, d.Who, p.ID, identity.NameChange, "韦青和")
	d.Must(err)
	d.Clock.Set(time.Date(2026, 12, 25, 2, 0, 0, 0, time.UTC))
	q, err = d.Identity.Receive(ctx, d.Who, q.ID)
	d.Must(err)
	queue, err := d.Hours.Queue(ctx, d.Who, 10, 0)
	d.Must(err)
	for _, r := range queue {
		if r.Record.ID == rec.ID {
			rec = r.Record
		}
	}
	return d, rec, q
}

func TestANewYearsNoticeMovesTheDeadlinesThatRun(t *testing.T) {
	dir := t.TempDir()
	d, rec, q := waiting(t, dir)
	if rec.Due != day.MustNew(2027, 1, 19) || q.Due != day.MustNew(2027, 1, 6) {
		t.Fatalf("before: due %v and %v", rec.Due, q.Due)
	}
	if !d.WorkingDays().Provisional(rec.SubmittedOn, rec.Due) {
		t.Error("a deadline in a year that is not out is not provisional")
	}
	n := readNotice(d, notice2027)
	before, err := d.Calendars.Preview(ctx, d.Who, n, false)
	d.Must(err)
	queue, err := d.Hours.Queue(ctx, d.Who, 1, 0)
	d.Must(err)
	if queue[0].Record.Due != rec.Due || d.WorkingDays().Published(2027) {
		t.Error("a preview changed something")
	}
	e, err := d.Calendars.Import(ctx, d.Who, n, false)
	d.Must(err)
	if fmt.Sprint(before) != fmt.Sprint(e) {
		t.Errorf("the preview said %+v, what was done is %+v", before, e)
	}
	var told []string
	for _, m := range e.Moved {
		told = append(told, fmt.Sprint(m.What, " ", m.Name, " ", m.Count, " ", m.From, " ", m.To, " ", m.Provisional))
	}
	// Free on the 4th, worked on Saturday the 9th: what was due before the 9th moves.
	want := []string{"name 韦青禾 1 2027-01-06 2027-01-07 false", "pass-list  1 2027-01-04 2027-01-05 false", "pass-list  1 2027-05-03 2027-05-06 false", "pass-list  1 2027-10-04 2027-10-08 false"}
	if strings.Join(told, "\n") != strings.Join(want, "\n") {
		t.Errorf("moved:\n%s\nwant:\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
	open, err := d.Identity.Requests(ctx, d.Who, 1)
	d.Must(err)
	if q = open[0]; q.Due != day.MustNew(2027, 1, 7) || d.WorkingDays().Provisional(q.ReceivedOn, q.Due) {
		t.Errorf("afterwards due %v", q.Due)
	}
	lines, err := d.Audit.Lines(ctx, d.Who, store.LineFilter{Act: act.ImportCalendar, Limit: 10})
	d.Must(err)
	details := ""
	for _, l := range lines {
		details += l.About + " " + l.Detail + "\n"
	}
	if len(lines) != 2 || !strings.Contains(details, "2027 2026-11-04 moved 1") || !strings.Contains(details, string(q.ID)+" due 2027-01-07") {
		t.Errorf("the trail says\n%s", details)
	}
	d.Must(d.Close())
	again, err := service.Open(ctx, d.Config(dir))
	d.Must(err)
	defer again.Close()
	who, err := again.Access.SignIn(ctx, d.Who.Name, servicetest.Passphrase)
	d.Must(err)
	if !again.WorkingDays().Published(2027) || again.WorkingDays().IsWorking(day.MustNew(2027, 1, 4)) {
		t.Error("the notice is forgotten when the store is opened again")
	}
	years, err := again.Calendars.Years(ctx, who)
	d.Must(err)
	if len(years) != 24 || years[0].Year != 2027 || years[0].Shipped || years[0].Source != n.Source || years[0].By != who.Login || !years[1].Shipped {
		t.Errorf("years: %+v", years[0])
	}
}

func TestAnotherDeskLearnsOfTheNotice(t *testing.T) {
	where := servicetest.Database(t)
	d, _, q := waiting(t, where)
	cfg := d.Config(where)
	cfg.Machine = "前台 03"
	back, err := service.Open(ctx, cfg)
	d.Must(err)
	defer back.Close()
	who, err := back.Access.SignIn(ctx, d.Who.Name, servicetest.Passphrase)
	d.Must(err)
	_, err = d.Calendars.Import(ctx, d.Who, readNotice(d, notice2027), false)
	d.Must(err)
	list, err := back.Identity.Requests(ctx, who, 10)
	d.Must(err)
	if len(list) != 1 || list[0].Due == q.Due || !back.WorkingDays().Published(2027) {
		t.Errorf("the other desk still counts by the old calendar: %+v", list)
	}
}

func TestANoticeIsTakenInOnceAndByAnAdministrator(t *testing.T) {
	d := servicetest.Open(t)
	n := readNotice(d, notice2027)
	clerk := d.Login("lanmei", access.Reviewer, "")
	_, err := d.Calendars.Import(ctx, clerk, n, false)
	d.Refused(err, access.ErrDenied)
	_, err = d.Calendars.Preview(ctx, clerk, n, false)
	d.Refused(err, access.ErrDenied)
	_, err = d.Calendars.Years(ctx, clerk)
	d.Must(err)

	bad := n
	bad.Free = append(bad.Free, day.MustNew(2027, 1, 9))
	_, err = d.Calendars.Import(ctx, d.Who, bad, true)
	d.Refused(err, calendar.ErrBoth)
	_, err = d.Calendars.Import(ctx, d.Who, n, false)
	d.Must(err)
	_, err = d.Calendars.Import(ctx, d.Who, n, false)
	d.Refused(err, calendar.ErrSame)
	older := n
	older.Dated = older.Dated.AddDays(-1)
	_, err = d.Calendars.Preview(ctx, d.Who, older, false)
	d.Refused(err, calendar.ErrOlder)
	_, err = d.Calendars.Import(ctx, d.Who, older, true)
	d.Must(err)
	if years, err := d.Calendars.Years(ctx, clerk); err != nil || years[0].Dated != older.Dated {
		t.Errorf("the older one was not put back on purpose: %+v, %v", years[0].Dated, err)
	}
	shipped := calendar.Notice{Year: 2026, Source: "www.gov.cn", Dated: day.MustNew(2026, 3, 1)}
	for _, y := range mustYears(d) {
		if y.Year == 2026 {
			shipped.Free, shipped.Worked = y.Free, y.Worked
		}
	}
	_, err = d.Calendars.Preview(ctx, d.Who, shipped, false)
	d.Must(err)
	shipped.Free = append(shipped.Free, day.MustNew(2026, 12, 31))
	_, err = d.Calendars.Import(ctx, d.Who, shipped, false)
	d.Refused(err, calendar.ErrDiffers)
	e, err := d.Calendars.Import(ctx, d.Who, shipped, true)
	d.Must(err)
	if !e.Unusual() || d.WorkingDays().IsWorking(day.MustNew(2026, 12, 31)) {
		t.Errorf("got %+v", e)
	}
}

func mustYears(d *servicetest.Desk) []service.KnownYear {
	d.T.Helper()
	list, err := d.Calendars.Years(ctx, d.Who)
	d.Must(err)
	return list
}

func TestWhatIsNoNoticeIsRefused(t *testing.T) {
	for text, want := range map[string]error{
		"{":                            calendar.ErrFile,
		"\ufeff {\"year\":":            calendar.ErrFile,
		"2027-01-01,也许":                calendar.ErrLine,
		"PK\x03\x04":                   nil,
		"":                             nil,
		strings.Repeat("x", 2_000_000): nil,
	} {
		_, err := service.ReadNotice([]byte(text), "", 0)
		if err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%.20q: got %v, want %v", text, err, want)
		}
	}
	n, err := service.ReadNotice([]byte("2027-01-01,休"), "国办发明电〔2026〕8号", day.MustNew(2026, 11, 4))
	if err != nil || n.Year != 2027 || n.Source == "" || n.Dated.IsZero() {
		t.Errorf("got %+v, %v", n, err)
	}
}
