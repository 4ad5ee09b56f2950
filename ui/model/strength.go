package model

import "xuezheng/data/access"

// strength says how strong a passphrase is while it is typed, as a key of words; none before anything
// is typed. known is what whoever guesses knows: names.
func strength(passphrase string, known ...string) string {
	if passphrase == "" {
		return ""
	}
	return "access.weak." + string(access.Measure(passphrase, known...).Why)
}

// StrongEnough is what Strength says of a passphrase that may be used.
const StrongEnough = "access.weak." + string(access.StrongEnough)

// Strength is how strong the passphrase is that is being typed.
func (m *Founding) Strength() string {
	return strength(m.Passphrase.Raw(), m.Institution.Value(), m.Login.Value())
}

// Strength is how strong the passphrase is that is being typed.
func (m *AccessPassphrase) Strength() string { return strength(m.Then.Raw(), m.Known...) }

// Strength is how strong the passphrase is that is being typed.
func (m *AccessRecover) Strength() string { return strength(m.Passphrase.Raw(), m.Name.Value()) }
