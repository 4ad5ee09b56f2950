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
}

// Known is what a verification goes by: whom to trust, and what is revoked.
type Known struct {
	Keys  []TrustedKey
	Lists []RevocationList
}

// Result is what a verification finds.
type Result struct {
	Valid         bool           // intact, issuer trusted, not revoked
	Intact        bool           // signed, and not changed since
	Revoked       bool           // as far as known on KnownTo
	RevokedReason string         // coded
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
		KnownTo       day.Date     `json:"known_to"`
		Issuer        ResultIssuer `json:"issuer"`
		Signed        any          `json:"signed"`
		Differs       []string     `json:"differs"`
		PhotoProven   bool         `json:"photo_proven"`
		Why           []string     `json:"why"`
	}{r.Valid, r.Intact, r.Revoked, r.RevokedReason, r.KnownTo, r.Issuer, r.Signed, r.Differs, r.PhotoProven, why})
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
	for _, k := range known.Keys {
		if k.DID == r.Issuer.Key {
			r.Issuer.Trusted = true
		}
	}
	if !r.Issuer.Trusted {
		r.Why = append(r.Why, ErrStranger)
	}
	r.KnownTo = issued
	for _, l := range known.Lists {
		if l.Issuer != r.Issuer.Key {
			continue
		}
		if on := day.Of(l.At); on.After(r.KnownTo) {
			r.KnownTo = on
		}
		for _, e := range l.Entries {
			if e.Number == number {
				r.Revoked, r.RevokedReason = true, e.Reason
			}
		}
	}
	if r.Revoked {
		r.Why = append(r.Why, ErrRevoked)
	}
	r.Valid = r.Intact && r.Issuer.Trusted && !r.Revoked
}
