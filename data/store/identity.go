package store

import (
	"encoding/json"
	"strings"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// Identity is the shelf for confirmation and for changes.
type Identity struct{ t *Tx }

// decisionRows: the note may name anything, so it is sealed.
var decisionRows = newTable(RowKind{Table: "decision", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "confirmation"}, 2,
	text("person", func(d *identity.Decision) *id.Person { return &d.Person }),
	instant("at", func(d *identity.Decision) *time.Time { return &d.At }),
	text("outcome", func(d *identity.Decision) *identity.State { return &d.Outcome }),
	text("way", func(d *identity.Decision) *identity.Way { return &d.Way }),
	codes("originals", func(d *identity.Decision) *[]identity.Original { return &d.Originals }),
	codes("reasons", func(d *identity.Decision) *[]identity.Reason { return &d.Reasons }),
	secretText("decision", "note", func(d *identity.Decision) string { return string(d.Person) }, func(d *identity.Decision) *string { return &d.Note }),
	text("by_login", func(d *identity.Decision) *id.Login { return &d.By }),
	text("machine", func(d *identity.Decision) *string { return &d.Machine }),
	text("venue", func(d *identity.Decision) *id.Venue { return &d.Venue }),
	text("try", func(d *identity.Decision) *id.Try { return &d.Try }),
)

// AddDecision keeps a confirmation or a return.
func (i Identity) AddDecision(p id.Person, d identity.Decision) error {
	d.Person = p
	return decisionRows.add(i.t, &d)
}

// Decisions lists what was decided of a person, newest first.
func (i Identity) Decisions(p id.Person) (list []identity.Decision, err error) {
	return decisionRows.rows(i.t, `person = ? ORDER BY at DESC`, string(p))
}

// unconfirmed are the states before a confirmation: who waits for the desk stands first.
var unconfirmed = []identity.State{identity.Submitted, identity.PhotoReady, identity.MustCome, identity.SentBack, identity.Preregistered}

// Waiting lists the people whose identity is not confirmed: those whose photo is ready in front,
// the oldest first.
func (i Identity) Waiting(limit int) (list []Hit, err error) {
	for _, state := range unconfirmed {
		found, no := personRows.sound(i.t, `state = ? ORDER BY id LIMIT ?`, string(state), limit-len(list))
		for _, w := range found {
			list = append(list, hitOf(w))
		}
		err = no
		if err != nil || len(list) >= limit {
			break
		}
	}
	return list, err
}

// WaitingCount counts whom Waiting lists.
func (i Identity) WaitingCount() (n int, err error) {
	for _, state := range unconfirmed {
		var some int
		if err := i.t.row(nil, `SELECT COUNT(*) FROM person WHERE org = ? AND state = ?`, []any{i.t.org, string(state)}, &some); err != nil {
			return n, err
		}
		n += some
	}
	return n, nil
}

// requestRows: old and new value are sealed.
var requestRows = newTable(RowKind{Table: "change_request", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "changes"}, 1,
	text("id", func(q *identity.Request) *id.Request { return &q.ID }),
	text("person", func(q *identity.Request) *id.Person { return &q.Person }),
	text("kind", func(q *identity.Request) *identity.RequestKind { return &q.Kind }),
	text("state", func(q *identity.Request) *identity.RequestState { return &q.State }),
	column[identity.Request]{columnInfo{name: "sealed", class: octets}, sealRequest, openRequest},
	asJSON("pictures", func(q *identity.Request) *map[string]id.Picture { return &q.Pictures }),
	instant("asked_at", func(q *identity.Request) *time.Time { return &q.AskedAt }),
	whole("received_on", func(q *identity.Request) *day.Date { return &q.ReceivedOn }),
	whole("due", func(q *identity.Request) *day.Date { return &q.Due }),
	instant("decided_at", func(q *identity.Request) *time.Time { return &q.DecidedAt }),
	text("decided_by", func(q *identity.Request) *id.Login { return &q.DecidedBy }),
	text("reason", func(q *identity.Request) *string { return &q.Reason }),
	whole("version", func(q *identity.Request) *int { return &q.Version }),
)

func sealRequest(t *Tx, q *identity.Request, c *cell) error {
	values, err := json.Marshal([3]string{q.Old, q.New, string(q.AskedBy)})
	if err != nil {
		return err
	}
	c.b, err = t.vault.seal("change_request", string(q.ID), values)
	return err
}

func openRequest(t *Tx, q *identity.Request, c *cell) error {
	plain, err := t.vault.open("change_request", string(q.ID), c.b)
	if err != nil {
		return err
	}
	var values [3]string // older programs kept two
	err = fromJSON(plain, &values)
	q.Old, q.New, q.AskedBy = values[0], values[1], id.Login(values[2])
	return err
}

// AddRequest keeps a change that was asked for.
func (i Identity) AddRequest(q *identity.Request) error { return requestRows.add(i.t, q) }

// UpdateRequest keeps where a request stands; q.Version is the version after the change.
func (i Identity) UpdateRequest(q *identity.Request) error { return requestRows.update(i.t, q) }

// Request finds a request by id.
func (i Identity) Request(r id.Request) (identity.Request, error) {
	return requestRows.one(i.t, ErrMissing, `id = ?`, string(r))
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
	return requestRows.rows(i.t, where, arg)
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
