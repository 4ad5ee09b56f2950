package model

import (
	"strings"
	"unicode"

	"xuezheng/data/identity"
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
func (m *Kiosk) find(open func() (KioskVisit, error), card *KioskCard) {
	turn := m.turn
	var v KioskVisit
	m.Do(func() (err error) { v, err = open(); return err }, func() {
		if turn != m.turn {
			v.Forget()
			return
		}
		if card != nil {
			v.Card(*card)
		}
		m.visit, m.Person = v, v.View()
		m.to(KioskYou)
	})
}

// TakeCard takes a card that was read: it opens its case, or stands beside the one that is open.
func (m *Kiosk) TakeCard(c KioskCard, err error) {
	m.Stir()
	switch {
	case m.Busy() || !m.Day.Loaded || m.service.Locked():
		return
	case err != nil && (m.Stage == KioskStart || m.Stage == KioskNumber || m.Stage == KioskYou):
		m.Refuse(err)
	case err != nil:
		return
	case m.Stage == KioskStart || m.Stage == KioskNumber:
		m.find(func() (KioskVisit, error) { return m.service.Find(c.Number) }, &c)
	case m.Stage == KioskYou && !m.Person.Card:
		m.visit.Card(c)
		m.Person = m.visit.View()
		m.Changed()
	}
}

// Type takes what a keyboard types, which a scanner is as well: digits go to the keypad, anything
// else is gathered until Entered.
func (m *Kiosk) Type(r rune) {
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
	case strings.TrimSpace(code) != "" && m.Day.Loaded && (m.Stage == KioskStart || m.Stage == KioskNumber):
		m.find(func() (KioskVisit, error) { return m.service.Scan(code) }, nil)
	case m.Stage == KioskNumber:
		m.Find()
	case m.Stage == KioskPIN || m.Stage == KioskClosed:
		m.EnterPIN()
	}
}

// Yes says that this is the person.
func (m *Kiosk) ItsMe() {
	if m.Stage != KioskYou || m.Busy() {
		return
	}
	if m.Person.Agreed {
		m.begin()
		return
	}
	m.to(KioskAgree)
	m.Changed()
}

// Agree is the person's word on faces being compared: who refuses goes to a clerk (P-01).
func (m *Kiosk) Agree(yes bool) {
	if m.Stage != KioskAgree || m.Busy() {
		return
	}
	m.visit.Agree(yes)
	m.Person = m.visit.View()
	if !yes {
		m.finish()
		return
	}
	m.begin()
}

// begin starts the camera; where there is none, a clerk looks.
func (m *Kiosk) begin() {
	m.to(KioskPicture)
	turn := m.turn
	var cam KioskCamera // none is no problem: the page says so by itself
	m.Do(func() error { cam, _ = m.service.Camera(); return nil }, func() {
		switch {
		case turn != m.turn:
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

// look shows one sight after the other until what was asked is done.
func (m *Kiosk) look() {
	turn, cam := m.turn, m.camera
	var sight KioskSight
	var broke error
	m.runner()(func() error { sight, broke = cam.Next(); return nil }, func(error) {
		if turn != m.turn || m.gone || m.camera != cam {
			return
		}
		if broke != nil {
			m.NoCam = true
			m.Changed()
			return
		}
		m.Sight = sight
		switch {
		case !sight.Over:
			m.Changed()
			m.look()
		case sight.Why != "":
			m.Changed()
		default:
			m.compare(sight.Frame)
		}
	})
}

// Again tries the picture once more.
func (m *Kiosk) Again() {
	if m.Stage != KioskPicture || m.Busy() {
		return
	}
	if m.camera != nil {
		m.camera.Close()
		m.camera = nil
	}
	m.Sight, m.NoCam = KioskSight{}, false
	m.begin()
}

// compare holds the picture against the ID photo, and ends the visit. What the comparison says is
// the rules' to weigh; a picture that can't be compared is a clerk's.
func (m *Kiosk) compare(frame []byte) {
	turn, visit := m.turn, m.visit
	m.Do(func() error { _ = visit.Look(frame); return nil }, func() {
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
	if m.camera != nil {
		m.camera.Close()
		m.camera = nil
	}
	turn, visit := m.turn, m.visit
	var e KioskEnd
	m.Do(func() (err error) { e, err = end(visit); return err }, func() {
		if turn != m.turn {
			return
		}
		m.End, m.Pin, m.Sight = e, "", KioskSight{}
		m.loadDay()
		m.to(KioskResult)
		if e.Outcome == identity.KioskConfirmed {
			m.PrintSlip()
		}
	})
}

// PrintSlip prints what came of it.
func (m *Kiosk) PrintSlip() {
	if m.Stage != KioskResult || m.End.Outcome != identity.KioskConfirmed || m.Busy() {
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
