package paper

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"xuezheng/data/certificate"
	"xuezheng/data/day"
)

// samplePhoto is a drawn head and shoulders on blue, 413 × 579, as large as a real one.
func samplePhoto() []byte {
	m := image.NewRGBA(image.Rect(0, 0, 413, 579))
	noise := uint32(7)
	for y := range 579 {
		for x := range 413 {
			noise = noise*1664525 + 1013904223
			n := uint8(noise >> 29)
			c := color.RGBA{0x43, 0x8E, 0xDB + n, 255}
			dx, dy := float64(x-206)/105, float64(y-235)/140
			sx, sy := float64(x-206)/200, float64(y-600)/210
			switch {
			case dx*dx+dy*dy < 1 && y < 180:
				c = color.RGBA{0x22 + n, 0x1D, 0x1C, 255}
			case dx*dx+dy*dy < 1:
				c = color.RGBA{0xE6, 0xBF + n, 0xA4, 255}
			case sx*sx+sy*sy < 1:
				c = color.RGBA{0x2A, 0x33, 0x40 + n, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	jpeg.Encode(&b, m, &jpeg.Options{Quality: 92})
	return b.Bytes()
}

var photo = samplePhoto()

// sampleQR is as long as signed facts are, in the same characters.
var sampleQR = "XZ1:" + strings.Repeat("6BFOXN0TSMAHN-H9P8QO*6C+3%L/E", 8)[:221]

var sampleDocument = []byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"holder":"invented"}`)

// sample is a certificate of an invented learner, with n courses.
func sample(n int) certificate.Content {
	sum := sha256.Sum256(photo)
	c := certificate.Content{
		ID: "0192f0aa-0000-7000-8000-000000000001", Number: "GXJ-2026-000123", Layout: 1, PerHour: 2700, Languages: "zh",
		IssuedOn: day.MustNew(2026, 11, 22), IssuedAt: time.Date(2026, 11, 22, 2, 30, 0, 0, time.UTC),
		Institution: certificate.Issuer{Name: "桂林市漓江建设职业培训学校", NameEn: "Lijiang School of Construction Training, Guilin",
			Phone: "0773-5550123", Key: "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"},
		Holder: certificate.Holder{Name: "张𬱖", MaskedNumber: "4501**********4217", NumberKind: "resident-card",
			Unit: "广西桂建工程有限责任公司", Registration: "桂245181900123", PhotoHash: hex.EncodeToString(sum[:])},
		Programme: "二级建造师继续教育", ProgrammeEn: "Continuing education of second-class constructors",
		Main: "建筑工程", Added: []string{"市政公用工程"},
		From: day.MustNew(2024, 3, 15), To: day.MustNew(2027, 3, 14),
		Buckets: []certificate.Bucket{
			{Kind: "required", Specialty: "建筑工程", Seconds: 2700 * 60, Needed: 2700 * 60},
			{Kind: "elective", Specialty: "建筑工程", Seconds: 2700 * 60, Needed: 2700 * 60},
			{Kind: "added", Specialty: "市政公用工程", Seconds: 2160 * 60, Needed: 2700 * 60},
		},
		Pack: "guangxi-constructor@2017-06-01",
	}
	names := []string{"建设工程法律法规与职业道德", "建筑工程施工质量验收统一标准（GB 50300）解读", "危险性较大的分部分项工程安全管理规定",
		"装配式混凝土结构施工技术", "绿色建造与建筑节能", "建筑信息模型（BIM）技术应用基础", "建设工程项目管理规范", "工程招标投标与合同管理",
		"大体积混凝土施工与裂缝控制、温度监测及养护技术专题讲座", "城市地下综合管廊施工", "海绵城市与排水工程", "市政道路施工新技术"}
	for i := range n {
		k := certificate.Course{Name: names[i%len(names)], Kind: "required", Specialty: "建筑工程", Mode: "face-to-face",
			On: day.MustNew(2025, 1+i%12, 1+i%28), Seconds: (675 - i%3*60) * 60}
		if i%12 >= 4 {
			k.Kind, k.Mode = "elective", "online"
		}
		if i%12 >= 8 {
			k.Kind, k.Specialty = "added", "市政公用工程"
		}
		c.Courses = append(c.Courses, k)
	}
	return c
}

var original = certificate.Mark{Copy: 1, On: day.MustNew(2026, 11, 22)}

// drawn is a certificate as bytes.
func drawn(t testing.TB, c certificate.Content, mark certificate.Mark) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := DrawCertificate(&b, c, mark, photo, sampleQR, sampleDocument); err != nil {
		t.Fatalf("draw: %v", err)
	}
	return b.Bytes()
}

func TestTheSameFactsGiveTheSameBytes(t *testing.T) {
	a, b := drawn(t, sample(12), original), drawn(t, sample(12), original)
	if !bytes.Equal(a, b) {
		t.Error("two drawings of one certificate differ")
	}
}

// TestEachLayoutStaysAsItIs keeps what is drawn where. Certificates issued with a layout are drawn
// again with it for ever: a change of the page is a new layout, not a change of this file
// (which PAPER_GOLDEN=1 writes anew).
func TestEachLayoutStaysAsItIs(t *testing.T) {
	for layout := 1; layout <= certificate.Layout; layout++ {
		t.Run(fmt.Sprint(layout), func(t *testing.T) { layoutStays(t, layout) })
	}
}

func layoutStays(t *testing.T, layout int) {
	both := sample(14)
	both.Languages, both.Renewal = "zh,en", true
	var got strings.Builder
	one := sample(12)
	one.Layout, both.Layout = layout, layout
	for _, pdf := range [][]byte{drawn(t, one, original), drawn(t, both, certificate.Mark{Copy: 2, On: original.On})} {
		f, err := openFile(pdf)
		if err != nil {
			t.Fatal(err)
		}
		meanings := f.meanings()
		for _, drawing := range f.drawings() {
			for _, piece := range strings.SplitAfter(string(drawing), "ET\n") {
				_, at, _ := strings.Cut(piece, "BT 1 0 0 1 ")
				at, _, _ = strings.Cut(at, " Tm")
				fmt.Fprintf(&got, "%s %s %x\n", at, strings.Join(pageLines([]byte(piece), meanings), ""), sha256.Sum256(plainOps(piece)))
			}
		}
	}
	golden := fmt.Sprintf("testdata/layout%d.txt", layout)
	if os.Getenv("PAPER_GOLDEN") == "1" {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(got.String(), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(gotLines), len(wantLines)) {
		if gotLines[i] != wantLines[i] {
			t.Fatalf("line %d: got %s, want %s", i+1, gotLines[i], wantLines[i])
		}
	}
	if len(gotLines) != len(wantLines) {
		t.Errorf("%d pieces of text, want %d", len(gotLines), len(wantLines))
	}
}

// plainOps is a piece of a drawing without the codes of its letters.
func plainOps(piece string) []byte {
	return regexp.MustCompile(`<[0-9A-F]*>`).ReplaceAll([]byte(piece), nil)
}

// TestPicturesForTheEye writes sample papers to the folder named by PAPER_OUT.
func TestPicturesForTheEye(t *testing.T) {
	out := os.Getenv("PAPER_OUT")
	if out == "" {
		t.Skip("PAPER_OUT names no folder")
	}
	both := sample(12)
	both.Languages, both.Renewal, both.Replaces = "zh,en", true, "GXJ-2025-000045"
	both.Buckets[2].Seconds = 2700 * 60
	for name, b := range map[string][]byte{
		"one": drawn(t, sample(12), original), "passes": of(t, func(b *bytes.Buffer) error { return DrawPassList(b, samplePassList(60)) }),
		"long": longNames(t), "slip": of(t, func(b *bytes.Buffer) error { return DrawSlip(b, sampleSlip()) }), "notice": of(t, func(b *bytes.Buffer) error { return DrawExamNotice(b, sampleNotice(3)) }), "done": of(t, func(b *bytes.Buffer) error { return DrawDone(b, sampleDone()) }), "receipt": of(t, func(b *bytes.Buffer) error { return DrawReceipt(b, sampleReceipt(3)) }),
		"both": drawn(t, both, certificate.Mark{Copy: 3, On: original.On}),
		"many": drawn(t, sample(60), original), "specimen": drawn(t, both, certificate.Mark{Specimen: true, On: original.On}),
	} {
		if err := os.WriteFile(fmt.Sprintf("%s/%s.pdf", out, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func of(t *testing.T, draw func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := draw(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
