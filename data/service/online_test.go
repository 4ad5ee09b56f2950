package service_test

import (
	"bytes"
	"image"
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

func live(t *testing.T, seed int64) []byte {
	t.Helper()
	return encoded(t, picture.Sample(seed, 640, 480))
}

// begun is a try of that person with the card handed in.
func begun(t *testing.T, d *servicetest.Desk, p id.Person) identity.Try {
	t.Helper()
	try, err := d.Identity.BeginTry(background, d.Who, p)
	d.Must(err)
	try, err = d.Identity.TryCard(background, d.Who, try.ID, side(t, 3))
	d.Must(err)
	return try
}

// sent does the last two steps of a try.
func sent(t *testing.T, d *servicetest.Desk, try id.Try, r portrait.Recorded) identity.Try {
	t.Helper()
	_, err := d.Identity.TryAlive(background, d.Who, try, r)
	d.Must(err)
	done, err := d.Identity.TryPhoto(background, d.Who, try)
	d.Must(err)
	return done
}

func TestATryThatIsLeftEndsWhenAnotherOneBegins(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	first := begun(t, d, p.ID)
	second := begun(t, d, p.ID)
	_, err := d.Identity.TryAlive(background, d.Who, first.ID, portrait.Recorded{Frames: [][]byte{live(t, 3)}})
	d.Refused(err, identity.ErrTryOver)
	tries, err := d.Identity.Tries(background, d.Who, p.ID)
	d.Must(err)
	left := tries[1].Steps[1]
	if tries[1].State != identity.TryFailed || left.Why != identity.WhyLeft || tries[0].ID != second.ID {
		t.Errorf("got %+v", tries)
	}
	begun(t, d, p.ID)
	_, err = d.Identity.BeginTry(background, d.Who, p.ID)
	d.Refused(err, identity.ErrTriesUsed)
	there, err := d.People.Show(background, d.Who, p.ID)
	d.Must(err)
	if there.Person.State != identity.MustCome {
		t.Errorf("three were left: %s", there.Person.State)
	}
}

func TestATryThatTheCameraBrokeCostsNone(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	for range 4 {
		try := begun(t, d, p.ID)
		_, err := d.Identity.TryAlive(background, d.Who, try.ID, portrait.Recorded{Why: identity.WhyEnded})
		d.Must(err)
	}
	for range 4 { // nothing was handed in yet
		_, err := d.Identity.BeginTry(background, d.Who, p.ID)
		d.Must(err)
	}
	begun(t, d, p.ID)
}

func TestTheTryThatWasSentInIsTheOneThatIsDecided(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	try := begun(t, d, p.ID)
	_, err := d.Identity.TryAlive(background, d.Who, try.ID, portrait.Recorded{Frames: [][]byte{live(t, 9), live(t, 9)}, Why: identity.WhyTime})
	d.Must(err)
	try = begun(t, d, p.ID)
	sent(t, d, try.ID, portrait.Recorded{Frames: [][]byte{live(t, 3)}, Sound: []byte("RIFF")})
	_, err = d.Identity.BeginTry(background, d.Who, p.ID)
	d.Refused(err, identity.ErrNotNow)
	frames, err := d.Identity.KeyFrames(background, d.Who, p.ID)
	d.Must(err)
	sound, err := d.Identity.Recording(background, d.Who, p.ID)
	d.Must(err)
	c, err := d.Identity.Case(background, d.Who, p.ID)
	d.Must(err)
	if len(frames) != 1 || !bytes.Equal(sound, []byte("RIFF")) || c.Online.Frames != 1 || c.Online.Digits != try.Digits || c.Online.Source != identity.FromFiles {
		t.Errorf("%d frames, sound %q, case %+v", len(frames), sound, c.Online)
	}
	if len(c.Lacking) != 1 || c.Lacking[0].State != enrolment.MaterialUncertain {
		t.Errorf("a paper that nobody has seen: %+v", c.Lacking)
	}
	laid, err := d.Identity.Portraits(background, d.Who, p.ID)
	d.Must(err)
	if pairOf(laid, "card", "live").Zone != identity.Alike {
		t.Errorf("the face of the failed try is shown: %+v", laid.Pairs)
	}
	_, err = d.Identity.Confirm(background, d.Who, p.ID, nil, "")
	d.Must(err)
	f, err := d.People.Show(background, d.Who, p.ID)
	d.Must(err)
	if f.Decisions[0].Try != try.ID {
		t.Errorf("decided %s", f.Decisions[0].Try)
	}
	_, err = d.Identity.TryPhoto(background, d.Who, try.ID)
	d.Refused(err, identity.ErrTryOver)
}

func TestNoStepIsDoneOnceAClerkHasDecided(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	try := begun(t, d, p.ID)
	_, err := d.Identity.Confirm(background, d.Who, p.ID, []identity.Original{identity.ResidentCard}, "")
	d.Must(err)
	_, err = d.Identity.TryAlive(background, d.Who, try.ID, portrait.Recorded{Frames: [][]byte{live(t, 3)}})
	d.Refused(err, identity.ErrConfirmed)
}

func pairOf(all service.SideBySide, a, b string) service.Pair {
	for _, p := range all.Pairs {
		if p.A == a && p.B == b {
			return p
		}
	}
	return service.Pair{Zone: "none"}
}

func TestTheNewestPictureIsLaidSideBySide(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	try := begun(t, d, p.ID)
	_, err := d.Identity.TryAlive(background, d.Who, try.ID, portrait.Recorded{Frames: [][]byte{live(t, 3)}, Why: identity.WhyTime})
	d.Must(err)
	before, err := d.Identity.Portraits(background, d.Who, p.ID)
	d.Must(err)
	pictures := map[string][]byte{identity.PicturePhoto: sample.Photo(3)}
	for _, kind := range []string{identity.PicturePortraitSide, identity.PictureSelfWithCard, identity.PictureCertificate} {
		pictures[kind] = live(t, 11)
	}
	_, err = d.Identity.RequestPhoto(background, d.Who, p.ID, pictures)
	d.Must(err)
	after, err := d.Identity.Portraits(background, d.Who, p.ID)
	d.Must(err)
	was, is := pairOf(before, "photo", "live"), pairOf(after, "photo", "live")
	if was.Distance < 0 || is.Distance < 0 || was.Distance == is.Distance {
		t.Errorf("before %+v, after %+v", was, is)
	}
}

// TestNothingOfAFaceIsLookedAtWithoutConsent hands in what is no picture: it is refused for the
// consent, and not for the picture.
func TestNothingOfAFaceIsLookedAtWithoutConsent(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	try, err := d.Identity.BeginTry(background, d.Who, p.ID)
	d.Must(err)
	d.Must(d.People.Consent(background, d.Who, p.ID, person.ConsentFace, false))
	nothing := []byte("nothing")
	_, err = d.Identity.TryCard(background, d.Who, try.ID, nothing)
	d.Refused(err, identity.ErrNoFaceConsent)
	laid, err := d.Identity.Portraits(background, d.Who, p.ID)
	d.Must(err)
	for _, x := range laid.Portraits {
		if x.Face {
			t.Errorf("a face was looked for on the %s", x.Kind)
		}
	}
	d.Must(d.People.Consent(background, d.Who, p.ID, person.ConsentFace, true))
	_, err = d.Identity.TryAlive(background, d.Who, try.ID, portrait.Recorded{Frames: [][]byte{nothing}})
	d.Refused(err, identity.ErrStepOrder)
	other := d.Register(servicetest.Na())
	stranger := d.Login("na", access.Learner, other.ID)
	got, err := d.Identity.TryCard(background, stranger, try.ID, nothing)
	d.Refused(err, access.ErrDenied)
	if got.ID != "" || got.Person != "" {
		t.Errorf("denied, and told %+v", got)
	}
}

func TestACardWithoutAFaceIsAskedForOnceMoreAndCostsNoTry(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	try, err := d.Identity.BeginTry(background, d.Who, p.ID)
	d.Must(err)
	blank := encoded(t, image.NewGray(image.Rect(0, 0, 600, 400)))
	_, err = d.Identity.TryCard(background, d.Who, try.ID, blank)
	d.Refused(err, service.ErrBlankCard)
	try, err = d.Identity.TryCard(background, d.Who, try.ID, blank)
	d.Must(err)
	if try.State != identity.TryOpen || try.Steps[0].Zone != identity.Look || len(try.Evidence) != 2 || try.NextStep() != identity.AliveStep {
		t.Errorf("got %+v", try)
	}
	try = sent(t, d, try.ID, portrait.Recorded{Frames: [][]byte{live(t, 3)}, Watched: true})
	if try.State != identity.TrySubmitted || try.Worst() != identity.Look || try.Source() != identity.FromCamera {
		t.Errorf("got %+v, worst %s", try, try.Worst())
	}
}
