package model

import (
	"xuezheng/data/day"
)

// DueService tells what is due for deletion, and deletes it.
type DueService interface {
	DueKinds() ([]DueRow, error)
	DuePeople(kind string, limit int) ([]DuePerson, error)
	// DeleteDue deletes what of a kind is due, if it is still as many rows as were shown.
	DeleteDue(kind string, shown int) error
}

// mostDue is how many people of whom something is due are named.
const mostDue = 500

// SettingsDue is what has been kept long enough, kind by kind, and its deletion.
type SettingsDue struct {
	Screen
	Kinds   Table[DueRow]
	People  Table[DuePerson]
	Loaded  bool
	Deleted *DueRow // what was deleted last
	today   day.Date
	service DueService
}

// NewSettingsDue opens what is due today.
func NewSettingsDue(service DueService, today day.Date, run Run) *SettingsDue {
	m := &SettingsDue{Screen: NewScreen(run), service: service, today: today}
	m.Load()
	return m
}

// Today is the day everything is judged on.
func (m *SettingsDue) Today() day.Date { return m.today }

// Load reads what is due anew, and chooses the first kind of which anything is.
func (m *SettingsDue) Load() {
	var kinds []DueRow
	m.Do(func() (err error) { kinds, err = m.service.DueKinds(); return err }, func() {
		m.Loaded = true
		chosen := ""
		if k, ok := m.Kinds.Row(); ok {
			chosen = k.Kind
		}
		m.Kinds.Show(kinds)
		m.People.Show(nil)
		at := -1
		for i, k := range kinds {
			if k.Kind == chosen {
				at = i
				break
			}
			if at < 0 && k.Rows > 0 {
				at = i
			}
		}
		m.Choose(max(0, at))
	})
}

// Chosen is the kind that is looked at.
func (m *SettingsDue) Chosen() (DueRow, bool) { return m.Kinds.Row() }

// Choose looks at a kind, and names of whom something of it is due.
func (m *SettingsDue) Choose(i int) {
	m.Kinds.Select(i)
	k, ok := m.Kinds.Row()
	if !ok || k.Rows == 0 {
		m.People.Show(nil)
		m.Changed()
		return
	}
	var list []DuePerson
	m.Do(func() (err error) { list, err = m.service.DuePeople(k.Kind, mostDue); return err }, func() {
		if now, ok := m.Kinds.Row(); ok && now.Kind == k.Kind {
			m.People.Show(list)
		}
	})
}

// CanDelete reports whether anything of the chosen kind is due.
func (m *SettingsDue) CanDelete() bool {
	k, ok := m.Kinds.Row()
	return ok && k.Rows > 0 && !m.Busy()
}

// Delete deletes what of the chosen kind is due, after a question.
func (m *SettingsDue) Delete() {
	if !m.CanDelete() {
		return
	}
	k, _ := m.Kinds.Row()
	m.Ask("retention.ask", func() {
		m.Deleted = nil
		m.Do(func() error { return m.service.DeleteDue(k.Kind, k.Rows) }, func() {
			m.Deleted = &k
			m.Load()
		})
	}, k.Rows, k.People)
}
