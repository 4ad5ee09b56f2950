package service_test

import (
	"errors"
	"image"
	"io"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/picture"
	"xuezheng/data/portrait"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// anApplicant is an applicant at home, signed in by a login of their own, with nothing handed in
// but what is said of them.
func anApplicant(d *servicetest.Desk) (person.Person, access.Who) {
	p := d.Register(servicetest.Qing())
	return p, d.Login("qing", access.Learner, p.ID)
}

func TestAnApplicantGoesTheWholeWayThemselvesButIsConfirmedByOthers(t *testing.T) {
	d := exam(t)
	p, who := anApplicant(d)
	_, err := d.Identity.OfferPhoto(background, who, p.ID, sample.Photo(3), image.Rectangle{}, service.NotLooked)
	d.Must(err)
	_, err = d.Identity.BeginTry(background, who, p.ID)
	d.Refused(err, identity.ErrMaterialsNeeded)
	_, err = d.Materials.HandIn(background, who, p.ID, service.HandedIn{Kind: "card-portrait-side", Picture: side(t, 3)})
	d.Must(err)
	_, err = d.Identity.BeginTry(background, who, p.ID)
	d.Refused(err, identity.ErrNoFaceConsent)
	d.Must(d.People.Consent(background, who, p.ID, person.ConsentFace, true))
	try, err := d.Identity.BeginTry(background, who, p.ID)
	d.Must(err)
	_, err = d.Identity.TryCard(background, who, try.ID, side(t, 3))
	d.Must(err)
	live := encoded(t, picture.Sample(3, 640, 480))
	_, err = d.Identity.TryAlive(background, who, try.ID, portrait.Recorded{Frames: [][]byte{live, live}})
	d.Must(err)
	try, err = d.Identity.TryPhoto(background, who, try.ID)
	d.Must(err)
	if try.State != identity.TrySubmitted {
		t.Fatalf("the try is %s", try.State)
	}
	_, err = d.Identity.Confirm(background, who, p.ID, []identity.Original{identity.ResidentCard}, "")
	d.Refused(err, access.ErrDenied)
	d.Refused(d.Identity.SendBack(background, who, p.ID, []identity.Reason{"other"}, "x"), access.ErrDenied)
	d.Refused(d.Materials.See(background, who, p.ID, "any"), access.ErrDenied)
	ticket, err := d.Identity.Confirm(background, d.Who, p.ID, nil, "")
	d.Must(err)
	list, err := d.Tickets.Of(background, who, p.ID)
	d.Must(err)
	if len(list) != 1 || list[0].Number != ticket {
		t.Errorf("their number %s, they see %+v", ticket, list)
	}
}

func TestAnApplicantDoesNothingForAnother(t *testing.T) {
	d := exam(t)
	_, who := anApplicant(d)
	other := d.Register(servicetest.Na())
	d.Must(d.People.Consent(background, d.Who, other.ID, person.ConsentFace, true))
	v, err := d.Venues.Put(background, d.Who, identity.Venue{Name: "襄阳市招生考试院"})
	d.Must(err)
	slots, err := d.Venues.Plan(background, d.Who, v.ID, d.Today().AddDays(1), 540, 600, 30, 5)
	d.Must(err, d.Venues.Book(background, d.Who, other.ID, slots[0].ID, ""))
	ticket, err := d.Tickets.Declare(background, d.Who, other.ID, "060020123456", "0600")
	d.Must(err)
	for name, act := range map[string]func() error{
		"agree for them":  func() error { return d.People.Consent(background, who, other.ID, person.ConsentFace, false) },
		"see their tries": func() error { _, err := d.Identity.Tries(background, who, other.ID); return err },
		"hand in": func() error {
			_, err := d.Materials.HandIn(background, who, other.ID, service.HandedIn{Kind: "diploma"})
			return err
		},
		"see what is there":  func() error { _, err := d.Materials.Standing(background, who, other.ID); return err },
		"list it":            func() error { _, err := d.Materials.List(background, who, other.ID); return err },
		"give education":     func() error { return d.Materials.GiveEducation(background, who, other.ID, junior(d)) },
		"see education":      func() error { _, _, _, err := d.Materials.Education(background, who, other.ID); return err },
		"book":               func() error { return d.Venues.Book(background, who, other.ID, slots[1].ID, "") },
		"cancel":             func() error { return d.Venues.Cancel(background, who, other.ID) },
		"see when they come": func() error { _, _, err := d.Venues.Of(background, who, other.ID); return err },
		"who comes":          func() error { _, err := d.Venues.Expected(background, who, v.ID, d.Today().AddDays(1)); return err },
		"print their slip":   func() error { return d.Identity.Slip(background, who, io.Discard, other.ID, "zh") },
		"read their code":    func() error { _, err := d.Identity.SlipCode(background, who, other.ID); return err },
		"see their numbers":  func() error { _, err := d.Tickets.Of(background, who, other.ID); return err },
		"declare a number": func() error {
			_, err := d.Tickets.Declare(background, who, other.ID, "010199887766", "0101")
			return err
		},
		"choose a number": func() error { _, err := d.Tickets.Choose(background, who, other.ID, ticket.Number); return err },
		"look numbers up": func() error { _, err := d.Tickets.Find(background, who, "0600", 5); return err },
	} {
		if err := act(); !errors.Is(err, access.ErrDenied) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func junior(d *servicetest.Desk) enrolment.Education {
	return enrolment.Education{Level: enrolment.JuniorCollege, School: "湖北文理学院", CertificateNumber: "105191201006001234", GraduatedOn: d.Today().AddYears(-5)}
}

func TestWhatAnApplicantSaysOfTheirEducationIsNeverSeenByHand(t *testing.T) {
	d := exam(t)
	p, who := anApplicant(d)
	e := junior(d)
	e.Check, e.SeenBy, e.SeenAt = enrolment.ReportUploaded, "clerk", d.Now()
	e.Proof = enrolment.Material{Kind: enrolment.ReportMaterial, Code: "AB12CD34EF56", Picture: id.New[id.Picture](), Source: enrolment.MaterialSeen, SeenBy: "clerk", SeenAt: d.Now()}
	d.Must(d.Materials.GiveEducation(background, who, p.ID, e))
	got, levels, _, err := d.Materials.Education(background, who, p.ID)
	d.Must(err)
	if got.SeenBy != "" || !got.SeenAt.IsZero() || got.Proof.Source != enrolment.MaterialDeclared || got.Proof.SeenBy != "" {
		t.Errorf("kept as seen: %+v", got)
	}
	if len(levels) != 1 || levels[0] != enrolment.JuniorCollege {
		t.Errorf("outside of the national series it supports %v", levels)
	}
}

func TestWhoWasSentBackGoesOnOnceItIsMended(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	who := d.Login("qing", access.Learner, p.ID)
	d.Must(d.Identity.SendBack(background, d.Who, p.ID, []identity.Reason{"not-alive"}, ""))
	try, err := d.Identity.BeginTry(background, who, p.ID)
	d.Must(err)
	if try.State != identity.TryOpen {
		t.Errorf("the try is %s", try.State)
	}
	d.Must(d.Identity.SendBack(background, d.Who, p.ID, []identity.Reason{"photo-quality"}, ""))
	_, err = d.Identity.BeginTry(background, who, p.ID)
	d.Refused(err, identity.ErrPhotoNotMended)
	_, err = d.Identity.OfferPhoto(background, who, p.ID, sample.Photo(3), image.Rectangle{}, service.NotLooked)
	d.Must(err)
	_, err = d.Identity.BeginTry(background, who, p.ID)
	d.Must(err)
}
