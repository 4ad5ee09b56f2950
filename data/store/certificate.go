package store

import (
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

const certificateColumns = `id, number, enrolment, person, issued_at, issued_by, picture, document, qr, revoked_at, revoked_by, reason, note`

// doubtedAt is when the first hour under a certificate was withdrawn; 0 for none.
const doubtedAt = `(SELECT COALESCE(MIN(d.at), 0) FROM certificate_doubt d WHERE d.org = certificate.org AND d.certificate = certificate.id)`

// Next draws the next certificate number of a year; none is ever drawn twice.
func (c Certificates) Next(series string) (int64, error) {
	return c.t.draw(certificateSeries+series, 1)
}

// Add keeps an issued certificate.
func (c Certificates) Add(s *Stored) error {
	_, err := c.t.exec(`
		INSERT INTO certificate (org, `+certificateColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', '', '')`,
		c.t.org, string(s.ID), s.Number, string(s.Enrolment), string(s.Person), ms(s.IssuedAt), string(s.IssuedBy), string(s.Picture), s.Document, s.QR)
	return err
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
	err = c.t.rows(`
		SELECT `+certificateColumns+`, `+doubtedAt+`
		FROM certificate
		WHERE org = ? AND `+where, []any{c.t.org, arg}, func(scan func(...any) error) error {
		var s Stored
		var issued, revoked, doubted int64
		err := scan(&s.ID, &s.Number, &s.Enrolment, &s.Person, &issued, &s.IssuedBy, &s.Picture, &s.Document, &s.QR, &revoked, &s.RevokedBy, &s.Reason, &s.Note, &doubted)
		s.IssuedAt, s.RevokedAt, s.DoubtedAt = moment(issued), moment(revoked), moment(doubted)
		list = append(list, s)
		return err
	})
	return list, err
}

// Doubt keeps that a certificate rests on a record that was withdrawn.
func (c Certificates) Doubt(of id.Certificate, r id.Record, reason string, by Hand) error {
	_, err := c.t.exec(`
		INSERT INTO certificate_doubt (org, certificate, record, at, by_login, reason)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (org, certificate, record) DO NOTHING`,
		c.t.org, string(of), string(r), ms(by.At), string(by.By), reason)
	return err
}

// Undoubt takes back what Doubt kept of a record.
func (c Certificates) Undoubt(r id.Record) error {
	_, err := c.t.exec(`
		DELETE FROM certificate_doubt
		WHERE org = ? AND record = ?`, c.t.org, string(r))
	return err
}

// Doubted lists the certificates that are to be revoked and still stand, the first doubted in front.
func (c Certificates) Doubted() ([]Stored, error) {
	return c.list(`revoked_at = ? AND id IN (SELECT certificate FROM certificate_doubt WHERE certificate_doubt.org = certificate.org) ORDER BY `+doubtedAt+`, id`, 0)
}

// Revoke keeps that a certificate no longer stands.
func (c Certificates) Revoke(s *Stored) error {
	return c.t.changed(`
		UPDATE certificate
		SET revoked_at = ?, revoked_by = ?, reason = ?, note = ?
		WHERE org = ? AND id = ? AND revoked_at = 0`,
		ms(s.RevokedAt), string(s.RevokedBy), s.Reason, s.Note, c.t.org, string(s.ID))
}

// PutCopy keeps a copy, or what became of it. Who collected it is sealed.
func (c Certificates) PutCopy(k certificate.Copy) error {
	collector, err := c.t.vault.seal("certificate_copy", string(k.Certificate), []byte(k.Collector))
	if err != nil {
		return err
	}
	_, err = c.t.exec(`
		INSERT INTO certificate_copy (org, certificate, copy, drawn_at, drawn_by, spoiled_at, spoiled_why, handed_at, handed_by, collector, seen)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (org, certificate, copy) DO UPDATE SET spoiled_at = excluded.spoiled_at, spoiled_why = excluded.spoiled_why,
			handed_at = excluded.handed_at, handed_by = excluded.handed_by, collector = excluded.collector, seen = excluded.seen`,
		c.t.org, string(k.Certificate), k.Number, ms(k.DrawnAt), string(k.DrawnBy), ms(k.SpoiledAt), k.SpoiledWhy, ms(k.HandedAt), string(k.HandedBy), collector, k.Seen)
	return err
}

// Copies lists the copies of a certificate, the original first.
func (c Certificates) Copies(of id.Certificate) (list []certificate.Copy, err error) {
	err = c.t.rows(`
		SELECT copy, drawn_at, drawn_by, spoiled_at, spoiled_why, handed_at, handed_by, collector, seen
		FROM certificate_copy
		WHERE org = ? AND certificate = ?
		ORDER BY copy`, []any{c.t.org, string(of)}, func(scan func(...any) error) error {
		k := certificate.Copy{Certificate: of}
		var drawn, spoiled, handed int64
		var collector []byte
		var err error
		if err = scan(&k.Number, &drawn, &k.DrawnBy, &spoiled, &k.SpoiledWhy, &handed, &k.HandedBy, &collector, &k.Seen); err != nil {
			return err
		}
		var plain []byte
		if len(collector) > 0 { // emptied once its holder was deleted
			plain, err = c.t.vault.open("certificate_copy", string(of), collector)
		}
		k.DrawnAt, k.SpoiledAt, k.HandedAt, k.Collector = moment(drawn), moment(spoiled), moment(handed), string(plain)
		list = append(list, k)
		return err
	})
	return list, err
}
