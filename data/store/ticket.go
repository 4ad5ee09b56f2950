package store

import (
	"encoding/json"
	"errors"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
)

// Tickets is the shelf for ticket numbers, their blocks, and the marks under them.
type Tickets struct{ t *Tx }

var ticketRows = newTable(RowKind{Table: "ticket", Whose: ofPerson, OnDelete: StaysBare, Time: "person", Export: "tickets", Why: "the number is never given out again (H-18)",
	Empties: []Emptied{{"person", ""}, {"state", string(enrolment.TicketVoid)}}}, 1,
	text("number", func(t *enrolment.Ticket) *string { return &t.Number }),
	text("district", func(t *enrolment.Ticket) *string { return &t.District }),
	text("person", func(t *enrolment.Ticket) *id.Person { return &t.Person }),
	text("programme", func(t *enrolment.Ticket) *string { return &t.Programme }),
	text("state", func(t *enrolment.Ticket) *enrolment.TicketState { return &t.State }),
	instant("issued_at", func(t *enrolment.Ticket) *time.Time { return &t.IssuedAt }),
	text("source", func(t *enrolment.Ticket) *enrolment.TicketSource { return &t.Source }),
	text("by_login", func(t *enrolment.Ticket) *id.Login { return &t.By }),
	text("machine", func(t *enrolment.Ticket) *string { return &t.Machine }),
	text("merged_into", func(t *enrolment.Ticket) *string { return &t.MergedInto }),
	whole("version", func(t *enrolment.Ticket) *int { return &t.Version }),
)

// Add keeps a ticket number; one that stands on any ticket already is refused, void or not.
func (k Tickets) Add(t *enrolment.Ticket) error {
	if err := k.t.Alone(t.Person); err != nil {
		return err
	}
	err := ticketRows.add(k.t, t)
	if taken(err) {
		return enrolment.ErrTicketUsed
	}
	return err
}

// Update keeps where a ticket stands; t.Version is the version after the change.
func (k Tickets) Update(t *enrolment.Ticket) error { return ticketRows.update(k.t, t) }

// DropClaim takes away a number that was only claimed.
func (k Tickets) DropClaim(t *enrolment.Ticket) error {
	there, err := k.Get(t.Number)
	if err != nil || there.State != enrolment.TicketClaimed {
		return errors.Join(ErrChanged, err)
	}
	return ticketRows.remove(k.t, t)
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
	return ticketRows.rows(k.t, where, args...)
}

var blockRows = newTable(RowKind{Table: "ticket_block", OnDelete: Nobodys, Why: "numbers of a desk"}, 1,
	text("id", func(b *enrolment.Block) *string { return &b.ID }),
	text("desk", func(b *enrolment.Block) *string { return &b.Desk }),
	text("district", func(b *enrolment.Block) *string { return &b.District }),
	whole("year", func(b *enrolment.Block) *int { return &b.Year }),
	whole("from_seq", func(b *enrolment.Block) *int { return &b.From }),
	whole("to_seq", func(b *enrolment.Block) *int { return &b.To }),
	whole("next_seq", func(b *enrolment.Block) *int { return &b.Next }),
	whole("version", func(b *enrolment.Block) *int { return &b.Version }),
)

// AddBlock keeps a block of sequence numbers handed to a desk. Whoever hands out blocks touches the
// same row: of two who looked at the same blocks the second looks again.
func (k Tickets) AddBlock(b *enrolment.Block) error {
	if _, err := k.t.counter(blockCount, 1); err != nil {
		return err
	}
	err := blockRows.add(k.t, b)
	if taken(err) {
		return ErrChanged
	}
	return err
}

// UpdateBlock keeps how far a block is used up. before is its version before: several numbers may
// have been stepped over.
func (k Tickets) UpdateBlock(b *enrolment.Block, before int) error {
	cells := make([]cell, len(blockRows.cols))
	if err := blockRows.cells(k.t, b, cells); err != nil {
		return err
	}
	return blockRows.updateCells(k.t, cells, int64(before))
}

// Blocks lists all blocks, in the order of their numbers.
func (k Tickets) Blocks() (list []enrolment.Block, err error) {
	return blockRows.rows(k.t, `id > '' ORDER BY district, year, from_seq`)
}

var markRows = newTable(RowKind{Table: "ticket_mark", OnDelete: Goes, Time: "person", Export: "marks",
	Whose: `ticket IN (SELECT t.number FROM ticket t WHERE t.org = ticket_mark.org AND t.person = ?)`}, 3,
	text("ticket", func(m *enrolment.Mark) *string { return &m.Ticket }),
	text("course", func(m *enrolment.Mark) *string { return &m.Course }),
	whole("sat_on", func(m *enrolment.Mark) *day.Date { return &m.SatOn }),
	text("name", func(m *enrolment.Mark) *string { return &m.CourseName }),
	whole("tenths", func(m *enrolment.Mark) *int { return &m.Tenths }),
	flag("passed", func(m *enrolment.Mark) *bool { return &m.Passed }),
	flag("exempt", func(m *enrolment.Mark) *bool { return &m.Exempt }),
)

// PutMark keeps a mark under its number; the same course on the same day is the same mark.
func (k Tickets) PutMark(m enrolment.Mark) error { return markRows.put(k.t, &m) }

// Marks lists the marks under a number, by course.
func (k Tickets) Marks(number string) (list []enrolment.Mark, err error) {
	return markRows.rows(k.t, `ticket = ? ORDER BY course, sat_on`, number)
}

// ReplaceMarks puts these marks under a number in the place of those that are there.
func (k Tickets) ReplaceMarks(number string, marks []enrolment.Mark) error {
	if _, err := markRows.removeWhere(k.t, `x.ticket = ?`, number); err != nil {
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

var mergeRows = newTable(RowKind{Table: "ticket_merge", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "merges"}, 1,
	text("id", func(m *enrolment.Merge) *string { return &m.ID }),
	text("person", func(m *enrolment.Merge) *id.Person { return &m.Person }),
	text("state", func(m *enrolment.Merge) *enrolment.MergeState { return &m.State }),
	column[enrolment.Merge]{columnInfo{name: "sealed", class: octets}, sealMerge, openMerge},
	whole("version", func(m *enrolment.Merge) *int { return &m.Version }),
)

func sealMerge(t *Tx, m *enrolment.Merge, c *cell) error {
	plain, err := json.Marshal(m)
	if err != nil {
		return err
	}
	c.b, err = t.vault.seal("ticket_merge", m.ID, plain)
	return err
}

func openMerge(t *Tx, m *enrolment.Merge, c *cell) error {
	plain, err := t.vault.open("ticket_merge", m.ID, c.b)
	if err != nil {
		return err
	}
	return fromJSON(plain, m)
}

// PutMerge keeps a proposal to merge, or where it stands now; what it shows is sealed.
func (k Tickets) PutMerge(m *enrolment.Merge) error {
	if m.Version > 1 {
		return mergeRows.update(k.t, m)
	}
	if err := k.t.Alone(m.Person); err != nil {
		return err
	}
	return mergeRows.add(k.t, m)
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
	return mergeRows.one(k.t, ErrMissing, `id = ?`, string(m))
}

func (k Tickets) merges(where string, arg any) (list []enrolment.Merge, err error) {
	return mergeRows.rows(k.t, where, arg)
}

// Materials is the shelf for what applicants hand in, and for their earlier education.
type Materials struct{ t *Tx }

// Kept is a material with the id it is kept under.
type Kept struct {
	ID string
	enrolment.Material
}

// keptMaterial is a material with whose it is.
type keptMaterial struct {
	Kept
	person id.Person
}

// materialRows: the code by which a material can be verified is sealed.
var materialRows = newTable(RowKind{Table: "material", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "materials"}, 1,
	text("id", func(m *keptMaterial) *string { return &m.ID }),
	text("person", func(m *keptMaterial) *id.Person { return &m.person }),
	text("kind", func(m *keptMaterial) *string { return &m.Kind }),
	text("picture", func(m *keptMaterial) *id.Picture { return &m.Picture }),
	text("source", func(m *keptMaterial) *enrolment.MaterialSource { return &m.Source }),
	secretText("material", "sealed", func(m *keptMaterial) string { return m.ID }, func(m *keptMaterial) *string { return &m.Code }),
	whole("expires", func(m *keptMaterial) *day.Date { return &m.Expires }),
	text("seen_by", func(m *keptMaterial) *id.Login { return &m.SeenBy }),
	instant("seen_at", func(m *keptMaterial) *time.Time { return &m.SeenAt }),
	text("machine", func(m *keptMaterial) *string { return &m.Machine }),
)

// Put keeps a material, or its changes.
func (m Materials) Put(p id.Person, k *Kept) error {
	if k.ID == "" {
		k.ID = id.New[string]()
	}
	return materialRows.put(m.t, &keptMaterial{*k, p})
}

// Of lists what a person handed in, the latest first.
func (m Materials) Of(p id.Person) (list []Kept, err error) {
	err = materialRows.each(m.t, `person = ? ORDER BY id DESC`, []any{string(p)}, func(k *keptMaterial) error {
		list = append(list, k.Kept)
		return nil
	})
	return list, err
}

// ownEducation is somebody's earlier education.
type ownEducation struct {
	enrolment.Education
	person id.Person
}

var educationRows = newTable(RowKind{Table: "education", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "education"}, 1,
	text("person", func(e *ownEducation) *id.Person { return &e.person }),
	secretJSON("education", "sealed", func(e *ownEducation) string { return string(e.person) }, func(e *ownEducation) *enrolment.Education { return &e.Education }),
	whole("version", func(e *ownEducation) *int { return &e.Version }),
)

// PutEducation keeps a person's earlier education, sealed; e.Version is the version after the
// change.
func (m Materials) PutEducation(p id.Person, e *enrolment.Education) error {
	own := &ownEducation{*e, p}
	if e.Version > 1 {
		return educationRows.update(m.t, own)
	}
	if err := m.t.Alone(p); err != nil {
		return err
	}
	return educationRows.add(m.t, own)
}

// Education is a person's earlier education; found is false if they gave none.
func (m Materials) Education(p id.Person) (e enrolment.Education, found bool, err error) {
	own, found, err := educationRows.find(m.t, `person = ?`, string(p))
	return own.Education, found, err
}
