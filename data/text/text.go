// Package text says which characters may stand in what people write, and how long each thing that
// is written may be. A character that is not seen, or that makes others be seen otherwise than they
// are, is refused wherever text enters.
package text

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xuezheng/data/fault"
)

// Faults of what was written. The first figure is the key of what the thing is called.
var (
	// figures of both: the thing, the character as U+202E, which one of its line it is, which line
	ErrSign  = fault.New(fault.Refused, "text.sign")  // one that is not seen, or makes others be seen otherwise
	ErrMarks = fault.New(fault.Refused, "text.marks") // one mark too many above or below one letter
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
	for i := range s {
		if !f.Note && breaks(s, i) {
			return ErrLines.With(f.Key)
		}
	}
	if err := keep(s, f.Key); err != nil {
		return err
	}
	if len(s) > f.Most && utf8.RuneCountInString(s) > f.Most {
		return ErrLong.With(f.Key, f.Most)
	}
	return nil
}

// Keep refuses what no text that is kept may hold, whichever field it is from: notes and files of
// several lines may stand in it.
func Keep(s string) error { return keep(s, anything) }

func keep(s, key string) error {
	var w walk
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c < 0x7f {
			w, i = walk{prev: 'a'}, i+1
			continue
		} else if c >= 0xe4 && c <= 0xe9 && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80 { // nearly all Chinese characters
			w, i = walk{prev: '一'}, i+3
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if why := w.refuses(s, i, r, size); why != nil {
			line := strings.Count(s[:i], "\n")
			at := utf8.RuneCountInString(s[strings.LastIndexByte(s[:i], '\n')+1:i]) + 1
			code := Code(r)
			if r == utf8.RuneError && size == 1 {
				code = fmt.Sprintf("0x%02X", s[i])
			}
			return why.With(key, code, at, line+1)
		}
		i += size
	}
	return nil
}

// walk goes through a text: what may stand at a place leans on what stands before it.
type walk struct {
	prev  rune
	marks int // so many marks stand on the letter before
	loose int // and so many of them belong to no one script
}

// How many marks may stand on one letter. Tibetan and the scripts of the south stack what they write;
// marks that fit every letter do so only where somebody plays with them.
const (
	mostMarks = 5
	mostLoose = 2
)

// refuses says why the character r at s[i] can't stand there; nil if it can.
func (w *walk) refuses(s string, i int, r rune, size int) *fault.Fault {
	prev := w.prev
	w.prev = r
	mark := unicode.In(r, unicode.Mn, unicode.Me) && !unicode.Is(unicode.Variation_Selector, r)
	if !mark && !unicode.Is(unicode.Variation_Selector, r) {
		w.marks, w.loose = 0, 0
	}
	switch {
	case breaks(s, i):
	case r == utf8.RuneError && size == 1, Hidden(r):
		return ErrSign
	case unicode.Is(unicode.Variation_Selector, r) && !ideograph(prev):
		return ErrSign
	case mark:
		if w.marks++; unicode.Is(unicode.Inherited, r) {
			w.loose++
		}
		if w.marks > mostMarks || w.loose > mostLoose {
			return ErrMarks
		}
	}
	return nil
}

// ideograph reports whether a character is a Chinese one, which may be followed by the selector of a form.
func ideograph(r rune) bool {
	return unicode.Is(unicode.Unified_Ideograph, r) || r >= 0x20000 && r <= 0x3fffd
}

const anything = "text.anything"

// breaks reports whether a line break or a tab stands at s[i]; a carriage return only before one.
func breaks(s string, i int) bool {
	return s[i] == '\n' || s[i] == '\t' || s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n'
}

// Hidden reports whether a character is not seen wherever it stands, or makes others be seen otherwise
// than they are: control characters, what turns the direction of writing, what has no width or looks like
// nothing, private characters that every font draws otherwise, and what is no character. The selectors by
// which rare names choose the form of a Chinese character may stand behind one.
func Hidden(r rune) bool {
	switch {
	case r >= ' ' && r < 0x7f:
		return false
	case r >= 0x4e00 && r <= 0x9fff:
		return false
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point):
		return true
	case unicode.Is(unicode.Variation_Selector, r):
		return !(r >= 0xfe00 && r <= 0xfe02 || r >= 0xe0100 && r <= 0xe01ef)
	case slices.Contains(blanks, r):
		return true
	}
	return r == unicode.ReplacementChar || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || r > unicode.MaxRune
}

// blanks are seen as nothing, though their kind says otherwise: the empty pattern of Braille, what stood for
// a picture, the empty note, and the filler of Khitan.
var blanks = []rune{0x2800, 0xfffc, 0x1d159, 0x16fe4}

// Code names a character that can't be shown.
func Code(r rune) string { return fmt.Sprintf("U+%04X", r) }

// Show is s as it can be shown safely: each hidden character stands there by its number, as in
// \u202e. Line breaks and tabs stay. What is shown of a JSON document is still the same document.
func Show(s string) string {
	if Keep(s) == nil {
		return s
	}
	var b strings.Builder
	var w walk
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		why := w.refuses(s, i, r, size)
		if why != nil {
			w = walk{prev: 'a'} // what stands there in its place
		}
		switch {
		case r == utf8.RuneError && size == 1:
			b.WriteString(`\ufffd`)
		case why == nil:
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
