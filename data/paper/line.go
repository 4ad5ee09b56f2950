package paper

import (
	"bytes"
	"encoding/hex"
	"regexp"
	"strconv"
	"unicode/utf16"
)

var (
	contentsOf = regexp.MustCompile(`/Contents ([1-9][0-9]{0,6}) 0 R`)
	meaningOf  = regexp.MustCompile(`/ToUnicode ([1-9][0-9]{0,6}) 0 R`)
	fontOf     = regexp.MustCompile(`/(X[0-9]) ([1-9][0-9]{0,6}) 0 R`)
	meaningRow = regexp.MustCompile(`<([0-9A-F]{4})> <([0-9A-F]{4,8})>\n`)
	textOps    = regexp.MustCompile(`(?m)^/(X[0-9]) [0-9.]+ Tf <([0-9A-F]*)> Tj$|^ET$|/(X[0-9]) [0-9.]+ Tf <([0-9A-F]*)> Tj$`)
)

// lines returns the text of every page, as the fonts' tables of meaning give it: one string
// for each piece of text set. It is for telling people what differs, never for judging.
func (f *file) lines() (pages [][]string) {
	meanings := f.meanings()
	for _, drawing := range f.drawings() {
		pages = append(pages, pageLines(drawing, meanings))
	}
	return pages
}

// drawings returns the drawing of every page, in order.
func (f *file) drawings() (pages [][]byte) {
	room := 4 * maxInflated
	for _, o := range f.objects {
		if len(pages) >= maxPages || room <= 0 {
			break
		}
		m := contentsOf.FindSubmatch(o.head)
		if m == nil || !bytes.Contains(o.head, []byte("/Type /Page\n")) {
			continue
		}
		n, _ := strconv.Atoi(string(m[1]))
		content, _ := f.object(n)
		drawing, err := content.content(maxInflated)
		if err != nil {
			drawing = nil
		}
		room -= len(drawing)
		pages = append(pages, drawing)
	}
	return pages
}

// pageLines reads the pieces of text of one page.
func pageLines(drawing []byte, meanings map[string]map[uint16]string) (lines []string) {
	line := ""
	for _, m := range textOps.FindAllSubmatch(drawing, maxTextLines) {
		if string(m[0]) == "ET" {
			lines, line = append(lines, line), ""
			continue
		}
		font, codes := m[1], m[2]
		if font == nil {
			font, codes = m[3], m[4]
		}
		raw, _ := hex.DecodeString(string(codes))
		for ; len(raw) >= 2; raw = raw[2:] {
			line += meanings[string(font)][uint16(raw[0])<<8|uint16(raw[1])]
		}
	}
	return lines
}

// meanings reads, for each font name, which code means which character.
func (f *file) meanings() map[string]map[uint16]string {
	all := map[string]map[uint16]string{}
	resources, _ := f.object(2)
	for _, m := range fontOf.FindAllSubmatch(resources.head, 10) {
		n, _ := strconv.Atoi(string(m[2]))
		font, _ := f.object(n)
		to := meaningOf.FindSubmatch(font.head)
		if to == nil {
			continue
		}
		n, _ = strconv.Atoi(string(to[1]))
		table, _ := f.object(n)
		text, err := table.content(maxInflated)
		if err != nil {
			continue
		}
		all[string(m[1])] = readMeaning(text)
	}
	return all
}

func readMeaning(text []byte) map[uint16]string {
	codes := map[uint16]string{}
	for _, row := range meaningRow.FindAllSubmatch(text, 1<<16) {
		code, _ := strconv.ParseUint(string(row[1]), 16, 16)
		raw, _ := hex.DecodeString(string(row[2]))
		var units []uint16
		for ; len(raw) >= 2; raw = raw[2:] {
			units = append(units, uint16(raw[0])<<8|uint16(raw[1]))
		}
		codes[uint16(code)] = string(utf16.Decode(units))
	}
	return codes
}
