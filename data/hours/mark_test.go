package hours

import (
	"errors"
	"strings"
	"testing"
)

func TestAMarkIsReadToATenthOfAPoint(t *testing.T) {
	for text, want := range map[string]int{
		"0": 0, "60": 600, "59.5": 595, "100": 1000, "100.0": 1000, "85分": 850, "８５．５分": 855, " 7 0 ": 700, "059.50": 595, "99.90000": 999,
	} {
		if got, err := ReadMark(text); err != nil || got != want {
			t.Errorf("%q: got %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-5", "+5", "100.1", "101", "59.55", "59.", ".5", "59,5", "1e1", "abc", "六十", strings.Repeat("9", 400)} {
		if got, err := ReadMark(text); !errors.Is(err, ErrBadMark) {
			t.Errorf("%q: got %d, %v", text, got, err)
		}
	}
	for tenths, want := range map[int]string{0: "0", 595: "59.5", 600: "60", 1000: "100"} {
		if got := MarkText(tenths); got != want {
			t.Errorf("%d: got %q, want %q", tenths, got, want)
		}
	}
}

func FuzzReadMark(f *testing.F) {
	for _, s := range []string{"85", "59.5", "８５分", "-1", "100.1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := ReadMark(text)
		if err != nil {
			return
		}
		if again, err := ReadMark(MarkText(n)); n < 0 || n > mostTenths || err != nil || again != n {
			t.Errorf("%q: %d, and then %d, %v", text, n, again, err)
		}
	})
}

func TestHalfAPointBelowThePassMarkIsNotAPass(t *testing.T) {
	rules := Rules{PassMark: 60}
	for tenths, want := range map[int]bool{595: false, 600: true, 605: true, 0: false} {
		r := Record{Entry: Entry{MarkTenths: tenths, HasMark: true}}
		if got := rules.passes(r); got != want {
			t.Errorf("%s: passes %v", MarkText(tenths), got)
		}
	}
	if !rules.passes(Record{}) {
		t.Error("no mark is below")
	}
}
