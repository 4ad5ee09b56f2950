package model

import (
	"image"
	"strings"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// ConfirmRow is one person whose identity waits to be confirmed.
type ConfirmRow struct {
	Person       id.Person
	Name         string
	MaskedNumber string
	State        identity.State
}

// ConfirmCase is what a clerk looks at before confirming someone.
type ConfirmCase struct {
	ConfirmRow
	Photo      []byte // JPEG; none is empty
	PhotoOn    day.Date
	NumberKind identity.Kind
	Birth      day.Date
	Sex        identity.Sex
	Why        []*fault.Fault // what is wrong with the number
	Agrees     bool           // birth date and sex on record are those of the number
	Tries      int            // how often it was returned before
	Online     *OnlineTry     // what was sent online, if that is what is to be decided
}

// OnlineTry is what somebody sent to be confirmed online.
type OnlineTry struct {
	Digits string // that were to be read aloud
	Sound  bool   // there is a recording of it
	Frames int    // key frames
	At     time.Time
}

// Portraits are the pictures of one person's face, side by side, and how far they are apart.
type Portraits struct {
	List    []Portrait
	Pairs   []PortraitPair
	Agreed  bool    // to faces being compared (P-01); without it there are no figures
	Alike   float64 // the limits of the zones, from the pack
	Unlike  float64
	Tickets bool // a ticket number is given with the confirmation
}

// Portrait is one of them: cut so that the heads are alike, and whole.
type Portrait struct {
	Kind      string // "card", "photo", "live"
	Cut, Full image.Image
	At        time.Time
}

// PortraitPair is how far two are apart; negative for no figure.
type PortraitPair struct {
	A, B     string
	Distance float64
	Zone     identity.Zone
}

// The zones, for the screen.
const (
	ZoneAlike  = identity.Alike
	ZoneLook   = identity.Look
	ZoneUnlike = identity.Unlike
)

// DayOf is the day of a moment.
func DayOf(t time.Time) day.Date { return day.Of(t) }

// InGroups writes a ticket number in groups of four.
func InGroups(number string) string {
	var b strings.Builder
	for i, r := range number {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// ConfirmService confirms people.
type ConfirmService interface {
	Confirming(limit int) ([]ConfirmRow, error)
	Case(p id.Person) (ConfirmCase, error)
	Confirm(p id.Person, seen []identity.Original, note string) (ticket string, err error)
	SendBack(p id.Person, reasons []identity.Reason, note string) error
	// Portraits takes a moment: faces are found and compared.
	Portraits(p id.Person) (Portraits, error)
	// Recording is the sound of what was read aloud.
	Recording(p id.Person) ([]byte, error)
}

// Originals are the documents a clerk may have seen, those that prove who someone is first.
var Originals = []identity.Original{
	identity.ResidentCard, identity.ResidencePermit, identity.ForeignerCard, identity.Passport, identity.RegistrationCert,
}

// IdentityConfirm is the queue of people to confirm on site: look, tick what was seen, decide,
// and the next one stands ready.
type IdentityConfirm struct {
	Screen
	Queue     Table[ConfirmRow]
	Case      ConfirmCase
	Known     bool // the case is there
	Loaded    bool
	Originals []*Tick
	Reasons   []*Tick
	InPerson  Tick
	Looked    Tick // at what was sent online
	Side      Portraits
	Compared  bool // Side is there
	Zoomed    string
	Note      Text
	Decided   int
	Last      LastDecision
	first     id.Person
	service   ConfirmService
}

// LastDecision is what was decided last, and of whom.
type LastDecision struct {
	Name, Outcome string // "confirmed" or "returned"
	Ticket        string // the ticket number, where the pack gives any
}

// NewIdentityConfirm opens the queue, at p if p is someone.
func NewIdentityConfirm(service ConfirmService, p id.Person, run Run) *IdentityConfirm {
	m := &IdentityConfirm{Screen: NewScreen(run), service: service, first: p}
	tick := func() *Tick {
		t := &Tick{}
		t.OnChange(m.Changed)
		return t
	}
	for range Originals {
		m.Originals = append(m.Originals, tick())
	}
	for range identity.Reasons {
		m.Reasons = append(m.Reasons, tick())
	}
	m.InPerson.OnChange(m.Changed)
	m.Looked.OnChange(m.Changed)
	m.Note.OnChange(m.Changed)
	m.Load()
	return m
}

// ReasonCodes are the reasons for sending someone back, in the order they are offered.
func (m *IdentityConfirm) ReasonCodes() []identity.Reason { return identity.Reasons }

// longestQueue is how many people the queue shows at once.
const longestQueue = 500

// Load reads the queue anew and stays at its place.
func (m *IdentityConfirm) Load() {
	var rows []ConfirmRow
	at := max(0, m.Queue.Selected())
	m.Do(func() (err error) { rows, err = m.service.Confirming(longestQueue); return err }, func() {
		m.Loaded = true
		m.Queue.Show(rows)
		for i, r := range rows {
			if r.Person == m.first {
				at = i
			}
		}
		m.first = ""
		m.Choose(min(at, len(rows)-1))
	})
}

// Choose opens one case.
func (m *IdentityConfirm) Choose(i int) {
	m.Queue.Select(i)
	m.Known, m.Compared, m.Zoomed, m.Side = false, false, "", Portraits{}
	for _, t := range append(append([]*Tick{&m.InPerson, &m.Looked}, m.Originals...), m.Reasons...) {
		t.Set(false)
	}
	m.Note.Set("")
	row, ok := m.Queue.Row()
	if !ok {
		m.Changed()
		return
	}
	var c ConfirmCase
	m.Do(func() (err error) { c, err = m.service.Case(row.Person); return err }, func() {
		if now, _ := m.Queue.Row(); now.Person == c.Person {
			m.Case, m.Known = c, true
			m.compare(c.Person)
		}
	})
}

// compare lays the portraits side by side; it goes on behind the case, which can be decided
// meanwhile.
func (m *IdentityConfirm) compare(p id.Person) {
	var side Portraits
	m.runner()(func() (err error) { side, err = m.service.Portraits(p); return err }, func(err error) {
		if now, _ := m.Queue.Row(); err != nil || m.gone || now.Person != p {
			return // no figures: a person looks
		}
		m.Side, m.Compared = side, true
		m.Changed()
	})
}

// Zone is the zone that wants a person's eyes most among the figures; Look where there is none.
func (m *IdentityConfirm) Zone() identity.Zone {
	worst, figures := identity.Alike, 0
	for _, p := range m.Side.Pairs {
		if p.Distance < 0 {
			continue
		}
		figures++
		if p.Zone == identity.Unlike || p.Zone == identity.Look && worst == identity.Alike {
			worst = p.Zone
		}
	}
	if figures == 0 {
		return identity.Look
	}
	return worst
}

// Zoom shows one portrait whole and large, or all side by side again.
func (m *IdentityConfirm) Zoom(kind string) {
	if m.Zoomed == kind {
		kind = ""
	}
	m.Zoomed = kind
	m.Changed()
}

// nextZoom goes through the portraits one by one, and back to all of them.
func (m *IdentityConfirm) nextZoom() {
	at := -1
	for i, p := range m.Side.List {
		if p.Kind == m.Zoomed {
			at = i
		}
	}
	m.Zoomed = ""
	if at+1 < len(m.Side.List) {
		m.Zoomed = m.Side.List[at+1].Kind
	}
	m.Changed()
}

// OfOnline reports whether what was sent online is to be decided.
func (m *IdentityConfirm) OfOnline() bool { return m.Known && m.Case.Online != nil }

// SaveRecording puts the recording into a file that a person chooses, to be listened to.
func (m *IdentityConfirm) SaveRecording(files Files) {
	if !m.OfOnline() || !m.Case.Online.Sound || m.Busy() {
		return
	}
	p := m.Case.Person
	var b []byte
	m.Do(func() (err error) { b, err = m.service.Recording(p); return err }, func() {
		files.Keep("recording.wav", b, func(_ string, err error) {
			if err != nil {
				m.Refuse(err)
			}
		})
	})
}

// Step goes on or back in the queue.
func (m *IdentityConfirm) Step(by int) {
	if to := m.Queue.Selected() + by; to >= 0 && to < len(m.Queue.Rows) {
		m.Choose(to)
	}
}

// Seen are the originals ticked.
func (m *IdentityConfirm) Seen() (list []identity.Original) {
	for i, t := range m.Originals {
		if t.On() {
			list = append(list, Originals[i])
		}
	}
	return list
}

// Why are the reasons ticked.
func (m *IdentityConfirm) Why() (list []identity.Reason) {
	for i, t := range m.Reasons {
		if t.On() {
			list = append(list, identity.Reasons[i])
		}
	}
	return list
}

// Lacks names what is missing before the person can be confirmed: "photo", "looked", "in-person", "original"
// or "" for nothing.
func (m *IdentityConfirm) Lacks() string {
	switch {
	case !m.Known || len(m.Case.Photo) == 0:
		return "photo"
	case m.OfOnline() && !m.InPerson.On():
		if !m.Looked.On() {
			return "looked"
		}
		return ""
	case !m.InPerson.On():
		return "in-person"
	case len(m.Seen()) == 0:
		return "original"
	}
	return ""
}

// CanConfirm reports whether nothing is missing.
func (m *IdentityConfirm) CanConfirm() bool { return m.Known && !m.Busy() && m.Lacks() == "" }

// Confirm confirms that this is the person.
func (m *IdentityConfirm) Confirm() {
	if !m.CanConfirm() {
		return
	}
	p, seen, note := m.Case.Person, m.Seen(), m.Note.Value()
	var ticket string
	m.Do(func() (err error) { ticket, err = m.service.Confirm(p, seen, note); return err }, func() { m.decided("confirmed", ticket) })
}

// CanReturn reports whether a reason is ticked; "other" needs a note.
func (m *IdentityConfirm) CanReturn() bool {
	why := m.Why()
	if !m.Known || m.Busy() || len(why) == 0 {
		return false
	}
	return why[len(why)-1] != "other" || !m.Note.Empty()
}

// Return sends the person back with the reasons ticked.
func (m *IdentityConfirm) Return() {
	if !m.CanReturn() {
		return
	}
	p, why, note := m.Case.Person, m.Why(), m.Note.Value()
	m.Do(func() error { return m.service.SendBack(p, why, note) }, func() { m.decided("returned", "") })
}

func (m *IdentityConfirm) decided(outcome, ticket string) {
	m.Decided++
	m.Last = LastDecision{m.Case.Name, outcome, ticket}
	m.Load()
}

// Key does what a single key means: O that the person is here, or that what was sent was looked
// at; C the resident card, Z shows the portraits one by one, Y confirms,
// digits tick reasons, R returns, N and P go on and back.
func (m *IdentityConfirm) Key(k string) bool {
	switch k {
	case "O":
		if m.OfOnline() {
			m.Looked.Set(!m.Looked.On())
			break
		}
		m.InPerson.Set(!m.InPerson.On())
	case "C":
		m.Originals[0].Set(!m.Originals[0].On())
	case "Z":
		m.nextZoom()
	case "Y":
		m.Confirm()
	case "R":
		m.Return()
	case "N", "Down", "J":
		m.Step(1)
	case "P", "Up", "K":
		m.Step(-1)
	default:
		if len(k) != 1 || k[0] < '0' || k[0] > '9' {
			return false
		}
		at := (int(k[0]-'0') + 9) % 10 // 0 is the tenth
		if at >= len(m.Reasons) {
			return false
		}
		t := m.Reasons[at]
		t.Set(!t.On())
	}
	return true
}
