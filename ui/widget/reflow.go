package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// beside stands a side column at the right of the main one, or under it where the window is
// too narrow: in large type, or a small window.
type beside struct {
	side, least, gap float32 // width of the side, least width of the main, at normal type
	given            float32 // the width it had last
}

func (b *beside) wide() bool {
	return b.given == 0 || b.given >= (b.least+b.side)*scale()+b.gap
}

func (b *beside) MinSize(o []fyne.CanvasObject) fyne.Size {
	m, s := o[0].MinSize(), o[1].MinSize()
	if b.wide() {
		return fyne.NewSize(max(m.Width, s.Width), max(m.Height, s.Height))
	}
	return fyne.NewSize(max(m.Width, s.Width), m.Height+b.gap+s.Height)
}

func (b *beside) Layout(o []fyne.CanvasObject, s fyne.Size) {
	b.given = s.Width
	if b.wide() {
		w := b.side * scale()
		o[0].Move(fyne.NewPos(0, 0))
		o[0].Resize(fyne.NewSize(s.Width-w-b.gap, s.Height))
		o[1].Move(fyne.NewPos(s.Width-w, 0))
		o[1].Resize(fyne.NewSize(w, s.Height))
		return
	}
	high := o[1].MinSize().Height
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, max(o[0].MinSize().Height, s.Height-high-b.gap)))
	o[1].Move(fyne.NewPos(0, s.Height-high))
	o[1].Resize(fyne.NewSize(s.Width, high))
}

// Beside stands side at the right of what is main, as wide as width; where less than least is
// left for the main one, under it.
func Beside(least, width float32, main, side fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&beside{side: width, least: least, gap: 16}, main, side)
}

// either shows one of two forms of the same, by the width there is.
type either struct {
	least float32 // width the first needs, at normal type
	given float32 // the width it had last
}

func (e *either) first() bool { return e.given == 0 || e.given >= e.least*scale() }

func (e *either) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	if e.first() {
		return fyne.NewSize(min(a.Width, b.Width), a.Height)
	}
	return fyne.NewSize(min(a.Width, b.Width), b.Height)
}

func (e *either) Layout(o []fyne.CanvasObject, s fyne.Size) {
	e.given = s.Width
	for i, c := range o {
		if here := (i == 0) == e.first(); c.Visible() != here {
			show(c, here)
		}
		c.Move(fyne.NewPos(0, 0))
		c.Resize(s)
	}
}

// Either shows wide where there is that much width, at normal type, else narrow.
func Either(least float32, wide, narrow fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&either{least: least}, wide, narrow)
}

// wrapping is a row that goes on below where it doesn't fit.
type wrapping struct{ gap, given float32 }

func (w *wrapping) place(o []fyne.CanvasObject, width float32, at func(o fyne.CanvasObject, x, y, h float32)) (most, high float32) {
	var x, y, row float32
	var line []fyne.CanvasObject
	var xs []float32
	end := func() {
		for i, o := range line {
			at(o, xs[i], y+(row-o.MinSize().Height)/2, row)
		}
		line, xs = nil, nil
	}
	for _, c := range o {
		if !c.Visible() {
			continue
		}
		m := c.MinSize()
		if m.Width <= 0 { // shown only sometimes, and not now
			continue
		}
		if x > 0 && x+m.Width > width {
			end()
			x, y, row = 0, y+row+w.gap/2, 0
		}
		line, xs = append(line, c), append(xs, x)
		row, most = max(row, m.Height), max(most, x+m.Width)
		x += m.Width + w.gap
	}
	end()
	return most, y + row
}

func (w *wrapping) MinSize(o []fyne.CanvasObject) fyne.Size {
	var widest float32
	for _, c := range o {
		widest = max(widest, c.MinSize().Width)
	}
	width := w.given
	if width == 0 {
		width = 1 << 15
	}
	_, high := w.place(o, width, func(fyne.CanvasObject, float32, float32, float32) {})
	return fyne.NewSize(widest, high)
}

func (w *wrapping) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w.given = s.Width
	w.place(o, s.Width, func(c fyne.CanvasObject, x, y, _ float32) {
		c.Move(fyne.NewPos(x, y))
		c.Resize(c.MinSize())
	})
}

// Wrapping stands children side by side and goes on below where they don't fit; in a row it
// belongs in Grow.
func Wrapping(gap float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrapping{gap: gap}, o...)
}
