package paper

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// tool says whether a program for checking papers is there. Where XUEZHENG_TOOLS=1 promises
// them all, a missing one fails the test.
func tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil && os.Getenv("XUEZHENG_TOOLS") == "1" {
		t.Fatalf("%s is missing", name)
	} else if err != nil {
		t.Skipf("%s is missing", name)
	}
	return path
}

// page makes the last page of a PDF into a picture.
func page(t testing.TB, pdf []byte, dpi int) image.Image {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.pdf"), pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool(t, "pdftoppm"), "-r", fmt.Sprint(dpi), "-png", filepath.Join(dir, "a.pdf"), filepath.Join(dir, "p")).CombinedOutput()
	if err != nil {
		t.Fatalf("pdftoppm: %v %s", err, out)
	}
	pages, _ := filepath.Glob(filepath.Join(dir, "p-*.png"))
	b, err := os.ReadFile(pages[0]) // the code stands on the first page
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// worse makes a picture as a scanner or a phone would: turned, noisy, grey, as JPEG.
func worse(img image.Image, degrees float64, noise int, quality int) image.Image {
	src := greyOf(img)
	w, h := src.Rect.Dx(), src.Rect.Dy()
	side := w
	if degrees != 0 {
		side = h + h/8
	}
	out := image.NewGray(image.Rect(0, 0, side, max(side, h)))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	seed := uint32(1)
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			dx, dy := float64(x-out.Rect.Dx()/2), float64(y-out.Rect.Dy()/2)
			sx, sy := int(cos*dx+sin*dy)+w/2, int(cos*dy-sin*dx)+h/2
			v := 235
			if sx >= 0 && sy >= 0 && sx < w && sy < h {
				v = 20 + int(src.Pix[sy*src.Stride+sx])*215/255
			}
			seed = seed*1664525 + 1013904223
			if noise > 0 {
				v += int(seed>>16)%(2*noise+1) - noise
			}
			out.Pix[y*out.Stride+x] = byte(max(0, min(255, v)))
		}
	}
	var b bytes.Buffer
	jpeg.Encode(&b, out, &jpeg.Options{Quality: quality})
	back, _ := jpeg.Decode(&b)
	return back
}

func TestTheCodeIsReadFromScansOfTenCertificates(t *testing.T) {
	ways := []struct {
		name    string
		dpi     int
		degrees float64
		noise   int
		quality int
	}{
		{"clean at 150", 150, 0, 0, 100}, {"clean at 300", 300, 0, 0, 100},
		{"noisy JPEG at 150", 150, 0, 25, 60}, {"noisy JPEG at 300", 300, 0, 40, 50},
		{"a little turned", 200, 2.5, 15, 70}, {"upside down", 150, 180, 15, 70}, {"sideways, askew", 300, 93, 20, 70},
	}
	read := map[string]int{}
	const n = 10
	for i := range n {
		code := sampleQR[:200] + fmt.Sprintf("%025d", i*7919)
		var b bytes.Buffer
		if err := DrawCertificate(&b, sample(6+i), original, photo, code, sampleDocument); err != nil {
			t.Fatal(err)
		}
		pictures := map[int]image.Image{}
		for _, w := range ways {
			if w.degrees != 0 && i%5 != 0 {
				read[w.name]++ // turning takes long: two of ten
				continue
			}
			if pictures[w.dpi] == nil {
				pictures[w.dpi] = page(t, b.Bytes(), w.dpi)
			}
			img := pictures[w.dpi]
			if w.quality < 100 {
				img = worse(img, w.degrees, w.noise, w.quality)
			}
			if got, err := ReadQR(img); err == nil && len(got) == 1 && got[0] == code {
				read[w.name]++
			}
		}
	}
	for _, w := range ways {
		if read[w.name] != n {
			t.Errorf("%s: read %d of %d", w.name, read[w.name], n)
		}
	}
}

func TestPicturesWithoutACodeOrTooLarge(t *testing.T) {
	for name, c := range map[string]struct {
		picture image.Image
		want    error
	}{
		"nothing":       {image.NewGray(image.Rect(0, 0, 0, 0)), ErrNoQR},
		"one point":     {image.NewGray(image.Rect(0, 0, 1, 1)), ErrNoQR},
		"a thin strip":  {image.NewGray(image.Rect(0, 0, 3, 900)), ErrNoQR},
		"a white page":  {image.NewGray(image.Rect(7, 9, 800, 1100)), ErrNoQR},
		"far too large": {hugePicture{}, ErrPictureTooLarge},
	} {
		if _, err := ReadQR(c.picture); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// hugePicture says that it is large without being so; to look at a point of it is a mistake.
type hugePicture struct{ image.Image }

func (hugePicture) Bounds() image.Rectangle { return image.Rect(0, 0, 1<<20, 1<<20) }

// held is what a camera of 640 by 480 sees of a code held before it, so many pixels a module.
func held(t *testing.T, code string, module int, degrees float64, noise int) image.Image {
	t.Helper()
	m, err := encodeQR(code)
	if err != nil {
		t.Fatal(err)
	}
	frame, slip := image.NewGray(image.Rect(0, 0, 640, 480)), picture(m, module)
	draw.Draw(frame, frame.Rect, image.NewUniform(color.Gray{Y: 120}), image.Point{}, draw.Src)
	draw.Draw(frame, slip.Rect.Add(image.Pt((640-slip.Rect.Dx())/2, (480-slip.Rect.Dy())/2)), slip, image.Point{}, draw.Src)
	return worse(frame, degrees, noise, 80)
}

func TestASlipHeldBeforeACameraIsReadAtAGlance(t *testing.T) {
	const code = "XZS:0190A0F4-0000-7000-8000-000000000000:AAAQEAYEAUDAOCAJBIFQYDIOB4"
	read, tried := 0, 0
	for _, module := range []int{4, 6, 8} {
		for _, degrees := range []float64{0, 4, -8} {
			for _, noise := range []int{0, 20} {
				tried++
				if got, err := GlanceQR(held(t, code, module, degrees, noise)); err == nil && len(got) == 1 && got[0] == code {
					read++
				}
			}
		}
	}
	if read < tried*3/4 { // the camera shows it again in a moment
		t.Errorf("read %d of %d", read, tried)
	}
	start := time.Now()
	if _, err := GlanceQR(image.NewGray(image.Rect(0, 0, 640, 480))); !errors.Is(err, ErrNoQR) {
		t.Errorf("a picture without a code: %v", err)
	}
	t.Logf("without a code: %v", time.Since(start))
}
