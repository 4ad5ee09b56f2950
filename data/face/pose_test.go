package face_test

import (
	"image"
	"image/color"
	"math"
	"testing"

	"xuezheng/data/face"
)

// warped makes a picture whose pixel at (x, y) is what from says: a place of another picture.
func warped(img image.Image, from func(x, y float64) (float64, float64)) *image.RGBA {
	out := image.NewRGBA(img.Bounds())
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			fx, fy := from(float64(x), float64(y))
			out.Set(x, y, img.At(int(fx+0.5), int(fy+0.5)))
		}
	}
	return out
}

// Of a drawn portrait of 480×640: the middle of its head, and where its lips are.
const (
	headX, headY = 240, 280
	headWide     = 150
	headHigh     = 260
	lipsY        = 362
)

// turned turns a drawn head as if it were painted on a ball; positive towards the picture's right.
func turned(img image.Image, degrees float64) *image.RGBA {
	return warped(img, func(x, y float64) (float64, float64) {
		v := (y - headY) / headHigh
		w := math.Sqrt(max(1-v*v, 0))
		u := (x - headX) / headWide
		if math.Abs(u) >= w {
			return x, y
		}
		a := math.Asin(u/w) - degrees*math.Pi/180
		return headX + headWide*w*math.Sin(min(max(a, -math.Pi/2), math.Pi/2)), y
	})
}

// leant turns a picture about the middle of the head; positive when its right side goes down.
func leant(img image.Image, degrees float64) *image.RGBA {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return warped(img, func(x, y float64) (float64, float64) {
		x, y = x-240, y-300
		return 240 + cos*x + sin*y, 300 - sin*x + cos*y
	})
}

// aslant is a flat picture held aslant before a camera two picture heights away, as a print would be.
func aslant(img image.Image, degrees float64) *image.RGBA {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	const away = 1280
	return warped(img, func(x, y float64) (float64, float64) {
		x, y = x-240, y-320
		u := x * away / (away*cos + x*sin)
		return 240 + u, 320 + y*(away-u*sin)/away
	})
}

// gaping opens the lips of a drawn face by so many pixels; what is below them goes down.
func gaping(img image.Image, by float64) *image.RGBA {
	out := warped(img, func(x, y float64) (float64, float64) {
		switch below := y - lipsY - by; {
		case below > 0 && below < 140:
			return x, y - by*(1-below/140)
		case below <= 0 && y > lipsY-4:
			return x, lipsY - 6
		}
		return x, y
	})
	oval(out, 42, by/2+10, lipsY+by/2, color.RGBA{176, 108, 102, 255})
	oval(out, 32, by/2, lipsY+by/2, color.RGBA{60, 24, 24, 255})
	return out
}

func oval(img *image.RGBA, wide, high, y float64, c color.RGBA) {
	for dy := -high; dy <= high; dy++ {
		for dx := -wide; dx <= wide; dx++ {
			if dx*dx/(wide*wide)+dy*dy/(high*high) < 1 {
				img.Set(int(headX+dx), int(y+dy), c)
			}
		}
	}
}

func poseOf(t *testing.T, e *face.Engine, img image.Image) face.Pose {
	t.Helper()
	m, err := e.Shape(img, one(t, e, img))
	if err != nil {
		t.Fatal(err)
	}
	return m.Pose()
}
