package view

import (
	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/id"
)

// Certificate is one certificate with everything that became of it.
type Certificate struct {
	Content certificate.Content
	Copies  []certificate.Copy
	Revoked bool
	Reason  string // coded
	Note    string
	Person  id.Person
	Doubted day.Date // since when it is to be revoked, for an hour that was withdrawn; none if it isn't
}

// ToBeRevoked reports whether an hour it certifies was withdrawn, and it still stands.
func (c Certificate) ToBeRevoked() bool { return !c.Revoked && !c.Doubted.IsZero() }

// BatchRow is what became of one person in a batch of certificates.
type BatchRow struct {
	Person id.Person
	Number string // of the certificate, if one was issued
	Err    error
}
