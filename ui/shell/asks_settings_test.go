package shell

import (
	"bytes"
	"context"
	"errors"
	"testing"

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

// TestAKeyIsTrustedByItsFingerprint trusts one: the refusal does not show the file's own.
func TestAKeyIsTrustedByItsFingerprint(t *testing.T) {
	a := settingsAsks(t)
	v, err := a.as().Institution()
	if err != nil {
		t.Fatal(err)
	}
	file, err := a.as().KeyFile()
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Trust(file, "0000 0000 0000 0000 0000"); !errors.Is(err, model.ErrFingerprintDiffers) {
		t.Errorf("another fingerprint: %v", err)
	}
	if err := a.Trust(file, v.Fingerprint); err != nil {
		t.Errorf("the fingerprint: %v", err)
	}
	n, err := a.as().VerifyTrail(context.Background(), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	trail, err := a.TrailFile(model.AuditFilter{})
	if err != nil || bytes.Contains(trail, []byte("阿布都")) || bytes.Count(trail, []byte("\n")) != n+1 {
		t.Errorf("%d lines of %d, %v", bytes.Count(trail, []byte("\n")), n, err)
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
