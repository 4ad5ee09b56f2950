package service_test

import (
	"errors"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/hours"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// handIn enters one stretch of hours for someone and hands it in.
func handIn(d *servicetest.Desk, p person.Person) {
	d.T.Helper()
	en := d.Enrol(p.ID)
	_, err := d.Hours.Enter(ctx, d.Who, hours.Entry{Learner: p.ID, Course: "绿色施工", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 27000, On: d.Today().AddDays(-5)})
	d.Must(err)
	_, err = d.Hours.Submit(ctx, d.Who, en.ID)
	d.Must(err)
}

// TestDeletingSomeoneBreaksNoList deletes someone with everything under way: every list goes on for
// the others, and none of them still holds or counts who is gone (P-05).
func TestDeletingSomeoneBreaksNoList(t *testing.T) {
	d := servicetest.Open(t)
	gone, stays := d.Register(servicetest.Qing()), d.Register(servicetest.Na())
	handIn(d, gone)
	handIn(d, stays)
	course, err := d.Hours.AddCourse(ctx, d.Who, hours.Course{Name: "安全", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.FaceToFace, Seconds: 27000})
	d.Must(err)
	class, _, err := d.Hours.AddClass(ctx, d.Who, hours.Class{Course: course.ID, Name: "一班", For: "在册学员", AnnouncedOn: d.Today().AddDays(-60), From: d.Today().AddDays(-1), To: d.Today().AddDays(1)})
	d.Must(err)
	for _, p := range []person.Person{gone, stays} {
		_, err := d.Hours.Attend(ctx, d.Who, hours.Attendance{Class: class.ID, Learner: p.ID, On: d.Today(), In: d.Now().Add(-time.Hour)})
		d.Must(err)
	}
	d.Login("qing", access.Learner, gone.ID)
	passedBefore := func() int {
		n, err := d.Hours.Passed(ctx, d.Who, d.Today().Year(), d.Today().Month())
		d.Must(err)
		return n
	}
	rows, err := d.Hours.Queue(ctx, d.Who, 10, 0)
	d.Must(err)
	for _, r := range rows {
		_, err := d.Hours.Accept(ctx, d.Who, r.Record.ID)
		d.Must(err)
	}
	if n := passedBefore(); n != 2 {
		t.Fatalf("%d passed, want 2", n)
	}
	handInMore(d, gone, stays)
	d.Must(d.People.Delete(ctx, d.Who, gone.ID))

	rows, err = d.Hours.Queue(ctx, d.Who, 10, 0)
	d.Must(err)
	waiting, _, err := d.Hours.QueueCount(ctx, d.Who)
	d.Must(err)
	if len(rows) != 1 || waiting != 1 || rows[0].Name != "陈娜" {
		t.Errorf("the review queue: %d rows, %d counted", len(rows), waiting)
	}
	present, err := d.Hours.Present(ctx, d.Who, class.ID)
	d.Must(err)
	if len(present) != 1 {
		t.Errorf("%d present at the class, want 1", len(present))
	}
	list, err := d.Hours.PassList(ctx, d.Who, d.Today().Year(), d.Today().Month())
	d.Must(err)
	if n := passedBefore(); n != 1 || len(list.Rows) != 1 {
		t.Errorf("%d passed by the count, %d on the list; want 1", n, len(list.Rows))
	}
	logins, err := d.Access.List(ctx, d.Who)
	d.Must(err)
	if len(logins) != 1 {
		t.Errorf("%d logins, want the administrator's alone", len(logins))
	}
	if _, err := d.Access.SignIn(ctx, "qing", servicetest.Passphrase); !errors.Is(err, access.ErrNoLogin) {
		t.Errorf("who is gone signs in: %v", err)
	}
}

// handInMore hands in one more stretch of each.
func handInMore(d *servicetest.Desk, people ...person.Person) {
	d.T.Helper()
	for _, p := range people {
		rec, err := d.Hours.Enter(ctx, d.Who, hours.Entry{Learner: p.ID, Course: "节能", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 27000, On: d.Today().AddDays(-4)})
		d.Must(err)
		_, err = d.Hours.Submit(ctx, d.Who, rec.Enrolment, rec.ID)
		d.Must(err)
	}
}

// TestACertificateOutlivesItsHolder deletes someone who holds a certificate: it verifies, it can be
// revoked, and a further copy is refused in words that say why.
func TestACertificateOutlivesItsHolder(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Ready(servicetest.Qing(), 3)
	is, err := d.Certificates.Issue(ctx, d.Who, p.ID, "zh,en")
	d.Must(err)
	d.Must(d.Certificates.HandOver(ctx, d.Who, is.Content.Number, 1, "韦青禾", "resident-card"))
	d.Must(d.People.Delete(ctx, d.Who, p.ID))
	v, err := d.Certificates.Verify(ctx, d.Who, is.PDF)
	d.Must(err)
	if !v.Valid {
		t.Errorf("no longer valid: %v", v.Why)
	}
	one, err := d.Certificates.Get(ctx, d.Who, is.Content.Number)
	d.Must(err)
	if len(one.Copies) != 1 || one.Copies[0].Collector != "" || one.Copies[0].HandedAt.IsZero() {
		t.Errorf("the copy: %+v", one.Copies)
	}
	_, err = d.Certificates.Copy(ctx, d.Who, is.Content.Number)
	d.Refused(err, service.ErrPhotoGone)
	d.Must(d.Certificates.Revoke(ctx, d.Who, is.Content.Number, "wrong-person", ""))
	if v, err = d.Certificates.Verify(ctx, d.Who, is.PDF); err != nil || v.Valid || !v.Revoked {
		t.Errorf("after it was revoked: %+v, %v", v, err)
	}
	if _, err := d.People.Show(ctx, d.Who, p.ID); !errors.Is(err, person.ErrNoPerson) {
		t.Errorf("the file: %v", err)
	}
}
