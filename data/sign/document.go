package sign

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/gowebpki/jcs"
	"github.com/mr-tron/base58"
	"github.com/piprate/json-gold/ld"
)

//go:embed contexts/*.json
var contexts embed.FS

// The contexts a document of ours may name. Nothing else is ever loaded, least of all from a
// network.
const (
	CredentialsV2 = "https://www.w3.org/ns/credentials/v2"
	OpenBadges3   = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
)

var contextFiles = map[string]string{CredentialsV2: "contexts/credentials-v2.json", OpenBadges3: "contexts/open-badges-3.0.3.json"}

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
	delete(again, "proof")
	proofs := make([]proof, 0, 2)
	for _, suite := range []string{suiteJCS, suiteRDF} {
		p := proof{
			Type: "DataIntegrityProof", Cryptosuite: suite, Created: at.UTC().Format("2006-01-02T15:04:05Z"),
			Method: k.Public().verification(), Purpose: "assertionMethod",
		}
		hash, err := p.hash(again)
		if err != nil {
			return nil, err
		}
		p.Value = "z" + base58.Encode(k.Sign(hash))
		proofs = append(proofs, p)
	}
	again["proof"] = proofs
	return encode(again)
}

// VerifyDocument checks a document's two proofs and returns what they cover and whose key signed
// it. Only the contexts we know are allowed, and no name may stand twice.
func VerifyDocument(b []byte) (doc map[string]any, by Public, err error) {
	if len(b) > maxDocument {
		return nil, by, ErrTooLarge
	}
	if err := unambiguous(b); err != nil {
		return nil, by, err
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		return nil, by, ErrForm
	}
	text, err := json.Marshal(doc["proof"])
	if err != nil {
		return nil, by, ErrForm
	}
	var proofs []proof
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&proofs); err != nil || len(proofs) != 2 {
		return nil, by, ErrForm
	}
	delete(doc, "proof")
	if proofs[0].Cryptosuite != suiteJCS || proofs[1].Cryptosuite != suiteRDF || proofs[0].Method != proofs[1].Method {
		return nil, by, ErrForm
	}
	did, _, _ := strings.Cut(proofs[0].Method, "#")
	if by, err = ParseDID(did); err != nil || by.verification() != proofs[0].Method {
		return nil, by, ErrKey
	}
	for _, p := range proofs {
		if err := p.check(doc, by); err != nil {
			return nil, by, err
		}
	}
	return doc, by, nil
}

func (p proof) check(doc map[string]any, by Public) error {
	text, ok := strings.CutPrefix(p.Value, "z")
	if !ok || p.Type != "DataIntegrityProof" || p.Purpose != "assertionMethod" || p.Context != nil || len(text) > 100 {
		return ErrForm
	}
	if _, err := time.Parse("2006-01-02T15:04:05Z", p.Created); err != nil {
		return ErrForm
	}
	sig, err := base58.Decode(text)
	if err != nil {
		return ErrForm
	}
	p.Value = ""
	hash, err := p.hash(doc)
	if err != nil {
		return err
	}
	if !by.Verify(hash, sig) {
		return ErrSignature
	}
	return nil
}

// hash is what a suite signs: the hash of the proof's own facts, then that of the document.
func (p proof) hash(doc map[string]any) ([]byte, error) {
	var facts, content []byte
	var err error
	if p.Cryptosuite == suiteJCS {
		p.Context = doc["@context"]
		if facts, err = canonical(p); err == nil {
			content, err = canonical(doc)
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

// canonical is JSON in its one spelling (RFC 8785).
func canonical(v any) ([]byte, error) {
	b, err := encode(v)
	if err != nil {
		return nil, err
	}
	return jcs.Transform(b)
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// normal is a document in canonical N-Quads (RDF Dataset Canonicalization).
func normal(doc map[string]any) ([]byte, error) {
	o := ld.NewJsonLdOptions("")
	o.DocumentLoader = loader{}
	o.Algorithm = ld.AlgorithmURDNA2015
	o.Format = "application/n-quads"
	o.SafeMode = true // a name no context knows is an error, not silence
	out, err := ld.NewJsonLdProcessor().Normalize(doc, o)
	if err != nil {
		return nil, errors.Join(ErrForm, err)
	}
	text, ok := out.(string)
	if !ok {
		return nil, ErrForm
	}
	return []byte(text), nil
}

// loader knows the embedded contexts and nothing else.
type loader struct{}

var loaded = sync.OnceValues(func() (map[string]any, error) {
	all := map[string]any{}
	for name, file := range contextFiles {
		b, err := contexts.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var c any
		if err := json.Unmarshal(b, &c); err != nil {
			return nil, err
		}
		all[name] = c
	}
	return all, nil
})

// LoadDocument hands out an embedded context.
func (loader) LoadDocument(name string) (*ld.RemoteDocument, error) {
	all, err := loaded()
	if err != nil {
		return nil, err
	}
	c, ok := all[name]
	if !ok {
		return nil, ErrForm
	}
	return &ld.RemoteDocument{DocumentURL: name, Document: c}, nil
}

// unambiguous refuses JSON that is too deep, has a name twice in one object, or goes on after
// its end: readers might differ about what it says.
func unambiguous(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := value(d, 0); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return ErrForm
	}
	return nil
}

func value(d *json.Decoder, depth int) error {
	t, err := d.Token()
	if err != nil || depth > maxDepth {
		return ErrForm
	}
	open, ok := t.(json.Delim)
	if !ok {
		return nil
	}
	seen := map[string]bool{}
	for d.More() {
		if open == '{' {
			name, err := d.Token()
			text, ok := name.(string)
			if err != nil || !ok || seen[text] {
				return ErrForm
			}
			seen[text] = true
		}
		if err := value(d, depth+1); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return ErrForm
	}
	return nil
}
