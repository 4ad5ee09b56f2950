package policy

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzLoad gives Load whatever comes: it answers with a pack or with a problem that has its
// place, and never falls over.
func FuzzLoad(f *testing.F) {
	_, text := shipped(f)
	f.Add([]byte(text))
	for _, s := range []string{"", "a: 1", "- - - -", "{a: {b: [1, 2]}}", "a: |\n  b\n", "? a\n: b", "a: &x b\nc: *x", "\"\\", "a: 'b", "%YAML 1.2\n---\n", "hours:\n  required: {value: 1}"} {
		f.Add([]byte(s))
	}
	for _, part := range strings.Split(text, "\n\n") {
		f.Add([]byte(part))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Load(b)
		switch {
		case err == nil:
			if p.ID == "" || len(p.Sources) == 0 || p.SHA256 == "" || p.Hours.MinutesPerHour == 0 || len(Check(b)) != 0 {
				t.Errorf("half a pack: %+v", p)
			}
			_ = p.Eligible(Applicant{})
		case errors.Is(err, ErrPackTooBig):
		case !errors.Is(err, ErrBadPack):
			t.Errorf("got %v, want a fault", err)
		default:
			for _, problem := range Check(b) {
				if problem.Why == "" || problem.Line < 0 || len(problem.Excerpt) > 1000 || utf8.ValidString(string(b)) && !utf8.ValidString(problem.Excerpt) {
					t.Errorf("got %+v", problem)
				}
			}
		}
	})
}
