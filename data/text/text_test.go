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
		"another form of a Chinese character":    {"㐂\ufe00", nil, nil},
		"two forms of one character":             {"葛\U000E0100\U000E0101", ErrSign, ErrSign},
		"a form of nothing":                      {"\U000E0100", ErrSign, ErrSign},
		"a form of a letter":                     {"a\U000E0100", ErrSign, ErrSign},
		"a Chinese character as an emoji":        {"字\ufe0f", ErrSign, ErrSign},
		"an emoji as a letter":                   {"☎\ufe0e", ErrSign, ErrSign},
		"a Mongolian form":                       {"ᠠ\u180b", ErrSign, ErrSign},
		"the empty pattern of Braille":           {"a\u2800b", ErrSign, ErrSign},
		"a filler of half width":                 {"a\uffa0b", ErrSign, ErrSign},
		"a filler of another place":              {"a\u1160b", ErrSign, ErrSign},
		"what stood for a picture":               {"a\ufffcb", ErrSign, ErrSign},
		"a note of music that is empty":          {"a\U0001d159b", ErrSign, ErrSign},
		"a letter with two marks":                {"e\u0302\u0301", nil, nil},
		"a letter under a heap of marks":         {"e\u0302\u0301\u0300", ErrMarks, ErrMarks},
		"a Chinese character under a heap":       {"张\u0302\u0301\u0300", ErrMarks, ErrMarks},
		"marks broken by the selector of a form": {"葛\u0302\u0301\U000E0100\u0300", ErrSign, ErrSign},
		"Tibetan, one under another":             {"བསྒྲུབས", nil, nil},
		"Tibetan without end":                    {"ཀྲྲྲྲྲྲ", ErrMarks, ErrMarks},
		"Uyghur":                                 {"مۇھەممەد", nil, nil},
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
		} else if !errors.Is(kept, want) {
			t.Errorf("%s, kept: got %v, want %v", name, kept, want)
		}
		if err := Keep(Show(c.s)); err != nil {
			t.Errorf("%s, shown as %q: %v", name, Show(c.s), err)
		}
	}
}

// TestARefusalSaysWhichCharacterAndWhere: a character that nobody sees can't be looked for.
func TestARefusalSaysWhichCharacterAndWhere(t *testing.T) {
	note := Field{Key: "note", Most: 100, Note: true}
	for s, want := range map[string]string{
		"张\u200b三":                "text.sign [note U+200B 2 1]",
		"第一行\r\n张三\ufe0f":         "text.sign [note U+FE0F 3 2]",
		"张\xff":                   "text.sign [note 0xFF 2 1]",
		"甲\n\n\u3164":             "text.sign [note U+3164 1 3]",
		"e\u0302\u0301\u0300":     "text.marks [note U+0300 4 1]",
		"葛\U000E0100a\U000E0101乙": "text.sign [note U+E0101 4 1]",
	} {
		if err := note.Check(s); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", s, err, want)
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
	for _, s := range []string{"", "a\x1b", "\u202e", "\U000E0041", "\xff", "甲\r\n乙", "\xe4\xb8", "a\ufe0f", "葛\U000E0100\U000E0100", "e\u0302\u0301\u0300\u0301"} {
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
