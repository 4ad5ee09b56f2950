package exchange

import (
	"bytes"
	"errors"
	"testing"
)

func TestOnlyThePINOpensWhatItSealed(t *testing.T) {
	sealed, err := SealWithPIN([]byte("keys"), "135792", cheap)
	if err != nil || bytes.Contains(sealed, []byte("keys")) {
		t.Fatalf("sealed %q, %v", sealed, err)
	}
	if got, err := OpenWithPIN(sealed, "135792"); err != nil || string(got) != "keys" {
		t.Fatalf("opened %q, %v", got, err)
	}
	changed := bytes.Clone(sealed)
	changed[len(changed)-1] ^= 1
	for name, try := range map[string]struct {
		sealed []byte
		pin    string
	}{
		"another PIN": {sealed, "135793"}, "a longer PIN": {sealed, "1357920"}, "no PIN": {sealed, ""},
		"a changed byte": {changed, "135792"}, "a cut file": {sealed[:20], "135792"}, "nothing": {nil, "135792"},
	} {
		if _, err := OpenWithPIN(try.sealed, try.pin); !errors.Is(err, ErrPin) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAPINIsNotSealedForNothing(t *testing.T) {
	if _, err := SealWithPIN([]byte("keys"), "135792", Cost{}); !errors.Is(err, ErrDayCost) {
		t.Errorf("a cost of nothing: %v", err)
	}
}
