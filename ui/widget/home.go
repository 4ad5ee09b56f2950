package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// CardSide draws a side of an identity card so that one sees which is meant: the portrait side with
// its lines and picture, or the emblem side. w is its width at normal type.
func CardSide(portrait bool, w float32) fyne.CanvasObject {
	sheet := Edge(CardColour, LineStrong, 8)
	if portrait {
		o := []fyne.CanvasObject{sheet, Edge(Sunk, Line, 2), Circle(0, LineStrong, None, 0), Box(LineStrong, 6)}
		for range 5 {
			o = append(o, Box(Line, 2))
		}
		return container.New(cardLayout{w: w, portrait: true}, o...)
	}
	o := []fyne.CanvasObject{sheet, Circle(0, Line, None, 0), Box(Line, 2), Box(Line, 2), Box(Line, 2)}
	return container.New(cardLayout{w: w}, o...)
}

// cardLayout places the parts of a card, 86 by 54.
type cardLayout struct {
	w        float32
	portrait bool
}

func (c cardLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(c.w*scale(), c.w*scale()*54/86)
}

func (c cardLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	k := s.Width / 86
	place := func(i int, x, y, w, h float32) {
		o[i].Move(fyne.NewPos(x*k, y*k))
		o[i].Resize(fyne.NewSize(w*k, h*k))
	}
	place(0, 0, 0, 86, 54)
	if !c.portrait {
		place(1, 6, 6, 15, 15)
		place(2, 28, 8, 48, 4)
		place(3, 28, 16, 34, 4)
		place(4, 28, 42, 40, 4)
		return
	}
	place(1, 56, 7, 24, 31)
	place(2, 63, 13, 10, 10)
	place(3, 60, 26, 16, 11)
	place(4, 6, 8, 22, 4)
	place(5, 6, 16, 30, 4)
	place(6, 6, 24, 40, 4)
	place(7, 6, 31, 34, 4)
	place(8, 6, 44, 66, 5)
}

// Asked is one thing asked of someone before a camera, as a line: a sign, what it is, how it stands.
func Asked(is func() (done, now bool), name, state Words) fyne.CanvasObject {
	ground := Box(None, 6)
	title, says := Text(name, T14, Ink).Elide(), Text(state, T13, Ink3)
	signs := []fyne.CanvasObject{Icon("check", 16, Green), Icon("dot", 16, Accent), Icon("ring", 16, Ink3)}
	return newLook(Fix(0, 40, Over(ground, Pad(Row(10, Over(signs...), Grow(title), says), 0, 10))), func() {
		done, now := is()
		ground.fill, title.colour, says.colour = None, Ink2, Ink3
		switch {
		case done:
			says.colour = Green
		case now:
			ground.fill, title.colour, says.colour = Tint, Ink, Accent
		}
		for i, on := range []bool{done, now && !done, !done && !now} {
			show(signs[i], on)
		}
	})
}

// Pickable is a small sheet among others of its kind, of which one is chosen by a tap.
func Pickable(o fyne.CanvasObject, chosen func() bool, tap func()) fyne.CanvasObject {
	edge := Edge(None, LineStrong, 6)
	sheet := newLook(Over(edge, Pad(o, 6, 12)), func() {
		edge.edge, edge.stroke = LineStrong, 1
		if chosen() {
			edge.edge, edge.stroke = Accent, 2
		}
	})
	if tap == nil {
		edge.fill, edge.edge = Sunk, Line
		return Over(edge, Pad(o, 6, 12))
	}
	return TapRow(sheet, tap, chosen)
}
