package certificate

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/sign"
)

// list is what an institution revoked, as of n days after the sample was issued.
func list(k sign.Private, n int, numbers ...string) RevocationList {
	l := RevocationList{Issuer: k.Public().DID(), Name: "南宁建设继续教育培训中心", At: now.AddDate(0, 0, n)}
	for _, number := range numbers {
		l.Entries = append(l.Entries, RevocationEntry{Number: number, Reason: "unqualified", On: day.Of(now).AddDays(1)})
	}
	return l
}

func TestWhatMakesACertificateValid(t *testing.T) {
	c, old := sample(t)
	fresh, stranger := key(t, 8), key(t, 9)
	const name = "南宁建设继续教育培训中心"
	own := TrustedKey{Name: name, DID: old.Public().DID(), Source: "own"}
	next := TrustedKey{Name: name, DID: fresh.Public().DID(), Source: "own"}
	else1 := TrustedKey{Name: "别家", DID: stranger.Public().DID(), Source: "installed"}
	retired := func(on day.Date) TrustedKey {
		return TrustedKey{Name: name, DID: own.DID, Source: "own", Retired: true, RetiredOn: on}
	}
	issued := c.IssuedOn
	for title, q := range map[string]struct {
		known   Known
		differs []string
		valid   bool
		knownTo day.Date
		why     []error
	}{
		"own key":                              {Known{Keys: []TrustedKey{own}}, nil, true, issued, nil},
		"nobody known":                         {Known{}, nil, false, issued, []error{ErrStranger}},
		"someone else known":                   {Known{Keys: []TrustedKey{else1}}, nil, false, issued, []error{ErrStranger}},
		"page agrees":                          {Known{Keys: []TrustedKey{own}}, []string{}, true, issued, nil},
		"page differs":                         {Known{Keys: []TrustedKey{own}}, []string{"学时"}, false, issued, []error{ErrDiffers}},
		"key retired since":                    {Known{Keys: []TrustedKey{retired(issued)}}, nil, true, issued, nil},
		"key retired, day unknown":             {Known{Keys: []TrustedKey{retired(0)}}, nil, true, issued, nil},
		"key retired before":                   {Known{Keys: []TrustedKey{retired(issued.AddDays(-1))}}, nil, false, issued, []error{ErrRetired}},
		"a list without it":                    {Known{Keys: []TrustedKey{own}, Lists: []RevocationList{list(old, 5, "GX1")}}, nil, true, issued.AddDays(5), nil},
		"a list from before":                   {Known{Keys: []TrustedKey{own}, Lists: []RevocationList{list(old, -5)}}, nil, true, issued, nil},
		"a list from the future":               {Known{Keys: []TrustedKey{own}, Lists: []RevocationList{list(old, 500)}, Now: issued.AddDays(9).Start()}, nil, true, issued.AddDays(9), nil},
		"on its list":                          {Known{Keys: []TrustedKey{own}, Lists: []RevocationList{list(old, 5, c.Number)}}, nil, false, issued.AddDays(5), []error{ErrRevoked}},
		"on the next key's list":               {Known{Keys: []TrustedKey{next, own}, Lists: []RevocationList{list(fresh, 5, c.Number)}}, nil, false, issued.AddDays(5), []error{ErrRevoked}},
		"on another's list":                    {Known{Keys: []TrustedKey{own, else1}, Lists: []RevocationList{list(stranger, 5, c.Number)}}, nil, true, issued, nil},
		"on a stranger's list":                 {Known{Keys: []TrustedKey{own}, Lists: []RevocationList{list(stranger, 5, c.Number)}}, nil, true, issued, nil},
		"nobody known, on its own list":        {Known{Lists: []RevocationList{list(old, 5, c.Number)}}, nil, false, issued.AddDays(5), []error{ErrStranger, ErrRevoked}},
		"an old list with, a new list without": {Known{Keys: []TrustedKey{own}, Lists: []RevocationList{list(old, 5, c.Number), list(old, 9)}}, nil, false, issued.AddDays(9), []error{ErrRevoked}},
	} {
		r := Judge(c, old.Public(), q.differs, q.known)
		if r.Valid != q.valid || r.KnownTo != q.knownTo || !sameWhy(r.Why, q.why) {
			t.Errorf("%s: got valid %v, known to %v, why %v; want %v, %v, %v", title, r.Valid, r.KnownTo, r.Why, q.valid, q.knownTo, q.why)
		}
		if r.Issuer.Name != name || r.Issuer.Key != old.Public().DID() || r.Signed == nil {
			t.Errorf("%s: got issuer %+v", title, r.Issuer)
		}
	}
}

func sameWhy(got []*fault.Fault, want []error) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if !errors.Is(got[i], want[i]) {
			return false
		}
	}
	return true
}

func TestTheCodeAloneIsJudgedAsTheDocumentIs(t *testing.T) {
	c, k := sample(t)
	s, err := Sign(c, k)
	if err != nil {
		t.Fatal(err)
	}
	cl, by, err := ParseQR(s.QR)
	if err != nil {
		t.Fatal(err)
	}
	trusted := []TrustedKey{{Name: c.Institution.Name, DID: k.Public().DID(), Source: "given"}}
	if r := JudgeClaims(cl, by, Known{Keys: trusted}); !r.Valid || r.PhotoProven || r.Differs != nil {
		t.Errorf("got %+v", r)
	}
	if r := JudgeClaims(cl, by, Known{Keys: trusted, Lists: []RevocationList{list(k, 3, c.Number)}}); r.Valid || !r.Revoked {
		t.Errorf("revoked: got %+v", r)
	}
}

func TestScriptsFindTheShapeTheyLeanOn(t *testing.T) {
	c, k := sample(t)
	known := Known{Keys: []TrustedKey{{Name: c.Institution.Name, DID: k.Public().DID()}}}
	for name, q := range map[string]struct {
		r    Result
		want map[string]string
	}{
		"valid": {Judge(c, k.Public(), []string{}, known), map[string]string{
			"valid": "true", "intact": "true", "revoked": "false", "known_to": `"2026-11-23"`, "differs": "[]", "why": "[]",
			"issuer": `{"name":"南宁建设继续教育培训中心","key":"` + k.Public().DID() + `","trusted":true}`,
		}},
		"from a picture": {JudgeClaims(Claims{Number: "GX1", IssuedOn: c.IssuedOn}, k.Public(), known), map[string]string{"differs": "null", "photo_proven": "false"}},
		"broken": {Broken(ErrNotSigned), map[string]string{
			"valid": "false", "intact": "false", "signed": "null", "known_to": `""`, "why": `["certificate.not-signed"]`,
		}},
	} {
		var got map[string]json.RawMessage
		if err := json.Unmarshal([]byte(text(t, q.r)), &got); err != nil {
			t.Fatal(err)
		}
		for field, want := range q.want {
			if string(got[field]) != want {
				t.Errorf("%s: %s: got %s, want %s", name, field, got[field], want)
			}
		}
	}
}

func TestARevocationListIsItsIssuersWord(t *testing.T) {
	k := key(t, 7)
	l := list(k, 0, "GX1", "GX2")
	b, err := SignList(l, k)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ParseList(b)
	if err != nil || text(t, got) != text(t, l) {
		t.Errorf("got %+v, %v, want %+v", got, err, l)
	}
	for name, c := range map[string]struct {
		old, changed string
		want         error
	}{
		"one number changed":  {"GX1", "GX3", ErrNotSigned},
		"another day":         {"2026-11-23", "2027-11-23", ErrNotSigned},
		"another format":      {"list 1", "list 2", ErrList},
		"no signature":        {`"signature": "`, `"signature": "!`, ErrNotSigned},
		"another issuer":      {k.Public().DID(), key(t, 8).Public().DID(), ErrNotSigned},
		"a field of its own":  {`{\"issuer\"`, `{\"x\":1,\"issuer\"`, ErrList},
		"an issuer of no key": {k.Public().DID(), "did:web:example.org", ErrList},
	} {
		changed := bytes.Replace(b, []byte(c.old), []byte(c.changed), 1)
		if bytes.Equal(changed, b) {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := ParseList(changed); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestAListWithoutADayOrANumberIsNotSigned(t *testing.T) {
	k := key(t, 7)
	for name, l := range map[string]RevocationList{
		"no day":    {At: time.Time{}},
		"no number": {At: now, Entries: []RevocationEntry{{Reason: "other", On: day.Of(now)}}},
	} {
		if _, err := SignList(l, k); !errors.Is(err, ErrList) {
			t.Errorf("%s: got %v, want %v", name, err, ErrList)
		}
	}
}
