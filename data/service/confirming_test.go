package service_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
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

var background = context.Background()

// exam opens a store under the pack of self-taught examinations.
func exam(t *testing.T) *servicetest.Desk {
	t.Helper()
	return servicetest.OpenWith(t, servicetest.Place(t), "hubei-self-taught-exam")
}

// side is a drawn card: a face at the right of a wide sheet.
func side(t *testing.T, seed int64) []byte {
	t.Helper()
	card := image.NewRGBA(image.Rect(0, 0, 1000, 630))
	draw.Draw(card, card.Rect, image.NewUniform(color.RGBA{226, 232, 236, 255}), image.Point{}, draw.Src)
	draw.Draw(card, image.Rect(620, 90, 940, 500), picture.Sample(seed, 320, 410), image.Point{}, draw.Src)
	return encoded(t, card)
}

func encoded(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ready is a learner with a photo and the portrait side handed in, who agreed to everything.
func ready(t *testing.T, d *servicetest.Desk) person.Person {
	t.Helper()
	p := d.Register(servicetest.Qing())
	_, err := d.Identity.OfferPhoto(background, d.Who, p.ID, sample.Photo(3), image.Rectangle{}, service.NotLooked)
	d.Must(err, d.People.Consent(background, d.Who, p.ID, person.ConsentFace, true))
	_, err = d.Materials.HandIn(background, d.Who, p.ID, service.HandedIn{Kind: "card-portrait-side", Picture: side(t, 3)})
	d.Must(err)
	return p
}

func TestSomeoneIsConfirmedOnlineAndGetsTheirTicketNumber(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	try, err := d.Identity.BeginTry(background, d.Who, p.ID)
	d.Must(err)
	if len(try.Digits) != 6 || try.NextStep() != identity.CardStep {
		t.Fatalf("digits %q, next %s", try.Digits, try.NextStep())
	}
	_, err = d.Identity.TryPhoto(background, d.Who, try.ID)
	d.Refused(err, identity.ErrStepOrder)
	_, err = d.Identity.TryCard(background, d.Who, try.ID, side(t, 3))
	d.Must(err)
	live := encoded(t, picture.Sample(3, 640, 480))
	try, err = d.Identity.TryAlive(background, d.Who, try.ID, portrait.Recorded{Frames: [][]byte{live, live}, Sound: []byte("RIFF")})
	d.Must(err)
	if s := try.Steps[1]; s.Zone != identity.Alike || s.Distance < 0 || s.Distance > 0.85 {
		t.Errorf("the same drawn face: %+v", s)
	}
	try, err = d.Identity.TryPhoto(background, d.Who, try.ID)
	d.Must(err)
	if try.State != identity.TrySubmitted || len(try.Evidence) != 4 {
		t.Fatalf("got %s with %d pictures", try.State, len(try.Evidence))
	}
	waiting, err := d.Identity.Waiting(background, d.Who, 10)
	d.Must(err)
	if len(waiting) != 1 || waiting[0].State != identity.Submitted {
		t.Fatalf("waiting: %+v", waiting)
	}
	ticket, err := d.Identity.Confirm(background, d.Who, p.ID, nil, "")
	d.Must(err)
	if len(ticket) != 12 || ticket[:6] != "060026" {
		t.Errorf("ticket %s", ticket)
	}
	f, err := d.People.Show(background, d.Who, p.ID)
	d.Must(err)
	if x := f.Decisions[0]; x.Way != identity.Online || x.Try != try.ID || x.Outcome != identity.Confirmed {
		t.Errorf("kept: %+v", x)
	}
	list, err := d.Tickets.Find(background, d.Who, ticket[:8], 5)
	d.Must(err)
	if len(list) != 1 || list[0].Name != "韦青禾" || list[0].Number != ticket {
		t.Errorf("looked up: %+v", list)
	}
}

func TestThreeFailedTriesLeadToTheVenue(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	for n := range 3 {
		try, err := d.Identity.BeginTry(background, d.Who, p.ID)
		d.Must(err)
		_, err = d.Identity.TryCard(background, d.Who, try.ID, side(t, 3))
		d.Must(err)
		try, err = d.Identity.TryAlive(background, d.Who, try.ID, portrait.Recorded{Why: identity.WhyTime})
		d.Must(err)
		if try.State != identity.TryFailed || try.Steps[1].Why != identity.WhyTime {
			t.Fatalf("try %d: %s %+v", n, try.State, try.Steps)
		}
	}
	_, err := d.Identity.BeginTry(background, d.Who, p.ID)
	d.Refused(err, identity.ErrNotNow)
	there, err := d.People.Show(background, d.Who, p.ID)
	d.Must(err)
	if there.Person.State != identity.MustCome {
		t.Errorf("state %s", there.Person.State)
	}
	_, err = d.Identity.Confirm(background, d.Who, p.ID, nil, "")
	d.Refused(err, identity.ErrNoOriginal)
	_, err = d.Identity.Confirm(background, d.Who, p.ID, []identity.Original{identity.ResidentCard}, "")
	d.Must(err)
}

func TestWhoRefusesThatFacesAreComparedIsServedByAClerk(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	d.Must(d.People.Consent(background, d.Who, p.ID, person.ConsentFace, false))
	_, err := d.Identity.BeginTry(background, d.Who, p.ID)
	d.Refused(err, identity.ErrNoFaceConsent)
	side, err := d.Identity.Portraits(background, d.Who, p.ID)
	d.Must(err, d.Identity.ComeInPerson(background, d.Who, p.ID))
	if len(side.Portraits) != 2 || len(side.Pairs) != 1 || side.Pairs[0].Distance >= 0 || side.Pairs[0].Zone != identity.Look {
		t.Errorf("without consent: %+v", side.Pairs)
	}
	_, err = d.Identity.Confirm(background, d.Who, p.ID, []identity.Original{identity.ResidentCard}, "")
	d.Must(err)
}

func TestPortraitsAreLaidSideBySideAndCompared(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	side, err := d.Identity.Portraits(background, d.Who, p.ID)
	d.Must(err)
	if len(side.Portraits) != 2 || side.Portraits[0].Kind != "card" || side.Portraits[1].Kind != "photo" {
		t.Fatalf("portraits: %d", len(side.Portraits))
	}
	for _, x := range side.Portraits {
		if x.Cut.Bounds().Dx() != 420 || x.Cut.Bounds().Dy() != 560 || !x.Face {
			t.Errorf("%s: %v, face %v", x.Kind, x.Cut.Bounds(), x.Face)
		}
	}
	if q := side.Pairs[0]; q.Zone != identity.Alike || q.Distance < 0 {
		t.Errorf("got %+v", q)
	}
}

func TestALearnerReachesOnlyTheirOwnTry(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	other := d.Register(servicetest.Na())
	stranger := d.Login("na", access.Learner, other.ID)
	try, err := d.Identity.BeginTry(background, d.Who, p.ID)
	d.Must(err)
	_, err = d.Identity.TryCard(background, stranger, try.ID, side(t, 3))
	d.Refused(err, access.ErrDenied)
	_, err = d.Identity.TryPhoto(background, stranger, try.ID)
	d.Refused(err, access.ErrDenied)
	_, err = d.Identity.BeginTry(background, stranger, p.ID)
	d.Refused(err, access.ErrDenied)
}

func TestAPlaceAtAVenueIsTakenAndGivenBack(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	other := d.Register(servicetest.Na())
	v, err := d.Venues.Put(background, d.Who, identity.Venue{Name: "襄阳市招生考试院", NameEn: "Xiangyang", District: "0601"})
	d.Must(err)
	slots, err := d.Venues.Plan(background, d.Who, v.ID, d.Today().AddDays(1), 540, 600, 30, 1)
	d.Must(err)
	d.Must(d.Venues.Book(background, d.Who, p.ID, slots[0].ID, ""))
	d.Refused(d.Venues.Book(background, d.Who, p.ID, slots[1].ID, ""), identity.ErrBookedBefore)
	d.Refused(d.Venues.Book(background, d.Who, other.ID, slots[0].ID, ""), identity.ErrSlotFull)
	a, found, err := d.Venues.Of(background, d.Who, p.ID)
	d.Must(err)
	if !found || a.Venue.ID != v.ID || a.Slot.From != 540 {
		t.Errorf("got %+v", a)
	}
	list, err := d.Venues.Expected(background, d.Who, v.ID, d.Today().AddDays(1))
	d.Must(err, d.Venues.Cancel(background, d.Who, p.ID), d.Venues.Book(background, d.Who, other.ID, slots[0].ID, ""))
	if len(list) != 1 || list[0].Name != "韦青禾" {
		t.Errorf("expected %+v", list)
	}
	d.Refused(d.Venues.Cancel(background, d.Who, p.ID), identity.ErrNotBooked)
	ticket, err := d.Identity.ConfirmAt(background, d.Who, p.ID, identity.Decision{Originals: []identity.Original{identity.ResidentCard}, Venue: v.ID})
	d.Must(err)
	if ticket[:4] != "0601" {
		t.Errorf("the venue's district gives the number: %s", ticket)
	}
}

func TestSeveralNumbersBecomeOneAndNoPassIsLost(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	first, err := d.Tickets.Declare(background, d.Who, p.ID, "0600 2012 3456", "0600")
	d.Must(err)
	second, err := d.Tickets.Declare(background, d.Who, p.ID, "010199887766", "0101")
	d.Must(err)
	if first.State != enrolment.TicketActive || second.State != enrolment.TicketWaiting {
		t.Fatalf("got %s and %s", first.State, second.State)
	}
	other := d.Register(servicetest.Na())
	_, err = d.Tickets.Declare(background, d.Who, other.ID, "060020123456", "0600")
	d.Refused(err, enrolment.ErrTicketUsed)
	mark := func(number, course string, tenths int, passed bool) {
		d.Must(d.Tickets.EnterMark(background, d.Who, p.ID, enrolment.Mark{Course: course, CourseName: course, Tenths: tenths, Passed: passed, Ticket: number, SatOn: d.Today().AddMonths(-7)}))
	}
	mark(first.Number, "00018", 520, false)
	mark(second.Number, "00018", 640, true)
	mark(first.Number, "00051", 700, true)
	_, err = d.Tickets.Preview(background, d.Who, p.ID)
	d.Refused(err, enrolment.ErrNoneChosen)
	_, err = d.Tickets.Choose(background, d.Who, p.ID, first.Number)
	d.Must(err)
	m, err := d.Tickets.Propose(background, d.Who, p.ID)
	d.Must(err)
	_, err = d.Tickets.Propose(background, d.Who, p.ID)
	d.Refused(err, enrolment.ErrMergeOpen)
	_, err = d.Tickets.Undo(background, d.Who, id.Merge(m.ID), "选错了")
	d.Must(err)
	m, err = d.Tickets.Propose(background, d.Who, p.ID)
	d.Must(err)
	_, err = d.Tickets.Approve(background, d.Who, id.Merge(m.ID))
	d.Must(err)
	_, err = d.Tickets.Undo(background, d.Who, id.Merge(m.ID), "太晚了")
	d.Refused(err, enrolment.ErrMergeClosed)
	marks, err := d.Tickets.Marks(background, d.Who, p.ID)
	d.Must(err)
	passed := 0
	for _, x := range marks {
		if x.Ticket == first.Number && x.Passed {
			passed++
		}
	}
	list, err := d.Tickets.Of(background, d.Who, p.ID)
	d.Must(err)
	if passed != 2 || list[0].State != enrolment.TicketVoid || list[0].MergedInto != first.Number {
		t.Errorf("%d passed, tickets %+v", passed, list)
	}
	ticket, err := d.Identity.Confirm(background, d.Who, p.ID, []identity.Original{identity.ResidentCard}, "")
	d.Must(err)
	if ticket != first.Number {
		t.Errorf("who holds a number gets no other: %s", ticket)
	}
}

func TestBlocksOfTwoDesksNeverMeet(t *testing.T) {
	d := exam(t)
	a, err := d.Tickets.HandBlock(background, d.Who, "自助终端 1", "", 10)
	d.Must(err)
	b, err := d.Tickets.HandBlock(background, d.Who, "自助终端 2", "", 10)
	d.Must(err)
	if a.To >= b.From || a.Left() != 10 {
		t.Errorf("got %d–%d and %d–%d", a.From, a.To, b.From, b.To)
	}
	p := ready(t, d)
	ticket, err := d.Identity.Confirm(background, d.Who, p.ID, []identity.Original{identity.ResidentCard}, "")
	d.Must(err)
	if ticket[6:11] != "00021" {
		t.Errorf("this desk gives out of a block of its own: %s", ticket)
	}
}

func TestMaterialsAreSeenByHandAndNeverVerified(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	list, err := d.Materials.Standing(background, d.Who, p.ID)
	d.Must(err)
	if len(list) != 1 || list[0].State != enrolment.MaterialUncertain {
		t.Fatalf("handed in: %+v", list)
	}
	kept, err := d.Materials.List(background, d.Who, p.ID)
	d.Must(err, d.Materials.See(background, d.Who, p.ID, kept[0].ID))
	list, err = d.Materials.Standing(background, d.Who, p.ID)
	d.Must(err)
	if list[0].State != enrolment.MaterialMet || list[0].By.SeenBy != d.Who.Login {
		t.Errorf("seen: %+v", list[0])
	}
	learner := d.Login("qing", access.Learner, p.ID)
	k, err := d.Materials.HandIn(background, learner, p.ID, service.HandedIn{Kind: "certification-report", Code: "ab12 cd34 ef56", Seen: true})
	d.Must(err)
	if k.Source != enrolment.MaterialDeclared || k.Code != "AB12CD34EF56" {
		t.Errorf("a learner sees nothing by hand: %+v", k.Material)
	}
	_, err = d.Materials.HandIn(background, learner, p.ID, service.HandedIn{Kind: "certification-report", Code: "x"})
	d.Refused(err, enrolment.ErrCode)
	e := enrolment.Education{Level: enrolment.JuniorCollege, School: "湖北文理学院", CertificateNumber: "105191201006001234", GraduatedOn: d.Today().AddYears(-5), NationalSeries: true, Check: enrolment.EducationSeen}
	d.Refused(d.Materials.GiveEducation(background, learner, p.ID, e), access.ErrDenied)
	d.Must(d.Materials.GiveEducation(background, d.Who, p.ID, e), d.Materials.GiveEducation(background, d.Who, p.ID, e))
	got, levels, found, err := d.Materials.Education(background, d.Who, p.ID)
	d.Must(err)
	if !found || got.School != e.School || got.SeenBy != d.Who.Login || len(levels) != 2 {
		t.Errorf("got %+v, levels %v", got, levels)
	}
}

func TestAPlaceThatWasMissedIsNotGivenBack(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	v, err := d.Venues.Put(background, d.Who, identity.Venue{Name: "襄阳市招生考试院"})
	d.Must(err)
	missed, err := d.Venues.Plan(background, d.Who, v.ID, d.Today().AddDays(1), 540, 600, 60, 1)
	d.Must(err)
	next, err := d.Venues.Plan(background, d.Who, v.ID, d.Today().AddDays(5), 540, 600, 60, 1)
	d.Must(err, d.Venues.Book(background, d.Who, p.ID, missed[0].ID, ""))
	d.Clock.Set(servicetest.Start.AddDate(0, 0, 2))
	d.Refused(d.Venues.Cancel(background, d.Who, p.ID), identity.ErrNotBooked)
	d.Must(d.Venues.Book(background, d.Who, p.ID, next[0].ID, ""), d.Venues.Cancel(background, d.Who, p.ID))
	was, err := d.Venues.Slots(background, d.Who, v.ID, missed[0].Day, missed[0].Day)
	d.Must(err)
	is, err := d.Venues.Slots(background, d.Who, v.ID, next[0].Day, next[0].Day)
	d.Must(err)
	if was[0].Taken != 1 || is[0].Taken != 0 {
		t.Errorf("missed %d, to come %d", was[0].Taken, is[0].Taken)
	}
}
