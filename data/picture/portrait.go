package picture

import (
	"image"
	"math"
	"slices"
)

// Head is where the face of a portrait is, in pixels of the picture.
type Head struct {
	Middle     float64 // the x of its middle
	Wide       float64 // from ear to ear
	Brow, Chin float64 // the y of the upper end of the face's shape, below the hair, and of the chin
}

// Portrait is what can be measured of a portrait once it is known where its face is. Colours are
// compared in CIE Lab: 2 is hardly seen, 10 is another shade, 50 another colour.
type Portrait struct {
	Background [3]uint8 // its colour: the median
	Uneven     float64  // how far nine tenths of the background are from its colour at most
	Slope      float64  // how far its sides, and its top and sides, are from each other
	Crown      float64  // the y of the top of the head, in pixels
	CrownSeen  bool     // the head stands out from the background; else Crown is a guess
	Brightness float64  // of the face: the mean, 0 to 255
	Glaring    float64  // part of the face that is nearly white, 0 to 1
	Black      float64  // part of the face that is nearly black, 0 to 1
}

// Parts of a portrait that are background: a band along the top, and one down each side to
// above the shoulders.
const (
	topBand   = 0.06
	sideBand  = 0.10
	sideUntil = 0.45
)

// measuredSide is how many pixels the longer side of a portrait has at most while it is measured:
// enough for a crown to be found to half a percent.
const measuredSide = 640

// MeasurePortrait measures a portrait. It decides nothing.
func MeasurePortrait(img image.Image, at Head) Portrait {
	small := toRGBA(Thumbnail(img, measuredSide))
	scale := float64(img.Bounds().Dx()) / float64(max(small.Rect.Dx(), 1))
	h := Head{at.Middle / scale, at.Wide / scale, at.Brow / scale, at.Chin / scale}
	var p Portrait
	ground := background(small, h)
	p.Background, p.Uneven, p.Slope = ground.colour, ground.uneven(), ground.slope()
	p.Crown, p.CrownSeen = crown(small, h, ground)
	p.Crown *= scale
	p.Brightness, p.Glaring, p.Black = lit(small, h)
	return p
}

// lit measures the light on the face: the oval between brow and chin.
func lit(src *image.RGBA, h Head) (bright, glaring, black float64) {
	n, midY, ry, rx := 0.0, (h.Brow+h.Chin)/2, (h.Chin-h.Brow)/2, h.Wide/2
	for y := max(0, int(h.Brow)); y < min(src.Rect.Dy(), int(h.Chin)); y++ {
		for x := max(0, int(h.Middle-rx)); x < min(src.Rect.Dx(), int(h.Middle+rx)); x++ {
			dx, dy := (float64(x)-h.Middle)/rx, (float64(y)-midY)/ry
			if dx*dx+dy*dy > 1 {
				continue
			}
			n++
			l := luma(src.Pix[y*src.Stride+4*x:])
			bright += l
			if l > 250 {
				glaring++
			} else if l < 12 {
				black++
			}
		}
	}
	n = max(n, 1)
	return bright / n, glaring / n, black / n
}

func luma(p []uint8) float64 {
	return 0.299*float64(p[0]) + 0.587*float64(p[1]) + 0.114*float64(p[2])
}

// ground is the background of a portrait: what was seen along the top, at the left and at the
// right above the shoulders, outside the head.
type ground struct {
	colour           [3]uint8
	top, left, right [][3]uint8
}

// How much wider than the face the head with its hair is taken to be, and at the upper edge.
const (
	aroundHead = 1.7
	aboveHead  = 1.2
)

func background(src *image.RGBA, h Head) (g ground) {
	w, high := src.Rect.Dx(), src.Rect.Dy()
	side, top := max(2, int(float64(w)*sideBand)), max(2, int(float64(high)*topBand/2))
	until := int(min(float64(high)*sideUntil, h.Brow+(h.Chin-h.Brow)*0.5))
	off := func(x int) float64 { return math.Abs(float64(x)-h.Middle) / h.Wide }
	for y := range max(until, top) {
		for x := range w {
			p := src.Pix[y*src.Stride+4*x:]
			c := [3]uint8{p[0], p[1], p[2]}
			switch {
			case y < top && off(x) > aboveHead/2:
				g.top = append(g.top, c)
			case x < side && off(x) > aroundHead/2:
				g.left = append(g.left, c)
			case x >= w-side && off(x) > aroundHead/2:
				g.right = append(g.right, c)
			}
		}
	}
	g.colour = median(slices.Concat(g.top, g.left, g.right))
	return g
}

// median is the middle of each channel; black for nothing.
func median(list [][3]uint8) (m [3]uint8) {
	for c := range m {
		var count [256]int
		for _, p := range list {
			count[p[c]]++
		}
		seen := 0
		for v, n := range count {
			if seen += n; 2*seen > len(list) {
				m[c] = uint8(v)
				break
			}
		}
	}
	return m
}

func (g ground) uneven() float64 {
	own := labOf(g.colour)
	var list []float64
	for _, p := range slices.Concat(g.top, g.left, g.right) {
		list = append(list, own.to(labOf(p)))
	}
	return quantile(list, 0.9)
}

func (g ground) slope() float64 {
	if len(g.left) == 0 || len(g.right) == 0 {
		return 0
	}
	left, right, top := labOf(median(g.left)), labOf(median(g.right)), labOf(median(g.top))
	return max(left.to(right), top.to(left), top.to(right))
}

// quantile is the value that so great a part of the list does not exceed; 0 for nothing.
func quantile(list []float64, part float64) float64 {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[min(len(list)-1, int(part*float64(len(list))))]
}

// The head is told from its background by its colour, over so many rows one after another.
const (
	crownColour = 12.0
	crownRows   = 3
)

// crown finds the top of the head: going down over the middle of the face, the first rows that
// differ from the background. Hair of the background's colour, or an uneven background, leave a
// guess from the size of the face.
func crown(src *image.RGBA, h Head, g ground) (y float64, seen bool) {
	face := h.Chin - h.Brow
	guess := max(0, h.Brow-guessedHair*face)
	differs := max(crownColour, 2*g.uneven())
	own := labOf(g.colour)
	var tops []float64
	half := h.Wide * 0.3
	for x := max(0, int(h.Middle-half)); x < min(src.Rect.Dx(), int(h.Middle+half)); x++ {
		run := 0
		for row := range min(src.Rect.Dy(), int(h.Brow)) {
			p := src.Pix[row*src.Stride+4*x:]
			if own.to(labOf([3]uint8{p[0], p[1], p[2]})) < differs {
				run = 0
				continue
			}
			if run++; run == crownRows {
				tops = append(tops, float64(row-crownRows+1))
				break
			}
		}
	}
	if float64(len(tops)) < half || differs > 30 {
		return guess, false
	}
	y = quantile(tops, 0.15)
	hair := (h.Brow - y) / face
	return y, hair > leastHair && (hair < mostHair || y < 1)
}

// How far the crown is above the face's upper end, as parts of the face: what is guessed, and
// between what a crown that was found is believed.
const (
	guessedHair = 0.24
	leastHair   = 0.06
	mostHair    = 0.75
)
