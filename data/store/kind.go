package store

import (
	"slices"
	"strings"

	"xuezheng/data/id"
)

// Fate is what deleting a person does to a kind of row; worded as "person.fate.<code>".
type Fate string

// The fates.
const (
	Nobodys   Fate = "nobodys"    // no such row is about one person
	Goes      Fate = "goes"       // at once
	StaysBare Fate = "stays-bare" // without what belongs to the person
	Stays     Fate = "stays"      // as it is, until its time is over
)

// RowKind is one kind of row, and what becomes of it. Every table of the store is one: a test walks
// the schema, and names the table that was forgotten.
type RowKind struct {
	Table    string
	Whose    string // which rows are a person's, with ? for the person; empty if nobody's
	OnDelete Fate
	Empties  []Emptied // of rows that stay bare: what is emptied, and with what
	Time     string    // the figure of the pack's retention_months that says how long it is kept (P-02)
	Export   string    // where it stands in what a person gets of themselves (P-05)
	Why      string    // why nobody's, why it stays, or how it goes if not by itself
}

// wordsOfNames is the table of what names are found by. No index finds its rows by their person, and
// they say nothing beyond the name: they are taken away word by word.
const wordsOfNames = "person_term"

// ofPerson chooses the rows of most kinds.
const ofPerson = `person = ?`

// Emptied is a column that is emptied, and what it says then.
type Emptied struct{ Column, With string }

// tables are all there are, in the order in which a deleted person's rows go: what leans on another
// kind stands before it.
//
// A deleted person asks for what they had to be forgotten (P-05). Left are only: what a certificate
// says and how often it was printed, so that it can still be verified and revoked; what was paid,
// for the books; the figures of a row of a published list, without whose they are; a ticket number,
// so that nobody else gets it; a kiosk's result by its id, so that it is not taken in twice; and the
// trail, which holds ids alone.
var tables = []anyTable{
	termRows, sharedFaces, vectorRows, personKeys, pictureRows, consentRows, readingRows, decisionRows, tryRows, requestRows, formerValues, bindingRows, bookingRows,
	materialRows, educationRows, mergeRows, markRows, ticketRows, attendanceRows, passRows, hourRecords, formerRecords, enrolmentRows,
	kioskResults, loginRows, paymentRows, invoiceRows, copyRows, doubtRows, certificateRows, auditLines, personRows,

	settingRows, wrappedKeys, unitRows, unitReadings, courseRows, classRows, counterRows, ownKeys, trustedKeys, revocationLists, packRows,
	revokedPapers, trailHeads, toldRows, cutRows, venueRows, passLists, slotRows, blockRows, kioskRows, kioskDays, noticeRows, weightsRows,
}

// RowKinds lists every kind of row there is.
func RowKinds() []RowKind {
	list := make([]RowKind, len(tables))
	for i, d := range tables {
		list[i] = d.info().RowKind
	}
	return list
}

// KindCount is how many rows of a kind are a person's.
type KindCount struct {
	RowKind
	N int
}

// Rows counts what is kept of a person, by kind; kinds of which there is nothing are left out.
func (p People) Rows(who id.Person) (list []KindCount, err error) {
	for _, k := range RowKinds() {
		if k.Whose == "" || k.Table == wordsOfNames {
			continue
		}
		n := 0
		if err := p.t.row(nil, `SELECT COUNT(*) FROM `+k.Table+` WHERE org = ? AND `+k.Whose, []any{p.t.org, string(who)}, &n); err != nil {
			return nil, err
		}
		if n > 0 {
			list = append(list, KindCount{k, n})
		}
	}
	return list, nil
}

// Delete forgets a person, as rowKinds says: with their key every picture of theirs is lost for
// good (P-03), and what has to stay holds nothing of theirs that it can
// do without.
func (p People) Delete(who id.Person) error {
	w, err := p.Get(who)
	if err != nil {
		return err
	}
	if err := p.forgetTerms(w); err != nil {
		return err
	}
	// what was only claimed of a ticket number is nobody's then
	if _, err := ticketRows.removeWhere(p.t, `x.person = ? AND x.state = 'claimed'`, string(who)); err != nil {
		return err
	}
	for _, d := range tables {
		if err := d.info().forget(p.t, who); err != nil {
			return err
		}
	}
	return nil
}

// forget takes away the rows that are a person's, or empties them; what stays or is nobody's is left.
func (d *tableInfo) forget(t *Tx, who id.Person) error {
	switch {
	case d.Table == wordsOfNames:
		return nil
	case d.OnDelete == Goes:
		_, err := d.removeWhere(t, d.whose("x"), string(who))
		return err
	case d.OnDelete == StaysBare:
		return d.empty(t, who)
	}
	return nil
}

// whose is the condition that chooses a person's rows of the table by that name in a statement.
func (d *tableInfo) whose(alias string) string {
	if strings.Contains(d.Whose, d.Table+".") {
		return alias + "." + strings.ReplaceAll(d.Whose, d.Table+".", alias+".")
	}
	return alias + "." + d.Whose
}

// empty empties what belongs to a person in rows that stay.
func (d *tableInfo) empty(t *Tx, who id.Person) error {
	var rows [][]cell
	err := d.scanCells(t, `FROM `+d.Table+` AS x WHERE x.org = ? AND `+d.whose("x"), "x", []any{t.org, string(who)}, nil, func(cells []cell, seal []byte) error {
		if err := t.check(d, cells, seal); err != nil {
			return err
		}
		rows = append(rows, slices.Clone(cells))
		return nil
	})
	if err != nil {
		return err
	}
	for _, cells := range rows {
		before := int64(0)
		if d.version >= 0 {
			before = cells[d.version].n
			cells[d.version].n++
		}
		for _, e := range d.Empties {
			i := slices.IndexFunc(d.columns, func(c columnInfo) bool { return c.name == e.Column })
			if cells[i] = (cell{s: e.With}); d.columns[i].class == octets {
				cells[i] = cell{b: []byte{}}
			}
		}
		if err := d.updateCells(t, cells, before); err != nil {
			return err
		}
	}
	return nil
}
