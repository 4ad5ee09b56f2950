package service_test

import (
	"strings"
	"testing"

	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/portrait"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// onSiteOnly is Guangxi's pack as one of a programme that accepts nobody who was confirmed online.
func onSiteOnly(t *testing.T) []byte {
	t.Helper()
	return []byte(strings.Replace(string(nursesPack(t)), "  online: {value: true, source: D-09, since: 2026-11-01}", "  online: {value: false, source: D-09, since: 2026-11-01}", 1))
}

// confirmedOnline is somebody who was confirmed by what they sent.
func confirmedOnline(t *testing.T, d *servicetest.Desk, p id.Person) {
	t.Helper()
	try := begun(t, d, p)
	sent(t, d, try.ID, portrait.Recorded{Frames: [][]byte{live(t, 3)}, Sound: []byte("RIFF")})
	_, err := d.Identity.Confirm(ctx, d.Who, p, nil, "")
	d.Must(err)
}

// A confirmation counts for every programme whose pack accepts the way it was made: one that wants
// people on site does not take one made online, says so to whoever asks for a certificate, and takes it
// once it is made there; the other programme never notices.
func TestAConfirmationCountsWhereItsWayIsAccepted(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	confirmedOnline(t, d, p.ID)
	nurses, err := d.Policy.Install(ctx, d.Who, onSiteOnly(t))
	d.Must(err, d.People.Read(ctx, d.Who, p.ID, "nurses/learner-notice"))
	there, err := d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: p.ID, Programme: "nurses", Main: "建筑工程", From: d.Today()})
	d.Must(err)
	f, err := d.People.Show(ctx, d.Who, p.ID, there.ID)
	d.Must(err)
	if f.Person.State != identity.Confirmed || f.Study.State != identity.MustCome || f.Asked != identity.MustCome {
		t.Errorf("confirmed online: %s, there %s, asked %s", f.Person.State, f.Study.State, f.Asked)
	}
	_, err = d.Certificates.Preview(ctx, d.Who, p.ID, "zh", there.ID)
	d.Refused(err, identity.ErrOtherWay)
	_, err = d.Certificates.Issue(ctx, d.Who, p.ID, "zh", there.ID)
	d.Refused(err, identity.ErrOtherWay)
	if err := d.Identity.SendBack(ctx, d.Who, p.ID, []identity.Reason{"photo-quality"}, ""); err == nil {
		t.Error("who is confirmed is sent back, because one programme wants more")
	}

	_, err = d.Identity.Confirm(ctx, d.Who, p.ID, []identity.Original{identity.ResidentCard}, "")
	d.Must(err)
	f, err = d.People.Show(ctx, d.Who, p.ID, there.ID)
	d.Must(err)
	if f.Person.State != identity.Confirmed || f.Study.State != identity.Confirmed || len(f.Decisions) != 2 {
		t.Errorf("confirmed on site too: %s, there %s, %d decisions", f.Person.State, f.Study.State, len(f.Decisions))
	}
	_, err = d.Identity.Confirm(ctx, d.Who, p.ID, []identity.Original{identity.ResidentCard}, "")
	d.Refused(err, identity.ErrConfirmed)
	if nurses.Identity.Confirming.Online {
		t.Error("the pack confirms online itself")
	}
}

// Who was seen on site for one programme is confirmed in the next.
func TestWhoWasSeenOnSiteIsConfirmedInEveryProgramme(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	d.Enrol(p.ID)
	d.Confirm(p.ID, 1)
	_, yaml, err := policy.Shipped("beijing-distance-education")
	d.Must(err)
	_, err = d.Policy.Install(ctx, d.Who, yaml)
	d.Must(err, d.People.Read(ctx, d.Who, p.ID, "distance-education/learner-notice"))
	en, err := d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: p.ID, Programme: "distance-education", Main: "法学", From: d.Today()})
	d.Must(err)
	f, err := d.People.Show(ctx, d.Who, p.ID, en.ID)
	d.Must(err)
	if f.Study.State != identity.Confirmed || f.Asked != identity.Confirmed {
		t.Errorf("in Beijing: %s, asked %s", f.Study.State, f.Asked)
	}
}

// Numbers come with a confirmation that counts, one from each programme that gives any.
func TestNumbersComeWithAConfirmationThatCounts(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	confirmedOnline(t, d, p.ID)
	_, yaml, err := policy.Shipped("hubei-self-taught-exam")
	d.Must(err)
	other := strings.NewReplacer("id: hubei-self-taught-exam", "id: second-exam", "id: self-taught-exam", "id: second-exam",
		"  online: {value: true, source: H-12, since: 2021-01-01}", "  online: {value: false, source: H-12, since: 2021-01-01}").Replace(string(yaml))
	_, err = d.Policy.Install(ctx, d.Who, []byte(other))
	d.Must(err, d.People.Read(ctx, d.Who, p.ID, "second-exam/learner-notice"))
	en, err := d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: p.ID, Programme: "second-exam", Main: "法学", From: d.Today()})
	d.Must(err)
	numbers := func() (programmes []string) {
		list, err := d.Tickets.Of(ctx, d.Who, p.ID)
		d.Must(err)
		for _, t := range list {
			programmes = append(programmes, t.Programme)
		}
		return programmes
	}
	if got := strings.Join(numbers(), " "); got != "self-taught-exam" {
		t.Errorf("confirmed online: numbers of %q", got)
	}
	var pdf strings.Builder
	d.Refused(d.Tickets.Notice(ctx, d.Who, &pdf, p.ID, service.ExamFacts{}, "zh", en.ID), identity.ErrOtherWay)
	_, err = d.Identity.Confirm(ctx, d.Who, p.ID, []identity.Original{identity.ResidentCard}, "")
	d.Must(err)
	if got := numbers(); len(got) != 2 {
		t.Errorf("confirmed on site: numbers of %v", got)
	}
	d.Must(d.Tickets.Notice(ctx, d.Who, &pdf, p.ID, service.ExamFacts{}, "zh", en.ID))
}

// A kiosk's numbers are for those alone whose programme gives them.
func TestAKioskGivesNumbersToWhoseProgrammeGivesAny(t *testing.T) {
	b := newBooth(t)
	_, err := b.Policy.Install(ctx, b.Who, nursesPack(t))
	b.Must(err, b.People.Read(ctx, b.Who, b.qing.ID, "nurses/learner-notice"))
	_, err = b.Enrolment.Apply(ctx, b.Who, enrolment.Application{Person: b.qing.ID, Programme: "nurses", Main: "建筑工程", From: b.Today()})
	b.Must(err)
	b.load()
	v := b.visit(t, b.qing, 3)
	end, err := v.End()
	b.Must(err)
	if end.Outcome != identity.KioskConfirmed || end.Ticket != "" || end.Programme != "护士继续教育" {
		t.Errorf("whose programme gives no numbers: %+v", end)
	}
	left, err := b.m.Day()
	b.Must(err)
	if left.Tickets != 1 {
		t.Errorf("%d numbers are left for one who needs one", left.Tickets)
	}
	for _, p := range []person.Person{b.qing} {
		files, err := b.m.Export()
		b.Must(err)
		for _, f := range files {
			_, err := b.Kiosks.TakeIn(background, b.Who, f.Bytes)
			b.Must(err)
		}
		if list, err := b.Tickets.Of(ctx, b.Who, p.ID); err != nil || len(list) != 0 {
			t.Errorf("numbers after it was taken in: %+v, %v", list, err)
		}
	}
}
