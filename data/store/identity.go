package store

import (
	"encoding/json"
	"strings"

	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// Identity is the shelf for confirmation and for changes.
type Identity struct{ t *Tx }

// AddDecision keeps a confirmation or a return. The note may name anything, so it is sealed.
func (i Identity) AddDecision(p id.Person, d identity.Decision) error {
	note, err := i.t.vault.seal("decision", string(p), []byte(d.Note))
	if err != nil {
		return err
	}
	_, err = i.t.exec(`
		INSERT INTO decision (org, person, at, outcome, way, originals, reasons, note, by_login, machine, venue, try)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		i.t.org, string(p), ms(d.At), string(d.Outcome), string(d.Way), join(d.Originals), join(d.Reasons), note, string(d.By), d.Machine,
		string(d.Venue), string(d.Try))
	return err
}

// Decisions lists what was decided of a person, newest first.
func (i Identity) Decisions(p id.Person) (list []identity.Decision, err error) {
	err = i.t.rows(`
		SELECT at, outcome, way, originals, reasons, note, by_login, machine, venue, try
		FROM decision
		WHERE org = ? AND person = ?
		ORDER BY at DESC`, []any{i.t.org, string(p)}, func(scan func(...any) error) error {
		d := identity.Decision{Person: p}
		var at int64
		var originals, reasons string
		var note []byte
		if err := scan(&at, &d.Outcome, &d.Way, &originals, &reasons, &note, &d.By, &d.Machine, &d.Venue, &d.Try); err != nil {
			return err
		}
		plain, err := i.t.vault.open("decision", string(p), note)
		d.At, d.Note = moment(at), string(plain)
		d.Originals, d.Reasons = split[identity.Original](originals), split[identity.Reason](reasons)
		list = append(list, d)
		return err
	})
	return list, err
}

// unconfirmed are the states before a confirmation: who waits for the desk stands first.
var unconfirmed = []identity.State{identity.Submitted, identity.PhotoReady, identity.MustCome, identity.SentBack, identity.Preregistered}

// Waiting lists the people whose identity is not confirmed: those whose photo is ready in front,
// the oldest first.
func (i Identity) Waiting(limit int) (list []Hit, err error) {
	for _, state := range unconfirmed {
		err = i.t.rows(`
			SELECT `+personColumns+`
			FROM person
			WHERE org = ? AND state = ?
			ORDER BY id
			LIMIT ?`, []any{i.t.org, string(state), limit - len(list)}, func(scan func(...any) error) error {
			w, err := i.t.People.scan(scan)
			if err == nil {
				list = append(list, hitOf(w))
			}
			return err
		})
		if err != nil || len(list) >= limit {
			break
		}
	}
	return list, err
}

// Ready counts the people who only need to be confirmed: what they sent online is to be looked at,
// or their photo is there.
func (i Identity) Ready() (n int, err error) {
	for _, state := range []identity.State{identity.Submitted, identity.PhotoReady} {
		var some int
		if err := i.t.row(nil, `SELECT COUNT(*) FROM person WHERE org = ? AND state = ?`, []any{i.t.org, string(state)}, &some); err != nil {
			return n, err
		}
		n += some
	}
	return n, nil
}

const requestColumns = `id, person, kind, state, sealed, pictures, asked_at, received_on, due, decided_at, decided_by, reason, version`

// AddRequest keeps a change that was asked for; old and new value are sealed.
func (i Identity) AddRequest(q *identity.Request) error {
	sealed, pictures, err := i.sealRequest(q)
	if err != nil {
		return err
	}
	_, err = i.t.exec(`
		INSERT INTO change_request (org, `+requestColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		i.t.org, string(q.ID), string(q.Person), string(q.Kind), string(q.State), sealed, pictures, ms(q.AskedAt),
		int(q.ReceivedOn), int(q.Due), ms(q.DecidedAt), string(q.DecidedBy), q.Reason, q.Version)
	return err
}

func (i Identity) sealRequest(q *identity.Request) (sealed []byte, pictures string, err error) {
	values, err := json.Marshal([3]string{q.Old, q.New, string(q.AskedBy)})
	if err != nil {
		return nil, "", err
	}
	list, err := json.Marshal(q.Pictures)
	if err != nil {
		return nil, "", err
	}
	sealed, err = i.t.vault.seal("change_request", string(q.ID), values)
	return sealed, string(list), err
}

// UpdateRequest keeps where a request stands; q.Version is the version after the change.
func (i Identity) UpdateRequest(q *identity.Request) error {
	return i.t.changed(`
		UPDATE change_request
		SET state = ?, received_on = ?, due = ?, decided_at = ?, decided_by = ?, reason = ?, version = ?
		WHERE org = ? AND id = ? AND version = ?`,
		string(q.State), int(q.ReceivedOn), int(q.Due), ms(q.DecidedAt), string(q.DecidedBy), q.Reason, q.Version,
		i.t.org, string(q.ID), q.Version-1)
}

// Request finds a request by id.
func (i Identity) Request(r id.Request) (identity.Request, error) {
	return i.scanRequest(func(into ...any) error {
		return i.t.row(ErrMissing, `
			SELECT `+requestColumns+`
			FROM change_request
			WHERE org = ? AND id = ?`, []any{i.t.org, string(r)}, into...)
	})
}

// OpenRequests lists what is to be decided, what is due first in front; then what waits for its
// paper.
func (i Identity) OpenRequests(limit int) (list []identity.Request, err error) {
	return i.requests(`state IN ('asked', 'received') ORDER BY state DESC, due, id LIMIT ?`, limit)
}

// GrantedData lists the changes of a name or a number that were granted, the first in front.
func (i Identity) GrantedData() ([]identity.Request, error) {
	return i.requests(`state = ? AND kind IN ('name', 'number') ORDER BY decided_at, id`, string(identity.Granted))
}

// RequestsOf lists what a person asked for, newest first.
func (i Identity) RequestsOf(p id.Person) ([]identity.Request, error) {
	return i.requests(`person = ? ORDER BY id DESC`, string(p))
}

func (i Identity) requests(where string, arg any) (list []identity.Request, err error) {
	err = i.t.rows(`
		SELECT `+requestColumns+`
		FROM change_request
		WHERE org = ? AND `+where, []any{i.t.org, arg}, func(scan func(...any) error) error {
		q, err := i.scanRequest(scan)
		list = append(list, q)
		return err
	})
	return list, err
}

func (i Identity) scanRequest(scan func(...any) error) (q identity.Request, err error) {
	var sealed []byte
	var pictures string
	var asked, decided int64
	if err := scan(&q.ID, &q.Person, &q.Kind, &q.State, &sealed, &pictures, &asked, &q.ReceivedOn, &q.Due, &decided, &q.DecidedBy, &q.Reason, &q.Version); err != nil {
		return q, err
	}
	plain, err := i.t.vault.open("change_request", string(q.ID), sealed)
	if err != nil {
		return q, err
	}
	var values [3]string // older programs kept two
	if err := json.Unmarshal(plain, &values); err != nil {
		return q, ErrDamaged.Because(err)
	}
	q.Old, q.New, q.AskedBy = values[0], values[1], id.Login(values[2])
	q.AskedAt, q.DecidedAt = moment(asked), moment(decided)
	return q, json.Unmarshal([]byte(pictures), &q.Pictures)
}

// join and split keep a list of codes in one column.
func join[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, x := range list {
		texts[i] = string(x)
	}
	return strings.Join(texts, ",")
}

func split[T ~string](s string) (list []T) {
	if s == "" {
		return nil
	}
	for _, x := range strings.Split(s, ",") {
		list = append(list, T(x))
	}
	return list
}
