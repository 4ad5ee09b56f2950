package widget

import (
	"image"
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Band is a stretch of a photo in which a line of the face must lie, in pixels of the standard.
type Band struct {
	Name     Words
	From, To int
	Limits   Words // what stands under the name; From–To if nil
}

// CropPart shows a picture through the frame of a standard, with the lines of the standard drawn
// over it to scale. It is moved by dragging, and zoomed by the wheel.
type CropPart struct {
	widget.BaseWidget
	picture func() (image.Image, image.Rectangle) // the preview, and the frame in its pixels
	moved   func(dx, dy float64)                  // by parts of the frame
	zoomed  func(by float64)
	keyed   func(key string) bool
	shown   *canvas.Image
	ring    *BoxPart
	marks   *spotPart
	focused bool
	root    fyne.CanvasObject
}

// Crop shows a picture through a frame of w by h pixels of the standard, drawn high; marks are the
// findings that have a place in it.
func Crop(w, h int, high float32, bands []Band, face [2]int, picture func() (image.Image, image.Rectangle), moved func(dx, dy float64), zoomed func(by float64), keyed func(string) bool, marks func() []Spot) *CropPart {
	c := &CropPart{picture: picture, moved: moved, zoomed: zoomed, keyed: keyed, shown: canvas.NewImageFromImage(image.NewRGBA(image.Rect(0, 0, 1, 1)))}
	c.shown.FillMode = canvas.ImageFillStretch
	c.shown.ScaleMode = canvas.ImageScaleSmooth
	k := high / float32(max(1, h))
	layout := &cropLayout{w: float32(math.Round(float64(float32(w) * k))), h: high, // a fraction would set its frame aside
		k: k, bands: bands, face: face}
	objects := []fyne.CanvasObject{Over(c.shown, Edge(None, LineStrong, 0))}
	for _, b := range bands {
		limits := b.Limits
		if limits == nil {
			limits = Data(strconv.Itoa(b.From) + "–" + strconv.Itoa(b.To))
		}
		objects = append(objects, Box(Accent, 0), Box(Accent, 0), Text(b.Name, T12, Ink3), Text(limits, T12, Ink2))
	}
	if face[1] > 0 {
		objects = append(objects, Box(Accent, 0), Box(Accent, 0))
	}
	c.marks = newSpots(marks, k)
	objects = append(objects, c.marks.root)
	frame, ring := withRing(container.New(layout, objects...), 2)
	// Whatever scrolls is cut off at its edge: without room round it neither the focus ring nor the
	// outlines would stand where they belong.
	c.ring, c.root = ring, Pad(frame, 4)
	c.ExtendBaseWidget(c)
	c.paint()
	return c
}

func (c *CropPart) paint() {
	img, crop := c.picture()
	if sub, ok := img.(interface {
		SubImage(image.Rectangle) image.Image
	}); ok && !crop.Empty() {
		c.shown.Image = sub.SubImage(crop)
	}
	show(c.ring, c.focused)
	if c.marks != nil {
		c.marks.paint()
	}
}

// cropLayout places the frame, its lines, and their names at the right.
type cropLayout struct {
	w, h, k float32
	bands   []Band
	face    [2]int
}

// besideFrame is the room for names at the right of the frame.
const besideFrame = 84

func (l *cropLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize((l.w+besideFrame)*scale(), l.h*scale())
}

func (l *cropLayout) Layout(o []fyne.CanvasObject, _ fyne.Size) {
	s := scale()
	w, h, k := l.w*s, l.h*s, l.k*s
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	place(o[0], 0, 0, w, h)
	for i, b := range l.bands {
		at := 1 + 4*i
		from, to := float32(b.From)*k, float32(b.To)*k
		place(o[at], 0, from, w+8*s, 1)
		place(o[at+1], 0, to, w+8*s, 1)
		mid := (from + to) / 2
		place(o[at+2], w+14*s, mid-18*s, 70*s, 18*s)
		place(o[at+3], w+14*s, mid, 70*s, 18*s)
	}
	place(o[len(o)-1], 0, 0, w, h)
	if l.face[1] > 0 && len(l.bands) > 0 {
		at := 1 + 4*len(l.bands)
		half := float32(l.face[1]) * k / 2
		top, low := float32(l.bands[0].From)*k, float32(l.bands[len(l.bands)-1].To)*k
		place(o[at], w/2-half, top, 1, low-top)
		place(o[at+1], w/2+half, top, 1, low-top)
	}
}

// Dragged moves the picture under the frame.
func (c *CropPart) Dragged(e *fyne.DragEvent) {
	s := c.shown.Size()
	if s.Width > 0 && s.Height > 0 {
		c.moved(-float64(e.Dragged.DX/s.Width), -float64(e.Dragged.DY/s.Height))
		c.Refresh()
	}
}

// DragEnd is for Fyne.
func (c *CropPart) DragEnd() {}

// Scrolled zooms.
func (c *CropPart) Scrolled(e *fyne.ScrollEvent) {
	switch {
	case e.Scrolled.DY > 0:
		c.zoomed(1.05)
	case e.Scrolled.DY < 0:
		c.zoomed(1 / 1.05)
	}
	c.Refresh()
}

// TypedKey moves by the arrows.
func (c *CropPart) TypedKey(e *fyne.KeyEvent) {
	if c.keyed(string(e.Name)) {
		c.Refresh()
		return
	}
	passOn(c, e)
}

// TypedRune zooms by plus and minus.
func (c *CropPart) TypedRune(r rune) {
	if c.keyed(string(r)) {
		c.Refresh()
	}
}

// Tapped takes the keyboard.
func (c *CropPart) Tapped(*fyne.PointEvent) {
	if on := fyne.CurrentApp().Driver().CanvasForObject(c); on != nil {
		on.Focus(c)
	}
}

// FocusGained shows the ring.
func (c *CropPart) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost hides it.
func (c *CropPart) FocusLost() { c.focused = false; c.Refresh() }

// Cursor is a cross, to move.
func (c *CropPart) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// CreateRenderer is for Fyne.
func (c *CropPart) CreateRenderer() fyne.WidgetRenderer {
	return &rendered{object: c.root, before: func() { c.paint(); c.shown.Refresh() }}
}
