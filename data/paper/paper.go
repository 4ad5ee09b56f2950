// Package paper draws what is handed out on paper — certificates, pass lists, slips,
// receipts — and reads certificates back from PDFs and pictures. The same facts always give
// the same bytes, so that a certificate can be drawn again and compared.
package paper

import (
	"unicode"
	"unicode/utf8"

	"xuezheng/data/fault"
	"xuezheng/data/text"
)

// Why something is not drawn.
var (
	// ErrNoGlyph is for a character that no font of ours can draw; its figure is the character.
	ErrNoGlyph = fault.New(fault.Refused, "paper.no-glyph")
	// ErrNotText is for bytes that are no text, or control characters in it.
	ErrNotText = fault.New(fault.Refused, "paper.not-text")
	// ErrPhoto is for a photo that cannot be decoded to its last line.
	ErrPhoto = fault.New(fault.Refused, "paper.photo-damaged")
	// ErrPhotoDiffers is for a photo other than the one the certificate was issued with.
	ErrPhotoDiffers = fault.New(fault.Refused, "paper.photo-differs")
	// ErrHidden is for a text with a character that is not seen; figure: its number.
	ErrHidden = fault.New(fault.Refused, "paper.hidden-character")
	// ErrLayout is for a certificate laid out in a way this program does not know.
	ErrLayout = fault.New(fault.Refused, "paper.unknown-layout")
	// ErrQRTooLong is for more text than the largest code we print holds; figure: characters.
	ErrQRTooLong = fault.New(fault.Refused, "paper.qr-too-long")
)

// CheckText refuses text that could not be printed whole: bytes that are no UTF-8, control
// characters, or a character that none of the fonts has (named in the fault). Call it before
// anything is issued; every Draw function calls it again for all of its texts.
func CheckText(s string) error {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size <= 1 || unicode.IsControl(r) {
			return ErrNotText
		}
		if text.Hidden(r) {
			return ErrHidden.With(text.Code(r))
		}
		if _, ok := find(r, regular); !ok {
			return ErrNoGlyph.With(string(r))
		}
		i += size
	}
	if err := text.Keep(s); err != nil { // what stands where it can't be seen
		return ErrHidden.With(fault.Of(err).Figures[1])
	}
	return nil
}

func checkTexts(texts ...string) error {
	for _, s := range texts {
		if err := CheckText(s); err != nil {
			return err
		}
	}
	return nil
}
