package exchange

import (
	"archive/zip"
	"bufio"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"xuezheng/data/fault"
)

// style is how a cell of a written sheet looks; the number is its place in stylesXML.
type style int

const (
	plain style = iota
	bold
	marked // refused: red on light red
	mended // repaired: on light yellow
	title
)

// outCell is one cell to be written, always as text.
type outCell struct {
	text  string
	style style
}

// WriteTable writes an xlsx with one sheet: a bold heading and rows. Every cell is text, so that
// ID numbers keep their digits and nothing is run as a formula.
func WriteTable(w io.Writer, sheet string, heading []string, rows iter.Seq[[]string]) error {
	return writeXlsx(w, sheet, len(heading), func(out *sheetWriter) {
		out.row(styled(heading, bold))
		for r := range rows {
			out.row(styled(r, plain))
		}
	})
}

// Mark is the colour of a cell that wants to be looked at.
type Mark int

// The marks: none, refused, to be looked at by a person.
const (
	MarkNone Mark = iota
	MarkBad
	MarkLook
)

// Marked is a cell with its mark.
type Marked struct {
	Text string
	Mark Mark
}

// WriteMarked is WriteTable with cells in colour.
func WriteMarked(w io.Writer, sheet string, heading []string, rows iter.Seq[[]Marked]) error {
	styles := map[Mark]style{MarkNone: plain, MarkBad: marked, MarkLook: mended}
	return writeXlsx(w, sheet, len(heading), func(out *sheetWriter) {
		out.row(styled(heading, bold))
		for r := range rows {
			cells := make([]outCell, len(r))
			for i, c := range r {
				cells[i] = outCell{c.Text, styles[c.Mark]}
			}
			out.row(cells)
		}
	})
}

// WritePassList is WriteTable with a title line above it. Whoever calls it masks the numbers.
func WritePassList(w io.Writer, titleLine string, heading []string, rows iter.Seq[[]string]) error {
	return writeXlsx(w, titleLine, len(heading), func(out *sheetWriter) {
		out.row([]outCell{{titleLine, title}})
		out.row(nil)
		out.row(styled(heading, bold))
		for r := range rows {
			out.row(styled(r, plain))
		}
	})
}

// WriteCorrected writes a copy for sending back: the same columns, values as they were mended,
// refused cells in colour, and a last column headed what that says for each row what to do. say
// puts a fault into words. A row may be good: its last cell is then empty.
func WriteCorrected(w io.Writer, headings []string, what string, rows iter.Seq[Row], say func(*fault.Fault) string) error {
	return writeXlsx(w, what, len(headings)+1, func(out *sheetWriter) {
		out.row(append(styled(headings, bold), outCell{what, bold}))
		for r := range rows {
			out.row(correctedRow(r, len(headings), say))
		}
	})
}

func correctedRow(r Row, width int, say func(*fault.Fault) string) []outCell {
	out := make([]outCell, width, width+1)
	for i, c := range r.Cells {
		if i == width {
			break
		}
		out[i].text = c.Value
		if c.Repaired {
			out[i].style = mended
		}
	}
	var why []string
	for _, f := range r.Faults {
		line := say(f.Fault)
		if f.Address != "" {
			line = f.Address + " " + line
		}
		why = append(why, line)
		for i, c := range r.Cells {
			if i < width && (c.Address() == f.Address || f.Address == "" && f.Column != "" && c.Column == f.Column) {
				out[i] = outCell{c.Raw, marked}
			}
		}
	}
	return append(out, outCell{strings.Join(why, "\n"), plain})
}

func styled(texts []string, s style) []outCell {
	out := make([]outCell, len(texts))
	for i, t := range texts {
		out[i] = outCell{t, s}
	}
	return out
}

// WriteCSV writes UTF-8 with a byte order mark, so that spreadsheet programs read it rightly. A
// cell that such a program would run as a formula gets an apostrophe before it, which reading
// takes off again.
func WriteCSV(w io.Writer, heading []string, rows iter.Seq[[]string]) error {
	b := bufio.NewWriter(w)
	_, _ = b.WriteString("\ufeff")
	writeCSVRow(b, heading)
	for r := range rows {
		writeCSVRow(b, r)
	}
	return b.Flush()
}

func writeCSVRow(b *bufio.Writer, cells []string) {
	for i, c := range cells {
		if i > 0 {
			_ = b.WriteByte(',')
		}
		if c != "" && strings.IndexByte("=+-@\t\r", c[0]) >= 0 {
			c = "'" + c
		}
		if strings.ContainsAny(c, ",\"\r\n") || strings.TrimSpace(c) != c {
			c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		_, _ = b.WriteString(c)
	}
	_, _ = b.WriteString("\r\n")
}

// sheetWriter writes the rows of one sheet straight into the zip, with flat memory and no
// temporary file in which personal data could stay behind. Its writer keeps the first error.
type sheetWriter struct {
	w    *bufio.Writer
	line int
}

func (s *sheetWriter) row(cells []outCell) {
	s.line++
	s.put("<row>")
	for _, c := range cells {
		s.put(styleStart[c.style])
		if c.text != "" {
			s.put(`<is><t xml:space="preserve">`)
			s.escaped(c.text)
			s.put(`</t></is>`)
		}
		s.put("</c>")
	}
	s.put("</row>")
}

var styleStart = [...]string{
	plain:  `<c t="inlineStr" s="0">`,
	bold:   `<c t="inlineStr" s="1">`,
	marked: `<c t="inlineStr" s="2">`,
	mended: `<c t="inlineStr" s="3">`,
	title:  `<c t="inlineStr" s="4">`,
}

func (s *sheetWriter) put(text string) { _, _ = s.w.WriteString(text) }

func (s *sheetWriter) escaped(text string) {
	for _, r := range text {
		switch {
		case r == '&':
			s.put("&amp;")
		case r == '<':
			s.put("&lt;")
		case r == '>':
			s.put("&gt;")
		case r < ' ' && r != '\n' && r != '\t', r == 0xFFFE, r == 0xFFFF:
			_, _ = s.w.WriteRune(utf8.RuneError)
		default:
			_, _ = s.w.WriteRune(r)
		}
	}
}

// writeXlsx writes a workbook with one sheet, whose rows fill gives.
func writeXlsx(w io.Writer, sheet string, width int, fill func(*sheetWriter)) error {
	z := zip.NewWriter(w)
	for _, p := range fixedParts {
		if err := writePart(z, p.name, func(b *bufio.Writer) {
			_, _ = b.WriteString(xmlHead + strings.Replace(p.xml, "{sheet}", sheetName(sheet), 1))
		}); err != nil {
			return err
		}
	}
	err := writePart(z, "xl/worksheets/sheet1.xml", func(b *bufio.Writer) {
		s := sheetWriter{w: b}
		s.put(xmlHead + `<worksheet xmlns="` + mainNS + `"><cols>`)
		for i := range width {
			column(&s, i+1)
		}
		s.put("</cols><sheetData>")
		fill(&s)
		s.put("</sheetData></worksheet>")
	})
	if err != nil {
		return err
	}
	return z.Close()
}

func column(s *sheetWriter, n int) {
	at := strconv.Itoa(n)
	s.put(`<col min="` + at + `" max="` + at + `" width="20" customWidth="1" style="0"/>`)
}

func writePart(z *zip.Writer, name string, fill func(*bufio.Writer)) error {
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, 64<<10)
	fill(b)
	return b.Flush()
}

// sheetName makes a name a sheet may have: at most 31 characters, without : \ / ? * [ ].
func sheetName(s string) string {
	n := 0
	s = strings.Map(func(r rune) rune {
		if n++; n > 31 || strings.ContainsRune(`:\/?*[]<>&"'`, r) || r < ' ' {
			return -1
		}
		return r
	}, s)
	if s == "" {
		return "Sheet1"
	}
	return s
}
