package portrait

import (
	"bytes"
	"errors"
	"image"
	"image/draw"
	"image/jpeg"
	"testing"

	"xuezheng/data/identity"
	"xuezheng/data/picture"
)

func TestTwoPicturesOfOneFaceAreAlike(t *testing.T) {
	one, other := jpegBytes(t, picture.Sample(3, 480, 640), 95), jpegBytes(t, picture.Sample(3, 960, 1280), 70)
	p, err := Compare(one, other, identity.DefaultLikeness)
	if err != nil || p.Zone != identity.Alike || p.Distance > 0.5 || p.Faces != [2]int{1, 1} {
		t.Errorf("%+v, %v", p, err)
	}
	// The figures are the institution's: with others the same distance is worth another zone.
	if p, err := Compare(one, other, identity.Likeness{Alike: -1, Unlike: 0}); err != nil || p.Zone != identity.Unlike {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestWithTwoFacesInAPictureAPersonMustLook(t *testing.T) {
	group := image.NewRGBA(image.Rect(0, 0, 960, 640))
	draw.Draw(group, image.Rect(0, 0, 480, 640), picture.Sample(3, 480, 640), image.Point{}, draw.Src)
	draw.Draw(group, image.Rect(480, 0, 960, 640), picture.Sample(5, 480, 640), image.Point{}, draw.Src)
	p, err := Compare(jpegBytes(t, picture.Sample(3, 480, 640), 90), jpegBytes(t, group, 90), identity.DefaultLikeness)
	if err != nil || p.Zone != identity.Look || p.Faces != [2]int{1, 2} {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestWhatHasNoFaceIsSaid(t *testing.T) {
	blank := image.NewGray(image.Rect(0, 0, 600, 800))
	_, err := Compare(jpegBytes(t, picture.Sample(3, 480, 640), 90), jpegBytes(t, blank, 90), identity.DefaultLikeness)
	if !errors.Is(err, identity.ErrNoFace) {
		t.Errorf("%v", err)
	}
	if _, err := Compare([]byte("no picture"), nil, identity.DefaultLikeness); !errors.Is(err, picture.ErrUnknownFormat) {
		t.Errorf("%v", err)
	}
}

func jpegBytes(t *testing.T, img image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Out of focus, one person's pictures may be as far apart as two people's: no figure is relied on.
func TestWithAFaceOutOfFocusAPersonMustLook(t *testing.T) {
	one, far := picture.Sample(3, 480, 640), blurred(6)(canvas())
	p, err := Compare(jpegBytes(t, one, 90), jpegBytes(t, far, 90), identity.DefaultLikeness)
	if err != nil || p.Zone != identity.Look || p.Faces != [2]int{1, 1} {
		t.Errorf("%+v, %v", p, err)
	}
}
