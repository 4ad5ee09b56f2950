package certificate

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/sign"
)

// TrustedKey is a key there is reason to trust: this store's own, one given for this check, or
// one an administrator installed.
type TrustedKey struct {
	Name    string   // as it was installed: the institution's own
	Former  []string // names under which it was installed before
	DID     string
	Source  string // "own", "given" or "installed"
	Retired bool   // still trusted for what it signed
	// RetiredOn is its last day, if known: what claims to be issued later is not its own.
	RetiredOn day.Date
}

// Known is what a verification goes by: whom to trust, and what is revoked.
type Known struct {
	Keys  []TrustedKey
	Lists []RevocationList
	Now   time.Time // what is dated later is not valid yet; none means no such bound
	Held  *Held     // what this store holds of its own; nil where there is no store
	// Doubted are the certificates this store is about to revoke, since an hour they certify was
	// withdrawn: their numbers, and since when.
	Doubted map[string]day.Date
}

// Held are the certificates of our own that are kept under a number in question: their signed
// documents.
type Held struct {
	Documents map[string][]byte
}

// Result is what a verification finds.
type Result struct {
	Valid         bool           // intact, issuer trusted, not revoked
	Intact        bool           // signed, and not changed since
	Revoked       bool           // as far as known on KnownTo
	RevokedReason string         // coded
	RevokedOn     day.Date       //
	ToBeRevoked   day.Date       // since when our own store is about to revoke it; none if it isn't
	KnownTo       day.Date       // the issuer's newest revocation list, else the day of issue
	Issuer        ResultIssuer   //
	Signed        any            // what was signed: Content or Claims; nil if nothing was
	Differs       []string       // what is printed and was not signed; nil if there was nothing to compare
	PhotoProven   bool           // the photo is the one that was signed
	Print         *Mark          // which print it says it is; nil where that can't be read
	PrintProven   bool           // that was signed
	NotHeld       bool           // signed with our own key, and our store holds nothing under its number
	Why           []*fault.Fault // why it is not valid
}

// ResultIssuer is who signed.
type ResultIssuer struct {
	Name    string `json:"name"` // of whom the key is, where that is known; else what the certificate says
	Key     string `json:"key"`
	Trusted bool   `json:"trusted"`
	Source  string `json:"source,omitempty"`  // as TrustedKey has it
	Claimed string `json:"claimed,omitempty"` // the name inside, if it is another one
}

// Why a certificate is not valid.
var (
	ErrStranger   = fault.New(fault.Refused, "certificate.stranger")
	ErrOtherName  = fault.New(fault.Refused, "certificate.other-name")
	ErrRetired    = fault.New(fault.Refused, "certificate.retired-key")
	ErrNotYet     = fault.New(fault.Refused, "certificate.not-valid-before")
	ErrDiffers    = fault.New(fault.Refused, "certificate.differs")
	ErrOtherPaper = fault.New(fault.Refused, "certificate.other-paper")
	ErrRevoked    = fault.New(fault.Refused, "certificate.revoked")
)

// MarshalJSON writes the shape scripts lean on.
func (r Result) MarshalJSON() ([]byte, error) {
	type print struct {
		Copy int      `json:"copy"`
		On   day.Date `json:"on"`
	}
	var which *print
	if r.Print != nil {
		which = &print{r.Print.Copy, r.Print.On}
	}
	why := []string{}
	for _, f := range r.Why {
		why = append(why, f.Key)
	}
	return json.Marshal(struct {
		Valid         bool         `json:"valid"`
		Intact        bool         `json:"intact"`
		Revoked       bool         `json:"revoked"`
		RevokedReason string       `json:"revoked_reason,omitempty"`
		RevokedOn     day.Date     `json:"revoked_on,omitempty"`
		ToBeRevoked   day.Date     `json:"to_be_revoked,omitempty"`
		KnownTo       day.Date     `json:"known_to"`
		Issuer        ResultIssuer `json:"issuer"`
		Signed        any          `json:"signed"`
		Differs       []string     `json:"differs"`
		PhotoProven   bool         `json:"photo_proven"`
		Print         *print       `json:"print"`
		PrintProven   bool         `json:"print_proven"`
		NotHeld       bool         `json:"not_held,omitempty"`
		Why           []string     `json:"why"`
	}{r.Valid, r.Intact, r.Revoked, r.RevokedReason, r.RevokedOn, r.ToBeRevoked, r.KnownTo, r.Issuer, r.Signed, r.Differs, r.PhotoProven,
		which, r.PrintProven, r.NotHeld, why})
}

// Broken is the result for something that is not signed, or was changed since.
func Broken(why *fault.Fault) Result { return Result{Why: []*fault.Fault{why}} }

// Judge judges a document's content. differs is what the page shows otherwise: nil where no page
// was compared, empty where page and document agree.
func Judge(c Content, by sign.Public, differs []string, known Known) Result {
	r := Result{Intact: len(differs) == 0, Signed: c, Differs: differs}
	if !r.Intact {
		r.Why = append(r.Why, ErrDiffers)
	}
	since := c.IssuedAt
	if day := c.IssuedOn.Start(); day.After(since) {
		since = day
	}
	r.judge(paper{by: by, name: c.Institution.Name, number: c.Number, on: c.IssuedOn, from: c.From, to: c.To, since: since, id: c.ID, is: c.is}, known)
	return r
}

// JudgeClaims judges the facts of a printed code. The photo beside it stays unproven.
func JudgeClaims(c Claims, by sign.Public, known Known) Result {
	r := Result{Intact: true, Signed: c}
	r.judge(paper{by: by, name: c.IssuerName, short: cut, number: c.Number, on: c.IssuedOn, from: c.From, to: c.To, since: c.IssuedOn.Start(), digest: c.DocumentHash, is: c.Of}, known)
	return r
}

// paper is what both forms of a certificate say of themselves.
type paper struct {
	by     sign.Public
	name   string              // of the issuer
	short  func(string) string // how a name is shortened there; nil if it is not
	number string
	on     day.Date
	from   day.Date // of the registration period, as to
	to     day.Date
	since  time.Time             // when it was issued
	id     id.Certificate        // of a document
	digest []byte                // of a code: how its document's hash begins
	is     func(doc []byte) bool // whether that document is its own
}

// days refuses a paper of days that nobody means.
func (p paper) days(today day.Date) error {
	return cmp.Or(day.Issued.Check(p.on, today), day.Registered.Check(p.from, today), day.Ends.Check(p.to, today))
}

// is reports whether a document says just this.
func (c Content) is(doc []byte) bool {
	kept, _, err := ParseDocument(doc)
	if err != nil {
		return false
	}
	a, err1 := json.Marshal(c)
	b, err2 := json.Marshal(kept)
	return err1 == nil && err2 == nil && bytes.Equal(a, b)
}

// clockSlack is how far two clocks that are both right may stand apart.
const clockSlack = 10 * time.Minute

// judge finds out whether the issuer is trusted and the certificate still stands.
func (r *Result) judge(p paper, known Known) {
	key := r.judgeIssuer(p, known)
	if !known.Now.IsZero() && p.since.After(known.Now.Add(clockSlack)) {
		r.Why = append(r.Why, ErrNotYet.With(max(p.on, day.Of(p.since))))
	} else if err := p.days(day.Of(known.Now)); err != nil && !known.Now.IsZero() && key.Source != "own" {
		r.Why = append(r.Why, fault.Of(err)) // ours may be from before there was a rule
	}
	r.KnownTo = p.on
	for _, l := range known.Lists {
		if !known.speaksFor(l.Issuer, r.Issuer.Key) {
			continue
		}
		if on := day.Of(l.At); on.After(r.KnownTo) {
			r.KnownTo = on
		}
		if on, reason, ok := l.revoked(p); ok {
			r.Revoked, r.RevokedOn, r.RevokedReason = true, on, reason
		}
	}
	if today := day.Of(known.Now); !known.Now.IsZero() && r.KnownTo.After(today) {
		r.KnownTo = today
	}
	if r.Revoked {
		r.Why = append(r.Why, ErrRevoked.With(r.RevokedOn, r.RevokedReason))
	}
	if key.Source == "own" {
		r.judgeHeld(p, known)
	}
	r.Valid = r.Intact && len(r.Why) == 0
}

// judgeHeld holds a paper of our own against what our store keeps under its number: it is the
// document that counts.
func (r *Result) judgeHeld(p paper, known Known) {
	if known.Held != nil {
		doc, held := known.Held.Documents[p.number]
		if r.NotHeld = !held; held && !p.is(doc) {
			r.Why = append(r.Why, ErrOtherPaper.With(p.number))
			return
		}
	}
	if !r.Revoked {
		r.ToBeRevoked = known.Doubted[p.number]
	}
}

// judgeIssuer finds out whose key it is. A key signs in its institution's own name, or in one under
// which it was trusted before; our own store may have had any.
func (r *Result) judgeIssuer(p paper, known Known) TrustedKey {
	r.Issuer = ResultIssuer{Name: p.name, Key: p.by.DID()}
	key, ok := known.key(r.Issuer.Key)
	if !ok {
		r.Why = append(r.Why, ErrStranger)
		return key
	}
	r.Issuer.Source = key.Source
	if key.Name != "" && !p.under(key.Name) {
		r.Issuer.Name, r.Issuer.Claimed = key.Name, p.name
		if key.Source != "own" && !slices.ContainsFunc(key.Former, p.under) {
			r.Why = append(r.Why, ErrOtherName.With(key.Name, p.name))
		}
	} else if key.Name != "" {
		r.Issuer.Name = key.Name
	}
	if !key.RetiredOn.IsZero() && p.on.After(key.RetiredOn) {
		r.Why = append(r.Why, ErrRetired.With(key.RetiredOn))
	} else {
		r.Issuer.Trusted = true
	}
	return key
}

// under reports whether it was issued under that name.
func (p paper) under(name string) bool {
	return p.name == name || p.short != nil && p.name == p.short(name)
}

func (k Known) key(did string) (TrustedKey, bool) {
	for _, t := range k.Keys {
		if t.DID == did {
			return t, true
		}
	}
	return TrustedKey{}, false
}

// speaksFor reports whether a list signed by one key counts for what another signed: its own, or
// that of an institution trusted under the same name, which goes on revoking with a new key. Nobody
// else's speaks for our own.
func (k Known) speaksFor(list, did string) bool {
	if list == did {
		return true
	}
	a, ok1 := k.key(list)
	b, ok2 := k.key(did)
	return ok1 && ok2 && a.Name != "" && a.Name == b.Name && (a.Source == "own") == (b.Source == "own")
}
