package main

import (
	"fmt"
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"

	"xuezheng/ui/shell"
	"xuezheng/ui/theme"
	"xuezheng/ui/widget"
)

// reader finds words in a picture of the window, as eyes do: it draws them with the program's
// own font and looks where the picture has the same shape, whatever the colours.
type reader struct {
	easel *shell.Easel
	drawn map[string]*shape
}

// shape is a drawn word: how dark each pixel is, 0 to 1, and pixels of its strokes and of the
// ground between them to look at first.
type shape struct {
	w, h        int
	dark        []float64
	ink, ground []image.Point
}

func newReader() *reader {
	r := &reader{easel: shell.NewEasel(), drawn: map[string]*shape{}}
	r.easel.Look(theme.Theme{})
	return r
}

// face is a size and weight that words are set in.
type face struct {
	size float32
	bold bool
}

// label is how the name of a field is set.
var label = []face{{13, false}}

var faces = []face{{14, false}, {13, false}, {14, true}, {16, true}, {12, false}, {28, true}}

// find is the middle of the words in the picture; what is further up comes first.
func (r *reader) find(img image.Image, words string) (image.Point, bool) {
	return r.findSet(img, words, faces)
}

// findSet is find for words set in one of those faces.
func (r *reader) findSet(img image.Image, words string, set []face) (image.Point, bool) {
	g := greys(img)
	for _, f := range set {
		if at, ok := r.shape(words, f).in(g); ok {
			return at, true
		}
	}
	return image.Point{}, false
}

func (r *reader) shape(words string, f face) *shape {
	key := fmt.Sprint(f, words)
	if s := r.drawn[key]; s != nil {
		return s
	}
	text := widget.Text(widget.Data(words), f.size, widget.Ink)
	if f.bold {
		text = widget.Bold(widget.Data(words), f.size)
	}
	var o fyne.CanvasObject = widget.Over(widget.Box(widget.CardColour, 0), text)
	m := text.MinSize()
	s := cut(greys(r.easel.Draw(o, m.Width+8, m.Height+8)))
	r.drawn[key] = s
	return s
}

// grey is a picture in greys, 0 to 255.
type grey struct {
	w, h int
	pix  []float64
}

func greys(img image.Image) grey {
	b := img.Bounds()
	g := grey{b.Dx(), b.Dy(), make([]float64, b.Dx()*b.Dy())}
	if p, ok := img.(*image.RGBA); ok { // a picture of the display; the long way would take half a second
		for y := range g.h {
			for x := range g.w {
				i := p.PixOffset(b.Min.X+x, b.Min.Y+y)
				g.pix[y*g.w+x] = (299*float64(p.Pix[i]) + 587*float64(p.Pix[i+1]) + 114*float64(p.Pix[i+2])) / 1000
			}
		}
		return g
	}
	for y := range g.h {
		for x := range g.w {
			g.pix[y*g.w+x] = float64(color.GrayModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.Gray).Y)
		}
	}
	return g
}

// cut trims a drawn word to its ink.
func cut(g grey) *shape {
	box := image.Rectangle{}
	for y := range g.h {
		for x := range g.w {
			if g.pix[y*g.w+x] < 128 {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	s := &shape{w: box.Dx(), h: box.Dy()}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			d := 1 - g.pix[y*g.w+x]/255
			s.dark = append(s.dark, d)
			p := image.Pt(x-box.Min.X, y-box.Min.Y)
			switch {
			case d > 0.75:
				s.ink = append(s.ink, p)
			case d < 0.02:
				s.ground = append(s.ground, p)
			}
		}
	}
	s.ink, s.ground = spread(s.ink, 12), spread(s.ground, 12)
	return s
}

// spread picks n of the points, evenly.
func spread(p []image.Point, n int) (few []image.Point) {
	for i := range min(n, len(p)) {
		few = append(few, p[i*len(p)/min(n, len(p))])
	}
	return few
}

// alike is how well a shape must agree with the picture, 1 being quite the same.
const alike = 0.86

// in is where the shape is best seen in the picture.
func (s *shape) in(g grey) (image.Point, bool) {
	best, at := alike, image.Point{}
	for y := 0; y+s.h <= g.h; y++ {
		for x := 0; x+s.w <= g.w; x++ {
			if !s.likely(g, x, y) {
				continue
			}
			if a := s.agrees(g, x, y); a > best+0.01 {
				best, at = a, image.Pt(x+s.w/2, y+s.h/2)
			}
		}
	}
	return at, best > alike
}

// likely looks at a few pixels only: strokes and ground must differ, each must be alike.
func (s *shape) likely(g grey, x, y int) bool {
	var ink, ground float64
	first := g.pix[(y+s.ground[0].Y)*g.w+x+s.ground[0].X]
	for _, p := range s.ground {
		v := g.pix[(y+p.Y)*g.w+x+p.X]
		if v-first > 40 || first-v > 40 {
			return false
		}
		ground += v
	}
	for _, p := range s.ink {
		ink += g.pix[(y+p.Y)*g.w+x+p.X]
	}
	d := ink/float64(len(s.ink)) - ground/float64(len(s.ground))
	return d > 45 || d < -45
}

// agrees is the correlation of the shape with the picture there, whatever the colours.
func (s *shape) agrees(g grey, x, y int) float64 {
	n := float64(len(s.dark))
	var sa, sb, saa, sbb, sab float64
	for i, a := range s.dark {
		b := g.pix[(y+i/s.w)*g.w+x+i%s.w]
		sa, sb, saa, sbb, sab = sa+a, sb+b, saa+a*a, sbb+b*b, sab+a*b
	}
	up, down := sab-sa*sb/n, (saa-sa*sa/n)*(sbb-sb*sb/n)
	if down <= 0 {
		return 0
	}
	return up * up / down
}

func TestTheReaderFindsWordsWhereverTheyStand(t *testing.T) {
	r := newReader()
	page := widget.Over(widget.Box(widget.RailColour, 0), widget.Pad(widget.Col(40,
		widget.Text(widget.Data("学时审核"), 14, widget.RailInk2), widget.Text(widget.Data("身份确认"), 14, widget.RailInk)), 60, 90))
	img := r.easel.Draw(page, 400, 300)
	first, ok1 := r.find(img, "学时审核")
	second, ok2 := r.find(img, "身份确认")
	if !ok1 || !ok2 || second.Y-first.Y < 40 || first.X < 90 || first.X > 160 {
		t.Errorf("found %v %v, %v %v", first, ok1, second, ok2)
	}
	if at, ok := r.find(img, "合格名单"); ok {
		t.Errorf("found at %v what isn't there", at)
	}
}
