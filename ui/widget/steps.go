package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Step is one stop on the way: Good is done, Info is now, Plain is later, Warn is a problem.
type Step struct {
	State      Tone
	Name, More Words
}

// StepLine is the way with a node for every stop and its words under it.
func StepLine(steps []Step) fyne.CanvasObject {
	row := Even(0)
	for i, s := range steps {
		left, right := Line, Line
		if s.State != Plain {
			left = Accent
		}
		if s.State == Good || s.State == Warn {
			right = Accent
		}
		if i == 0 {
			left = None
		}
		if i == len(steps)-1 {
			right = None
		}
		node := container.New(nodeLayout{28}, Box(left, 0), Box(right, 0), stepNode(s.State))
		name, more := stepWords(s)
		row.Add(Col(8, node, Col(0, name, more)))
	}
	return row
}

func stepNode(state Tone) fyne.CanvasObject {
	switch state {
	case Good:
		return Over(Circle(28, Accent, None, 0), Mid(Icon("check", 14, OnAccent)))
	case Info:
		return Over(Circle(28, CardColour, Accent, 3), Mid(Circle(10, Accent, None, 0)))
	case Warn, Bad:
		ink, tint, _ := state.colours()
		return Over(Circle(28, tint, ink, 2), Mid(Icon("alert", 14, ink)))
	}
	return Circle(28, CardColour, LineStrong, 2)
}

func stepWords(s Step) (name, more *TextPart) {
	name, more = Text(s.Name, T14, Ink).Centre(), Text(s.More, T12, Ink3).Centre()
	switch s.State {
	case Plain:
		name.Colour(Ink3)
	case Info:
		name = Bold(s.Name, T14).Centre()
		more.Colour(Accent)
	case Warn, Bad:
		ink, _, _ := s.State.colours()
		more.Colour(ink)
	}
	return name.Elide(), more.Elide()
}

// nodeLayout stands a node in the middle of a line: left half, right half, node.
type nodeLayout struct{ d float32 }

func (n nodeLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(n.d*scale(), n.d*scale())
}

func (n nodeLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	d := n.d * scale()
	mid, gap := s.Width/2, d/2+6
	o[0].Move(fyne.NewPos(0, d/2-1))
	o[0].Resize(fyne.NewSize(max(0, mid-gap), 2))
	o[1].Move(fyne.NewPos(mid+gap, d/2-1))
	o[1].Resize(fyne.NewSize(max(0, mid-gap), 2))
	o[2].Move(fyne.NewPos(mid-d/2, 0))
	o[2].Resize(fyne.NewSize(d, d))
}

// Event is one act in a history: when, what, who and how.
type Event struct{ When, What, Who Words }

// History is a stem with a dot for every act, newest first.
func History(events []Event) fyne.CanvasObject {
	col := Col(0)
	for i, e := range events {
		dot, up, down := LineStrong, Line, Line
		if i == 0 {
			dot, up = Accent, None
		}
		if i == len(events)-1 {
			down = None
		}
		stem := container.New(stemLayout{}, Box(up, 0), Box(down, 0), Circle(10, dot, None, 0))
		lines := Col(-1, Text(e.When, T12, Ink3).Elide(), Para(e.What, 0, T13, Ink), Para(e.Who, 0, T12, Ink2))
		col.Add(container.New(Flow{Gap: 10}, stem, Grow(Pad(lines, 0, 0, 11, 0))))
	}
	return col
}

type stemLayout struct{}

func (stemLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(10*scale(), 0) }

func (stemLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	d := 10 * scale()
	x, mid := d/2-1, 4*scale()+d/2
	o[0].Move(fyne.NewPos(x, 0))
	o[0].Resize(fyne.NewSize(2, mid))
	o[1].Move(fyne.NewPos(x, mid))
	o[1].Resize(fyne.NewSize(2, s.Height-mid))
	o[2].Move(fyne.NewPos(0, 4*scale()))
	o[2].Resize(fyne.NewSize(d, d))
}
