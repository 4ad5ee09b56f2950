package kiosk

import (
	"encoding/json"
	"strings"
	"sync"
	"time"

	"xuezheng/data/exchange"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/portrait"
	"xuezheng/data/sign"
)

// Faults of a visit to a kiosk.
var (
	ErrNotExpected = fault.New(fault.Missing, "machine.not-expected")
	ErrSlipCode    = fault.New(fault.Refused, "machine.slip-code")
	ErrDoneHere    = fault.New(fault.Refused, "machine.done-here")
	ErrSlowDown    = fault.New(fault.Refused, "machine.slow-down") // figure: seconds
	ErrVisitOver   = fault.New(fault.Refused, "machine.visit-over")
)

// Visit is one person at the kiosk. All that is known of them is in memory only, until Forget.
type Visit struct {
	m        *Machine
	lock     sync.Mutex // forgetting waits for what is under way
	c        exchange.KioskCase
	facts    identity.KioskFacts
	live     [][]byte // the key frames, as they are kept
	distance float64
	agreed   *bool
	others   *bool
	chip     []byte // what the card's chip gave, as JSON
	over     bool   // forgotten
}

// View is what the person at the kiosk may see of their case.
type View struct {
	Name   string
	Masked string // the document number
	Slot   string // "09:00–09:30"
	Photo  []byte // JPEG; none if there is no accepted photo
	Agreed bool   // to faces being compared
	Card   bool   // the card was read
	Others bool   // it is to be asked whether their face may be looked for on other records
}

// End is what came of a visit.
type End struct {
	Outcome identity.KioskOutcome
	Why     string // code, worded as "identity.kiosk-why.<code>"
	Ticket  string // empty where none is given
	At      time.Time

	Programme string // theirs; empty where it is that of the day
}

// strangeFree is how many look-ups in a row may find nobody before the kiosk slows down.
const strangeFree = 5

// ByNumber opens the case of a document number, typed or read from a card. It takes a moment, so
// that guessing takes long; after five that found nobody, each waits longer.
func (m *Machine) ByNumber(number string) (*Visit, error) {
	number = identity.Canonical(identity.Normal(number))
	return m.find(func(d *exchange.Day) ([]byte, bool, error) { return d.ByNumber(number) })
}

// BySlip opens the case of a slip's code.
func (m *Machine) BySlip(text string) (*Visit, error) {
	_, key, ok := identity.ReadSlip(text)
	if !ok || len(key) == 0 {
		return nil, ErrSlipCode
	}
	return m.find(func(d *exchange.Day) ([]byte, bool, error) { return d.BySlip(key) })
}

func (m *Machine) find(open func(*exchange.Day) ([]byte, bool, error)) (*Visit, error) {
	d, err := m.mayLook()
	if err != nil {
		return nil, err
	}
	body, found, err := open(d) // without the lock: it takes long
	m.mu.Lock()
	defer m.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if !found {
		if m.strange++; m.strange >= strangeFree {
			m.waitTil = m.now().Add(min(10*time.Minute, 15*time.Second<<min(m.strange-strangeFree, 6)))
		}
		return nil, ErrNotExpected
	}
	defer clear(body)
	if m.keys == nil || m.day != d {
		return nil, ErrLocked
	}
	m.strange = 0
	v := &Visit{m: m, distance: -1}
	if json.Unmarshal(body, &v.c) != nil {
		return nil, ErrMachineFile
	}
	if m.state.Done[m.mark(v.c.Person)] {
		v.c.Wipe()
		return nil, ErrDoneHere
	}
	v.facts = identity.KioskFacts{State: v.c.State, PhotoThere: len(v.c.Photo) > 0, PhotoSeen: v.c.PhotoSeen, Chip: identity.Look, FaceAgreed: v.c.FaceAgreed, Zone: identity.Look}
	return v, nil
}

func (m *Machine) mayLook() (*exchange.Day, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch wait := m.waitTil.Sub(m.now()); {
	case m.keys == nil:
		return nil, ErrLocked
	case m.day == nil:
		return nil, ErrNoDay
	case m.day.Header.Day != m.Today():
		return nil, ErrOldDay.With(m.day.Header.Day)
	case wait > 0:
		return nil, ErrSlowDown.With(int(min(wait, 10*time.Minute).Seconds()) + 1)
	}
	return m.day, nil
}

// View is what may be shown.
func (v *Visit) View() View {
	v.lock.Lock()
	defer v.lock.Unlock()
	if v.over {
		return View{}
	}
	return View{Name: v.c.Name, Masked: identity.Mask(v.c.Number), Slot: v.c.Slot, Photo: v.c.Photo, Agreed: v.facts.FaceAgreed, Card: v.facts.CardRead, Others: v.c.AskOthers && v.others == nil}
}

// Agree records the person's word on faces being compared (P-01). Who refuses is served by a clerk.
func (v *Visit) Agree(yes bool) {
	v.lock.Lock()
	defer v.lock.Unlock()
	v.agreed, v.facts.FaceAgreed = &yes, yes
	if !yes {
		v.dropLive()
	}
}

// AgreeOthers records the person's word on their face being looked for on other people's records. What
// comes of the visit does not hang on it.
func (v *Visit) AgreeOthers(yes bool) {
	v.lock.Lock()
	defer v.lock.Unlock()
	if v.c.AskOthers {
		v.others = &yes
	}
}

// Card is what of a card that was read a visit hangs on.
type Card struct {
	Number, Name string
	Valid        bool                // on this day
	Chip         *exchange.KioskChip // all that its chip gave; may be nil
}

// Card holds a card that was read against the case.
func (v *Visit) Card(c Card) {
	v.lock.Lock()
	defer v.lock.Unlock()
	v.facts.CardRead, v.facts.CardValid = true, c.Valid
	if c.Chip != nil {
		if b, err := json.Marshal(c.Chip); err == nil && len(b) <= exchange.MostChip {
			v.chip = b
		}
	}
	v.facts.CardAgrees = identity.SamePerson(identity.Normal(c.Number), v.c.Number) && plainName(c.Name) == plainName(v.c.Name)
}

// plainName is a name without the spaces and dots that cards and records write differently.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \u3000·•・.．", r) {
			return -1
		}
		return r
	}, strings.ToUpper(s))
}

// Look takes what was recorded while the person did what was asked, and compares the calm look with
// the ID photo. No figure, for whatever reason, is for a person to look at; so is another face that
// comes between.
func (v *Visit) Look(r portrait.Recorded) (identity.Zone, error) {
	v.lock.Lock()
	defer v.lock.Unlock()
	switch {
	case v.over:
		return identity.Look, ErrVisitOver
	case !v.facts.FaceAgreed:
		return identity.Look, identity.ErrNoFaceConsent
	}
	frames, err := r.KeyFrames()
	if err != nil {
		return identity.Look, err
	}
	v.dropLive()
	v.live, v.facts.Present = frames, r.Why == ""
	if v.facts.Present {
		v.compare()
	}
	return v.facts.Zone, nil
}

// compare compares the faces by what the institution of the day compares them by.
func (v *Visit) compare() {
	if len(v.c.Photo) == 0 {
		return
	}
	v.m.mu.Lock()
	cmp, err := v.m.comparer()
	v.m.mu.Unlock()
	if err == nil {
		v.compareBy(cmp)
	}
}

// compareBy holds the first key frame against the ID photo, and the others against the first.
func (v *Visit) compareBy(cmp portrait.Comparer) {
	pair, err := cmp.Compare(v.live[0], v.c.Photo)
	if err != nil {
		return
	}
	v.distance, v.facts.Zone = pair.Distance, pair.Zone
	if pair.Zone == identity.Alike {
		_, v.facts.Zone = cmp.AllAlong(pair.Zone, v.live)
	}
}

func (v *Visit) dropLive() {
	for _, b := range v.live {
		clear(b)
	}
	v.live, v.distance, v.facts.Zone, v.facts.Present = nil, -1, identity.Look, false
}

// End decides the visit by the rule of identity.AtKiosk, and seals what came of it.
func (v *Visit) End() (End, error) {
	v.lock.Lock()
	defer v.lock.Unlock()
	return v.end()
}

func (v *Visit) end() (End, error) {
	if v.over {
		return End{}, ErrVisitOver
	}
	outcome, why := identity.AtKiosk(v.facts)
	return v.m.settle(v, outcome, why)
}

// Confirm decides the visit by the word of the staff, who saw the original and says so with the PIN.
func (v *Visit) Confirm(pin string) (End, error) {
	v.lock.Lock()
	defer v.lock.Unlock()
	if v.over {
		return End{}, ErrVisitOver
	}
	if err := v.m.Staff(pin); err != nil {
		return End{}, err
	}
	v.facts.Staff = true
	return v.end()
}

// Forget wipes what is known of the person, as far as the language lets us. It may be called twice.
func (v *Visit) Forget() {
	if v == nil {
		return
	}
	v.lock.Lock()
	defer v.lock.Unlock()
	if v.over {
		return
	}
	v.dropLive()
	clear(v.chip)
	v.c.Wipe()
	v.chip, v.facts, v.over = nil, identity.KioskFacts{}, true
}

// settle gives the number, seals the result and marks the visit as over, in this order: a crash in
// between burns a number, but gives none twice and loses no result.
func (m *Machine) settle(v *Visit, outcome identity.KioskOutcome, why string) (end End, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.keys == nil || m.day == nil {
		return end, ErrLocked
	}
	end = End{Outcome: outcome, Why: why, At: m.now().UTC(), Programme: v.c.Programme}
	if m.state.Done[m.mark(v.c.Person)] {
		return end, ErrDoneHere
	}
	if outcome == identity.KioskConfirmed {
		if end.Ticket, err = m.number(v.c); err != nil {
			return end, err
		}
		if end.Ticket == "" && !v.c.NoTicket && len(m.day.Header.Tickets) > 0 {
			end.Outcome, end.Why = identity.KioskToClerk, "no-numbers"
		}
	}
	if err := m.seal(v, end); err != nil {
		return end, err
	}
	if end.Outcome == identity.KioskConfirmed {
		m.state.Done[m.mark(v.c.Person)] = true
	}
	return end, m.saveState(m.state)
}

// number takes the next ticket number, unless the person holds one, or is to have none of these.
func (m *Machine) number(c exchange.KioskCase) (string, error) {
	list := m.day.Header.Tickets
	if c.Ticket != "" || c.NoTicket || m.state.Used >= len(list) {
		return c.Ticket, nil
	}
	m.state.Used++
	return list[m.state.Used-1], m.saveState(m.state)
}

func (m *Machine) seal(v *Visit, end End) error {
	if err := m.keepRecipient(); err != nil {
		return err
	}
	r := exchange.KioskResult{
		Person: v.c.Person, Outcome: end.Outcome, Why: end.Why, At: end.At, CardRead: v.facts.CardRead, CardAgrees: v.facts.CardAgrees, CardValid: v.facts.CardValid, Chip: v.chip, Staff: v.facts.Staff, Present: v.facts.Present,
		Distance: v.distance, Zone: v.facts.Zone, Live: v.live, Ticket: end.Ticket, FaceAgreed: v.agreed, Others: v.others,
	}
	if len(v.c.Photo) > 0 {
		r.Photo = portrait.SumOf(v.c.Photo)
	}
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	defer clear(body)
	signing, err := sign.PrivateFrom(m.keys.Signing)
	if err != nil {
		return ErrMachineFile.Because(err)
	}
	x := exchange.SignVisit(m.day.Header.ID, exchange.DayResult{ID: string(id.New[id.Bundle]()), Case: string(v.c.Person), Body: body}, signing)
	defer clear(x.Body)
	entry, err := exchange.SealResult(x, m.day.Header.SealTo)
	if err != nil {
		return err
	}
	if err := m.append(m.state.Day, entry); err != nil {
		return err
	}
	m.results++
	return nil
}
