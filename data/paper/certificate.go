package paper

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image/jpeg"
	"io"
	"strconv"
	"strings"

	"github.com/jung-kurt/gofpdf"

	"xuezheng/data/certificate"
	"xuezheng/data/sign"
)

// Names of what is attached to a certificate.
const (
	documentName = "certificate.json" // the signed document
	printName    = "print.json"       // what is needed to draw this very copy again
)

// A printing is what a page shows that the signed document does not say.
type printing struct {
	Mark certificate.Mark `json:"mark"`
	QR   string           `json:"qr"`
}

// DrawCertificate draws c as a PDF: A4, on as many pages as its courses need. photo is the
// JPEG named by c.Holder.PhotoHash, or empty; qr the text of the code; document the signed
// document, which is attached. The same arguments give the same bytes.
func DrawCertificate(w io.Writer, c certificate.Content, mark certificate.Mark, photo []byte, qr string, document []byte) error {
	if c.Layout < 1 || c.Layout > certificate.Layout {
		return ErrLayout.With(c.Layout)
	}
	if err := CheckCertificate(c); err != nil {
		return err
	}
	if err := checkPhoto(photo, c.Holder.PhotoHash); err != nil {
		return err
	}
	at := c.IssuedAt
	if !mark.On.IsZero() {
		at = mark.On.Start()
	}
	// Paper that is looked at again is drawn anew and compared, so that this says UTC for ever.
	d := &certificatePage{sheet: newSheet("学时证明 "+c.Number, at.UTC()), c: c, mark: mark,
		both: strings.Contains(c.Languages, "en"), photo: photo, code: qr}
	if err := d.attach(document); err != nil {
		return err
	}
	if err := d.draw(); err != nil {
		return err
	}
	return d.output(w)
}

// CheckCertificate refuses a certificate whose texts could not all be printed: see CheckText.
func CheckCertificate(c certificate.Content) error {
	texts := []string{c.Number, c.Replaces, c.Institution.Name, c.Institution.NameEn, c.Institution.Phone,
		c.Institution.Key, c.Holder.Name, c.Holder.MaskedNumber, c.Holder.Unit, c.Holder.Registration,
		c.Programme, c.ProgrammeEn, c.Main, c.Pack}
	texts = append(texts, c.Added...)
	for _, b := range c.Buckets {
		texts = append(texts, b.Kind, b.Specialty)
	}
	for _, k := range c.Courses {
		texts = append(texts, k.Name, k.Kind, k.Specialty, k.Mode)
	}
	return checkTexts(texts...)
}

// checkPhoto decodes the photo to its last line, since a cut-off one would print half a face,
// and sees that it is the one the certificate names.
func checkPhoto(photo []byte, hash string) error {
	if len(photo) == 0 && hash == "" {
		return nil
	}
	sum := sha256.Sum256(photo)
	if hash != "" && hex.EncodeToString(sum[:]) != strings.ToLower(hash) {
		return ErrPhotoDiffers
	}
	if hash != "" {
		return nil // the very bytes that were decoded whole before they were kept and signed
	}
	if _, err := jpeg.Decode(bytes.NewReader(photo)); err != nil {
		return ErrPhoto.Because(err)
	}
	return nil
}

// fingerprint shortens the issuer's key to what two people can compare aloud, as the key file and
// the command line show it.
func fingerprint(key string) string {
	p, err := sign.ParseDID(key)
	if err != nil {
		return key
	}
	return p.Fingerprint()
}

// A certificatePage is one certificate under way, in layout 1.
type certificatePage struct {
	*sheet
	c     certificate.Content
	mark  certificate.Mark
	both  bool // Chinese and English
	photo []byte
	code  string
	page  int
	pages int
}

func (d *certificatePage) attach(document []byte) error {
	about, err := json.Marshal(printing{d.mark, d.code})
	if err != nil {
		return err
	}
	if len(document) > 0 {
		d.files = append(d.files, attachment{documentName, "application#2Fjson", "Signed document", document})
	}
	d.files = append(d.files, attachment{printName, "application#2Fjson", "Printing", about})
	return nil
}

// Where things stand in layout 1, in mm.
const (
	left      = 24.0
	right     = 186.0
	middle    = (left + right) / 2
	listEnd   = 268.0 // courses end here
	signTop   = 231.0 // the sign-off begins here, on the first page
	listStart = 42.0  // courses of later pages begin here
)

func (d *certificatePage) draw() error {
	top := d.planTop()
	rows := d.courseRows()
	plan := planRows(rows, top.end+headHeight)
	d.pages = len(plan)
	for i, n := range plan {
		d.page = i + 1
		d.newPage()
		d.border()
		if d.mark.Specimen {
			d.specimen()
		}
		y := listStart
		if i == 0 {
			d.drawTop(top)
			y = top.end
		} else {
			d.runningHead()
		}
		if n > 0 {
			y = d.drawCourses(y, rows[:n])
			rows = rows[n:]
		}
		if d.both && i == len(plan)-1 {
			d.legend(y + 3.4)
		}
		if i == 0 {
			if err := d.signOff(); err != nil {
				return err
			}
		}
		d.foot()
	}
	return nil
}

// planRows says how many course rows go on each page. The first page always carries the code and
// the place for the seal, so its rows end earlier.
func planRows(rows []courseRow, start float64) (plan []int) {
	y, n, limit := start, 0, signTop-1.5
	for _, r := range rows {
		if y+r.height > limit {
			plan = append(plan, n)
			y, n, limit = listStart+headHeight, 0, listEnd
		}
		y += r.height
		n++
	}
	return append(plan, n)
}

// border draws the double frame with its stepped corners.
func (d *certificatePage) border() {
	d.frame(10, 10, pageWidth-20, pageHeight-20, 0.9, blue)
	const in, step = 12.4, 7.0
	far, low := pageWidth-in, pageHeight-in
	d.pdf.SetLineWidth(0.25)
	d.pdf.SetDrawColor(int(blue[0]), int(blue[1]), int(blue[2]))
	d.pdf.Polygon([]gofpdf.PointType{{X: in + step, Y: in}, {X: far - step, Y: in}, {X: far - step, Y: in + step},
		{X: far, Y: in + step}, {X: far, Y: low - step}, {X: far - step, Y: low - step}, {X: far - step, Y: low},
		{X: in + step, Y: low}, {X: in + step, Y: low - step}, {X: in, Y: low - step}, {X: in, Y: in + step},
		{X: in + step, Y: in + step}}, "D")
	for _, x := range [...]float64{in, far - step + 1.6} {
		for _, y := range [...]float64{in, low - step + 1.6} {
			d.frame(x, y, step-1.6, step-1.6, 0.25, blue)
			d.fill(x+1.7, y+1.7, step-5, step-5, blue)
		}
	}
}

// specimen writes 样张 across the page, beneath everything else.
func (d *certificatePage) specimen() {
	st := style{font: bold, size: 150, ink: pink, apart: 60}
	d.writeTurned(middle, 165, 40, "样张", st)
	if d.both {
		d.writeTurned(middle+24, 195, 40, "SPECIMEN", style{font: bold, size: 40, ink: pink, apart: 10})
	}
}

// runningHead tells what a later page belongs to.
func (d *certificatePage) runningHead() {
	d.write(left, 30, phrase{"学时证明（续）", "Certificate of Study Hours, continued"}.in(d.both), style{font: bold, size: 11, ink: blue})
	st := style{size: 9, ink: grey}
	d.write(left, 36.5, phrase{"证书编号", "No."}.in(d.both)+" "+d.c.Number, st)
	who := d.c.Holder.Name + "  " + d.c.Holder.MaskedNumber
	d.writeRight(right, 36.5, who, fitted(who, st, 90))
}

// foot tells page, copy and the rules applied.
func (d *certificatePage) foot() {
	st := style{size: 7.5, ink: grey}
	const y = 280.3
	rules := phrase{"政策包", "Rules"}.in(d.both) + " " + d.c.Pack
	d.write(left, y, rules, fitted(rules, st, 56))
	page := "第 " + strconv.Itoa(d.page) + " 页，共 " + strconv.Itoa(d.pages) + " 页"
	if d.both {
		page += "  Page " + strconv.Itoa(d.page) + " of " + strconv.Itoa(d.pages)
	}
	d.writeMiddle(middle, y, page, st)
	d.writeRight(right, y, d.copyWords(), st)
}

// copyWords says which print this is.
func (d *certificatePage) copyWords() string {
	n := strconv.Itoa(d.mark.Copy)
	on := ""
	if !d.mark.On.IsZero() {
		on = "  " + d.mark.On.String()
	}
	switch {
	case d.mark.Specimen:
		return phrase{"样张，无效", "Specimen, not valid"}.in(d.both) + on
	case d.mark.Copy <= 1:
		return phrase{"正本", "Original"}.in(d.both) + " · " + phrase{"第 1 份", "No. 1"}.in(d.both) + on
	}
	return phrase{"副本", "Copy"}.in(d.both) + " · " + phrase{"第 " + n + " 份", "No. " + n}.in(d.both) + on
}
