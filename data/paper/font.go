package paper

import (
	"encoding/binary"
	"errors"
	"sync"

	"xuezheng/assets"
)

// A font is one TrueType program of ours, opened once and shared by all documents.
type font struct {
	name       string
	units      int // grid units to the em
	ascent     int // in thousandths of the em, as all below
	descent    int
	box        [4]int
	head, hhea string
	maxp       string
	glyf, loca string
	hmtx       string
	longLoca   bool
	metrics    int // glyphs with a width of their own
	glyphs     int
	planes     [0x300]*[256]uint16 // glyph of each character up to U+2FFFF
}

// The fonts in the order in which they are asked for a character.
const (
	regular = iota
	bold
	rareA
	rareB
	fontCount
)

// A place is where a character was found: which font, which glyph in it, and whether it must
// be thickened because the bold font lacks it.
type place struct {
	font   int
	glyph  uint16
	thick  bool
	thouEm int // its width in thousandths of the em
}

var openFonts = [fontCount]func() *font{
	regular: sync.OnceValue(func() *font { return mustOpen("NotoSerifSC-Regular", assets.PaperRegular) }),
	bold:    sync.OnceValue(func() *font { return mustOpen("NotoSerifSC-Bold", assets.PaperBold) }),
	rareA:   sync.OnceValue(func() *font { return mustOpen("HanaMinA-Rare", assets.PaperRareA) }),
	rareB:   sync.OnceValue(func() *font { return mustOpen("HanaMinB-Rare", assets.PaperRareB) }),
}

// find says which font draws r when style (regular or bold) is wanted.
func find(r rune, style int) (place, bool) {
	if style == bold {
		if g := openFonts[bold]().glyph(r); g != 0 {
			return place{font: bold, glyph: g, thouEm: openFonts[bold]().width(g)}, true
		}
	}
	for _, i := range [...]int{regular, rareA, rareB} {
		if g := openFonts[i]().glyph(r); g != 0 {
			return place{font: i, glyph: g, thick: style == bold, thouEm: openFonts[i]().width(g)}, true
		}
	}
	return place{}, false
}

func (f *font) glyph(r rune) uint16 {
	if r < 0 || int(r)>>8 >= len(f.planes) || f.planes[r>>8] == nil {
		return 0
	}
	return f.planes[r>>8][r&255]
}

// width is a glyph's advance in thousandths of the em.
func (f *font) width(g uint16) int {
	i := min(int(g), f.metrics-1)
	return int(u16(f.hmtx, 4*i)) * 1000 / f.units
}

// outline is a glyph's drawing as the font file has it; empty for a space.
func (f *font) outline(g uint16) string {
	var from, to int
	if f.longLoca {
		from, to = int(u32(f.loca, 4*int(g))), int(u32(f.loca, 4*int(g)+4))
	} else {
		from, to = 2*int(u16(f.loca, 2*int(g))), 2*int(u16(f.loca, 2*int(g)+2))
	}
	return f.glyf[from:to]
}

// mustOpen panics on a damaged font: the fonts are part of the program.
func mustOpen(name, data string) *font {
	f, err := openFont(name, data)
	if err != nil {
		panic(name + ": " + err.Error())
	}
	return f
}

var errFont = errors.New("not a TrueType font we can use")

func openFont(name, data string) (*font, error) {
	tables := map[string]string{}
	for i := range int(u16(data, 4)) {
		at := 12 + 16*i
		from := int(u32(data, at+8))
		tables[data[at:at+4]] = data[from : from+int(u32(data, at+12))]
	}
	f := &font{name: name, head: tables["head"], hhea: tables["hhea"], maxp: tables["maxp"],
		glyf: tables["glyf"], loca: tables["loca"], hmtx: tables["hmtx"]}
	if len(f.head) < 54 || len(f.hhea) < 36 || len(f.maxp) < 6 || f.glyf == "" {
		return nil, errFont
	}
	f.units = int(u16(f.head, 18))
	f.longLoca = u16(f.head, 50) == 1
	f.glyphs = int(u16(f.maxp, 4))
	f.metrics = int(u16(f.hhea, 34))
	f.ascent = int(int16(u16(f.hhea, 4))) * 1000 / f.units
	f.descent = int(int16(u16(f.hhea, 6))) * 1000 / f.units
	for i := range f.box {
		f.box[i] = int(int16(u16(f.head, 36+2*i))) * 1000 / f.units
	}
	return f, f.readMap(tables["cmap"])
}

// readMap reads which character has which glyph, from the map with the most characters.
func (f *font) readMap(cmap string) error {
	var small, large string
	for i := range int(u16(cmap, 2)) {
		sub := cmap[u32(cmap, 4+8*i+4):]
		switch u16(sub, 0) {
		case 4:
			small = sub
		case 12:
			large = sub
		}
	}
	switch {
	case large != "":
		f.readMap12(large)
	case small != "":
		f.readMap4(small)
	default:
		return errFont
	}
	return nil
}

func (f *font) readMap12(sub string) {
	for i := range int(u32(sub, 12)) {
		at := 16 + 12*i
		first, last, glyph := u32(sub, at), u32(sub, at+4), u32(sub, at+8)
		for c := first; c <= last; c++ {
			f.put(rune(c), uint16(glyph+c-first))
		}
	}
}

func (f *font) readMap4(sub string) {
	n := int(u16(sub, 6)) / 2
	for i := range n {
		last, first := u16(sub, 14+2*i), u16(sub, 16+2*n+2*i)
		delta, offset := u16(sub, 16+4*n+2*i), int(u16(sub, 16+6*n+2*i))
		for c := int(first); c <= int(last) && c < 0xFFFF; c++ {
			g := uint16(c)
			if offset != 0 {
				g = u16(sub, 16+6*n+2*i+offset+2*(c-int(first)))
				if g == 0 {
					continue
				}
			}
			f.put(rune(c), g+delta)
		}
	}
}

func (f *font) put(r rune, g uint16) {
	if int(r)>>8 >= len(f.planes) {
		return
	}
	if f.planes[r>>8] == nil {
		f.planes[r>>8] = new([256]uint16)
	}
	f.planes[r>>8][r&255] = g
}

func u16(s string, at int) uint16 { return uint16(s[at])<<8 | uint16(s[at+1]) }

func u32(s string, at int) uint32 { return uint32(u16(s, at))<<16 | uint32(u16(s, at+2)) }

func put16(b []byte, v int) []byte { return binary.BigEndian.AppendUint16(b, uint16(v)) }

func put32(b []byte, v int) []byte { return binary.BigEndian.AppendUint32(b, uint32(v)) }
