package model

// Gate lets people in.
type Gate interface {
	SignIn(name, passphrase string) error
}

// SignIn is where someone says who they are. Until then nobody's data can be seen.
type SignIn struct {
	Screen
	Name        Text
	Passphrase  Text
	Institution string
	Forgotten   func() // leads to the recovery key; nil where there is no such way
	Speak       func() // changes the language; may be nil
	Restored    bool   // a backup was put back just now
	Aside       string // where the store lies that was there before; empty for none
	gate        Gate
	in          func()
}

// NewSignIn asks gate, and calls in once someone is let in. name is who was here last.
func NewSignIn(gate Gate, institution, name string, run Run, in func()) *SignIn {
	m := &SignIn{Screen: NewScreen(run), Institution: institution, gate: gate, in: in}
	m.Name.Set(name)
	for _, t := range []*Text{&m.Name, &m.Passphrase} {
		t.OnChange(m.Changed)
	}
	return m
}

// CanEnter reports whether there is something to ask and nothing under way.
func (m *SignIn) CanEnter() bool {
	return !m.Busy() && !m.Name.Empty() && m.Passphrase.Raw() != ""
}

// Enter asks to be let in. A passphrase never stays on the screen.
func (m *SignIn) Enter() {
	if !m.CanEnter() {
		return
	}
	name, passphrase := m.Name.Value(), m.Passphrase.Raw()
	m.Passphrase.Set("")
	m.Do(func() error { return m.gate.SignIn(name, passphrase) }, m.in)
}
