package model

import (
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

// RegisterService makes people known.
type RegisterService interface {
	// Notices are those for learners, to be read before registering (G-13).
	Notices() []NoticeText
	// ConsentText is what is agreed to when pictures may be kept (P-01).
	ConsentText() string
	// Register makes someone known, records the notices read and the word on pictures; known says
	// that the number was registered before (G-12).
	Register(f person.Form, notices []string, pictures bool) (p id.Person, known bool, err error)
}

// PersonRegister is where someone is made known.
type PersonRegister struct {
	Screen
	Name, Number, Phone, Email, Address, Unit Text
	Read                                      Tick // the notices
	Pictures                                  Tick // kept pictures are agreed to
	Found                                     identity.Finding
	Known                                     bool // the number was registered before
	Notices                                   []NoticeText
	Consent                                   string
	today                                     day.Date
	service                                   RegisterService
	done                                      func(p id.Person, known bool)
}

// NewPersonRegister registers through service; done gets who was registered, or found.
func NewPersonRegister(service RegisterService, today day.Date, run Run, done func(id.Person, bool)) *PersonRegister {
	m := &PersonRegister{Screen: NewScreen(run), today: today, service: service, done: done, Notices: service.Notices(), Consent: service.ConsentText()}
	m.Number.OnChange(m.checkNumber)
	for _, t := range []*Text{&m.Name, &m.Number, &m.Phone, &m.Email, &m.Address, &m.Unit} {
		t.OnChange(m.Changed)
	}
	m.Phone.OnChange(func() { m.checkLate(&m.Phone, 11, person.CheckPhone) })
	m.Email.OnChange(func() { m.Email.Refuse(nil) })
	m.Read.OnChange(m.Changed)
	m.Pictures.OnChange(m.Changed)
	return m
}

// fullNumber is how long a number is once it is written whole; before that nothing is said.
const fullNumber = 15

// checkNumber judges the number while it is being written.
func (m *PersonRegister) checkNumber() {
	m.Found = identity.Finding{}
	n := len(m.Number.Value())
	if n < fullNumber || n > fullNumber && n < 18 {
		return
	}
	m.Found = identity.Check(m.Number.Value(), m.today)
	if !m.Found.Valid && len(m.Found.Why) > 0 {
		m.Number.Refuse(m.Found.Why[0])
	}
}

// checkLate judges a field once it is as long as it will be.
func (m *PersonRegister) checkLate(t *Text, full int, check func(string) *fault.Fault) {
	if len(t.Value()) < full {
		return
	}
	if f := check(t.Value()); f != nil {
		t.Refuse(f)
	}
}

// NumberGood reports whether the number is whole and right.
func (m *PersonRegister) NumberGood() bool { return m.Found.Valid }

// CanRegister reports whether the form is complete and nothing is under way.
func (m *PersonRegister) CanRegister() bool {
	return !m.Busy() && !m.Name.Empty() && !m.Number.Empty() && !m.Phone.Empty() && m.Read.On() && !m.Refused()
}

// Refused reports whether something written can't stand, and is said so beside its field.
func (m *PersonRegister) Refused() bool {
	for _, t := range []*Text{&m.Name, &m.Number, &m.Phone, &m.Email} {
		if t.Refusal() != nil {
			return true
		}
	}
	return false
}

// Register makes the person known; what can't stand is refused beside its field.
func (m *PersonRegister) Register() {
	if !m.CanRegister() || !m.check() {
		m.Changed()
		return
	}
	f := person.Form{Name: m.Name.Value(), Number: m.Number.Value(), Phone: m.Phone.Value(), Email: m.Email.Value(), Address: m.Address.Value(), Unit: m.Unit.Value()}
	var read []string
	for _, n := range m.Notices {
		read = append(read, n.ID)
	}
	pictures := m.Pictures.On()
	var p id.Person
	var known bool
	m.Do(func() (err error) { p, known, err = m.service.Register(f, read, pictures); return err }, func() {
		m.Known = known
		m.done(p, known)
	})
}

// check refuses each field that can't stand, and reports whether all can.
func (m *PersonRegister) check() bool {
	ok := true
	refuse := func(t *Text, f *fault.Fault) {
		if f != nil {
			t.Refuse(f)
			ok = false
		}
	}
	refuse(&m.Name, person.CheckName(m.Name.Value()))
	m.Found = identity.Check(m.Number.Value(), m.today)
	if !m.Found.Valid && len(m.Found.Why) > 0 {
		refuse(&m.Number, m.Found.Why[0])
	}
	refuse(&m.Phone, person.CheckPhone(m.Phone.Value()))
	refuse(&m.Email, person.CheckEmail(m.Email.Value()))
	return ok
}
