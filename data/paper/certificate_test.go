package paper

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
)

var rareNames = []string{"张𬱖", "刘㛃", "王䶮", "阿布都·克里木·买买提", "覃𠅤", "𠮷田", "龘𪚥𫝆𬺡𮯠"}

// saved writes a PDF where other programs can read it.
func saved(t *testing.T, pdf []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// saidBy is what a program prints about a file, or fails the test.
func saidBy(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(tool(t, name), args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

func countRunes(s string) map[rune]int {
	n := map[rune]int{}
	for _, r := range s {
		n[r]++
	}
	return n
}

// signedTexts lists what the page must say.
func signedTexts(c certificate.Content) (texts []string) {
	texts = []string{c.Number, c.Institution.Name, c.Holder.Name, c.Holder.MaskedNumber, c.Holder.Unit, c.Holder.Registration,
		c.Programme, c.Main, strings.Join(c.Added, "、"), longDate(c.From), longDate(c.To), longDate(c.IssuedOn), c.Pack}
	for _, k := range c.Courses {
		texts = append(texts, k.Name, k.On.String(), hours.Text(c.Hundredths(k.Seconds)))
	}
	return texts
}

func TestOtherReadersFindWhatWasSigned(t *testing.T) {
	for _, name := range rareNames {
		c := sample(15)
		c.Holder.Name = name
		c.Languages = "zh,en"
		pdf := drawn(t, c, original)
		path := saved(t, pdf)
		drawnText := textOf(t, pdf)
		for reader, text := range map[string]string{
			"pdftotext": saidBy(t, "pdftotext", "-raw", path, "-"),
			"mutool":    saidBy(t, "mutool", "draw", "-q", "-F", "txt", path),
		} {
			got := squeeze(text)
			for _, want := range signedTexts(c) {
				if !strings.Contains(got, squeeze(want)) {
					t.Errorf("%s does not find %q", reader, want)
				}
			}
			if !maps.Equal(countRunes(got), countRunes(squeeze(drawnText))) {
				t.Errorf("%s finds other characters than were set", reader)
			}
		}
	}
}

func TestFilesAreSoundAndTheirFontsEmbedded(t *testing.T) {
	c := sample(60)
	c.Holder.Name = "𠮷田"
	for name, pdf := range map[string][]byte{
		"certificate": drawn(t, c, original), "specimen": drawn(t, c, certificate.Mark{Specimen: true}),
		"pass list": of(t, func(b *bytes.Buffer) error { return DrawPassList(b, withRare(samplePassList(70))) }),
	} {
		path := saved(t, pdf)
		saidBy(t, "qpdf", "--check", path)
		fonts := strings.Split(strings.TrimSpace(saidBy(t, "pdffonts", path)), "\n")[2:]
		if len(fonts) < 3 {
			t.Errorf("%s: %d fonts, want regular, bold and rare", name, len(fonts))
		}
		for _, f := range fonts {
			if !regexp.MustCompile(`[A-Z]{6}\+.* yes +yes +yes `).MatchString(f) {
				t.Errorf("%s: not embedded, cut and readable: %s", name, f)
			}
		}
	}
}

func withRare(p PassList) PassList {
	p.Passes[3].Name = "𠮷田"
	return p
}

func TestZbarReadsThePrintedCode(t *testing.T) {
	for _, dpi := range []int{150, 300} {
		path := saved(t, drawn(t, sample(12), original))
		saidBy(t, "pdftoppm", "-r", strconv.Itoa(dpi), "-png", path, path)
		if got := strings.TrimSpace(saidBy(t, "zbarimg", "-q", "--raw", path+"-1.png")); got != sampleQR {
			t.Errorf("at %d dpi: got %q", dpi, got)
		}
	}
}

func TestEveryMarkAndCourseIsOnThePage(t *testing.T) {
	for name, c := range map[string]struct {
		mark certificate.Mark
		want string
	}{
		"the original": {original, "正本·第1份"},
		"a copy":       {certificate.Mark{Copy: 4, On: day.MustNew(2027, 1, 5)}, "副本·第4份2027-01-05"},
		"a specimen":   {certificate.Mark{Specimen: true}, "样张"},
	} {
		if text := textOf(t, drawn(t, sample(3), c.mark)); !strings.Contains(text, c.want) {
			t.Errorf("%s: no %q", name, c.want)
		}
	}
	for n := range 75 {
		text := textOf(t, drawn(t, sample(n), original))
		if last := strconv.Itoa(n); n > 0 && strings.Count(text, "课程")+n < n+1 || !strings.Contains(text, "（盖章处）") || n > 0 && !strings.Contains(text, last) {
			t.Errorf("%d courses: something is missing", n)
		}
	}
}

func TestRenewalReadyStandsOnlyWhereItIsSo(t *testing.T) {
	c := sample(3)
	if strings.Contains(textOf(t, drawn(t, c, original)), "延续注册") {
		t.Error("promised without being so")
	}
	c.Renewal = true
	if !strings.Contains(textOf(t, drawn(t, c, original)), "延续注册") {
		t.Error("missing though it is so")
	}
}

func TestWhatCannotBePrintedIsRefusedBeforeAnythingIsDrawn(t *testing.T) {
	half := photo[:len(photo)/2]
	for name, c := range map[string]struct {
		change func(*certificate.Content)
		photo  []byte
		want   error
	}{
		"a character no font has":    {func(c *certificate.Content) { c.Holder.Name = "王\U0002F9FF\U00030000" }, photo, ErrNoGlyph},
		"in a course":                {func(c *certificate.Content) { c.Courses[1].Name += "😀" }, photo, ErrNoGlyph},
		"bytes that are no text":     {func(c *certificate.Content) { c.Holder.Unit = "a\xffb" }, photo, ErrNotText},
		"a line break":               {func(c *certificate.Content) { c.Main = "建筑\n工程" }, photo, ErrNotText},
		"half a photo":               {func(c *certificate.Content) { c.Holder.PhotoHash = "" }, half, ErrPhoto},
		"a photo of someone else":    {func(c *certificate.Content) {}, half, ErrPhotoDiffers},
		"a photo that was removed":   {func(c *certificate.Content) {}, nil, ErrPhotoDiffers},
		"a layout of the future":     {func(c *certificate.Content) { c.Layout = 3 }, photo, ErrLayout},
		"more than the code can say": {func(c *certificate.Content) { c.Pack = "long code" }, photo, ErrQRTooLong},
	} {
		content, code := sample(3), sampleQR
		c.change(&content)
		if content.Pack == "long code" {
			code = strings.Repeat("A", 700)
		}
		var b bytes.Buffer
		err := DrawCertificate(&b, content, original, c.photo, code, sampleDocument)
		if !errors.Is(err, c.want) || b.Len() > 0 {
			t.Errorf("%s: got %v and %d bytes, want %v", name, err, b.Len(), c.want)
		}
	}
}

func TestARefusedCharacterIsNamed(t *testing.T) {
	err := CheckText("王😀")
	if f := fault.Of(err); len(f.Figures) != 1 || f.Figures[0] != "😀" {
		t.Errorf("figures: got %v", f.Figures)
	}
	for _, name := range rareNames {
		if err := CheckText(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestManyCertificatesTakeNoMoreMemoryThanOne(t *testing.T) {
	draw := func() {
		if err := DrawCertificate(io.Discard, sample(12), original, photo, sampleQR, sampleDocument); err != nil {
			t.Fatal(err)
		}
	}
	draw()
	before := heap()
	for range 200 {
		draw()
	}
	if grown := heap() - before; grown > 1<<20 {
		t.Errorf("200 certificates left %d KB behind", grown>>10)
	}
}

// longNames is a certificate in which every text is longer than anyone expects.
func longNames(t *testing.T) []byte {
	long := strings.Repeat("很长的名字", 14)
	c := sample(20)
	c.Languages = "zh,en"
	c.Number, c.Replaces, c.Pack = "GX-"+strings.Repeat("1234567890", 4), "GX-"+strings.Repeat("0987654321", 4), "pack-"+strings.Repeat("x", 60)
	c.Programme, c.Main, c.Holder.Name, c.Holder.Unit, c.Institution.Name = long, long, long, long, long
	c.Institution.NameEn, c.Institution.Phone = strings.Repeat("Very Long Name ", 8), strings.Repeat("0773-5550123 ", 6)
	c.Buckets[0].Specialty, c.Courses[3].Specialty, c.Courses[4].Name = long, long, long+long
	return drawn(t, c, certificate.Mark{Copy: 99, On: original.On})
}

func TestNothingRunsOffThePage(t *testing.T) {
	path := saved(t, longNames(t))
	for _, m := range regexp.MustCompile(`xMin="([0-9.-]+)" yMin="([0-9.-]+)" xMax="([0-9.-]+)" yMax="([0-9.-]+)"`).
		FindAllStringSubmatch(saidBy(t, "pdftotext", "-bbox", path, "-"), -1) {
		x1, _ := strconv.ParseFloat(m[1], 64)
		x2, _ := strconv.ParseFloat(m[3], 64)
		y2, _ := strconv.ParseFloat(m[4], 64)
		if x1*mm < 14 || x2*mm > 196 || y2*mm > 284 {
			t.Errorf("a word stands from %.0f to %.0f mm, down to %.0f mm", x1*mm, x2*mm, y2*mm)
		}
	}
}
