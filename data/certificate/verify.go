package certificate

import (
	"encoding/json"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/sign"
)

// TrustedKey is a key there is reason to trust: this store's own, one given for this check, or
// one an administrator installed.
type TrustedKey struct {
	Name    string
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
	Today day.Date // no list makes the status known beyond it; none means no such bound
	// Doubted are the certificates this store is about to revoke, since an hour they certify was
	// withdrawn: their numbers, and since when.
	Doubted map[string]day.Date
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
	Why           []*fault.Fault // why it is not valid
}

// ResultIssuer is who signed.
type ResultIssuer struct {
	Name    string `json:"name"`
	Key     string `json:"key"`
	Trusted bool   `json:"trusted"`
}

// Why a certificate is not valid.
var (
	ErrStranger = fault.New(fault.Refused, "certificate.stranger")
	ErrRetired  = fault.New(fault.Refused, "certificate.retired-key")
	ErrDiffers  = fault.New(fault.Refused, "certificate.differs")
	ErrRevoked  = fault.New(fault.Refused, "certificate.revoked")
)

// MarshalJSON writes the shape scripts lean on.
func (r Result) MarshalJSON() ([]byte, error) {
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
		Why           []string     `json:"why"`
	}{r.Valid, r.Intact, r.Revoked, r.RevokedReason, r.RevokedOn, r.ToBeRevoked, r.KnownTo, r.Issuer, r.Signed, r.Differs, r.PhotoProven, why})
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
	r.judge(by, c.Institution.Name, c.Number, c.IssuedOn, known)
	return r
}

// JudgeClaims judges the facts of a printed code. The photo beside it stays unproven.
func JudgeClaims(c Claims, by sign.Public, known Known) Result {
	r := Result{Intact: true, Signed: c}
	r.judge(by, c.IssuerName, c.Number, c.IssuedOn, known)
	return r
}

// judge finds out whether the issuer is trusted and the certificate still stands.
func (r *Result) judge(by sign.Public, name, number string, issued day.Date, known Known) {
	r.Issuer = ResultIssuer{Name: name, Key: by.DID()}
	key, ok := known.key(r.Issuer.Key)
	switch {
	case !ok:
		r.Why = append(r.Why, ErrStranger)
	case !key.RetiredOn.IsZero() && issued.After(key.RetiredOn):
		r.Why = append(r.Why, ErrRetired.With(key.RetiredOn))
	default:
		r.Issuer.Trusted = true
	}
	r.KnownTo = issued
	for _, l := range known.Lists {
		if !known.speaksFor(l.Issuer, r.Issuer.Key) {
			continue
		}
		if on := day.Of(l.At); on.After(r.KnownTo) {
			r.KnownTo = on
		}
		if on, reason, ok := l.revoked(number); ok {
			r.Revoked, r.RevokedOn, r.RevokedReason = true, on, reason
		}
	}
	if !known.Today.IsZero() && r.KnownTo.After(known.Today) {
		r.KnownTo = known.Today
	}
	if r.Revoked {
		r.Why = append(r.Why, ErrRevoked.With(r.RevokedOn, r.RevokedReason))
	}
	if !r.Revoked && key.Source == "own" {
		r.ToBeRevoked = known.Doubted[number]
	}
	r.Valid = r.Intact && r.Issuer.Trusted && !r.Revoked
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
// that of an institution trusted under the same name, which goes on revoking with a new key.
func (k Known) speaksFor(list, did string) bool {
	if list == did {
		return true
	}
	a, ok1 := k.key(list)
	b, ok2 := k.key(did)
	return ok1 && ok2 && a.Name != "" && a.Name == b.Name
}
