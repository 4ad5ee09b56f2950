package picture

import (
	"image"

	"golang.org/x/image/draw"
)

// upright turns and mirrors a picture as its EXIF orientation says.
func upright(img image.Image, orientation int) image.Image {
	if orientation < 2 || orientation > 8 {
		return img
	}
	src := toRGBA(img)
	w, h := src.Rect.Dx(), src.Rect.Dy()
	size := image.Pt(w, h)
	if orientation >= 5 {
		size = image.Pt(h, w)
	}
	dst := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		to := dst.Pix[y*dst.Stride:]
		for x := range size.X {
			fx, fy := source(orientation, x, y, w, h)
			copy(to[4*x:4*x+4], src.Pix[fy*src.Stride+4*fx:])
		}
	}
	return dst
}

// source says which pixel of the w × h picture as stored is seen at x, y when it is upright.
func source(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	default:
		return w - 1 - y, x
	}
}

// toRGBA copies a picture onto white, so that what is see-through becomes white.
func toRGBA(img image.Image) *image.RGBA {
	b := img.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	if o, ok := img.(interface{ Opaque() bool }); !ok || !o.Opaque() {
		draw.Draw(dst, dst.Rect, image.White, image.Point{}, draw.Src)
	}
	draw.Draw(dst, dst.Rect, img, b.Min, draw.Over)
	return dst
}
