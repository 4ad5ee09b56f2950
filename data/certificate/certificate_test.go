package certificate

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/sign"
)

var now = time.Date(2026, 11, 23, 1, 2, 3, 0, time.UTC)

func key(t testing.TB, seed byte) sign.Private {
	t.Helper()
	k, err := sign.PrivateFrom(bytes.Repeat([]byte{seed}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// facts are those of an invented learner who has done all they need.
func facts(k sign.Private) Facts {
	return Facts{
		Confirmed: true,
		Holder: Holder{
			Name: "阿布都·克里木·买买提", MaskedNumber: "4507**********9653", NumberKind: "resident", Unit: "广西第2建筑工程有限公司", PhotoHash: "ab",
		},
		Programme: "二级建造师继续教育", Main: "市政公用工程", Added: []string{"建筑工程"}, From: day.MustNew(2024, 9, 2), To: day.MustNew(2027, 9, 1),
		Buckets: []Bucket{{"required", "市政公用工程", 60 * 2700, 60 * 2700}, {"elective", "市政公用工程", 60 * 2700, 60 * 2700}, {"added", "建筑工程", 60 * 2700, 60 * 2700}},
		Courses: []Course{
			{Name: "深基坑工程案例", Kind: "elective", Specialty: "市政公用工程", Mode: "online", On: day.MustNew(2025, 3, 4), Seconds: 540 * 60},
		},
		Institution: Issuer{Name: "南宁建设继续教育培训中心", Key: k.Public().DID()}, Pack: "guangxi@2026.1", Ready: true, PerHour: 2700,
	}
}

var rules = Rules{NumberFormat: "GXJZ{year}{seq:6}{check}"}

func issue(t testing.TB, f Facts) Content {
	t.Helper()
	c, err := rules.Issue(f, 42, day.Of(now), now)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func sample(t testing.TB) (Content, sign.Private) {
	t.Helper()
	k := key(t, 7)
	return issue(t, facts(k)), k
}

func sampleSigned(t testing.TB) (Content, Signed) {
	t.Helper()
	c, k := sample(t)
	c.ID = "0198f3a0-0000-7000-8000-000000000001"
	s, err := Sign(c, k)
	if err != nil {
		t.Fatal(err)
	}
	return c, s
}

func TestWhatForbidsACertificate(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Facts)
		want   error
	}{
		"nothing":               {func(*Facts) {}, nil},
		"identity unconfirmed":  {func(f *Facts) { f.Confirmed = false }, ErrNotConfirmed},
		"no photo":              {func(f *Facts) { f.Holder.PhotoHash = "" }, ErrNoPhoto},
		"no hours at all":       {func(f *Facts) { f.Buckets = nil }, ErrNothingAccepted},
		"no accepted hours":     {func(f *Facts) { f.Buckets = []Bucket{{"required", "市政公用工程", 0, 2700}} }, ErrNothingAccepted},
		"institution, no key":   {func(f *Facts) { f.Institution.Key = "" }, ErrNoInstitution},
		"institution, no name":  {func(f *Facts) { f.Institution.Name = "" }, ErrNoInstitution},
		"another name since":    {func(f *Facts) { f.Former, f.FormerSeconds, f.FormerOther = "GXJZ2026000041X", 8100*60, true }, nil},
		"nothing since another": {func(f *Facts) { f.Former, f.FormerSeconds = "GXJZ2026000041X", 8100*60 }, ErrNothingNew},
		"more since another":    {func(f *Facts) { f.Former, f.FormerSeconds = "GXJZ2026000041X", 5400*60 }, nil},
	} {
		f := facts(key(t, 7))
		c.change(&f)
		if _, err := rules.Issue(f, 1, day.Of(now), now); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestALaterCertificateNamesTheFormer(t *testing.T) {
	f := facts(key(t, 7))
	f.Former, f.FormerSeconds = "GXJZ2026000041X", 5400*60
	if c := issue(t, f); c.Replaces != "GXJZ2026000041X" {
		t.Errorf("got %q", c.Replaces)
	}
}

func TestTheFormerIsTheLastThatStillStands(t *testing.T) {
	k := key(t, 7)
	kept := func(number, holder string) Issued {
		f := facts(k)
		f.Holder.Name = holder
		c := issue(t, f)
		c.Number = number
		s, err := Sign(c, k)
		if err != nil {
			t.Fatal(err)
		}
		return Issued{Number: number, Document: s.Document}
	}
	revoked := func(i Issued) Issued { i.Revoked = true; return i }
	doubted := func(i Issued) Issued { i.Doubted = true; return i }
	now, other := facts(k).Holder.Name, "张𬱖"
	for name, c := range map[string]struct {
		list    []Issued
		want    string
		another bool
		err     error
	}{
		"none so far":                   {nil, "", false, nil},
		"the last one":                  {[]Issued{kept("GX2", now), kept("GX1", now)}, "GX2", false, nil},
		"not one that was revoked":      {[]Issued{revoked(kept("GX2", now)), kept("GX1", now)}, "GX1", false, nil},
		"none where all were revoked":   {[]Issued{revoked(kept("GX1", now))}, "", false, nil},
		"it names its holder otherwise": {[]Issued{kept("GX1", other)}, "GX1", true, nil},
		"it is to be revoked":           {[]Issued{doubted(kept("GX2", now)), kept("GX1", now)}, "", false, ErrToBeRevoked},
		"in doubt, but revoked":         {[]Issued{revoked(doubted(kept("GX2", now))), kept("GX1", now)}, "GX1", false, nil},
		"no document at all":            {[]Issued{{Number: "GX1", Document: []byte("{}")}}, "", false, ErrForm},
	} {
		f, err := facts(k).After(c.list)
		if !errors.Is(err, c.err) || f.Former != c.want || f.FormerOther != c.another || (f.FormerSeconds > 0) != (c.want != "") {
			t.Errorf("%s: %q, %d, %v, %v", name, f.Former, f.FormerSeconds, f.FormerOther, err)
		}
	}
}

// G-22: whoever gathers the facts can't make a certificate say more than its own table.
func TestRenewalReadyStandsOnlyOnFullBuckets(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Facts)
		want   bool
	}{
		"everything done":               {func(*Facts) {}, true},
		"one second short":              {func(f *Facts) { f.Buckets[1].Seconds-- }, false},
		"full, but something not ready": {func(f *Facts) { f.Ready = false }, false},
	} {
		f := facts(key(t, 7))
		c.change(&f)
		if got := issue(t, f).Renewal; got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestNumbersAreWrittenByThePacksFormat(t *testing.T) {
	for _, c := range []struct {
		format string
		seq    int64
		want   string
	}{
		{"GX{year}{seq:6}", 42, "GX20260000422QXB"},
		{"GX-{year}-{seq:4}", 7, "GX-2026-00072QXB"},
		{"GX{year}{seq:4}{part:0}", 12345, "GX202612345"}, // longer rather than used twice
		{"{seq:6}{part:0}", 1, "000001"},
		{"GXJZ{year}{seq:6}{part:0}{check}", 42, "GXJZ20260000422"},
		{"GXJZ{year}{seq:6}{check}", 42, "GXJZ20260000422QXB" + checkCharacter("GXJZ20260000422QXB")},
		{"GX{part:3}-{year}{seq:6}", 42, "GX2QX-2026000042"},
	} {
		if got := (Rules{c.format}).Number(c.seq, day.Of(now), "2QXB9876"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.format, got, c.want)
		}
	}
}

func TestANumberIsReadAsItWasWritten(t *testing.T) {
	for _, c := range []struct {
		format, number string
		year           int
		seq            int64
		ok             bool
	}{
		{"GXJZ{year}{seq:6}{check}", "GXJZ20260000422QXB" + checkCharacter("GXJZ20260000422QXB"), 2026, 42, true},
		{"GXJZ{year}{seq:6}{check}", "GXJZ20260000422", 2026, 42, true}, // from before there was a part
		{"GXJZ{year}{seq:6}{part:4}{check}", "GXJZ20260000422", 2026, 42, true},
		{"GXJZ{year}{seq:6}{part:0}{check}", "GXJZ20260000422", 2026, 42, true},
		{"GXJZ{year}{seq:6}{check}", "GXJZ20260000423", 0, 0, false},
		{"GXJZ{year}{seq:6}{check}", "BJWJ20260000422", 0, 0, false},
		{"GX{year}{seq:4}", "GX2026123452QXB", 2026, 12345, true},
		{"GX{part:3}-{year}{seq:6}", "GX2QX-2026000042", 2026, 42, true},
		{"{seq:6}{check}", "000042" + checkCharacter("000042"), 0, 0, false}, // of which year nobody knows
		{"GXJZ{year}{seq:6}{check}", strings.Repeat("9", 65), 0, 0, false},
		{"GXJZ{year}{seq:6}{check}", "", 0, 0, false},
	} {
		if year, seq, ok := (Rules{c.format}).Reads(c.number); ok != c.ok || ok && (year != c.year || seq != c.seq) {
			t.Errorf("%s %s: got %d %d %v, want %d %d %v", c.format, c.number, year, seq, ok, c.year, c.seq, c.ok)
		}
	}
}

func FuzzANumberThatIsRead(f *testing.F) {
	f.Add("GXJZ20260000422")
	f.Add("GXJZ2026000042ABCDK")
	f.Fuzz(func(t *testing.T, number string) {
		if year, seq, ok := rules.Reads(number); ok && (year < 1 || seq < 1 || len(number) > maxNumber) {
			t.Errorf("%q: %d %d", number, year, seq)
		}
	})
}

func TestTheSameSequenceTwiceGivesOtherNumbers(t *testing.T) {
	got := map[string]bool{}
	for range 100 {
		got[issue(t, facts(key(t, 7))).Number] = true
	}
	if len(got) < 90 { // of a million that could come out
		t.Errorf("%d numbers of 100", len(got))
	}
}

// The example of ISO 7064, MOD 37,36, is a Global Release Identifier.
func TestTheCheckCharacterFindsOneWrongCharacter(t *testing.T) {
	if got := checkCharacter("A12425GABC1234002"); got != "M" {
		t.Errorf("got %s, want M", got)
	}
	right := checkCharacter("GXJZ2026000042")
	for i := range "GXJZ2026000042" {
		for _, c := range "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
			b := []byte("GXJZ2026000042")
			if b[i] == byte(c) {
				continue
			}
			b[i] = byte(c)
			if checkCharacter(string(b)) == right {
				t.Errorf("%s passes as well", b)
			}
		}
	}
}

func TestADocumentSaysJustWhatWasSigned(t *testing.T) {
	c, s := sampleSigned(t)
	got, by, err := ParseDocument(s.Document)
	if err != nil || by != key(t, 7).Public() {
		t.Fatalf("got %v, %v", by, err)
	}
	if a, b := text(t, got), text(t, c); a != b {
		t.Errorf("got %s\nwant %s", a, b)
	}
	t.Logf("document %d bytes, code %d characters", len(s.Document), len(s.QR))
}

func text(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAnyChangedByteBreaksTheDocument(t *testing.T) {
	_, s := sampleSigned(t)
	for i := range s.Document {
		b := bytes.Clone(s.Document)
		b[i] ^= 1
		if _, _, err := ParseDocument(b); err == nil {
			t.Errorf("byte %d (%q) changed and nobody noticed", i, s.Document[max(0, i-10):i+1])
		}
	}
}

func TestOnlyTheKeyThatIsNamedSigns(t *testing.T) {
	c, _ := sample(t)
	if _, err := Sign(c, key(t, 8)); !errors.Is(err, sign.ErrKey) {
		t.Errorf("got %v, want %v", err, sign.ErrKey)
	}
	forged, err := sign.SignDocument(document(c), key(t, 8), now)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := ParseDocument(forged); !errors.Is(err, ErrForm) {
		t.Errorf("signed by another than it names: got %v, want %v", err, ErrForm)
	}
}

// Whoever holds a key may sign anything; what stands beside the content must still say the same.
func TestADocumentThatSaysTwoThingsIsNoCertificate(t *testing.T) {
	c, k := sample(t)
	for name, change := range map[string]func(doc map[string]any){
		"another name above":  func(doc map[string]any) { doc["name"] = "一级建造师" },
		"another holder":      func(doc map[string]any) { subject(doc)["licenseNumber"] = "GXJZ2026000043X" },
		"another issuer":      func(doc map[string]any) { doc["issuer"].(map[string]any)["name"] = "别家" },
		"a further field":     func(doc map[string]any) { subject(doc)["role"] = "讲师" },
		"no content":          func(doc map[string]any) { delete(subject(doc), "hourCertificate") },
		"content of no sort":  func(doc map[string]any) { subject(doc)["hourCertificate"] = []any{1} },
		"another achievement": func(doc map[string]any) { subject(doc)["achievement"] = map[string]any{"id": "urn:x"} },
	} {
		doc := document(c)
		change(doc)
		b, err := sign.SignDocument(doc, k, now)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, _, err := ParseDocument(b); !errors.Is(err, ErrForm) {
			t.Errorf("%s: got %v, want %v", name, err, ErrForm)
		}
	}
}

func subject(doc map[string]any) map[string]any { return doc["credentialSubject"].(map[string]any) }

func TestTheCodeSaysTheFewFacts(t *testing.T) {
	c, s := sampleSigned(t)
	got, by, err := ParseQR(s.QR)
	if err != nil || by != key(t, 7).Public() {
		t.Fatalf("got %v, %v", by, err)
	}
	want := Claims{
		Number: c.Number, Name: c.Holder.Name, MaskedNumber: c.Holder.MaskedNumber, IssuedOn: c.IssuedOn, From: c.From, To: c.To,
		Main: c.Main, Hundredths: []int{6000, 6000, 6000}, Renewal: true, IssuerName: c.Institution.Name, DocumentHash: got.DocumentHash,
	}
	if text(t, got) != text(t, want) {
		t.Errorf("got %s\nwant %s", text(t, got), text(t, want))
	}
	if !got.Of(s.Document) || got.Of(s.Document[1:]) {
		t.Error("the code must belong to its document and to no other")
	}
}

func TestNamesAndNumbersComeThroughTheCodeWhole(t *testing.T) {
	for name, h := range map[string]Holder{
		"rare characters":       {Name: "张𬱖㛃䶮", MaskedNumber: "4507**********9653"},
		"a residence permit":    {Name: "陈大文", MaskedNumber: "8100**********001X"},
		"a passport":            {Name: "Anna-Lena Müller", MaskedNumber: "E123*5678"},
		"a short number":        {Name: "李四", MaskedNumber: "*******"},
		"hidden in two places":  {Name: "王五", MaskedNumber: "45**72**65"},
		"nothing hidden at all": {Name: "赵六", MaskedNumber: ""},
	} {
		f := facts(key(t, 7))
		h.PhotoHash = "ab"
		f.Holder = h
		s, err := Sign(issue(t, f), key(t, 7))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, _, err := ParseQR(s.QR)
		if err != nil || got.Name != h.Name || got.MaskedNumber != h.MaskedNumber {
			t.Errorf("%s: got %q %q, %v", name, got.Name, got.MaskedNumber, err)
		}
	}
}

// An everyday code is version 11 at level M (366 characters); the worst one is version 14 (528).
func TestTheCodeStaysCoarseEnoughToScan(t *testing.T) {
	if _, s := sampleSigned(t); len(s.QR) > 366 {
		t.Errorf("everyday: got %d characters", len(s.QR))
	}
	f := facts(key(t, 7))
	f.Institution.Name = strings.Repeat("广西壮族自治区建设执业资格注册中心培训部", 4)
	f.Main = strings.Repeat("市政公用工程", 10)
	f.Holder.Name = strings.Repeat("买", 20)
	for range 4 {
		f.Buckets = append(f.Buckets, Bucket{"added", "水利水电工程", 2700, 2700})
	}
	s, err := Sign(issue(t, f), key(t, 7))
	if err != nil || len(s.QR) > 528 {
		t.Errorf("got %d characters, %v", len(s.QR), err)
	}
	c, _, err := ParseQR(s.QR)
	if err != nil || !strings.HasSuffix(c.IssuerName, "…") || len([]rune(c.IssuerName)) != maxWords {
		t.Errorf("got %q, %v", c.IssuerName, err)
	}
}

func TestAChangedCodeIsNotRead(t *testing.T) {
	_, s := sampleSigned(t)
	for i := range s.QR {
		b := []byte(s.QR)
		if b[i]++; b[i] > 'Z' {
			b[i] = '0'
		}
		if _, _, err := ParseQR(string(b)); err == nil {
			t.Errorf("character %d changed and nobody noticed", i)
		}
	}
}

func TestCopiesAreNumberedAndAccountedFor(t *testing.T) {
	cert, clerk := id.Certificate("c"), id.Login("l")
	first := NextCopy(nil, cert, clerk, now)
	spoiled, err := first.Spoil("卡纸", now)
	if err != nil || first.Number != 1 || spoiled.SpoiledWhy != "卡纸" {
		t.Fatalf("got %+v, %v", spoiled, err)
	}
	second := NextCopy([]Copy{spoiled}, cert, clerk, now)
	handed, err := second.HandOver("李四", "resident", clerk, now)
	if err != nil || second.Number != 2 || handed.Collector != "李四" || handed.Seen != "resident" || handed.HandedBy != clerk {
		t.Fatalf("got %+v, %v", handed, err)
	}
	for name, c := range map[string]struct {
		act  func() (Copy, error)
		want error
	}{
		"spoiled without a reason":       {func() (Copy, error) { return second.Spoil("", now) }, ErrSpoiledNoWhy},
		"spoiled twice":                  {func() (Copy, error) { return spoiled.Spoil("缺墨", now) }, ErrSpoiled},
		"spoiled after it was collected": {func() (Copy, error) { return handed.Spoil("卡纸", now) }, ErrHandedOver},
		"collected by nobody":            {func() (Copy, error) { return second.HandOver("", "resident", clerk, now) }, ErrNoCollector},
		"collected, nothing seen":        {func() (Copy, error) { return second.HandOver("李四", "", clerk, now) }, ErrNoCollector},
		"collected though spoiled":       {func() (Copy, error) { return spoiled.HandOver("李四", "resident", clerk, now) }, ErrSpoiled},
		"collected twice":                {func() (Copy, error) { return handed.HandOver("王五", "resident", clerk, now) }, ErrHandedOver},
	} {
		if got, err := c.act(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %+v, %v, want %v", name, got, err, c.want)
		}
	}
	if n := NextCopy([]Copy{handed, spoiled}, cert, clerk, now).Number; n != 3 {
		t.Errorf("after two prints: got %d, want 3", n)
	}
}

func TestARevocationNeedsItsReason(t *testing.T) {
	for name, c := range map[string]struct {
		reason, note string
		want         error
	}{
		"a known one":        {"unqualified", "", nil},
		"other, with a note": {"other", "重复签发", nil},
		"other, without":     {"other", "", ErrNeedsReason},
		"none":               {"", "重复签发", ErrNeedsReason},
		"an unknown one":     {"because", "", ErrNeedsReason},
	} {
		if err := CheckRevocation(c.reason, c.note); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	if !slices.Contains(RevokeReasons, "unqualified") {
		t.Error("B-09 has no code")
	}
}

func FuzzParseQR(f *testing.F) {
	c, s := sampleSigned(f)
	f.Add(s.QR)
	f.Add(sign.QRPrefix)
	f.Fuzz(func(t *testing.T, text string) {
		got, by, err := ParseQR(text)
		if err == nil && by == key(t, 7).Public() && got.Number != c.Number {
			t.Errorf("got %+v", got)
		}
	})
}

func FuzzParseDocument(f *testing.F) {
	c, s := sampleSigned(f)
	f.Add(s.Document)
	f.Fuzz(func(t *testing.T, b []byte) {
		got, by, err := ParseDocument(b)
		if err == nil && by == key(t, 7).Public() && text(t, got) != text(t, c) {
			t.Errorf("got %+v", got)
		}
	})
}

func FuzzParseList(f *testing.F) {
	b, err := SignList(RevocationList{Name: "南宁", At: now, Entries: []RevocationEntry{{Number: "GX1", Reason: "other", On: day.Of(now)}}}, key(f, 7))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := ParseList(b)
		if err == nil && l.Issuer == key(t, 7).Public().DID() && l.Name != "南宁" {
			t.Errorf("got %+v", l)
		}
	})
}

// BenchmarkSign is a certificate with a full table: twelve courses.
func BenchmarkSign(b *testing.B) {
	k := key(b, 7)
	f := facts(k)
	for len(f.Courses) < 12 {
		f.Courses = append(f.Courses, f.Courses[0])
	}
	c := issue(b, f)
	for b.Loop() {
		if _, err := Sign(c, k); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseDocument(b *testing.B) {
	_, s := sampleSigned(b)
	for b.Loop() {
		if _, _, err := ParseDocument(s.Document); err != nil {
			b.Fatal(err)
		}
	}
}

func TestAListReadsWhatWasSigned(t *testing.T) {
	c, s := sampleSigned(t)
	got, err := ReadContent(s.Document)
	if err != nil || text(t, got) != text(t, c) {
		t.Errorf("got %+v, %v", got, err)
	}
	for name, doc := range map[string]string{"nothing": "", "no document": "{}", "half of one": string(s.Document[:200]), "too long": strings.Repeat(" ", maxKept) + "{}"} {
		if _, err := ReadContent([]byte(doc)); !errors.Is(err, ErrForm) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkReadContent(b *testing.B) {
	_, s := sampleSigned(b)
	for b.Loop() {
		if _, err := ReadContent(s.Document); err != nil {
			b.Fatal(err)
		}
	}
}
