package store

import (
	"slices"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/person"
)

// Matter is what waits to be reviewed of one person by one day. It is counted by the engine, for a
// list to choose from: whoever reviews reads the records themselves.
type Matter struct {
	Person      id.Person
	Due         day.Date
	SubmittedOn day.Date // the first of them
	Records     int
	Seconds     int
}

// Matters lists what waits for review and is due from one day to another, both included, by day and
// person.
func (h Hours) Matters(from, to day.Date, limit int) (list []Matter, err error) {
	err = h.t.rows(`
		SELECT due, person, COUNT(*), SUM(seconds), MIN(submitted_on)
		FROM hour_record
		WHERE org = ? AND state = 'submitted' AND due >= ? AND due <= ?
		GROUP BY due, person
		ORDER BY due, person
		LIMIT ?`, []any{h.t.org, int(from), int(to), limit}, func(scan func(...any) error) error {
		var m Matter
		err := scan(&m.Due, &m.Person, &m.Records, &m.Seconds, &m.SubmittedOn)
		list = append(list, m)
		return err
	})
	return list, err
}

// DueDay is how many matters wait that are due on a day.
type DueDay struct {
	Due     day.Date
	Matters int
}

// DueDays counts what waits for review, day by day, however much it is.
func (h Hours) DueDays() (list []DueDay, err error) {
	err = h.t.rows(`
		SELECT due, COUNT(*)
		FROM (SELECT DISTINCT due, person FROM hour_record WHERE org = ? AND state = 'submitted') AS waiting
		GROUP BY due
		ORDER BY due`, []any{h.t.org}, func(scan func(...any) error) error {
		var d DueDay
		err := scan(&d.Due, &d.Matters)
		list = append(list, d)
		return err
	})
	return list, err
}

// passed is how many people a span of time had, when it had so many records that were decided at moments
// that come to this sum.
type passed struct {
	from, to     int64
	records, sum int64
	n            int
}

// mostPassed is of how many spans the number is kept: a desk asks for this month and the last.
const mostPassed = 8

// Passed counts the people of whom a record was accepted from one moment up to another (G-21). To tell
// many apart takes far longer than to see that none came and none went: what is decided is decided later than
// whatever was taken back since, so that the same number of records comes to a greater sum.
func (h Hours) Passed(from, to time.Time) (n int, err error) {
	now := passed{from: ms(from), to: ms(to)}
	err = h.t.row(nil, `
		SELECT COUNT(*), COALESCE(SUM(decided_at - ?), 0)
		FROM hour_record
		WHERE org = ? AND state = 'accepted' AND decided_at >= ? AND decided_at < ?`, []any{now.from, h.t.org, now.from, now.to}, &now.records, &now.sum)
	if err != nil || now.records == 0 {
		return 0, err
	}
	s := h.t.s
	s.passedMu.Lock()
	defer s.passedMu.Unlock()
	for _, was := range s.passed {
		if now.n = was.n; now == was {
			return now.n, nil
		}
	}
	if now.n, err = h.passed(from, to); err != nil {
		return 0, err
	}
	s.passed = append(slices.DeleteFunc(s.passed, func(was passed) bool { return was.from == now.from && was.to == now.to }), now)
	s.passed = s.passed[max(0, len(s.passed)-mostPassed):]
	return now.n, nil
}

func (h Hours) passed(from, to time.Time) (n int, err error) {
	err = h.t.row(nil, `
		SELECT COUNT(DISTINCT person)
		FROM hour_record
		WHERE org = ? AND state = 'accepted' AND decided_at >= ? AND decided_at < ?`, []any{h.t.org, ms(from), ms(to)}, &n)
	return n, err
}

// Studied is what stands of one enrolment: it, its holder, the days it was paid on, and its records in
// order of entry.
type Studied struct {
	Enrolment enrolment.Enrolment
	Person    person.Person
	Payments  []enrolment.Payment // without their invoices
	Records   []hours.Record
}

// Studied reads what stands of many enrolments at once, by their ids.
func (h Hours) Studied(ids []id.Enrolment) (map[id.Enrolment]*Studied, error) {
	all := make(map[id.Enrolment]*Studied, len(ids))
	people := make(map[id.Person][]*Studied, len(ids))
	var holders []id.Person
	err := among(enrolmentRows, h.t, "id", ids, "", func(e *enrolment.Enrolment) error {
		s := &Studied{Enrolment: *e}
		all[e.ID] = s
		if people[e.Person] == nil {
			holders = append(holders, e.Person)
		}
		people[e.Person] = append(people[e.Person], s)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = among(personRows, h.t, "id", holders, "", func(p *person.Person) error {
		for _, s := range people[p.ID] {
			s.Person = *p
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = among(paymentRows, h.t, "enrolment", ids, " ORDER BY enrolment, paid_on, id", func(p *enrolment.Payment) error {
		if s := all[p.Enrolment]; s != nil {
			s.Payments = append(s.Payments, *p)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all, among(hourRecords, h.t, "enrolment", ids, " ORDER BY enrolment, seq", func(r *hours.Record) error {
		if s := all[r.Enrolment]; s != nil {
			s.Records = append(s.Records, *r)
		}
		return nil
	})
}
