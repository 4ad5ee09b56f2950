package sign

import (
	"crypto/rand"
	"strings"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"
)

// QRPrefix begins the text of our printed codes.
const QRPrefix = "XZ1:"

// maxCode is more than any printed code of ours holds, in characters.
const maxCode = 4 << 10

// strict reads CBOR without leaving any doubt about what it says.
var strict = func() cbor.DecMode {
	m, err := cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden,
		MaxNestedLevels: 8, MaxArrayElements: 64, MaxMapPairs: 16,
	}.DecMode()
	if err != nil {
		panic(err)
	}
	return m
}()

// SignCode signs a CBOR array of facts as COSE_Sign1 (RFC 9052, EdDSA, the key in the protected
// header) and writes it as the text of a QR code.
func SignCode(facts any, k Private) (string, error) {
	payload, err := cbor.Marshal(facts)
	if err != nil {
		return "", err
	}
	signer, err := cose.NewSigner(cose.AlgorithmEdDSA, k.key)
	if err != nil {
		return "", err
	}
	p := k.Public()
	b, err := cose.Sign1(rand.Reader, signer, cose.Headers{Protected: cose.ProtectedHeader{
		cose.HeaderLabelAlgorithm: cose.AlgorithmEdDSA, cose.HeaderLabelKeyID: p[:],
	}}, payload, nil)
	if err != nil {
		return "", err
	}
	return QRPrefix + Base45(b), nil
}

// ParseCode checks the text of a printed code, fills facts from it, and says whose key signed
// it. Whether that key is to be trusted is another question.
func ParseCode(text string, facts any) (p Public, err error) {
	body, ok := strings.CutPrefix(text, QRPrefix)
	if !ok {
		return p, ErrForm
	}
	if len(text) > maxCode {
		return p, ErrTooLarge
	}
	b, err := ParseBase45(body)
	if err != nil {
		return p, err
	}
	var m cose.Sign1Message
	if err := m.UnmarshalCBOR(b); err != nil {
		return p, ErrForm
	}
	kid, ok := m.Headers.Protected[cose.HeaderLabelKeyID].([]byte)
	if !ok || len(kid) != len(p) || len(m.Headers.Unprotected) > 0 {
		return p, ErrForm
	}
	copy(p[:], kid)
	verifier, err := cose.NewVerifier(cose.AlgorithmEdDSA, p.key())
	if err != nil {
		return p, ErrKey
	}
	if err := m.Verify(nil, verifier); err != nil {
		return p, ErrSignature
	}
	if again, err := m.MarshalCBOR(); err != nil || string(again) != string(b) {
		return p, ErrForm // one spelling of the same facts
	}
	if err := strict.Unmarshal(m.Payload, facts); err != nil {
		return p, ErrForm
	}
	return p, nil
}
