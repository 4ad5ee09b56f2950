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

// Sign signs the full document and the printed code.
func Sign(c Content, k sign.Private) (Signed, error) {
	doc, err := sign.SignDocument(document(c), k, c.IssuedAt)
	if err != nil {
		return Signed{}, err
	}
	qr, err := signClaims(c, doc, k)
	return Signed{Document: doc, QR: qr}, err
}

// ParseDocument checks a document's proofs and returns what was signed and by whom. Nothing that
// is not signed is ever returned: a document must be just what Sign makes of its content.
func ParseDocument(b []byte) (c Content, by sign.Public, err error) {
	doc, by, err := sign.VerifyDocument(b)
	if err != nil {
		if errors.Is(err, sign.ErrSignature) {
			return c, by, ErrNotSigned.Because(err)
		}
		return c, by, ErrForm.Because(err)
	}
	subject, _ := doc["credentialSubject"].(map[string]any)
	text, err := json.Marshal(subject["hourCertificate"])
	if err != nil {
		return c, by, ErrForm.Because(err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return Content{}, by, ErrForm.Because(err)
	}
	same, err := sameJSON(document(c), doc)
	if err != nil || !same || c.Institution.Key != by.DID() {
		return Content{}, by, ErrForm
	}
	return c, by, nil
}

// sameJSON reports whether two values say the same as JSON.
func sameJSON(a, b any) (bool, error) {
	x, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	var again any
	if err := json.Unmarshal(x, &again); err != nil {
		return false, err
	}
	if x, err = json.Marshal(again); err != nil {
		return false, err
	}
	y, err := json.Marshal(b)
	return bytes.Equal(x, y), err
}
