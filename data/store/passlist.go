package store

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// AcceptedEnrolment is an enrolment of which something was accepted: what, and when last.
type AcceptedEnrolment struct {
	Enrolment id.Enrolment
	Person    id.Person
	Records   []id.Record
	LastAt    time.Time
}

// AcceptedEnrolments lists the enrolments of which a record was accepted from one moment up to
// another, in order of the first acceptance (G-21).
func (h Passes) AcceptedEnrolments(from, to time.Time) (list []AcceptedEnrolment, err error) {
	at := map[id.Enrolment]int{}
	err = hourRecords.each(h.t, `state = 'accepted' AND decided_at >= ? AND decided_at < ? ORDER BY decided_at, enrolment, id`, []any{ms(from), ms(to)}, func(r *hours.Record) error {
		i, known := at[r.Enrolment]
		if !known {
			i = len(list)
			at[r.Enrolment] = i
			list = append(list, AcceptedEnrolment{Enrolment: r.Enrolment, Person: r.Learner})
		}
		list[i].Records, list[i].LastAt = append(list[i].Records, r.ID), r.DecidedAt
		return nil
	})
	return list, err
}

// Passing is AcceptedEnrolments, read off the index without a look at the records' seals: for a list of
// many, whose records are all read after that, by Studied.
func (h Passes) Passing(from, to time.Time) (list []AcceptedEnrolment, err error) {
	at := map[id.Enrolment]int{}
	err = h.t.rows(`
		SELECT enrolment, person, id, decided_at
		FROM hour_record
		WHERE org = ? AND state = 'accepted' AND decided_at >= ? AND decided_at < ?
		ORDER BY decided_at, enrolment, id`, []any{h.t.org, ms(from), ms(to)}, func(scan func(...any) error) error {
		var e, p, r string
		var decided int64
		err := scan((*textOnly)(&e), (*textOnly)(&p), (*textOnly)(&r), (*figureOnly)(&decided))
		if errors.Is(err, errKind) {
			return ErrRow.With(hourRecords.word(), r).Because(err)
		}
		if err != nil {
			return err
		}
		i, known := at[id.Enrolment(e)]
		if !known {
			i = len(list)
			at[id.Enrolment(e)] = i
			list = append(list, AcceptedEnrolment{Enrolment: id.Enrolment(e), Person: id.Person(p)})
		}
		list[i].Records, list[i].LastAt = append(list[i].Records, id.Record(r)), moment(decided)
		return nil
	})
	return list, err
}

// LookAtDecided reads what was decided from one moment up to another and does not stand as accepted, for
// its seal alone: a record whose state was changed outside the program is not missed without a word.
// It belongs within Sparing.
func (h Passes) LookAtDecided(from, to time.Time) error {
	return hourRecords.each(h.t, `state <> 'accepted' AND decided_at > 0 AND decided_at >= ? AND decided_at < ?`, []any{ms(from), ms(to)}, func(*hours.Record) error { return nil })
}

// AcceptedRecord is a record of which the trail says that it was accepted, and whose it was.
type AcceptedRecord struct {
	Record id.Record
	Person id.Person
}

// Unlisted are the records of which the trail says that they were accepted from one moment up to another, and
// that are not among those listed: what was withdrawn or deleted since, and what somebody moved to another
// month. Each that is there is looked at for its seal. It belongs within Sparing.
func (h Passes) Unlisted(from, to time.Time, listed map[id.Record]bool) (list []AcceptedRecord, err error) {
	known := map[id.Record]bool{}
	var ids []id.Record
	err = h.t.rows(`
		SELECT about, person
		FROM audit_line
		WHERE org = ? AND act = ? AND at >= ? AND at < ?`, []any{h.t.org, string(act.AcceptHours), ms(from), ms(to)}, func(scan func(...any) error) error {
		var x AcceptedRecord
		if err := scan(&x.Record, &x.Person); err != nil {
			return err
		}
		if x.Record != "" && !listed[x.Record] && !known[x.Record] {
			known[x.Record] = true
			list, ids = append(list, x), append(ids, x.Record)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, among(hourRecords, h.t, "id", ids, "", func(*hours.Record) error { return nil })
}

// monthOf is how a month is kept: 202611.
func monthOf(year, month int) int { return year*100 + month }

// passName is what of a row says who it is: sealed, and struck out when the person is deleted.
type passName struct{ Name, MaskedNumber, Unit, Registration string }

// publishedList is that a month's list was published.
type publishedList struct {
	month  int
	at     time.Time
	by     id.Login
	latest day.Date
	pack   string
}

var passLists = newTable(RowKind{Table: "pass_list", OnDelete: Nobodys, Why: "when a month's list was published"}, 1,
	whole("month", func(l *publishedList) *int { return &l.month }),
	instant("published_at", func(l *publishedList) *time.Time { return &l.at }),
	text("by_login", func(l *publishedList) *id.Login { return &l.by }),
	whole("latest", func(l *publishedList) *day.Date { return &l.latest }),
	text("pack", func(l *publishedList) *string { return &l.pack }),
)

// publishedRow is a row of a published list, with its place.
type publishedRow struct {
	hours.PassRow
	month, place int
}

// passRows: who somebody is, is sealed, and struck out when they are deleted.
var passRows = newTable(RowKind{Table: "pass_row", Whose: ofPerson, OnDelete: StaysBare, Time: "hours", Export: "pass_lists", Why: "what was published keeps its rows and figures, not who they were (G-21)",
	Empties: []Emptied{{"sealed", ""}, {"person", ""}, {"enrolment", ""}, {"records", "[]"}}}, 2,
	whole("month", func(r *publishedRow) *int { return &r.month }),
	whole("place", func(r *publishedRow) *int { return &r.place }),
	text("person", func(r *publishedRow) *id.Person { return &r.Person }),
	text("enrolment", func(r *publishedRow) *id.Enrolment { return &r.Enrolment }),
	asJSON("records", func(r *publishedRow) *[]id.Record { return &r.Records }),
	text("main", func(r *publishedRow) *string { return &r.Main }),
	asJSON("added", func(r *publishedRow) *[]string { return &r.Added }),
	whole("counted", func(r *publishedRow) *int { return &r.Seconds }),
	whole("needed", func(r *publishedRow) *int { return &r.Needed }),
	flag("ready", func(r *publishedRow) *bool { return &r.Renewal }),
	whole("accepted_on", func(r *publishedRow) *day.Date { return &r.AcceptedOn }),
	column[publishedRow]{columnInfo{name: "sealed", class: octets}, sealPassName, openPassName},
	text("pack", func(r *publishedRow) *string { return &r.Pack }),
)

func sealPassName(t *Tx, r *publishedRow, c *cell) error {
	if r.Deleted {
		return nil
	}
	plain, err := json.Marshal(passName{r.Name, r.MaskedNumber, r.Unit, r.Registration})
	if err != nil {
		return err
	}
	c.b, err = t.vault.seal("pass_row", passKey(r.month, r.place), plain)
	return err
}

func openPassName(t *Tx, r *publishedRow, c *cell) error {
	if r.Deleted = len(c.b) == 0; r.Deleted {
		return nil
	}
	plain, err := t.vault.open("pass_row", passKey(r.month, r.place), c.b)
	if err != nil {
		return err
	}
	var who passName
	err = fromJSON(plain, &who)
	r.Name, r.MaskedNumber, r.Unit, r.Registration = who.Name, who.MaskedNumber, who.Unit, who.Registration
	return err
}

// AddPassList keeps a list as it is published; one that is there already refuses it. Deleting
// somebody strikes them out of their rows: see passRows.
func (h Passes) AddPassList(l hours.PassList, at time.Time, by id.Login, pack string) error {
	month := monthOf(l.Year, l.Month)
	err := passLists.add(h.t, &publishedList{month, at, by, l.Latest, pack})
	if taken(err) {
		return hours.ErrListPublished
	}
	if err != nil {
		return err
	}
	rows := make([]publishedRow, len(l.Rows))
	for i, r := range l.Rows {
		rows[i] = publishedRow{r, month, i}
	}
	return passRows.addMany(h.t, rows)
}

func passKey(month, place int) string { return fmt.Sprint(month, "/", place) }

// PassList finds the list of a month as it was published, and by which login; found is false if it was not.
func (h Passes) PassList(year, month int) (l hours.PassList, by id.Login, found bool, err error) {
	m := monthOf(year, month)
	l = hours.PassList{Year: year, Month: month, Rows: []hours.PassRow{}}
	published, found, err := passLists.find(h.t, `month = ?`, m)
	if err != nil || !found {
		return l, by, false, err
	}
	l.State, l.PublishedOn, l.Latest = hours.Published, day.Of(published.at), published.latest
	err = passRows.each(h.t, `month = ? ORDER BY place`, []any{m}, func(r *publishedRow) error {
		r.Pack = cmp.Or(r.Pack, published.pack)
		l.Rows = append(l.Rows, r.PassRow)
		return nil
	})
	return l, published.by, true, err
}

// IsPublished reports whether the list of a month was published.
func (h Passes) IsPublished(year, month int) (bool, error) {
	_, found, err := passLists.find(h.t, `month = ?`, monthOf(year, month))
	return found, err
}

// ListedRow is a row of a published list, with its month.
type ListedRow struct {
	Month int // 202611
	hours.PassRow
}

// Listed finds the rows that are somebody's on published lists.
func (h Passes) Listed(p id.Person) (list []ListedRow, err error) {
	err = passRows.each(h.t, `person = ? ORDER BY month, place`, []any{string(p)}, func(r *publishedRow) error {
		list = append(list, ListedRow{r.month, r.PassRow})
		return nil
	})
	return list, err
}

// StillAccepted counts how many of these records stand as accepted between those moments; what was
// withdrawn and accepted anew later belongs to a later month.
func (h Passes) StillAccepted(list []id.Record, from, to time.Time) (n int, err error) {
	still, err := h.Accepted(list, from, to)
	return len(still), err
}

// Accepted says which of these records stand as accepted between those moments.
func (h Passes) Accepted(list []id.Record, from, to time.Time) (map[id.Record]bool, error) {
	still := make(map[id.Record]bool, len(list))
	err := among(hourRecords, h.t, "id", list, "", func(r *hours.Record) error {
		if r.State == hours.Accepted && !r.DecidedAt.Before(from) && r.DecidedAt.Before(to) {
			still[r.ID] = true
		}
		return nil
	})
	return still, err
}
