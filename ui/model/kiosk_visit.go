package model

import (
	"strings"
	"unicode"
)

// numberLength is the length of the longest number typed here: the resident's card and the permits.
const numberLength = 18

// Begin opens the keypad.
func (m *Kiosk) Begin() {
	if m.Stage == KioskStart && m.Day.Loaded {
		m.to(KioskNumber)
		m.Changed()
	}
}

// Digit types a digit, or the X a number may end in.
func (m *Kiosk) Digit(r rune) {
	m.Stir()
	switch {
	case m.Stage == KioskPIN || m.Stage == KioskClosed:
		if r >= '0' && r <= '9' && len(m.Pin) < 12 {
			m.Pin += string(r)
		}
	case m.Stage != KioskNumber || m.Busy() || len(m.Number) >= numberLength:
		return
	case r >= '0' && r <= '9', r == 'X' && len(m.Number) == numberLength-1:
		m.Number += string(r)
	}
	m.problem = nil
	m.Changed()
}

// Remove takes the last digit away.
func (m *Kiosk) Remove() {
	m.Stir()
	if m.Stage == KioskNumber {
		m.Number = m.Number[:max(0, len(m.Number)-1)]
	} else {
		m.Pin = m.Pin[:max(0, len(m.Pin)-1)]
	}
	m.Changed()
}

// CanFind reports whether the number is long enough to be looked for.
func (m *Kiosk) CanFind() bool { return len(m.Number) == 15 || len(m.Number) == numberLength }

// Find opens the case of the number typed.
func (m *Kiosk) Find() {
	if number := m.Number; m.Stage == KioskNumber && m.CanFind() && !m.Busy() {
		m.find(func() (KioskVisit, error) { return m.service.Find(number) }, nil)
	}
}

// find opens a case away from the screen; what comes back after everything was wiped is wiped too.
// A no on the first page is wiped after a while: whoever it was for may be gone.
func (m *Kiosk) find(open func() (KioskVisit, error), card *KioskCard) {
	turn := m.turn
	var v KioskVisit
	var no error
	m.Do(func() error { v, no = open(); return nil }, func() {
		if card != nil {
			defer func() { clear(card.Photo) }()
		}
		switch {
		case turn != m.turn:
			if no == nil {
				v.Forget()
			}
			return
		case no != nil:
			if m.Stage == KioskSlip {
				m.closeCamera()
				m.to(KioskStart)
			}
			m.problem = no
			m.left = m.Of()
			return
		case card != nil:
			v.Card(*card)
		}
		m.closeCamera()
		m.visit = v
		m.view()
		m.to(KioskYou)
	})
}

// TakeCard takes a card that was read: it opens its case, or stands beside the one that is open.
func (m *Kiosk) TakeCard(c KioskCard, err error) {
	m.Stir()
	switch {
	case m.Busy() || !m.Day.Loaded || m.service.Locked():
		return
	case err != nil && (m.waits() || m.Stage == KioskYou):
		m.left = m.Of()
		m.Refuse(err)
	case err != nil:
		return
	case m.waits():
		m.find(func() (KioskVisit, error) { return m.service.Find(c.Number) }, &c)
	case m.Stage == KioskYou && !m.Person.Card:
		m.visit.Card(c)
		m.problem = nil
		m.view()
		m.Changed()
	}
}

// waits reports whether the page waits for somebody's case to be opened.
func (m *Kiosk) waits() bool {
	return m.Stage == KioskStart || m.Stage == KioskNumber || m.Stage == KioskSlip
}

// ShowSlip looks for a slip's code through the camera.
func (m *Kiosk) ShowSlip() {
	if m.Stage == KioskStart && m.Day.Loaded && !m.Busy() {
		m.to(KioskSlip)
		m.openCamera(m.service.SlipCamera)
	}
}

// Type takes what a keyboard types, which a scanner is as well: digits go to the keypad, anything
// else is gathered until Entered.
func (m *Kiosk) Type(r rune) {
	m.quiet = 0
	switch {
	case m.Busy():
	case m.typed.Len() == 0 && m.Stage == KioskStart && unicode.IsDigit(r):
		m.Begin()
		m.Digit(r)
	case m.typed.Len() == 0 && (unicode.IsDigit(r) || r == 'X' && len(m.Number) == numberLength-1):
		m.Digit(r)
	case m.typed.Len() < 200:
		m.typed.WriteRune(r)
	}
}

// Entered ends what a keyboard or scanner typed.
func (m *Kiosk) Entered() {
	code := m.typed.String()
	m.typed.Reset()
	switch {
	case m.Busy():
	case strings.TrimSpace(code) != "" && m.Day.Loaded && m.waits():
		m.find(func() (KioskVisit, error) { return m.service.Scan(code) }, nil)
	case m.Stage == KioskNumber:
		m.Find()
	case m.Stage == KioskPIN || m.Stage == KioskClosed:
		m.EnterPIN()
	}
}

// ItsMe says that this is the person.
func (m *Kiosk) ItsMe() {
	if m.Stage != KioskYou || m.Busy() {
		return
	}
	if m.Person.Agreed {
		m.askOthers()
		return
	}
	m.to(KioskAgree)
	m.Changed()
}

// askOthers asks whether the face may be looked for on other people's records, where that is to be asked,
// and goes on.
func (m *Kiosk) askOthers() {
	if !m.Person.Others {
		m.begin()
		return
	}
	m.to(KioskOthers)
	m.Changed()
}

// AgreeOthers is the person's word on that. The visit goes on either way.
func (m *Kiosk) AgreeOthers(yes bool) {
	if m.Stage != KioskOthers || m.Busy() {
		return
	}
	m.visit.AgreeOthers(yes)
	m.view()
	m.begin()
}

// Agree is the person's word on faces being compared: who refuses goes to a clerk (P-01).
func (m *Kiosk) Agree(yes bool) {
	if m.Stage != KioskAgree || m.Busy() {
		return
	}
	m.visit.Agree(yes)
	m.view()
	if !yes {
		m.finish()
		return
	}
	m.askOthers()
}

// begin starts the camera; where there is none, a clerk looks.
func (m *Kiosk) begin() {
	m.to(KioskPicture)
	m.openCamera(m.service.Camera)
}

func (m *Kiosk) openCamera(open func() (KioskCamera, error)) {
	turn, stage := m.turn, m.Stage
	var cam KioskCamera // none is no problem: the page says so by itself
	m.Do(func() error { cam, _ = open(); return nil }, func() {
		switch {
		case turn != m.turn || stage != m.Stage:
			if cam != nil {
				cam.Close()
			}
		case cam == nil:
			m.NoCam = true
		default:
			m.camera = cam
			m.look()
		}
	})
}

// look shows one sight after the other until what was asked is done. Somebody who does what is
// asked gets the whole time again with every step.
func (m *Kiosk) look() {
	turn, cam := m.turn, m.camera
	var sight Sight
	var broke error
	m.runner()(func() error { sight, broke = cam.Next(); return nil }, func(error) {
		if turn != m.turn || m.gone || m.camera != cam {
			wipeImage(sight.Image)
			wipeFrames(sight.Frames)
			return
		}
		if broke != nil {
			m.closeCamera()
			m.NoCam = true
			m.Changed()
			return
		}
		if sight.done() > m.Sight.done() {
			m.Stir()
		}
		frames := sight.Frames
		sight.Frames = nil
		m.see(sight)
		switch {
		case sight.Code != "":
			code := sight.Code
			m.find(func() (KioskVisit, error) { return m.service.Scan(code) }, nil)
		case !sight.Over:
			m.Changed()
			m.look()
		case sight.Why != "":
			m.Changed()
		default:
			m.compare(frames)
		}
	})
}

// StepsShown is how many of the steps before the camera are shown in words at a time.
const StepsShown = 3

// FirstStep is the first of those shown: the one before what is asked now.
func (m *Kiosk) FirstStep() int {
	return max(0, min(m.Sight.done()-1, len(m.Sight.Steps)-StepsShown))
}

// Step is the i-th thing asked before the camera; nothing beyond the last.
func (m *Kiosk) Step(i int) SightStep {
	if i < len(m.Sight.Steps) {
		return m.Sight.Steps[i]
	}
	return SightStep{}
}

// SignNow is the sign of the movement that is asked now.
func (m *Kiosk) SignNow() string {
	for _, s := range m.Sight.Steps {
		if s.Now {
			return s.Sign
		}
	}
	return ""
}

// done is how many of the steps are done.
func (s Sight) done() (n int) {
	for _, step := range s.Steps {
		if step.Done {
			n++
		}
	}
	return n
}

// Again tries the picture, or the slip, once more.
func (m *Kiosk) Again() {
	if m.Stage != KioskPicture && m.Stage != KioskSlip || m.Busy() {
		return
	}
	m.closeCamera()
	m.NoCam = false
	open := m.service.Camera
	if m.Stage == KioskSlip {
		open = m.service.SlipCamera
	}
	m.to(m.Stage)
	m.openCamera(open)
}

// compare holds the pictures against the ID photo, and ends the visit. What the comparison says is
// the rules' to weigh; pictures that can't be compared are a clerk's.
func (m *Kiosk) compare(frames [][]byte) {
	turn, visit := m.turn, m.visit
	m.Do(func() error {
		_ = visit.Look(frames)
		wipeFrames(frames)
		return nil
	}, func() {
		if turn == m.turn {
			m.finish()
		}
	})
}

// ToClerk ends the visit as it is.
func (m *Kiosk) ToClerk() {
	if m.visit != nil && !m.Busy() {
		m.finish()
	}
}

func (m *Kiosk) finish() { m.settle(func(v KioskVisit) (KioskEnd, error) { return v.End() }) }

func (m *Kiosk) settle(end func(KioskVisit) (KioskEnd, error)) {
	m.closeCamera()
	turn, visit := m.turn, m.visit
	var e KioskEnd
	m.Do(func() (err error) { e, err = end(visit); return err }, func() {
		if turn != m.turn {
			return
		}
		m.End, m.Pin = e, ""
		m.loadDay()
		m.to(KioskResult)
		if m.Confirmed() {
			m.PrintSlip()
		}
	})
}

// PrintSlip prints what came of it.
func (m *Kiosk) PrintSlip() {
	if m.Stage != KioskResult || !m.Confirmed() || m.Busy() {
		return
	}
	m.Stir()
	turn, p, e := m.turn, m.Person, m.End
	var err error
	m.Do(func() error { err = m.service.Print(p, e); return nil }, func() {
		if turn == m.turn {
			m.Printed, m.Paper = err == nil, err
		}
	})
}
