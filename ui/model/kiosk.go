package model

import (
	"image"
	"strings"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/identity"
)

// KioskStage is the page a kiosk shows.
type KioskStage string

// The pages of a kiosk.
const (
	KioskClosed  KioskStage = "closed" // a member of staff opens it with the PIN
	KioskStart   KioskStage = "start"
	KioskNumber  KioskStage = "number"
	KioskSlip    KioskStage = "slip" // the slip is shown to the camera
	KioskYou     KioskStage = "you"
	KioskAgree   KioskStage = "agree"
	KioskOthers  KioskStage = "others" // whether the face may be looked for on other records
	KioskPicture KioskStage = "picture"
	KioskResult  KioskStage = "result"
	KioskPIN     KioskStage = "pin"
	KioskStaff   KioskStage = "staff"
)

// How long a page waits for somebody before everything is wiped, in seconds.
const (
	kioskPatience   = 60
	kioskAfterwards = 30
)

// KioskDay is what a kiosk may show of its day to anybody.
type KioskDay struct {
	Institution, Venue, VenueEn, Phone string
	Day                                day.Date
	Loaded, Today                      bool
	Cases, Done, Tickets, Waiting      int // Tickets -1 where none are given
}

// KioskPerson is what somebody sees of their case.
type KioskPerson struct {
	Name, Masked, Slot string
	Photo              image.Image
	Agreed, Card       bool
	Others             bool // it is to be asked whether the face may be looked for on other records
}

// KioskEnd is what came of a visit.
type KioskEnd struct {
	Outcome identity.KioskOutcome
	Why     string
	Ticket  string
	At      time.Time

	Programme string // theirs; empty where it is that of the day
}

// KioskVisit is one person at the kiosk; Forget wipes what is known of them.
type KioskVisit interface {
	View() KioskPerson
	Agree(yes bool)
	AgreeOthers(yes bool)
	Card(c KioskCard)
	Look(frames [][]byte) error // of somebody who did what was asked, the calm look first
	End() (KioskEnd, error)
	Confirm(pin string) (KioskEnd, error)
	Forget()
}

// KioskCard is a card that was read.
type KioskCard struct {
	Number, Name string
	Valid        bool
	Card         identity.Card // all that the chip says
	Photo        []byte        // its portrait, in the chip's own form
}

// KioskCamera gives one sight after the other.
type KioskCamera interface {
	Next() (Sight, error)
	Close()
}

// KioskService is what a kiosk asks for.
type KioskService interface {
	Locked() bool
	Day() (KioskDay, error)
	Unlock(pin string) error
	Staff(pin string) error
	Find(number string) (KioskVisit, error)
	Scan(code string) (KioskVisit, error)
	Camera() (KioskCamera, error)     // an error where there is none
	SlipCamera() (KioskCamera, error) // the same camera, looking for a slip's code
	HasReader() bool
	HasCamera() bool
	Print(p KioskPerson, e KioskEnd) error
	Sticks() []KioskStick
	Load(path string) error
	Export(folder string) (results int, err error)
	Waiting() int // results of all days that were not exported
	Clear(evenWaiting bool) error
	ChangePIN(old, pin string) error
}

// KioskStick is a file for this kiosk, or a folder to write to, on something plugged in.
type KioskStick struct {
	Path, Name string
	Folder     bool
}

// Kiosk is a kiosk at a confirmation venue: one page after the other, and back to the first.
type Kiosk struct {
	Screen
	Stage   KioskStage
	Day     KioskDay
	Number  string // typed so far
	Pin     string // typed so far
	Person  KioskPerson
	End     KioskEnd
	Sight   Sight
	NoCam   bool  // there is no camera, or it broke
	Paper   error // what became of the slip
	Printed bool  // the slip was sent to the printer
	Sticks  []KioskStick
	Note    string // key of what the staff is told

	left    int
	visit   KioskVisit
	camera  KioskCamera
	turn    int // of visits: what comes late belongs to nobody
	typed   strings.Builder
	quiet   int        // seconds since something was typed that waits for its end
	wants   KioskStage // what the PIN is for
	pins    [2]string  // the old and the new one, while it is changed
	service KioskService
	leave   func()
	speak   func(lang string)
	lang    string // the kiosk's own
	spoken  string // now
}

// NewKiosk opens a kiosk; leave ends it, speak changes the language, and lang is the one it goes
// back to after each visit.
func NewKiosk(service KioskService, run Run, lang string, speak func(string), leave func()) *Kiosk {
	m := &Kiosk{Screen: NewScreen(run), service: service, leave: leave, speak: speak, lang: lang, spoken: lang}
	m.Reset()
	return m
}

// Reset wipes everything of whoever was there, and goes back to the first page in the kiosk's own
// language.
func (m *Kiosk) Reset() {
	m.wipe()
	m.spoken = m.lang
	m.home()
	if m.speak != nil { // last: what a change of language says anew is the empty page
		m.speak(m.lang)
		m.Changed()
	}
}

// wipe forgets whoever was there; pictures are painted over, for their memory may be kept a while.
func (m *Kiosk) wipe() {
	m.turn++
	m.closeCamera()
	if v := m.visit; v != nil { // it may be at work: forgetting waits for that, and nobody for it
		m.runner()(func() error { v.Forget(); return nil }, func(error) {})
	}
	wipeImage(m.Person.Photo)
	m.visit, m.Person, m.End = nil, KioskPerson{}, KioskEnd{}
	m.Number, m.Pin, m.NoCam, m.Paper, m.Printed, m.Sticks, m.Note = "", "", false, nil, false, nil, ""
	m.pins = [2]string{}
	m.typed.Reset()
	m.problem, m.question = nil, nil
}

// home shows the first page.
func (m *Kiosk) home() {
	m.loadDay()
	m.to(KioskStart)
	if m.service.Locked() {
		m.to(KioskClosed)
	}
	m.Changed()
}

// closeCamera lets the camera go, and what it showed.
func (m *Kiosk) closeCamera() {
	if m.camera != nil {
		m.camera.Close()
		m.camera = nil
	}
	m.see(Sight{})
}

// see shows a sight instead of the one before, which is wiped.
func (m *Kiosk) see(s Sight) {
	if m.Sight.Image != s.Image {
		wipeImage(m.Sight.Image)
	}
	m.Sight = s
}

// view takes what the person may see of their case.
func (m *Kiosk) view() {
	was := m.Person.Photo
	if m.Person = m.visit.View(); m.Person.Photo != was {
		wipeImage(was)
	}
}

func (m *Kiosk) loadDay() {
	d, err := m.service.Day()
	d.Loaded = err == nil
	m.Day = d
}

// to goes to a page and begins to count down.
func (m *Kiosk) to(s KioskStage) {
	m.Stage, m.problem = s, nil
	m.left = m.Of()
	if s == KioskClosed || s == KioskStart && m.spoken == m.lang {
		m.left = 0 // nothing there to be wiped
	}
}

// Left is how many seconds are left on this page, Of of how many; 0 where nothing is counted.
func (m *Kiosk) Left() int { return m.left }
func (m *Kiosk) Of() int {
	if m.Stage == KioskResult || m.Stage == KioskStart {
		return kioskAfterwards
	}
	return kioskPatience
}

// Tick is called every second: when the time is over, everything is wiped. What was typed and not
// ended is forgotten sooner, so that it does not spoil what a scanner types next.
func (m *Kiosk) Tick() {
	if m.quiet++; m.quiet > typingPause {
		m.typed.Reset()
	}
	if m.left == 0 {
		return
	}
	if m.left--; m.left == 0 {
		m.Reset()
		return
	}
	m.Changed()
}

// typingPause is how many seconds a scanner may pause within a code.
const typingPause = 2

// Stir gives somebody who does something the whole time again.
func (m *Kiosk) Stir() {
	if m.left > 0 {
		m.left = m.Of()
	}
}

// Speak changes the language for this visit.
func (m *Kiosk) Speak(lang string) {
	if m.spoken = lang; m.speak != nil {
		m.speak(lang)
	}
	if m.Stage == KioskStart && m.problem == nil {
		m.to(KioskStart)
	}
	m.Stir()
	m.Changed()
}

// HasReader reports whether cards can be read.
func (m *Kiosk) HasReader() bool { return m.service.HasReader() }

// HasCamera reports whether a slip can be shown to a camera.
func (m *Kiosk) HasCamera() bool { return m.service.HasCamera() }

// Confirmed reports whether the visit ended with the person confirmed.
func (m *Kiosk) Confirmed() bool { return m.End.Outcome == identity.KioskConfirmed }

// Back goes back one page; from a person's pages to the first, for they are wiped. Who saw nothing
// of a case yet keeps the language.
func (m *Kiosk) Back() {
	switch m.Stage {
	case KioskStart, KioskClosed:
	case KioskNumber, KioskSlip:
		m.wipe()
		m.home()
	case KioskPIN:
		if m.Pin = ""; m.wants == KioskResult && !m.service.Locked() {
			m.to(KioskResult)
			m.Changed()
			return
		}
		m.Reset()
	default:
		m.Reset()
	}
}

// StepAt is which of the three steps a visit is in, from 1; 0 outside of one.
func (m *Kiosk) StepAt() int {
	switch m.Stage {
	case KioskYou, KioskNumber, KioskSlip:
		return 1
	case KioskAgree, KioskOthers, KioskPicture:
		return 2
	case KioskResult:
		return 3
	}
	return 0
}
