package model

import (
	"errors"
	"testing"

	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/fault"
)

type judge struct {
	result certificate.Result
	err    error
	given  []string

	revoked []string
}

func (j *judge) Verify(b []byte) (certificate.Result, error) {
	j.given = append(j.given, string(b))
	return j.result, j.err
}
func (j *judge) Fingerprint(key string) string { return "指 " + key }
func (j *judge) RevokePaper(file []byte, reason, note string) error {
	j.revoked = append(j.revoked, string(file)+" "+reason+note)
	return nil
}

func TestAPaperAstrayIsRevokedByItself(t *testing.T) {
	astray := certificate.Result{Valid: true, Intact: true, NotHeld: true, Signed: certificate.Content{Number: "GX1"}, Issuer: certificate.ResultIssuer{Source: "own"}}
	for name, c := range map[string]struct {
		change func(*certificate.Result)
		may    bool
		want   bool
	}{
		"not held": {func(*certificate.Result) {}, true, true},
		"another under its number": {func(r *certificate.Result) {
			r.NotHeld, r.Why = false, []*fault.Fault{certificate.ErrOtherPaper.With("GX1")}
		}, true, true},
		"by someone who may not":     {func(*certificate.Result) {}, false, false},
		"held":                       {func(r *certificate.Result) { r.NotHeld = false }, true, false},
		"revoked already":            {func(r *certificate.Result) { r.Revoked = true }, true, false},
		"another institution's":      {func(r *certificate.Result) { r.Issuer.Source = "installed" }, true, false},
		"a code, without a document": {func(r *certificate.Result) { r.Signed = certificate.Claims{} }, true, false},
	} {
		r := astray
		c.change(&r)
		m := NewCertificateVerify(&judge{result: r}, &hands{chosen: File{Name: "a.pdf", Bytes: []byte("x")}}, Now)
		m.May = c.may
		if m.Choose(); m.Astray() != c.want {
			t.Errorf("%s: %v", name, m.Astray())
		}
	}
	j := &judge{result: astray}
	m := NewCertificateVerify(j, &hands{chosen: File{Name: "a.pdf", Bytes: []byte("x")}}, Now)
	m.May = true
	m.Choose()
	m.Revoke()
	if m.Reason.Set("other"); m.CanRevoke() {
		t.Error("other without a note")
	}
	m.Reason.Set("wrong-person")
	m.Revoke()
	if len(j.revoked) != 0 || m.Question() == nil {
		t.Fatalf("revoked without a question: %q", j.revoked)
	}
	m.Yes()
	if len(j.revoked) != 1 || j.revoked[0] != "x wrong-person" || len(j.given) != 2 || m.Reason.Value() != "" {
		t.Errorf("revoked %q, judged %d times", j.revoked, len(j.given))
	}
}

func TestACertificateIsJudgedInAWord(t *testing.T) {
	for want, r := range map[Verdict]certificate.Result{
		VerdictValid:    {Valid: true, Intact: true},
		VerdictDoubted:  {Valid: true, Intact: true, NotHeld: true, ToBeRevoked: day.MustNew(2026, 11, 1)},
		VerdictNotHeld:  {Valid: true, Intact: true, NotHeld: true},
		VerdictRevoked:  {Intact: true, Revoked: true, Issuer: certificate.ResultIssuer{Trusted: true}},
		VerdictStranger: {Intact: true, Issuer: certificate.ResultIssuer{Name: "别家", Key: "did"}},
		VerdictNot:      {Intact: true, Differs: []string{"姓名"}, Issuer: certificate.ResultIssuer{Trusted: true}},
	} {
		m := NewCertificateVerify(&judge{result: r}, &hands{chosen: File{Name: "a.pdf", Bytes: []byte("x")}}, Now)
		m.Choose()
		if !m.Judged || m.Verdict() != want {
			t.Errorf("got %v %q, want %q", m.Judged, m.Verdict(), want)
		}
	}
	if m := NewCertificateVerify(&judge{}, nil, Now); m.Verdict() != VerdictNot || m.Fingerprint() != "" {
		t.Error("what nobody judged is something")
	}
}

func TestACodeIsVerifiedAndLeavesTheField(t *testing.T) {
	j := &judge{result: certificate.Result{Intact: true, Issuer: certificate.ResultIssuer{Key: "did:key:z"}}}
	m := NewCertificateVerify(j, &hands{}, Now)
	m.VerifyCode()
	if len(j.given) != 0 {
		t.Error("an empty code was verified")
	}
	m.Code.Set(" XZ1:ABC ")
	m.VerifyCode()
	if len(j.given) != 1 || j.given[0] != "XZ1:ABC" || !m.Code.Empty() || m.Fingerprint() != "指 did:key:z" {
		t.Errorf("given %q, left %q", j.given, m.Code.Value())
	}
}

func TestWhatCantBeJudgedIsSaid(t *testing.T) {
	j := &judge{err: errors.New("no code in the picture")}
	m := NewCertificateVerify(j, &hands{}, Now)
	m.Take(File{Name: "a.exe"}, nil)
	if !errors.Is(m.Problem(), ErrNotAPaper) || len(j.given) != 0 {
		t.Errorf("problem %v", m.Problem())
	}
	m.Take(File{}, ErrFileTooLarge)
	if !errors.Is(m.Problem(), ErrFileTooLarge) {
		t.Errorf("problem %v", m.Problem())
	}
	m.Take(File{Name: "扫描.JPG"}, nil)
	if m.Problem() != j.err || m.Judged {
		t.Errorf("problem %v, judged %v", m.Problem(), m.Judged)
	}
}
