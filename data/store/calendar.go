package store

import (
	"time"

	"xuezheng/data/calendar"
	"xuezheng/data/day"
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

var noticeRows = newTable(RowKind{Table: "calendar_notice", OnDelete: Nobodys, Why: "the State Council's holidays"}, 1,
	whole("seq", func(n *KeptNotice) *int64 { return &n.Seq }),
	whole("year", func(n *KeptNotice) *int { return &n.Year }),
	text("source", func(n *KeptNotice) *string { return &n.Source }),
	whole("dated", func(n *KeptNotice) *day.Date { return &n.Dated }),
	asJSON("free", func(n *KeptNotice) *[]day.Date { return &n.Free }),
	asJSON("worked", func(n *KeptNotice) *[]day.Date { return &n.Worked }),
	instant("at", func(n *KeptNotice) *time.Time { return &n.At }),
	text("by_login", func(n *KeptNotice) *id.Login { return &n.By }),
)

// Add keeps a notice; from now on it is in force for its year.
func (c Calendar) Add(n *KeptNotice) (err error) {
	if n.Seq, err = c.t.counter("calendar", 1); err != nil {
		return err
	}
	return noticeRows.add(c.t, n)
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
	return noticeRows.rows(c.t, `seq > 0 ORDER BY seq`)
}
