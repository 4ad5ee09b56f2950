package paper

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

var errForeign = errors.New("not as gofpdf writes it")

// An attachment is a file carried inside the document.
type attachment struct {
	name, kind, about string // ASCII
	data              []byte
}

// finish takes a document as gofpdf composed it and adds what gofpdf has no door for: our cut
// fonts, compressed pages, the language, attachments (gofpdf's own are left without a name and
// take a fresh compressor each), and an /ID made from everything before it.
func finish(body []byte, cuts []*cut, files []attachment) ([]byte, error) {
	offsets, root, err := readTable(body)
	if err != nil {
		return nil, err
	}
	f := &finisher{out: make([]byte, 0, len(body)+96<<10), offsets: make([]int, len(offsets), len(offsets)+20)}
	f.out = append(f.out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"...)
	fonts, firstFile := f.fontNames(cuts)
	order := inFile(offsets)
	for i, n := range order {
		end := bytes.LastIndex(body, []byte("\nxref\n")) + 1
		if i+1 < len(order) {
			end = offsets[order[i+1]]
		}
		object := body[offsets[n]:end]
		f.offsets[n] = len(f.out)
		switch n {
		case 2:
			object = bytes.Replace(object, []byte("/Font <<\n"), fonts, 1)
		case root:
			object = bytes.Replace(object, []byte("/Type /Catalog\n"), rootHead(files, firstFile), 1)
			object = bytes.Replace(object, []byte("/Names [\n"), fileTree(files, firstFile), 1)
		}
		f.copyObject(object)
	}
	for _, c := range cuts {
		if c != nil {
			f.putFont(c)
		}
	}
	for _, a := range files {
		f.putFile(a)
	}
	return f.end(root), nil
}

// rootHead opens the root with the language and the attachments.
func rootHead(files []attachment, first int) []byte {
	b := []byte("/Type /Catalog\n/Lang (zh-CN)\n/ViewerPreferences <</DisplayDocTitle true>>\n")
	if len(files) > 0 {
		b = append(b, "/AF ["...)
		for i := range files {
			b = fmt.Appendf(b, " %d 0 R", first+objectsPerFile*i+1)
		}
		b = append(b, "]\n"...)
	}
	return b
}

// fileTree opens the list of attachments by name.
func fileTree(files []attachment, first int) []byte {
	b := []byte("/Names [\n")
	for i, a := range files {
		b = fmt.Appendf(b, "(%s) %d 0 R ", a.name, first+objectsPerFile*i+1)
	}
	return b
}

type finisher struct {
	out     []byte
	offsets []int // by object number
}

// readTable reads where gofpdf's objects begin, and which one is the root.
func readTable(body []byte) (offsets []int, root int, err error) {
	at := bytes.LastIndex(body, []byte("\nxref\n0 "))
	if at < 0 {
		return nil, 0, errForeign
	}
	head, table, _ := bytes.Cut(body[at+len("\nxref\n0 "):], []byte("\n"))
	n, err := strconv.Atoi(string(head))
	if err != nil || len(table) < 20*n {
		return nil, 0, errForeign
	}
	offsets = make([]int, n)
	for i := 1; i < n; i++ {
		if offsets[i], err = strconv.Atoi(string(table[20*i : 20*i+10])); err != nil {
			return nil, 0, errForeign
		}
	}
	return offsets, n - 1, nil
}

// inFile lists the object numbers in the order in which they stand in the file.
func inFile(offsets []int) []int {
	order := make([]int, 0, len(offsets))
	for n := 1; n < len(offsets); n++ {
		order = append(order, n)
	}
	slices.SortFunc(order, func(a, b int) int { return offsets[a] - offsets[b] })
	return order
}

// copyObject copies one object; a page's drawing, which gofpdf left plain, is compressed.
func (f *finisher) copyObject(object []byte) {
	head, rest, _ := bytes.Cut(object, []byte(" 0 obj\n"))
	if !bytes.HasPrefix(rest, []byte("<</Length ")) {
		f.out = append(f.out, object...)
		return
	}
	_, stream, _ := bytes.Cut(rest, []byte(">>\nstream\n"))
	stream = bytes.TrimSuffix(stream, []byte("\nendstream\nendobj\n"))
	f.out = append(append(f.out, head...), " 0 obj\n"...)
	f.putStream("", stream)
}

// fontNames opens the font dictionary with the fonts that will be written, in their order;
// next is the first object number after them.
func (f *finisher) fontNames(cuts []*cut) (b []byte, next int) {
	b, next = []byte("/Font <<\n"), len(f.offsets)
	for i, c := range cuts {
		if c != nil {
			b = fmt.Appendf(b, "/X%d %d 0 R\n", i, next)
			next += objectsPerFont
		}
	}
	return b, next
}

const (
	objectsPerFont = 5
	objectsPerFile = 2
)

// putFont writes one cut font: font, its description, metrics, program, and table of meaning.
func (f *finisher) putFont(c *cut) {
	n := len(f.offsets)
	name := c.tag() + "+" + c.font.name
	f.begin()
	f.putf("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>\nendobj\n", name, n+1, n+4)
	f.begin()
	f.putf("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"+
		" /CIDToGIDMap /Identity /FontDescriptor %d 0 R /DW 1000 /W [0 [", name, n+2)
	for _, g := range c.glyphs {
		f.out = append(strconv.AppendInt(f.out, int64(c.font.width(g)), 10), ' ')
	}
	f.out = append(f.out, "]]>>\nendobj\n"...)
	f.begin()
	x := c.font
	f.putf("<</Type /FontDescriptor /FontName /%s /Flags 4 /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight 730 /StemV 80"+
		" /FontBBox [%d %d %d %d] /FontFile2 %d 0 R>>\nendobj\n", name, x.ascent, x.descent, x.box[0], x.box[1], x.box[2], x.box[3], n+3)
	f.begin()
	program := c.program()
	f.putStream(fmt.Sprintf(" /Length1 %d", len(program)), program)
	f.begin()
	f.putStream("", c.meaning())
}

// putFile writes one attachment: its bytes, then its description.
func (f *finisher) putFile(a attachment) {
	n := len(f.offsets)
	f.begin()
	f.putStream(fmt.Sprintf(" /Type /EmbeddedFile /Subtype /%s /Params <</Size %d>>", a.kind, len(a.data)), a.data)
	f.begin()
	f.putf("<</Type /Filespec /F (%s) /UF (%s) /Desc (%s) /AFRelationship /Data /EF <</F %d 0 R /UF %d 0 R>>>>\nendobj\n",
		a.name, a.name, a.about, n, n)
}

func (f *finisher) begin() {
	f.putf("%d 0 obj\n", len(f.offsets))
	f.offsets = append(f.offsets, len(f.out)-len(fmt.Sprintf("%d 0 obj\n", len(f.offsets))))
}

func (f *finisher) putf(format string, args ...any) { f.out = fmt.Appendf(f.out, format, args...) }

func (f *finisher) putStream(more string, data []byte) {
	packed := pack(data)
	f.putf("<</Filter /FlateDecode /Length %d%s>>\nstream\n", len(packed), more)
	f.out = append(append(f.out, packed...), "\nendstream\nendobj\n"...)
}

// end writes the table of objects and the trailer.
func (f *finisher) end(root int) []byte {
	at := len(f.out)
	f.putf("xref\n0 %d\n0000000000 65535 f \n", len(f.offsets))
	for _, o := range f.offsets[1:] {
		f.putf("%010d 00000 n \n", o)
	}
	sum := sha256.Sum256(f.out)
	f.putf("trailer\n<<\n/Size %d\n/Root %d 0 R\n/Info %d 0 R\n/ID [<%X> <%X>]\n>>\nstartxref\n%d\n%%%%EOF\n",
		len(f.offsets), root, root-1, sum[:16], sum[:16], at)
	return f.out
}

// packers are compressors to be used again: a fresh one takes half a megabyte.
var packers = make(chan *zlib.Writer, 4)

func pack(data []byte) []byte {
	b := bytes.NewBuffer(make([]byte, 0, len(data)*3/4+1024))
	var w *zlib.Writer
	select {
	case w = <-packers:
		w.Reset(b)
	default:
		w, _ = zlib.NewWriterLevel(b, zlib.BestSpeed)
	}
	w.Write(data) // a buffer takes everything
	w.Close()
	select {
	case packers <- w:
	default:
	}
	return b.Bytes()
}
