package paper

import (
	"io"

	"github.com/jung-kurt/gofpdf"

	"xuezheng/assets"
	"xuezheng/data/certificate"
)

// DrawNaively draws a certificate's words as most programs would: the whole font read, parsed
// and cut anew for every document. It is what our own drawing is measured against, and is given
// to nobody.
func DrawNaively(w io.Writer, c certificate.Content) error {
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes("serif", "", []byte(assets.PaperRegular))
	pdf.AddPage()
	pdf.SetFont("serif", "", 12)
	line := func(s string) { pdf.CellFormat(0, 7, inBasicPlane(s), "1", 1, "", false, 0, "") }
	for _, s := range []string{c.Holder.Name, c.Holder.MaskedNumber, c.Holder.Unit, c.Number, c.Programme, c.Institution.Name} {
		line(s)
	}
	for _, k := range c.Courses {
		line(k.Name + " " + k.Specialty + " " + k.On.String())
	}
	return pdf.Output(w)
}

// inBasicPlane leaves out what gofpdf can't bear.
func inBasicPlane(s string) string {
	plain := make([]rune, 0, len(s))
	for _, r := range s {
		if r <= 0xFFFF {
			plain = append(plain, r)
		}
	}
	return string(plain)
}
