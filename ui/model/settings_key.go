package model

import (
	"strings"
	"unicode"

	"xuezheng/data/fault"
)

// KeysService keeps the keys that are trusted.
type KeysService interface {
	TrustedKeys() ([]TrustedKeyRow, error)
	ReadKey(file []byte) (KeyOffer, error)
	Trust(file []byte, fingerprint string) error
}

// SettingsKeys are the keys by which certificates are judged. Another institution's key is taken
// in only with the fingerprint that a person heard from that institution.
type SettingsKeys struct {
	Screen
	Keys    Table[TrustedKeyRow]
	Loaded  bool
	Offer   *KeyOffer
	File    string // its name
	Typed   Text
	Trusted string // whose key was taken in just now
	bytes   []byte
	service KeysService
	files   Files
}

// Faults of keys in the window.
var (
	ErrFingerprintForm    = fault.New(fault.Refused, "settings.keys.form")
	ErrFingerprintDiffers = fault.New(fault.Refused, "settings.keys.differs")
)

// NewSettingsKeys opens the keys.
func NewSettingsKeys(service KeysService, files Files, run Run) *SettingsKeys {
	m := &SettingsKeys{Screen: NewScreen(run), service: service, files: files}
	m.Typed.OnChange(m.Changed)
	m.Load()
	return m
}

// Load reads the keys anew.
func (m *SettingsKeys) Load() {
	var rows []TrustedKeyRow
	m.Do(func() (err error) { rows, err = m.service.TrustedKeys(); return err }, func() {
		m.Keys.Show(rows)
		m.Loaded = true
	})
}

// Choose lets a person choose a key file.
func (m *SettingsKeys) Choose() { m.files.Choose(m.Take, "key", "json") }

// Take reads a key file that was chosen or dropped. Nothing is trusted yet.
func (m *SettingsKeys) Take(f File, err error) {
	if m.Busy() {
		return
	}
	if err != nil {
		m.Refuse(err)
		return
	}
	m.Cancel()
	var o KeyOffer
	m.Do(func() (err error) { o, err = m.service.ReadKey(f.Bytes); return err }, func() {
		m.Offer, m.File, m.bytes, m.Trusted = &o, f.Name, f.Bytes, ""
	})
}

// Cancel puts the key file away.
func (m *SettingsKeys) Cancel() {
	m.Offer, m.bytes, m.File = nil, nil, ""
	m.Typed.Set("")
	m.Changed()
}

// fingerprint is what was typed as five groups of four, however it was spaced.
func fingerprint(typed string) (string, bool) {
	var digits []rune
	for _, r := range strings.ToUpper(typed) {
		switch {
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'F':
			digits = append(digits, r)
		case unicode.IsSpace(r) || r == '-' || r == ':':
		default:
			return "", false
		}
	}
	if len(digits) != 20 {
		return "", false
	}
	var groups []string
	for i := 0; i < len(digits); i += 4 {
		groups = append(groups, string(digits[i:i+4]))
	}
	return strings.Join(groups, " "), true
}

// CanTrust reports whether a key was read and a fingerprint typed.
func (m *SettingsKeys) CanTrust() bool { return m.Offer != nil && !m.Typed.Empty() && !m.Busy() }

// Trust takes the key in if the typed fingerprint is the file's, after a question.
func (m *SettingsKeys) Trust() {
	if !m.CanTrust() {
		return
	}
	print, ok := fingerprint(m.Typed.Value())
	if !ok {
		m.Typed.Refuse(ErrFingerprintForm)
		return
	}
	file, name := m.bytes, m.Offer.Name
	m.Ask("settings.keys.ask", func() {
		m.Do(func() error { return m.service.Trust(file, print) }, func() {
			m.Cancel()
			m.Trusted = name
			m.Load()
		})
	}, name)
}
