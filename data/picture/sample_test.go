package picture

import (
	"image"
	"testing"
)

func TestTheSameSeedDrawsTheSamePortrait(t *testing.T) {
	a, b, c := Sample(7, 120, 160).(*image.RGBA), Sample(7, 120, 160).(*image.RGBA), Sample(8, 120, 160).(*image.RGBA)
	if string(a.Pix) != string(b.Pix) {
		t.Error("one seed drew two portraits")
	}
	if string(a.Pix) == string(c.Pix) {
		t.Error("two seeds drew one portrait")
	}
}
