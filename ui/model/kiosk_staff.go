package model

import "xuezheng/data/fault"

// ErrPINsDiffer is for a new PIN that was not typed the same twice.
var ErrPINsDiffer = fault.New(fault.Refused, "kiosk.pins-differ")

// What a PIN is typed for while it is changed.
const (
	kioskOldPIN   KioskStage = "pin-old"
	kioskNewPIN   KioskStage = "pin-new"
	kioskAgainPIN KioskStage = "pin-again"
)

// PINFor is which of the PINs is asked for while it is changed: "pin-old", "pin-new", "pin-again";
// empty otherwise.
func (m *Kiosk) PINFor() string {
	if m.Stage == KioskPIN && (m.wants == kioskOldPIN || m.wants == kioskNewPIN || m.wants == kioskAgainPIN) {
		return string(m.wants)
	}
	return ""
}

// ChangePIN asks for the PIN that is, then twice for the new one.
func (m *Kiosk) ChangePIN() {
	if m.Stage == KioskStaff {
		m.Note = ""
		m.askPIN(kioskOldPIN)
	}
}

func (m *Kiosk) changePIN(pin string) {
	switch m.wants {
	case kioskOldPIN:
		m.pins[0], m.wants = pin, kioskNewPIN
	case kioskNewPIN:
		m.pins[1], m.wants = pin, kioskAgainPIN
	default:
		old, same := m.pins[0], pin == m.pins[1]
		if !same {
			m.wants = kioskNewPIN
			m.Refuse(ErrPINsDiffer)
			return
		}
		m.pins, m.wants = [2]string{}, kioskOldPIN // from the start, if it is refused
		m.Do(func() error { return m.service.ChangePIN(old, pin) }, func() {
			m.openStaff()
			m.Note = "kiosk.pin-changed"
		})
	}
	m.Changed()
}

// ForStaff asks for the staff's PIN, to open the staff's page.
func (m *Kiosk) ForStaff() { m.askPIN(KioskStaff) }

// StaffConfirms asks for the staff's PIN, to confirm whoever is at the kiosk: the staff saw the
// original.
func (m *Kiosk) StaffConfirms() {
	if m.Stage == KioskResult && m.visit != nil {
		m.askPIN(KioskResult)
	}
}

func (m *Kiosk) askPIN(wants KioskStage) {
	if m.Busy() {
		return
	}
	m.Pin, m.wants = "", wants
	m.to(KioskPIN)
	m.Changed()
}

// ForConfirming reports whether the PIN confirms whoever is at the kiosk.
func (m *Kiosk) ForConfirming() bool { return m.Stage == KioskPIN && m.wants == KioskResult }

// EnterPIN takes the PIN typed.
func (m *Kiosk) EnterPIN() {
	pin := m.Pin
	if len(pin) < 6 || m.Busy() {
		return
	}
	m.Stir()
	m.Pin = ""
	switch {
	case m.Stage == KioskClosed:
		m.Do(func() error { return m.service.Unlock(pin) }, func() {
			m.loadDay()
			m.to(KioskStart)
			if !m.Day.Loaded {
				m.openStaff()
			}
		})
	case m.Stage == KioskPIN && m.wants == KioskResult:
		m.settle(func(v KioskVisit) (KioskEnd, error) { return v.Confirm(pin) })
	case m.Stage == KioskPIN && m.PINFor() != "":
		m.changePIN(pin)
	case m.Stage == KioskPIN:
		m.Do(func() error { return m.service.Staff(pin) }, m.openStaff)
	}
}

func (m *Kiosk) openStaff() {
	m.Sticks = m.service.Sticks()
	m.to(KioskStaff)
}

// LookForSticks looks again for what is plugged in.
func (m *Kiosk) LookForSticks() {
	m.Stir()
	m.Sticks, m.Note = m.service.Sticks(), ""
	m.problem = nil
	m.Changed()
}

// LoadDay takes the day's file from a stick.
func (m *Kiosk) LoadDay(path string) {
	if m.Stage != KioskStaff || m.Busy() {
		return
	}
	m.Stir()
	m.Note = ""
	m.Do(func() error { return m.service.Load(path) }, func() { m.loadDay(); m.Note = "kiosk.loaded" })
}

// ExportResults writes the sealed results to a stick.
func (m *Kiosk) ExportResults(folder string) {
	if m.Stage != KioskStaff || m.Busy() {
		return
	}
	m.Stir()
	m.Note = ""
	m.Do(func() error { _, err := m.service.Export(folder); return err }, func() { m.loadDay(); m.Note = "kiosk.exported" })
}

// ClearDay removes the day and its results from this machine, after a question; after another one if
// results would be lost.
func (m *Kiosk) ClearDay() {
	if m.Stage == KioskStaff && !m.Busy() {
		m.Note = ""
		m.Ask("kiosk.clear", func() {
			n := 0
			m.Do(func() error { n = m.service.Waiting(); return nil }, func() {
				if n > 0 {
					m.Ask("kiosk.clear-lost", func() { m.clear(true) }, n)
				} else {
					m.clear(false)
				}
			})
		})
	}
}

func (m *Kiosk) clear(evenWaiting bool) {
	m.Stir()
	m.Do(func() error { return m.service.Clear(evenWaiting) }, func() { m.loadDay(); m.Note = "kiosk.cleared" })
}

// LeaveKiosk ends the kiosk: only the staff's page has this.
func (m *Kiosk) LeaveKiosk() {
	if m.Stage == KioskStaff && m.leave != nil {
		m.Reset()
		m.leave()
	}
}
