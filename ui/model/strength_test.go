package model

import "testing"

func TestAPassphraseSaysHowStrongItIsWhileItIsTyped(t *testing.T) {
	m := NewFounding(nil, nil, Now, nil)
	m.Institution.Set("建设继续教育中心")
	m.Login.Set("lanmei")
	for _, c := range []struct{ typed, want string }{
		{"", ""}, {"柳江", "access.weak.short"}, {"lanmei2026", "access.weak.own-name"}, {"建设继续教育中心", "access.weak.own-name"},
		{"5201314520", "access.weak.common"}, {"柳江边上三棵榕树", StrongEnough},
	} {
		m.Passphrase.Set(c.typed)
		if got := m.Strength(); got != c.want {
			t.Errorf("%q: got %q, want %q", c.typed, got, c.want)
		}
	}
	p := NewAccessPassphrase(nil, false, Now, nil)
	p.Known = []string{"lanmei"}
	p.Then.Set("lanmei123456")
	if got := p.Strength(); got != "access.weak.own-name" {
		t.Errorf("one's own, changed: got %q", got)
	}
}
