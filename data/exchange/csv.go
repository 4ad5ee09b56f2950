package exchange

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// decodeText finds out how a text file spells its characters: byte order mark, then UTF-8, then
// GB18030 (GBK cannot write rare names). It reports false for what is no text.
func decodeText(b []byte) (text, encoding string, ok bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		b, encoding = b[3:], "UTF-8"
	case bytes.HasPrefix(b, []byte("\xFF\xFE")), bytes.HasPrefix(b, []byte("\xFE\xFF")):
		u, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b)
		return string(u), "UTF-16", err == nil
	case utf8.Valid(b):
		encoding = "UTF-8"
	default:
		u, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
		if err != nil {
			return "", "", false
		}
		b, encoding = u, "GB18030"
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return "", "", false
	}
	return string(b), encoding, true
}

// csvSource reads comma, semicolon or tab separated text. Unlike encoding/csv it counts empty
// lines, so that its line numbers are those a spreadsheet program shows, and is kind to quotes
// in the middle of a cell.
type csvSource struct {
	text string
	sep  byte
}

func (*csvSource) called() string { return "" }

func newCSV(text string) *csvSource { return &csvSource{text: text, sep: separator(text)} }

// separator is whichever of the three the first lines hold most of.
func separator(text string) byte {
	head := text
	if len(head) > 8192 {
		head = head[:8192]
	}
	best, most := byte(','), 0
	for _, sep := range []byte{',', ';', '\t'} {
		if n := strings.Count(head, string(sep)); n > most {
			best, most = sep, n
		}
	}
	return best
}

func (c *csvSource) rows(yield func(line int, cells []rawCell) bool) error {
	rest, line := c.text, 0
	cells := make([]rawCell, 0, 16)
	for rest != "" {
		line++
		cells = cells[:0]
		var cell string
		for more := true; more; {
			var ok bool
			if cell, rest, more, ok = c.cell(rest); !ok {
				return ErrOpenQuote.With(line)
			}
			if len(cells) > MaxColumns {
				if strings.TrimSpace(cell) != "" {
					return ErrTooManyColumns.With(MaxColumns)
				}
				continue
			}
			cells = append(cells, textCell(cell))
		}
		if !yield(line, cells) {
			return nil
		}
	}
	return nil
}

// cell takes the next cell off s. more says that another follows in the same row; ok is false
// when a quote is never closed.
func (c *csvSource) cell(s string) (cell, rest string, more, ok bool) {
	if s != "" && s[0] == '"' {
		return c.quoted(s[1:])
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case c.sep:
			return s[:i], s[i+1:], true, true
		case '\n':
			return s[:i], s[i+1:], false, true
		case '\r':
			rest = s[i+1:]
			if rest != "" && rest[0] == '\n' {
				rest = rest[1:]
			}
			return s[:i], rest, false, true
		}
	}
	return s, "", false, true
}

func (c *csvSource) quoted(s string) (cell, rest string, more, ok bool) {
	doubled := false
	for i := 0; i < len(s); i++ {
		if s[i] != '"' {
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			doubled = true
			i++
			continue
		}
		cell = s[:i]
		if doubled {
			cell = strings.ReplaceAll(cell, `""`, `"`)
		}
		tail, rest, more, _ := c.cell(unquotedTail(s[i+1:]))
		if tail != "" {
			cell += tail
		}
		return cell, rest, more, true
	}
	return "", "", false, false
}

// unquotedTail keeps a quote after a closed one from opening another cell.
func unquotedTail(s string) string {
	if s != "" && s[0] == '"' {
		return s[1:]
	}
	return s
}

// textCell marks what a spreadsheet program would run as a formula.
func textCell(s string) rawCell {
	if s == "" {
		return rawCell{}
	}
	switch s[0] {
	case '=':
		return rawCell{text: s, kind: rawFormula}
	case '+', '-', '@':
		if strings.ContainsAny(s, "(|!") {
			return rawCell{text: s, kind: rawFormula}
		}
	}
	return rawCell{text: s}
}
