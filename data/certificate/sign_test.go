package certificate

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/sign"
)

func sample(t testing.TB) (Content, sign.Private) {
	t.Helper()
	k, err := sign.PrivateFrom(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	f := Facts{
		Confirmed: true, Holder: Holder{Name: "阿布都·克里木·买买提", MaskedNumber: "4507**********9653", NumberKind: "resident", Unit: "广西第2建筑工程有限公司", PhotoHash: "ab"},
		Programme: "二级建造师继续教育", Main: "市政公用工程", Added: []string{"建筑工程"}, From: day.MustNew(2024, 9, 2), To: day.MustNew(2027, 9, 1),
		Buckets:     []Bucket{{"required", "市政公用工程", 2700, 2700}, {"elective", "市政公用工程", 2700, 2700}, {"added", "建筑工程", 2700, 2700}},
		Courses:     []Course{{Name: "深基坑工程案例", Kind: "elective", Specialty: "市政公用工程", Mode: "online", On: day.MustNew(2025, 3, 4), Minutes: 540}},
		Institution: Issuer{Name: "南宁建设继续教育培训中心", Key: k.Public().DID()}, Pack: "guangxi@2026.1", Ready: true,
	}
	at := time.Date(2026, 11, 23, 1, 2, 3, 0, time.UTC)
	c, err := Rules{"GXJZ{year}{seq:6}{check}"}.Issue(f, 42, day.Of(at), at)
	if err != nil {
		t.Fatal(err)
	}
	return c, k
}

func TestADocumentSaysJustWhatWasSigned(t *testing.T) {
	c, k := sample(t)
	s, err := Sign(c, k)
	if err != nil {
		t.Fatal(err)
	}
	got, by, err := ParseDocument(s.Document)
	if err != nil || by != k.Public() || got.Holder != c.Holder || got.Number != c.Number || len(got.Courses) != 1 {
		t.Fatalf("got %+v by %v, %v", got, by, err)
	}
	cl, by, err := ParseQR(s.QR)
	if err != nil || by != k.Public() || cl.Name != c.Holder.Name || cl.MaskedNumber != c.Holder.MaskedNumber || !cl.Of(s.Document) {
		t.Fatalf("got %+v, %v", cl, err)
	}
	t.Logf("document %d bytes, code %d characters", len(s.Document), len(s.QR))
}

func TestAnyChangedByteBreaksTheDocument(t *testing.T) {
	c, k := sample(t)
	s, err := Sign(c, k)
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.Document {
		if i%7 != 0 {
			continue
		}
		b := bytes.Clone(s.Document)
		b[i] ^= 1
		if _, _, err := ParseDocument(b); err == nil {
			t.Fatalf("byte %d (%q) changed and nobody noticed", i, s.Document[max(0, i-10):i+10])
		}
	}
}

func TestAStrangersKeyIsShownAndNotTrusted(t *testing.T) {
	c, k := sample(t)
	r := Judge(c, k.Public(), []string{}, Known{})
	if r.Valid || !r.Intact || r.Issuer.Trusted || r.Issuer.Name == "" {
		t.Errorf("got %+v", r)
	}
	r = Judge(c, k.Public(), []string{}, Known{Keys: []TrustedKey{{DID: k.Public().DID()}}})
	if !r.Valid {
		t.Errorf("own key: got %+v", r)
	}
	other, err := sign.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	s, err := Sign(c, other)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := ParseDocument(s.Document); !errors.Is(err, ErrForm) {
		t.Errorf("signed by another than it names: got %v", err)
	}
}

func BenchmarkSign(b *testing.B) {
	c, k := sample(b)
	for b.Loop() {
		if _, err := Sign(c, k); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseDocument(b *testing.B) {
	c, k := sample(b)
	s, err := Sign(c, k)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := ParseDocument(s.Document); err != nil {
			b.Fatal(err)
		}
	}
}
