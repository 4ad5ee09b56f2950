package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Align says where a child stands across the line.
type Align int

// The places.
const (
	Stretch Align = iota
	Start
	Middle
	End
	Baseline // rows of text of unlike size
)

// Flow is the one layout: a row or a column with a fixed gap, whose growing children share
// what is left.
type Flow struct {
	Down  bool
	Gap   float32
	Align Align
}

// MinSize is the sum along the line and the most across it.
func (f Flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var along, across, up, down float32
	n := 0
	for _, o := range objects {
		m, absent := f.measure(o)
		if absent {
			continue
		}
		if n++; n > 1 {
			along += f.Gap
		}
		if f.Down {
			along, across = along+m.Height, max(across, m.Width)
			continue
		}
		along, across = along+m.Width, max(across, m.Height)
		if f.Align == Baseline {
			b := baseline(o)
			up, down = max(up, b), max(down, m.Height-b)
		}
	}
	if f.Down {
		return fyne.NewSize(across, along)
	}
	return fyne.NewSize(along, max(across, up+down))
}

// Layout places the children, each measured once.
func (f Flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	line := make([]measured, 0, len(objects))
	var along, across, up, down, weights float32
	for _, o := range objects {
		m, absent := f.measure(o)
		if absent {
			if o.Visible() {
				o.Resize(fyne.NewSize(0, 0))
			}
			continue
		}
		if len(line) > 0 {
			along += f.Gap
		}
		x := measured{o: o, min: m, weight: weight(o)}
		weights += x.weight
		if f.Down {
			along, across = along+m.Height, max(across, m.Width)
		} else {
			along, across = along+m.Width, max(across, m.Height)
			if f.Align == Baseline {
				x.base = baseline(o)
				up, down = max(up, x.base), max(down, m.Height-x.base)
			}
		}
		line = append(line, x)
	}
	spare := size.Width - along
	if f.Down {
		spare = size.Height - along
	}
	top := (size.Height - max(across, up+down)) / 2
	var at float32
	for _, x := range line {
		var extra float32
		if weights > 0 && spare > 0 {
			extra = spare * x.weight / weights
		}
		if f.Down {
			at += f.placeDown(x, at, extra, size) + f.Gap
			continue
		}
		at += f.placeAcross(x, at, extra, up-x.base+top, size) + f.Gap
	}
}

// measured is a child on the line: how large it must be, how it grows, where its text stands.
type measured struct {
	o            fyne.CanvasObject
	min          fyne.Size
	weight, base float32
}

// measure is how large a child must be, and whether it takes no place on the line and no gap: it
// is hidden, or it has nothing to show just now. A child is measured once: measuring it again at
// each level would double the work with every level.
func (f Flow) measure(o fyne.CanvasObject) (m fyne.Size, absent bool) {
	if !o.Visible() {
		return m, true
	}
	m = o.MinSize()
	if weight(o) > 0 {
		return m, m.Height <= 0 && m.Width <= 0 && away(o)
	}
	return m, f.Down && m.Height <= 0 || !f.Down && m.Width <= 0 && m.Height <= 0
}

// away reports whether what would grow is shown only sometimes, and not now.
func away(o fyne.CanvasObject) bool {
	look, ok := o.(*fyne.Container).Objects[0].(*lookPart)
	if !ok {
		return false
	}
	in, ok := look.object.(*fyne.Container)
	return ok && len(in.Objects) == 1 && !in.Objects[0].Visible()
}

// placeDown puts a child at height at in a column and returns its height.
func (f Flow) placeDown(c measured, at, extra float32, size fyne.Size) float32 {
	w, x := size.Width, float32(0)
	switch f.Align {
	case Start:
		w = min(c.min.Width, size.Width)
	case Middle:
		w = min(c.min.Width, size.Width)
		x = (size.Width - w) / 2
	case End:
		w = min(c.min.Width, size.Width)
		x = size.Width - w
	}
	h := c.min.Height + extra
	c.o.Move(fyne.NewPos(x, at))
	c.o.Resize(fyne.NewSize(w, h))
	return h
}

// placeAcross puts a child at x in a row and returns its width; y is where its baseline wants it.
func (f Flow) placeAcross(c measured, x, extra, y float32, size fyne.Size) float32 {
	w, h := c.min.Width+extra, size.Height
	switch f.Align {
	case Stretch:
		y = 0
	case Start:
		h, y = c.min.Height, 0
	case Middle:
		h, y = c.min.Height, (size.Height-c.min.Height)/2
	case End:
		h, y = c.min.Height, size.Height-c.min.Height
	case Baseline:
		h = c.min.Height
	}
	c.o.Move(fyne.NewPos(x, y))
	c.o.Resize(fyne.NewSize(w, h))
	return w
}

// baseline is how far below its top an object's text stands.
func baseline(o fyne.CanvasObject) float32 {
	if c, ok := o.(*fyne.Container); ok {
		if _, ok := c.Layout.(grow); ok {
			return baseline(c.Objects[0])
		}
	}
	if t, ok := o.(*TextPart); ok {
		size := t.size * scale()
		_, b := fyne.CurrentApp().Driver().RenderedTextSize("国", size, fyne.TextStyle{Bold: t.bold}, nil)
		return b
	}
	return o.MinSize().Height
}

// grow lets its child take the space left over.
type grow struct{ by float32 }

func (grow) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (grow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}

// Grow lets a child take the space left over in its row or column.
func Grow(o fyne.CanvasObject) fyne.CanvasObject { return container.New(grow{1}, o) }

// Gap is an elastic nothing.
func Gap() fyne.CanvasObject { return Grow(canvas.NewRectangle(color.Transparent)) }

func weight(o fyne.CanvasObject) float32 {
	if c, ok := o.(*fyne.Container); ok {
		if g, ok := c.Layout.(grow); ok {
			return g.by
		}
	}
	return 0
}

// Row stands its children side by side, middle to middle.
func Row(gap float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(Flow{Gap: gap, Align: Middle}, o...)
}

// RowTop stretches its children to one height.
func RowTop(gap float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(Flow{Gap: gap}, o...)
}

// OnLine stands texts of unlike size on one baseline.
func OnLine(gap float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(Flow{Gap: gap, Align: Baseline}, o...)
}

// Col stacks its children.
func Col(gap float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(Flow{Down: true, Gap: gap}, o...)
}

// ColMid stacks its children on one axis.
func ColMid(gap float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(Flow{Down: true, Gap: gap, Align: Middle}, o...)
}

// Over paints its children upon one another.
func Over(o ...fyne.CanvasObject) *fyne.Container { return container.NewStack(o...) }
