package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

type inset struct{ top, right, bottom, left float32 }

func (i inset) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	return fyne.NewSize(m.Width+i.left+i.right, m.Height+i.top+i.bottom)
}

func (i inset) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(i.left, i.top))
	o[0].Resize(fyne.NewSize(s.Width-i.left-i.right, s.Height-i.top-i.bottom))
}

// Pad puts space round a child: one figure, (vertical, horizontal), or (top, right, bottom, left).
func Pad(o fyne.CanvasObject, v ...float32) fyne.CanvasObject {
	var i inset
	switch len(v) {
	case 1:
		i = inset{v[0], v[0], v[0], v[0]}
	case 2:
		i = inset{v[0], v[1], v[0], v[1]}
	default:
		i = inset{v[0], v[1], v[2], v[3]}
	}
	return container.New(i, o)
}

// fixed gives its child a size that grows with the type.
type fixed struct{ w, h float32 }

func (f fixed) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	if f.w > 0 {
		m.Width = f.w * scale()
	}
	if f.h > 0 {
		m.Height = f.h * scale()
	}
	return m
}

func (f fixed) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}

// Fix gives a child a width and a height at normal type (0: its own).
func Fix(w, h float32, o fyne.CanvasObject) fyne.CanvasObject { return container.New(fixed{w, h}, o) }

// least gives its child at least a size.
type least struct{ w, h float32 }

func (l least) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().Max(fyne.NewSize(l.w*scale(), l.h*scale()))
}

func (l least) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}

// Least gives a child at least a width and a height at normal type.
func Least(w, h float32, o fyne.CanvasObject) fyne.CanvasObject { return container.New(least{w, h}, o) }

// hair is a size that does not grow with the type: a hairline, a bar.
type hair struct{ w, h float32 }

func (l hair) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(l.w, l.h) }

func (l hair) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}

// middle centres its child; drop lowers an icon onto the optical middle of Chinese text, which
// lies a little below the middle of its line box.
type middle struct{ drop float32 }

func (middle) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (d middle) Layout(o []fyne.CanvasObject, s fyne.Size) {
	m := o[0].MinSize()
	o[0].Resize(m)
	o[0].Move(fyne.NewPos((s.Width-m.Width)/2, (s.Height-m.Height)/2+d.drop))
}

// Mid stands a child in the middle.
func Mid(o fyne.CanvasObject) fyne.CanvasObject { return container.New(middle{}, o) }

// cells gives each child its column; width 0 grows, a negative width is a column that is left
// out where the room is too narrow, the last of them first. Children share the columns' order.
type cells struct{ widths []float32 }

// leastGrowing is what a growing column keeps at least.
const leastGrowing = 96

func (c cells) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for i, x := range o {
		s.Height = max(s.Height, x.MinSize().Height)
		s.Width += max(0, c.widths[i]) * scale()
	}
	return s
}

// kept says which columns there is room for in a row as wide as width.
func (c cells) kept(width float32) []bool {
	kept := make([]bool, len(c.widths))
	var sum float32
	for i, w := range c.widths {
		kept[i] = true
		switch {
		case w == 0:
			sum += leastGrowing * scale()
		case w < 0:
			sum -= w * scale()
		default:
			sum += w * scale()
		}
	}
	for i := len(c.widths) - 1; i >= 0 && sum > width; i-- {
		if c.widths[i] < 0 {
			kept[i] = false
			sum += c.widths[i] * scale()
		}
	}
	return kept
}

func (c cells) Layout(o []fyne.CanvasObject, s fyne.Size) {
	var sum, growing float32
	kept := c.kept(s.Width)
	for i, w := range c.widths {
		if !kept[i] {
			continue
		}
		if sum += max(w, -w) * scale(); w == 0 {
			growing++
		}
	}
	var x float32
	for i, child := range o {
		if child.Visible() != kept[i] {
			show(child, kept[i])
		}
		if !kept[i] {
			continue
		}
		w := max(c.widths[i], -c.widths[i]) * scale()
		if w == 0 {
			w = max(0, (s.Width-sum)/growing)
		}
		h := child.MinSize().Height
		child.Move(fyne.NewPos(x, (s.Height-h)/2))
		child.Resize(fyne.NewSize(w, h))
		x += w
	}
}

// Cells stands children in columns that every row of a list shares; width 0 grows, a negative
// width is left out where there is no room for it.
func Cells(widths []float32, o ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(cells{widths}, o...)
}

// yielding is a row whose first child grows and whose last stays; those between are left out,
// from the first on, where there is no room for them.
type yielding struct{ gap, least float32 }

func (y yielding) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, x := range o {
		s.Height = max(s.Height, x.MinSize().Height)
	}
	s.Width = y.least*scale() + y.gap + o[len(o)-1].MinSize().Width
	return s
}

func (y yielding) Layout(o []fyne.CanvasObject, s fyne.Size) {
	need := y.least*scale() + y.gap + o[len(o)-1].MinSize().Width
	from := len(o) - 1
	for from > 1 && need+o[from-1].MinSize().Width+y.gap <= s.Width {
		from--
		need += o[from].MinSize().Width + y.gap
	}
	x := y.least*scale() + s.Width - need
	o[0].Move(fyne.NewPos(0, (s.Height-o[0].MinSize().Height)/2))
	o[0].Resize(fyne.NewSize(x, o[0].MinSize().Height))
	x += y.gap
	for i, c := range o[1:] {
		if here := i+1 >= from; c.Visible() != here {
			show(c, here)
		}
		if !c.Visible() {
			continue
		}
		m := c.MinSize()
		c.Move(fyne.NewPos(x, (s.Height-m.Height)/2))
		c.Resize(m)
		x += m.Width + y.gap
	}
}

// Yielding is a row whose first child grows and keeps at least as much as least; its last child
// stays, and those between are left out, from the first on, where there is no room.
func Yielding(gap, least float32, o ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(yielding{gap, least}, o...)
}

// even gives every child the same width.
type even struct{ gap float32 }

func (e even) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, x := range o {
		s = s.Max(x.MinSize())
	}
	n := float32(len(o))
	return fyne.NewSize(s.Width*n+e.gap*max(0, n-1), s.Height)
}

func (e even) Layout(o []fyne.CanvasObject, s fyne.Size) {
	n := float32(len(o))
	w := (s.Width - e.gap*(n-1)) / n
	for i, x := range o {
		x.Move(fyne.NewPos((w+e.gap)*float32(i), 0))
		x.Resize(fyne.NewSize(w, s.Height))
	}
}

// Even stands children side by side, all of one width.
func Even(gap float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(even{gap}, o...)
}

// column centres its child and keeps it no wider than most, at normal type.
type column struct{ most float32 }

func (c column) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (c column) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := min(s.Width, max(c.most*scale(), o[0].MinSize().Width))
	o[0].Move(fyne.NewPos((s.Width-w)/2, 0))
	o[0].Resize(fyne.NewSize(w, s.Height))
}

// atMost keeps its child at the left, no wider than most at normal type.
type atMost struct{ most float32 }

func (a atMost) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (a atMost) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(min(s.Width, max(a.most*scale(), o[0].MinSize().Width)), s.Height))
}

// AtMost keeps a child at the left, no wider than most at normal type.
func AtMost(most float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(atMost{most}, o)
}

// Column keeps a child in the middle, no wider than most at normal type.
func Column(most float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(column{most}, o)
}
