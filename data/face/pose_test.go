package face_test

import (
	"image"
	"image/color"
	"math"
	"testing"

	"xuezheng/data/face"
	"xuezheng/data/picture"
)

// aslant is a flat picture held aslant before a camera two picture heights away, as a print would be.
func aslant(img image.Image, degrees float64) *image.RGBA {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	const away = 1280
	out := image.NewRGBA(img.Bounds())
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			from := (float64(x) - 240) * away / (away*cos + (float64(x)-240)*sin)
			down := (float64(y) - 320) * (away - from*sin) / away
			out.Set(x, y, color.RGBAModel.Convert(img.At(int(240.5+from), int(320.5+down))))
		}
	}
	return out
}

func poseOf(t *testing.T, e *face.Engine, img image.Image) face.Pose {
	t.Helper()
	m, err := e.Shape(img, one(t, e, img))
	if err != nil {
		t.Fatal(err)
	}
	return m.Pose()
}

func TestATurnedHeadIsSeenToTurn(t *testing.T) {
	e := open(t)
	for seed := range int64(3) {
		for _, turned := range []float64{-30, 0, 30} {
			p := poseOf(t, e, picture.SamplePose(seed, turned, 0))
			if want := turned / 30; math.Abs(p.Yaw-18*want) > 5 || math.Abs(p.Roll) > 5 || p.Mouth > 0.15 {
				t.Errorf("seed %d, turned by %v: got %+.1f", seed, turned, p)
			}
		}
	}
}

func TestAPrintHeldAslantDoesNotTurn(t *testing.T) {
	e := open(t)
	for _, degrees := range []float64{-40, -20, 20, 40} {
		if p := poseOf(t, e, aslant(picture.Sample(1, 480, 640), degrees)); math.Abs(p.Yaw) > 10 {
			t.Errorf("held at %v: yaw %.1f", degrees, p.Yaw)
		}
	}
}

func TestAnOpenMouthIsSeenOpen(t *testing.T) {
	e := open(t)
	for seed := range int64(3) {
		shut, open := poseOf(t, e, picture.SamplePose(seed, 0, 0)), poseOf(t, e, picture.SamplePose(seed, 0, 30))
		if shut.Mouth > 0.1 || open.Mouth < 0.3 {
			t.Errorf("seed %d: shut %.2f, open %.2f", seed, shut.Mouth, open.Mouth)
		}
	}
}
