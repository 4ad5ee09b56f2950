package model

import (
	"xuezheng/data/access"
	"xuezheng/data/fault"
)

// strength says how strong a passphrase is while it is typed, as a key of words; none before anything
// is typed. known is what whoever guesses knows: names.
func strength(passphrase string, known ...string) string {
	if passphrase == "" {
		return ""
	}
	return "access.weak." + string(access.Measure(passphrase, known...).Why)
}

// refuseWeak refuses a passphrase at its field as the store would, in the words that stood there while it
// was typed; ok is false if it did.
func refuseWeak(t *Text, said string) (ok bool) {
	if said == StrongEnough {
		return true
	}
	t.Refuse(access.ErrWeakPassphrase.With(said, access.LeastPassphrase))
	return false
}

// ErrNotFilled is for a field that was left empty.
var ErrNotFilled = fault.New(fault.Refused, "access.not-filled")

// allFilled refuses every field that is empty; ok is false if one was.
func allFilled(fields ...*Text) (ok bool) {
	ok = true
	for _, t := range fields {
		if t.Raw() == "" {
			t.Refuse(ErrNotFilled)
			ok = false
		}
	}
	return ok
}

// passphraseTwice sees that a new passphrase is strong enough and written twice alike, and says at the
// field what is not.
func passphraseTwice(passphrase, again *Text, said string) (ok bool) {
	strong := refuseWeak(passphrase, said)
	if passphrase.Raw() != again.Raw() {
		again.Refuse(ErrNotTheSame)
		return false
	}
	return strong
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
func (m *AccessRecover) Strength() string {
	return strength(m.Passphrase.Raw(), append([]string{m.Name.Value()}, m.Known...)...)
}
