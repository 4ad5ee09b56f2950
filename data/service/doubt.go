package service

import (
	"context"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/store"
)

// doubt marks every certificate over a record that is being withdrawn, as long as it stands, and
// says which.
func (c *core) doubt(tx *changing, rec hours.Record) (numbers []string, err error) {
	list, err := tx.Certificates.OfEnrolment(rec.Enrolment)
	if err != nil {
		return nil, err
	}
	for _, k := range list {
		content, _, err := certificate.ParseDocument(k.Document)
		if err != nil {
			return nil, err
		}
		if !k.RevokedAt.IsZero() || !content.Certifies(rec.Course, rec.Specialty, string(rec.Mode), rec.On) {
			continue
		}
		if err := tx.Certificates.Doubt(k.ID, rec.ID, rec.Reason, tx.hand()); err != nil {
			return nil, err
		}
		tx.about(string(k.ID), k.Person, "to-be-revoked")
		numbers = append(numbers, k.Number)
	}
	return numbers, nil
}

// undoubt lifts the marks of a record that was withdrawn and is accepted again saying just what it
// said: its certificates are right after all.
func (c *core) undoubt(tx *changing, rec hours.Record) error {
	former, err := tx.Hours.Former(rec.ID)
	if err != nil {
		return err
	}
	for i := len(former) - 1; i >= 0; i-- {
		if f := former[i]; f.Act == act.WithdrawHours {
			if f.Entry == rec.Entry {
				return tx.Certificates.Undoubt(rec.ID)
			}
			return nil
		}
	}
	return nil
}

// doubted are the certificates that are to be revoked, and since when.
func doubted(tx *store.Tx) (map[string]day.Date, error) {
	list, err := tx.Certificates.Doubted()
	found := map[string]day.Date{}
	for _, k := range list {
		found[k.Number] = day.Of(k.DoubtedAt)
	}
	return found, err
}

// ToBeRevoked lists the certificates over hours that were withdrawn, which still stand, the first
// in front.
func (s *Certificates) ToBeRevoked(ctx context.Context, who access.Who) (list []Listed, err error) {
	err = s.look(ctx, who, act.ListCertificates, "", func(tx *store.Tx) error {
		kept, err := tx.Certificates.Doubted()
		list = nil
		for _, k := range kept {
			content, err := certificate.ReadContent(k.Document)
			if err != nil {
				return err
			}
			list = append(list, Listed{Stored: k, Content: content})
		}
		return err
	})
	return list, err
}

// Reissue revokes a certificate, for that reason or, given none, since hours of it were withdrawn, and issues another over what is
// accepted still, in this order: should nothing be left to certify, the first is revoked all the
// same, and the refusal says why there is no other.
func (s *Certificates) Reissue(ctx context.Context, who access.Who, number, reason, note, languages string) (is Issued, err error) {
	if reason == "" {
		reason = "hours-withdrawn"
	}
	one, err := s.Get(ctx, who, number)
	if err != nil {
		return is, err
	}
	if err := s.Revoke(ctx, who, number, reason, note); err != nil {
		return is, err
	}
	if languages == "" {
		languages = one.Content.Languages
	}
	err = s.do(ctx, who, act.IssueCertificate, func(tx *changing) error {
		is, err = s.issue(tx, one.Person, one.Enrolment, languages)
		return err
	})
	return is, err
}
