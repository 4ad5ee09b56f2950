package model

import (
	"errors"
	"slices"

	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// VerifyService verifies certificates.
type VerifyService interface {
	Verify(file []byte) (certificate.Result, error)
	// Fingerprint is a key's, in groups that can be read aloud.
	Fingerprint(key string) string
	// RevokePaper revokes the very paper in a file of ours, whatever else has its number.
	RevokePaper(file []byte, reason, note string) error
}

// CertificateVerify verifies a certificate from a file or from the text of its code.
type CertificateVerify struct {
	Screen
	File    string
	Code    Text // pasted, or written by a scanner
	Result  certificate.Result
	Judged  bool
	May     bool   // whoever is signed in may revoke
	Reason  Choice // why this paper is revoked
	Note    Text
	judged  []byte // what Result is about
	service VerifyService
	files   Files
}

// Papers are the endings of files that can be verified.
var Papers = []string{"pdf", "jpg", "jpeg", "png", "webp", "heic", "json", "txt"}

// NewCertificateVerify verifies through service.
func NewCertificateVerify(service VerifyService, files Files, run Run) *CertificateVerify {
	m := &CertificateVerify{Screen: NewScreen(run), service: service, files: files}
	for _, r := range certificate.RevokeReasons {
		m.Reason.Offer(append(m.Reason.Options(), Option{r, "certificate.reason." + r})...)
	}
	for _, t := range []*Text{&m.Code, &m.Reason.Text, &m.Note} {
		t.OnChange(m.Changed)
	}
	return m
}

// Choose lets a person choose a certificate.
func (m *CertificateVerify) Choose() { m.files.Choose(m.Take, Papers...) }

// ErrNotAPaper is for a file that is no certificate by its name.
var ErrNotAPaper = fault.New(fault.Refused, "certificate.verify.not-a-paper")

// Take verifies a file that was chosen or dropped.
func (m *CertificateVerify) Take(f File, err error) {
	if err == nil && !f.Is(Papers...) {
		err = ErrNotAPaper
	}
	if err != nil {
		m.Judged = false
		m.Refuse(err)
		return
	}
	m.File = f.Name
	m.verify(f.Bytes)
}

// CanVerify reports whether a code was written.
func (m *CertificateVerify) CanVerify() bool { return !m.Busy() && !m.Code.Empty() }

// VerifyCode verifies the code that was written.
func (m *CertificateVerify) VerifyCode() {
	if !m.CanVerify() {
		return
	}
	m.File = ""
	m.verify([]byte(m.Code.Value()))
	m.Code.Set("")
}

func (m *CertificateVerify) verify(b []byte) {
	m.Judged = false
	var r certificate.Result
	m.Do(func() (err error) { r, err = m.service.Verify(b); return err }, func() { m.Result, m.Judged, m.judged = r, true, b })
}

// Astray reports whether the paper is one of ours that our store does not keep, and that can be
// revoked here by itself: it carries its document, and stands.
func (m *CertificateVerify) Astray() bool {
	r := m.Result
	_, whole := r.Signed.(certificate.Content)
	other := slices.ContainsFunc(r.Why, func(f *fault.Fault) bool { return errors.Is(f, certificate.ErrOtherPaper) })
	return m.May && m.Judged && whole && !r.Revoked && r.Issuer.Source == "own" && (r.NotHeld || other)
}

// CanRevoke reports whether it is astray and a reason is chosen; "other" needs a note.
func (m *CertificateVerify) CanRevoke() bool {
	return m.Astray() && !m.Busy() && m.Reason.Index() >= 0 && (m.Reason.Value() != "other" || !m.Note.Empty())
}

// Revoke revokes the paper after a question, and judges it again.
func (m *CertificateVerify) Revoke() {
	if !m.CanRevoke() {
		return
	}
	f, _ := m.Facts()
	paper, reason, note := m.judged, m.Reason.Value(), m.Note.Value()
	m.Ask("certificate.revoke.ask", func() {
		m.Do(func() error { return m.service.RevokePaper(paper, reason, note) }, func() {
			m.Reason.Set("")
			m.Note.Set("")
			m.verify(paper)
		})
	}, f.Number)
}

// Verdict is what was found in a word; worded as "certificate.verdict.<code>".
type Verdict string

// The verdicts.
const (
	VerdictValid    Verdict = "valid"
	VerdictDoubted  Verdict = "doubted"  // valid, and to be revoked
	VerdictNotHeld  Verdict = "not-held" // valid, and not held against a list of what was revoked
	VerdictRevoked  Verdict = "revoked"
	VerdictStranger Verdict = "stranger" // intact, but nobody here trusts its issuer
	VerdictNot      Verdict = "not"
)

// Verdict is what was found.
func (m *CertificateVerify) Verdict() Verdict {
	switch r := m.Result; {
	case r.Valid && !r.ToBeRevoked.IsZero():
		return VerdictDoubted
	case r.Valid && r.NotHeld:
		return VerdictNotHeld
	case r.Valid:
		return VerdictValid
	case r.Revoked:
		return VerdictRevoked
	case r.Intact && !r.Issuer.Trusted && len(r.Differs) == 0:
		return VerdictStranger
	}
	return VerdictNot
}

// SignedFacts are what was signed, to be held against the paper; what is unknown is empty.
type SignedFacts struct {
	Number, Name, MaskedNumber, Unit, Programme string
	From, To, IssuedOn                          day.Date
	Buckets                                     []SignedBucket // of a whole document
	Hundredths                                  []int          // of a 学时, of a code: main required, main elective, each added one
}

// SignedBucket is one bucket of a certificate, in hundredths of a 学时.
type SignedBucket struct {
	Kind, Specialty string
	Done, Needed    int
}

// Facts are what was signed; none is false.
func (m *CertificateVerify) Facts() (f SignedFacts, ok bool) {
	switch s := m.Result.Signed.(type) {
	case certificate.Content:
		f = SignedFacts{Number: s.Number, Name: s.Holder.Name, MaskedNumber: s.Holder.MaskedNumber, Unit: s.Holder.Unit, Programme: s.Programme, From: s.From, To: s.To, IssuedOn: s.IssuedOn}
		for _, b := range s.Buckets {
			f.Buckets = append(f.Buckets, SignedBucket{b.Kind, b.Specialty, s.Hundredths(b.Seconds), s.Hundredths(b.Needed)})
		}
		return f, true
	case certificate.Claims:
		return SignedFacts{Number: s.Number, Name: s.Name, MaskedNumber: s.MaskedNumber, From: s.From, To: s.To, IssuedOn: s.IssuedOn, Hundredths: s.Hundredths}, true
	}
	return f, false
}

// Fingerprint is that of the issuer's key.
func (m *CertificateVerify) Fingerprint() string {
	if m.Result.Issuer.Key == "" {
		return ""
	}
	return m.service.Fingerprint(m.Result.Issuer.Key)
}
