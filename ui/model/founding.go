package model

import "xuezheng/data/fault"

// Founder makes a new store.
type Founder interface {
	Found(institution, login, passphrase string) (recovery string, err error)
}

// Founding is the first start: whose store this is, who looks after it, and the recovery key,
// shown once and asked back.
type Founding struct {
	Screen
	Institution Text
	Login       Text
	Passphrase  Text
	Again       Text
	Recovery    string // once the store is made
	Written     Text   // the end of the recovery key, as it was written down
	founder     Founder
	done        func()
}

// Faults of the first start.
var (
	ErrNotTheSame   = fault.New(fault.Refused, "founding.not-the-same")
	ErrNotWrittenSo = fault.New(fault.Refused, "founding.not-written-so")
)

// NewFounding makes a store through founder, and calls done when the recovery key is known to be
// written down.
func NewFounding(founder Founder, run Run, done func()) *Founding {
	m := &Founding{Screen: NewScreen(run), founder: founder, done: done}
	for _, t := range []*Text{&m.Institution, &m.Login, &m.Passphrase, &m.Again, &m.Written} {
		t.OnChange(m.Changed)
	}
	return m
}

// CanFound reports whether the form is complete.
func (m *Founding) CanFound() bool {
	return !m.Busy() && m.Recovery == "" && !m.Institution.Empty() && !m.Login.Empty() && m.Passphrase.Raw() != "" && m.Again.Raw() != ""
}

// Found makes the store.
func (m *Founding) Found() {
	if !m.CanFound() {
		return
	}
	if m.Passphrase.Raw() != m.Again.Raw() {
		m.Again.Refuse(ErrNotTheSame)
		return
	}
	institution, login, passphrase := m.Institution.Value(), m.Login.Value(), m.Passphrase.Raw()
	var key string
	m.Do(func() (err error) { key, err = m.founder.Found(institution, login, passphrase); return err }, func() {
		m.Recovery = key
		m.Passphrase.Set("")
		m.Again.Set("")
	})
}

// asked is how many characters of the recovery key are asked back.
const asked = 6

// CanGoOn reports whether something was written to compare.
func (m *Founding) CanGoOn() bool { return m.Recovery != "" && !m.Written.Empty() }

// GoOn compares what was written down with the key's end; the key is then shown no more.
func (m *Founding) GoOn() {
	if !m.CanGoOn() {
		return
	}
	if w := m.Written.Value(); w != m.Recovery[len(m.Recovery)-asked:] && w != m.Recovery {
		m.Written.Refuse(ErrNotWrittenSo)
		return
	}
	m.Recovery = ""
	m.done()
}
