package picture

import (
	"image"
	"image/color"
	"math"
	"testing"

	"golang.org/x/image/draw"
)

// head of a drawn portrait, as Sample lays it out.
func sampleHead(w, h float64) Head {
	at := func(y float64) float64 { return (sampleCrown + (y-sheetCrown)*sampleScale) * h }
	return Head{Middle: w / 2, Wide: 0.165 * 2 * sampleScale * w, Brow: at(0.29), Chin: at(0.59)}
}

func TestAPortraitIsMeasured(t *testing.T) {
	for seed := range int64(8) {
		p := MeasurePortrait(Sample(seed, 480, 640), sampleHead(480, 640))
		if p.Uneven > 3 || p.Slope > 3 || Far(p.Background, [3]uint8{127, 203, 250}) > 12 {
			t.Errorf("sample %d: background %v, uneven %.1f, slope %.1f", seed, p.Background, p.Uneven, p.Slope)
		}
		if !p.CrownSeen || math.Abs(p.Crown-sampleCrown*640) > 12 {
			t.Errorf("sample %d: crown at %.0f (seen %v), want about %.0f", seed, p.Crown, p.CrownSeen, sampleCrown*640)
		}
		if p.Brightness < 100 || p.Brightness > 235 || p.Glaring > 0.01 {
			t.Errorf("sample %d: brightness %.0f, glaring %.2f", seed, p.Brightness, p.Glaring)
		}
	}
}

// over draws a box of one colour over a sample.
func over(r image.Rectangle, c color.Color) image.Image {
	dst := toRGBA(Sample(3, 480, 640))
	draw.Draw(dst, r, image.NewUniform(c), image.Point{}, draw.Src)
	return dst
}

func TestABackgroundThatIsNotOneIsTold(t *testing.T) {
	at := sampleHead(480, 640)
	if p := MeasurePortrait(noisy(480, 640), at); p.Uneven < 30 || p.CrownSeen {
		t.Errorf("noise: uneven %.1f, crown seen %v", p.Uneven, p.CrownSeen)
	}
	if p := MeasurePortrait(over(image.Rect(0, 0, 60, 400), color.RGBA{90, 120, 90, 255}), at); p.Slope < 20 {
		t.Errorf("a shadow at one side: slope %.1f", p.Slope)
	}
}

func TestAHeadThatTouchesTheEdgeHasNoGap(t *testing.T) {
	p := MeasurePortrait(over(image.Rect(150, 0, 330, 120), color.RGBA{30, 30, 34, 255}), sampleHead(480, 640))
	if p.Crown > 1 {
		t.Errorf("crown at %.0f", p.Crown)
	}
}

func TestHairOfTheBackgroundsColourLeavesAGuess(t *testing.T) {
	white := image.NewRGBA(image.Rect(0, 0, 480, 640))
	draw.Draw(white, white.Rect, image.White, image.Point{}, draw.Src)
	if p := MeasurePortrait(white, sampleHead(480, 640)); p.CrownSeen || p.Crown <= 0 {
		t.Errorf("crown at %.0f, seen %v", p.Crown, p.CrownSeen)
	}
}

func TestColoursAreComparedAsTheEyeDoes(t *testing.T) {
	for name, c := range map[string]struct {
		a, b        [3]uint8
		least, most float64
	}{
		"the same":            {[3]uint8{10, 200, 30}, [3]uint8{10, 200, 30}, 0, 0},
		"black and white":     {[3]uint8{}, [3]uint8{255, 255, 255}, 99.9, 100.1},
		"two whites":          {[3]uint8{255, 255, 255}, [3]uint8{250, 250, 250}, 1, 3},
		"red and green":       {[3]uint8{255, 0, 0}, [3]uint8{0, 255, 0}, 165, 175}, // 170.6 by CIE 1976
		"two blues of photos": {[3]uint8{67, 142, 219}, [3]uint8{100, 197, 255}, 15, 40},
	} {
		if d := Far(c.a, c.b); d < c.least || d > c.most || math.Abs(d-Far(c.b, c.a)) > 1e-9 {
			t.Errorf("%s: got %.2f", name, d)
		}
	}
}

// square is a drawn face as it is measured, seen through so few pixels first.
func square(pixels int) []float32 {
	const side = 112
	face := toRGBA(Sample(2, 480, 480)).SubImage(image.Rect(120, 90, 360, 330))
	small := image.NewRGBA(image.Rect(0, 0, pixels, pixels))
	draw.ApproxBiLinear.Scale(small, small.Rect, face, face.Bounds(), draw.Src, nil)
	large := image.NewRGBA(image.Rect(0, 0, side, side))
	draw.BiLinear.Scale(large, large.Rect, small, small.Rect, draw.Src, nil)
	out := make([]float32, 3*side*side)
	for i := range out {
		out[i] = float32(large.Pix[i/3*4+i%3])
	}
	return out
}

func TestABlurredFaceIsNotSharpAndAPaleOneIs(t *testing.T) {
	sharp, blurred := Sharpness(square(112), 112), Sharpness(square(16), 112)
	if sharp < 35 || blurred > 34 {
		t.Errorf("sharp %.1f, blurred %.1f", sharp, blurred)
	}
	pale := square(112)
	for i := range pale {
		pale[i] = 120 + (pale[i]-120)/6
	}
	if got := Sharpness(pale, 112); math.Abs(got/sharp-1) > 0.05 {
		t.Errorf("the same face, paler: got %.1f, want %.1f", got, sharp)
	}
	if Sharpness(nil, 112) != 0 || Sharpness(make([]float32, 12), 2) != 0 {
		t.Error("nothing has a sharpness")
	}
}

var selfTaught = Standard{Width: 480, Height: 640, DPI: 300, MinKB: 20, MaxKB: 40, Crown: [2]int{50, 110}, Eyes: [2]int{200, 300}, FaceWidth: [2]int{180, 300}}

func TestTheFrameIsProposedByTheHead(t *testing.T) {
	for name, f := range map[string]Face{
		"in the middle of a large picture": {2000, 700, 900, 1500, 2000},
		"small, at the left":               {600, 420, 500, 850, 1150},
		"high up":                          {1500, 600, 160, 560, 1040},
	} {
		crop := FaceCrop(4000, 3000, f, selfTaught)
		k := 640 / float64(crop.Dy())
		crown, eyes, wide := (f.Crown-float64(crop.Min.Y))*k, (f.Eyes-float64(crop.Min.Y))*k, f.Wide*k
		if !crop.In(image.Rect(0, 0, 4000, 3000)) || math.Abs(float64(crop.Dx())/float64(crop.Dy())-0.75) > 0.01 {
			t.Errorf("%s: frame %v", name, crop)
		}
		if crown < 49 || crown > 111 || eyes < 199 || eyes > 301 || wide < 179 || wide > 301 {
			t.Errorf("%s: crown %.0f, eyes %.0f, face %.0f wide", name, crown, eyes, wide)
		}
		if aside := (f.Middle - float64(crop.Min.X+crop.Max.X)/2) * k; math.Abs(aside) > 10 {
			t.Errorf("%s: %.0f off the middle", name, aside)
		}
	}
}

func TestWithoutAHeadTheFrameIsTheUsualOne(t *testing.T) {
	if got, want := FaceCrop(1000, 1500, Face{}, selfTaught), AutoCrop(1000, 1500, selfTaught); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	bare := Standard{Width: 480, Height: 640}
	if got, want := FaceCrop(1000, 1500, Face{500, 300, 200, 400, 700}, bare), AutoCrop(1000, 1500, bare); got != want {
		t.Errorf("a standard without figures: got %v, want %v", got, want)
	}
}

func FuzzFaceCropStaysInside(f *testing.F) {
	f.Add(1000, 1500, 500.0, 300.0, 200.0, 400.0, 700.0)
	f.Add(1, 1, 0.0, 1.0, -5.0, 2.0, 9.0)
	f.Fuzz(func(t *testing.T, w, h int, mid, wide, crown, eyes, chin float64) {
		if w < 1 || h < 1 || w > 10000 || h > 10000 {
			return
		}
		crop := FaceCrop(w, h, Face{mid, wide, crown, eyes, chin}, selfTaught)
		if crop.Empty() || !crop.In(image.Rect(0, 0, w, h)) {
			t.Errorf("%d×%d: %v", w, h, crop)
		}
	})
}
