package store

import (
	"time"

	"xuezheng/data/certificate"
	"xuezheng/data/id"
)

// RevokedPaper is a paper of our own that the store does not keep and that no longer stands.
type RevokedPaper struct {
	ID        id.Certificate
	Number    string
	Document  string // SHA-256, hex
	RevokedAt time.Time
	RevokedBy id.Login
	Reason    string
	Note      string
}

const revokedPaperColumns = `id, number, document, revoked_at, revoked_by, reason, note`

// RevokePaper keeps that a paper no longer stands of which there is no certificate here.
func (c Certificates) RevokePaper(p *RevokedPaper) error {
	_, err := c.t.exec(`
		INSERT INTO revoked_paper (org, `+revokedPaperColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		c.t.org, string(p.ID), p.Number, p.Document, ms(p.RevokedAt), string(p.RevokedBy), p.Reason, p.Note)
	if taken(err) {
		return certificate.ErrRevokedAlready
	}
	return err
}

// RevokedPapers lists them, the first revoked first.
func (c Certificates) RevokedPapers() (list []RevokedPaper, err error) {
	err = c.t.rows(`
		SELECT `+revokedPaperColumns+`
		FROM revoked_paper
		WHERE org = ?
		ORDER BY revoked_at, id`, []any{c.t.org}, func(scan func(...any) error) error {
		var p RevokedPaper
		var at int64
		err := scan(&p.ID, &p.Number, &p.Document, &at, &p.RevokedBy, &p.Reason, &p.Note)
		p.RevokedAt = moment(at)
		list = append(list, p)
		return err
	})
	return list, err
}
