package session

import (
	"xuezheng/data/view"
)

// RetentionAs is Retention, bound to who asks.
//
//as:forward DeleteDue=Delete!
type RetentionAs struct{ as }

// DueKinds is what has been kept long enough, by kind.
func (a RetentionAs) DueKinds() (rows []view.DueRow, err error) {
	list, err := a.services.Retention.Due(a.ctx, a.who)
	for _, k := range list {
		rows = append(rows, view.DueRow{Kind: k.Kind, Months: k.Months, Least: k.Least, Before: k.Before, Rows: k.Rows, People: k.People})
	}
	return rows, err
}

// DuePeople is of whom something of a kind is due.
func (a RetentionAs) DuePeople(kind string, limit int) (rows []view.DuePerson, err error) {
	list, err := a.services.Retention.List(a.ctx, a.who, kind, limit)
	for _, p := range list {
		rows = append(rows, view.DuePerson{Person: p.Person, Name: p.Name, MaskedNumber: p.MaskedNumber, Last: p.Last, Rows: p.Rows})
	}
	return rows, err
}
