package certificate

import (
	"errors"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/sign"
)

// judged is what the document and its code are found to be; both must come to the same.
func judged(t *testing.T, c Content, k sign.Private, known Known) map[string]Result {
	t.Helper()
	s, err := Sign(c, k)
	if err != nil {
		t.Fatal(err)
	}
	cl, by, err := ParseQR(s.QR)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]Result{"document": Judge(c, by, nil, known), "code": JudgeClaims(cl, by, known)}
}

func TestATrustedInstitutionIssuesInItsOwnNameOnly(t *testing.T) {
	c, k := sample(t)
	ours := TrustedKey{Name: c.Institution.Name, DID: key(t, 8).Public().DID(), Source: "own"}
	theirs := TrustedKey{Name: "北海远航培训学校", DID: k.Public().DID(), Source: "installed"}
	for form, r := range judged(t, c, k, Known{Keys: []TrustedKey{ours, theirs}}) {
		if r.Valid || len(r.Why) != 1 || !errors.Is(r.Why[0], ErrOtherName) || r.Issuer.Name != theirs.Name || r.Issuer.Claimed != c.Institution.Name {
			t.Errorf("%s in another's name: valid %v, why %v, issuer %+v", form, r.Valid, r.Why, r.Issuer)
		}
	}
	theirs.Former = []string{c.Institution.Name}
	for form, r := range judged(t, c, k, Known{Keys: []TrustedKey{ours, theirs}}) {
		if !r.Valid || r.Issuer.Name != theirs.Name || r.Issuer.Claimed != c.Institution.Name || r.Issuer.Source != "installed" {
			t.Errorf("%s under a name it was trusted by before: valid %v, why %v, issuer %+v", form, r.Valid, r.Why, r.Issuer)
		}
	}
	own := TrustedKey{Name: "南宁建设学院", DID: k.Public().DID(), Source: "own"}
	for form, r := range judged(t, c, k, Known{Keys: []TrustedKey{own}}) {
		if !r.Valid || r.Issuer.Name != own.Name || r.Issuer.Claimed != c.Institution.Name {
			t.Errorf("%s of ours, under our former name: valid %v, why %v, issuer %+v", form, r.Valid, r.Why, r.Issuer)
		}
	}
}

func TestALongNameIsTheSameInTheCode(t *testing.T) {
	k := key(t, 7)
	f := facts(k)
	f.Institution.Name = "广西壮族自治区南宁市青秀区建设工程从业人员继续教育培训中心民族大道分校"
	c := issue(t, f)
	for form, r := range judged(t, c, k, Known{Keys: []TrustedKey{{Name: f.Institution.Name, DID: k.Public().DID(), Source: "given"}}}) {
		if !r.Valid || r.Issuer.Claimed != "" {
			t.Errorf("%s: valid %v, why %v, issuer %+v", form, r.Valid, r.Why, r.Issuer)
		}
	}
}

func TestACertificateDatedAheadIsNotValidYet(t *testing.T) {
	k := key(t, 7)
	for name, c := range map[string]struct {
		at, now time.Time
		valid   bool
	}{
		"just issued":                          {now, now, true},
		"years ahead":                          {now.AddDate(9, 0, 0), now, false},
		"tomorrow":                             {now.AddDate(0, 0, 1), now, false},
		"tomorrow, and it is tomorrow":         {now.AddDate(0, 0, 1), now.AddDate(0, 0, 1), true},
		"by a clock some minutes fast":         {now.Add(9 * time.Minute), now, true},
		"two minutes after midnight, two fast": {time.Date(2026, 11, 23, 16, 2, 0, 0, time.UTC), time.Date(2026, 11, 23, 15, 58, 0, 0, time.UTC), true},
	} {
		content, err := rules.Issue(facts(k), 1, day.Of(c.at), c.at)
		if err != nil {
			t.Fatal(err)
		}
		for form, r := range judged(t, content, k, Known{Keys: []TrustedKey{{Name: content.Institution.Name, DID: k.Public().DID()}}, Now: c.now}) {
			if r.Valid != c.valid || !c.valid && (len(r.Why) != 1 || !errors.Is(r.Why[0], ErrNotYet)) {
				t.Errorf("%s, %s: valid %v, why %v", name, form, r.Valid, r.Why)
			}
		}
	}
	// Either date ahead is one too many.
	content := issue(t, facts(k))
	content.IssuedAt = now.AddDate(9, 0, 0)
	if r := Judge(content, k.Public(), nil, Known{Keys: []TrustedKey{{Name: content.Institution.Name, DID: k.Public().DID()}}, Now: now}); r.Valid {
		t.Error("issued now, at a moment of nine years on: valid")
	}
}

func TestAnotherStoreOfOurNameRevokesNothingOfOurs(t *testing.T) {
	c, k := sample(t)
	other := key(t, 8)
	known := Known{Keys: []TrustedKey{
		{Name: c.Institution.Name, DID: k.Public().DID(), Source: "own"}, {Name: c.Institution.Name, DID: other.Public().DID(), Source: "installed"},
	}, Lists: []RevocationList{list(other, 5, c.Number)}}
	for form, r := range judged(t, c, k, known) {
		if !r.Valid || r.Revoked {
			t.Errorf("%s: revoked by another store: %+v", form, r.Why)
		}
	}
}

func TestRevokingOneOfTwoUnderANumberLeavesTheOther(t *testing.T) {
	k := key(t, 7)
	one, two := issue(t, facts(k)), issue(t, facts(k))
	two.Number = one.Number // as a store gave it that was put back
	s, err := Sign(one, k)
	if err != nil {
		t.Fatal(err)
	}
	keys := []TrustedKey{{Name: one.Institution.Name, DID: k.Public().DID(), Source: "given"}}
	l := RevocationList{At: now, Entries: []RevocationEntry{EntryOf(one.ID, one.Number, s.Document, "wrong-person", day.Of(now))}}
	b, err := SignList(l, k)
	if err != nil {
		t.Fatal(err)
	}
	if l, err = ParseList(b); err != nil {
		t.Fatal(err)
	}
	for form, r := range map[string]Result{"document": Judge(one, k.Public(), nil, Known{Keys: keys, Lists: []RevocationList{l}})} {
		if r.Valid || !r.Revoked {
			t.Errorf("the revoked one, %s: valid %v", form, r.Valid)
		}
	}
	cl, by, err := ParseQR(s.QR)
	if err != nil {
		t.Fatal(err)
	}
	if r := JudgeClaims(cl, by, Known{Keys: keys, Lists: []RevocationList{l}}); r.Valid || !r.Revoked {
		t.Errorf("the revoked one, code: valid %v", r.Valid)
	}
	for form, r := range judged(t, two, k, Known{Keys: keys, Lists: []RevocationList{l}}) {
		if !r.Valid || r.Revoked {
			t.Errorf("the other one, %s: valid %v, why %v", form, r.Valid, r.Why)
		}
	}
	// A list of before names numbers only, or numbers and ids.
	for form, r := range judged(t, two, k, Known{Keys: keys, Lists: []RevocationList{list(k, 1, two.Number)}}) {
		if r.Valid {
			t.Errorf("by its number alone, %s: valid", form)
		}
	}
}

func TestWhatOurStoreHoldsIsTheDocument(t *testing.T) {
	k := key(t, 7)
	one, two := issue(t, facts(k)), issue(t, facts(k))
	two.Number = one.Number
	s, err := Sign(one, k)
	if err != nil {
		t.Fatal(err)
	}
	known := Known{Keys: []TrustedKey{{Name: one.Institution.Name, DID: k.Public().DID(), Source: "own"}}}
	known.Held = &Held{Documents: map[string][]byte{one.Number: s.Document}}
	for form, r := range judged(t, one, k, known) {
		if !r.Valid || r.NotHeld {
			t.Errorf("the one that is held, %s: valid %v, not held %v, why %v", form, r.Valid, r.NotHeld, r.Why)
		}
	}
	for form, r := range judged(t, two, k, known) {
		if r.Valid || len(r.Why) != 1 || !errors.Is(r.Why[0], ErrOtherPaper) {
			t.Errorf("another under its number, %s: valid %v, why %v", form, r.Valid, r.Why)
		}
	}
	two.Number = "GXJZ20260000439"
	for form, r := range judged(t, two, k, known) {
		if !r.Valid || !r.NotHeld {
			t.Errorf("one the store does not know, %s: valid %v, not held %v, why %v", form, r.Valid, r.NotHeld, r.Why)
		}
	}
}

func TestWhichPrintItIsStandsSigned(t *testing.T) {
	k, other := key(t, 7), key(t, 8)
	doc := []byte("a document")
	m := Mark{Copy: 2, On: day.Of(now)}.Sign(doc, k)
	name := "南宁建设继续教育培训中心"
	known := Known{Keys: []TrustedKey{{Name: name, DID: k.Public().DID(), Source: "own"}, {Name: "别家", DID: other.Public().DID(), Source: "installed"}}}
	changed := func(f func(*Mark)) Mark { m := m; f(&m); return m }
	for what, c := range map[string]struct {
		m      Mark
		doc    []byte
		proven bool
		broken bool
	}{
		"as drawn":         {m, doc, true, false},
		"another copy":     {changed(func(m *Mark) { m.Copy = 99 }), doc, false, true},
		"another day":      {changed(func(m *Mark) { m.On = day.MustNew(2031, 1, 1) }), doc, false, true},
		"a specimen":       {changed(func(m *Mark) { m.Specimen = true }), doc, false, true},
		"another document": {m, []byte("another"), false, true},
		"not signed":       {Mark{Copy: 99, On: day.MustNew(2031, 1, 1)}, doc, false, false},
		"by another key":   {Mark{Copy: 2, On: day.Of(now)}.Sign(doc, other), doc, false, false},
		"no key":           {changed(func(m *Mark) { m.Key = "" }), doc, false, false},
	} {
		proven, broken := c.m.Check(c.doc, k.Public(), known)
		if proven != c.proven || broken != c.broken {
			t.Errorf("%s: proven %v, broken %v", what, proven, broken)
		}
	}
}

// TestADocumentOfDaysThatNobodyMeansIsNotValid: but ours stay as they are, which may be from before there was a rule.
func TestADocumentOfDaysThatNobodyMeansIsNotValid(t *testing.T) {
	k := key(t, 7)
	for name, change := range map[string]func(*Content){
		"a period from year 1":       func(c *Content) { c.From = day.MustNew(1, 1, 1) },
		"a period to the end of all": func(c *Content) { c.To = day.MustNew(9999, 12, 31) },
		"issued a hundred years ago": func(c *Content) { c.IssuedOn, c.IssuedAt = day.Of(now).AddYears(-100), now.AddDate(-100, 0, 0) },
	} {
		content := issue(t, facts(k))
		change(&content)
		for _, source := range []string{"installed", "own"} {
			known := Known{Keys: []TrustedKey{{Name: content.Institution.Name, DID: k.Public().DID(), Source: source}}, Now: now}
			r := Judge(content, k.Public(), nil, known) // a code holds no such days
			if own := source == "own"; r.Valid != own || !own && !errors.Is(r.Why[0], day.ErrOutside) {
				t.Errorf("%s, %s: valid %v, %v", name, source, r.Valid, r.Why)
			}
		}
	}
}
