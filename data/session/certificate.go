package session

import (
	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/data/sign"
	"xuezheng/data/view"
)

// CertificatesAs is Certificates, bound to who asks.
//
//as:forward Spoil HandOver Revoke RevocationList Verify RevokePaper! KeyFile=ExportKey
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

// Reissue revokes a certificate over withdrawn hours and issues another.
func (a CertificatesAs) Reissue(number string) (string, []byte, error) {
	is, err := a.services.Certificates.Reissue(a.ctx, a.who, number, "", "", "")
	return is.Content.Number, is.PDF, err
}

// Fingerprint is a key's.
func (a CertificatesAs) Fingerprint(key string) string {
	pub, err := sign.ParseDID(key)
	if err != nil {
		return key
	}
	return pub.Fingerprint()
}

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
		return view.KeyOffer{}, service.ErrKeyFile.Because(err)
	}
	return view.KeyOffer{Name: f.Name, NameEn: f.NameEn}, nil
}
