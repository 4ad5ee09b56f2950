package model

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"xuezheng/data/certificate"
	"xuezheng/data/device"
)

type archive struct {
	list []CertificateView
	left []SpoiltRow
	did  []string
	err  error
}

func (a *archive) note(what ...any) error {
	if a.err == nil {
		a.did = append(a.did, fmt.Sprint(what...))
	}
	return a.err
}

func (a *archive) Certificates(string) ([]CertificateView, []SpoiltRow, error) {
	return a.list, a.left, nil
}
func (a *archive) Copy(n string) (int, []byte, error)         { return 2, []byte("pdf"), a.note("copy ", n) }
func (a *archive) Save(name string, _ []byte) (string, error) { return "/p/" + name, nil }
func (a *archive) Print(path string) error                    { return a.note("print ", path) }
func (a *archive) Spoil(n string, k int, why string) error    { return a.note("spoil ", n, k, why) }
func (a *archive) HandOver(n string, k int, who, seen string) error {
	return a.note("hand ", n, " ", k, who, seen)
}
func (a *archive) Reissue(n string) (string, []byte, error) {
	return "GX9", []byte("pdf"), a.note("reissue ", n)
}

func (a *archive) Revoke(n, reason, note string) error { return a.note("revoke ", n, reason, note) }
func (a *archive) RevocationList() ([]byte, error)     { return []byte("list"), a.err }

func twoCertificates() []CertificateView {
	one := CertificateView{Content: certificate.Content{Number: "GX1"}, Copies: []certificate.Copy{{Number: 1, HandedAt: time.Unix(1, 0)}, {Number: 2}}}
	one.Content.Holder.Name = "韦志远"
	return []CertificateView{one, {Content: certificate.Content{Number: "GX2"}, Revoked: true}}
}

func TestACopyIsMadeSavedAndPrinted(t *testing.T) {
	a := &archive{list: twoCertificates()}
	m := NewCertificateDesk(a, &hands{}, "", true, Now)
	if m.CanCopy() || m.CanHandOver() || m.CanRevoke() {
		t.Error("something can be done before a certificate is chosen")
	}
	m.Choose(0)
	m.MakeCopy()
	if fmt.Sprint(a.did) != "[copy GX1 print /p/GX1-2.pdf]" || !m.Printed || m.CopyMade != 2 {
		t.Errorf("did %v", a.did)
	}
	m.Choose(1) // revoked: no further copy
	m.MakeCopy()
	if len(a.did) != 2 {
		t.Errorf("did %v", a.did)
	}
}

func TestWithoutAPrinterTheCopyIsSavedAllTheSame(t *testing.T) {
	a := &archive{list: twoCertificates()[:1]}
	m := NewCertificateDesk(a, &hands{}, "GX1", true, Now)
	a.err = nil
	m.MakeCopy()
	a.err = device.ErrNoWay
	m.Print()
	if m.Saved != "/p/GX1-2.pdf" || !errors.Is(m.Problem(), device.ErrNoWay) {
		t.Errorf("saved %q, problem %v", m.Saved, m.Problem())
	}
}

func TestWhatBecomesOfAPrintIsRecorded(t *testing.T) {
	a := &archive{list: twoCertificates()}
	m := NewCertificateDesk(a, &hands{}, "", true, Now)
	m.Choose(0)
	if m.Copy != 2 || m.Collector.Value() != "韦志远" {
		t.Fatalf("copy %d at hand, collected by %q", m.Copy, m.Collector.Value())
	}
	m.HandOver()
	m.Spoil() // nobody said why
	m.Spoiled.Set("卡纸")
	m.Spoil()
	if fmt.Sprint(a.did) != "[hand GX1 2韦志远resident-card spoil GX12卡纸]" {
		t.Errorf("did %v", a.did)
	}
}

func TestRevokingAsksFirstAndOnlyOfThoseWhoMay(t *testing.T) {
	a := &archive{list: twoCertificates()[:1]}
	m := NewCertificateDesk(a, &hands{}, "GX1", false, Now)
	m.Reason.Set("wrong-person")
	if m.CanRevoke() {
		t.Error("a clerk could revoke")
	}
	m.May = true
	m.Reason.Set("other")
	if m.CanRevoke() {
		t.Error("“other” needs a note")
	}
	m.Note.Set("重名")
	m.Revoke()
	if len(a.did) != 0 || m.Question() == nil {
		t.Fatalf("did %v without a question", a.did)
	}
	m.Yes()
	if fmt.Sprint(a.did) != "[revoke GX1other重名]" || !m.Reason.Empty() {
		t.Errorf("did %v", a.did)
	}
}

func TestTheRevocationListIsKept(t *testing.T) {
	h := &hands{}
	m := NewCertificateDesk(&archive{}, h, "", true, Now)
	m.KeepList("revoked.json")
	if string(h.kept["revoked.json"]) != "list" || m.Kept == "" {
		t.Errorf("kept %v", h.kept)
	}
}

func TestTheDeskSaysWhatItsListLeavesOut(t *testing.T) {
	a := &archive{list: twoCertificates(), left: []SpoiltRow{{Kind: "person.kind.certificate", Key: "c3"}}}
	m := NewCertificateDesk(a, &hands{}, "", true, Now)
	if len(m.LeftOut) != 1 || m.LeftOut[0].Key != "c3" {
		t.Errorf("left out: %+v", m.LeftOut)
	}
	a.left = nil
	if m.Load(); len(m.LeftOut) != 0 {
		t.Errorf("still left out: %+v", m.LeftOut)
	}
}
