package certificate

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/sign"
)

// Faults of a document that does not hold.
var (
	ErrNotSigned = fault.New(fault.Refused, "certificate.not-signed")
	ErrForm      = fault.New(fault.Refused, "certificate.form")
)

// terms is our one word beside the open standard's: the whole content, as a JSON literal, so
// that both proofs cover every field of it.
var terms = map[string]any{
	"hourCertificate": map[string]any{"@id": "urn:xuezheng:terms:hourCertificate", "@type": "@json"},
}

// document is a certificate as an Open Badges 3.0 credential (Verifiable Credentials 2.0).
func document(c Content) map[string]any {
	return map[string]any{
		"@context":  []any{sign.CredentialsV2, sign.OpenBadges3, terms},
		"id":        "urn:uuid:" + string(c.ID),
		"type":      []any{"VerifiableCredential", "OpenBadgeCredential"},
		"issuer":    map[string]any{"id": c.Institution.Key, "type": []any{"Profile"}, "name": c.Institution.Name},
		"name":      c.Programme,
		"validFrom": c.IssuedAt.UTC().Format(time.RFC3339),
		"credentialSubject": map[string]any{
			"type": []any{"AchievementSubject"},
			"identifier": []any{map[string]any{
				"type": "IdentityObject", "hashed": false, "identityType": "name", "identityHash": c.Holder.Name,
			}},
			"licenseNumber": c.Number,
			"achievement": map[string]any{
				"id": "urn:xuezheng:achievement:" + c.Pack, "type": []any{"Achievement"}, "name": c.Programme,
				"description": c.Main, "criteria": map[string]any{"narrative": c.Pack},
			},
			"hourCertificate": c,
		},
	}
}

// Signed is what is signed when a certificate is issued.
type Signed struct {
	Document []byte // the full document, JSON with both proofs
	QR       string // the few facts of the printed code
}

// Sign signs the full document and the printed code. The key must be the one the content names.
func Sign(c Content, k sign.Private) (Signed, error) {
	if c.Institution.Key != k.Public().DID() {
		return Signed{}, sign.ErrKey
	}
	doc, err := sign.SignDocument(document(c), k, c.IssuedAt)
	if err != nil {
		return Signed{}, err
	}
	qr, err := signClaims(c, doc, k)
	if err != nil {
		return Signed{}, err
	}
	return Signed{Document: doc, QR: qr}, nil
}

// ParseDocument checks a document's proofs and returns what was signed and by whom. Nothing that
// is not signed is ever returned: a document must be just what Sign makes of its content.
func ParseDocument(b []byte) (c Content, by sign.Public, err error) {
	by, err = sign.VerifyDocument(b, func(doc map[string]any, by sign.Public) (err error) {
		c, err = contentOf(doc, by)
		return err
	})
	switch {
	case err == nil:
		return c, by, nil
	case errors.Is(err, sign.ErrSignature):
		return Content{}, by, ErrNotSigned.Because(err)
	}
	return Content{}, by, ErrForm.Because(err)
}

// ReadContent reads what a document says and checks no signature: for lists of what a store keeps,
// whose rows it watches over itself. Whatever is decided or printed takes ParseDocument.
func ReadContent(b []byte) (c Content, err error) {
	var doc struct {
		Subject struct {
			Content json.RawMessage `json:"hourCertificate"`
		} `json:"credentialSubject"`
	}
	if len(b) > maxKept || json.Unmarshal(b, &doc) != nil || json.Unmarshal(doc.Subject.Content, &c) != nil || c.Number == "" {
		return Content{}, ErrForm
	}
	return c, nil
}

// maxKept is more than any document of ours is long.
const maxKept = 1 << 20

// contentOf takes the content out of a document, which must say nothing else.
func contentOf(doc map[string]any, by sign.Public) (c Content, err error) {
	subject, _ := doc["credentialSubject"].(map[string]any)
	text, err := json.Marshal(subject["hourCertificate"])
	if err != nil {
		return c, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return Content{}, err
	}
	same, err := sign.Same(document(c), doc)
	if err != nil || !same || c.Institution.Key != by.DID() {
		return Content{}, sign.ErrForm
	}
	return c, nil
}
