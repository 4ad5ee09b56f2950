package sign

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"reflect"
	"strings"
	"time"

	"github.com/gowebpki/jcs"
	"github.com/mr-tron/base58"
)

// Limits of a document.
const (
	maxDocument = 1 << 20 // bytes
	maxDepth    = 32
)

// The two suites; a document of ours carries both proofs, and both must hold. The first signs
// every byte of meaning, the second is what the open standard asks for.
const (
	suiteJCS = "eddsa-jcs-2022"
	suiteRDF = "eddsa-rdfc-2022"
)

// proof is a Data Integrity proof.
type proof struct {
	Context     any    `json:"@context,omitempty"`
	Type        string `json:"type"`
	Cryptosuite string `json:"cryptosuite"`
	Created     string `json:"created"`
	Method      string `json:"verificationMethod"`
	Purpose     string `json:"proofPurpose"`
	Value       string `json:"proofValue,omitempty"`
}

// SignDocument adds both proofs to a JSON-LD document and writes it without white space.
func SignDocument(doc map[string]any, k Private, at time.Time) ([]byte, error) {
	plain, err := encode(doc)
	if err != nil {
		return nil, err
	}
	again := map[string]any{} // as a reader will see it
	if err := json.Unmarshal(plain, &again); err != nil {
		return nil, err
	}
	if _, ok := again["proof"]; ok || len(plain) > maxDocument/2 {
		return nil, ErrForm
	}
	proofs := make([]proof, 0, 2)
	for _, suite := range []string{suiteJCS, suiteRDF} {
		p := proof{
			Type: "DataIntegrityProof", Cryptosuite: suite, Created: at.UTC().Format(createdForm),
			Method: k.Public().verification(), Purpose: "assertionMethod",
		}
		if suite == suiteJCS {
			p.Context = again["@context"] // as the suite asks
		}
		hash, err := p.hash(again, plain)
		if err != nil {
			return nil, err
		}
		p.Value = "z" + base58.Encode(k.Sign(hash))
		proofs = append(proofs, p)
	}
	again["proof"] = proofs
	return encode(again)
}

const createdForm = "2006-01-02T15:04:05Z"

// VerifyDocument checks a document's two proofs and returns what they cover and whose key signed
// it. Only the contexts we know are allowed, and no name may stand twice. fits sees the document
// once the first proof holds, and refuses what is not in its caller's form: a stranger's graph
// can be made to cost more than any patience in the second proof.
func VerifyDocument(b []byte, fits func(doc map[string]any, by Public) error) (by Public, err error) {
	if len(b) > maxDocument {
		return by, ErrTooLarge
	}
	if err := unambiguous(b); err != nil {
		return by, err
	}
	var doc map[string]any
	if err := json.Unmarshal(b, &doc); err != nil || doc == nil {
		return by, ErrForm
	}
	proofs, err := proofsOf(doc)
	if err != nil {
		return by, err
	}
	delete(doc, "proof")
	if !reflect.DeepEqual(proofs[0].Context, doc["@context"]) || proofs[1].Context != nil {
		return by, ErrForm
	}
	did, _, _ := strings.Cut(proofs[0].Method, "#")
	if by, err = ParseDID(did); err != nil || by.verification() != proofs[0].Method {
		return by, ErrKey
	}
	if err := proofs[0].check(doc, by); err != nil {
		return by, err
	}
	if err := fits(doc, by); err != nil {
		return by, err
	}
	return by, proofs[1].check(doc, by)
}

// proofsOf reads a document's proofs: just the two of ours, by one key, in their one spelling.
func proofsOf(doc map[string]any) ([]proof, error) {
	text, err := encode(doc["proof"])
	if err != nil {
		return nil, ErrForm
	}
	var list []proof
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&list); err != nil || len(list) != 2 {
		return nil, ErrForm
	}
	if same, err := Same(list, doc["proof"]); err != nil || !same {
		return nil, ErrForm
	}
	if list[0].Cryptosuite != suiteJCS || list[1].Cryptosuite != suiteRDF || list[0].Method != list[1].Method {
		return nil, ErrForm
	}
	return list, nil
}

// Same reports whether v, written as JSON and read back, is what was read as.
func Same(v, as any) (bool, error) {
	b, err := encode(v)
	if err != nil {
		return false, err
	}
	var again any
	if err := json.Unmarshal(b, &again); err != nil {
		return false, err
	}
	return reflect.DeepEqual(again, as), nil
}

func (p proof) check(doc map[string]any, by Public) error {
	text, ok := strings.CutPrefix(p.Value, "z")
	if !ok || p.Type != "DataIntegrityProof" || p.Purpose != "assertionMethod" || len(text) > 100 {
		return ErrForm
	}
	if at, err := time.Parse(createdForm, p.Created); err != nil || at.Format(createdForm) != p.Created {
		return ErrForm
	}
	sig, err := base58.Decode(text)
	if err != nil {
		return ErrForm
	}
	p.Value = ""
	plain, err := encode(doc)
	if err != nil {
		return err
	}
	hash, err := p.hash(doc, plain)
	if err != nil {
		return err
	}
	if !by.Verify(hash, sig) {
		return ErrSignature
	}
	return nil
}

// hash is what a suite signs: the hash of the proof's own facts, then that of the document, which
// is given both as read and as written.
func (p proof) hash(doc map[string]any, plain []byte) ([]byte, error) {
	var facts, content []byte
	var err error
	if p.Cryptosuite == suiteJCS {
		if facts, err = canonical(p); err == nil {
			content, err = jcs.Transform(plain)
		}
	} else {
		facts = p.quads()
		content, err = normal(doc)
	}
	if err != nil {
		return nil, err
	}
	a, b := sha256.Sum256(facts), sha256.Sum256(content)
	return append(a[:], b[:]...), nil
}

// quads are the proof's own facts in canonical N-Quads, as RDF canonicalisation writes them: the
// shape never changes, so neither does this.
func (p proof) quads() []byte {
	const sec = "https://w3id.org/security#"
	return []byte(`_:c14n0 <http://purl.org/dc/terms/created> "` + p.Created + `"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <` + sec + `DataIntegrityProof> .
_:c14n0 <` + sec + `cryptosuite> "` + p.Cryptosuite + `"^^<` + sec + `cryptosuiteString> .
_:c14n0 <` + sec + `proofPurpose> <` + sec + `assertionMethod> .
_:c14n0 <` + sec + `verificationMethod> <` + p.Method + `> .
`)
}
