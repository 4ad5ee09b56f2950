package text

import (
	"encoding/json"
	"errors"
	"testing"
	"unicode/utf8"
)

func TestWhatMayStandInAField(t *testing.T) {
	line, note := Field{Key: "line", Most: 12}, Field{Key: "note", Most: 12, Note: true}
	for name, c := range map[string]struct {
		s          string
		line, note error
	}{
		"nothing":                                {"", nil, nil},
		"Chinese":                                {"广西学政学院", nil, nil},
		"a rare name's form of a character":      {"葛\U000E0100", nil, nil},
		"a character newer than this program":    {"\U00033479", nil, nil},
		"Tibetan, with its marks":                {"བཀྲ་ཤིས།", nil, nil},
		"an emoji":                               {"好😀", nil, nil},
		"spaces of every width":                  {"a\u00a0b\u3000c", nil, nil},
		"a line break":                           {"a\nb", ErrLines, nil},
		"a line break as Windows writes it":      {"a\r\nb", ErrLines, nil},
		"a tab":                                  {"a\tb", ErrLines, nil},
		"a carriage return":                      {"a\rb", ErrSign, ErrSign},
		"a terminal's escape":                    {"a\x1b[2J", ErrSign, ErrSign},
		"a bell":                                 {"a\a", ErrSign, ErrSign},
		"NUL":                                    {"a\x00b", ErrSign, ErrSign},
		"DEL":                                    {"a\x7fb", ErrSign, ErrSign},
		"a control character of the other page":  {"a\u009bb", ErrSign, ErrSign},
		"right to left, over all":                {"a\u202eb", ErrSign, ErrSign},
		"an isolate":                             {"a\u2066b", ErrSign, ErrSign},
		"a mark of direction":                    {"a\u200fb", ErrSign, ErrSign},
		"an Arabic mark of direction":            {"a\u061cb", ErrSign, ErrSign},
		"no width":                               {"a\u200bb", ErrSign, ErrSign},
		"a joiner":                               {"a\u200db", ErrSign, ErrSign},
		"a mark of byte order":                   {"a\ufeffb", ErrSign, ErrSign},
		"a soft hyphen":                          {"a\u00adb", ErrSign, ErrSign},
		"a letter that is not seen":              {"a\u3164b", ErrSign, ErrSign},
		"another one":                            {"a\u115fb", ErrSign, ErrSign},
		"a tag":                                  {"a\U000E0041b", ErrSign, ErrSign},
		"a private character":                    {"a\ue000b", ErrSign, ErrSign},
		"a private one of a plane further":       {"a\U000F0000b", ErrSign, ErrSign},
		"what is no character":                   {"a\ufffeb", ErrSign, ErrSign},
		"a letter that was lost":                 {"a\ufffdb", ErrSign, ErrSign},
		"bytes that are no text":                 {"a\xffb", ErrSign, ErrSign},
		"half of a pair":                         {"a\xed\xa0\x80b", ErrSign, ErrSign},
		"a line's end of another kind":           {"a\u2028b", ErrSign, ErrSign},
		"too long, in characters and not bytes":  {"一二三四五六七八九十一二三", ErrLong, ErrLong},
		"just long enough":                       {"一二三四五六七八九十一二", nil, nil},
		"spaces around it":                       {"  a  ", nil, nil},
		"a break at its end":                     {"a\n", ErrLines, nil},
		"a break that nobody sees, cut in twain": {"a\r\n\rb", ErrLines, ErrSign},
	} {
		if err := line.Check(c.s); !errors.Is(err, c.line) {
			t.Errorf("%s, on one line: got %v, want %v", name, err, c.line)
		}
		if err := note.Check(c.s); !errors.Is(err, c.note) {
			t.Errorf("%s, in a note: got %v, want %v", name, err, c.note)
		}
		kept := Keep(c.s)
		if want := c.note; errors.Is(want, ErrLong) || want == nil {
			if kept != nil {
				t.Errorf("%s, kept: got %v", name, kept)
			}
		} else if !errors.Is(kept, ErrSign) {
			t.Errorf("%s, kept: got %v, want %v", name, kept, ErrSign)
		}
		if err := Keep(Show(c.s)); err != nil {
			t.Errorf("%s, shown as %q: %v", name, Show(c.s), err)
		}
	}
}

func TestAHiddenCharacterIsShownByItsNumber(t *testing.T) {
	for s, want := range map[string]string{
		"a\x1b[31mb\n":   `a\u001b[31mb` + "\n",
		"甲\u202e乙\t丙":    `甲\u202e乙` + "\t丙",
		"a\U000E0041b":   `a\udb40\udc41b`,
		"nothing of it ": "nothing of it ",
	} {
		if got := Show(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func FuzzWhatIsShownIsSafeAndTheSameDocument(f *testing.F) {
	for _, s := range []string{"", "a\x1b", "\u202e", "\U000E0041", "\xff", "甲\r\n乙", "\xe4\xb8"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		shown := Show(s)
		if err := Keep(shown); err != nil || !utf8.ValidString(shown) {
			t.Fatalf("%q is shown as %q: %v", s, shown, err)
		}
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var was, now string
		if json.Unmarshal(b, &was) != nil || json.Unmarshal([]byte(Show(string(b))), &now) != nil || was != now {
			t.Fatalf("%s became %s: %q, %q", b, Show(string(b)), was, now)
		}
		if (Field{Key: "a", Most: 1 << 20, Note: true}).Check(s) == nil && Keep(s) != nil {
			t.Fatalf("%q may stand in a note and is not kept", s)
		}
	})
}
