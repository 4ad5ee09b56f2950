package picture

import (
	"image"
	"math"
)

// Figures are what can be said of a photo without knowing where its face is.
type Figures struct {
	Width, Height  int
	DarkShare      float64  // part of the pixels that is nearly black, 0 to 1
	LightShare     float64  // part that is nearly white
	Brightness     float64  // mean, 0 to 255
	Background     [3]uint8 // mean colour of the top band and of the side bands above the shoulders
	BackgroundEven float64  // its spread: root mean square distance from the mean, 0 is quite even
}

// Parts of a portrait that are background: a band along the top, and one down each side to
// above the shoulders.
const (
	topBand   = 0.06
	sideBand  = 0.10
	sideUntil = 0.45
)

// Measure measures a photo that is cropped already. It decides nothing.
func Measure(img image.Image) Figures {
	src := toRGBA(Thumbnail(img, 400))
	w, h := src.Rect.Dx(), src.Rect.Dy()
	f := Figures{Width: img.Bounds().Dx(), Height: img.Bounds().Dy()}
	var light, dark, bright float64
	var sum, squares [3]float64
	n := 0.0
	for y := range h {
		for x := range w {
			p := src.Pix[y*src.Stride+4*x:]
			luma := 0.299*float64(p[0]) + 0.587*float64(p[1]) + 0.114*float64(p[2])
			bright += luma
			if luma > 250 {
				light++
			} else if luma < 8 {
				dark++
			}
			if isBackground(x, y, w, h) {
				n++
				for i := range sum {
					sum[i] += float64(p[i])
					squares[i] += float64(p[i]) * float64(p[i])
				}
			}
		}
	}
	all := float64(max(w*h, 1))
	f.Brightness, f.LightShare, f.DarkShare = bright/all, light/all, dark/all
	f.Background, f.BackgroundEven = spread(sum, squares, max(n, 1))
	return f
}

func isBackground(x, y, w, h int) bool {
	side := float64(w) * sideBand
	return float64(y) < float64(h)*topBand ||
		float64(y) < float64(h)*sideUntil && (float64(x) < side || float64(w-1-x) < side)
}

func spread(sum, squares [3]float64, n float64) (mean [3]uint8, even float64) {
	for i := range sum {
		m := sum[i] / n
		mean[i] = uint8(m + 0.5)
		even += max(squares[i]/n-m*m, 0)
	}
	return mean, math.Sqrt(even)
}
