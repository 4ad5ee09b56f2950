package picture

import (
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

// SampleCard draws the portrait side of an invented card, w pixels wide: bars for its print, and
// the portrait of Sample in grey at its right. It is plainly a drawing.
func SampleCard(seed int64, w int) image.Image {
	h := w * 54 / 86
	card := image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	draw.Draw(card, card.Rect, image.NewUniform(color.RGBA{228, 234, 236, 255}), image.Point{}, draw.Src)
	bar := func(x, y, wide, high float64, c color.RGBA) {
		r := image.Rect(int(x*float64(w)), int(y*float64(h)), int((x+wide)*float64(w)), int((y+high)*float64(h)))
		draw.Draw(card, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	ink := color.RGBA{120, 130, 136, 255}
	for i, wide := range []float64{0.16, 0.10, 0.24, 0.42, 0.36} {
		bar(0.09, 0.12+0.125*float64(i), 0.05, 0.04, color.RGBA{150, 176, 190, 255})
		bar(0.16, 0.12+0.125*float64(i), wide, 0.05, ink)
	}
	bar(0.09, 0.84, 0.16, 0.04, color.RGBA{150, 176, 190, 255})
	bar(0.30, 0.83, 0.46, 0.06, ink)
	wide := w * 28 / 100
	high := wide * 441 / 358
	at := image.Pt(w*64/100, h*12/100)
	face := onWhite(Sample(seed, wide, high))
	draw.Draw(card, image.Rectangle{Min: at, Max: at.Add(image.Pt(wide, high))}, face, image.Point{}, draw.Src)
	return card
}

// onWhite is a drawn portrait before white, as a card has it.
func onWhite(img image.Image) image.Image {
	p := toRGBA(img)
	ground := [3]uint8{p.Pix[0], p.Pix[1], p.Pix[2]}
	for i := 0; i+3 < len(p.Pix); i += 4 {
		if Far([3]uint8{p.Pix[i], p.Pix[i+1], p.Pix[i+2]}, ground) < 8 {
			p.Pix[i], p.Pix[i+1], p.Pix[i+2] = 246, 246, 246
		}
	}
	return p
}

// SampleFrame draws the portrait of Sample as a camera on a desk sees it: wide, the head smaller,
// before grey; w pixels wide.
func SampleFrame(seed int64, w int) image.Image {
	return SampleBefore(seed, w, color.RGBA{178, 184, 188, 255})
}

// SampleBefore is SampleFrame before a ground of another colour.
func SampleBefore(seed int64, w int, ground color.RGBA) image.Image {
	h := w * 3 / 4
	frame := image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	draw.Draw(frame, frame.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	high := h * 82 / 100
	wide := high * 3 / 4
	at := image.Pt((w-wide)/2, h-high)
	face := toRGBA(Sample(seed, wide, high))
	behind := [3]uint8{face.Pix[0], face.Pix[1], face.Pix[2]}
	for i := 0; i+3 < len(face.Pix); i += 4 {
		if Far([3]uint8{face.Pix[i], face.Pix[i+1], face.Pix[i+2]}, behind) < 8 {
			face.Pix[i], face.Pix[i+1], face.Pix[i+2] = ground.R, ground.G, ground.B
		}
	}
	draw.Draw(frame, image.Rectangle{Min: at, Max: at.Add(image.Pt(wide, high))}, face, image.Point{}, draw.Src)
	return frame
}
