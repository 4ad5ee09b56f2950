package identity

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzParseCard gives ParseCard whatever comes: it answers with a card that is whole and reads the
// same when written again, or with an error and nothing of the card.
func FuzzParseCard(f *testing.F) {
	for _, c := range cards() {
		f.Add(mustText(f, c))
	}
	f.Add([]byte{})
	f.Add(make([]byte, CardTextBytes))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := ParseCard(text)
		if err != nil {
			if c != (Card{}) {
				t.Errorf("an error and a card: %v", err)
			}
			return
		}
		if c.Birth.IsZero() || c.From.IsZero() || c.Number == "" || c.Name+c.LatinName == "" {
			t.Errorf("half a card: %+v", c)
		}
		for _, s := range []string{c.Name, c.LatinName, c.Address, c.Issuer, c.Pass, c.Country, string(c.Nation)} {
			if !utf8.ValidString(s) {
				t.Errorf("no text: %q", s)
			}
			for _, r := range s {
				if unicode.IsControl(r) || unicode.Is(unicode.Co, r) {
					t.Errorf("%q came through", r)
				}
			}
		}
		if !Check(c.Number, c.From).Valid {
			t.Error("a number that is not valid came through")
		}
		again, err := ParseCard(mustText(t, c))
		if err != nil || again != c {
			t.Errorf("read %+v, written and read again %+v, %v", c, again, err)
		}
	})
}
