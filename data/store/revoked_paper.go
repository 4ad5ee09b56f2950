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

var revokedPapers = newTable(RowKind{Table: "revoked_paper", OnDelete: Nobodys, Why: "a paper's number and digest: the store does not know whose it is"}, 1,
	text("id", func(p *RevokedPaper) *id.Certificate { return &p.ID }),
	text("number", func(p *RevokedPaper) *string { return &p.Number }),
	text("document", func(p *RevokedPaper) *string { return &p.Document }),
	instant("revoked_at", func(p *RevokedPaper) *time.Time { return &p.RevokedAt }),
	text("revoked_by", func(p *RevokedPaper) *id.Login { return &p.RevokedBy }),
	text("reason", func(p *RevokedPaper) *string { return &p.Reason }),
	text("note", func(p *RevokedPaper) *string { return &p.Note }),
)

// RevokePaper keeps that a paper no longer stands of which there is no certificate here.
func (c Certificates) RevokePaper(p *RevokedPaper) error {
	fresh, err := revokedPapers.addNew(c.t, p)
	if err == nil && !fresh {
		return certificate.ErrRevokedAlready
	}
	return err
}

// RevokedPapers lists them, the first revoked first.
func (c Certificates) RevokedPapers() ([]RevokedPaper, error) {
	return revokedPapers.rows(c.t, `1 = 1 ORDER BY revoked_at, id`)
}
