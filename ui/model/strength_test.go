package model

import (
	"errors"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/fault"
)

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

// TestEnterSaysAtTheFieldWhatIsWrong: an empty field, a weak passphrase in the words that stood there, two
// that differ; nothing is asked of the store before.
func TestEnterSaysAtTheFieldWhatIsWrong(t *testing.T) {
	m := NewFounding(nil, nil, Now, nil) // asked anything, it would fail
	m.Choose(ForDesk)
	m.Found()
	for name, f := range map[string]*Text{"institution": &m.Institution, "login": &m.Login, "passphrase": &m.Passphrase, "again": &m.Again} {
		if !errors.Is(f.Refusal(), ErrNotFilled) {
			t.Errorf("%s, which is empty, is said to be %v", name, f.Refusal())
		}
	}
	m.Institution.Set("建设继续教育中心")
	m.Login.Set("zhoumin")
	m.Passphrase.Set("12345678")
	m.Again.Set("12345678")
	said := m.Strength()
	if m.Found(); !errors.Is(m.Passphrase.Refusal(), access.ErrWeakPassphrase) || fault.Of(m.Passphrase.Refusal()).Figures[0] != said {
		t.Errorf("beside %q it is refused: %v", said, m.Passphrase.Refusal())
	}
	m.Passphrase.Set("柳江边上三棵榕树")
	if m.Found(); !errors.Is(m.Again.Refusal(), ErrNotTheSame) || m.Passphrase.Refusal() != nil {
		t.Errorf("two that differ: %v, %v", m.Again.Refusal(), m.Passphrase.Refusal())
	}
}
