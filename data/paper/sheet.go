package paper

import (
	"bytes"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jung-kurt/gofpdf"
)

// A4, and one point in millimetres. All places on a page are millimetres from its upper left.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	mm         = 25.4 / 72
)

type ink [3]uint8

// The inks of the house: black, grey, mineral blue (石青) and pale blue.
var (
	black    = ink{0x1B, 0x23, 0x2C}
	grey     = ink{0x5A, 0x64, 0x6E}
	blue     = ink{0x1C, 0x56, 0x75}
	paleBlue = ink{0xEE, 0xF4, 0xF7}
	hairline = ink{0xB9, 0xC6, 0xCE}
	pink     = ink{0xF4, 0xD9, 0xD5}
)

// A style is how text looks: font (regular or bold), size and space between letters in points.
type style struct {
	font  int
	size  float64
	ink   ink
	apart float64
}

func (st style) in(c ink) style { st.ink = c; return st }

// A sheet is a document under way: gofpdf composes its pages; the text is written by ourselves,
// with fonts that hold only the characters this document uses.
type sheet struct {
	pdf  *gofpdf.Fpdf
	cuts [fontCount]*cut
	text []byte // of the page under way; drawn over its lines and tints
	used []byte // text colour in force

	files []attachment
}

func newSheet(title string, at time.Time) *sheet {
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.SetCompression(false) // we compress at the end, with writers used again
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(at)
	pdf.SetModificationDate(at)
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetProducer("Xuezheng", false)
	pdf.SetTitle(plain(title), true)
	return &sheet{pdf: pdf}
}

// plain leaves out what a PDF title cannot hold here: characters beyond U+FFFF.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return -1
		}
		return r
	}, s)
}

func (s *sheet) newPage() {
	s.endPage()
	s.pdf.AddPage()
}

func (s *sheet) endPage() {
	if len(s.text) > 0 {
		s.pdf.RawWriteBuf(bytes.NewReader(append(append([]byte("q\n"), s.text...), 'Q')))
	}
	s.text, s.used = s.text[:0], nil
}

// write sets one line of text; y is its baseline.
func (s *sheet) write(x, y float64, txt string, st style) {
	s.text = s.setText(s.text, x, y, txt, st)
}

func (s *sheet) writeRight(x, y float64, txt string, st style) {
	s.write(x-textWidth(txt, st), y, txt, st)
}

func (s *sheet) writeMiddle(x, y float64, txt string, st style) {
	s.write(x-textWidth(txt, st)/2, y, txt, st)
}

// writeLines sets lines one under the other, leading mm apart, and returns the last baseline.
func (s *sheet) writeLines(x, y float64, lines []string, leading float64, st style) float64 {
	for i, l := range lines {
		s.write(x, y+float64(i)*leading, l, st)
	}
	return y + float64(len(lines)-1)*leading
}

func (s *sheet) setText(b []byte, x, y float64, txt string, st style) []byte {
	if txt == "" {
		return b
	}
	b = s.setInk(b, st.ink)
	b = append(b, "BT 1 0 0 1 "...)
	b = number(b, x/mm)
	b = number(b, (pageHeight-y)/mm)
	b = append(b, "Tm "...)
	b = number(b, st.apart)
	b = append(b, "Tc\n"...)
	return append(s.setRuns(b, txt, st), "ET\n"...)
}

// setRuns writes txt in as many pieces as it needs fonts.
func (s *sheet) setRuns(b []byte, txt string, st style) []byte {
	now, open := place{font: -1}, false
	for _, r := range txt {
		p, ok := find(r, st.font)
		if !ok {
			continue // CheckText has refused it before
		}
		if p.font != now.font || p.thick != now.thick {
			if open {
				b = append(b, "> Tj\n"...)
			}
			b = s.setFont(b, p, now.thick, st)
			now, open = p, true
		}
		b = hex4(b, s.cut(p.font).code(r, p.glyph))
	}
	if open {
		b = append(b, "> Tj\n"...)
	}
	if now.thick {
		b = append(b, "0 Tr\n"...)
	}
	return b
}

func (s *sheet) setFont(b []byte, p place, wasThick bool, st style) []byte {
	if p.thick && !wasThick {
		b = number(append(b, "2 Tr "...), st.size*0.03)
		b = append(b, "w "...)
	} else if wasThick && !p.thick {
		b = append(b, "0 Tr "...)
	}
	b = append(b, "/X"...)
	b = append(b, byte('0'+p.font), ' ')
	b = number(b, st.size)
	return append(b, "Tf <"...)
}

func (s *sheet) cut(i int) *cut {
	if s.cuts[i] == nil {
		s.cuts[i] = newCut(openFonts[i]())
	}
	return s.cuts[i]
}

// setInk writes the colour of fill and stroke, where it changes.
func (s *sheet) setInk(b []byte, c ink) []byte {
	if s.used != nil && [3]uint8(s.used) == c {
		return b
	}
	s.used = append(s.used[:0], c[:]...)
	for _, op := range [...]string{"rg ", "RG\n"} {
		for _, v := range c {
			b = strconv.AppendFloat(b, float64(v)/255, 'f', 3, 64)
			b = append(b, ' ')
		}
		b = append(b, op...)
	}
	return b
}

func number(b []byte, v float64) []byte {
	return append(strconv.AppendFloat(b, v, 'f', 2, 64), ' ')
}

func (s *sheet) line(x1, y1, x2, y2, width float64, c ink) {
	s.pdf.SetLineWidth(width)
	s.pdf.SetDrawColor(int(c[0]), int(c[1]), int(c[2]))
	s.pdf.Line(x1, y1, x2, y2)
}

func (s *sheet) frame(x, y, w, h, width float64, c ink) {
	s.pdf.SetLineWidth(width)
	s.pdf.SetDrawColor(int(c[0]), int(c[1]), int(c[2]))
	s.pdf.Rect(x, y, w, h, "D")
}

func (s *sheet) fill(x, y, w, h float64, c ink) {
	s.pdf.SetFillColor(int(c[0]), int(c[1]), int(c[2]))
	s.pdf.Rect(x, y, w, h, "F")
}

// jpeg places a picture that has been decoded before.
func (s *sheet) jpeg(data []byte, x, y, w, h float64) {
	kind := gofpdf.ImageOptions{ImageType: "JPG"}
	s.pdf.RegisterImageOptionsReader("photo", kind, bytes.NewReader(data))
	s.pdf.ImageOptions("photo", x, y, w, h, false, kind, 0, "")
}

// qr draws a code with sides of size mm, quiet zone not counted.
func (s *sheet) qr(txt string, x, y, size float64) error {
	m, err := encodeQR(txt)
	if err != nil {
		return err
	}
	b := []byte("q 0 g ")
	b = number(number(append(number(b, size/mm), "0 0 "...), size/mm), x/mm)
	b = number(b, (pageHeight-y-size)/mm)
	b = append(b, "cm BI /IM true /D [1 0] /BPC 1 /F /AHx /W "...)
	b = strconv.AppendInt(b, int64(m.size), 10)
	b = append(b, " /H "...)
	b = strconv.AppendInt(b, int64(m.size), 10)
	b = append(b, " ID\n"...)
	b = append(m.hex(b), ">\nEI Q"...)
	s.pdf.RawWriteBuf(bytes.NewReader(b))
	return nil
}

// bodies are buffers to be used again for what gofpdf composes.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// output ends the document and writes it.
func (s *sheet) output(w io.Writer) error {
	s.endPage()
	body := bodies.Get().(*bytes.Buffer)
	defer bodies.Put(body)
	body.Reset()
	if err := s.pdf.Output(body); err != nil {
		return err
	}
	done, err := finish(body.Bytes(), s.cuts[:], s.files)
	if err != nil {
		return err
	}
	_, err = w.Write(done)
	return err
}

// diamond draws a small filled diamond, r from its centre to each corner.
func (s *sheet) diamond(x, y, r float64) {
	s.pdf.SetFillColor(int(blue[0]), int(blue[1]), int(blue[2]))
	s.pdf.Polygon([]gofpdf.PointType{{X: x - r, Y: y}, {X: x, Y: y - r}, {X: x + r, Y: y}, {X: x, Y: y + r}}, "F")
}

// writeTurned sets text around the middle (x, y), turned by degrees against the clock.
func (s *sheet) writeTurned(x, y, degrees float64, txt string, st style) {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	s.text = append(s.text, "q "...)
	for _, v := range [...]float64{cos, sin, -sin, cos} {
		s.text = strconv.AppendFloat(s.text, v, 'f', 5, 64)
		s.text = append(s.text, ' ')
	}
	s.text = number(s.text, x/mm)
	s.text = number(s.text, (pageHeight-y)/mm)
	s.text = append(s.text, "cm\n"...)
	s.text = s.setText(s.text, -textWidth(txt, st)/2, pageHeight, txt, st)
	s.text = append(s.text, "Q\n"...)
	s.used = nil
}
