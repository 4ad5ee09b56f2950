package model

import (
	"errors"
	"testing"

	"xuezheng/data/access"
)

// renewer makes keys, if the passphrase is right.
type renewer struct {
	asked   []string
	printed string
}

func (r *renewer) RenewRecovery(passphrase string) (string, error) {
	if r.asked = append(r.asked, passphrase); passphrase != "柳江边上三棵榕树" {
		return "", access.ErrWrongPassphrase
	}
	return "AGE-SECRET-KEY-1ABCDEF", nil
}
func (r *renewer) PrintRecovery(key string) error { r.printed = key; return nil }

func TestAnotherRecoveryKeyIsShownOnceAndAskedBack(t *testing.T) {
	r, d := &renewer{}, &drawer{}
	m := NewRecoveryKey(r, d, Now, nil)
	m.Renew()
	if len(r.asked) > 0 || m.CanRenew() {
		t.Error("made without a passphrase")
	}
	m.Passphrase.Set("不对")
	m.Renew()
	if !errors.Is(m.Problem(), access.ErrWrongPassphrase) || m.Recovery != "" {
		t.Errorf("a wrong passphrase: %v, key %q", m.Problem(), m.Recovery)
	}
	m.Passphrase.Set("柳江边上三棵榕树")
	m.Renew()
	if m.Recovery == "" || m.Passphrase.Raw() != "" || m.CanRenew() {
		t.Fatalf("key %q, passphrase left %q", m.Recovery, m.Passphrase.Raw())
	}
	m.Print()
	m.Keep("key.txt")
	if r.printed != m.Recovery || !m.Printed || m.Kept == "" {
		t.Errorf("printed %q, kept %q", r.printed, m.Kept)
	}
	m.Written.Set("123456")
	m.GoOn()
	if m.Done || !errors.Is(m.Written.Refusal(), ErrNotWrittenSo) {
		t.Errorf("another end: done %v, %v", m.Done, m.Written.Refusal())
	}
	m.Written.Set("abc def")
	m.GoOn()
	if !m.Done || m.Recovery != "" {
		t.Errorf("done %v, the key is still %q", m.Done, m.Recovery)
	}
}
