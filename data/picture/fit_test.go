package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"testing"
)

var exam = Standard{Width: 480, Height: 640, DPI: 300, MinKB: 20, MaxKB: 40, Crown: [2]int{50, 110}, Eyes: [2]int{200, 300}, FaceWidth: [2]int{180, 300}}

func TestAFittedPhotoHasTheSizeTheDensityAndTheWeight(t *testing.T) {
	for name, img := range map[string]image.Image{
		"a flat drawing":  Sample(1, 900, 1200),
		"a noisy picture": noisy(720, 960),
		"a wide picture":  Sample(2, 1000, 750),
		"just big enough": Sample(3, 384, 512),
	} {
		b, err := Fit(img, AutoCrop(img.Bounds().Dx(), img.Bounds().Dy(), exam), exam)
		if name == "a noisy picture" {
			if !errors.Is(err, ErrTooLarge) {
				t.Errorf("%s: got %v, want %v", name, err, ErrTooLarge)
			}
			continue
		}
		check(t, err)
		p, err := Decode(b, DefaultLimits)
		check(t, err)
		if p.Width != 480 || p.Height != 640 || p.DPI != 300 || len(b) < 20*1024 || len(b) > 40*1000 {
			t.Errorf("%s: %d×%d at %d dpi, %d bytes", name, p.Width, p.Height, p.DPI, len(b))
		}
		if _, err := jpeg.Decode(bytes.NewReader(b)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func noisy(w, h int) image.Image {
	r := rand.New(rand.NewPCG(1, 2))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := 0; y < h; y += 4 {
		for x := 0; x < w; x += 4 {
			c := color.RGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
			for i := range 16 {
				img.SetRGBA(x+i%4, y+i/4, c)
			}
		}
	}
	return img
}

func TestAHeavyPhotoIsWrittenAsWellAsTheWindowAllows(t *testing.T) {
	std := exam
	std.MinKB, std.MaxKB = 100, 150
	img := noisy(720, 960)
	b, err := Fit(img, img.Bounds(), std)
	check(t, err)
	if len(b) < 100*1024 || len(b) > 150*1000 {
		t.Errorf("got %d bytes", len(b))
	}
}

func TestAFrameThatWouldSpoilThePhotoIsRefused(t *testing.T) {
	img := Sample(1, 900, 1200)
	for name, c := range map[string]struct {
		crop image.Rectangle
		want error
	}{
		"outside the picture":    {image.Rect(500, 0, 1000, 667), ErrBadCrop},
		"empty":                  {image.Rectangle{}, ErrBadCrop},
		"stretched":              {image.Rect(0, 0, 600, 600), ErrRatio},
		"enlarged":               {image.Rect(0, 0, 300, 400), ErrEnlarge},
		"a pixel under the edge": {image.Rect(0, 0, 383, 511), ErrEnlarge},
		"just enough":            {image.Rect(0, 0, 384, 512), nil},
	} {
		if _, err := Fit(img, c.crop, exam); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestAProposedFrameLiesInsideAndNearTheTop(t *testing.T) {
	for _, size := range []image.Point{{480, 640}, {1000, 1000}, {4000, 3000}, {300, 2000}, {1, 1}} {
		r := AutoCrop(size.X, size.Y, exam)
		if r.Empty() || !r.In(image.Rectangle{Max: size}) {
			t.Errorf("%v: got %v", size, r)
		}
	}
	if r := AutoCrop(300, 2000, exam); r != image.Rect(0, 400, 300, 800) {
		t.Errorf("a tall picture: got %v", r)
	}
	if g := exam.Guides(); g.Crown[0] != 50.0/640 || g.FaceWidth[1] != 300.0/480 {
		t.Errorf("guides: got %+v", g)
	}
}

func TestWhatIsSeenThroughBecomesWhite(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 480, 640))
	b, err := Fit(img, img.Rect, exam)
	check(t, err)
	p, err := Decode(b, DefaultLimits)
	check(t, err)
	for _, at := range []image.Point{{0, 0}, {240, 320}, {479, 639}} {
		if r, g, b, _ := p.Image.At(at.X, at.Y).RGBA(); r>>8 != 255 || g>>8 != 255 || b>>8 != 255 {
			t.Errorf("at %v: got %d %d %d", at, r>>8, g>>8, b>>8)
		}
	}
}

func TestAThumbnailIsSmallAndKeepsItsShape(t *testing.T) {
	if s := Thumbnail(Sample(1, 900, 1200), 200).Bounds().Size(); s != image.Pt(150, 200) {
		t.Errorf("got %v", s)
	}
	if s := Thumbnail(Sample(1, 90, 120), 200).Bounds().Size(); s != image.Pt(90, 120) {
		t.Errorf("a small one was enlarged to %v", s)
	}
}

// passport lets the size vary.
var passport = Standard{Width: 480, Height: 640, LeastWidth: 354, MinKB: 20, MaxKB: 80}

func TestWhereASizeMayVaryAPhotoIsEnlargedTheLeast(t *testing.T) {
	for name, c := range map[string]struct {
		wide, high int
		want       image.Point
	}{
		"a large picture":        {600, 800, image.Pt(480, 640)},
		"one between":            {420, 560, image.Pt(420, 560)},
		"the smallest":           {354, 472, image.Pt(354, 472)},
		"one that is too small":  {300, 400, image.Pt(354, 472)},
		"one that is far too so": {270, 360, image.Point{}},
	} {
		img := Sample(1, c.wide, c.high)
		b, err := Fit(img, img.Bounds(), passport)
		if c.want == (image.Point{}) {
			if !errors.Is(err, ErrEnlarge) {
				t.Errorf("%s: got %v, want %v", name, err, ErrEnlarge)
			}
			continue
		}
		check(t, err)
		p, err := Decode(b, DefaultLimits)
		check(t, err)
		if p.Width != c.want.X || p.Height != c.want.Y || p.DPI != 0 || p.Bits != 24 {
			t.Errorf("%s: %d×%d, %d dpi, %d bits, want %v", name, p.Width, p.Height, p.DPI, p.Bits, c.want)
		}
	}
}
