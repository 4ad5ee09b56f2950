package model

import (
	"context"
	"slices"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// KioskDeskService looks after the institution's kiosks.
type KioskDeskService interface {
	Kiosks() ([]KioskRow, error)
	Venues() ([]identity.Venue, error)
	AddKiosk(file []byte, venue id.Venue) error
	CloseKiosk(k id.Kiosk) error
	// ExpectedAt is how many have a place at a venue on a day.
	ExpectedAt(v id.Venue, on day.Date) (int, error)
	FillKiosk(ctx context.Context, k id.Kiosk, on day.Date, report func(done, of int)) (file []byte, cases int, err error)
	TakeIn(file []byte) (KioskTaken, error)
}

// KioskDesk is the institution's kiosks: make one known, give it a day's cases on a stick, take in
// what it decided.
type KioskDesk struct {
	Screen
	List     Table[KioskRow]
	Loaded   bool
	May      bool // kiosks may be added
	On       Text
	Expected int // on that day at the chosen kiosk's venue; -1 while unknown
	Filled   string
	Cases    int
	Taken    *KioskTaken
	New      *KioskForm

	today   day.Date
	venues  []identity.Venue
	files   Files
	service KioskDeskService
}

// NewKioskDesk opens the kiosks.
func NewKioskDesk(service KioskDeskService, files Files, may bool, today day.Date, run Run) *KioskDesk {
	m := &KioskDesk{Screen: NewScreen(run), May: may, Expected: -1, today: today, files: files, service: service}
	m.On.Set(today.String())
	m.On.OnChange(m.expect)
	m.Load()
	return m
}

// Load reads the kiosks anew and stays at the chosen one.
func (m *KioskDesk) Load() {
	at := max(0, m.List.Selected())
	var rows []KioskRow
	var venues []identity.Venue
	m.Do(func() (err error) {
		if rows, err = m.service.Kiosks(); err != nil {
			return err
		}
		venues, err = m.service.Venues()
		return err
	}, func() {
		m.List.Show(rows)
		m.venues, m.Loaded = venues, true
		m.Choose(min(at, len(rows)-1))
	})
}

// Choose looks at one kiosk.
func (m *KioskDesk) Choose(i int) {
	m.List.Select(i)
	m.Filled = ""
	m.expect()
}

// Retire takes the chosen kiosk out of use, after a question.
func (m *KioskDesk) Retire() {
	row, ok := m.List.Row()
	if !ok || !m.May || m.Busy() {
		return
	}
	m.Ask("kiosk.retire", func() { m.Do(func() error { return m.service.CloseKiosk(row.ID) }, m.Load) }, row.Name)
}

// expect asks how many are expected on the day that is written.
func (m *KioskDesk) expect() {
	m.Expected = -1
	row, ok := m.List.Row()
	on, err := day.ParseLoose(m.On.Value())
	if !ok || err != nil {
		m.Changed()
		return
	}
	n, text := 0, m.On.Value()
	m.runner()(func() (err error) { n, err = m.service.ExpectedAt(row.Venue, on); return err }, func(err error) {
		if now, _ := m.List.Row(); err != nil || m.gone || now.ID != row.ID || m.On.Value() != text {
			return
		}
		m.Expected = n
		m.Changed()
	})
}

// CanFill reports whether a kiosk is chosen and somebody is expected.
func (m *KioskDesk) CanFill() bool {
	_, ok := m.List.Row()
	return ok && !m.Busy() && m.Expected > 0
}

// Fill makes the file that carries a day's cases, and keeps it where the person says: on a stick.
func (m *KioskDesk) Fill() {
	row, ok := m.List.Row()
	if !ok || m.Busy() {
		return
	}
	on, err := day.ParseLoose(m.On.Value())
	if err != nil {
		m.On.Refuse(ErrNotADay)
		return
	}
	var file []byte
	var n int
	m.DoLong("kiosk.desk.sealing", func(ctx context.Context, report func(done, of int)) (err error) {
		file, n, err = m.service.FillKiosk(ctx, row.ID, on, report)
		return err
	}, func() {
		m.files.Keep("kiosk-day-"+on.String()+".xzk", file, func(path string, err error) {
			m.Refuse(err)
			if err == nil {
				m.Filled, m.Cases = path, n
				m.Load()
				m.Filled = path
			}
		})
	})
}

// ChooseResults lets a person choose a kiosk's results.
func (m *KioskDesk) ChooseResults() { m.files.Choose(m.Take, "xzk") }

// Take takes a kiosk's results in. The same file again changes nothing.
func (m *KioskDesk) Take(file File, err error) {
	if err != nil {
		m.Refuse(err)
		return
	}
	if m.New != nil && file.Is("json") {
		m.New.Take(file, nil)
		return
	}
	if m.Busy() {
		return
	}
	var taken KioskTaken
	m.Taken = nil
	m.Do(func() (err error) { taken, err = m.service.TakeIn(file.Bytes); return err }, func() {
		m.Taken = &taken
		m.Load()
	})
}

// KioskForm makes a kiosk known: the file it wrote when it was set up, and where it stands.
type KioskForm struct {
	Venue Choice
	File  string // its name; empty before one is there
	bytes []byte
	of    *KioskDesk
}

// Add opens the form for a kiosk.
func (m *KioskDesk) Add() {
	f := &KioskForm{of: m}
	for _, v := range m.venues {
		if !v.Closed {
			f.Venue.Offer(append(f.Venue.Options(), Option{string(v.ID), v.Name})...)
		}
	}
	if len(f.Venue.Options()) == 1 {
		f.Venue.Set(f.Venue.Options()[0].Value)
	}
	f.Venue.OnChange(m.Changed)
	m.New = f
	m.Changed()
}

// Close closes the form.
func (m *KioskDesk) Close() {
	m.New = nil
	m.Changed()
}

// Choose lets a person choose the file a kiosk introduces itself with.
func (f *KioskForm) Choose() { f.of.files.Choose(f.Take, "json") }

// Take takes that file.
func (f *KioskForm) Take(file File, err error) {
	if err == nil {
		f.File, f.bytes = file.Name, file.Bytes
	}
	f.of.Refuse(err)
}

// CanSave reports whether file and venue are there.
func (f *KioskForm) CanSave() bool { return !f.of.Busy() && f.File != "" && f.Venue.Index() >= 0 }

// Save makes the kiosk known.
func (f *KioskForm) Save() {
	if !f.CanSave() {
		return
	}
	m := f.of
	m.Do(func() error { return m.service.AddKiosk(f.bytes, id.Venue(f.Venue.Value())) }, func() {
		m.New = nil
		m.Load()
	})
}

// KioskMark is what became of one visit to a kiosk, at a glance.
type KioskMark string

// The marks.
const (
	KioskDone       KioskMark = "done"       // confirmed
	KioskRenumbered KioskMark = "renumbered" // confirmed, with another number than the slip's
	KioskConflict   KioskMark = "conflict"   // it has no effect here
	KioskAtDesk     KioskMark = "clerk"      // sent to a clerk
)

// MarkOf is what became of a visit, and what is said of it: a key with its figures; without a key the only
// figure stands alone.
func MarkOf(r KioskTakenRow) (mark KioskMark, key string, figures []any) {
	ticket := InGroups(r.Ticket)
	switch {
	case r.Conflict != "" && r.Renumbered:
		return KioskRenumbered, r.Conflict, []any{ticket}
	case r.Conflict != "":
		return KioskConflict, r.Conflict, nil
	case r.Outcome != KioskConfirmed:
		return KioskAtDesk, r.Why, nil
	}
	return KioskDone, "", []any{ticket}
}

// KioskCount is how many of the results taken in were of one kind; worded as "kiosk.desk.<code>".
type KioskCount struct {
	Kind string
	N    int
}

// Counts are those of which there are any, the confirmed ones first in any case.
func Counts(t KioskTaken) []KioskCount {
	all := []KioskCount{{"confirmed", t.Confirmed}, {"to-clerk", t.ToClerk}, {"conflicts", t.Conflicts}, {"unread", t.Unread}, {"known", t.Known}}
	return append(all[:1:1], slices.DeleteFunc(all[1:], func(c KioskCount) bool { return c.N == 0 })...)
}
