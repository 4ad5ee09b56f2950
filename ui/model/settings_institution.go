package model

import "xuezheng/data/fault"

// InstitutionService keeps what is said of the institution.
type InstitutionService interface {
	Institution() (InstitutionView, error)
	SetInstitution(name, nameEn, phone string) error
	AllowOwnReview(allowed bool) error
	KeyFile() ([]byte, error)
}

// SettingsInstitution is whose store this is, and its public key for others.
type SettingsInstitution struct {
	Screen
	Name, NameEn, Phone Text
	OwnReview           Choice // OwnRefused or OwnAllowed
	View                InstitutionView
	Loaded, Saved       bool
	Kept                string // where the key file lies
	RenewKey            func() // leads to making another recovery key; nil for those who may not
	service             InstitutionService
	files               Files
	renamed             func(name string)
}

// Whether somebody may decide what they entered themselves.
const (
	OwnRefused = "refused"
	OwnAllowed = "allowed"
)

// ErrNoName is for an institution without a name.
var ErrNoName = fault.New(fault.Refused, "settings.institution.no-name")

// NewSettingsInstitution opens the institution; renamed hears of its new name.
func NewSettingsInstitution(service InstitutionService, files Files, run Run, renamed func(string)) *SettingsInstitution {
	m := &SettingsInstitution{Screen: NewScreen(run), service: service, files: files, renamed: renamed}
	m.OwnReview.Offer(Option{OwnRefused, "access.own-review.refused"}, Option{OwnAllowed, "access.own-review.allowed"})
	for _, t := range []*Text{&m.Name, &m.NameEn, &m.Phone, &m.OwnReview.Text} {
		t.OnChange(func() { m.Saved = false; m.Changed() })
	}
	m.Load()
	return m
}

// Load reads what is kept.
func (m *SettingsInstitution) Load() {
	var v InstitutionView
	m.Do(func() (err error) { v, err = m.service.Institution(); return err }, func() {
		m.View, m.Loaded = v, true
		m.Name.Set(v.Name)
		m.NameEn.Set(v.NameEn)
		m.Phone.Set(v.Phone)
		m.OwnReview.Set(map[bool]string{true: OwnAllowed, false: OwnRefused}[v.OwnReview])
	})
}

// CanSave reports whether something differs from what is kept.
func (m *SettingsInstitution) CanSave() bool {
	return m.Loaded && !m.Busy() && (m.Name.Value() != m.View.Name || m.NameEn.Value() != m.View.NameEn || m.Phone.Value() != m.View.Phone || m.ownAllowed() != m.View.OwnReview)
}

func (m *SettingsInstitution) ownAllowed() bool { return m.OwnReview.Value() == OwnAllowed }

// Save keeps what is written; certificates issued before keep theirs.
func (m *SettingsInstitution) Save() {
	if !m.CanSave() {
		return
	}
	if m.Name.Empty() {
		m.Name.Refuse(ErrNoName)
		return
	}
	v, own := m.View, m.ownAllowed() != m.View.OwnReview
	v.OwnReview = m.ownAllowed()
	v.Name, v.NameEn, v.Phone = m.Name.Value(), m.NameEn.Value(), m.Phone.Value()
	m.Do(func() error {
		if err := m.service.SetInstitution(v.Name, v.NameEn, v.Phone); err != nil || !own {
			return err
		}
		return m.service.AllowOwnReview(v.OwnReview)
	}, func() {
		m.View, m.Saved = v, true
		m.renamed(v.Name)
	})
}

// CanKeepKey reports whether there is a key to hand to others.
func (m *SettingsInstitution) CanKeepKey() bool { return !m.Busy() && m.View.Fingerprint != "" }

// KeepKey keeps the public key as a file for others to trust.
func (m *SettingsInstitution) KeepKey(name string) {
	if !m.CanKeepKey() {
		return
	}
	var b []byte
	m.Do(func() (err error) { b, err = m.service.KeyFile(); return err }, func() {
		m.files.Keep(name, b, func(path string, err error) {
			m.Kept = path
			m.Refuse(err)
		})
	})
}
