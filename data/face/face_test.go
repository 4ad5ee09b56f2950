package face_test

import (
	"image"
	"image/color"
	"image/draw"
	"io/fs"
	"math"
	"testing"

	"xuezheng/assets"
	"xuezheng/data/face"
	"xuezheng/data/picture"
)

func open(t testing.TB) *face.Engine {
	t.Helper()
	f, err := fs.Sub(assets.Models, "models")
	if err != nil {
		t.Fatal(err)
	}
	e := face.New(f, nil)
	if err := e.Check(); err != nil {
		t.Fatal(err)
	}
	return e
}

// one is the only face of a picture.
func one(t testing.TB, e *face.Engine, img image.Image) face.Face {
	t.Helper()
	found, err := e.Find(img)
	if err != nil || len(found) != 1 {
		t.Fatalf("%d faces, %v", len(found), err)
	}
	return found[0]
}

func vector(t testing.TB, e *face.Engine, img image.Image) face.Vector {
	t.Helper()
	v, err := e.Describe(img, one(t, e, img))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTheLandmarksOfADrawnFaceLieWhereItIsDrawn(t *testing.T) {
	e := open(t)
	for seed := range int64(6) {
		f := one(t, e, picture.Sample(seed, 480, 640))
		eyes := f.Marks.LeftEye().Y
		if eyes < 240 || eyes > 340 || f.Marks.Chin().Y < eyes+80 || f.Marks.LeftEye().X > 240 || f.Marks.RightEye().X < 240 {
			t.Errorf("%d: eyes %v and %v, chin %v", seed, f.Marks.LeftEye(), f.Marks.RightEye(), f.Marks.Chin())
		}
		if tilt := f.Marks.Tilt(); math.Abs(tilt) > 5 {
			t.Errorf("%d: tilted by %.1f", seed, tilt)
		}
		m, err := e.Shape(picture.Sample(seed, 480, 640), f)
		if err != nil || m.Sure < 0.9 || math.Abs(m.Yaw()) > 8 || m.Eyes() < 0.15 || m.Mouth() > 0.2 {
			t.Errorf("%d: %v; sure %.2f, yaw %.1f, eyes %.2f, mouth %.2f", seed, err, m.Sure, m.Yaw(), m.Eyes(), m.Mouth())
		}
	}
}

func TestAFaceIsItselfHoweverThePictureIsKept(t *testing.T) {
	e := open(t)
	whole := picture.Sample(2, 480, 640)
	v := vector(t, e, whole)
	for name, other := range map[string]image.Image{
		"twice as large":        scaled(whole, 2),
		"a darker print":        shaded(whole, 0.8),
		"in a larger picture":   placed(whole, image.Rect(0, 0, 900, 800), image.Pt(300, 100)),
		"beside the zero point": placed(whole, image.Rect(-200, -100, 400, 620), image.Pt(-200, -50)),
	} {
		if d := v.Distance(vector(t, e, other)); d > 0.5 {
			t.Errorf("%s: %.3f away", name, d)
		}
	}
	if d := v.Distance(v); d != 0 {
		t.Errorf("from itself %v", d)
	}
}

func TestThereIsNoFaceWhereThereIsNone(t *testing.T) {
	e := open(t)
	plain := image.NewRGBA(image.Rect(0, 0, 480, 640))
	draw.Draw(plain, plain.Rect, image.NewUniform(color.RGBA{100, 197, 255, 255}), image.Point{}, draw.Src)
	for name, img := range map[string]image.Image{"an empty sheet": plain, "one pixel": image.NewGray(image.Rect(0, 0, 1, 1)), "a line": image.NewGray(image.Rect(0, 0, 3000, 2))} {
		if found, err := e.Find(img); err != nil || len(found) != 0 {
			t.Errorf("%s: %d faces, %v", name, len(found), err)
		}
		if _, ok, err := e.FindOne(img); ok || err != nil {
			t.Errorf("%s: a face, %v", name, err)
		}
	}
}

func TestTwoPeopleInOnePictureAreBothSeen(t *testing.T) {
	e := open(t)
	pair := placed(picture.Sample(1, 480, 640), image.Rect(0, 0, 960, 640), image.Point{})
	draw.Draw(pair, image.Rect(480, 0, 960, 640), picture.Sample(4, 480, 640), image.Point{}, draw.Src)
	if found, err := e.Find(pair); err != nil || len(found) != 2 {
		t.Errorf("%d faces, %v", len(found), err)
	}
}

// The quick look takes the two for one face; a camera sees people who stand close like this.
func TestTwoPeopleSideBySideAreNotOne(t *testing.T) {
	e := open(t)
	for _, seed := range []int64{1, 5} {
		img := image.NewRGBA(image.Rect(0, 0, 1280, 720))
		draw.Draw(img, img.Rect, image.NewUniform(color.RGBA{226, 232, 236, 255}), image.Point{}, draw.Src)
		draw.Draw(img, image.Rect(320, 100, 640, 526), picture.Sample(seed, 320, 426), image.Point{}, draw.Src)
		draw.Draw(img, image.Rect(640, 100, 960, 526), picture.Sample(seed+20, 320, 426), image.Point{}, draw.Src)
		if found, err := e.Find(img); err != nil || len(found) != 2 {
			t.Errorf("%d and %d: %d faces, %v", seed, seed+20, len(found), err)
		}
	}
}

func TestAChipsPortraitHasItsFaceWhereTheStandardPutsIt(t *testing.T) {
	e := open(t)
	blank := image.NewGray(image.Rect(0, 0, 102, 126))
	f, ok, err := e.FindOne(blank)
	if err != nil || !ok || !f.Chip {
		t.Fatalf("%+v, %v, %v", f, ok, err)
	}
	if _, err := e.Describe(blank, f); err != nil {
		t.Error(err)
	}
}

func scaled(img image.Image, by int) image.Image {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()*by, b.Dy()*by))
	for y := range b.Dy() * by {
		for x := range b.Dx() * by {
			out.Set(x, y, img.At(b.Min.X+x/by, b.Min.Y+y/by))
		}
	}
	return out
}

func shaded(img image.Image, by float64) image.Image {
	b := img.Bounds()
	out := image.NewRGBA(b)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, _ := img.At(x, y).RGBA()
			out.Set(x, y, color.RGBA{uint8(float64(r>>8) * by), uint8(float64(g>>8) * by), uint8(float64(bl>>8) * by), 255})
		}
	}
	return out
}

func placed(img image.Image, in image.Rectangle, at image.Point) *image.RGBA {
	out := image.NewRGBA(in)
	draw.Draw(out, in, image.White, image.Point{}, draw.Src)
	draw.Draw(out, img.Bounds().Sub(img.Bounds().Min).Add(at), img, img.Bounds().Min, draw.Src)
	return out
}
