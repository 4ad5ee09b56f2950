package view_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/session"
	"xuezheng/data/view"
)

var ctx = context.Background()

// filled is a desk with two people: 陈娜, who has all her hours, and 韦青禾, who has entered one record and handed
// in another; and everything bound to its administrator.
type filled struct {
	session.As
	desk     *servicetest.Desk
	t        *testing.T
	na, qing person.Person
	en       enrolment.Enrolment // 韦青禾's
	draft    hours.Record
	waiting  hours.Record
}

func open(t *testing.T) *filled {
	d := servicetest.Open(t)
	f := &filled{desk: d, As: session.Of(d.Services, d.Who), t: t, na: d.Ready(servicetest.Na(), 4), qing: d.Register(servicetest.Qing())}
	f.en = d.Enrol(f.qing.ID)
	f.waiting = f.enters("绿色施工", 10)
	if n, err := f.SubmitHours(f.qing.ID); err != nil || n != 1 {
		t.Fatalf("handed in %d, %v", n, err)
	}
	f.draft = f.enters("桥梁养护", 8)
	return f
}

// enters writes down hours that 韦青禾 studied.
func (f *filled) enters(course string, n int) hours.Record {
	f.t.Helper()
	r, err := f.Enter(hours.Entry{Learner: f.qing.ID, Course: course, Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: n * 2700, On: f.desk.Today().AddDays(-5)}, false)
	f.desk.Must(err)
	return r
}

// TestServicesFillWhatIsShown asks every area as the administrator of one store, in the order of a day at the desk.
func TestServicesFillWhatIsShown(t *testing.T) {
	f := open(t)
	for _, c := range []struct {
		name string
		try  func(*filled, *testing.T)
	}{
		{"whom a search finds", (*filled).found}, {"a person's file", (*filled).file}, {"the day", (*filled).day}, {"the queue of review", (*filled).queue},
		{"a record with its history", (*filled).story}, {"what nobody handed in", (*filled).drafts}, {"what if", (*filled).whatIf}, {"a class and who came", (*filled).class},
		{"a certificate and its copies", (*filled).certificate}, {"enrolment and payments", (*filled).enrolment}, {"an employer", (*filled).unit},
		{"a change, and the queue of confirming", (*filled).change}, {"the institution and its keys", (*filled).keys}, {"packs", (*filled).packs}, {"logins", (*filled).logins},
		{"the trail", (*filled).trail}, {"holidays, backups and what is due", (*filled).house}, {"the language spoken", (*filled).spoken},
		{"who may not", (*filled).others}, {"somebody's data", (*filled).data},
	} {
		t.Run(c.name, func(t *testing.T) {
			f.t, f.desk.T = t, t
			c.try(f, t)
		})
	}
}

func (f *filled) found(t *testing.T) {
	rows, err := f.Find("陈娜", 5)
	if err != nil || len(rows) != 1 || rows[0].ID != f.na.ID || rows[0].State != identity.Confirmed || strings.Contains(rows[0].MaskedNumber, "19781001") {
		t.Errorf("got %+v, %v", rows, err)
	}
	if family, err := f.Family(); err != nil || len(family) != 2 {
		t.Errorf("%d known, %v", len(family), err)
	}
}

func (f *filled) file(t *testing.T) {
	v, err := f.File(f.qing.ID, "")
	if err != nil || !v.Enrolled() || v.Several() || v.InProgramme() != f.en.Programme || v.Drafts() != 1 || v.Waiting() != 1 || v.Ready || len(v.Photo) > 0 {
		t.Errorf("got %+v, %v", v, err)
	}
	if v.MaskedNumber == servicetest.Qing().Number || v.Phone == servicetest.Qing().Phone {
		t.Errorf("not masked: %s, %s", v.MaskedNumber, v.Phone)
	}
	if !slices.ContainsFunc(v.History, func(h view.HistoryRow) bool {
		return h.Act == act.EnterHours && h.Who == "zhoumin" && h.Desk == "前台 02"
	}) {
		t.Errorf("history %+v", v.History)
	}
	na, err := f.File(f.na.ID, "")
	if err != nil || !na.Ready || len(na.Photo) == 0 || na.State != identity.Confirmed {
		t.Errorf("ready %v, %d bytes of a photo, %s, %v", na.Ready, len(na.Photo), na.State, err)
	}
	if i := slices.IndexFunc(na.History, func(h view.HistoryRow) bool { return h.Decision != nil }); i < 0 || na.History[i].Decision.ByName != "zhoumin" {
		t.Errorf("who confirmed is not in %+v", na.History)
	}
	if number, err := f.WholeNumber(f.qing.ID); err != nil || number != servicetest.Qing().Number {
		t.Errorf("whole: %s, %v", number, err)
	}
	if _, err := f.File("nobody", ""); err == nil {
		t.Error("the file of nobody")
	}
}

func (f *filled) day(t *testing.T) {
	v, err := f.Today()
	if err != nil || v.Count("") != 1 || v.Items[0].Area != "hours" || v.Items[0].Person != f.qing.ID || v.Items[0].DaysLeft <= 0 || v.Drafts != 1 || v.DraftsOf != 1 {
		t.Errorf("got %+v, %v", v, err)
	}
	if v.PassMonth != 11 || v.Passed != 1 || v.PublishOn != day.MustNew(2026, 12, 1) {
		t.Errorf("the list of %d: %d people on %s", v.PassMonth, v.Passed, v.PublishOn)
	}
	for name, n := range map[string]func() (int, error){"hours": f.WaitingHours, "drafts": f.WaitingDrafts, "people": f.WaitingPeople} {
		if got, err := n(); err != nil || got != 1 {
			t.Errorf("%s: %d wait, %v", name, got, err)
		}
	}
	for name, n := range map[string]func() (int, error){"changes": f.WaitingChanges, "merges": f.WaitingMerges} {
		if got, err := n(); err != nil || got != 0 {
			t.Errorf("%s: %d wait, %v", name, got, err)
		}
	}
	if !f.UsesHours() || f.UsesTickets() || f.UsesVenues() {
		t.Errorf("hours %v, tickets %v, venues %v", f.UsesHours(), f.UsesTickets(), f.UsesVenues())
	}
}

func (f *filled) queue(t *testing.T) {
	rows, waiting, overdue, err := f.Waiting(10)
	if err != nil || waiting != 1 || overdue != 0 || len(rows) != 1 || rows[0].Record.ID != f.waiting.ID || !rows[0].Own || rows[0].Barred {
		t.Fatalf("got %+v, %d, %d, %v", rows, waiting, overdue, err)
	}
	f.desk.Must(f.AllowOwnReview(false))
	if rows, _, _, err := f.Waiting(10); err != nil || !rows[0].Barred {
		t.Errorf("one's own may be decided: %+v, %v", rows, err)
	}
	f.desk.Must(f.AllowOwnReview(true))
	if l, err := f.Effect(rows[0].Record); err != nil || l.Counted != 10*2700 {
		t.Errorf("it would count %d, %v", l.Counted, err)
	}
	if err := f.Accept(f.waiting.ID, rows[0].Record.Version+1); err == nil {
		t.Error("another version than was seen was accepted")
	}
	f.desk.Must(f.Accept(f.waiting.ID, rows[0].Record.Version))
}

func (f *filled) story(t *testing.T) {
	e := f.draft.Entry
	e.Seconds = 9 * 2700
	r, err := f.Edit(f.draft.ID, e, f.draft.Version)
	f.desk.Must(err)
	v, err := f.Record(f.draft.ID)
	if err != nil || v.Gone || v.Name != "韦青禾" || len(v.Steps) != 2 || v.Steps[0].Act != act.EditHours || v.Steps[0].Who != "zhoumin" {
		t.Fatalf("got %+v, %v", v, err)
	}
	if v.Steps[0].Was.Seconds != 8*2700 || v.Steps[0].Now.Seconds != 9*2700 || v.Steps[1].Act != act.EnterHours || v.Steps[1].Now.Seconds != 8*2700 {
		t.Errorf("steps %+v", v.Steps)
	}
	f.draft = r
}

func (f *filled) drafts(t *testing.T) {
	rows, records, people, err := f.Drafts(10)
	if err != nil || records != 1 || people != 1 || len(rows) != 1 || rows[0].Name != "韦青禾" || rows[0].PerHour.Figure(rows[0].Record.Seconds) != 9 {
		t.Errorf("got %+v, %d of %d, %v", rows, records, people, err)
	}
	s, err := f.SubmitRecords([]id.Record{f.draft.ID})
	if err != nil || s.Records != 1 || !s.Decided.After(f.desk.Today()) {
		t.Errorf("handed in %+v, %v", s, err)
	}
	f.desk.Must(f.TakeBack(f.draft.ID, f.draft.Version+1))
	if n, people, err := f.Unsubmitted(); err != nil || n != 1 || people != 1 {
		t.Errorf("%d of %d taken back, %v", n, people, err)
	}
}

func (f *filled) whatIf(t *testing.T) {
	planned := []hours.Entry{{Learner: f.qing.ID, Course: "施工现场安全管理", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.Online, Seconds: 60 * 2700, On: f.desk.Today()}}
	st, ready, err := f.WhatIf(f.qing.ID, "", nil, planned)
	if err != nil || ready || len(st.Lines) != 3 {
		t.Errorf("%d lines, ready %v, %v", len(st.Lines), ready, err)
	}
	if list := f.Catalogues(); len(list) != 1 || list[0].PerHour != 2700 || !slices.Contains(list[0].Specialties, "建筑工程") {
		t.Errorf("catalogues %+v", list)
	}
	if v, err := f.File(f.qing.ID, ""); err != nil || !slices.Contains(f.Specialties(v), "机电工程") {
		t.Errorf("specialties %v, %v", f.Specialties(v), err)
	}
}

func (f *filled) class(t *testing.T) {
	today := f.desk.Today()
	course, err := f.AddCourse(hours.Course{Name: "面授一课", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.FaceToFace, Seconds: 2700})
	f.desk.Must(err)
	_, err = f.AddClass(hours.Class{Name: "一班", For: "二级建造师", Place: "南宁", Course: course.ID, From: today, To: today})
	f.desk.Must(err)
	rows, err := f.Classes()
	if err != nil || len(rows) != 1 || rows[0].Course != "面授一课" || rows[0].Here != 0 {
		t.Fatalf("got %+v, %v", rows, err)
	}
	c := rows[0].Class.ID
	for _, wantOut := range []bool{false, true} {
		if out, _, err := f.Attend(c, f.qing.ID, today); err != nil || out != wantOut {
			t.Errorf("went %v, want %v, %v", out, wantOut, err)
		}
	}
	here, err := f.Present(c, today)
	if err != nil || len(here) != 1 || here[0].Name != "韦青禾" || !here[0].Out.After(here[0].In) {
		t.Errorf("there: %+v, %v", here, err)
	}
	if v, err := f.Today(); err != nil || len(v.Classes) != 1 || v.Classes[0] != (view.TodayClass{Name: "一班", Place: "南宁", In: 1, Out: 1}) {
		t.Errorf("today %+v, %v", v.Classes, err)
	}
}

func (f *filled) certificate(t *testing.T) {
	number, pdf, err := f.Issue(f.na.ID, "", "zh")
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Fatalf("issued %d bytes, %v", len(pdf), err)
	}
	if n, _, err := f.Copy(number); err != nil || n != 2 {
		t.Errorf("copy %d, %v", n, err)
	}
	f.desk.Must(f.Spoil(number, 2, "卡纸"), f.HandOver(number, 1, "陈娜", "resident-card"))
	rows, left, err := f.Certificates(number)
	if err != nil || len(rows) != 1 || len(left) != 0 || len(rows[0].Copies) != 2 || rows[0].Person != f.na.ID || rows[0].Revoked || rows[0].ToBeRevoked() {
		t.Errorf("got %+v, %v, %v", rows, left, err)
	}
	v, err := f.File(f.na.ID, "")
	if err != nil || len(v.Certificates) != 1 || v.Certificates[0].Copies != 2 {
		t.Fatalf("in the file %+v, %v", v.Certificates, err)
	}
	marked, err := f.Withdraw(v.Standing.Lines[0].Record.ID, "evidence-false", "", v.Standing.Lines[0].Record.Version)
	if err != nil || !slices.Equal(marked, []string{number}) {
		t.Fatalf("to be revoked %v, %v", marked, err)
	}
	if rows, _, err := f.Certificates(number); err != nil || !rows[0].ToBeRevoked() {
		t.Errorf("not doubted: %+v, %v", rows, err)
	}
	if v, err := f.Today(); err != nil || v.Items[0].Area != "certificate" || v.Items[0].Certificate != number {
		t.Errorf("not in front of the day: %+v, %v", v.Items, err)
	}
	f.desk.Must(f.Revoke(number, "issued-in-error", ""))
	if rows, _, err := f.Certificates(number); err != nil || !rows[0].Revoked || rows[0].Reason != "issued-in-error" {
		t.Errorf("revoked %+v, %v", rows, err)
	}
}

func (f *filled) enrolment(t *testing.T) {
	offers := f.Programmes()
	if len(offers) != 1 || offers[0].ID != f.en.Programme || offers[0].Needed(1) <= offers[0].Needed(0) {
		t.Errorf("offers %+v, %d hours", offers, offers[0].Needed(0))
	}
	paid, err := f.Pay(f.en.ID, 12300, f.desk.Today(), "广西路桥", "")
	f.desk.Must(err)
	v, err := f.Enrolled(f.qing.ID, "")
	if err != nil || !v.Enrolled || len(v.Payments) != 2 || len(v.Unread) != 0 || len(v.Notices) == 0 {
		t.Errorf("got %+v, %v", v, err)
	}
	for _, n := range v.Notices {
		if strings.HasPrefix(n.ID, "learner") && n.ReadAt.IsZero() {
			t.Errorf("%s was read, and it is not said", n.ID)
		}
	}
	if pdf, err := f.Receipt(f.qing.ID, paid); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Errorf("receipt %d bytes, %v", len(pdf), err)
	}
	if _, err := f.Enrolled(f.qing.ID, "none"); err == nil {
		t.Error("enrolled in a programme there is not")
	}
}

func (f *filled) unit(t *testing.T) {
	f.desk.Must(f.AddUnit(enrolment.Unit{Name: "广西路桥"}))
	units, err := f.Units()
	if err != nil || len(units) == 0 {
		t.Fatalf("units %v, %v", units, err)
	}
	u := units[slices.IndexFunc(units, func(u enrolment.Unit) bool { return u.Name == "广西路桥" })].ID
	f.desk.Must(f.Bind(u, f.qing.ID, enrolment.AgreedOnPaper))
	rows, err := f.Bound(u)
	if err != nil || len(rows) != 1 || rows[0].Name != "韦青禾" || !rows[0].Enrolled || !rows[0].OnPaper {
		t.Errorf("bound %+v, %v", rows, err)
	}
	if n, err := f.PayFor(u, 48000, f.desk.Today(), "广西路桥", "", []id.Person{f.qing.ID}); err != nil || n != 1 {
		t.Errorf("paid for %d, %v", n, err)
	}
	if list, err := f.Payments(u); err != nil || len(list) != 1 {
		t.Errorf("payments %+v, %v", list, err)
	}
	if n := f.UnitNotice(); n.Title == "" || n.Text == "" {
		t.Errorf("the notice to employers %+v", n)
	}
}

func (f *filled) change(t *testing.T) {
	f.desk.Must(f.AskData(f.na.ID, identity.NameChange, "陈纳"))
	rows, err := f.Changes(10)
	if err != nil || len(rows) != 1 || !rows[0].WaitsForPaper() || rows[0].Name != "陈娜" {
		t.Fatalf("got %+v, %v", rows, err)
	}
	if queue, err := f.Confirming(10); err != nil || slices.ContainsFunc(queue, func(r view.ConfirmRow) bool { return r.Change != nil }) {
		t.Errorf("a change without its paper is in %+v, %v", queue, err)
	}
	f.desk.Must(f.Receive(rows[0].Request.ID))
	queue, err := f.Confirming(10)
	if i := slices.IndexFunc(queue, func(r view.ConfirmRow) bool { return r.Change != nil }); err != nil || i < 0 || queue[i].Change.DaysLeft <= 0 {
		t.Errorf("the change is not in %+v, %v", queue, err)
	}
	if n, err := f.WaitingPeople(); err != nil || n != 2 {
		t.Errorf("%d wait, %v", n, err)
	}
	f.desk.Must(f.Decide(rows[0].Request.ID, true, ""))
	if v, err := f.File(f.na.ID, ""); err != nil || v.Name != "陈纳" || len(v.Former) != 1 || v.Former[0].Old != "陈娜" {
		t.Errorf("got %s, formerly %+v, %v", v.Name, v.Former, err)
	}
	c, err := f.Case(f.qing.ID)
	if err != nil || c.Person != f.qing.ID || !c.Agrees || len(c.Why) != 0 || len(c.Photo) != 0 || c.Online != nil {
		t.Errorf("the case %+v, %v", c, err)
	}
}

func (f *filled) keys(t *testing.T) {
	f.desk.Must(f.SetInstitution("柳江培训中心", "Liujiang", "0771-5550100"))
	v, err := f.Institution()
	if err != nil || v.Name != "柳江培训中心" || len(v.Fingerprint) != 24 || !v.OwnReview {
		t.Errorf("got %+v, %v", v, err)
	}
	file, err := f.KeyFile()
	f.desk.Must(err)
	if o, err := f.ReadKey(file); err != nil || o.Name != "柳江培训中心" {
		t.Errorf("got %+v, %v", o, err)
	}
	if _, err := f.ReadKey([]byte("no key")); err == nil {
		t.Error("took what is no key")
	}
	rows, err := f.TrustedKeys()
	if err != nil || len(rows) == 0 || !rows[0].Own || rows[0].Fingerprint != v.Fingerprint {
		t.Errorf("got %+v, %v", rows, err)
	}
}

func (f *filled) packs(t *testing.T) {
	_, yaml, err := policy.Shipped("guangxi-second-class-constructor")
	f.desk.Must(err)
	next := bytes.Replace(yaml, []byte(`version: "2026.2"`), []byte(`version: "2026.3"`), 1)
	p, err := f.ReadPack(next)
	if err != nil || p.Version != "2026.3" || len(p.Figures) == 0 || len(p.Sources) == 0 || p.FullName() != p.ID+"@2026.3" {
		t.Fatalf("got %q, %v", p.Version, err)
	}
	f.desk.Must(f.InstallPack(next))
	if list, err := f.Packs(); err != nil || len(list) != 2 || list[0].Version != "2026.3" || list[0].Enrolled != 0 || list[1].Enrolled != 2 {
		t.Errorf("got %+v, %v", list, err)
	}
	if _, err := f.ReadPack([]byte("id: x")); err == nil {
		t.Error("took what is no pack")
	}
}

func (f *filled) logins(t *testing.T) {
	code, err := f.AddUser("lanmei", access.Clerk)
	if err != nil || code == "" {
		t.Fatalf("got %q, %v", code, err)
	}
	f.desk.Must(f.SetUser("lanmei", access.Reviewer, true))
	if again, err := f.ResetUser("lanmei"); err != nil || again == code {
		t.Errorf("got %q, %v", again, err)
	}
	if _, err := f.HandOut("lanmei", "13877146021"); err == nil {
		t.Error("a clerk got a learner's code")
	}
	rows, err := f.Users()
	if err != nil || len(rows) != 2 || !rows[0].Me || rows[1].Role != access.Reviewer || !rows[1].Disabled || !rows[1].MustChange {
		t.Errorf("got %+v, %v", rows, err)
	}
}

func (f *filled) trail(t *testing.T) {
	rows, err := f.Trail(view.AuditFilter{Act: act.IssueCertificate, Person: "陈纳", Login: "zhoumin"}, 10)
	if err != nil || len(rows) != 1 || rows[0].Who != "zhoumin" || rows[0].Person == "" {
		t.Errorf("got %+v, %v", rows, err)
	}
	for _, nobody := range []view.AuditFilter{{Login: "nobody"}, {Person: "查无此人"}} {
		if rows, err := f.Trail(nobody, 10); err != nil || len(rows) != 0 {
			t.Errorf("%+v: %d lines, %v", nobody, len(rows), err)
		}
	}
	if n, err := f.VerifyTrail(ctx, func(int, int) {}); err != nil || n == 0 {
		t.Errorf("verified %d, %v", n, err)
	}
	if names, err := f.TrailLogins(); err != nil || len(names) != 2 {
		t.Errorf("got %v, %v", names, err)
	}
}

func (f *filled) house(t *testing.T) {
	years, err := f.CalendarYears()
	if i := slices.IndexFunc(years, func(y view.CalendarYear) bool { return y.Year == 2026 }); err != nil || i < 0 || !years[i].Shipped || years[i].Weekdays == 0 {
		t.Errorf("years %+v, %v", years, err)
	}
	if b, err := f.LastBackup(); err != nil || !b.Bad() || !b.At.IsZero() {
		t.Errorf("the last backup %+v, %v", b, err)
	}
	if folder, _, _, err := f.BackupSettings(); err != nil || folder != "" {
		t.Errorf("backups go to %q, %v", folder, err)
	}
	due, err := f.DueKinds()
	if err != nil || len(due) == 0 || slices.ContainsFunc(due, func(r view.DueRow) bool { return r.Rows != 0 || r.Months == 0 }) {
		t.Errorf("due %+v, %v", due, err)
	}
	if n, err := f.IdleMinutes(); err != nil || n != service.DefaultIdle {
		t.Errorf("idle for %d minutes, %v", n, err)
	}
}

// spoken asks for the same in both languages.
func (f *filled) spoken(t *testing.T) {
	english := f.Speaking(func() string { return "en" })
	zh, err := f.File(f.qing.ID, "")
	f.desk.Must(err)
	en, err := english.File(f.qing.ID, "")
	if err != nil || zh.Programme == en.Programme || zh.Programmes[0].Name == en.Programmes[0].Name {
		t.Errorf("%s, %s, %v", zh.Programme, en.Programme, err)
	}
	if a, b := f.Notices(), english.Notices(); len(a) == 0 || len(a) != len(b) || a[0].Text == b[0].Text {
		t.Errorf("notices %d and %d", len(a), len(b))
	}
	if f.ConsentText() == "" || f.ConsentText() == english.ConsentText() || f.ConsentTo(person.ConsentPictures) != f.ConsentText() {
		t.Errorf("agreed to: %q, %q", f.ConsentText(), english.ConsentText())
	}
}

// others are nobody, a learner, and somebody whose time is over.
func (f *filled) others(t *testing.T) {
	denied := func(name string, err error) {
		if err == nil || fault.Of(err).Kind != fault.Denied {
			t.Errorf("%s: %v, want a denial", name, err)
		}
	}
	_, err := session.Of(f.desk.Services, access.Who{}).Find("陈", 1)
	denied("nobody", err)
	learner := session.Of(f.desk.Services, f.desk.Login("weiqinghe", access.Learner, f.qing.ID))
	if v, err := learner.File(f.qing.ID, ""); err != nil || v.ID != f.qing.ID {
		t.Errorf("their own: %v", err)
	}
	_, err = learner.File(f.na.ID, "")
	denied("another's file", err)
	_, err = learner.Today()
	denied("the desk's day", err)
	over, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := f.Within(over).Find("陈", 1); !errors.Is(err, context.Canceled) {
		t.Errorf("when the time is over: %v", err)
	}
}

func (f *filled) data(t *testing.T) {
	f.desk.Must(f.Correct(f.qing.ID, view.Contact{Phone: "13101064294", Email: "q@example.cn", Address: "南宁"}))
	if c, err := f.Contact(f.qing.ID); err != nil || c.Phone != "13101064294" || c.Address != "南宁" {
		t.Errorf("got %+v, %v", c, err)
	}
	if given, asked, err := f.Consented(f.qing.ID); err != nil || !given || !asked {
		t.Errorf("agreed %v, asked %v, %v", given, asked, err)
	}
	leaves, err := f.Leaves(f.qing.ID)
	if i := slices.IndexFunc(leaves, func(r view.LeafRow) bool { return r.Kind == "payment" }); err != nil || i < 0 || leaves[i].Count != 3 || leaves[i].Fate == "goes" {
		t.Errorf("leaves %+v, %v", leaves, err)
	}
	if zip, err := f.Export(f.qing.ID); err != nil || !bytes.HasPrefix(zip, []byte("PK")) {
		t.Errorf("%d bytes, %v", len(zip), err)
	}
	f.desk.Must(f.Forget(f.qing.ID))
	if rows, err := f.Find("韦青禾", 5); err != nil || len(rows) != 0 {
		t.Errorf("still found: %+v, %v", rows, err)
	}
}
