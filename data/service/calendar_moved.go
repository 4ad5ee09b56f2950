package service

import (
	"errors"
	"math"

	"xuezheng/data/calendar"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/store"
)

// moving finds the deadlines that another calendar moves.
type moving struct {
	*core
	Effect
	tx       *store.Tx
	packs    map[id.Enrolment]*policy.Pack
	was, now *day.Calendar
	records  []hours.Record
	requests []identity.Request
}

func (m *moving) find() error {
	for _, part := range []func() error{m.findHours, m.findRequests, m.findLists} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// findHours lists the reviews that move, those of one learner from one day to another together.
func (m *moving) findHours() error {
	waiting, err := m.tx.Hours.InState(hours.Submitted, math.MaxInt32)
	if err != nil {
		return err
	}
	type key struct {
		person   id.Person
		from, to day.Date
	}
	at := map[key]int{}
	for _, r := range waiting {
		pack, err := m.packFor(r.Enrolment)
		if err != nil {
			return err
		}
		to := calendar.Recount(r.SubmittedOn, r.Due, pack.Hours.ReviewDays, m.was, m.now)
		if to == r.Due {
			continue
		}
		k := key{r.Learner, r.Due, to}
		if i, there := at[k]; there {
			m.Moved[i].Count++
		} else {
			at[k] = len(m.Moved)
			if err := m.note(Moved{What: "hours", Person: r.Learner, From: r.Due, To: to, Provisional: m.now.Provisional(r.SubmittedOn, to)}); err != nil {
				return err
			}
		}
		r.Due = to
		r.Version++
		m.records = append(m.records, r)
	}
	return nil
}

// packFor is the pack an enrolment is judged by, read once each.
func (m *moving) packFor(e id.Enrolment) (*policy.Pack, error) {
	if p := m.packs[e]; p != nil {
		return p, nil
	}
	en, err := m.tx.Enrolments.Get(e)
	if err != nil {
		return nil, err
	}
	p, err := m.hoursOf(en)
	m.packs[e] = p
	return p, err
}

func (m *moving) findRequests() error {
	open, err := m.tx.Identity.OpenRequests(math.MaxInt32)
	if err != nil {
		return err
	}
	for _, q := range open {
		if q.State != identity.Received {
			continue
		}
		pack, err := m.packOf(m.tx, q.Person, "")
		if err != nil {
			return err
		}
		days := pack.Identity.DataChangeDays
		if q.Kind == identity.PhotoChange {
			days = pack.Identity.PhotoChangeDays
		}
		to := calendar.Recount(q.ReceivedOn, q.Due, days, m.was, m.now)
		if to == q.Due {
			continue
		}
		if err := m.note(Moved{What: string(q.Kind), Person: q.Person, From: q.Due, To: to, Provisional: m.now.Provisional(q.ReceivedOn, to)}); err != nil {
			return err
		}
		q.Due = to
		q.Version++
		m.requests = append(m.requests, q)
	}
	return nil
}

// findLists lists the months whose pass list is published on another day, from the last month's on
// to the end of the notice's year.
func (m *moving) findLists() error {
	for month := m.today().FirstOfMonth().AddMonths(-1); month.Year() <= m.Notice.Year; month = month.AddMonths(1) {
		from, _ := hours.PublishDay(month.Year(), month.Month(), m.was)
		to, provisional := hours.PublishDay(month.Year(), month.Month(), m.now)
		if from == to || max(from, to) < m.today() {
			continue
		}
		published, err := m.tx.Hours.IsPublished(month.Year(), month.Month())
		if err != nil {
			return err
		}
		if !published {
			m.Moved = append(m.Moved, Moved{What: "pass-list", Count: 1, Year: month.Year(), Month: month.Month(), From: from, To: to, Provisional: provisional})
		}
	}
	return nil
}

// note adds what moves, with whose it is.
func (m *moving) note(one Moved) error {
	p, err := m.tx.People.Get(one.Person)
	if err != nil && !errors.Is(err, person.ErrNoPerson) { // their name is gone, the deadline is not
		return err
	}
	one.Count, one.Name, one.MaskedNumber = 1, p.Name, identity.Mask(p.Number)
	m.Moved = append(m.Moved, one)
	return nil
}

// write moves the deadlines, each with a line in the trail.
func (m *moving) write(tx *changing) error {
	for i := range m.records {
		r := &m.records[i]
		if err := tx.Hours.Update(r, tx.hand()); err != nil {
			return err
		}
		tx.about(string(r.ID), r.Learner, "due "+r.Due.String())
	}
	for i := range m.requests {
		q := &m.requests[i]
		if err := tx.Identity.UpdateRequest(q); err != nil {
			return err
		}
		tx.about(string(q.ID), q.Person, "due "+q.Due.String())
	}
	return nil
}
