package model

import "strings"

// KioskSetUp is what setting a kiosk up asks.
type KioskSetUp struct {
	Screen
	Name    Text
	PIN     Text
	Again   Text
	Reader  Choice
	Camera  Choice
	Printer Choice
	Issuer  KioskIssuer // of the key file that was chosen
	Has     bool        // a key file was chosen
	Done    bool        // the kiosk is set up; its introduction waits to be saved
	Saved   string      // where the introduction was saved
	key     []byte
	intro   []byte
	service KioskFounder
	files   Files
	open    func()
}

// KioskIssuer is whose key file was chosen; the fingerprint is for a person to compare.
type KioskIssuer struct{ Name, NameEn, Fingerprint string }

// KioskFounder sets a kiosk up on this machine.
type KioskFounder interface {
	Devices() (readers, cameras, printers []string)
	ReadKey(file []byte) (KioskIssuer, error)
	SetUp(name, pin string, key []byte, reader, camera, printer string) (introduction []byte, err error)
}

// NewKioskSetUp asks for what a kiosk needs; open opens it once it is set up.
func NewKioskSetUp(service KioskFounder, files Files, run Run, open func()) *KioskSetUp {
	m := &KioskSetUp{Screen: NewScreen(run), service: service, files: files, open: open}
	for _, t := range []*Text{&m.Name, &m.PIN, &m.Again, &m.Reader.Text, &m.Camera.Text, &m.Printer.Text} {
		t.OnChange(m.Changed)
	}
	var readers, cameras, printers []string
	m.Do(func() error { readers, cameras, printers = service.Devices(); return nil }, func() {
		offer(&m.Reader, readers, Option{"none", "kiosk.setup.no-reader"})
		offer(&m.Camera, cameras, Option{"none", "kiosk.setup.no-camera"})
		offer(&m.Printer, printers, Option{"default", "kiosk.setup.own-printer"})
	})
	return m
}

// offer puts what was found before what is always there; the first found is chosen.
func offer(c *Choice, found []string, always Option) {
	var list []Option
	for _, f := range found {
		list = append(list, Option{f, f})
	}
	list = append(list, always)
	c.Offer(list...)
	c.Set(list[0].Value)
}

// ChooseKey lets the staff choose the institution's key file.
func (m *KioskSetUp) ChooseKey() {
	m.files.Choose(m.TakeKey, "key", "json")
}

// TakeKey takes the institution's key file.
func (m *KioskSetUp) TakeKey(f File, err error) {
	if err != nil {
		m.Refuse(err)
		return
	}
	var offer KioskIssuer
	m.Do(func() (err error) { offer, err = m.service.ReadKey(f.Bytes); return err }, func() { m.Issuer, m.Has, m.key = offer, true, f.Bytes })
}

// CanSetUp reports whether everything was said.
func (m *KioskSetUp) CanSetUp() bool {
	return !m.Busy() && !m.Done && m.Has && !m.Name.Empty() && m.PIN.Raw() != "" && m.Again.Raw() != ""
}

// SetUp makes the kiosk.
func (m *KioskSetUp) SetUp() {
	if !m.CanSetUp() {
		return
	}
	if m.PIN.Raw() != m.Again.Raw() {
		m.Again.Refuse(ErrNotTheSame)
		return
	}
	plain := func(c *Choice) string {
		if c.Value() == "default" {
			return ""
		}
		return c.Value()
	}
	name, pin, key := m.Name.Value(), m.PIN.Raw(), m.key
	reader, camera, printer := strings.TrimPrefix(plain(&m.Reader), "none"), plain(&m.Camera), plain(&m.Printer)
	var intro []byte
	m.Do(func() (err error) { intro, err = m.service.SetUp(name, pin, key, reader, camera, printer); return err }, func() {
		m.intro, m.Done = intro, true
		m.PIN.Set("")
		m.Again.Set("")
	})
}

// Save keeps the introduction, which goes to the institution.
func (m *KioskSetUp) Save(name string) {
	if !m.Done {
		return
	}
	m.files.Keep(name, m.intro, func(path string, err error) {
		if err == nil {
			m.Saved = path
		}
		m.Refuse(err)
	})
}

// Open opens the kiosk.
func (m *KioskSetUp) Open() {
	if m.Done && m.open != nil {
		m.open()
	}
}
