package sign

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"
)

// published is the key of the test vectors of the recommendation "EdDSA Cryptosuites v1.0".
func published(t testing.TB) Private {
	t.Helper()
	seed, err := hex.DecodeString("c96ef9ea10c5e414c471723aff9de72c35fa5b70fae97e8832ecac7d2e2b8ed6")
	if err != nil {
		t.Fatal(err)
	}
	k, err := PrivateFrom(seed)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestAKeyHasItsPublishedName(t *testing.T) {
	const want = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
	p := published(t).Public()
	if got := p.DID(); got != want {
		t.Errorf("name: got %s, want %s", got, want)
	}
	if again, err := ParseDID(want); err != nil || again != p {
		t.Errorf("read back: got %v, %v", again, err)
	}
}

func TestNamesThatAreNoKey(t *testing.T) {
	for name, did := range map[string]string{
		"empty":             "",
		"another method":    "did:web:example.org",
		"not base58":        "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ0",
		"cut short":         "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swb",
		"another kind":      "did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP",
		"longer than a key": "did:key:z" + strings.Repeat("1", 100),
	} {
		if _, err := ParseDID(did); !errors.Is(err, ErrKey) {
			t.Errorf("%s: got %v, want %v", name, err, ErrKey)
		}
	}
}

func TestAKeyComesBackFromItsSeed(t *testing.T) {
	k, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	again, err := PrivateFrom(k.Bytes())
	if err != nil || again.Public() != k.Public() {
		t.Errorf("got %v, %v", again.Public(), err)
	}
	if _, err := PrivateFrom(k.Bytes()[:31]); !errors.Is(err, ErrKey) {
		t.Errorf("31 bytes: got %v, want %v", err, ErrKey)
	}
	sig := k.Sign([]byte("学时"))
	if !k.Public().Verify([]byte("学时"), sig) || k.Public().Verify([]byte("学分"), sig) {
		t.Error("a signature must fit its message and no other")
	}
}

func TestAFingerprintIsReadAloudInFiveGroups(t *testing.T) {
	got := published(t).Public().Fingerprint()
	groups := strings.Split(got, " ")
	if len(groups) != 5 || len(got) != 24 || got != strings.ToUpper(got) {
		t.Errorf("got %q", got)
	}
	other, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	if other.Public().Fingerprint() == got {
		t.Error("two keys, one fingerprint")
	}
}

func keyFile(t testing.TB) []byte {
	t.Helper()
	b, err := EncodePublic(published(t), KeyFile{Name: "南宁建设继续教育培训中心", NameEn: "Nanning Training Centre", Made: time.Date(2026, 11, 23, 1, 2, 3, 4, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAKeyFileTellsWhoseKeyItIs(t *testing.T) {
	f, err := ParsePublic(keyFile(t))
	if err != nil || f.Name != "南宁建设继续教育培训中心" || f.DID != published(t).Public().DID() || f.Made.Year() != 2026 {
		t.Errorf("got %+v, %v", f, err)
	}
}

func TestAKeyFileThatWasChangedIsNotTaken(t *testing.T) {
	b := keyFile(t)
	for name, c := range map[string]struct{ old, changed string }{
		"another name":        {"南宁", "柳州"},
		"another date":        {"2026-11-23", "2026-11-24"},
		"another fingerprint": {`"fingerprint": "`, `"fingerprint": "0`},
		"no signature":        {`"signature": "`, `"signature": "AA`},
		"another format":      {"public key 1", "public key 2"},
	} {
		changed := bytes.Replace(b, []byte(c.old), []byte(c.changed), 1)
		if bytes.Equal(changed, b) {
			t.Fatalf("%s: nothing was changed", name)
		}
		if f, err := ParsePublic(changed); err == nil {
			t.Errorf("%s: got %+v", name, f)
		}
	}
	if _, err := ParsePublic(bytes.Repeat([]byte(" "), maxKeyFile+1)); !errors.Is(err, ErrKeyFile) {
		t.Errorf("too large: got %v", err)
	}
}

func TestANameThatShowsAsAnotherIsNotTaken(t *testing.T) {
	for name, bad := range map[string]string{
		"empty": "", "two lines": "甲\n乙", "turned around": "甲\u202e乙", "space at the end": "甲 ", "endless": strings.Repeat("甲", 200),
	} {
		if _, err := EncodePublic(published(t), KeyFile{Name: bad}); !errors.Is(err, ErrKeyFile) {
			t.Errorf("%s: got %v, want %v", name, err, ErrKeyFile)
		}
	}
}

// The examples of RFC 9285.
func TestBase45AsPublished(t *testing.T) {
	for plain, want := range map[string]string{
		"AB": "BB8", "Hello!!": "%69 VD92EX0", "base-45": "UJCLQE7W581", "ietf!": "QED8WEX0", "": "",
	} {
		if got := Base45([]byte(plain)); got != want {
			t.Errorf("%q: got %q, want %q", plain, got, want)
		}
		if got, err := ParseBase45(want); err != nil || string(got) != plain {
			t.Errorf("%q: got %q, %v, want %q", want, got, err, plain)
		}
	}
}

func TestWhatIsNoBase45(t *testing.T) {
	for name, s := range map[string]string{
		"one character": "A", "four characters": "BB8A", "small letters": "bb8", "beyond two bytes": "GGW", "beyond one byte": "ZZ", "not of the alphabet": "B!8",
	} {
		if b, err := ParseBase45(s); !errors.Is(err, ErrForm) {
			t.Errorf("%s: got %x, %v, want %v", name, b, err, ErrForm)
		}
	}
}

type facts struct {
	_      struct{} `cbor:",toarray"`
	Number string
	Hours  int
}

func code(t testing.TB) string {
	t.Helper()
	text, err := SignCode(facts{Number: "GX2026000042", Hours: 120}, published(t))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestACodeSaysWhatWasSignedAndByWhom(t *testing.T) {
	var f facts
	by, err := ParseCode(code(t), &f)
	if err != nil || by != published(t).Public() || f.Number != "GX2026000042" || f.Hours != 120 {
		t.Errorf("got %+v by %v, %v", f, by, err)
	}
}

func TestAnyChangedCharacterBreaksTheCode(t *testing.T) {
	text := code(t)
	for i := range text {
		for _, c := range []byte{'0', 'A', ':', text[i] ^ 1} {
			if c == text[i] {
				continue
			}
			changed := text[:i] + string(c) + text[i+1:]
			var f facts
			if _, err := ParseCode(changed, &f); err == nil {
				t.Fatalf("character %d as %q: nobody noticed", i, c)
			}
		}
	}
}

func TestCodesThatAreNotOurs(t *testing.T) {
	other := []byte{0x84, 0x43, 0xa1, 0x01, 0x27, 0xa0, 0x41, 0x80, 0x41, 0x00} // no key named
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"empty":         {"", ErrForm},
		"an address":    {"https://example.org", ErrForm},
		"only a prefix": {QRPrefix, ErrForm},
		"endless":       {QRPrefix + strings.Repeat("0", maxCode), ErrTooLarge},
		"names no key":  {QRPrefix + Base45(other), ErrForm},
	} {
		var f facts
		if _, err := ParseCode(c.text, &f); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func FuzzParseCode(f *testing.F) {
	f.Add(code(f))
	f.Add(QRPrefix + "BB8")
	f.Fuzz(func(t *testing.T, text string) {
		var c facts
		by, err := ParseCode(text, &c)
		if err != nil {
			return
		}
		if by != published(t).Public() {
			return // a stranger's own code
		}
		if text != code(t) {
			t.Errorf("%q passes for what was signed", text)
		}
	})
}

func FuzzParseBase45(f *testing.F) {
	f.Add("%69 VD92EX0")
	f.Add("GGW")
	f.Fuzz(func(t *testing.T, s string) {
		b, err := ParseBase45(s)
		if err == nil && Base45(b) != s {
			t.Errorf("%q and %q are the same bytes", s, Base45(b))
		}
	})
}

func FuzzParsePublic(f *testing.F) {
	f.Add(keyFile(f))
	f.Add([]byte(`{"format":"xuezheng public key 1","key":"did:key:z6Mk","signature":"` + base64.StdEncoding.EncodeToString(make([]byte, 64)) + `"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		k, err := ParsePublic(b)
		if err == nil && k.DID == published(t).Public().DID() && k.Name != "南宁建设继续教育培训中心" {
			t.Errorf("passes as the key of %q", k.Name)
		}
	})
}
