package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// BoxPart is a filled rectangle, or a disc, whose colours follow the theme.
type BoxPart struct {
	widget.BaseWidget
	fill, edge Colour
	stroke     float32
	radius     float32
	rect       *canvas.Rectangle
}

// Box is a filled rectangle with rounded corners.
func Box(fill Colour, radius float32) *BoxPart { return Edge(fill, None, radius) }

// Edge is a filled rectangle with a line round it.
func Edge(fill, edge Colour, radius float32) *BoxPart {
	b := &BoxPart{fill: fill, edge: edge, radius: radius, rect: canvas.NewRectangle(paint(None))}
	if edge != None {
		b.stroke = 1
	}
	b.ExtendBaseWidget(b)
	b.paint()
	return b
}

// Stroke makes the line round it as thick as w.
func (b *BoxPart) Stroke(w float32) *BoxPart {
	b.stroke = w
	b.paint()
	return b
}

// Set paints it in other colours from now on.
func (b *BoxPart) Set(fill, edge Colour) {
	b.fill, b.edge = fill, edge
	if edge != None && b.stroke == 0 {
		b.stroke = 1
	}
	b.Refresh()
}

func (b *BoxPart) paint() {
	b.rect.FillColor, b.rect.StrokeColor = paint(b.fill), paint(b.edge)
	b.rect.StrokeWidth = b.stroke
	if b.edge == None {
		b.rect.StrokeWidth = 0
	}
	b.rect.CornerRadius = b.radius
}

// CreateRenderer is for Fyne.
func (b *BoxPart) CreateRenderer() fyne.WidgetRenderer {
	return &rendered{object: b.rect, before: b.paint}
}

// rendered draws one object, and brings it up to date before each refresh.
type rendered struct {
	object fyne.CanvasObject
	before func()
}

func (r *rendered) Layout(s fyne.Size)           { r.object.Resize(s) }
func (r *rendered) MinSize() fyne.Size           { return r.object.MinSize() }
func (r *rendered) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.object} }
func (r *rendered) Destroy()                     {}
func (r *rendered) Refresh() {
	if r.before != nil {
		r.before()
	}
	r.object.Refresh()
}

// Circle is a disc as wide as d at normal type.
func Circle(d float32, fill, edge Colour, stroke float32) fyne.CanvasObject {
	return Fix(d, d, Edge(fill, edge, canvas.RadiusMaximum).Stroke(stroke))
}

// Card is a white sheet with a hairline; no shadow.
func Card(o fyne.CanvasObject) fyne.CanvasObject { return Over(Edge(CardColour, Line, 8), o) }

// Titled is a card with a title and, at its right, whatever goes there.
func Titled(title Words, body fyne.CanvasObject, right ...fyne.CanvasObject) fyne.CanvasObject {
	head := Row(8, Bold(title, T16), Gap())
	for _, r := range right {
		head.Add(r)
	}
	return Card(Pad(Col(12, head, Grow(body)), 14, 16))
}

// Rule is a hairline across.
func Rule() fyne.CanvasObject { return container.New(hair{0, 1}, Box(Line, 0)) }

// Upright is a hairline down; it needs a row that stretches (RowTop).
func Upright() fyne.CanvasObject { return container.New(hair{1, 0}, Box(Line, 0)) }

// Bar is a filled bar as high as h.
func Bar(h float32, fill Colour, radius float32) *fyne.Container {
	return container.New(hair{0, h}, Box(fill, radius))
}

// KeyCap shows a key of the keyboard.
func KeyCap(w Words) fyne.CanvasObject {
	return Mid(Over(Edge(Sunk, Line, 4), Pad(Text(w, T12, Ink3), 1, 6)))
}

// ringed stands a focus ring of 2 round its first child, 2 away from it.
type ringed struct{}

func (ringed) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (ringed) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
	o[1].Move(fyne.NewPos(-4, -4))
	o[1].Resize(s.AddWidthHeight(8, 8))
}

// withRing gives an object a focus ring, hidden until asked for.
func withRing(o fyne.CanvasObject, radius float32) (both *fyne.Container, ring *BoxPart) {
	ring = Edge(None, Accent, radius+3).Stroke(2)
	ring.Hide()
	return container.New(ringed{}, o, ring), ring
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
		return
	}
	o.Hide()
}
