package model

import (
	"image"

	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

// OnlineStage is the page that confirming online shows.
type OnlineStage string

// The pages of confirming online, in the order one comes through them.
const (
	OnlineLoading   OnlineStage = "loading"
	OnlineNotHere   OnlineStage = "not-here"  // the pack confirms on site only
	OnlineNoPhoto   OnlineStage = "no-photo"  // a photo comes first, or another one
	OnlineLacking   OnlineStage = "lacking"   // materials come first
	OnlineConsent   OnlineStage = "consent"   // to faces being compared (P-01)
	OnlineRefused   OnlineStage = "refused"   // a clerk serves instead
	OnlineOthers    OnlineStage = "others"    // to the face being looked for on other records; either way one goes on
	OnlineBegin     OnlineStage = "begin"     // what will come, and whether there is a camera
	OnlineCard      OnlineStage = "card"      // the card's portrait side
	OnlineReady     OnlineStage = "ready"     // before the camera starts
	OnlineAlive     OnlineStage = "alive"     // actions on demand, digits read aloud
	OnlinePhoto     OnlineStage = "photo"     // the photo is compared
	OnlineFailed    OnlineStage = "failed"    // why, and how many tries are left
	OnlineSubmitted OnlineStage = "submitted" // a person decides
	OnlineOnSite    OnlineStage = "on-site"   // slip and slot
	OnlineConfirmed OnlineStage = "confirmed"
)

// OnlineCamera shows sights while someone does what is asked, and gives what was recorded.
type OnlineCamera interface {
	KioskCamera
	Recorded() Recording // once a sight says that it is over
}

// Viewfinder shows what a camera sees, until the picture is taken.
type Viewfinder interface {
	Next() (image.Image, error)
	Take() ([]byte, error) // JPEG, of the picture seen last
	Close()
}

// OnlineService confirms someone online, step by step (H-14).
type OnlineService interface {
	ConsentService
	Online() (OnlineView, error)
	BeginOnline() (identity.Try, error)
	// KnownCard is the card's portrait side if it is among the materials; nil if it is not.
	KnownCard() ([]byte, error)
	SendCard(t id.Try, side []byte) (identity.Try, error)
	SendAlive(t id.Try, r Recording) (identity.Try, error)
	ComparePhoto(t id.Try) (identity.Try, error)
	ComeInPerson() error
	Preview(b []byte) ([]byte, error)
	Cameras() []string
	Microphone() bool
	Viewfinder(camera string) (Viewfinder, error)
	// Watch asks for actions in random order, and for digits to be read aloud.
	Watch(camera, digits string) (OnlineCamera, error)
}

// HomeOnline is being confirmed online, as one guided way.
type HomeOnline struct {
	Screen
	Word       Consent
	Others     Consent // that the face is looked for on other people's records
	View       OnlineView
	Loaded     bool
	Try        identity.Try
	Begun      bool
	Camera     Choice
	Microphone bool
	File       string // name of the picture of the card
	Side       []byte // small picture of it
	Known      bool   // it is the one among the materials
	Finder     image.Image
	Sight      Sight
	Broke      bool // the camera broke, or could not be opened
	Why        string

	side    []byte
	finder  Viewfinder
	camera  OnlineCamera
	running bool
	service OnlineService
	files   Files
	venue   func()
}

// NewHomeOnline opens the way; venue leads to slip and slot.
func NewHomeOnline(service OnlineService, files Files, run Run, venue func()) *HomeOnline {
	m := &HomeOnline{Screen: NewScreen(run), service: service, files: files, venue: venue}
	m.Word = newConsent(service, person.ConsentFace)
	m.Others = newConsent(service, person.ConsentOthers)
	m.Camera.OnChange(m.Changed)
	m.Load()
	return m
}

// Load reads where someone stands, and which cameras there are.
func (m *HomeOnline) Load() {
	var v OnlineView
	var given, asked, hears bool
	var cameras []string
	m.Do(func() (err error) {
		if v, err = m.service.Online(); err == nil {
			given, asked, err = m.service.Agreed(m.Word.Kind)
		}
		cameras, hears = m.service.Cameras(), m.service.Microphone()
		return err
	}, func() {
		m.View, m.Loaded, m.Microphone = v, true, hears
		m.Word.heard(given, asked)
		m.offer(cameras)
	})
}

func (m *HomeOnline) offer(cameras []string) {
	var options []Option
	for _, c := range cameras {
		options = append(options, Option{c, c})
	}
	m.Camera.Offer(options...)
	if m.Camera.Index() < 0 && len(options) > 0 {
		m.Camera.Set(options[0].Value)
	}
}

// HasCamera reports whether there is a camera.
func (m *HomeOnline) HasCamera() bool { return len(m.Camera.Options()) > 0 }

// LookForCameras looks for cameras again: one may have been plugged in.
func (m *HomeOnline) LookForCameras() {
	var cameras []string
	var hears bool
	m.Do(func() error { cameras, hears = m.service.Cameras(), m.service.Microphone(); return nil }, func() {
		m.Microphone, m.Broke = hears, false
		m.offer(cameras)
	})
}

// Stage is the page to be shown now.
func (m *HomeOnline) Stage() OnlineStage {
	v := m.View
	switch {
	case !m.Loaded:
		return OnlineLoading
	case m.Begun && m.Try.State == identity.TryOpen:
		return m.stageOfTry()
	case v.State == identity.Confirmed:
		return OnlineConfirmed
	case v.State == identity.Submitted || m.Begun && m.Try.State == identity.TrySubmitted:
		return OnlineSubmitted
	case m.Begun && m.Try.State == identity.TryFailed:
		return OnlineFailed
	case v.State == identity.MustCome:
		return OnlineOnSite
	case !v.Online:
		return OnlineNotHere
	case len(v.Photo) == 0 || v.State == identity.Preregistered || v.BadPhoto && v.State == identity.SentBack:
		return OnlineNoPhoto
	case v.Lacking > 0:
		return OnlineLacking
	case m.Word.Given && v.AskOthers:
		return OnlineOthers
	case m.Word.Given:
		return OnlineBegin
	case m.Word.Refused:
		return OnlineRefused
	}
	return OnlineConsent
}

func (m *HomeOnline) stageOfTry() OnlineStage {
	switch m.Try.NextStep() {
	case identity.CardStep:
		return OnlineCard
	case identity.PhotoStep:
		return OnlinePhoto
	}
	if m.running {
		return OnlineAlive
	}
	return OnlineReady
}

// Left is how many tries are left.
func (m *HomeOnline) Left() int { return max(0, m.View.Most-m.View.Failed) }

// Steps are the steps of H-14 with what follows, for the line above the page; none where a page is
// about something else.
func (m *HomeOnline) Steps() (steps []WayStep) {
	at, ok := map[OnlineStage]int{OnlineConsent: 0, OnlineRefused: 0, OnlineOthers: 0, OnlineBegin: 0, OnlineCard: 1, OnlineReady: 2, OnlineAlive: 2, OnlinePhoto: 3, OnlineSubmitted: 5}[m.Stage()]
	if !ok {
		return nil
	}
	for i, key := range []string{"home.online.step.consent", "home.online.step.card", "home.online.step.alive", "home.online.step.photo", "home.online.step.sent"} {
		s := WayStep{Key: key, State: StepLater}
		switch {
		case i < at || i == 0 && m.Word.Given:
			s.State = StepDone
		case i == at:
			s.State = StepNow
		}
		steps = append(steps, s)
	}
	return steps
}

// AgreeTo records the word on faces being compared (P-01).
func (m *HomeOnline) AgreeTo(given bool) {
	if m.Busy() {
		return
	}
	m.Do(func() error { return m.service.Agree(m.Word.Kind, given) }, func() { m.Word.heard(given, true) })
}

// AgreeToOthers records the word on the face being looked for on other people's records.
func (m *HomeOnline) AgreeToOthers(given bool) {
	if m.Busy() {
		return
	}
	m.Do(func() error { return m.service.Agree(m.Others.Kind, given) }, func() {
		m.Others.heard(given, true)
		m.View.AskOthers = false
	})
}

// CanBegin reports whether a try may begin: there is a camera, for without one it can't end.
func (m *HomeOnline) CanBegin() bool { return m.Stage() == OnlineBegin && !m.Busy() && m.HasCamera() }

// Begin opens a try.
func (m *HomeOnline) Begin() {
	if !m.CanBegin() {
		return
	}
	m.begin()
}

func (m *HomeOnline) begin() {
	var t identity.Try
	var card, small []byte
	m.Do(func() (err error) {
		if t, err = m.service.BeginOnline(); err != nil {
			return err
		}
		if card, err = m.service.KnownCard(); err == nil && len(card) > 0 {
			small, err = m.service.Preview(card)
		}
		if err != nil { // then another picture is brought
			card, small = nil, nil
		}
		return nil
	}, func() {
		m.Try, m.Begun, m.Why, m.Broke = t, true, "", false
		m.File, m.Side, m.side, m.Known, m.Sight = "", small, card, len(card) > 0, Sight{}
	})
}

// Again begins another try after one that failed.
func (m *HomeOnline) Again() {
	if m.Stage() == OnlineFailed && !m.Busy() && m.CanAgain() {
		m.begin()
	}
}

// CanAgain reports whether another try is left.
func (m *HomeOnline) CanAgain() bool { return m.View.State != identity.MustCome && m.Left() > 0 }

// took shows what a step did to the try; one that failed says why, and how many tries are left.
func (m *HomeOnline) took(t identity.Try) {
	m.Try = t
	if t.State == identity.TryOpen {
		return
	}
	if last := len(t.Steps) - 1; t.State == identity.TryFailed && last >= 0 {
		m.Why = whyKey(t.Steps[last])
	}
	m.Load()
}

// whyKey words what went wrong in a step.
func whyKey(s identity.StepDone) string {
	if s.Step == identity.AliveStep {
		return "identity.alive-why." + s.Why
	}
	return "identity.try-why." + s.Why
}

// ToVenue gives up confirming online and leads to slip and slot.
func (m *HomeOnline) ToVenue() {
	if m.Busy() {
		return
	}
	m.stopCameras()
	if m.View.State != identity.PhotoReady {
		m.venue()
		return
	}
	m.Ask("home.online.to-venue", func() {
		m.Do(m.service.ComeInPerson, m.venue)
	})
}

// Leave lets the cameras go. A try that is left because the camera broke ends as such: it costs none.
func (m *HomeOnline) Leave() {
	m.stopCameras()
	if m.Broke && m.Stage() == OnlineReady {
		try := m.Try.ID
		m.runner()(func() error {
			_, err := m.service.SendAlive(try, Recording{Why: identity.WhyEnded})
			return err
		}, func(error) {})
	}
	m.Screen.Leave()
}

func (m *HomeOnline) stopCameras() {
	if m.finder != nil {
		m.finder.Close()
		m.finder = nil
	}
	if m.camera != nil {
		m.camera.Close()
		m.camera = nil
	}
	m.Finder, m.running = nil, false
}
