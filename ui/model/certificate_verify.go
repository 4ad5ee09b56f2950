package model

import (
	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// VerifyService verifies certificates.
type VerifyService interface {
	Verify(file []byte) (certificate.Result, error)
	// Fingerprint is a key's, in groups that can be read aloud.
	Fingerprint(key string) string
}

// CertificateVerify verifies a certificate from a file or from the text of its code.
type CertificateVerify struct {
	Screen
	File    string
	Code    Text // pasted, or written by a scanner
	Result  certificate.Result
	Judged  bool
	service VerifyService
	files   Files
}

// Papers are the endings of files that can be verified.
var Papers = []string{"pdf", "jpg", "jpeg", "png", "webp", "heic", "json", "txt"}

// NewCertificateVerify verifies through service.
func NewCertificateVerify(service VerifyService, files Files, run Run) *CertificateVerify {
	m := &CertificateVerify{Screen: NewScreen(run), service: service, files: files}
	m.Code.OnChange(m.Changed)
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
	m.Do(func() (err error) { r, err = m.service.Verify(b); return err }, func() { m.Result, m.Judged = r, true })
}

// Verdict is what was found in a word: "valid", "stranger" for one that is intact but whose
// issuer nobody here trusts, "revoked", or "not" for anything else.
func (m *CertificateVerify) Verdict() string {
	switch r := m.Result; {
	case r.Valid:
		return "valid"
	case r.Revoked:
		return "revoked"
	case r.Intact && !r.Issuer.Trusted && len(r.Differs) == 0:
		return "stranger"
	}
	return "not"
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
