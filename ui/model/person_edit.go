package model

import (
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

// EditService corrects what a person may correct, and asks for what they may not.
type EditService interface {
	Contact(p id.Person) (Contact, error)
	Correct(p id.Person, c Contact) error
	// ChangeDays is how many working days a change of data may take, from receipt (G-18).
	ChangeDays(p id.Person) (int, error)
	// AskData asks for another name or number: the sealed application follows (G-18).
	AskData(p id.Person, kind identity.RequestKind, value string) error
	// AskPhoto asks for another photo with the four pictures of G-17.
	AskPhoto(p id.Person, pictures map[string][]byte) error
	Export(p id.Person) ([]byte, error)
	Leaves(p id.Person) ([]LeafRow, error)
	Forget(p id.Person) error
}

// PersonEdit is where someone's data are corrected, changes asked for, the record exported, and
// the person forgotten.
type PersonEdit struct {
	Screen
	ID                    id.Person
	Name                  string
	Phone, Email, Address Text
	Kind                  Choice
	Value                 Text
	Pictures              map[string]File
	ChangeDays            int // working days a change of data may take
	Loaded                bool
	Saved, Asked          bool
	Kept                  string
	MayForget             bool
	Leaves                []LeafRow  // what there is, once it was asked to be deleted
	Words                 *HomeWords // what they agreed to and refused; nil at a desk
	service               EditService
	files                 Files
	forgotten             func()
}

// NewPersonEdit opens the data of p; forgotten is called once the person is forgotten.
func NewPersonEdit(service EditService, files Files, p id.Person, name string, mayForget bool, run Run, forgotten func()) *PersonEdit {
	m := &PersonEdit{Screen: NewScreen(run), ID: p, Name: name, MayForget: mayForget, Pictures: map[string]File{}, service: service, files: files, forgotten: forgotten}
	m.Kind.Offer(Option{string(identity.NameChange), "today.what.name"}, Option{string(identity.NumberChange), "today.what.number"})
	m.Kind.Set(string(identity.NameChange))
	for _, t := range []*Text{&m.Phone, &m.Email, &m.Address, &m.Kind.Text, &m.Value} {
		t.OnChange(func() { m.Saved, m.Asked = false, false; m.Changed() })
	}
	m.Load()
	return m
}

// Load reads the contact details.
func (m *PersonEdit) Load() {
	var c Contact
	var days int
	m.Do(func() (err error) {
		if c, err = m.service.Contact(m.ID); err != nil {
			return err
		}
		days, err = m.service.ChangeDays(m.ID)
		return err
	}, func() {
		m.ChangeDays = days
		m.Phone.Set(c.Phone)
		m.Email.Set(c.Email)
		m.Address.Set(c.Address)
		m.Loaded = true
	})
}

// CanSave reports whether there is something to save.
func (m *PersonEdit) CanSave() bool { return m.Loaded && !m.Busy() && !m.Saved }

// Save keeps the contact details; what can't stand is refused beside its field.
func (m *PersonEdit) Save() {
	if !m.CanSave() {
		return
	}
	ok := true
	for _, c := range []struct {
		t     *Text
		check func(string) *fault.Fault
	}{{&m.Phone, person.CheckPhone}, {&m.Email, person.CheckEmail}} {
		if f := c.check(c.t.Value()); f != nil {
			c.t.Refuse(f)
			ok = false
		}
	}
	if !ok {
		m.Changed()
		return
	}
	c := Contact{Phone: m.Phone.Value(), Email: m.Email.Value(), Address: m.Address.Value()}
	m.Do(func() error { return m.service.Correct(m.ID, c) }, func() { m.Saved = true })
}

// CanAsk reports whether a new value is written.
func (m *PersonEdit) CanAsk() bool { return m.Loaded && !m.Busy() && !m.Value.Empty() }

// AskData asks for another name or number.
func (m *PersonEdit) AskData() {
	if !m.CanAsk() {
		return
	}
	kind, value := identity.RequestKind(m.Kind.Value()), m.Value.Value()
	m.Do(func() error { return m.service.AskData(m.ID, kind, value) }, func() {
		m.Value.Set("")
		m.Asked = true
	})
}

// Bring lets a person choose one of the four pictures of a photo change.
func (m *PersonEdit) Bring(kind string) {
	m.files.Choose(func(f File, err error) { m.Take(kind, f, err) }, Pictures...)
}

// Take takes one of the four pictures; with kind "" the first that is still missing.
func (m *PersonEdit) Take(kind string, f File, err error) {
	if err == nil && !f.Is(Pictures...) {
		err = ErrNotAPicture
	}
	if kind == "" {
		kind = m.Missing()
	}
	if err != nil || kind == "" {
		m.Refuse(err)
		return
	}
	m.Pictures[kind] = f
	m.Refuse(nil)
}

// Missing is the first of the four pictures that was not brought yet; "" for none.
func (m *PersonEdit) Missing() string {
	for _, kind := range identity.PhotoChangePictures {
		if _, ok := m.Pictures[kind]; !ok {
			return kind
		}
	}
	return ""
}

// CanAskPhoto reports whether all four pictures are there.
func (m *PersonEdit) CanAskPhoto() bool { return m.Loaded && !m.Busy() && m.Missing() == "" }

// AskPhoto asks for another photo.
func (m *PersonEdit) AskPhoto() {
	if !m.CanAskPhoto() {
		return
	}
	pictures := map[string][]byte{}
	for kind, f := range m.Pictures {
		pictures[kind] = f.Bytes
	}
	m.Do(func() error { return m.service.AskPhoto(m.ID, pictures) }, func() {
		clear(m.Pictures)
		m.Asked = true
	})
}

// Export keeps everything that is known of the person as one file, for the person (P-05).
func (m *PersonEdit) Export(name string) {
	if m.Busy() {
		return
	}
	var b []byte
	m.Do(func() (err error) { b, err = m.service.Export(m.ID); return err }, func() {
		m.files.Keep(name, b, func(path string, err error) {
			m.Kept = path
			m.Refuse(err)
		})
	})
}

// Forget forgets the person after a question: their record and the key of their pictures. First it
// shows what there is, what goes and what stays.
func (m *PersonEdit) Forget() {
	if !m.MayForget || m.Busy() {
		return
	}
	var leaves []LeafRow
	m.Do(func() (err error) { leaves, err = m.service.Leaves(m.ID); return err }, func() {
		m.Leaves = leaves
		m.Ask("person.forget.ask", func() {
			m.Do(func() error { return m.service.Forget(m.ID) }, m.forgotten)
		})
	})
}
