package service_test

import (
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/day"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// on sets the clock to a day's morning in Nanning.
func on(d *servicetest.Desk, to day.Date) { d.Clock.Set(to.Start().Add(9 * time.Hour)) }

// dueNow is how much of a kind is due today.
func dueNow(d *servicetest.Desk, kind string) service.DueKind {
	d.T.Helper()
	list, err := d.Retention.Due(ctx, d.Who)
	d.Must(err)
	for _, k := range list {
		if k.Kind == kind {
			return k
		}
	}
	d.T.Fatalf("%s is not listed", kind)
	return service.DueKind{}
}

// deleteDue deletes what of a kind is due.
func deleteDue(d *servicetest.Desk, kind string) service.DueKind {
	d.T.Helper()
	k, err := d.Retention.Delete(ctx, d.Who, kind, dueNow(d, kind).Rows)
	d.Must(err)
	return k
}

// TestEachKindIsDueTheDayAfterItsTime follows one learner and a passer-by for ten years: every kind is
// due the day after the months of the pack are over, not on the last of them, and goes when an
// administrator says so (P-02).
func TestEachKindIsDueTheDayAfterItsTime(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Ready(servicetest.Qing(), 3)
	is, err := d.Certificates.Issue(ctx, d.Who, p.ID, "zh")
	d.Must(err)
	passer := d.Register(servicetest.Na())
	st, err := d.Hours.Standing(ctx, d.Who, p.ID, "")
	d.Must(err)
	ends, came := st.Enrolment.To, d.Today()

	check := func(kind string, from day.Date, months int, rows int) {
		t.Helper()
		on(d, from.AddMonths(months))
		if k := dueNow(d, kind); k.Rows != 0 || k.Months != months {
			t.Errorf("%s on the last day: %+v", kind, k)
		}
		on(d, from.AddMonths(months).AddDays(1))
		if k := dueNow(d, kind); k.Rows != rows {
			t.Errorf("%s the day after: %d rows, want %d", kind, k.Rows, rows)
		}
	}
	check("pictures", ends, 12, 1)
	_, err = d.Retention.Delete(ctx, d.Who, "pictures", 7)
	d.Refused(err, service.ErrDueChanged)
	deleteDue(d, "pictures")
	_, err = d.Certificates.Copy(ctx, d.Who, is.Content.Number)
	d.Refused(err, service.ErrPhotoGone)
	if v, err := d.Certificates.Verify(ctx, d.Who, is.PDF); err != nil || !v.Valid {
		t.Errorf("the certificate: %v, %v", v.Why, err)
	}

	check("person", came, 36, 1) // the passer-by; the learner's hours are kept longer, and so is she
	people, err := d.Retention.List(ctx, d.Who, "person", 10)
	d.Must(err)
	if len(people) != 1 || people[0].Person != passer.ID || people[0].Name != passer.Name || people[0].Last.IsZero() {
		t.Errorf("due: %+v", people)
	}
	deleteDue(d, "person")
	_, err = d.People.Show(ctx, d.Who, passer.ID)
	d.Refused(err, person.ErrNoPerson)
	if _, err := d.People.Show(ctx, d.Who, p.ID); err != nil {
		t.Errorf("who is still kept: %v", err)
	}

	check("audit", came, 120, dueLines(d, came))
	before, err := d.Audit.Verify(ctx, d.Who)
	d.Must(err)
	gone := deleteDue(d, "audit")
	left, err := d.Audit.Verify(ctx, d.Who)
	d.Must(err)
	if gone.Rows == 0 || left < before-gone.Rows+1 || left >= before { // what is left of those who are kept is told anew
		t.Errorf("%d lines were, %d went, %d stand", before, gone.Rows, left)
	}
	check("payments", ends, 120, 1)
	check("hours", ends, 120, 4) // three records and the enrolment
	on(d, ends.AddMonths(120))
	if k := dueNow(d, "person"); k.Rows != 0 {
		t.Errorf("who has hours that are kept is due: %+v", k)
	}
	on(d, ends.AddMonths(120).AddDays(1))
	deleteDue(d, "payments")
	deleteDue(d, "hours")
	deleteDue(d, "person")
	check("certificates", came, 1200, 2) // its enrolment is gone by now
	deleteDue(d, "certificates")
	_, err = d.Retention.Delete(ctx, d.Who, "certificates", 0)
	d.Refused(err, service.ErrDueNone)
	_, err = d.Retention.Delete(ctx, d.Who, "sandwiches", 0)
	d.Refused(err, service.ErrDueKind)
	if _, err := d.Audit.Verify(ctx, d.Who); err != nil {
		t.Errorf("the trail: %v", err)
	}
}

// dueLines counts the lines of the trail of a day and before.
func dueLines(d *servicetest.Desk, last day.Date) (n int) {
	d.T.Helper()
	list, err := d.Audit.Lines(ctx, d.Who, service.TrailFilter{To: last, Limit: 100000})
	d.Must(err)
	return len(list)
}

// TestOnlyAnAdministratorDeletesWhatIsDue asks as the others.
func TestOnlyAnAdministratorDeletesWhatIsDue(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	for _, who := range []access.Who{d.Login("pan", access.Reviewer, ""), d.Login("lan", access.Clerk, ""), d.Login("qing", access.Learner, p.ID)} {
		_, err := d.Retention.Due(ctx, who)
		d.Refused(err, access.ErrDenied)
		_, err = d.Retention.List(ctx, who, "person", 10)
		d.Refused(err, access.ErrDenied)
		_, err = d.Retention.Delete(ctx, who, "person", 1)
		d.Refused(err, access.ErrDenied)
	}
}

// TestWhatAnOpenMatterNeedsIsNotDue keeps the pictures of a change nobody decided, and of whoever
// holds a ticket number the photo that is printed on their notices (H-17).
func TestWhatAnOpenMatterNeedsIsNotDue(t *testing.T) {
	d, p := candidate(t)
	on(d, d.Today().AddMonths(13))
	k := dueNow(d, "pictures")
	f, err := d.People.Show(ctx, d.Who, p.ID)
	d.Must(err)
	of, err := d.Retention.List(ctx, d.Who, "pictures", 10)
	d.Must(err)
	for _, x := range of {
		if x.Person == p.ID && x.Rows != len(f.Pictures)-1 {
			t.Errorf("%d of %d pictures are due, want all but the photo in use", x.Rows, len(f.Pictures))
		}
	}
	if k.Rows == 0 {
		t.Fatal("nothing is due")
	}
	deleteDue(d, "pictures")
	if b, err := d.Identity.Photo(ctx, d.Who, p.ID); err != nil || len(b) == 0 {
		t.Errorf("the photo in use: %d bytes, %v", len(b), err)
	}
	list, err := d.Materials.List(ctx, d.Who, p.ID)
	d.Must(err)
	for _, m := range list {
		if m.Picture != "" && m.Kind != "photo" { // that the photo in use was seen beside the card points to it
			t.Errorf("a material still points to a picture that is gone")
		}
	}
	if _, err := d.People.Export(ctx, d.Who, p.ID); err != nil {
		t.Errorf("the export: %v", err)
	}
}
