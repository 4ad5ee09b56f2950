package model

import "xuezheng/data/id"

// Finder finds people.
type Finder interface {
	Find(query string, limit int) ([]PersonRow, error)
}

// PersonFind is the search that is always there: it answers while one types.
type PersonFind struct {
	Screen
	Query  Text
	People Table[PersonRow]
	asked  string
	finder Finder
}

// most is how many people a search shows.
const most = 50

// NewPersonFind searches through finder; open is what choosing a person does.
func NewPersonFind(finder Finder, run Run, open func(id.Person)) *PersonFind {
	m := &PersonFind{Screen: NewScreen(run), finder: finder}
	m.People.Open = func(r PersonRow) { open(r.ID) }
	m.Query.OnChange(m.Ask)
	return m
}

// Asked is what the people shown were asked for.
func (m *PersonFind) Asked() string { return m.asked }

// Ask searches for what is written. An answer that comes after something else was asked is
// dropped.
func (m *PersonFind) Ask() {
	q := m.Query.Value()
	if q == m.asked {
		return
	}
	m.asked = q
	if q == "" {
		m.People.Show(nil)
		m.Changed()
		return
	}
	var rows []PersonRow
	m.Do(func() (err error) { rows, err = m.finder.Find(q, most); return err }, func() {
		if m.asked == q {
			m.People.Show(rows)
		}
	})
}

// Renew asks again what was asked: somebody may have been registered since.
func (m *PersonFind) Renew() {
	m.asked = ""
	m.Ask()
}

// OpenFirst opens the first person found: what Enter does in the search field.
func (m *PersonFind) OpenFirst() {
	if len(m.People.Rows) > 0 {
		m.People.Choose(0)
	}
}

// suggest looks for whoever is being written, a few of them; what comes back after something else
// was written is nobody's.
func (s *Screen) suggest(written string, asked *string, found *Table[PersonRow], find func(query string, limit int) ([]PersonRow, error)) {
	*asked = written
	if written == "" {
		found.Show(nil)
		s.Changed()
		return
	}
	var rows []PersonRow
	const few = 5
	s.runner()(func() (err error) { rows, err = find(written, few); return err }, func(err error) {
		if err == nil && *asked == written && !s.gone {
			found.Show(rows)
			s.Changed()
		}
	})
}
