package model

import (
	"image"
	"slices"
	"strconv"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// The zones, for the screen.
const (
	ZoneAlike  = identity.Alike
	ZoneLook   = identity.Look
	ZoneUnlike = identity.Unlike
)

// DayOf is the day of a moment.
func DayOf(t time.Time) day.Date { return day.Of(t) }

// InGroups writes a ticket number in groups of four, for the screen.
func InGroups(number string) string { return enrolment.InFours(number) }

// ConfirmService confirms people.
type ConfirmService interface {
	Confirming(limit int) ([]ConfirmRow, error)
	Case(p id.Person) (ConfirmCase, error)
	Confirm(p id.Person, seen []identity.Original, note string) (ticket string, err error)
	SendBack(p id.Person, reasons []identity.Reason, note string) error
	// SeePhoto records that the photo was held beside the card.
	SeePhoto(p id.Person) error
	// Portraits takes a moment: faces are found and compared.
	Portraits(p id.Person) (Portraits, error)
	// ChangePortraits are the pictures of a photo change, laid out the same.
	ChangePortraits(r id.Request) (Portraits, error)
	// KeyFrames are what was recorded while someone was confirmed online.
	KeyFrames(p id.Person) ([]image.Image, error)
	// Recording is the sound of what was read aloud; Listen plays it.
	Recording(p id.Person) ([]byte, error)
	Listen(wav []byte) error
	Decide(r id.Request, grant bool, reason string) error
	FaceSayer
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
	Looked    Tick // at what was sent online, or at the papers of a change
	Declines  []*Tick
	MayDecide bool // changes may be decided by whoever is here
	Side      Portraits
	Frames    []image.Image // what was recorded online
	Compared  bool          // Side is there
	Zoomed    string
	Note      Text
	Decided   int
	Last      LastDecision
	After     func() // called once something was decided; may be nil
	ReadAhead bool   // the next case is read while this one is looked at
	first     id.Person
	ahead     *readCase // the next case, read while this one is looked at
	service   ConfirmService
}

// readCase is a case as it was read: what is shown of it.
type readCase struct {
	of     ConfirmRow
	c      ConfirmCase
	side   Portraits
	frames []image.Image
}

// Decided is what was decided of somebody or of a change; worded as "identity.confirm.last-<code>".
type Decided string

// What may be decided.
const (
	DecidedConfirmed Decided = "confirmed"
	DecidedReturned  Decided = "returned"
	DecidedGranted   Decided = "granted"
	DecidedDeclined  Decided = "declined"
)

// LastDecision is what was decided last, and of whom.
type LastDecision struct {
	Name    string
	Outcome Decided
	Ticket  string // the ticket number, where the pack gives any
}

// Good reports whether it went as its person wished.
func (d LastDecision) Good() bool {
	return d.Outcome == DecidedConfirmed || d.Outcome == DecidedGranted
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
	for range DeclineReasons {
		m.Declines = append(m.Declines, tick())
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

// Choose opens one case: at once, if it was read ahead.
func (m *IdentityConfirm) Choose(i int) {
	m.Queue.Select(i)
	m.Known, m.Compared, m.Zoomed, m.Side, m.Frames = false, false, "", Portraits{}, nil
	for _, list := range [][]*Tick{{&m.InPerson, &m.Looked}, m.Originals, m.Reasons, m.Declines} {
		for _, t := range list {
			t.Set(false)
		}
	}
	m.Note.Set("")
	row, ok := m.Queue.Row()
	if !ok {
		m.ahead = nil
		m.Changed()
		return
	}
	if r := m.ahead; r != nil && r.of.Same(row) {
		m.ahead = nil
		m.show(r)
		m.Compared = true
		m.readAhead()
		m.Changed()
		return
	}
	r := &readCase{of: row}
	m.Do(func() (err error) { r.c, err = m.service.Case(row.Person); return err }, func() {
		if m.at(row) {
			m.show(r)
			m.compare(r)
		}
	})
}

// at reports whether that row is the one that is looked at.
func (m *IdentityConfirm) at(row ConfirmRow) bool {
	now, ok := m.Queue.Row()
	return ok && now.Same(row)
}

func (m *IdentityConfirm) show(r *readCase) {
	m.Case, m.Known = r.c, true
	m.Case.ConfirmRow.Change = r.of.Change
	if r.of.Change != nil {
		m.Case.Online = nil
	}
	m.Side, m.Frames = r.side, r.frames
}

// pictures reads what is seen of a case: the portraits side by side, and what was recorded.
func (m *IdentityConfirm) pictures(r *readCase) (err error) {
	if q := r.of.Change; q != nil && q.OfPhoto() {
		r.side, err = m.service.ChangePortraits(q.Request.ID)
	} else {
		r.side, err = m.service.Portraits(r.of.Person)
	}
	if err == nil && r.c.Online != nil && r.of.Change == nil {
		r.frames, err = m.service.KeyFrames(r.of.Person)
	}
	return err
}

// compare lays the portraits side by side; it goes on behind the case, which can be decided
// meanwhile.
func (m *IdentityConfirm) compare(r *readCase) {
	m.runner()(func() error { return m.pictures(r) }, func(err error) {
		if err != nil || m.gone || !m.at(r.of) {
			return // no figures: a person looks
		}
		m.Side, m.Frames, m.Compared = r.side, r.frames, true
		m.Changed()
		m.readAhead()
	})
}

// readAhead reads the case that comes after this one, so that it stands there at once.
func (m *IdentityConfirm) readAhead() {
	next := m.Queue.Selected() + 1
	if !m.ReadAhead || next >= len(m.Queue.Rows) {
		return
	}
	r := &readCase{of: m.Queue.Rows[next]}
	m.runner()(func() (err error) {
		if r.c, err = m.service.Case(r.of.Person); err == nil {
			err = m.pictures(r)
		}
		return err
	}, func(err error) {
		if err == nil && !m.gone {
			m.ahead = r
		}
	})
}

// Zone is the zone that wants a person's eyes most among the figures; Look where one is lacking.
func (m *IdentityConfirm) Zone() identity.Zone {
	figures := make([]identity.Figure, len(m.Side.Pairs))
	for i, p := range m.Side.Pairs {
		figures[i] = identity.Figure{Distance: p.Distance, Zone: p.Zone}
	}
	if apart, zone, ok := m.Apart(); ok {
		figures = append(figures, identity.Figure{Distance: apart, Zone: zone})
	}
	return identity.Worst(figures...)
}

// Apart is how far the key frames are from each other, the farthest, and what that is worth: whether
// it was the same person all along. ok is false where there is no figure.
func (m *IdentityConfirm) Apart() (apart float64, zone identity.Zone, ok bool) {
	if !m.OfOnline() || m.Case.Online.Apart <= 0 || !m.Compared {
		return 0, identity.Look, false
	}
	apart = m.Case.Online.Apart
	return apart, identity.Likeness{Alike: m.Side.Alike, Unlike: m.Side.Unlike}.Zone(apart, true), true
}

// Zoom shows one portrait whole and large, or all side by side again.
func (m *IdentityConfirm) Zoom(kind string) {
	if m.Zoomed == kind {
		kind = ""
	}
	m.Zoomed = kind
	m.Changed()
}

// nextZoom goes through the portraits and the key frames one by one, and back to all of them.
func (m *IdentityConfirm) nextZoom() {
	kinds := make([]string, 0, len(m.Side.List)+len(m.Frames))
	for _, p := range m.Side.List {
		kinds = append(kinds, p.Kind)
	}
	for i := range m.Frames {
		kinds = append(kinds, FrameKind(i))
	}
	m.Zoomed = append(kinds, "")[slices.Index(kinds, m.Zoomed)+1]
	m.Changed()
}

// FrameKind names the i-th key frame among what can be zoomed.
func FrameKind(i int) string { return "frame-" + strconv.Itoa(i) }

// Frame is the key frame that is zoomed, if one is.
func (m *IdentityConfirm) Frame() (image.Image, bool) {
	for i, f := range m.Frames {
		if FrameKind(i) == m.Zoomed {
			return f, true
		}
	}
	return nil, false
}

// OfChange reports whether a change is to be decided.
func (m *IdentityConfirm) OfChange() bool { return m.Known && m.Case.Change != nil }

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

// Listen plays the recording.
func (m *IdentityConfirm) Listen() {
	if !m.OfOnline() || !m.Case.Online.Sound || m.Busy() {
		return
	}
	p := m.Case.Person
	m.runner()(func() error {
		b, err := m.service.Recording(p)
		if err != nil {
			return err
		}
		return m.service.Listen(b)
	}, func(err error) {
		if err != nil && !m.gone && m.Case.Person == p {
			m.Refuse(err)
		}
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

// WhyNot are the reasons ticked for declining a change, as coded.
func (m *IdentityConfirm) WhyNot() (list []string) {
	for i, t := range m.Declines {
		if t.On() {
			list = append(list, DeclineReasons[i])
		}
	}
	return list
}

// Lacks names what is missing before the person can be confirmed, or the change granted: "photo",
// "looked", "in-person", "original", "may-decide", "papers", or "" for nothing.
func (m *IdentityConfirm) Lacks() string {
	switch {
	case m.OfChange() && !m.MayDecide:
		return "may-decide"
	case m.OfChange():
		if !m.Looked.On() {
			return "papers"
		}
		return ""
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

// CanSeePhoto reports whether there is a photo that nobody has held beside the card yet.
func (m *IdentityConfirm) CanSeePhoto() bool {
	return m.Known && !m.Busy() && !m.OfChange() && len(m.Case.Photo) > 0 && !m.Case.PhotoSeen
}

// SeePhoto records that the photo was held beside the card, or its copy.
func (m *IdentityConfirm) SeePhoto() {
	row, ok := m.Queue.Row()
	if !ok || !m.CanSeePhoto() {
		return
	}
	m.Do(func() error { return m.service.SeePhoto(row.Person) }, func() {
		if now, ok := m.Queue.Row(); ok && now.Person == row.Person {
			m.Case.PhotoSeen = true
		}
	})
}

// CanConfirm reports whether nothing is missing.
func (m *IdentityConfirm) CanConfirm() bool { return m.Known && !m.Busy() && m.Lacks() == "" }

// Confirm confirms that this is the person.
func (m *IdentityConfirm) Confirm() {
	if !m.CanConfirm() {
		return
	}
	if m.OfChange() {
		m.decide(true, "")
		return
	}
	p, seen, note := m.Case.Person, m.Seen(), m.Note.Value()
	var ticket string
	m.Do(func() (err error) { ticket, err = m.service.Confirm(p, seen, note); return err }, func() { m.decided(DecidedConfirmed, ticket) })
}

// CanReturn reports whether a reason is ticked; "other" needs a note.
func (m *IdentityConfirm) CanReturn() bool {
	if m.OfChange() {
		return m.MayDecide && !m.Busy() && len(m.WhyNot()) == 1
	}
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
	if m.OfChange() {
		m.decide(false, m.WhyNot()[0])
		return
	}
	p, why, note := m.Case.Person, m.Why(), m.Note.Value()
	m.Do(func() error { return m.service.SendBack(p, why, note) }, func() { m.decided(DecidedReturned, "") })
}

// decide grants or declines the change that is looked at.
func (m *IdentityConfirm) decide(grant bool, reason string) {
	q := m.Case.Change.Request.ID
	outcome := map[bool]Decided{true: DecidedGranted, false: DecidedDeclined}[grant]
	m.Do(func() error { return m.service.Decide(q, grant, reason) }, func() { m.decided(outcome, "") })
}

func (m *IdentityConfirm) decided(outcome Decided, ticket string) {
	m.Decided++
	m.Last = LastDecision{m.Case.Name, outcome, ticket}
	if m.After != nil {
		m.After()
	}
	m.Load()
}

// Key does what a single key means: O that the person is here, or that what was sent was looked
// at; C the resident card; Z shows the portraits and key frames one by one, L plays the recording;
// Y confirms, digits tick reasons, R returns, N and P go on and back.
func (m *IdentityConfirm) Key(k string) bool {
	switch k {
	case "O":
		if m.OfOnline() || m.OfChange() {
			m.Looked.Set(!m.Looked.On())
			break
		}
		m.InPerson.Set(!m.InPerson.On())
	case "C":
		m.Originals[0].Set(!m.Originals[0].On())
	case "Z":
		m.nextZoom()
	case "L":
		m.Listen()
	case "Y":
		m.Confirm()
	case "R":
		m.Return()
	case "N", "Down", "J":
		m.Step(1)
	case "P", "Up", "K":
		m.Step(-1)
	default:
		return m.tickReason(k)
	}
	return true
}

// tickReason ticks a reason by its digit; of those for declining a change only one stands.
func (m *IdentityConfirm) tickReason(k string) bool {
	if len(k) != 1 || k[0] < '0' || k[0] > '9' {
		return false
	}
	list := m.Reasons
	if m.OfChange() {
		list = m.Declines
	}
	at := (int(k[0]-'0') + 9) % 10 // 0 is the tenth
	if at >= len(list) {
		return false
	}
	on := !list[at].On()
	if m.OfChange() {
		for _, t := range list {
			t.Set(false)
		}
	}
	list[at].Set(on)
	return true
}
