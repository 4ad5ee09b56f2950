package face

import (
	"image"
	"image/color"
	"math"
)

// pixels is a part of a picture, 8 bits for each of red, green and blue; it may be made smaller
// by a whole factor. Places outside are black.
type pixels struct {
	high, wide int
	from       image.Point // where its top left corner lies in the picture
	factor     int         // how many of the picture's pixels one of these is, along a side
	at         []uint8     // high×wide×3
}

// cut takes a part of a picture, each square of factor×factor averaged to one. The part may
// reach beyond the picture; what is outside is left out of it.
func cut(img image.Image, part image.Rectangle, factor int) pixels {
	part = part.Intersect(img.Bounds())
	p := pixels{(part.Dy() + factor - 1) / factor, (part.Dx() + factor - 1) / factor, part.Min, factor, nil}
	p.at = make([]uint8, p.high*p.wide*3)
	sums := make([]int, p.wide*4)
	for y := range p.high {
		clear(sums)
		for row := part.Min.Y + y*factor; row < min(part.Max.Y, part.Min.Y+(y+1)*factor); row++ {
			sumRow(img, row, part.Min.X, part.Max.X, factor, sums)
		}
		for x := range p.wide {
			s := sums[x*4:][:4]
			r, g, b := uint8(0), uint8(0), uint8(0)
			if n := s[3]; n > 0 {
				r, g, b = uint8((s[0]+n/2)/n), uint8((s[1]+n/2)/n), uint8((s[2]+n/2)/n)
			}
			if _, ok := img.(*image.YCbCr); ok {
				r, g, b = color.YCbCrToRGB(r, g, b)
			}
			copy(p.at[(y*p.wide+x)*3:], []uint8{r, g, b})
		}
	}
	return p
}

// sumRow adds one row of a picture to sums: three channels and the count for each square. A JPEG
// is summed as it is stored, luma and chroma.
func sumRow(img image.Image, y, from, to, factor int, sums []int) {
	switch img := img.(type) {
	case *image.YCbCr:
		for x := from; x < to; x++ {
			s, c := sums[(x-from)/factor*4:], img.COffset(x, y)
			s[0] += int(img.Y[img.YOffset(x, y)])
			s[1] += int(img.Cb[c])
			s[2] += int(img.Cr[c])
			s[3]++
		}
	case *image.RGBA:
		row := img.Pix[img.PixOffset(from, y):]
		for x := from; x < to; x++ {
			s, q := sums[(x-from)/factor*4:], row[(x-from)*4:]
			s[0] += int(q[0])
			s[1] += int(q[1])
			s[2] += int(q[2])
			s[3]++
		}
	default:
		for x := from; x < to; x++ {
			s := sums[(x-from)/factor*4:]
			r, g, b, _ := img.At(x, y).RGBA()
			s[0] += int(r >> 8)
			s[1] += int(g >> 8)
			s[2] += int(b >> 8)
			s[3]++
		}
	}
}

// seen is the colour between four pixels, as seen at (x, y); black outside.
func (p pixels) seen(x, y float64) (colour [3]float32) {
	left, top := math.Floor(x), math.Floor(y)
	dx, dy := float32(x-left), float32(y-top)
	x0, y0 := int(left), int(top)
	for _, near := range [4]struct {
		x, y int
		part float32
	}{{x0, y0, (1 - dx) * (1 - dy)}, {x0 + 1, y0, dx * (1 - dy)}, {x0, y0 + 1, (1 - dx) * dy}, {x0 + 1, y0 + 1, dx * dy}} {
		if near.x < 0 || near.y < 0 || near.x >= p.wide || near.y >= p.high || near.part == 0 {
			continue
		}
		at := p.at[(near.y*p.wide+near.x)*3:][:3]
		colour[0] += float32(at[0]) * near.part
		colour[1] += float32(at[1]) * near.part
		colour[2] += float32(at[2]) * near.part
	}
	return colour
}

// squared makes a square volume of side places of p, as TensorFlow's resizeBilinear does with a
// picture padded by black to a square: at its right and below, or in its middle. Each number is
// (n − mean) / scale.
func (p pixels) squared(side int, centred bool, mean [3]float32, scale float32) *volume {
	longest := max(p.high, p.wide)
	var left, top int
	if centred { // what is added before is the smaller half
		left, top = pad(longest-p.wide), pad(longest-p.high)
	}
	out := newVolume(side, side, 3)
	step := float32(longest) / float32(side)
	for y := range side {
		fy := step * float32(y)
		y0 := int(fy)
		y1, dy := min(y0+1, longest-1), fy-float32(int(fy))
		for x := range side {
			fx := step * float32(x)
			x0 := int(fx)
			x1, dx := min(x0+1, longest-1), fx-float32(int(fx))
			for c := range 3 {
				up := p.one(x0-left, y0-top, c)
				up += (p.one(x1-left, y0-top, c) - up) * dx
				low := p.one(x0-left, y1-top, c)
				low += (p.one(x1-left, y1-top, c) - low) * dx
				out.at[(y*side+x)*3+c] = (up + (low-up)*dy - mean[c]) / scale
			}
		}
	}
	return out
}

func pad(missing int) int { return missing - int(math.Round(float64(missing)*0.5)) }

func (p pixels) one(x, y, c int) float32 {
	if x < 0 || y < 0 || x >= p.wide || y >= p.high {
		return 0
	}
	return float32(p.at[(y*p.wide+x)*3+c])
}

// turn is a shift, turn and scale of the plane: what lies at (x, y) of a small upright picture
// lies at (a·x − b·y + dx, b·x + a·y + dy) of the large one.
type turn struct{ a, b, dx, dy float64 }

// fitTurn finds the turn that brings points nearest to others, by least squares.
func fitTurn(from, to []Point) turn {
	var mf, mt Point
	for i := range from {
		mf, mt = mf.plus(from[i]), mt.plus(to[i])
	}
	n := float64(len(from))
	mf, mt = Point{mf.X / n, mf.Y / n}, Point{mt.X / n, mt.Y / n}
	var a, b, v float64
	for i := range from {
		f, t := from[i].minus(mf), to[i].minus(mt)
		a += f.X*t.X + f.Y*t.Y
		b += f.X*t.Y - f.Y*t.X
		v += f.X*f.X + f.Y*f.Y
	}
	if v == 0 {
		return turn{dx: mt.X, dy: mt.Y}
	}
	a, b = a/v, b/v
	return turn{a, b, mt.X - a*mf.X + b*mf.Y, mt.Y - b*mf.X - a*mf.Y}
}

func (t turn) of(p Point) Point { return Point{t.a*p.X - t.b*p.Y + t.dx, t.b*p.X + t.a*p.Y + t.dy} }

// scale is how many pixels of the large picture one of the small one is.
func (t turn) scale() float64 { return math.Hypot(t.a, t.b) }

// upright gives a square picture of side pixels, as t says where each of them lies in img: what
// shrinks is averaged.
func upright(img image.Image, t turn, side int) []float32 {
	var part image.Rectangle
	for i, corner := range []Point{{0, 0}, {float64(side), 0}, {0, float64(side)}, {float64(side), float64(side)}} {
		q := t.of(corner)
		box := image.Rect(int(q.X)-3, int(q.Y)-3, int(q.X)+4, int(q.Y)+4)
		if i == 0 {
			part = box
		}
		part = part.Union(box)
	}
	factor := max(1, int(t.scale()/2))
	p := cut(img, part, factor)
	fine := max(1, int(math.Ceil(t.scale()/float64(factor))))
	out := make([]float32, side*side*3)
	for y := range side {
		for x := range side {
			var sum [3]float32
			for j := range fine {
				for i := range fine {
					at := t.of(Point{float64(x) + (float64(i)+0.5)/float64(fine) - 0.5, float64(y) + (float64(j)+0.5)/float64(fine) - 0.5})
					half := float64(factor-1) / 2
					c := p.seen((at.X-float64(p.from.X)-half)/float64(factor), (at.Y-float64(p.from.Y)-half)/float64(factor))
					sum[0], sum[1], sum[2] = sum[0]+c[0], sum[1]+c[1], sum[2]+c[2]
				}
			}
			for c := range 3 {
				out[(y*side+x)*3+c] = sum[c] / float32(fine*fine)
			}
		}
	}
	return out
}
