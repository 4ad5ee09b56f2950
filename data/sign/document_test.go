package sign

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mr-tron/base58"
)

const examples = "https://www.w3.org/ns/credentials/examples/v2"

// alumni is the document of the recommendation's test vectors. Its examples' context says only
// what a name without any other meaning means.
func alumni(t testing.TB) map[string]any {
	t.Helper()
	b, err := os.ReadFile("testdata/alumni.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// withExamples lets the loader know the examples' context for one test.
func withExamples(t *testing.T) {
	t.Helper()
	all, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	all[examples] = map[string]any{"@context": map[string]any{"@vocab": "https://www.w3.org/ns/credentials/examples#"}}
	t.Cleanup(func() { delete(all, examples) })
}

// The figures are those published in "Data Integrity EdDSA Cryptosuites v1.0", B.1 and B.2.
func TestTheProofsArePublishedOnes(t *testing.T) {
	withExamples(t)
	doc, k := alumni(t), published(t)
	plain, err := encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	for suite, want := range map[string]struct{ facts, content, value string }{
		suiteJCS: {
			"66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db",
			"59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19",
			"z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX",
		},
		suiteRDF: {
			"bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0",
			"517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017",
			"z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme",
		},
	} {
		p := proof{Type: "DataIntegrityProof", Cryptosuite: suite, Created: "2023-02-24T23:36:38Z", Method: k.Public().verification(), Purpose: "assertionMethod"}
		if suite == suiteJCS {
			p.Context = doc["@context"]
		}
		hash, err := p.hash(doc, plain)
		if err != nil {
			t.Fatalf("%s: %v", suite, err)
		}
		if got := hex.EncodeToString(hash); got != want.facts+want.content {
			t.Errorf("%s: hash: got %s, want %s", suite, got, want.facts+want.content)
		}
		if got := "z" + base58.Encode(k.Sign(hash)); got != want.value {
			t.Errorf("%s: got %s, want %s", suite, got, want.value)
		}
	}
}

// What is written by hand must be what canonicalisation makes of the proof.
func TestTheProofsOwnFactsAreCanonical(t *testing.T) {
	p := proof{Type: "DataIntegrityProof", Cryptosuite: suiteRDF, Created: "2026-11-23T01:02:03Z", Method: published(t).Public().verification(), Purpose: "assertionMethod"}
	got, err := normal(map[string]any{
		"@context": []any{CredentialsV2, OpenBadges3}, "type": p.Type, "cryptosuite": p.Cryptosuite, "created": p.Created,
		"verificationMethod": p.Method, "proofPurpose": p.Purpose,
	})
	if err != nil || !bytes.Equal(got, p.quads()) {
		t.Errorf("got %s, %v\nwant %s", got, err, p.quads())
	}
}

func letter() map[string]any {
	return map[string]any{
		"@context": []any{CredentialsV2, OpenBadges3, map[string]any{"hours": map[string]any{"@id": "urn:xuezheng:terms:hours", "@type": "@json"}}},
		"id":       "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33", "type": []any{"VerifiableCredential"},
		"issuer": "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2", "name": "继续教育 <120>",
		"credentialSubject": map[string]any{"type": []any{"AchievementSubject"}, "hours": map[string]any{"学时": 120, "𬱖": []any{1.5, true, nil}}},
	}
}

func signed(t testing.TB) []byte {
	t.Helper()
	b, err := SignDocument(letter(), published(t), time.Date(2026, 11, 23, 1, 2, 3, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func anyForm(map[string]any, Public) error { return nil }

func TestADocumentIsWhatWasSigned(t *testing.T) {
	var got map[string]any
	by, err := VerifyDocument(signed(t), func(doc map[string]any, _ Public) error { got = doc; return nil })
	if err != nil || by != published(t).Public() {
		t.Fatalf("got %v, %v", by, err)
	}
	if same, err := Same(letter(), any(got)); err != nil || !same {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestEveryByteOfADocumentCounts(t *testing.T) {
	b := signed(t)
	for i := range b {
		for _, flip := range []byte{1, 0x20} {
			changed := bytes.Clone(b)
			changed[i] ^= flip
			if _, err := VerifyDocument(changed, anyForm); err == nil {
				t.Errorf("byte %d (%q) changed and nobody noticed", i, b[max(0, i-10):i+1])
			}
		}
	}
}

// The second proof alone would leave such a name out in silence.
func TestANameNoContextKnowsIsNotSigned(t *testing.T) {
	doc := letter()
	doc["bonus"] = 60
	if _, err := SignDocument(doc, published(t), time.Now()); !errors.Is(err, ErrForm) {
		t.Errorf("got %v, want %v", err, ErrForm)
	}
}

func TestNoContextIsEverFetched(t *testing.T) {
	doc := letter()
	doc["@context"] = []any{CredentialsV2, "https://example.org/context"}
	if _, err := SignDocument(doc, published(t), time.Now()); !errors.Is(err, ErrForm) {
		t.Errorf("got %v, want %v", err, ErrForm)
	}
}

func TestBothProofsMustHold(t *testing.T) {
	var doc map[string]any
	if err := json.Unmarshal(signed(t), &doc); err != nil {
		t.Fatal(err)
	}
	proofs := doc["proof"].([]any)
	other, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	b, err := SignDocument(letter(), other, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	var stranger map[string]any
	if err := json.Unmarshal(b, &stranger); err != nil {
		t.Fatal(err)
	}
	for name, list := range map[string]any{
		"none": nil, "one alone": proofs[0], "the first": proofs[:1], "the second": proofs[1:], "the first twice": []any{proofs[0], proofs[0]},
		"turned around": []any{proofs[1], proofs[0]}, "three": []any{proofs[0], proofs[1], proofs[1]},
		"one a stranger's": []any{proofs[0], stranger["proof"].([]any)[1]},
	} {
		doc["proof"] = list
		b, err := encode(doc)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := VerifyDocument(b, anyForm); err == nil {
			t.Errorf("%s: was enough", name)
		}
	}
}

func TestDocumentsThatAreNotInOurForm(t *testing.T) {
	good := string(signed(t))
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"empty":               {"", ErrForm},
		"null":                {"null", ErrForm},
		"a list":              {"[]", ErrForm},
		"no proof":            {"{}", ErrForm},
		"something after it":  {good + "{}", ErrForm},
		"a name twice":        {strings.Replace(good, `"name":`, `"name":"x","name":`, 1), ErrForm},
		"an unsigned name":    {strings.Replace(good, `"name":`, `"unit":"x","name":`, 1), ErrSignature},
		"deeper than allowed": {strings.Repeat(`{"a":`, maxDepth+2) + "1" + strings.Repeat("}", maxDepth+2), ErrForm},
		"too large":           {strings.Repeat(" ", maxDocument+1), ErrTooLarge},
	} {
		if _, err := VerifyDocument([]byte(c.text), anyForm); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// A graph of blank nodes that all look alike takes longer than anyone waits; whoever asks for a
// form of their own never gets that far.
func TestAStrangersFormIsRefusedBeforeItIsWorkedThrough(t *testing.T) {
	asked := false
	refused := errors.New("not my form")
	_, err := VerifyDocument(signed(t), func(map[string]any, Public) error { asked = true; return refused })
	if !asked || !errors.Is(err, refused) {
		t.Errorf("asked %v, got %v, want %v", asked, err, refused)
	}
}

func TestManySignAtOnce(t *testing.T) {
	want := sha256.Sum256(signed(t))
	var wg sync.WaitGroup
	got := make([][32]byte, 8)
	for i := range got {
		wg.Go(func() { got[i] = sha256.Sum256(signed(t)) })
	}
	wg.Wait()
	for i := range got {
		if !reflect.DeepEqual(got[i], want) {
			t.Errorf("signer %d got another document", i)
		}
	}
}

func FuzzVerifyDocument(f *testing.F) {
	f.Add(signed(f))
	f.Add([]byte(`{"proof":[{},{}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := VerifyDocument(b, func(doc map[string]any, by Public) error {
			if same, err := Same(letter(), any(doc)); by == published(t).Public() && (err != nil || !same) {
				t.Errorf("passes for what was signed: %v", doc)
			}
			return ErrForm
		})
		if err == nil {
			t.Error("got past its refusal")
		}
	})
}

func BenchmarkSignDocument(b *testing.B) {
	k := published(b)
	for b.Loop() {
		if _, err := SignDocument(letter(), k, time.Unix(0, 0)); err != nil {
			b.Fatal(err)
		}
	}
}
