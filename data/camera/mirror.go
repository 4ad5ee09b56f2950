package camera

import (
	"image"
	"image/draw"
)

// Mirrored is a picture as in a mirror, for showing people themselves: who moves to their left
// sees it move to the left. It is never what is kept or measured.
func Mirrored(img image.Image) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, img, b.Min, draw.Src)
	for y := range b.Dy() {
		row := out.Pix[y*out.Stride:][:4*b.Dx()]
		for i, j := 0, len(row)-4; i < j; i, j = i+4, j-4 {
			var p [4]byte
			copy(p[:], row[i:])
			copy(row[i:i+4], row[j:])
			copy(row[j:j+4], p[:])
		}
	}
	return out
}
