package store

import (
	"errors"
	"time"

	"xuezheng/data/certificate"
	"xuezheng/data/id"
)

// Certificates is the shelf for issued certificates and their copies.
type Certificates struct{ t *Tx }

// Stored is a certificate as it is kept: the signed document says everything, for ever.
type Stored struct {
	ID        id.Certificate
	Number    string
	Enrolment id.Enrolment
	Person    id.Person
	IssuedAt  time.Time
	IssuedBy  id.Login
	Picture   id.Picture // the photo printed
	Document  []byte
	QR        string
	RevokedAt time.Time
	RevokedBy id.Login
	Reason    string
	Note      string
	DoubtedAt time.Time // since when it is to be revoked, for an hour that was withdrawn
}

// doubtedAt is when the first hour under a certificate was withdrawn; 0 for none.
const doubtedAt = `(SELECT COALESCE(MIN(d.at), 0) FROM certificate_doubt d WHERE d.org = certificate.org AND d.certificate = certificate.id)`

var certificateRows = newTable(RowKind{Table: "certificate", Whose: ofPerson, OnDelete: Stays, Time: "certificates", Export: "certificates", Why: "what was issued can be verified and revoked"}, 1,
	text("id", func(s *Stored) *id.Certificate { return &s.ID }),
	text("number", func(s *Stored) *string { return &s.Number }),
	text("enrolment", func(s *Stored) *id.Enrolment { return &s.Enrolment }),
	text("person", func(s *Stored) *id.Person { return &s.Person }),
	instant("issued_at", func(s *Stored) *time.Time { return &s.IssuedAt }),
	text("issued_by", func(s *Stored) *id.Login { return &s.IssuedBy }),
	text("picture", func(s *Stored) *id.Picture { return &s.Picture }),
	blob("document", func(s *Stored) *[]byte { return &s.Document }),
	text("qr", func(s *Stored) *string { return &s.QR }),
	instant("revoked_at", func(s *Stored) *time.Time { return &s.RevokedAt }),
	text("revoked_by", func(s *Stored) *id.Login { return &s.RevokedBy }),
	text("reason", func(s *Stored) *string { return &s.Reason }),
	text("note", func(s *Stored) *string { return &s.Note }),
	toldAt(doubtedAt, func(s *Stored) *time.Time { return &s.DoubtedAt }),
)

// Next draws the next certificate number of a year; none is ever drawn twice. Where the count of a year
// of which certificates were issued is not there, it is ErrRow.
func (c Certificates) Next(series string) (int64, error) {
	if err := c.counted(series); err != nil {
		return 0, err
	}
	return c.t.number(certificateSeries + series)
}

// Add keeps an issued certificate.
func (c Certificates) Add(s *Stored) error {
	return certificateRows.add(c.t, s)
}

// Get finds a certificate by its id.
func (c Certificates) Get(of id.Certificate) (Stored, bool, error) {
	return certificateRows.find(c.t, `id = ?`, string(of))
}

// ByNumber finds a certificate by its number.
func (c Certificates) ByNumber(number string) (Stored, error) {
	list, err := c.list(`number = ?`, number)
	if err == nil && len(list) == 0 {
		return Stored{}, ErrNoCertificate
	}
	if err != nil {
		return Stored{}, err
	}
	return list[0], nil
}

// Of lists the certificates of a person, newest first.
func (c Certificates) Of(p id.Person) ([]Stored, error) {
	return c.list(`person = ? ORDER BY issued_at DESC, id DESC`, string(p))
}

// OfEnrolment lists the certificates of an enrolment, newest first.
func (c Certificates) OfEnrolment(e id.Enrolment) ([]Stored, error) {
	return c.list(`enrolment = ? ORDER BY issued_at DESC, id DESC`, string(e))
}

// Recent lists the certificates issued last.
func (c Certificates) Recent(limit int) ([]Stored, error) {
	return c.list(`issued_at >= 0 ORDER BY issued_at DESC, id DESC LIMIT ?`, limit)
}

// Revoked lists every revoked certificate, the first revoked first.
func (c Certificates) Revoked() ([]Stored, error) {
	return c.list(`revoked_at > ? ORDER BY revoked_at, id`, 0)
}

func (c Certificates) list(where string, arg any) (list []Stored, err error) {
	return certificateRows.rows(c.t, where, arg)
}

// doubt is that a certificate rests on a record that was withdrawn.
type doubt struct {
	certificate id.Certificate
	record      id.Record
	at          time.Time
	by          id.Login
	reason      string
}

var doubtRows = newTable(RowKind{Table: "certificate_doubt", OnDelete: Stays, Time: "certificates", Export: "certificates", Why: "that it is to be revoked",
	Whose: `certificate IN (SELECT c.id FROM certificate c WHERE c.org = certificate_doubt.org AND c.person = ?)`}, 2,
	text("certificate", func(d *doubt) *id.Certificate { return &d.certificate }),
	text("record", func(d *doubt) *id.Record { return &d.record }),
	instant("at", func(d *doubt) *time.Time { return &d.at }),
	text("by_login", func(d *doubt) *id.Login { return &d.by }),
	text("reason", func(d *doubt) *string { return &d.reason }),
).of("certificate")

// Doubt keeps that a certificate rests on a record that was withdrawn.
func (c Certificates) Doubt(of id.Certificate, r id.Record, reason string, by Hand) error {
	_, err := doubtRows.addNew(c.t, &doubt{of, r, by.At, by.By, reason})
	return err
}

// Undoubt takes back what Doubt kept of a record.
func (c Certificates) Undoubt(r id.Record) error {
	_, err := doubtRows.removeWhere(c.t, `x.record = ?`, string(r))
	return err
}

// Doubted lists the certificates that are to be revoked and still stand, the first doubted in front.
func (c Certificates) Doubted() ([]Stored, error) {
	return c.list(`revoked_at = ? AND id IN (SELECT certificate FROM certificate_doubt WHERE certificate_doubt.org = certificate.org) ORDER BY `+doubtedAt+`, id`, 0)
}

// Revoke keeps that a certificate no longer stands; one that was revoked before stays as it was.
func (c Certificates) Revoke(s *Stored) error {
	there, err := certificateRows.one(c.t, ErrChanged, `id = ?`, string(s.ID))
	if err != nil || !there.RevokedAt.IsZero() {
		return errors.Join(err, ErrChanged)
	}
	return certificateRows.replace(c.t, s)
}

// copyRows: who collected a copy is sealed, and emptied once its holder was deleted.
var copyRows = newTable(RowKind{Table: "certificate_copy", OnDelete: StaysBare, Empties: []Emptied{{"collector", ""}}, Time: "certificates", Export: "certificates", Why: "how often it was printed; who collected it is emptied",
	Whose: `certificate IN (SELECT c.id FROM certificate c WHERE c.org = certificate_copy.org AND c.person = ?)`}, 2,
	text("certificate", func(k *certificate.Copy) *id.Certificate { return &k.Certificate }),
	whole("copy", func(k *certificate.Copy) *int { return &k.Number }),
	instant("drawn_at", func(k *certificate.Copy) *time.Time { return &k.DrawnAt }),
	text("drawn_by", func(k *certificate.Copy) *id.Login { return &k.DrawnBy }),
	instant("spoiled_at", func(k *certificate.Copy) *time.Time { return &k.SpoiledAt }),
	text("spoiled_why", func(k *certificate.Copy) *string { return &k.SpoiledWhy }),
	instant("handed_at", func(k *certificate.Copy) *time.Time { return &k.HandedAt }),
	text("handed_by", func(k *certificate.Copy) *id.Login { return &k.HandedBy }),
	secretText("certificate_copy", "collector", func(k *certificate.Copy) string { return string(k.Certificate) }, func(k *certificate.Copy) *string { return &k.Collector }),
	text("seen", func(k *certificate.Copy) *string { return &k.Seen }),
).of("certificate")

// PutCopy keeps a copy, or what became of it.
func (c Certificates) PutCopy(k certificate.Copy) error { return copyRows.put(c.t, &k) }

// Copies lists the copies of a certificate, the original first.
func (c Certificates) Copies(of id.Certificate) (list []certificate.Copy, err error) {
	return copyRows.rows(c.t, `certificate = ? ORDER BY copy`, string(of))
}
