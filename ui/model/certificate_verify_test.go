package model

import (
	"errors"
	"testing"

	"xuezheng/data/certificate"
)

type judge struct {
	result certificate.Result
	err    error
	given  []string
}

func (j *judge) Verify(b []byte) (certificate.Result, error) {
	j.given = append(j.given, string(b))
	return j.result, j.err
}
func (j *judge) Fingerprint(key string) string { return "指 " + key }

func TestACertificateIsJudgedInAWord(t *testing.T) {
	for want, r := range map[string]certificate.Result{
		"valid":    {Valid: true, Intact: true},
		"revoked":  {Intact: true, Revoked: true, Issuer: certificate.ResultIssuer{Trusted: true}},
		"stranger": {Intact: true, Issuer: certificate.ResultIssuer{Name: "别家", Key: "did"}},
		"not":      {Intact: true, Differs: []string{"姓名"}, Issuer: certificate.ResultIssuer{Trusted: true}},
	} {
		m := NewCertificateVerify(&judge{result: r}, &hands{chosen: File{Name: "a.pdf", Bytes: []byte("x")}}, Now)
		m.Choose()
		if !m.Judged || m.Verdict() != want {
			t.Errorf("got %v %q, want %q", m.Judged, m.Verdict(), want)
		}
	}
	if m := NewCertificateVerify(&judge{}, nil, Now); m.Verdict() != "not" || m.Fingerprint() != "" {
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
