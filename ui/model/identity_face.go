package model

import (
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// FaceSayer keeps what is said of a face on two records, and of its being looked for.
type FaceSayer interface {
	SettleFace(one, other id.Person, why identity.FaceSeen) error
	AgreeOthers(p id.Person, given bool) error
	FaceWords(p id.Person) (FaceWords, error)
}

// FacesSeen are the codes of what may be said of a face on two records.
func FacesSeen() []identity.FaceSeen { return identity.FacesSeen }

// SayFace records what the face on another's record is. The case itself stays as it is.
func (m *IdentityConfirm) SayFace(other id.Person, why identity.FaceSeen) {
	p := m.Case.Person
	m.faces(func() error { return m.service.SettleFace(p, other, why) })
}

// AgreeOthers records the person's word on their face being looked for on other people's records.
func (m *IdentityConfirm) AgreeOthers(given bool) {
	p := m.Case.Person
	m.faces(func() error { return m.service.AgreeOthers(p, given) })
}

// TakeOthersBack asks, and takes the person's consent back: with it go the numbers of the face.
func (m *IdentityConfirm) TakeOthersBack() {
	if m.Known && !m.Busy() && m.Case.Faces.Given {
		m.Ask("identity.others.take-back.ask", func() { m.AgreeOthers(false) })
	}
}

// faces does something about the case's face and shows what there is to say of it then.
func (m *IdentityConfirm) faces(do func() error) {
	row, ok := m.Queue.Row()
	if !ok || !m.Known || m.Busy() {
		return
	}
	var f FaceWords
	m.Do(func() (err error) {
		if err = do(); err == nil {
			f, err = m.service.FaceWords(row.Person)
		}
		return err
	}, func() {
		if m.at(row) {
			m.Case.Faces = f
		}
	})
}

// SayFace records what the face on another's record is.
func (m *IdentityPerson) SayFace(other id.Person, why identity.FaceSeen) {
	m.faces(func() error { return m.service.SettleFace(m.Person, other, why) })
}

// AgreeOthers records the person's word on their face being looked for on other people's records.
func (m *IdentityPerson) AgreeOthers(given bool) {
	m.faces(func() error { return m.service.AgreeOthers(m.Person, given) })
}

// TakeOthersBack asks, and takes the person's consent back.
func (m *IdentityPerson) TakeOthersBack() {
	if m.Loaded && !m.Busy() && m.View.Faces.Given {
		m.Ask("identity.others.take-back.ask", func() { m.AgreeOthers(false) })
	}
}

func (m *IdentityPerson) faces(do func() error) {
	if m.Loaded && !m.Busy() {
		m.Do(do, m.done("identity.others.kept"))
	}
}

// FacesService keeps the faces that are on two records.
type FacesService interface {
	SharedFaces(limit int) ([]SharedFace, error)
	Photo(p id.Person) ([]byte, error)
	SettleFace(one, other id.Person, why identity.FaceSeen) error
}

// IdentityFaces are the faces on two records that nobody has looked at, side by side.
type IdentityFaces struct {
	Screen
	Queue   Table[SharedFace]
	Loaded  bool
	Photos  [2][]byte
	Shown   bool // the photos are there
	Said    identity.FaceSeen
	first   [2]id.Person
	service FacesService
}

// NewIdentityFaces opens the list, at one pair if it is named.
func NewIdentityFaces(service FacesService, one, other id.Person, run Run) *IdentityFaces {
	m := &IdentityFaces{Screen: NewScreen(run), service: service, first: [2]id.Person{one, other}}
	m.Load()
	return m
}

// Load reads the list anew and stays at its place.
func (m *IdentityFaces) Load() {
	var rows []SharedFace
	at := max(0, m.Queue.Selected())
	m.Do(func() (err error) { rows, err = m.service.SharedFaces(longestQueue); return err }, func() {
		m.Loaded = true
		m.Queue.Show(rows)
		for i, r := range rows {
			if pair := [2]id.Person{r.One.Person, r.Other.Person}; pair == m.first || pair == [2]id.Person{m.first[1], m.first[0]} {
				at = i
			}
		}
		m.first = [2]id.Person{}
		m.Choose(min(at, len(rows)-1))
	})
}

// Choose lays the two photos of a pair side by side.
func (m *IdentityFaces) Choose(i int) {
	m.Queue.Select(i)
	m.Photos, m.Shown = [2][]byte{}, false
	row, ok := m.Queue.Row()
	if !ok {
		m.Changed()
		return
	}
	var photos [2][]byte
	m.Do(func() error {
		for i, p := range [2]id.Person{row.One.Person, row.Other.Person} {
			b, err := m.service.Photo(p)
			if err != nil {
				return err
			}
			photos[i] = b
		}
		return nil
	}, func() {
		if now, ok := m.Queue.Row(); ok && now.One.Person == row.One.Person && now.Other.Person == row.Other.Person {
			m.Photos, m.Shown = photos, true
		}
	})
}

// CanSay reports whether a pair is looked at.
func (m *IdentityFaces) CanSay() bool {
	_, ok := m.Queue.Row()
	return ok && m.Shown && !m.Busy()
}

// Say records what the pair is, and goes on to the next.
func (m *IdentityFaces) Say(why identity.FaceSeen) {
	row, ok := m.Queue.Row()
	if !ok || !m.CanSay() {
		return
	}
	m.Do(func() error { return m.service.SettleFace(row.One.Person, row.Other.Person, why) }, func() {
		m.Said = why
		m.Load()
	})
}
