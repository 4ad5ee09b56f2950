package service_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/calendar"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/text"
)

// bad are texts that no field lets in.
var bad = []string{"乙\x1b[31m丙", "乙\u202e丙", "乙\u2067丙", "乙\u200b丙", "乙\ue000丙", "乙\xff丙", "乙\x00丙",
	"乙\ufe0f丙", "a\U000E0100b", "乙\u2800丙", "乙\u3164丙", "乙\u1160丙", "乙\uffa0丙", "乙\u00ad丙", "乙\U000E0041丙", "e\u0301\u0302\u0301"}

// writing is one act with a text in one of its fields.
type writing struct {
	act   string // service and method
	field string
	try   func(s string) error
}

// writings is every act that takes free text, field by field.
func writings(t *testing.T) (d *servicetest.Desk, list []writing) {
	d = servicetest.Open(t)
	e := exam(t)
	q := e.Register(servicetest.Na())
	p := d.Register(servicetest.Qing())
	en := d.Enrol(p.ID)
	ready := d.Ready(servicetest.Na(), 4)
	is, err := d.Certificates.Issue(ctx, d.Who, ready.ID, "zh")
	d.Must(err)
	pay, err := d.Enrolment.Pay(ctx, d.Who, service.Payment{Enrolment: en.ID, Fen: 100, Title: "广西路桥"})
	d.Must(err)
	entry := hours.Entry{Learner: p.ID, Course: "绿色施工", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 10 * 2700, On: d.Today().AddDays(-5)}
	rec, err := d.Hours.Enter(ctx, d.Who, entry)
	d.Must(err)
	_, err = d.Hours.Submit(ctx, d.Who, en.ID)
	d.Must(err)
	draft := entry
	draft.Course = "安全生产"
	other, err := d.Hours.Enter(ctx, d.Who, draft)
	d.Must(err)
	courses, err := d.Hours.Courses(ctx, d.Who, "")
	d.Must(err)
	form := person.Form{Name: "张𬱖", Number: "450105199811208158", Phone: "13101064292"}
	unit := enrolment.Unit{Name: "广西路桥"}
	class := hours.Class{Name: "一班", For: "二级建造师", From: d.Today(), To: d.Today()}
	if len(courses) > 0 {
		class.Course = courses[0].ID
	}
	course := hours.Course{Name: "桥梁养护", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.Online, Seconds: 2700}
	venue := identity.Venue{Name: "南宁"}
	notice := calendar.Notice{Year: 2027, Source: "国办发明电", Dated: day.MustNew(2026, 11, 4), Free: []day.Date{day.MustNew(2027, 1, 1)}}
	number := is.Content.Number
	return d, []writing{
		{"People.Register", "name", func(s string) error { f := form; f.Name = s; _, _, err := d.People.Register(ctx, d.Who, f); return err }},
		{"People.Register", "address", func(s string) error {
			f := form
			f.Address = s
			_, _, err := d.People.Register(ctx, d.Who, f)
			return err
		}},
		{"People.Register", "unit", func(s string) error { f := form; f.Unit = s; _, _, err := d.People.Register(ctx, d.Who, f); return err }},
		{"People.Register", "phone", func(s string) error {
			f := form
			f.Phone = s
			_, _, err := d.People.Register(ctx, d.Who, f)
			return err
		}},
		{"People.Register", "e-mail", func(s string) error {
			f := form
			f.Email = s
			_, _, err := d.People.Register(ctx, d.Who, f)
			return err
		}},
		{"People.CorrectContact", "address", func(s string) error { return d.People.CorrectContact(ctx, d.Who, p.ID, p.Phone, p.Email, s) }},
		{"Identity.RequestData", "name", func(s string) error {
			_, err := d.Identity.RequestData(ctx, d.Who, p.ID, identity.NameChange, s)
			return err
		}},
		{"Identity.SendBack", "note", func(s string) error {
			return d.Identity.SendBack(ctx, d.Who, p.ID, []identity.Reason{"other"}, s)
		}},
		{"Enrolment.AddUnit", "name", func(s string) error { u := unit; u.Name = s; _, err := d.Enrolment.AddUnit(ctx, d.Who, u); return err }},
		{"Enrolment.AddUnit", "contact", func(s string) error {
			u := unit
			u.Contact = s
			_, err := d.Enrolment.AddUnit(ctx, d.Who, u)
			return err
		}},
		{"Enrolment.Apply", "registration", func(s string) error {
			_, err := d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: ready.ID, Main: "建筑工程", From: d.Today(), Registration: s})
			return err
		}},
		{"Enrolment.Pay", "invoice title", func(s string) error {
			_, err := d.Enrolment.Pay(ctx, d.Who, service.Payment{Enrolment: en.ID, Fen: 100, Title: s})
			return err
		}},
		{"Enrolment.AskInvoice", "title", func(s string) error { _, err := d.Enrolment.AskInvoice(ctx, d.Who, pay.ID, s, ""); return err }},
		{"Enrolment.AskInvoice", "tax number", func(s string) error {
			_, err := d.Enrolment.AskInvoice(ctx, d.Who, pay.ID, "广西路桥", s)
			return err
		}},
		{"Enrolment.IssueInvoice", "number", func(s string) error { _, err := d.Enrolment.IssueInvoice(ctx, d.Who, pay.ID, s); return err }},
		{"Hours.Enter", "course", func(s string) error { x := entry; x.Course = s; _, err := d.Hours.Enter(ctx, d.Who, x); return err }},
		{"Hours.Enter", "evidence", func(s string) error { x := entry; x.Evidence = s; _, err := d.Hours.Enter(ctx, d.Who, x); return err }},
		{"Hours.Edit", "evidence", func(s string) error {
			e := draft
			e.Evidence = s
			_, err := d.Hours.Edit(ctx, d.Who, other.ID, e)
			return err
		}},
		{"Hours.Return", "note", func(s string) error { _, err := d.Hours.Return(ctx, d.Who, rec.ID, "other", s); return err }},
		{"Hours.Withdraw", "note", func(s string) error { _, _, err := d.Hours.Withdraw(ctx, d.Who, rec.ID, "other", s); return err }},
		{"Hours.AllowMix", "reason", func(s string) error { return d.Hours.AllowMix(ctx, d.Who, en.ID, s) }},
		{"Hours.AddCourse", "name", func(s string) error { c := course; c.Name = s; _, err := d.Hours.AddCourse(ctx, d.Who, c); return err }},
		{"Hours.AddCourse", "code", func(s string) error { c := course; c.Code = s; _, err := d.Hours.AddCourse(ctx, d.Who, c); return err }},
		{"Hours.AddClass", "name", func(s string) error { c := class; c.Name = s; _, _, err := d.Hours.AddClass(ctx, d.Who, c); return err }},
		{"Hours.AddClass", "for whom", func(s string) error { c := class; c.For = s; _, _, err := d.Hours.AddClass(ctx, d.Who, c); return err }},
		{"Hours.AddClass", "place", func(s string) error {
			c := class
			c.Place = s
			_, _, err := d.Hours.AddClass(ctx, d.Who, c)
			return err
		}},
		{"Certificates.HandOver", "collector", func(s string) error { return d.Certificates.HandOver(ctx, d.Who, number, 1, s, "resident-card") }},
		{"Certificates.HandOver", "what was seen", func(s string) error { return d.Certificates.HandOver(ctx, d.Who, number, 1, "陈娜", s) }},
		{"Certificates.Spoil", "reason", func(s string) error { return d.Certificates.Spoil(ctx, d.Who, number, 1, s) }},
		{"Certificates.Revoke", "note", func(s string) error { return d.Certificates.Revoke(ctx, d.Who, number, "other", s) }},
		{"Certificates.Reissue", "note", func(s string) error {
			_, err := d.Certificates.Reissue(ctx, d.Who, number, "other", s, "zh")
			return err
		}},
		{"Venues.Put", "name", func(s string) error { v := venue; v.Name = s; _, err := d.Venues.Put(ctx, d.Who, v); return err }},
		{"Venues.Put", "English name", func(s string) error { v := venue; v.NameEn = s; _, err := d.Venues.Put(ctx, d.Who, v); return err }},
		{"Venues.Put", "address", func(s string) error { v := venue; v.Address = s; _, err := d.Venues.Put(ctx, d.Who, v); return err }},
		{"Venues.Put", "notice", func(s string) error { v := venue; v.Notice = s; _, err := d.Venues.Put(ctx, d.Who, v); return err }},
		{"Venues.Close", "school", func(s string) error { v := venue; v.School = s; _, err := d.Venues.Close(ctx, d.Who, v); return err }},
		{"Tickets.HandBlock", "desk", func(s string) error { _, err := e.Tickets.HandBlock(ctx, e.Who, s, "", 10); return err }},
		{"Tickets.Declare", "number", func(s string) error { _, err := e.Tickets.Declare(ctx, e.Who, q.ID, s, "450100"); return err }},
		{"Tickets.Declare", "district", func(s string) error { _, err := e.Tickets.Declare(ctx, e.Who, q.ID, "450126100001", s); return err }},
		{"Tickets.EnterMark", "course", func(s string) error {
			return e.Tickets.EnterMark(ctx, e.Who, q.ID, enrolment.Mark{Course: s, Tenths: 600})
		}},
		{"Tickets.EnterMark", "course name", func(s string) error {
			return e.Tickets.EnterMark(ctx, e.Who, q.ID, enrolment.Mark{Course: "00015", CourseName: s, Tenths: 600})
		}},
		{"Tickets.Notice", "place", func(s string) error {
			return e.Tickets.Notice(ctx, e.Who, nil, q.ID, service.ExamFacts{Sittings: []service.Sitting{{Course: "00015", Place: s}}}, "zh")
		}},
		{"Tickets.Notice", "exam", func(s string) error {
			return e.Tickets.Notice(ctx, e.Who, nil, q.ID, service.ExamFacts{Exam: s}, "zh")
		}},
		{"Materials.GiveEducation", "school", func(s string) error {
			return d.Materials.GiveEducation(ctx, d.Who, p.ID, enrolment.Education{Level: enrolment.Levels[0], School: s, CertificateNumber: "105931200805001234", GraduatedOn: d.Today().AddDays(-900)})
		}},
		{"Materials.HandIn", "code", func(s string) error {
			_, err := d.Materials.HandIn(ctx, d.Who, p.ID, service.HandedIn{Kind: "other", Code: s})
			return err
		}},
		{"Access.Add", "name", func(s string) error {
			_, err := d.Access.Add(ctx, d.Who, s, access.Clerk, "", servicetest.Passphrase)
			return err
		}},
		{"Access.AddOnce", "name", func(s string) error { _, err := d.Access.AddOnce(ctx, d.Who, s, access.Clerk, ""); return err }},
		{"Access.SetInstitution", "name", func(s string) error { return d.Access.SetInstitution(ctx, d.Who, service.Institution{Name: s}) }},
		{"Access.SetInstitution", "English name", func(s string) error {
			return d.Access.SetInstitution(ctx, d.Who, service.Institution{Name: "学院", NameEn: s})
		}},
		{"Access.SetInstitution", "phone", func(s string) error {
			return d.Access.SetInstitution(ctx, d.Who, service.Institution{Name: "学院", Phone: s})
		}},
		{"Calendars.Import", "source", func(s string) error {
			n := notice
			n.Source = s
			_, err := d.Calendars.Import(ctx, d.Who, n, false)
			return err
		}},
		{"Policy.Install", "the file", func(s string) error { _, err := d.Policy.Install(ctx, d.Who, []byte("id: "+s)); return err }},
	}
}

// coded are the acts whose texts are no free text: what they are, instead.
var coded = map[string]string{
	"Access.ChangePassphrase": "a passphrase, of which nothing is kept", "Access.HandOutCode": "looked up", "Access.RenewRecovery": "a passphrase, of which nothing is kept", "Access.Reset": "looked up", "Access.ResetOnce": "looked up", "Access.SetRole": "looked up",
	"Calendars.Preview": "kept nowhere", "Certificates.Copy": "looked up", "Certificates.Find": "looked up", "Certificates.Get": "looked up", "Certificates.Issue": "languages",
	"Certificates.IssueMonth": "languages", "Certificates.Preview": "languages", "Certificates.Trust": "compared", "Certificates.Verify": "a file", "Enrolment.Add": "one of the pack's", "Enrolment.Bind": "one of two",
	"Enrolment.PayForUnit": "as Enrolment.Pay", "Enrolment.ReadForUnit": "one of the pack's", "Enrolment.Receipt": "languages", "Hours.Courses": "looked up", "Hours.WhatIf": "kept nowhere", "Hours.WritePassList": "kept nowhere",
	"Identity.ConfirmAt": "as Identity.SendBack", "Identity.Confirm": "as Identity.SendBack", "Identity.Decide": "as a reason of Tickets.Undo", "Identity.OfferPhoto": "a picture", "Identity.Slip": "languages", "Identity.Standard": "one of the pack's",
	"Identity.RequestPhoto": "pictures", "Materials.See": "looked up", "People.ByNumber": "looked up", "People.Consent": "one of two", "People.Find": "looked up", "People.Read": "one of the pack's", "Retention.Delete": "a code", "Retention.List": "a code",
	"Tickets.Choose": "looked up", "Tickets.Find": "looked up", "Tickets.FindBy": "looked up", "Tickets.Undo": "as a reason of Hours.AllowMix", "Venues.Book": "compared", "Venues.WriteTold": "kept nowhere", "Hours.IfAccepted": "kept nowhere",
	"Audit.Lines": "looked up", "Audit.Trail": "looked up", "Exchange.Hours": "a sheet; each row is entered as by Hours.Enter", "Exchange.Roster": "a sheet; each row is registered as by People.Register",
	"Certificates.RevokePaper": "as Certificates.Revoke", "Audit.Remembered": "a file", "Backups.RememberedBy": "a file", "Audit.RowsNamed": "looked up", "Enrolment.In": "looked up", "Hours.Unit": "looked up", "Policy.Adopt": "looked up", "Policy.RehearseKept": "looked up", "Policy.Rehearse": "kept nowhere", "Audit.VerifyAll": "heads, compared",
	"Backups.Check": "a file", "Backups.CopyTo": "a place", "Backups.Create": "a place", "Backups.SetSettings": "a folder",
	"Identity.TryAlive": "pictures", "Kiosks.Fill": "a file that is written", "Identity.TakeWeights": "figures",
}

// ownRule are the refusals of fields whose rule names the characters that may stand there.
var ownRule = map[string]bool{
	"person.name-letters": true, "person.phone-form": true, "person.email-form": true, "enrolment.tax-number": true, "enrolment.invoice-number": true,
	"enrolment.ticket-number": true, "enrolment.verification-code": true, "access.login-name": true, "policy.bad-pack": true,
}

func TestNoFieldTakesInWhatIsNotSeen(t *testing.T) {
	d, list := writings(t)
	before := lines(d)
	for _, w := range list {
		for _, s := range bad {
			err := w.try(s)
			if err == nil {
				t.Errorf("%s, %s: %q was taken in", w.act, w.field, s)
				continue
			}
			if f := fault.Of(err); f.Kind != fault.Refused || strings.Contains(f.Error(), s) || !strings.HasPrefix(f.Key, "text.") && !ownRule[f.Key] {
				t.Errorf("%s, %s: %q: got %v, want a refusal of just that, which does not repeat it", w.act, w.field, s, err)
			}
		}
	}
	if got := lines(d); got != before {
		t.Errorf("audit lines: got %d, want %d as before", got, before)
	}
}

func TestWhatIsRefusedSaysWhichFieldAndWhichCharacter(t *testing.T) {
	d := servicetest.Open(t)
	_, err := d.Enrolment.AddUnit(ctx, d.Who, enrolment.Unit{Name: "甲\u202e乙"})
	if f := fault.Of(err); !errors.Is(err, text.ErrSign) || fmt.Sprint(f.Figures...) != "text.unit-nameU+202E2 1" {
		t.Errorf("got %v", err)
	}
	_, err = d.Enrolment.AddUnit(ctx, d.Who, enrolment.Unit{Name: "甲\n乙"})
	d.Refused(err, text.ErrLines)
}

// TestNoActThatTakesTextIsForgotten walks the services: whoever adds a method with a text adds it to
// writings, or says in coded what it is.
func TestNoActThatTakesTextIsForgotten(t *testing.T) {
	known := map[string]bool{}
	_, all := writings(t)
	for _, w := range all {
		known[w.act] = true
	}
	var s service.Services
	list := reflect.TypeOf(s)
	for i := range list.NumField() {
		f := list.Field(i)
		if !f.IsExported() {
			continue
		}
		for j := range f.Type.NumMethod() {
			m := f.Type.Method(j)
			name := f.Name + "." + m.Name
			if takesText(m.Type) && !known[name] && coded[name] == "" && m.Type.NumIn() > 2 && m.Type.In(2) == reflect.TypeFor[access.Who]() {
				t.Errorf("%s takes a text: is it kept?", name)
			}
		}
	}
}

func takesText(m reflect.Type) bool {
	for i := 1; i < m.NumIn(); i++ {
		if in := m.In(i); in != reflect.TypeFor[access.Who]() && isText(in, map[reflect.Type]bool{}) {
			return true
		}
	}
	return false
}

func isText(t reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.String:
		return t == reflect.TypeFor[string]() // a type of its own is an id or a code
	case reflect.Slice, reflect.Pointer, reflect.Map:
		return isText(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if t.Field(i).IsExported() && isText(t.Field(i).Type, seen) {
				return true
			}
		}
	}
	return false
}

func TestASheetTakesInNothingThatIsNotSeen(t *testing.T) {
	d := servicetest.Open(t)
	studying(d)
	im, got := takeIn(d, hoursSheet("绿色\ue000施工,8,2026-08-20,85", "安全\u202e生产,8,2026-08-21,85"))
	if got != "refused new" {
		t.Fatalf("got %s: %v", got, im.Rows)
	}
}
