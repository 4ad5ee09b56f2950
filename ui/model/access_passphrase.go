package model

// PassphraseService changes the passphrase of whoever is signed in.
type PassphraseService interface {
	ChangePassphrase(now, then string) error
}

// AccessPassphrase is where one changes one's own passphrase: because one wants to, or because
// the present one was handed out.
type AccessPassphrase struct {
	Screen
	Now, Then, Again Text
	Must             bool     // the present one was handed out
	Known            []string // whose it is: what makes a passphrase easy to guess
	Done             bool
	service          PassphraseService
	then             func()
}

// NewAccessPassphrase calls then once the passphrase is another; then may be nil.
func NewAccessPassphrase(service PassphraseService, must bool, run Run, then func()) *AccessPassphrase {
	m := &AccessPassphrase{Screen: NewScreen(run), Must: must, service: service, then: then}
	for _, t := range []*Text{&m.Now, &m.Then, &m.Again} {
		t.OnChange(m.Changed)
	}
	return m
}

// CanChange reports whether everything is written.
func (m *AccessPassphrase) CanChange() bool {
	return !m.Busy() && m.Now.Raw() != "" && m.Then.Raw() != "" && m.Again.Raw() != ""
}

// Change changes the passphrase. None stays on the screen.
func (m *AccessPassphrase) Change() {
	if m.Busy() || !allFilled(&m.Now, &m.Then, &m.Again) || !passphraseTwice(&m.Then, &m.Again, m.Strength()) {
		return
	}
	now, then := m.Now.Raw(), m.Then.Raw()
	m.Done = false
	m.Do(func() error { return m.service.ChangePassphrase(now, then) }, func() {
		m.Done = true
		for _, t := range []*Text{&m.Now, &m.Then, &m.Again} {
			t.Set("")
		}
		if m.then != nil {
			m.then()
		}
	})
}
