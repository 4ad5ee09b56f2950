package certificate

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"

	"xuezheng/data/day"
	"xuezheng/data/sign"
)

// Mark says which print of a certificate a page is: a specimen (样张) before issue, the
// original (copy 1), or a numbered copy (副本). The document says nothing of it, so that it is signed
// by itself; what was printed before that was done stays unproven.
type Mark struct {
	Specimen bool     `json:"specimen,omitempty"`
	Copy     int      `json:"copy"`            // 1 is the original
	On       day.Date `json:"on"`              // when this copy was drawn
	Key      string   `json:"key,omitempty"`   // did:key of whoever drew it
	Proof    string   `json:"proof,omitempty"` // its signature over this mark of that document
}

// Sign is the mark with its signature: it belongs to that document only.
func (m Mark) Sign(document []byte, k sign.Private) Mark {
	m.Key = k.Public().DID()
	m.Proof = base64.StdEncoding.EncodeToString(k.Sign(m.message(document)))
	return m
}

func (m Mark) message(document []byte) []byte {
	sum := sha256.Sum256(document)
	return []byte("xuezheng print 1\n" + hex.EncodeToString(sum[:]) + "\n" + strconv.FormatBool(m.Specimen) + "\n" + strconv.Itoa(m.Copy) + "\n" + m.On.String())
}

// Check reports whether the mark is proven: signed with the key that signed the document, or with one
// that speaks for it. broken is a mark that claims such a signature and does not have it.
func (m Mark) Check(document []byte, by sign.Public, known Known) (proven, broken bool) {
	if m.Key == "" || m.Proof == "" || !known.speaksFor(m.Key, by.DID()) {
		return false, false
	}
	k, err := sign.ParseDID(m.Key)
	if err != nil {
		return false, false
	}
	sig, err := base64.StdEncoding.DecodeString(m.Proof)
	proven = err == nil && k.Verify(m.message(document), sig)
	return proven, !proven
}
