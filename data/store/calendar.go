package store

import (
	"encoding/json"
	"errors"
	"time"

	"xuezheng/data/calendar"
	"xuezheng/data/id"
)

// Calendar is the shelf for the yearly notices of holidays that the institution took in.
type Calendar struct{ t *Tx }

// KeptNotice is a notice as it is kept.
type KeptNotice struct {
	calendar.Notice
	Seq int64 // counts up; of a year's notices the greatest is in force
	At  time.Time
	By  id.Login
}

// Add keeps a notice; from now on it is in force for its year.
func (c Calendar) Add(n *KeptNotice) (err error) {
	if n.Seq, err = c.t.counter("calendar", 1); err != nil {
		return err
	}
	free, err := json.Marshal(n.Free)
	if err != nil {
		return err
	}
	worked, err := json.Marshal(n.Worked)
	if err != nil {
		return err
	}
	_, err = c.t.exec(`
		INSERT INTO calendar_notice (org, seq, year, source, dated, free, worked, at, by_login)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.t.org, n.Seq, n.Year, n.Source, int(n.Dated), string(free), string(worked), ms(n.At), string(n.By))
	return err
}

// Newest is the number of the notice taken in last; 0 for none.
func (c Calendar) Newest() (seq int64, err error) {
	err = c.t.row(nil, `
		SELECT COALESCE(MAX(seq), 0)
		FROM calendar_notice
		WHERE org = ?`, []any{c.t.org}, &seq)
	return seq, err
}

// All lists the notices in the order in which they were taken in.
func (c Calendar) All() (list []KeptNotice, err error) {
	err = c.t.rows(`
		SELECT seq, year, source, dated, free, worked, at, by_login
		FROM calendar_notice
		WHERE org = ?
		ORDER BY seq`, []any{c.t.org}, func(scan func(...any) error) error {
		var n KeptNotice
		var free, worked string
		var at int64
		if err := scan(&n.Seq, &n.Year, &n.Source, &n.Dated, &free, &worked, &at, &n.By); err != nil {
			return err
		}
		n.At = moment(at)
		if err := errors.Join(json.Unmarshal([]byte(free), &n.Free), json.Unmarshal([]byte(worked), &n.Worked)); err != nil {
			return ErrDamaged.Because(err)
		}
		list = append(list, n)
		return nil
	})
	return list, err
}
