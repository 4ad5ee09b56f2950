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

// cells gives each child its column; width 0 grows, and children share the columns' order.
type cells struct{ widths []float32 }

func (c cells) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for i, x := range o {
		s.Height = max(s.Height, x.MinSize().Height)
		s.Width += c.widths[i] * scale()
	}
	return s
}

func (c cells) Layout(o []fyne.CanvasObject, s fyne.Size) {
	var sum, growing float32
	for _, w := range c.widths {
		if sum += w * scale(); w == 0 {
			growing++
		}
	}
	var x float32
	for i, child := range o {
		w := c.widths[i] * scale()
		if w == 0 {
			w = max(0, (s.Width-sum)/growing)
		}
		h := child.MinSize().Height
		child.Move(fyne.NewPos(x, (s.Height-h)/2))
		child.Resize(fyne.NewSize(w, h))
		x += w
	}
}

// Cells stands children in columns that every row of a list shares; width 0 grows.
func Cells(widths []float32, o ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(cells{widths}, o...)
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
