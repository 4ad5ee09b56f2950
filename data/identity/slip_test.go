package identity

import (
	"strings"
	"testing"

	"xuezheng/data/id"
)

func TestASlipIsReadAsItWasPrinted(t *testing.T) {
	p := id.New[id.Person]()
	key := []byte("0123456789abcdef")
	text := SlipText(p, key)
	for name, c := range map[string]struct {
		text string
		p    id.Person
		key  string
		ok   bool
	}{
		"as printed":            {text, p, string(key), true},
		"with blanks around it": {"  " + text + "\r\n", p, string(key), true},
		"in small letters":      {strings.ToLower(text), p, string(key), true},
		"an older one":          {SlipPrefix + string(p), p, "", true},
		"half a key":            {text[:len(text)-4], "", "", false},
		"no slip":               {"XZT:060026000012", "", "", false},
		"nobody":                {SlipPrefix, "", "", false},
		"too long":              {text + strings.Repeat("A", 100), "", "", false},
		"another's letters":     {SlipPrefix + strings.Repeat("Ж", 18), "", "", false},
	} {
		got, k, ok := ReadSlip(c.text)
		if got != c.p || string(k) != c.key || ok != c.ok {
			t.Errorf("%s: got %q, %x, %v", name, got, k, ok)
		}
	}
}

// FuzzReadSlip: whatever a scanner reads, it opens at most one case, and what is read prints the
// same slip again.
func FuzzReadSlip(f *testing.F) {
	p := id.Person("019a8f3e-0000-7000-8000-0123456789ab")
	f.Add(SlipText(p, []byte("0123456789abcdef")))
	f.Add(SlipPrefix + string(p))
	f.Add("xzs:" + string(p) + ":")
	f.Add("XZS:" + strings.Repeat("-", 36) + ":AAAA")
	f.Add("XZT:060026000012")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		who, key, ok := ReadSlip(text)
		if !ok {
			if who != "" || key != nil {
				t.Fatalf("refused, and yet %q, %x", who, key)
			}
			return
		}
		if len(who) != slipIDSize || len(key) != 0 && len(key) != SlipKeySize || who != id.Person(strings.ToLower(string(who))) {
			t.Fatalf("%q, %x", who, key)
		}
		again := SlipPrefix + string(who)
		if key != nil {
			again = SlipText(who, key)
		}
		if w, k, ok := ReadSlip(again); !ok || w != who || string(k) != string(key) {
			t.Fatalf("printed again: %q, %x, %v", w, k, ok)
		}
	})
}
