package certificate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/sign"
)

func TestACertificateSaysEverythingThatWasGathered(t *testing.T) {
	f := facts(key(t, 7))
	f.ProgrammeEn, f.PackHash, f.AuditHead, f.Languages, f.Former = "Continuing education", "hash", "head", "zh,en", "GXJZ2026000041X"
	at := now.Add(999 * time.Millisecond)
	c, err := rules.Issue(f, 42, day.Of(now), at)
	if err != nil {
		t.Fatal(err)
	}
	want := Content{
		ID: c.ID, Number: c.Number, Replaces: f.Former, Layout: Layout, PerHour: f.PerHour, Languages: "zh,en", IssuedOn: day.Of(now), IssuedAt: now,
		Institution: f.Institution, Holder: f.Holder, Programme: f.Programme, ProgrammeEn: f.ProgrammeEn, Main: f.Main, Added: f.Added,
		From: f.From, To: f.To, Buckets: f.Buckets, Courses: f.Courses, Renewal: true, Pack: f.Pack, PackHash: "hash", AuditHead: "head",
	}
	if c.ID == "" || !reflect.DeepEqual(c, want) {
		t.Errorf("got %+v\nwant %+v", c, want)
	}
	f.Languages, f.Former = "", ""
	if c = issue(t, f); c.Languages != "zh" {
		t.Errorf("where nothing is chosen it is written in %q", c.Languages)
	}
	f.FormerSeconds = 0
	for i := range f.Buckets {
		f.FormerSeconds += f.Buckets[i].Seconds
	}
	if _, err := rules.Issue(f, 1, day.Of(now), now); err != nil {
		t.Errorf("the same amount, but no certificate before it: %v", err)
	}
	f.Former = "GXJZ2026000041X"
	if _, err := rules.Issue(f, 1, day.Of(now), now); err == nil || err.Error() != "certificate.nothing-new [GXJZ2026000041X]" {
		t.Errorf("which one says the same: %v", err)
	}
}

func TestACopySaysOfWhatByWhomAndWhen(t *testing.T) {
	if got := NextCopy(nil, "c", "l", now); got != (Copy{Certificate: "c", Number: 1, DrawnAt: now, DrawnBy: "l"}) {
		t.Errorf("got %+v", got)
	}
	k, err := (Copy{Number: 1}).Spoil("卡纸", now)
	if err != nil || k.SpoiledAt != now {
		t.Errorf("spoiled: %+v, %v", k, err)
	}
	if k, err = (Copy{Number: 1}).HandOver("李四", "resident", "l", now); err != nil || k.HandedAt != now {
		t.Errorf("handed over: %+v, %v", k, err)
	}
}

func TestNumbersByStrangeFormats(t *testing.T) {
	on := day.Of(now)
	for _, c := range []struct{ format, want string }{
		{"GX{seq:0}", "GX42"},
		{"GX{seq}", "GX42"},
		{"GX{seq:12}", "GX000000000042"},
		{"GX{seq:99}", "GX000000000042"},
		{"{check}", "1"},
		{"A{seq:4}{check}-{seq:4}", "A0042" + checkCharacter("A0042") + "-{seq:4}"},
		{"}{seq:4}", "}0042"},
	} {
		if got := (Rules{c.format}).Number(42, on, ""); got != c.want {
			t.Errorf("%s: got %s, want %s", c.format, got, c.want)
		}
	}
	if a, b := checkCharacter("GX-2026-0042"), checkCharacter("gx20260042"); a != b {
		t.Errorf("hyphens and small letters: %s and %s", a, b)
	}
	// ISO 7064 knows every character of its set as a check.
	seen := map[string]bool{}
	for i := range 500 {
		seen[checkCharacter(fmt.Sprint("A", i))] = true
	}
	if len(seen) != 36 {
		t.Errorf("%d characters come out as checks, want 36", len(seen))
	}
}

func TestWhatTheCodeHasRoomFor(t *testing.T) {
	good := wire{Version: claimsVersion, Number: "GX1", Shown: "45*1", Hidden: 4, Amounts: []int{1}, Document: make([]byte, 8)}
	const days = 2 * 36525
	for name, c := range map[string]struct {
		change func(*wire)
		want   bool
	}{
		"everyday":                    {func(*wire) {}, true},
		"of the version before":       {func(w *wire) { w.Version = minutesVersion }, true},
		"of no version":               {func(w *wire) { w.Version = 0 }, false},
		"of a later version":          {func(w *wire) { w.Version = claimsVersion + 1 }, false},
		"issued two centuries on":     {func(w *wire) { w.IssuedOn = days }, true},
		"a day later":                 {func(w *wire) { w.IssuedOn = days + 1 }, false},
		"from two centuries before":   {func(w *wire) { w.From = -days }, true},
		"a day earlier":               {func(w *wire) { w.From = -days - 1 }, false},
		"to, beyond":                  {func(w *wire) { w.To = days + 1 }, false},
		"the longest number":          {func(w *wire) { w.Number = strings.Repeat("1", 64) }, true},
		"a longer one":                {func(w *wire) { w.Number = strings.Repeat("1", 65) }, false},
		"the longest document number": {func(w *wire) { w.Shown = strings.Repeat("1", 32) }, true},
		"a longer document number":    {func(w *wire) { w.Shown = strings.Repeat("1", 33) }, false},
		"nothing hidden":              {func(w *wire) { w.Hidden = 0 }, true},
		"less than nothing hidden":    {func(w *wire) { w.Hidden = -1 }, false},
		"much hidden":                 {func(w *wire) { w.Hidden = 32 }, true},
		"more hidden":                 {func(w *wire) { w.Hidden = 33 }, false},
		"sixty amounts":               {func(w *wire) { w.Amounts = make([]int, 60) }, true},
		"sixty-one":                   {func(w *wire) { w.Amounts = make([]int, 61) }, false},
		"half a hash":                 {func(w *wire) { w.Document = make([]byte, 4) }, false},
		"the longest name":            {func(w *wire) { w.Name = make([]byte, 400) }, true},
		"a longer name":               {func(w *wire) { w.Name = make([]byte, 401) }, false},
		"the longest specialty":       {func(w *wire) { w.Main = make([]byte, 400) }, true},
		"a longer specialty":          {func(w *wire) { w.Main = make([]byte, 401) }, false},
		"the longest institution":     {func(w *wire) { w.Issuer = make([]byte, 400) }, true},
		"a longer institution":        {func(w *wire) { w.Issuer = make([]byte, 401) }, false},
	} {
		w := good
		c.change(&w)
		if got := w.fits(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
		if c.want {
			continue
		}
		text, err := sign.SignCode(w, key(t, 7))
		if err != nil {
			t.Fatal(err)
		}
		if got, _, err := ParseQR(text); !errors.Is(err, ErrForm) || got.Number != "" {
			t.Errorf("%s, signed all the same: %+v, %v", name, got, err)
		}
	}
	long := facts(key(t, 7))
	long.Holder.Name = strings.Repeat("买", 201)
	c := issue(t, long)
	if _, err := Sign(c, key(t, 7)); !errors.Is(err, ErrForm) {
		t.Errorf("a name the code has no room for: %v", err)
	}
}

func TestTheDaysTheCodeCountsFrom(t *testing.T) {
	w := wire{Version: claimsVersion, Number: "GX1", Document: make([]byte, 8), IssuedOn: 1}
	text, err := sign.SignCode(w, key(t, 7))
	if err != nil {
		t.Fatal(err)
	}
	if c, _, err := ParseQR(text); err != nil || c.IssuedOn != day.MustNew(2000, 1, 2) || c.From != day.MustNew(2000, 1, 1) {
		t.Errorf("got %v, %v, %v", c.IssuedOn, c.From, err)
	}
	w.Name = []byte{0xff}
	text, err = sign.SignCode(w, key(t, 7))
	if err != nil {
		t.Fatal(err)
	}
	if c, _, err := ParseQR(text); !errors.Is(err, ErrForm) || c.Number != "" {
		t.Errorf("a name in no writing: %+v, %v", c, err)
	}
	if _, _, err := ParseQR(text[:len(text)-1]); err == nil {
		t.Error("a code cut off is read")
	}
}

func TestACodeSignedByNobodyIsSaidToBeUnsigned(t *testing.T) {
	_, s := sampleSigned(t)
	unsigned, other := 0, 0
	for i := len(sign.QRPrefix); i < len(s.QR); i++ {
		b := []byte(s.QR)
		if b[i] = '0'; s.QR[i] == '0' {
			b[i] = '1'
		}
		switch _, _, err := ParseQR(string(b)); {
		case errors.Is(err, ErrNotSigned):
			unsigned++
		case errors.Is(err, ErrForm):
			other++
		default:
			t.Errorf("character %d: %v", i, err)
		}
	}
	if unsigned < 100 || other == 0 {
		t.Errorf("%d unsigned, %d of no form", unsigned, other)
	}
}

func TestHowAMaskedNumberIsFolded(t *testing.T) {
	for masked, want := range map[string]struct {
		shown  string
		hidden int
	}{
		"4507**********9653": {"4507*9653", 10}, "*123": {"*123", 1}, "123*": {"123*", 1}, "*******": {"*", 7}, "": {"", 0}, "E1": {"E1", 0}, "1*2*3": {"1*2*3", 1},
	} {
		if shown, hidden := fold(masked); shown != want.shown || hidden != want.hidden {
			t.Errorf("%s: got %s, %d", masked, shown, hidden)
		}
	}
	for n, want := range map[int]int{23: 23, 24: 24, 25: 24} {
		if got := []rune(cut(strings.Repeat("市", n))); len(got) != want || (string(got[len(got)-1]) == "…") != (n > 24) {
			t.Errorf("%d characters became %d: %s", n, len(got), string(got))
		}
	}
}

func TestARevocationListNamesItsIssuerAndItsMoment(t *testing.T) {
	k := key(t, 7)
	b, err := SignList(RevocationList{Issuer: "did:key:somebody", Name: "南宁", At: now.Add(300 * time.Millisecond).In(day.Shanghai)}, k)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ParseList(b)
	if err != nil || l.Issuer != k.Public().DID() || !l.At.Equal(now) || l.At.Location() != time.UTC {
		t.Errorf("got %+v, %v", l, err)
	}
	if !bytes.Contains(b, []byte(`\"revoked\":[]`)) {
		t.Errorf("a list of nobody says so: %s", b)
	}
	for name, l := range map[string]RevocationList{
		"without a day":          {At: now, Entries: []RevocationEntry{{Number: "GX1"}}},
		"without a number":       {At: now, Entries: []RevocationEntry{{On: day.Of(now)}}},
		"one entry more than is": {At: now, Entries: entries(maxEntries + 1)},
	} {
		if l.fits() {
			t.Errorf("%s: it fits", name)
		}
	}
	if full := (RevocationList{At: now, Entries: entries(maxEntries)}); !full.fits() {
		t.Error("the longest list does not fit")
	}
	if (RevocationList{Entries: entries(1)}).fits() {
		t.Error("a list of no moment fits")
	}
	on, reason, ok := list(k, 0, "GX1").revoked(paper{number: "GX1"})
	if !ok || on != day.Of(now).AddDays(1) || reason != "unqualified" {
		t.Errorf("got %v, %s, %v", on, reason, ok)
	}
	if on, reason, ok := list(k, 0, "GX1").revoked(paper{number: "GX2"}); ok || on != 0 || reason != "" {
		t.Errorf("nobody's: %v, %s, %v", on, reason, ok)
	}
}

func entries(n int) []RevocationEntry {
	list := make([]RevocationEntry, n)
	for i := range list {
		list[i] = RevocationEntry{Number: "GX", On: day.Of(now)}
	}
	return list
}

func TestAListOfNoFormIsNoList(t *testing.T) {
	k := key(t, 7)
	b, err := SignList(list(k, 0, "GX1"), k)
	if err != nil {
		t.Fatal(err)
	}
	var whole listText
	if err := json.Unmarshal(b, &whole); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*listText){
		"an entry without a number": func(l *listText) { l.List = strings.Replace(l.List, "GX1", "", 1) },
		"no entries at all":         func(l *listText) { l.List = "" },
		"another format":            func(l *listText) { l.Format = "list" },
	} {
		l := whole
		change(&l)
		text, _ := json.Marshal(l)
		if got, err := ParseList(text); !errors.Is(err, ErrList) || got.Name != "" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	whole.Signature += "!"
	text, _ := json.Marshal(whole)
	if _, err := ParseList(text); !errors.Is(err, ErrNotSigned) {
		t.Errorf("a signature that can't be read: %v", err)
	}
	if _, err := ParseList([]byte("{")); !errors.Is(err, ErrList) {
		t.Errorf("half a file: %v", err)
	}
	padded := append(bytes.Clone(b), bytes.Repeat([]byte(" "), maxList-len(b))...)
	if _, err := ParseList(padded); err != nil {
		t.Errorf("a file of the greatest size: %v", err)
	}
	if _, err := ParseList(append(padded, ' ')); !errors.Is(err, ErrList) {
		t.Errorf("a byte more: %v", err)
	}
}

func TestAResultTellsOfARevocation(t *testing.T) {
	c, k := sample(t)
	known := Known{Keys: []TrustedKey{{Name: c.Institution.Name, DID: k.Public().DID()}}, Lists: []RevocationList{list(k, 3, c.Number)}}
	var got map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text(t, Judge(c, k.Public(), nil, known))), &got); err != nil {
		t.Fatal(err)
	}
	if string(got["revoked_reason"]) != `"unqualified"` || string(got["revoked_on"]) != `"2026-11-24"` || !strings.Contains(string(got["signed"]), c.Number) {
		t.Errorf("got %s", got)
	}
	r := JudgeClaims(Claims{Number: c.Number, IssuedOn: c.IssuedOn, IssuerName: "x"}, k.Public(), known)
	if cl, ok := r.Signed.(Claims); !ok || cl.Number != c.Number || r.Issuer.Claimed != "x" {
		t.Errorf("of the code alone: %+v", r)
	}
	if why := r.Why[len(r.Why)-1]; why.Figures[0] != day.Of(now).AddDays(1) || why.Figures[1] != "unqualified" {
		t.Errorf("since when and why is not said: %v", why)
	}
	today := Known{Keys: known.Keys, Lists: []RevocationList{list(k, 3)}, Now: c.IssuedOn.AddDays(9).Start()}
	if r := Judge(c, k.Public(), nil, today); r.KnownTo != c.IssuedOn.AddDays(3) {
		t.Errorf("known to %v, want the list's day", r.KnownTo)
	}
}

// A list speaks for another key only where both are trusted, under one name that is a name.
func TestForWhomAListSpeaks(t *testing.T) {
	k := Known{Keys: []TrustedKey{{Name: "甲", DID: "1"}, {Name: "甲", DID: "2"}, {Name: "乙", DID: "3"}, {DID: "4"}, {DID: "5"}}}
	for name, c := range map[string]struct {
		list, did string
		want      bool
	}{
		"its own, trusted or not":  {"9", "9", true},
		"the next key of the same": {"1", "2", true},
		"another's":                {"3", "1", false},
		"a stranger's":             {"9", "1", false},
		"of a stranger":            {"1", "9", false},
		"two without a name":       {"4", "5", false},
		"two strangers":            {"8", "9", false},
	} {
		if got := k.speaksFor(c.list, c.did); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// What was signed in minutes is read in minutes, for ever: half a 学时 was written as 22 of its 45.
func TestACertificateInMinutesStaysAsItWasSigned(t *testing.T) {
	for minutes, want := range map[int]int{0: 0, 1: 2, 4: 10, 22: 50, 23: 51, 44: 97, 45: 100, 49: 110, 2700: 6000, 1282: 2850} {
		if got := fromMinutes(minutes); got != want {
			t.Errorf("%d minutes: got %d hundredths, want %d", minutes, got, want)
		}
	}
	c := Content{
		Layout: 1, PerHour: 2700, Number: "GX1", Buckets: []Bucket{{"required", "建筑工程", 1320, 162000}},
		Courses: []Course{{Name: "安全", Kind: "required", Specialty: "建筑工程", Mode: "online", On: day.Of(now), Seconds: 1320}},
	}
	written := text(t, c)
	for _, part := range []string{`"minutes":22`, `"needed":2700`, `"name":"安全"`, `"mode":"online"`, `"kind":"required"`, `"specialty":"建筑工程"`, `"on":"2026-11-23"`} {
		if !strings.Contains(written, part) {
			t.Errorf("%s is not in %s", part, written)
		}
	}
	if strings.Contains(written, "second") {
		t.Errorf("it says seconds: %s", written)
	}
	var back Content
	if err := json.Unmarshal([]byte(written), &back); err != nil || !reflect.DeepEqual(back, c) {
		t.Errorf("got %+v, %v\nwant %+v", back, err, c)
	}
	if c.Hundredths(1320) != 50 {
		t.Errorf("half a 学时 is %d hundredths", c.Hundredths(1320))
	}
	now := Content{Layout: Layout, PerHour: 2700}
	if now.Hundredths(1350) != 50 || (Content{Layout: Layout}).Hundredths(7) != 700 {
		t.Errorf("by seconds: %d", now.Hundredths(1350))
	}
	for name, bad := range map[string]string{
		"a field of its own, in minutes": `{"layout":1,"x":1}`, "a field of its own, in seconds": `{"layout":2,"x":1}`, "a number for a layout": `{"layout":"1"}`, "half": `{"layout":1`,
	} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s is read", name)
		}
	}
}
