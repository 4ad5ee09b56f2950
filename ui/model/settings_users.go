package model

import (
	"xuezheng/data/access"
)

// UsersService keeps logins. A passphrase it makes is good for one sign-in and returned once.
type UsersService interface {
	Users() ([]UserRow, error)
	AddUser(name string, role access.Role) (code string, err error)
	SetUser(name string, role access.Role, disabled bool) error
	ResetUser(name string) (code string, err error)
	HandOut(name, contact string) (code string, err error)
}

// SettingsUsers are the logins and their roles, and one-time passphrases for those who lost
// theirs.
type SettingsUsers struct {
	Screen
	Users   Table[UserRow]
	Loaded  bool
	Manages bool // whoever looks may manage logins
	Name    Text // of a new login
	NewRole Choice
	Role    Choice // of the chosen login
	Learner Text   // whose passphrase is lost
	Contact Text   // what they say their phone or e-mail is
	Code    string // made just now, shown once
	CodeFor string
	service UsersService
}

// NewSettingsUsers opens the logins; manages says whether whoever looks may manage them.
func NewSettingsUsers(service UsersService, manages bool, run Run) *SettingsUsers {
	m := &SettingsUsers{Screen: NewScreen(run), Manages: manages, service: service}
	var staff []Option
	for _, r := range access.Roles() {
		if r != access.Learner {
			staff = append(staff, Option{string(r), "role." + string(r)})
		}
	}
	m.NewRole.Offer(staff...)
	m.NewRole.Set(string(access.Clerk))
	m.Role.Offer(staff...)
	for _, t := range []*Text{&m.Name, &m.NewRole.Text, &m.Role.Text, &m.Learner, &m.Contact} {
		t.OnChange(m.Changed)
	}
	if manages {
		m.Load()
	} else {
		m.Loaded = true
	}
	return m
}

// Load reads the logins anew; who was chosen stays chosen.
func (m *SettingsUsers) Load() {
	chosen, _ := m.Users.Row()
	var rows []UserRow
	m.Do(func() (err error) { rows, err = m.service.Users(); return err }, func() {
		m.Users.Show(rows)
		m.Loaded = true
		for i, r := range rows {
			if r.Name == chosen.Name {
				m.Choose(i)
			}
		}
	})
}

// Choose chooses the login to change.
func (m *SettingsUsers) Choose(i int) {
	m.Users.Select(i)
	if row, ok := m.Users.Row(); ok {
		m.Role.Set(string(row.Role))
	}
	m.Changed()
}

// Learns reports whether the chosen login is a learner's: its role stays.
func (m *SettingsUsers) Learns() bool {
	row, ok := m.Users.Row()
	return ok && row.Role == access.Learner
}

// CanAdd reports whether there is a name.
func (m *SettingsUsers) CanAdd() bool {
	return m.Manages && !m.Busy() && !m.Name.Empty() && m.NewRole.Index() >= 0
}

// Add makes a login; its one-time passphrase is shown once.
func (m *SettingsUsers) Add() {
	if !m.CanAdd() {
		return
	}
	name, role := m.Name.Value(), access.Role(m.NewRole.Value())
	m.code(name, func() (string, error) { return m.service.AddUser(name, role) }, func() { m.Name.Set("") })
}

// code does what makes a one-time passphrase, and shows it.
func (m *SettingsUsers) code(name string, work func() (string, error), then func()) {
	m.Forget()
	var code string
	m.Do(func() (err error) { code, err = work(); return err }, func() {
		m.Code, m.CodeFor = code, name
		then()
		if m.Manages {
			m.Load()
		}
	})
}

// Forget shows the passphrase no more.
func (m *SettingsUsers) Forget() {
	m.Code, m.CodeFor = "", ""
	m.Changed()
}

// CanChange reports whether a login other than one's own is chosen.
func (m *SettingsUsers) CanChange() bool {
	row, ok := m.Users.Row()
	return ok && !row.Me && !m.Busy()
}

// CanSetRole reports whether another role was chosen for the login.
func (m *SettingsUsers) CanSetRole() bool {
	row, _ := m.Users.Row()
	return m.CanChange() && !m.Learns() && m.Role.Index() >= 0 && m.Role.Value() != string(row.Role)
}

// SetRole gives the chosen login its other role, after a question.
func (m *SettingsUsers) SetRole() {
	if !m.CanSetRole() {
		return
	}
	row, _ := m.Users.Row()
	role := access.Role(m.Role.Value())
	m.Ask("settings.users.ask-role", func() {
		m.Do(func() error { return m.service.SetUser(row.Name, role, row.Disabled) }, m.Load)
	}, row.Name)
}

// Disable lets the chosen login in no more, after a question; or lets it in again.
func (m *SettingsUsers) Disable() {
	if !m.CanChange() {
		return
	}
	row, _ := m.Users.Row()
	key := "settings.users.ask-disable"
	if row.Disabled {
		key = "settings.users.ask-enable"
	}
	m.Ask(key, func() {
		m.Do(func() error { return m.service.SetUser(row.Name, row.Role, !row.Disabled) }, m.Load)
	}, row.Name)
}

// Reset gives the chosen login a one-time passphrase, after a question.
func (m *SettingsUsers) Reset() {
	if !m.CanChange() {
		return
	}
	row, _ := m.Users.Row()
	m.Ask("settings.users.ask-reset", func() {
		m.code(row.Name, func() (string, error) { return m.service.ResetUser(row.Name) }, func() {})
	}, row.Name)
}

// CanHandOut reports whether a learner's login and their phone or e-mail are written.
func (m *SettingsUsers) CanHandOut() bool {
	return !m.Busy() && !m.Learner.Empty() && !m.Contact.Empty()
}

// HandOut gives a learner a one-time passphrase, if what they said is on record.
func (m *SettingsUsers) HandOut() {
	if !m.CanHandOut() {
		return
	}
	name, contact := m.Learner.Value(), m.Contact.Value()
	m.code(name, func() (string, error) { return m.service.HandOut(name, contact) }, func() {
		m.Learner.Set("")
		m.Contact.Set("")
	})
}
