package paper

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"xuezheng/data/hours"

	"github.com/jung-kurt/gofpdf"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"xuezheng/assets"
)

func BenchmarkCertificate(b *testing.B) {
	c := sample(12)
	for b.Loop() {
		if err := DrawCertificate(io.Discard, c, original, photo, sampleQR, sampleDocument); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCertificateNaive draws the same texts, photo and code the way gofpdf's manual
// shows: the whole font given to every document, a library's code as a picture of squares.
func BenchmarkCertificateNaive(b *testing.B) {
	texts := naiveTexts()
	fonts := [][]byte{[]byte(assets.PaperRegular), []byte(assets.PaperBold)}
	for b.Loop() {
		if err := drawNaive(io.Discard, texts, fonts); err != nil {
			b.Fatal(err)
		}
	}
}

func naiveTexts() (texts []string) {
	c := sample(12)
	c.Holder.Name = "张三"
	texts = append(texts, c.Holder.Name, c.Number, c.Programme, c.Institution.Name, c.Holder.Unit, c.Main,
		"学时证明姓名证件号码工作单位注册证书编号注册有效期主项专业增项专业", "兹证明上述学员在注册有效期内完成下列继续教育学时，并经审核通过。",
		"学时类别专业应修计入结果必修选修增项合计序号课程形式完成日期网络面授", "扫码或用本程序离线查验签发机构公钥指纹签名文件全文附于本PDF之内咨询电话盖章处")
	for _, k := range c.Courses {
		texts = append(texts, k.Name, k.Specialty+k.Mode+k.On.String(), hours.Text(c.Hundredths(k.Seconds)))
	}
	return texts
}

func drawNaive(w io.Writer, texts []string, fonts [][]byte) error {
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes("serif", "", fonts[0])
	pdf.AddUTF8FontFromBytes("serif", "B", fonts[1])
	pdf.SetAttachments([]gofpdf.Attachment{{Content: sampleDocument, Filename: "certificate.json"}})
	pdf.AddPage()
	pdf.Rect(10, 10, 190, 277, "D")
	pdf.Rect(12, 12, 186, 273, "D")
	for i, t := range texts {
		pdf.SetFont("serif", []string{"", "B"}[i%2], 10)
		pdf.Text(20, 20+float64(i)*4.5, strings.Map(plainRune, t))
		pdf.Line(20, 21+float64(i)*4.5, 190, 21+float64(i)*4.5)
	}
	pdf.RegisterImageOptionsReader("photo", gofpdf.ImageOptions{ImageType: "JPG"}, bytes.NewReader(photo))
	pdf.ImageOptions("photo", 156, 67, 30, 42, false, gofpdf.ImageOptions{ImageType: "JPG"}, 0, "")
	m, err := qrcode.NewQRCodeWriter().Encode(sampleQR, gozxing.BarcodeFormat_QR_CODE, 0, 0, nil)
	if err != nil {
		return err
	}
	for y := range m.GetHeight() {
		for x := range m.GetWidth() {
			if m.Get(x, y) {
				pdf.Rect(24+float64(x)*0.5, 236+float64(y)*0.5, 0.5, 0.5, "F")
			}
		}
	}
	return pdf.Output(w)
}

func plainRune(r rune) rune {
	if r > 0xFFFF {
		return -1
	}
	return r
}

func BenchmarkQR(b *testing.B) {
	for b.Loop() {
		encodeQR(sampleQR)
	}
}

func BenchmarkPhotoCheck(b *testing.B) {
	for b.Loop() {
		checkPhoto(photo, "")
	}
}
