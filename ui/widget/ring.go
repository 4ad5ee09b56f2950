package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"xuezheng/ui/word"
)

// arcs is a track and an arc upon it, both in colours of the theme.
type arcs struct {
	widget.BaseWidget
	part       func() float32 // of the round, 0 to 1
	colour     func() Colour
	cut        float32
	track, arc *canvas.Arc
}

func newArcs(cut float32, part func() float32, colour func() Colour) *arcs {
	a := &arcs{part: part, colour: colour, cut: cut,
		track: canvas.NewArc(0, 360, cut, paint(None)), arc: canvas.NewArc(0, 0, cut, paint(None))}
	a.ExtendBaseWidget(a)
	a.paint()
	return a
}

func (a *arcs) paint() {
	part := min(1, max(0, a.part()))
	a.track.FillColor = paint(Line)
	a.arc.FillColor = paint(a.colour())
	a.arc.EndAngle = 360 * part
	a.arc.CornerRadius = 0
	if part < 1 {
		a.arc.CornerRadius = a.Size().Width * (1 - a.cut) / 4
	}
	show(a.arc, part > 0)
}

// CreateRenderer is for Fyne.
func (a *arcs) CreateRenderer() fyne.WidgetRenderer {
	return &rendered{object: Over(a.track, a.arc), before: a.paint}
}

// Resize keeps the arc's end round.
func (a *arcs) Resize(s fyne.Size) {
	a.BaseWidget.Resize(s)
	a.paint()
}

// Countdown is a ring that empties, with the seconds left inside; refresh it every second.
func Countdown(left func() int, of int) fyne.CanvasObject {
	part := func() float32 { return float32(left()) / float32(max(1, of)) }
	return Fix(112, 112, Over(newArcs(0.86, part, func() Colour { return Accent }),
		Mid(Bold(func() string { return word.Number(float64(left())) }, K44))))
}

// Progress is a bar filled as far as part says, 0 to 1.
func Progress(part func() float32) fyne.CanvasObject {
	b := &barPart{part: part, track: Box(Line, 3), full: Box(Accent, 3)}
	b.ExtendBaseWidget(b)
	return b
}

type barPart struct {
	widget.BaseWidget
	part        func() float32
	track, full *BoxPart
}

// CreateRenderer is for Fyne.
func (b *barPart) CreateRenderer() fyne.WidgetRenderer { return barRenderer{b} }

type barRenderer struct{ b *barPart }

func (r barRenderer) MinSize() fyne.Size { return fyne.NewSize(80, 6) }
func (r barRenderer) Layout(s fyne.Size) {
	y := (s.Height - 6) / 2
	r.b.track.Move(fyne.NewPos(0, y))
	r.b.track.Resize(fyne.NewSize(s.Width, 6))
	r.b.full.Move(fyne.NewPos(0, y))
	r.b.full.Resize(fyne.NewSize(s.Width*min(1, max(0, r.b.part())), 6))
}
func (r barRenderer) Refresh() {
	r.Layout(r.b.Size())
	r.b.track.Refresh()
	r.b.full.Refresh()
}
func (r barRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.b.track, r.b.full}
}
func (r barRenderer) Destroy() {}
