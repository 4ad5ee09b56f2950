package store

import (
	"encoding/json"
	"fmt"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// AcceptedEnrolment is an enrolment of which something was accepted: what, and when last.
type AcceptedEnrolment struct {
	Enrolment id.Enrolment
	Records   []id.Record
	LastAt    time.Time
}

// AcceptedEnrolments lists the enrolments of which a record was accepted from one moment up to
// another, in order of the first acceptance (G-21).
func (h Hours) AcceptedEnrolments(from, to time.Time) (list []AcceptedEnrolment, err error) {
	at := map[id.Enrolment]int{}
	err = h.t.rows(`
		SELECT enrolment, id, decided_at
		FROM hour_record
		WHERE org = ? AND state = 'accepted' AND decided_at >= ? AND decided_at < ?
		ORDER BY decided_at, enrolment, id`, []any{h.t.org, ms(from), ms(to)}, func(scan func(...any) error) error {
		var e id.Enrolment
		var r id.Record
		var decided int64
		if err := scan(&e, &r, &decided); err != nil {
			return err
		}
		i, known := at[e]
		if !known {
			i = len(list)
			at[e] = i
			list = append(list, AcceptedEnrolment{Enrolment: e})
		}
		list[i].Records, list[i].LastAt = append(list[i].Records, r), moment(decided)
		return nil
	})
	return list, err
}

// monthOf is how a month is kept: 202611.
func monthOf(year, month int) int { return year*100 + month }

// passName is what of a row says who it is: sealed, and struck out when the person is deleted.
type passName struct{ Name, MaskedNumber, Unit, Registration string }

// AddPassList keeps a list as it is published; one that is there already refuses it. Deleting
// somebody strikes them out of their rows: see rowKinds.
func (h Hours) AddPassList(l hours.PassList, at time.Time, by id.Login, pack string) error {
	month := monthOf(l.Year, l.Month)
	_, err := h.t.exec(`
		INSERT INTO pass_list (org, month, published_at, by_login, latest, pack)
		VALUES (?, ?, ?, ?, ?, ?)`, h.t.org, month, ms(at), string(by), int(l.Latest), pack)
	if taken(err) {
		return hours.ErrListPublished
	}
	if err != nil {
		return err
	}
	return h.t.many(`INSERT INTO pass_row (org, month, place, person, enrolment, records, main, added, counted, needed, ready, accepted_on, sealed)`,
		13, len(l.Rows), func(i int, into []any) ([]any, error) {
			r := l.Rows[i]
			records, err := json.Marshal(r.Records)
			if err != nil {
				return nil, err
			}
			added, err := json.Marshal(r.Added)
			if err != nil {
				return nil, err
			}
			plain, err := json.Marshal(passName{r.Name, r.MaskedNumber, r.Unit, r.Registration})
			if err != nil {
				return nil, err
			}
			sealed, err := h.t.vault.seal("pass_row", passKey(month, i), plain)
			return append(into, h.t.org, month, i, string(r.Person), string(r.Enrolment), string(records), r.Main, string(added),
				r.Seconds, r.Needed, bit(r.Renewal), int(r.AcceptedOn), sealed), err
		})
}

func passKey(month, place int) string { return fmt.Sprint(month, "/", place) }

// PassList finds the list of a month as it was published, and by which login; found is false if it was not.
func (h Hours) PassList(year, month int) (l hours.PassList, by id.Login, found bool, err error) {
	at, m := int64(0), monthOf(year, month)
	l = hours.PassList{Year: year, Month: month, Rows: []hours.PassRow{}}
	err = h.t.rows(`
		SELECT published_at, by_login, latest
		FROM pass_list
		WHERE org = ? AND month = ?`, []any{h.t.org, m}, func(scan func(...any) error) error {
		found = true
		return scan(&at, &by, &l.Latest)
	})
	if err != nil || !found {
		return l, by, false, err
	}
	l.State, l.PublishedOn = hours.Published, day.Of(moment(at))
	err = h.t.rows(`
		SELECT place, person, enrolment, records, main, added, counted, needed, ready, accepted_on, sealed
		FROM pass_row
		WHERE org = ? AND month = ?
		ORDER BY place`, []any{h.t.org, m}, func(scan func(...any) error) error {
		r, err := h.passRow(m, scan)
		l.Rows = append(l.Rows, r)
		return err
	})
	return l, by, true, err
}

func (h Hours) passRow(month int, scan func(...any) error) (r hours.PassRow, err error) {
	var place, ready int
	var records, added string
	var sealed []byte
	if err := scan(&place, &r.Person, &r.Enrolment, &records, &r.Main, &added, &r.Seconds, &r.Needed, &ready, &r.AcceptedOn, &sealed); err != nil {
		return r, err
	}
	r.Renewal, r.Deleted = ready == 1, len(sealed) == 0
	if err := json.Unmarshal([]byte(records), &r.Records); err != nil {
		return r, ErrDamaged.Because(err)
	}
	if err := json.Unmarshal([]byte(added), &r.Added); err != nil {
		return r, ErrDamaged.Because(err)
	}
	if r.Deleted {
		return r, nil
	}
	plain, err := h.t.vault.open("pass_row", passKey(month, place), sealed)
	if err != nil {
		return r, err
	}
	var who passName
	if err := json.Unmarshal(plain, &who); err != nil {
		return r, ErrDamaged.Because(err)
	}
	r.Name, r.MaskedNumber, r.Unit, r.Registration = who.Name, who.MaskedNumber, who.Unit, who.Registration
	return r, nil
}

// ListedRow is a row of a published list, with its month.
type ListedRow struct {
	Month int // 202611
	hours.PassRow
}

// Listed finds the rows that are somebody's on published lists.
func (h Hours) Listed(p id.Person) (list []ListedRow, err error) {
	var months []int
	err = h.t.rows(`
		SELECT DISTINCT month
		FROM pass_row
		WHERE org = ? AND person = ?
		ORDER BY month`, []any{h.t.org, string(p)}, func(scan func(...any) error) error {
		m := 0
		err := scan(&m)
		months = append(months, m)
		return err
	})
	for _, m := range months {
		l, _, _, err := h.PassList(m/100, m%100)
		if err != nil {
			return nil, err
		}
		for _, r := range l.Rows {
			if r.Person == p {
				list = append(list, ListedRow{m, r})
			}
		}
	}
	return list, err
}

// StillAccepted counts how many of these records stand as accepted between those moments; what was
// withdrawn and accepted anew later belongs to a later month.
func (h Hours) StillAccepted(list []id.Record, from, to time.Time) (n int, err error) {
	for _, r := range list {
		k := 0
		if err := h.t.row(nil, `
			SELECT COUNT(*)
			FROM hour_record
			WHERE org = ? AND id = ? AND state = 'accepted' AND decided_at >= ? AND decided_at < ?`, []any{h.t.org, string(r), ms(from), ms(to)}, &k); err != nil {
			return n, err
		}
		n += k
	}
	return n, nil
}
