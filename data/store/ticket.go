package store

import (
	"encoding/json"
	"errors"

	"xuezheng/data/enrolment"
	"xuezheng/data/id"
)

// Tickets is the shelf for ticket numbers, their blocks, and the marks under them.
type Tickets struct{ t *Tx }

const ticketColumns = `number, district, person, programme, state, issued_at, source, by_login, machine, merged_into, version`

// Add keeps a ticket number; one that stands on any ticket already is refused, void or not.
func (k Tickets) Add(t *enrolment.Ticket) error {
	if err := k.t.Alone(t.Person); err != nil {
		return err
	}
	_, err := k.t.exec(`
		INSERT INTO ticket (org, `+ticketColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		k.t.org, t.Number, t.District, string(t.Person), t.Programme, string(t.State), ms(t.IssuedAt), string(t.Source), string(t.By), t.Machine, t.MergedInto, t.Version)
	if taken(err) {
		return enrolment.ErrTicketUsed
	}
	return err
}

// Update keeps where a ticket stands; t.Version is the version after the change.
func (k Tickets) Update(t *enrolment.Ticket) error {
	return k.t.changed(`
		UPDATE ticket
		SET state = ?, merged_into = ?, version = ?
		WHERE org = ? AND number = ? AND version = ?`, string(t.State), t.MergedInto, t.Version, k.t.org, t.Number, t.Version-1)
}

// DropClaim takes away a number that was only claimed.
func (k Tickets) DropClaim(t *enrolment.Ticket) error {
	return k.t.changed(`
		DELETE FROM ticket
		WHERE org = ? AND number = ? AND version = ? AND state = 'claimed'`, k.t.org, t.Number, t.Version)
}

// Of lists a person's ticket numbers, by number.
func (k Tickets) Of(p id.Person) ([]enrolment.Ticket, error) {
	return k.list(`person = ? ORDER BY number`, string(p))
}

// Find lists the tickets whose number begins so, as it is kept.
func (k Tickets) Find(beginning string, limit int) ([]enrolment.Ticket, error) {
	return k.list(`number >= ? AND number < ? ORDER BY number LIMIT ?`, beginning, beginning+"\U0010ffff", limit)
}

// Get finds a ticket by its number as it is kept.
func (k Tickets) Get(number string) (enrolment.Ticket, error) {
	list, err := k.list(`number = ?`, number)
	if err == nil && len(list) == 0 {
		return enrolment.Ticket{}, enrolment.ErrNoTicket
	}
	if err != nil {
		return enrolment.Ticket{}, err
	}
	return list[0], nil
}

func (k Tickets) list(where string, args ...any) (list []enrolment.Ticket, err error) {
	err = k.t.rows(`
		SELECT `+ticketColumns+`
		FROM ticket
		WHERE org = ? AND `+where, append([]any{k.t.org}, args...), func(scan func(...any) error) error {
		var t enrolment.Ticket
		var at int64
		err := scan(&t.Number, &t.District, &t.Person, &t.Programme, &t.State, &at, &t.Source, &t.By, &t.Machine, &t.MergedInto, &t.Version)
		t.IssuedAt = moment(at)
		list = append(list, t)
		return err
	})
	return list, err
}

const blockColumns = `id, desk, district, year, from_seq, to_seq, next_seq, version`

// AddBlock keeps a block of sequence numbers handed to a desk. Whoever hands out blocks touches the
// same row: of two who looked at the same blocks the second looks again.
func (k Tickets) AddBlock(b *enrolment.Block) error {
	if _, err := k.t.counter("ticket.blocks", 1); err != nil {
		return err
	}
	_, err := k.t.exec(`
		INSERT INTO ticket_block (org, `+blockColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, k.t.org, b.ID, b.Desk, b.District, b.Year, b.From, b.To, b.Next, b.Version)
	if taken(err) {
		return ErrChanged
	}
	return err
}

// UpdateBlock keeps how far a block is used up. before is its version before: several numbers may
// have been stepped over.
func (k Tickets) UpdateBlock(b *enrolment.Block, before int) error {
	return k.t.changed(`
		UPDATE ticket_block
		SET next_seq = ?, version = ?
		WHERE org = ? AND id = ? AND version = ?`, b.Next, b.Version, k.t.org, b.ID, before)
}

// Blocks lists all blocks, in the order of their numbers.
func (k Tickets) Blocks() (list []enrolment.Block, err error) {
	err = k.t.rows(`
		SELECT `+blockColumns+`
		FROM ticket_block
		WHERE org = ?
		ORDER BY district, year, from_seq`, []any{k.t.org}, func(scan func(...any) error) error {
		var b enrolment.Block
		err := scan(&b.ID, &b.Desk, &b.District, &b.Year, &b.From, &b.To, &b.Next, &b.Version)
		list = append(list, b)
		return err
	})
	return list, err
}

// PutMark keeps a mark under its number; the same course on the same day is the same mark.
func (k Tickets) PutMark(m enrolment.Mark) error {
	_, err := k.t.exec(`
		INSERT INTO ticket_mark (org, ticket, course, name, tenths, passed, sat_on, exempt)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (org, ticket, course, sat_on) DO UPDATE SET name = excluded.name, tenths = excluded.tenths, passed = excluded.passed, exempt = excluded.exempt`,
		k.t.org, m.Ticket, m.Course, m.CourseName, m.Tenths, bit(m.Passed), int(m.SatOn), bit(m.Exempt))
	return err
}

// Marks lists the marks under a number, by course.
func (k Tickets) Marks(number string) (list []enrolment.Mark, err error) {
	err = k.t.rows(`
		SELECT course, name, tenths, passed, sat_on, exempt
		FROM ticket_mark
		WHERE org = ? AND ticket = ?
		ORDER BY course, sat_on`, []any{k.t.org, number}, func(scan func(...any) error) error {
		m := enrolment.Mark{Ticket: number}
		var passed, exempt int
		err := scan(&m.Course, &m.CourseName, &m.Tenths, &passed, &m.SatOn, &exempt)
		m.Passed, m.Exempt = passed == 1, exempt == 1
		list = append(list, m)
		return err
	})
	return list, err
}

// ReplaceMarks puts these marks under a number in the place of those that are there.
func (k Tickets) ReplaceMarks(number string, marks []enrolment.Mark) error {
	if _, err := k.t.exec(`DELETE FROM ticket_mark WHERE org = ? AND ticket = ?`, k.t.org, number); err != nil {
		return err
	}
	for _, m := range marks {
		m.Ticket = number
		if err := k.PutMark(m); err != nil {
			return err
		}
	}
	return nil
}

// PutMerge keeps a proposal to merge, or where it stands now; what it shows is sealed.
func (k Tickets) PutMerge(m *enrolment.Merge) error {
	plain, err := json.Marshal(m)
	if err != nil {
		return err
	}
	sealed, err := k.t.vault.seal("ticket_merge", m.ID, plain)
	if err != nil {
		return err
	}
	if m.Version > 1 {
		return k.t.changed(`
			UPDATE ticket_merge
			SET state = ?, sealed = ?, version = ?
			WHERE org = ? AND id = ? AND version = ?`, string(m.State), sealed, m.Version, k.t.org, m.ID, m.Version-1)
	}
	if err := k.t.Alone(m.Person); err != nil {
		return err
	}
	_, err = k.t.exec(`
		INSERT INTO ticket_merge (org, id, person, state, sealed, version)
		VALUES (?, ?, ?, ?, ?, ?)`, k.t.org, m.ID, string(m.Person), string(m.State), sealed, m.Version)
	return err
}

// Merges lists a person's merges, newest first.
func (k Tickets) Merges(p id.Person) ([]enrolment.Merge, error) {
	return k.merges(`person = ? ORDER BY id DESC`, string(p))
}

// Proposed lists the merges that wait to be approved, oldest first.
func (k Tickets) Proposed(limit int) ([]enrolment.Merge, error) {
	return k.merges(`state = 'proposed' ORDER BY id LIMIT ?`, limit)
}

// Merge finds a merge by id.
func (k Tickets) Merge(m id.Merge) (enrolment.Merge, error) {
	list, err := k.merges(`id = ?`, string(m))
	if err == nil && len(list) == 0 {
		err = ErrMissing
	}
	if err != nil {
		return enrolment.Merge{}, err
	}
	return list[0], nil
}

func (k Tickets) merges(where string, arg any) (list []enrolment.Merge, err error) {
	err = k.t.rows(`
		SELECT id, sealed
		FROM ticket_merge
		WHERE org = ? AND `+where, []any{k.t.org, arg}, func(scan func(...any) error) error {
		var key string
		var sealed []byte
		if err := scan(&key, &sealed); err != nil {
			return err
		}
		plain, err := k.t.vault.open("ticket_merge", key, sealed)
		if err != nil {
			return err
		}
		var m enrolment.Merge
		if err := json.Unmarshal(plain, &m); err != nil {
			return ErrDamaged.Because(err)
		}
		list = append(list, m)
		return nil
	})
	return list, err
}

// Materials is the shelf for what applicants hand in, and for their earlier education.
type Materials struct{ t *Tx }

const materialColumns = `id, kind, picture, source, sealed, expires, seen_by, seen_at, machine`

// Kept is a material with the id it is kept under.
type Kept struct {
	ID string
	enrolment.Material
}

// Put keeps a material, or its changes; its verification code is sealed.
func (m Materials) Put(p id.Person, k *Kept) error {
	if k.ID == "" {
		k.ID = id.New[string]()
	}
	sealed, err := m.t.vault.seal("material", k.ID, []byte(k.Code))
	if err != nil {
		return err
	}
	_, err = m.t.exec(`
		INSERT INTO material (org, person, `+materialColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (org, id) DO UPDATE SET source = excluded.source, sealed = excluded.sealed, expires = excluded.expires,
			seen_by = excluded.seen_by, seen_at = excluded.seen_at, machine = excluded.machine`,
		m.t.org, string(p), k.ID, k.Kind, string(k.Picture), string(k.Source), sealed, int(k.Expires), string(k.SeenBy), ms(k.SeenAt), k.Machine)
	return err
}

// Of lists what a person handed in, the latest first.
func (m Materials) Of(p id.Person) (list []Kept, err error) {
	err = m.t.rows(`
		SELECT `+materialColumns+`
		FROM material
		WHERE org = ? AND person = ?
		ORDER BY id DESC`, []any{m.t.org, string(p)}, func(scan func(...any) error) error {
		var k Kept
		var sealed []byte
		var seen int64
		if err := scan(&k.ID, &k.Kind, &k.Picture, &k.Source, &sealed, &k.Expires, &k.SeenBy, &seen, &k.Machine); err != nil {
			return err
		}
		code, err := m.t.vault.open("material", k.ID, sealed)
		k.Code, k.SeenAt = string(code), moment(seen)
		list = append(list, k)
		return err
	})
	return list, err
}

// PutEducation keeps a person's earlier education, sealed; e.Version is the version after the
// change.
func (m Materials) PutEducation(p id.Person, e *enrolment.Education) error {
	plain, err := json.Marshal(e)
	if err != nil {
		return err
	}
	sealed, err := m.t.vault.seal("education", string(p), plain)
	if err != nil {
		return err
	}
	if e.Version > 1 {
		return m.t.changed(`UPDATE education SET sealed = ?, version = ? WHERE org = ? AND person = ? AND version = ?`,
			sealed, e.Version, m.t.org, string(p), e.Version-1)
	}
	if err := m.t.Alone(p); err != nil {
		return err
	}
	_, err = m.t.exec(`INSERT INTO education (org, person, sealed, version) VALUES (?, ?, ?, ?)`, m.t.org, string(p), sealed, e.Version)
	return err
}

// Education is a person's earlier education; found is false if they gave none.
func (m Materials) Education(p id.Person) (e enrolment.Education, found bool, err error) {
	var sealed []byte
	err = m.t.row(ErrMissing, `SELECT sealed FROM education WHERE org = ? AND person = ?`, []any{m.t.org, string(p)}, &sealed)
	if errors.Is(err, ErrMissing) {
		return e, false, nil
	}
	if err != nil {
		return e, false, err
	}
	plain, err := m.t.vault.open("education", string(p), sealed)
	if err != nil {
		return e, false, err
	}
	if err := json.Unmarshal(plain, &e); err != nil {
		return e, false, ErrDamaged.Because(err)
	}
	return e, true, nil
}
