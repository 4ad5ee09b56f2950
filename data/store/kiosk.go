package store

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
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

// Put keeps a kiosk, or its changes.
func (k Kiosks) Put(x *Kiosk) error {
	_, err := k.t.exec(`
		INSERT INTO kiosk (org, id, name, recipient, public_key, venue, closed)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (org, id) DO UPDATE SET name = excluded.name, venue = excluded.venue, closed = excluded.closed`,
		k.t.org, string(x.ID), x.Name, x.Recipient, x.PublicKey, string(x.Venue), bit(x.Closed))
	return err
}

// List lists the kiosks by name.
func (k Kiosks) List() (list []Kiosk, err error) {
	err = k.t.rows(`
		SELECT id, name, recipient, public_key, venue, closed
		FROM kiosk
		WHERE org = ?
		ORDER BY name, id`, []any{k.t.org}, func(scan func(...any) error) error {
		var x Kiosk
		var closed int
		err := scan(&x.ID, &x.Name, &x.Recipient, &x.PublicKey, &x.Venue, &closed)
		x.Closed = closed == 1
		list = append(list, x)
		return err
	})
	return list, err
}

// AddDay keeps that a day's file was made.
func (k Kiosks) AddDay(d KioskDay) error {
	_, err := k.t.exec(`
		INSERT INTO kiosk_day (org, id, kiosk, on_day, venue, cases, made_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`, k.t.org, d.ID, string(d.Kiosk), int(d.Day), string(d.Venue), d.Cases, ms(d.MadeAt))
	return err
}

// Day finds a day's file by its id.
func (k Kiosks) Day(file string) (d KioskDay, err error) {
	var made int64
	err = k.t.row(ErrMissing, `
		SELECT id, kiosk, on_day, venue, cases, made_at
		FROM kiosk_day
		WHERE org = ? AND id = ?`, []any{k.t.org, file}, &d.ID, &d.Kiosk, &d.Day, &d.Venue, &d.Cases, &made)
	d.MadeAt = moment(made)
	return d, err
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
	err = k.t.rows(`
		SELECT id, kiosk, on_day, venue, cases, made_at
		FROM kiosk_day
		WHERE org = ? AND kiosk = ?
		ORDER BY made_at DESC
		LIMIT ?`, []any{k.t.org, string(of), limit}, func(scan func(...any) error) error {
		var d KioskDay
		var made int64
		err := scan(&d.ID, &d.Kiosk, &d.Day, &d.Venue, &d.Cases, &made)
		d.MadeAt = moment(made)
		list = append(list, d)
		return err
	})
	return list, err
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
		var outcome string
		var n int
		var last int64
		err := scan(&outcome, &n, &last)
		if outcome == "confirmed" {
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

// Took keeps that a result was taken in; new is false if it was before.
func (k Kiosks) Took(result string, from id.Kiosk, p id.Person, outcome string) (fresh bool, err error) {
	r, err := k.t.exec(`
		INSERT INTO kiosk_result (org, id, kiosk, person, outcome, taken_at)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (org, id) DO NOTHING`, k.t.org, result, string(from), string(p), outcome, ms(k.t.s.now()))
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// KioskResult is that a result of a person was taken in.
type KioskResult struct {
	ID      string
	Kiosk   id.Kiosk
	Outcome string
	TakenAt time.Time
}

// ResultsOf lists the results of a person that were taken in, the first in front.
func (k Kiosks) ResultsOf(p id.Person) (list []KioskResult, err error) {
	err = k.t.rows(`
		SELECT id, kiosk, outcome, taken_at
		FROM kiosk_result
		WHERE org = ? AND person = ?
		ORDER BY taken_at, id`, []any{k.t.org, string(p)}, func(scan func(...any) error) error {
		var r KioskResult
		var taken int64
		err := scan(&r.ID, &r.Kiosk, &r.Outcome, &taken)
		r.TakenAt = moment(taken)
		list = append(list, r)
		return err
	})
	return list, err
}
