package paper

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"unicode/utf16"
)

// A cut is the small part of one font that one document uses. Codes are given out in the
// order of first use, so the same document always gets the same cut.
type cut struct {
	font   *font
	codes  map[rune]uint16
	runes  []rune   // by code; -1 for a part of another glyph
	glyphs []uint16 // by code, in the whole font
}

func newCut(f *font) *cut {
	return &cut{font: f, codes: make(map[rune]uint16, 256), runes: []rune{-1}, glyphs: []uint16{0}}
}

// code is what the page writes for r, whose glyph is g.
func (c *cut) code(r rune, g uint16) uint16 {
	if code, ok := c.codes[r]; ok {
		return code
	}
	code := uint16(len(c.glyphs))
	c.codes[r] = code
	c.runes = append(c.runes, r)
	c.glyphs = append(c.glyphs, g)
	return code
}

// tag is the six letters before the name of a font that is not whole.
func (c *cut) tag() string {
	h := fnv.New64a()
	for _, g := range c.glyphs {
		h.Write([]byte{byte(g >> 8), byte(g)})
	}
	sum, letters := h.Sum64(), make([]byte, 6)
	for i := range letters {
		letters[i] = 'A' + byte(sum%26)
		sum /= 26
	}
	return string(letters)
}

// program builds the TrueType file of the cut.
func (c *cut) program() []byte {
	size := 0
	for _, g := range c.glyphs {
		size += len(c.font.outline(g)) + 4
	}
	glyf, loca, hmtx := make([]byte, 0, size), make([]byte, 0, 4*len(c.glyphs)+4), make([]byte, 0, 4*len(c.glyphs))
	for i := 0; i < len(c.glyphs); i++ { // grows while parts of glyphs are found
		g := c.glyphs[i]
		loca = put32(loca, len(glyf))
		if i > 0 {
			at := len(glyf)
			glyf = append(glyf, c.font.outline(g)...)
			c.renumberParts(glyf[at:])
			for len(glyf)%4 != 0 {
				glyf = append(glyf, 0)
			}
		}
		m := min(int(g), c.font.metrics-1)
		hmtx = append(hmtx, c.font.hmtx[4*m:4*m+2]...)
		hmtx = put16(hmtx, 0)
		if i > 0 {
			copy(hmtx[len(hmtx)-2:], leftBearing(c.font, g))
		}
	}
	loca = put32(loca, len(glyf))
	n := len(c.glyphs)
	head := []byte(c.font.head)
	copy(head[8:], "\x00\x00\x00\x00")
	copy(head[50:], "\x00\x01") // long offsets
	hhea := []byte(c.font.hhea)
	binary.BigEndian.PutUint16(hhea[34:], uint16(n))
	maxp := []byte(c.font.maxp)
	binary.BigEndian.PutUint16(maxp[4:], uint16(n))
	return bindTables([]table{{"glyf", glyf}, {"head", head}, {"hhea", hhea},
		{"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}})
}

// leftBearing is the glyph's left edge, which the outline itself states at its third byte.
func leftBearing(f *font, g uint16) string {
	if o := f.outline(g); len(o) >= 4 {
		return o[2:4]
	}
	return "\x00\x00"
}

// renumberParts makes a glyph that is put together from others point into the cut.
func (c *cut) renumberParts(outline []byte) {
	const words, scale, more, xy, twoByTwo = 1, 8, 0x20, 0x40, 0x80
	if len(outline) < 10 || int8(outline[0]) >= 0 {
		return
	}
	for at := 10; ; {
		flags := binary.BigEndian.Uint16(outline[at:])
		part := binary.BigEndian.Uint16(outline[at+2:])
		binary.BigEndian.PutUint16(outline[at+2:], uint16(len(c.glyphs)))
		c.runes = append(c.runes, -1)
		c.glyphs = append(c.glyphs, part)
		at += 6
		if flags&words != 0 {
			at += 2
		}
		switch {
		case flags&scale != 0:
			at += 2
		case flags&xy != 0:
			at += 4
		case flags&twoByTwo != 0:
			at += 8
		}
		if flags&more == 0 {
			return
		}
	}
}

type table struct {
	name string
	data []byte
}

// bindTables writes a TrueType file: directory, tables, and the sum over all.
func bindTables(tables []table) []byte {
	n, size := len(tables), 12+16*len(tables)
	for _, t := range tables {
		size += (len(t.data) + 3) &^ 3
	}
	out := make([]byte, 0, size)
	out = append(out, 0, 1, 0, 0)
	out = put16(out, n)
	out = append(out, 0, 64, 0, 2, 0, 32) // search range, selector and shift for six tables
	at, headAt := 12+16*n, 0
	for _, t := range tables {
		if t.name == "head" {
			headAt = at
		}
		out = append(out, t.name...)
		out = put32(out, int(sum32(t.data)))
		out = put32(out, at)
		out = put32(out, len(t.data))
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	binary.BigEndian.PutUint32(out[headAt+8:], 0xB1B0AFBA-sum32(out))
	return out
}

func sum32(b []byte) (sum uint32) {
	for len(b) >= 4 {
		sum += binary.BigEndian.Uint32(b)
		b = b[4:]
	}
	if len(b) > 0 {
		var rest [4]byte
		copy(rest[:], b)
		sum += binary.BigEndian.Uint32(rest[:])
	}
	return sum
}

// meaning is the table from codes back to characters, so that text can be copied and searched.
func (c *cut) meaning() []byte {
	b := []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	var coded []int
	for code, r := range c.runes {
		if r >= 0 {
			coded = append(coded, code)
		}
	}
	for len(coded) > 0 {
		n := min(len(coded), 100)
		b = fmt.Appendf(b, "%d beginbfchar\n", n)
		for _, code := range coded[:n] {
			b = append(b, '<')
			b = hex4(b, uint16(code))
			b = append(b, "> <"...)
			for _, u := range utf16.AppendRune(nil, c.runes[code]) {
				b = hex4(b, u)
			}
			b = append(b, ">\n"...)
		}
		b = append(b, "endbfchar\n"...)
		coded = coded[n:]
	}
	return append(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"...)
}

func hex4(b []byte, v uint16) []byte {
	const digits = "0123456789ABCDEF"
	return append(b, digits[v>>12], digits[v>>8&15], digits[v>>4&15], digits[v&15])
}
