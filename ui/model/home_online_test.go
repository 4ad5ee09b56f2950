package model

import (
	"errors"
	"fmt"
	"image"
	"testing"

	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

// bureauOnline confirms online, for tests; what it did is in did.
type bureauOnline struct {
	view         OnlineView
	given, asked bool
	cameras      []string
	hears        bool
	try          identity.Try
	known        []byte
	sights       []Sight
	frames       int // the viewfinder gives
	opened       int
	closed       int
	noCamera     error
	failCard     bool
	noCompare    error
	did          []string
	recorded     Recording
}

func (c *bureauOnline) say(what string, more ...any) {
	c.did = append(c.did, fmt.Sprint(append([]any{what}, more...)...))
}

func (c *bureauOnline) Agreed(string) (bool, bool, error) { return c.given, c.asked, nil }
func (c *bureauOnline) Agree(kind string, given bool) error {
	if kind == person.ConsentOthers {
		c.say("others ", given)
		return nil
	}
	c.given, c.asked = given, true
	return nil
}
func (c *bureauOnline) ConsentTo(kind string) string     { return kind }
func (c *bureauOnline) Online() (OnlineView, error)      { return c.view, nil }
func (c *bureauOnline) KnownCard() ([]byte, error)       { return c.known, nil }
func (c *bureauOnline) Cameras() []string                { return c.cameras }
func (c *bureauOnline) Microphone() bool                 { return c.hears }
func (c *bureauOnline) Preview(b []byte) ([]byte, error) { return b[:1], nil }
func (c *bureauOnline) BeginOnline() (identity.Try, error) {
	c.say("begin")
	c.try = identity.Try{ID: id.Try(fmt.Sprint("t", len(c.did))), State: identity.TryOpen, Digits: "204881"}
	return c.try, nil
}
func (c *bureauOnline) step(s identity.OnlineStep, why string) (identity.Try, error) {
	t, err := c.try.Do(identity.StepDone{Step: s, Why: why})
	c.try = t
	if t.State == identity.TryFailed {
		if c.view.Failed++; c.view.Failed >= c.view.Most {
			c.view.State = identity.MustCome
		}
	}
	if t.State == identity.TrySubmitted {
		c.view.State = identity.Submitted
	}
	return t, err
}
func (c *bureauOnline) SendCard(_ id.Try, side []byte) (identity.Try, error) {
	c.say("card ", string(side))
	if c.failCard {
		return c.step(identity.CardStep, "no-face")
	}
	return c.step(identity.CardStep, "")
}
func (c *bureauOnline) SendAlive(_ id.Try, r Recording) (identity.Try, error) {
	c.say("alive ", r.Why)
	return c.step(identity.AliveStep, r.Why)
}
func (c *bureauOnline) ComparePhoto(id.Try) (identity.Try, error) {
	if c.noCompare != nil {
		return c.try, c.noCompare
	}
	c.say("photo")
	return c.step(identity.PhotoStep, "")
}
func (c *bureauOnline) ComeInPerson() error { c.say("in person"); return nil }
func (c *bureauOnline) Viewfinder(string) (Viewfinder, error) {
	if c.noCamera != nil {
		return nil, c.noCamera
	}
	c.opened++
	return &lens{c}, nil
}
func (c *bureauOnline) Watch(_, digits string) (OnlineCamera, error) {
	if c.noCamera != nil {
		return nil, c.noCamera
	}
	c.opened++
	c.say("watch ", digits)
	return c, nil
}
func (c *bureauOnline) Next() (Sight, error) {
	if len(c.sights) == 0 {
		return Sight{}, errors.New("gone")
	}
	s := c.sights[0]
	c.sights = c.sights[1:]
	return s, nil
}
func (c *bureauOnline) Recorded() Recording { return c.recorded }
func (c *bureauOnline) Close()              { c.closed++ }

type lens struct{ c *bureauOnline }

func (f *lens) Next() (image.Image, error) {
	if f.c.frames--; f.c.frames < 0 {
		return nil, errors.New("gone")
	}
	return image.NewGray(image.Rect(0, 0, 1, 1)), nil
}
func (f *lens) Take() ([]byte, error) { return []byte("snapped"), nil }
func (f *lens) Close()                { f.c.closed++ }

func atCounter() *bureauOnline {
	return &bureauOnline{view: OnlineView{State: identity.PhotoReady, Online: true, Most: 3, Photo: []byte("photo")}, given: true, asked: true, cameras: []string{"cam"}, hears: true,
		sights: []Sight{{Ask: "identity.task.ahead"}, {Ask: ReadAloud}, {Over: true}}}
}

func online(c *bureauOnline, run Run) (*HomeOnline, *int) {
	venues := 0
	return NewHomeOnline(c, &hands{chosen: File{Name: "card.jpg", Bytes: []byte("card")}}, run, func() { venues++ }), &venues
}

func TestSomeoneIsConfirmedOnlineStepByStep(t *testing.T) {
	c := atCounter()
	m, _ := online(c, Now)
	if m.Stage() != OnlineBegin {
		t.Fatalf("at %s", m.Stage())
	}
	m.Start() // not yet
	m.Begin()
	if m.Stage() != OnlineCard || m.CanSendCard() {
		t.Fatalf("at %s, may send %v", m.Stage(), m.CanSendCard())
	}
	m.ChooseCard()
	m.SendCard()
	if m.Stage() != OnlineReady || m.Steps()[1].State != "done" || m.Steps()[2].State != "now" {
		t.Fatalf("at %s, steps %+v", m.Stage(), m.Steps())
	}
	m.Start()
	if m.Stage() != OnlineSubmitted || m.Steps()[4].State != "done" {
		t.Fatalf("at %s", m.Stage())
	}
	if got := fmt.Sprint(c.did); got != "[begin card card watch 204881 alive  photo]" || c.opened != c.closed {
		t.Errorf("did %s, %d cameras opened, %d closed", got, c.opened, c.closed)
	}
}

func TestWhatComesBeforeConfirmingOnlineIsSaid(t *testing.T) {
	for want, change := range map[OnlineStage]func(*bureauOnline){
		OnlineNotHere:   func(c *bureauOnline) { c.view.Online = false },
		OnlineNoPhoto:   func(c *bureauOnline) { c.view.Photo = nil },
		OnlineLacking:   func(c *bureauOnline) { c.view.Lacking = 1 },
		OnlineConsent:   func(c *bureauOnline) { c.given, c.asked = false, false },
		OnlineRefused:   func(c *bureauOnline) { c.given = false },
		OnlineOnSite:    func(c *bureauOnline) { c.view.State = identity.MustCome },
		OnlineSubmitted: func(c *bureauOnline) { c.view.State = identity.Submitted },
		OnlineConfirmed: func(c *bureauOnline) { c.view.State = identity.Confirmed },
		OnlineBegin:     func(c *bureauOnline) { c.view.State = identity.SentBack },
	} {
		c := atCounter()
		change(c)
		m, _ := online(c, Now)
		if m.Stage() != want {
			t.Errorf("at %s, want %s", m.Stage(), want)
		}
		if m.Begin(); want != OnlineBegin && len(c.did) > 0 {
			t.Errorf("%s: a try was begun", want)
		}
	}
	c := atCounter()
	c.view.State, c.view.BadPhoto = identity.SentBack, true
	if m, _ := online(c, Now); m.Stage() != OnlineNoPhoto {
		t.Errorf("sent back for the photo: at %s", m.Stage())
	}
}

func TestWhoRefusesIsLedToAClerkAndMayChangeTheirMind(t *testing.T) {
	c := atCounter()
	c.given, c.asked = false, false
	m, venues := online(c, Now)
	m.AgreeTo(false)
	if m.Stage() != OnlineRefused {
		t.Fatalf("at %s", m.Stage())
	}
	m.ToVenue()
	if m.Question() == nil || *venues != 0 {
		t.Fatal("giving up was not asked about")
	}
	m.Yes()
	if *venues != 1 || fmt.Sprint(c.did) != "[in person]" {
		t.Errorf("%d times to the venue, did %v", *venues, c.did)
	}
	if m.AgreeTo(true); m.Stage() != OnlineBegin {
		t.Errorf("agreed after all: at %s", m.Stage())
	}
	c.view.State = identity.MustCome
	m.Load()
	if m.ToVenue(); *venues != 2 || m.Question() != nil {
		t.Error("who must come anyway is asked again")
	}
}

func TestBeingLookedForOnOtherRecordsIsAskedByItselfAndHoldsUpNothing(t *testing.T) {
	for _, yes := range []bool{true, false} {
		c := atCounter()
		c.given, c.asked, c.view.AskOthers = false, false, true
		m, _ := online(c, Now)
		if m.Stage() != OnlineConsent || m.Others.Text != person.ConsentOthers {
			t.Fatalf("at %s", m.Stage())
		}
		if m.AgreeTo(true); m.Stage() != OnlineOthers || m.CanBegin() {
			t.Fatalf("at %s", m.Stage())
		}
		if m.AgreeToOthers(yes); m.Stage() != OnlineBegin || !m.CanBegin() || fmt.Sprint(c.did) != fmt.Sprintf("[others %v]", yes) {
			t.Errorf("%v: at %s, did %v", yes, m.Stage(), c.did)
		}
	}
}

func TestWithoutACameraNothingBeginsAndOneIsLookedForAgain(t *testing.T) {
	c := atCounter()
	c.cameras = nil
	m, _ := online(c, Now)
	if m.Begin(); m.CanBegin() || len(c.did) > 0 {
		t.Fatal("a try was begun that can't end")
	}
	c.cameras = []string{"new one"}
	m.LookForCameras()
	if !m.CanBegin() || m.Camera.Value() != "new one" {
		t.Errorf("may begin %v with %q", m.CanBegin(), m.Camera.Value())
	}
}

func TestAfterTheLastTryOneComesInPerson(t *testing.T) {
	c := atCounter()
	c.view.Failed = 1
	m, _ := online(c, Now)
	m.Begin()
	m.ChooseCard()
	m.SendCard()
	c.sights = []Sight{{Over: true, Why: "two"}}
	m.Start()
	if m.Stage() != OnlineFailed || m.Why != "identity.alive-why.two" || m.Left() != 1 || !m.CanAgain() {
		t.Fatalf("at %s because %s, %d left", m.Stage(), m.Why, m.Left())
	}
	m.Again()
	m.ChooseCard()
	c.failCard = true
	m.SendCard()
	if m.Stage() != OnlineFailed || m.Why != "identity.try-why.no-face" || m.CanAgain() {
		t.Fatalf("at %s because %s, again %v", m.Stage(), m.Why, m.CanAgain())
	}
	before := len(c.did)
	if m.Again(); len(c.did) != before {
		t.Error("a fourth try was begun")
	}
}

func TestACameraThatBreaksCostsNoTry(t *testing.T) {
	for name, sights := range map[string][]Sight{"no more pictures": nil, "unplugged": {{Over: true, Why: identity.WhyEnded}}} {
		c := atCounter()
		m, _ := online(c, Now)
		m.Begin()
		m.ChooseCard()
		m.SendCard()
		c.sights = sights
		m.Start()
		if !m.Broke || m.Stage() != OnlineReady || m.View.Failed != 0 || c.opened != c.closed {
			t.Errorf("%s: broke %v, at %s, %d failed", name, m.Broke, m.Stage(), m.View.Failed)
		}
		c.sights = []Sight{{Over: true}}
		if m.Start(); m.Stage() != OnlineSubmitted {
			t.Errorf("%s: once more, at %s", name, m.Stage())
		}
	}
	c := atCounter()
	m, _ := online(c, Now)
	m.Begin()
	m.ChooseCard()
	m.SendCard()
	c.sights = nil
	m.Start()
	if m.Leave(); c.did[len(c.did)-1] != "alive "+identity.WhyEnded {
		t.Errorf("left because the camera broke, and said %v", c.did)
	}
	c = atCounter()
	c.noCamera = errors.New("busy")
	m, _ = online(c, Now)
	m.Begin()
	m.Find()
	if !m.Broke || m.Finding() || m.Problem() != nil {
		t.Errorf("broke %v, finding %v, problem %v", m.Broke, m.Finding(), m.Problem())
	}
}

func TestTheCardIsTakenWithTheCamera(t *testing.T) {
	c := atCounter()
	c.frames = 3
	var later Later
	m, _ := online(c, later.Run)
	later.All()
	m.Begin()
	later.All()
	m.Find()
	later.Step()
	later.Step()
	if !m.Finding() || m.Finder == nil {
		t.Fatal("nothing is seen")
	}
	m.Snap()
	later.All()
	if m.Finding() || c.closed != 1 || !m.CanSendCard() || m.Problem() != nil {
		t.Fatalf("finding %v, %d closed, may send %v", m.Finding(), c.closed, m.CanSendCard())
	}
	m.SendCard()
	later.All()
	if got := c.did[len(c.did)-1]; got != "card snapped" {
		t.Errorf("did %s", got)
	}
}

func TestTheCardAmongTheMaterialsNeedNotBeBroughtTwice(t *testing.T) {
	c := atCounter()
	c.known = []byte("kept")
	m, _ := online(c, Now)
	m.Begin()
	if !m.Known || !m.CanSendCard() {
		t.Fatal("it must be brought again")
	}
	m.SendCard()
	if c.did[1] != "card kept" {
		t.Errorf("did %v", c.did)
	}
}

func TestWhoLeavesLetsTheCameraGo(t *testing.T) {
	c := atCounter()
	c.known = []byte("kept")
	var later Later
	m, _ := online(c, later.Run)
	later.All()
	m.Begin()
	later.All()
	m.SendCard()
	later.All()
	m.Start()
	m.Leave() // while it is being opened
	later.All()
	if c.opened != 1 || c.closed != 1 {
		t.Errorf("opened %d, closed %d", c.opened, c.closed)
	}
	m, _ = online(c, later.Run)
	later.All()
	m.Begin()
	later.All()
	m.SendCard()
	later.All()
	m.Start()
	later.Step()
	later.Step()
	if m.Stage() != OnlineAlive {
		t.Fatalf("at %s", m.Stage())
	}
	m.StopWatching()
	if m.Stage() != OnlineReady || c.closed != 2 {
		t.Errorf("at %s, closed %d", m.Stage(), c.closed)
	}
	later.All()
	if len(c.did) != 6 { // begin, card, watch, twice: nothing was handed in
		t.Errorf("did %v", c.did)
	}
}

func TestAComparisonThatWasInterruptedIsDoneAgain(t *testing.T) {
	c := atCounter()
	c.noCompare = errors.New("disk")
	m, _ := online(c, Now)
	m.Begin()
	m.ChooseCard()
	m.SendCard()
	m.Start()
	if m.Stage() != OnlinePhoto || m.Problem() == nil {
		t.Fatalf("at %s, problem %v", m.Stage(), m.Problem())
	}
	c.noCompare = nil
	if m.ComparePhoto(); m.Stage() != OnlineSubmitted {
		t.Errorf("at %s", m.Stage())
	}
}
