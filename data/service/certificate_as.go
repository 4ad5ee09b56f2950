package service

import (
	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/sign"
	"xuezheng/data/view"
)

// CertificatesAs is Certificates, bound to who asks.
type CertificatesAs struct{ as }

// Preview draws a specimen.
func (a CertificatesAs) Preview(p id.Person, e id.Enrolment, languages string) ([]byte, error) {
	return a.services.Certificates.Preview(a.ctx, a.who, p, languages, e)
}

// Issue issues a certificate.
func (a CertificatesAs) Issue(p id.Person, e id.Enrolment, languages string) (string, []byte, error) {
	is, err := a.services.Certificates.Issue(a.ctx, a.who, p, languages, e)
	return is.Content.Number, is.PDF, err
}

// Copy draws a further copy.
func (a CertificatesAs) Copy(number string) (int, []byte, error) {
	is, err := a.services.Certificates.Copy(a.ctx, a.who, number)
	return is.Copy.Number, is.PDF, err
}

// Certificates finds issued certificates by their numbers; nothing asked lists the latest. It
// says what is left out, too.
func (a CertificatesAs) Certificates(query string) ([]view.Certificate, []view.SpoiltRow, error) {
	const most = 200
	list, left, err := a.services.Certificates.Find(a.ctx, a.who, query, most)
	views := make([]view.Certificate, len(list))
	for i, c := range list {
		views[i] = view.Certificate{Content: c.Content, Copies: c.Copies, Revoked: !c.RevokedAt.IsZero(), Reason: c.Reason, Note: c.Note, Person: c.Person}
		if !c.DoubtedAt.IsZero() {
			views[i].Doubted = day.Of(c.DoubtedAt)
		}
	}
	var rows []view.SpoiltRow
	for _, x := range left {
		rows = append(rows, view.SpoiltRow{Kind: "person.kind." + x.Table, Key: x.Key})
	}
	return views, rows, err
}

// Spoil records a spoiled print.
func (a CertificatesAs) Spoil(number string, copy int, why string) error {
	return a.services.Certificates.Spoil(a.ctx, a.who, number, copy, why)
}

// HandOver records who collected a print.
func (a CertificatesAs) HandOver(number string, copy int, collector, seen string) error {
	return a.services.Certificates.HandOver(a.ctx, a.who, number, copy, collector, seen)
}

// Revoke revokes a certificate.
func (a CertificatesAs) Revoke(number, reason, note string) error {
	return a.services.Certificates.Revoke(a.ctx, a.who, number, reason, note)
}

// Reissue revokes a certificate over withdrawn hours and issues another.
func (a CertificatesAs) Reissue(number string) (string, []byte, error) {
	is, err := a.services.Certificates.Reissue(a.ctx, a.who, number, "", "", "")
	return is.Content.Number, is.PDF, err
}

// RevocationList is the signed list of what was revoked.
func (a CertificatesAs) RevocationList() ([]byte, error) {
	return a.services.Certificates.RevocationList(a.ctx, a.who)
}

// Verify verifies a certificate by the keys trusted here.
func (a CertificatesAs) Verify(file []byte) (certificate.Result, error) {
	return a.services.Certificates.Verify(a.ctx, a.who, file)
}

// RevokePaper revokes a paper that the store may know nothing of.
func (a CertificatesAs) RevokePaper(file []byte, reason, note string) error {
	_, err := a.services.Certificates.RevokePaper(a.ctx, a.who, file, reason, note)
	return err
}

// Fingerprint is a key's.
func (a CertificatesAs) Fingerprint(key string) string {
	pub, err := sign.ParseDID(key)
	if err != nil {
		return key
	}
	return pub.Fingerprint()
}

// KeyFile is the public key for others.
func (a CertificatesAs) KeyFile() ([]byte, error) { return a.services.Certificates.ExportKey(a.ctx, a.who) }

// TrustedKeys are the keys by which certificates are judged.
func (a CertificatesAs) TrustedKeys() (rows []view.TrustedKeyRow, err error) {
	keys, err := a.services.Certificates.Keys(a.ctx, a.who)
	for _, k := range keys {
		row := view.TrustedKeyRow{Name: k.Name, Own: k.Source == "own", Retired: k.Retired}
		if p, err := sign.ParseDID(k.DID); err == nil {
			row.Fingerprint = p.Fingerprint()
		}
		rows = append(rows, row)
	}
	return rows, err
}

// ReadKey says whose key a file holds, by its own word.
func (a CertificatesAs) ReadKey(file []byte) (view.KeyOffer, error) {
	f, err := sign.ParsePublic(file)
	if err != nil {
		return view.KeyOffer{}, ErrKeyFile.Because(err)
	}
	return view.KeyOffer{Name: f.Name, NameEn: f.NameEn}, nil
}
