package shell

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"xuezheng/ui/theme"
)

// Easel draws screens without a display: for the tour, for pictures to look at, and for tests.
type Easel struct {
	app    fyne.App
	canvas software.WindowlessCanvas
}

// NewEasel makes an app of its own. Only programs without a window may have one.
func NewEasel() *Easel {
	return &Easel{app: test.NewApp()}
}

// Look sets how what is drawn from now on looks.
func (e *Easel) Look(t theme.Theme) {
	wake()
	e.app.Settings().SetTheme(t)
	if e.canvas != nil {
		Settle(e.canvas.Content(), e.canvas.Size())
	}
}

// Put stands a screen on the easel, as large as a window.
func (e *Easel) Put(o fyne.CanvasObject, width, height float32) {
	wake()
	e.canvas = software.NewCanvas()
	e.canvas.SetPadded(false)
	e.canvas.SetContent(o)
	e.canvas.Resize(fyne.NewSize(width, height))
	Settle(o, fyne.NewSize(width, height))
}

// wake sets Fyne's clock, which only drawing does. What nobody saw for a minute of that clock is
// thrown away at the next drawing: without this, after a minute without one, a screen just laid
// out would be thrown away before it is drawn, and be drawn not laid out.
func wake() { software.NewCanvas().Capture() }

// Focus puts the keyboard on an object of the screen.
func (e *Easel) Focus(f fyne.Focusable) { e.canvas.Focus(f) }

// Picture draws the screen.
func (e *Easel) Picture() image.Image { return e.canvas.Capture() }

// Draw is Put and Picture in one.
func (e *Easel) Draw(o fyne.CanvasObject, width, height float32) image.Image {
	e.Put(o, width, height)
	return e.Picture()
}

// Settle lays a screen out until its broken lines know their width: a paragraph learns it only
// once it has been placed, and may then be higher than its column thought.
func Settle(o fyne.CanvasObject, size fyne.Size) {
	var was fyne.Size
	for i := range 4 {
		o.Refresh()
		relayout(o)
		now := extent(o)
		if i > 0 && now == was {
			break
		}
		was = now
	}
	o.Resize(size)
}

// extent sums up how large everything below o is: what still changes is not settled.
func extent(o fyne.CanvasObject) fyne.Size {
	sum := o.Size().AddWidthHeight(o.Position().X, o.Position().Y)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			sum = sum.Add(extent(c))
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			sum = sum.Add(extent(c))
		}
	}
	return sum
}

// relayout lays out every container anew, from the outside in.
func relayout(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *fyne.Container:
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, o.Size())
		}
		for _, c := range o.Objects {
			relayout(c)
		}
	case fyne.Widget:
		r := test.WidgetRenderer(o)
		r.Layout(o.Size())
		for _, c := range r.Objects() {
			relayout(c)
		}
	}
}
