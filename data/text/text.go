// Package text says which characters may stand in what people write, and how long each thing that
// is written may be. A character that is not seen, or that makes others be seen otherwise than they
// are, is refused wherever text enters.
package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"xuezheng/data/fault"
)

// Faults of what was written. The first figure is the key of what the thing is called.
var (
	ErrSign  = fault.New(fault.Refused, "text.sign")  // figures: the thing, the character as U+202E
	ErrLines = fault.New(fault.Refused, "text.lines") // figure: the thing
	ErrLong  = fault.New(fault.Refused, "text.long")  // figures: the thing, how many characters it may have
)

// Field is one thing that is written down: how long it may be, in characters, and whether it may
// have several lines.
type Field struct {
	Key  string // of what it is called
	Most int
	Note bool // line breaks and tabs may stand in it
}

// Check refuses what can't stand in the field. Nothing at all is for the rule that wants something.
func (f Field) Check(s string) error {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case f.Note && breaks(s, i):
		case breaks(s, i):
			return ErrLines.With(f.Key)
		case r == utf8.RuneError && size == 1:
			return ErrSign.With(f.Key, fmt.Sprintf("0x%02X", s[i]))
		case Hidden(r):
			return ErrSign.With(f.Key, Code(r))
		}
		i += size
	}
	if len(s) > f.Most && utf8.RuneCountInString(s) > f.Most {
		return ErrLong.With(f.Key, f.Most)
	}
	return nil
}

// Keep refuses what no text that is kept may hold, whichever field it is from: notes and files of
// several lines may stand in it.
func Keep(s string) error {
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c < 0x7f || c >= 0xe4 && c <= 0xe9 && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80 {
			if i++; c >= 0xe4 { // nearly all Chinese characters
				i += 2
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case breaks(s, i):
		case r == utf8.RuneError && size == 1:
			return ErrSign.With(anything, fmt.Sprintf("0x%02X", s[i]))
		case Hidden(r):
			return ErrSign.With(anything, Code(r))
		}
		i += size
	}
	return nil
}

const anything = "text.anything"

// breaks reports whether a line break or a tab stands at s[i]; a carriage return only before one.
func breaks(s string, i int) bool {
	return s[i] == '\n' || s[i] == '\t' || s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n'
}

// Hidden reports whether a character is not seen, or makes others be seen otherwise than they are:
// control characters, what turns the direction of writing, what has no width, private characters that
// every font draws otherwise, and what is no character. The selectors by which rare names
// choose the form of a character may stand.
func Hidden(r rune) bool {
	switch {
	case r >= ' ' && r < 0x7f:
		return false
	case r >= 0x4e00 && r <= 0x9fff:
		return false
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point):
		return true
	case unicode.Is(unicode.Variation_Selector, r):
		return false
	}
	return r == unicode.ReplacementChar || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || r > unicode.MaxRune
}

// Code names a character that can't be shown.
func Code(r rune) string { return fmt.Sprintf("U+%04X", r) }

// Show is s as it can be shown safely: each hidden character stands there by its number, as in
// \u202e. Line breaks and tabs stay. What is shown of a JSON document is still the same document.
func Show(s string) string {
	if Keep(s) == nil {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case breaks(s, i):
			b.WriteByte(s[i])
		case r == utf8.RuneError && size == 1:
			b.WriteString(`\ufffd`)
		case !Hidden(r):
			b.WriteString(s[i : i+size])
		case r > 0xffff:
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd7c0+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		i += size
	}
	return b.String()
}
