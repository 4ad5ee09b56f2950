package store

import (
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
	Empties  string // of rows that stay bare: what is emptied
	Time     string // the figure of the pack's retention_months that says how long it is kept (P-02)
	Export   string // where it stands in what a person gets of themselves (P-05)
	Why      string // why nobody's, why it stays, or how it goes if not by itself
}

// wordsOfNames is the table of what names are found by. No index finds its rows by their person, and
// they say nothing beyond the name: they are taken away word by word.
const wordsOfNames = "person_term"

// ofPerson chooses the rows of most kinds.
const ofPerson = `person = ?`

// rowKinds is what is kept, of whom, for how long, and what deleting somebody does to it, in the
// order in which they go: what leans on another kind stands before it.
//
// A deleted person asks for what they had to be forgotten (P-05). Left are only: what a certificate
// says and how often it was printed, so that it can still be verified and revoked; what was paid,
// for the books; the figures of a row of a published list, without whose they are; a ticket number, so that nobody else gets it; a kiosk's result by its id, so that it
// is not taken in twice; and the trail, which holds ids alone.
var rowKinds = []RowKind{
	{Table: wordsOfNames, Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "person", Why: "words of the name, taken away one by one"},
	{Table: "person_key", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "pictures", Why: "with it no picture can be opened any more, in backups neither (P-03)"},
	{Table: "picture", Whose: ofPerson, OnDelete: Goes, Time: "pictures", Export: "pictures"},
	{Table: "consent", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "consents"},
	{Table: "notice_reading", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "notices_read"},
	{Table: "decision", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "confirmation"},
	{Table: "confirm_try", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "tries"},
	{Table: "change_request", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "changes"},
	{Table: "former_value", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "former_values"},
	{Table: "binding", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "units"},
	{Table: "booking", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "bookings", Why: "its place is free again"},
	{Table: "material", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "materials"},
	{Table: "education", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "education"},
	{Table: "ticket_merge", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "merges"},
	{Table: "ticket_mark", Whose: `ticket IN (SELECT t.number FROM ticket t WHERE t.org = ticket_mark.org AND t.person = ?)`, OnDelete: Goes, Time: "person", Export: "marks"},
	{Table: "ticket", Whose: ofPerson, OnDelete: StaysBare, Empties: `person = '', state = 'void', version = version + 1`, Time: "person", Export: "tickets", Why: "the number is never given out again (H-18)"},
	{Table: "attendance", Whose: ofPerson, OnDelete: Goes, Time: "hours", Export: "attendance"},
	{Table: "pass_row", Whose: ofPerson, OnDelete: StaysBare, Empties: `sealed = '', person = '', enrolment = '', records = '[]'`, Time: "hours", Export: "pass_lists", Why: "what was published keeps its rows and figures, not who they were (G-21)"},
	{Table: "hour_record", Whose: ofPerson, OnDelete: Goes, Time: "hours", Export: "hours"},
	{Table: "hour_record_was", Whose: ofPerson, OnDelete: Goes, Time: "hours", Export: "hours_before"},
	{Table: "enrolment", Whose: ofPerson, OnDelete: Goes, Time: "hours", Export: "enrolments"},
	{Table: "kiosk_result", Whose: ofPerson, OnDelete: StaysBare, Empties: `person = ''`, Time: "person", Export: "kiosk_results", Why: "so that the same result is not taken in again"},
	{Table: "login", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "logins"},
	{Table: "payment", Whose: ofPerson, OnDelete: Stays, Time: "payments", Export: "payments", Why: "the books (G-19)"},
	{Table: "invoice", Whose: ofPerson, OnDelete: Stays, Time: "payments", Export: "payments", Why: "the books (G-19)"},
	{Table: "certificate_copy", Whose: `certificate IN (SELECT c.id FROM certificate c WHERE c.org = certificate_copy.org AND c.person = ?)`, OnDelete: StaysBare, Empties: `collector = ''`, Time: "certificates", Export: "certificates", Why: "how often it was printed; who collected it is emptied"},
	{Table: "certificate_doubt", Whose: `certificate IN (SELECT c.id FROM certificate c WHERE c.org = certificate_doubt.org AND c.person = ?)`, OnDelete: Stays, Time: "certificates", Export: "certificates", Why: "that it is to be revoked"},
	{Table: "certificate", Whose: ofPerson, OnDelete: Stays, Time: "certificates", Export: "certificates", Why: "what was issued can be verified and revoked"},
	{Table: "audit_line", Whose: ofPerson, OnDelete: Stays, Time: "audit", Export: "history", Why: "ids only, in a chain (P-04)"},
	{Table: "person", Whose: `id = ?`, OnDelete: Goes, Time: "person", Export: "person"},

	{Table: "setting", OnDelete: Nobodys, Why: "the institution's"},
	{Table: "wrapped_key", OnDelete: Nobodys, Why: "the store's own keys"},
	{Table: "unit", OnDelete: Nobodys, Why: "an employer, with whom to ask there"},
	{Table: "unit_reading", OnDelete: Nobodys, Why: "an employer's"},
	{Table: "course", OnDelete: Nobodys, Why: "what can be studied"},
	{Table: "class", OnDelete: Nobodys, Why: "one running of a course"},
	{Table: "counter", OnDelete: Nobodys, Why: "figures that only grow"},
	{Table: "revoked_paper", OnDelete: Nobodys, Why: "a paper's number and digest: the store does not know whose it is"},
	{Table: "own_key", OnDelete: Nobodys, Why: "the institution's"},
	{Table: "trusted_key", OnDelete: Nobodys, Why: "other institutions'"},
	{Table: "revocation_list", OnDelete: Nobodys, Why: "other institutions', as signed"},
	{Table: "pack", OnDelete: Nobodys, Why: "the rules"},
	{Table: "audit_cut", OnDelete: Nobodys, Why: "where the trail begins, once its oldest lines went"},
	{Table: "venue", OnDelete: Nobodys, Why: "a place"},
	{Table: "pass_list", OnDelete: Nobodys, Why: "when a month's list was published"},
	{Table: "slot", OnDelete: Nobodys, Why: "a stretch of a day"},
	{Table: "ticket_block", OnDelete: Nobodys, Why: "numbers of a desk"},
	{Table: "kiosk", OnDelete: Nobodys, Why: "a machine"},
	{Table: "kiosk_day", OnDelete: Nobodys, Why: "how many cases went to a machine"},
	{Table: "calendar_notice", OnDelete: Nobodys, Why: "the State Council's holidays"},
	{Table: "face_weights", OnDelete: Nobodys, Why: "the institution's"},
}

// RowKinds lists every kind of row there is.
func RowKinds() []RowKind { return append([]RowKind(nil), rowKinds...) }

// KindCount is how many rows of a kind are a person's.
type KindCount struct {
	RowKind
	N int
}

// Rows counts what is kept of a person, by kind; kinds of which there is nothing are left out.
func (p People) Rows(who id.Person) (list []KindCount, err error) {
	for _, k := range rowKinds {
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
	if _, err := p.t.exec(`DELETE FROM ticket WHERE org = ? AND person = ? AND state = 'claimed'`, p.t.org, string(who)); err != nil {
		return err
	}
	for _, k := range rowKinds {
		q := k.deletion()
		if q == "" {
			continue
		}
		if _, err := p.t.exec(q, p.t.org, string(who)); err != nil {
			return err
		}
	}
	return nil
}

// deletion is the statement by which a person's rows of this kind go, or are emptied; none for what
// stays or is nobody's.
func (k RowKind) deletion() string {
	switch {
	case k.Table == wordsOfNames:
		return ""
	case k.OnDelete == Goes:
		return `DELETE FROM ` + k.Table + ` WHERE org = ? AND ` + k.Whose
	case k.OnDelete == StaysBare:
		return `UPDATE ` + k.Table + ` SET ` + k.Empties + ` WHERE org = ? AND ` + k.Whose
	}
	return ""
}
