package picture

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"golang.org/x/image/draw"
	"golang.org/x/image/vector"
)

// Sample draws an invented portrait, plainly a drawing: a flat figure before light blue, for
// demonstrations and tests. The same seed draws the same picture.
func Sample(seed int64, w, h int) image.Image {
	r := rand.New(rand.NewPCG(uint64(seed), 0x5eed))
	p := pen{dst: image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1))), w: float64(w), h: float64(h)}
	blue := color.RGBA{uint8(112 + r.IntN(30)), uint8(196 + r.IntN(14)), 250, 255}
	draw.Draw(p.dst, p.dst.Rect, image.NewUniform(blue), image.Point{}, draw.Src)

	jacket := pick(r, color.RGBA{78, 92, 112, 255}, color.RGBA{56, 66, 84, 255}, color.RGBA{96, 76, 84, 255}, color.RGBA{62, 88, 82, 255})
	hair := pick(r, color.RGBA{58, 62, 68, 255}, color.RGBA{42, 44, 50, 255}, color.RGBA{90, 82, 76, 255}, color.RGBA{142, 142, 146, 255})
	skin := pick(r, color.RGBA{222, 214, 206, 255}, color.RGBA{212, 202, 192, 255}, color.RGBA{230, 222, 212, 255})
	wide := 0.155 + 0.02*r.Float64() // half the face's width
	tall := 0.168 + 0.012*r.Float64()
	if r.IntN(2) == 0 {
		p.oval(0.5, 0.46, wide*1.28, tall*1.35, hair) // long hair, behind everything
	}
	p.shoulders(0.30+0.06*r.Float64(), jacket)
	p.collar(skin)
	p.box(0.5-wide*0.42, 0.52, 0.5+wide*0.42, 0.70, shade(skin, 0.93))
	p.oval(0.5, 0.395, wide*1.14, tall*1.04, hair)
	p.oval(0.5, 0.42, wide, tall, skin)
	p.fringe(wide, tall, 0.30+0.03*r.Float64(), hair)
	p.face(wide, hair)
	return p.dst
}

func pick(r *rand.Rand, colours ...color.RGBA) color.RGBA { return colours[r.IntN(len(colours))] }

func shade(c color.RGBA, by float64) color.RGBA {
	return color.RGBA{uint8(float64(c.R) * by), uint8(float64(c.G) * by), uint8(float64(c.B) * by), 255}
}

// pen fills shapes given in parts of the picture's width and height.
type pen struct {
	dst  *image.RGBA
	w, h float64
}

func (p pen) fill(c color.RGBA, path func(v *vector.Rasterizer)) {
	v := vector.NewRasterizer(p.dst.Rect.Dx(), p.dst.Rect.Dy())
	path(v)
	v.ClosePath()
	v.Draw(p.dst, p.dst.Rect, image.NewUniform(c), image.Point{})
}

// The drawing fills its picture as the head of an ID photo does: it was laid out on a sheet on
// which the head is smaller.
const (
	sampleScale = 1.5
	sampleCrown = 0.11
	sheetCrown  = 0.22
)

func (p pen) xy(x, y float64) (float32, float32) {
	x, y = 0.5+(x-0.5)*sampleScale, sampleCrown+(y-sheetCrown)*sampleScale
	return float32(x * p.w), float32(y * p.h)
}

// oval is drawn of straight pieces, short enough not to be seen. Both radii are parts of their
// own side.
func (p pen) oval(x, y, rx, ry float64, c color.RGBA) {
	p.fill(c, func(v *vector.Rasterizer) { p.arc(v, x, y, rx, ry, 0, 2*math.Pi) })
}

func (p pen) arc(v *vector.Rasterizer, x, y, rx, ry, from, to float64) {
	const pieces = 96
	for i := range pieces + 1 {
		a := from + (to-from)*float64(i)/pieces
		px, py := p.xy(x+rx*math.Cos(a), y+ry*math.Sin(a))
		if i == 0 {
			v.MoveTo(px, py)
		} else {
			v.LineTo(px, py)
		}
	}
}

func (p pen) box(x0, y0, x1, y1 float64, c color.RGBA) { p.polygon(c, x0, y0, x1, y0, x1, y1, x0, y1) }

func (p pen) polygon(c color.RGBA, points ...float64) {
	p.fill(c, func(v *vector.Rasterizer) {
		v.MoveTo(p.xy(points[0], points[1]))
		for i := 2; i+1 < len(points); i += 2 {
			v.LineTo(p.xy(points[i], points[i+1]))
		}
	})
}

func (p pen) shoulders(half float64, c color.RGBA) {
	p.fill(c, func(v *vector.Rasterizer) {
		p.arc(v, 0.5, 1.0, half+0.12, 0.36, math.Pi, 2*math.Pi)
		v.LineTo(p.xy(1, 1.02))
		v.LineTo(p.xy(0, 1.02))
	})
}

func (p pen) collar(skin color.RGBA) {
	p.polygon(color.RGBA{250, 250, 250, 255}, 0.40, 0.655, 0.60, 0.655, 0.5, 0.86)
	p.polygon(skin, 0.43, 0.64, 0.57, 0.64, 0.5, 0.76)
}

// fringe is the hair over the forehead.
func (p pen) fringe(wide, tall, until float64, c color.RGBA) {
	p.fill(c, func(v *vector.Rasterizer) {
		down := math.Asin(min(max((until-0.395)/(tall*1.04), -1), 1))
		p.arc(v, 0.5, 0.395, wide*1.14, tall*1.04, math.Pi-down, 2*math.Pi+down)
		v.LineTo(p.xy(0.5+wide*0.2, until-0.03))
	})
}

// face puts in eyes, brows and mouth as simple strokes.
func (p pen) face(wide float64, hair color.RGBA) {
	for _, side := range []float64{-1, 1} {
		x := 0.5 + side*wide*0.42
		p.oval(x, 0.415, wide*0.10, 0.010, color.RGBA{60, 60, 66, 255})
		p.box(x-wide*0.20, 0.380, x+wide*0.20, 0.388, shade(hair, 0.9))
	}
	p.box(0.5-wide*0.28, 0.520, 0.5+wide*0.28, 0.528, color.RGBA{176, 128, 122, 255})
}
