package store

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// Kiosks is the shelf for the kiosks of an institution, what was given to them, and what came back.
type Kiosks struct{ t *Tx }

// Kiosk is a machine at a venue, with the keys it made for itself.
type Kiosk struct {
	ID        id.Kiosk
	Name      string
	Recipient string // what is sealed to it, is sealed to this
	PublicKey string // what it signs, is known by this
	Venue     id.Venue
	Closed    bool
}

// KioskDay is one day's file given to a kiosk.
type KioskDay struct {
	ID     string
	Kiosk  id.Kiosk
	Day    day.Date
	Venue  id.Venue
	Cases  int
	MadeAt time.Time
}

var kioskRows = newTable(RowKind{Table: "kiosk", OnDelete: Nobodys, Why: "a machine"}, 1,
	text("id", func(k *Kiosk) *id.Kiosk { return &k.ID }),
	text("name", func(k *Kiosk) *string { return &k.Name }),
	text("recipient", func(k *Kiosk) *string { return &k.Recipient }),
	text("public_key", func(k *Kiosk) *string { return &k.PublicKey }),
	text("venue", func(k *Kiosk) *id.Venue { return &k.Venue }),
	flag("closed", func(k *Kiosk) *bool { return &k.Closed }),
)

// Put keeps a kiosk, or its changes; the keys it came with stay.
func (k Kiosks) Put(x *Kiosk) error {
	there, found, err := kioskRows.find(k.t, `id = ?`, string(x.ID))
	if err != nil {
		return err
	}
	put := *x
	if found {
		put.Recipient, put.PublicKey = there.Recipient, there.PublicKey
	}
	return kioskRows.put(k.t, &put)
}

// List lists the kiosks by name.
func (k Kiosks) List() (list []Kiosk, err error) {
	return kioskRows.rows(k.t, `id > '' ORDER BY name, id`)
}

var kioskDays = newTable(RowKind{Table: "kiosk_day", OnDelete: Nobodys, Why: "how many cases went to a machine"}, 1,
	text("id", func(d *KioskDay) *string { return &d.ID }),
	text("kiosk", func(d *KioskDay) *id.Kiosk { return &d.Kiosk }),
	whole("on_day", func(d *KioskDay) *day.Date { return &d.Day }),
	text("venue", func(d *KioskDay) *id.Venue { return &d.Venue }),
	whole("cases", func(d *KioskDay) *int { return &d.Cases }),
	instant("made_at", func(d *KioskDay) *time.Time { return &d.MadeAt }),
)

// AddDay keeps that a day's file was made.
func (k Kiosks) AddDay(d KioskDay) error { return kioskDays.add(k.t, &d) }

// Day finds a day's file by its id.
func (k Kiosks) Day(file string) (d KioskDay, err error) {
	return kioskDays.one(k.t, ErrMissing, `id = ?`, file)
}

// Expected reports whether someone has, or had, a place at the venue and on the day of a file.
func (k Kiosks) Expected(d KioskDay, p id.Person) (bool, error) {
	n := 0
	err := k.t.row(ErrMissing, `
		SELECT COUNT(*)
		FROM booking b JOIN slot s ON s.org = b.org AND s.id = b.slot
		WHERE b.org = ? AND b.person = ? AND s.venue = ? AND s.on_day = ?`, []any{k.t.org, string(p), string(d.Venue), int(d.Day)}, &n)
	return n > 0, err
}

// Days lists the latest day's files given to a kiosk, newest first.
func (k Kiosks) Days(of id.Kiosk, limit int) (list []KioskDay, err error) {
	return kioskDays.rows(k.t, `kiosk = ? ORDER BY made_at DESC LIMIT ?`, string(of), limit)
}

// KioskCounts is how many results of a kiosk were taken in.
type KioskCounts struct {
	Confirmed, ToClerk int
	Last               time.Time
}

// Counts counts the results of a kiosk, with the day of the last.
func (k Kiosks) Counts(of id.Kiosk) (c KioskCounts, err error) {
	err = k.t.rows(`
		SELECT outcome, COUNT(*), MAX(taken_at)
		FROM kiosk_result
		WHERE org = ? AND kiosk = ?
		GROUP BY outcome`, []any{k.t.org, string(of)}, func(scan func(...any) error) error {
		var outcome identity.KioskOutcome
		var n int
		var last int64
		err := scan(&outcome, &n, &last)
		if outcome == identity.KioskConfirmed {
			c.Confirmed = n
		} else {
			c.ToClerk += n
		}
		if at := moment(last); at.After(c.Last) {
			c.Last = at
		}
		return err
	})
	return c, err
}

// KioskResult is that a result of a person was taken in.
type KioskResult struct {
	ID      string
	Kiosk   id.Kiosk
	Outcome identity.KioskOutcome
	TakenAt time.Time
	person  id.Person
}

var kioskResults = newTable(RowKind{Table: "kiosk_result", Whose: ofPerson, OnDelete: StaysBare, Empties: []Emptied{{"person", ""}}, Time: "person", Export: "kiosk_results", Why: "so that the same result is not taken in again"}, 1,
	text("id", func(r *KioskResult) *string { return &r.ID }),
	text("kiosk", func(r *KioskResult) *id.Kiosk { return &r.Kiosk }),
	text("person", func(r *KioskResult) *id.Person { return &r.person }),
	text("outcome", func(r *KioskResult) *identity.KioskOutcome { return &r.Outcome }),
	instant("taken_at", func(r *KioskResult) *time.Time { return &r.TakenAt }),
)

// Took keeps that a result was taken in; fresh is false if it was before.
func (k Kiosks) Took(result string, from id.Kiosk, p id.Person, outcome identity.KioskOutcome) (fresh bool, err error) {
	return kioskResults.addNew(k.t, &KioskResult{result, from, outcome, k.t.s.now(), p})
}

// ResultsOf lists the results of a person that were taken in, the first in front.
func (k Kiosks) ResultsOf(p id.Person) (list []KioskResult, err error) {
	return kioskResults.rows(k.t, `person = ? ORDER BY taken_at, id`, string(p))
}
