package model

import "strings"

// Recoverer opens the store with its recovery key and signs a login in with a new passphrase.
type Recoverer interface {
	Recover(recovery, name, passphrase string) error
}

// AccessRecover is the way in when every passphrase is forgotten.
type AccessRecover struct {
	Screen
	Recovery, Name, Passphrase, Again Text
	Known                             []string // what makes a passphrase easy to guess beside the login's name
	service                           Recoverer
	in, back                          func()
}

// NewAccessRecover calls in once someone is let in; back leads to the sign-in.
func NewAccessRecover(service Recoverer, name string, run Run, in, back func()) *AccessRecover {
	m := &AccessRecover{Screen: NewScreen(run), service: service, in: in, back: back}
	m.Name.Set(name)
	for _, t := range []*Text{&m.Recovery, &m.Name, &m.Passphrase, &m.Again} {
		t.OnChange(m.Changed)
	}
	return m
}

// CanRecover reports whether everything is written.
func (m *AccessRecover) CanRecover() bool {
	return !m.Busy() && !m.Recovery.Empty() && !m.Name.Empty() && m.Passphrase.Raw() != "" && m.Again.Raw() != ""
}

// Recover opens the store. The key may be written with spaces, as it is shown.
func (m *AccessRecover) Recover() {
	if m.Busy() || !allFilled(&m.Recovery, &m.Name, &m.Passphrase, &m.Again) || !passphraseTwice(&m.Passphrase, &m.Again, m.Strength()) || !m.CanRecover() {
		return
	}
	key := strings.ToUpper(strings.Join(strings.Fields(m.Recovery.Value()), ""))
	name, passphrase := m.Name.Value(), m.Passphrase.Raw()
	m.Do(func() error { return m.service.Recover(key, name, passphrase) }, func() {
		m.Recovery.Set("")
		m.Passphrase.Set("")
		m.Again.Set("")
		m.in()
	})
}

// Back leads to the sign-in; nothing written stays.
func (m *AccessRecover) Back() {
	m.Leave()
	m.back()
}
