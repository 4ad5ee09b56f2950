package shell

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/policy"
	"xuezheng/ui/model"
	"xuezheng/ui/theme"
	"xuezheng/ui/word"
)

// settingsAsks asks the sample desk's services as its administrator.
func settingsAsks(t *testing.T) *asks {
	t.Helper()
	s, who := sampleDesk(t)
	g, err := NewGallery(s, who, "建设继续教育中心", word.Chinese, theme.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	return g.desk.asks
}

func TestTheInstitutionAndItsKeyReachTheStore(t *testing.T) {
	a := settingsAsks(t)
	if err := a.as().SetInstitution("柳江培训中心", "Liujiang", "0771-5550100"); err != nil {
		t.Fatal(err)
	}
	v, err := a.as().Institution()
	if err != nil || v.Name != "柳江培训中心" || len(v.Fingerprint) != 24 {
		t.Errorf("got %+v, %v", v, err)
	}
	file, err := a.as().KeyFile()
	if err != nil {
		t.Fatal(err)
	}
	o, err := a.as().ReadKey(file)
	if err != nil || o.Name != "柳江培训中心" {
		t.Errorf("got %+v, %v", o, err)
	}
	if err := a.Trust(file, "0000 0000 0000 0000 0000"); !errors.Is(err, model.ErrFingerprintDiffers) {
		t.Errorf("another fingerprint: %v", err)
	}
	if err := a.Trust(file, v.Fingerprint); err != nil {
		t.Errorf("the fingerprint: %v", err)
	}
	if _, err := a.as().ReadKey([]byte("no key")); err == nil {
		t.Error("took what is no key")
	}
	rows, err := a.as().TrustedKeys()
	if err != nil || len(rows) == 0 || !rows[0].Own || rows[0].Fingerprint != v.Fingerprint {
		t.Errorf("got %+v, %v", rows, err)
	}
}

func TestPacksAndLoginsReachTheStore(t *testing.T) {
	a := settingsAsks(t)
	_, yaml, err := policy.Shipped(firstPack)
	if err != nil {
		t.Fatal(err)
	}
	next := bytes.Replace(yaml, []byte(`version: "2026.2"`), []byte(`version: "2026.3"`), 1)
	p, err := a.as().ReadPack(next)
	if err != nil || p.Version != "2026.3" || len(p.Figures) == 0 || len(p.Sources) == 0 {
		t.Fatalf("got %q, %v", p.Version, err)
	}
	if err := a.as().InstallPack(next); err != nil {
		t.Fatal(err)
	}
	if list, err := a.as().Packs(); err != nil || len(list) != 2 || list[0].Version != "2026.3" {
		t.Errorf("got %d packs, %v", len(list), err)
	}
	if _, err := a.as().ReadPack([]byte("id: x")); err == nil {
		t.Error("took what is no pack")
	}
	code, err := a.as().AddUser("lanmei", access.Clerk)
	if err != nil || code == "" {
		t.Fatalf("got %q, %v", code, err)
	}
	if err := a.as().SetUser("lanmei", access.Reviewer, true); err != nil {
		t.Fatal(err)
	}
	again, err := a.as().ResetUser("lanmei")
	if err != nil || again == code {
		t.Errorf("got %q, %v", again, err)
	}
	if _, err := a.as().HandOut("lanmei", "13877146021"); err == nil {
		t.Error("a clerk got a learner's code")
	}
	rows, err := a.as().Users()
	if err != nil || len(rows) != 2 || !rows[0].Me || rows[1].Role != access.Reviewer || !rows[1].Disabled || !rows[1].MustChange {
		t.Errorf("got %+v, %v", rows, err)
	}
}

func TestTheTrailReachesTheWindow(t *testing.T) {
	a := settingsAsks(t)
	rows, err := a.as().Trail(model.AuditFilter{Act: act.IssueCertificate, Person: "阿布都", Login: "zhoumin"}, 10)
	if err != nil || len(rows) != 1 || rows[0].Who != "zhoumin" || rows[0].Person == "" {
		t.Errorf("got %+v, %v", rows, err)
	}
	for _, nobody := range []model.AuditFilter{{Login: "nobody"}, {Person: "查无此人"}} {
		if rows, err := a.as().Trail(nobody, 10); err != nil || len(rows) != 0 {
			t.Errorf("%+v: %d lines, %v", nobody, len(rows), err)
		}
	}
	n, err := a.as().VerifyTrail(context.Background(), func(int, int) {})
	if err != nil || n == 0 {
		t.Errorf("verified %d, %v", n, err)
	}
	file, err := a.TrailFile(model.AuditFilter{})
	if err != nil || bytes.Contains(file, []byte("阿布都")) || bytes.Count(file, []byte("\n")) != n+1 {
		t.Errorf("%d lines of %d, %v", bytes.Count(file, []byte("\n")), n, err)
	}
	if names, err := a.as().TrailLogins(); err != nil || len(names) != 1 {
		t.Errorf("got %v, %v", names, err)
	}
}

func TestAWrongRecoveryKeyLeavesTheStoreLocked(t *testing.T) {
	a := settingsAsks(t)
	if err := a.Recover("AGE-SECRET-KEY-1X", "zhoumin", "雨后山坡长满青草"); err == nil {
		t.Fatal("a wrong key opened the store")
	}
	if _, err := a.as().Find("阿布都", 1); err == nil {
		t.Error("somebody can be found although the store should be locked")
	}
}
