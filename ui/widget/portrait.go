package widget

import (
	"cmp"
	"image"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Portrait shows a picture in a hairline frame, w by h at normal type, never cropped or
// brightened. Nil shows that there is none.
func Portrait(img image.Image, w, h float32) fyne.CanvasObject {
	frame := Edge(None, LineStrong, 0)
	if img == nil {
		size := max(T12, w/12)
		return Fix(w, h, Over(Box(Sunk, 0), Mid(ColMid(4, Icon("people", 2*size, Ink3), Text(W("portrait.none"), size, Ink3).Centre())), frame))
	}
	pic := canvas.NewImageFromImage(img)
	pic.FillMode = canvas.ImageFillContain
	pic.ScaleMode = canvas.ImageScaleSmooth
	return Fix(w, h, Over(Box(Sunk, 0), pic, frame))
}

// Source is a portrait with where it comes from beneath.
func Source(img image.Image, w, h float32, name, from Words) fyne.CanvasObject {
	return Col(6, Portrait(img, w, h), Col(-1, Bold(name, T14), Text(from, T12, Ink3)))
}

// Pin is one figure on a zone bar: which pair, how far apart.
type Pin struct {
	Pair   Words
	Figure float64
}

// Zones shows figures of a comparison between alike and unlike; look and unlike are the limits.
func Zones(look, unlike float64, pins []Pin) fyne.CanvasObject {
	z := zoneLayout{look: look, unlike: unlike, pins: pins}
	objects := []fyne.CanvasObject{Box(GreenTint, 0), Box(AmberTint, 0), Box(RedTint, 0),
		Text(W("zone.alike"), T12, Green).Centre(), Text(W("zone.look"), T12, Amber).Centre().Elide(), Text(W("zone.unlike"), T12, Red).Centre(),
		Text(Data(two(look)), T12, Ink3).Centre(), Text(Data(two(unlike)), T12, Ink3).Centre()}
	for _, p := range pins {
		objects = append(objects, Box(Ink, 0), Text(p.Pair, T12, Ink2).Centre(), Bold(Data(two(p.Figure)), T14).Centre())
	}
	return container.New(z, objects...)
}

type zoneLayout struct {
	look, unlike float64
	pins         []Pin
}

// at is where a figure stands, 0 to 1: the bar reaches from below the smallest to above the
// largest, with the limits well inside.
func (z zoneLayout) at(v float64) float32 {
	lo, hi := z.look*0.47, z.unlike+0.25
	for _, p := range z.pins {
		lo, hi = min(lo, p.Figure-0.1), max(hi, p.Figure+0.1)
	}
	return float32((v - lo) / (hi - lo))
}

func (zoneLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(300*scale(), 86*scale())
}

func (z zoneLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	k := scale()
	top, high := 42*k, 24*k
	cut := []float32{0, z.at(z.look) * s.Width, z.at(z.unlike) * s.Width, s.Width}
	place := func(i int, x, y, w, h float32) {
		o[i].Move(fyne.NewPos(x, y))
		o[i].Resize(fyne.NewSize(w, h))
	}
	for i := range 3 {
		place(i, cut[i]+1, top, cut[i+1]-cut[i]-2, high)
		place(3+i, cut[i], top+2*k, cut[i+1]-cut[i], high-4*k)
	}
	for i := range 2 {
		place(6+i, cut[i+1]-20*k, top+high+2, 40*k, 16*k)
	}
	words := z.apart(s.Width, k)
	for i, p := range z.pins {
		place(8+3*i, z.at(p.Figure)*s.Width-1, top-6*k, 2, 10*k)
		place(9+3*i, words[i]-60*k, -2, 120*k, 16*k)
		place(10+3*i, words[i]-30*k, 14*k, 60*k, 20*k)
	}
}

// apart is where the words of each pin stand: above it, or beside their neighbours' where pins
// are close.
func (z zoneLayout) apart(width, k float32) []float32 {
	wide := 78 * k
	order := make([]int, len(z.pins))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(z.pins[a].Figure, z.pins[b].Figure) })
	words := make([]float32, len(z.pins))
	for n, i := range order {
		words[i] = max(wide/2, z.at(z.pins[i].Figure)*width)
		if n > 0 {
			words[i] = max(words[i], words[order[n-1]]+wide)
		}
	}
	for n := len(order) - 1; n >= 0; n-- { // back inside, should the last one stand too far out
		most := width - wide/2
		if n < len(order)-1 {
			most = words[order[n+1]] - wide
		}
		words[order[n]] = min(words[order[n]], most)
	}
	return words
}

// two writes a figure with two places.
func two(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// Moving shows a picture that changes all the time, filling its place; nil shows an empty one.
func Moving(now func() image.Image) fyne.CanvasObject {
	pic := canvas.NewImageFromImage(nil)
	pic.FillMode = canvas.ImageFillCover
	pic.ScaleMode = canvas.ImageScaleFastest
	return newLook(Over(Box(RailOn, 0), pic), func() {
		pic.Image = now()
		show(pic, pic.Image != nil)
		pic.Refresh()
	})
}
