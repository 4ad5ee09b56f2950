package picture

import (
	"image"
	"image/color"
	"math"
)

// Where the head of a drawn portrait of 480×640 is, and its lips.
const (
	poseWidth, poseHeight = 480, 640
	poseX, poseY          = 240, 280
	poseWide, poseHigh    = 150, 260 // of half the ball it is turned on
	poseLips              = 362
	poseFirm              = 140 // below the lips nothing moves any more
)

// SamplePose draws the invented portrait of a seed, 480×640, its head turned by so many degrees,
// positive towards the picture's right, and its mouth open by so many pixels: for trying out a
// camera, and tests.
func SamplePose(seed int64, degrees, gape float64) *image.RGBA {
	img := warped(Sample(seed, poseWidth, poseHeight), func(x, y float64) (float64, float64) { return turnedFrom(x, y, degrees) })
	if gape <= 0 {
		return img
	}
	img = warped(img, func(x, y float64) (float64, float64) { return x, gapedFrom(y, gape) })
	poseOval(img, 42, gape/2+10, poseLips+gape/2, color.RGBA{176, 108, 102, 255})
	poseOval(img, 32, gape/2, poseLips+gape/2, color.RGBA{60, 24, 24, 255})
	return img
}

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

// turnedFrom turns the head as if it were painted on a ball.
func turnedFrom(x, y, degrees float64) (float64, float64) {
	v := (y - poseY) / poseHigh
	w := math.Sqrt(max(1-v*v, 0))
	u := (x - poseX) / poseWide
	if degrees == 0 || math.Abs(u) >= w {
		return x, y
	}
	a := math.Asin(u/w) - degrees*math.Pi/180
	return poseX + poseWide*w*math.Sin(min(max(a, -math.Pi/2), math.Pi/2)), y
}

// gapedFrom parts the lips; the chin goes down with them.
func gapedFrom(y, gape float64) float64 {
	switch below := y - poseLips - gape; {
	case below > 0 && below < poseFirm:
		return y - gape*(1-below/poseFirm)
	case below <= 0 && y > poseLips-4:
		return poseLips - 6
	}
	return y
}

func poseOval(img *image.RGBA, wide, high, y float64, c color.RGBA) {
	for dy := -high; dy <= high; dy++ {
		for dx := -wide; dx <= wide; dx++ {
			if dx*dx/(wide*wide)+dy*dy/(high*high) < 1 {
				img.Set(int(poseX+dx), int(y+dy), c)
			}
		}
	}
}
