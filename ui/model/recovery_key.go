package model

// RecoveryService makes another recovery key, and puts one on paper.
type RecoveryService interface {
	RenewRecovery(passphrase string) (recovery string, err error)
	PrintRecovery(recovery string) error
}

// RecoveryKey is where another recovery key is made in place of the one there is: shown once, and asked back.
type RecoveryKey struct {
	Screen
	ShownKey
	Passphrase Text // of whoever is here, once more
	Done       bool // the new key is in use, and written down
	Back       func()
	service    RecoveryService
}

// NewRecoveryKey begins; back leads to where one came from.
func NewRecoveryKey(service RecoveryService, files Files, run Run, back func()) *RecoveryKey {
	m := &RecoveryKey{Screen: NewScreen(run), Back: back, service: service}
	m.ShownKey.on(&m.Screen, files, func(key string) error { return service.PrintRecovery(key) }, func() { m.Done = true; m.Changed() })
	m.Passphrase.OnChange(m.Changed)
	return m
}

// CanRenew reports whether the passphrase was written.
func (m *RecoveryKey) CanRenew() bool {
	return !m.Busy() && m.Recovery == "" && m.Passphrase.Raw() != ""
}

// Renew makes another recovery key; the one there was opens the store no more.
func (m *RecoveryKey) Renew() {
	if !m.CanRenew() {
		return
	}
	passphrase := m.Passphrase.Raw()
	m.Done = false
	var key string
	m.Do(func() (err error) { key, err = m.service.RenewRecovery(passphrase); return err }, func() {
		m.Recovery, m.Printed, m.Kept = key, false, ""
		m.Passphrase.Set("")
		m.Written.Set("")
	})
}
