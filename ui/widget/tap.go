package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// passOn gives a key that a part has no use for to the window, for the single keys of a page.
func passOn(o fyne.CanvasObject, e *fyne.KeyEvent) {
	stir()
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// FocusOn puts the keyboard on a part that stands in a window.
func FocusOn(f interface {
	fyne.CanvasObject
	fyne.Focusable
}) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(f); c != nil {
		c.Focus(f)
	}
}

// TapPart makes anything pressable, by mouse, touch, Space or Enter, with a focus ring inside
// its edge.
type TapPart struct {
	widget.BaseWidget
	tap     func()
	chosen  func() bool
	hover   bool
	focused bool
	ground  *BoxPart
	ring    *BoxPart // over what is pressed, which may have a ground of its own
	shade   Colour   // while the mouse is over it
	rim     Colour   // of the focus ring
	root    fyne.CanvasObject
}

// Tappable does tap when o is pressed.
func Tappable(o fyne.CanvasObject, tap func()) *TapPart { return TapRow(o, tap, nil) }

// TapRow is Tappable for rows of a list: the chosen one is tinted.
func TapRow(o fyne.CanvasObject, tap func(), chosen func() bool) *TapPart {
	t := &TapPart{tap: tap, chosen: chosen, ground: Box(None, 4), ring: Box(None, 4), shade: Sunk, rim: Accent}
	t.root = Over(Pad(t.ground, 1, 1), o, Pad(t.ring, 1, 1))
	t.ExtendBaseWidget(t)
	t.paint()
	return t
}

// Chosen shows a row of a list tinted while it is the chosen one; the list takes the taps.
func Chosen(o fyne.CanvasObject, is bool) fyne.CanvasObject {
	if !is {
		return o
	}
	return Over(Pad(Box(Tint, 4), 1, 1), o)
}

// on sets it on a ground other than paper.
func (t *TapPart) on(shade, rim Colour) *TapPart {
	t.shade, t.rim = shade, rim
	return t
}

func (t *TapPart) paint() {
	t.ground.fill, t.ring.edge, t.ring.stroke = None, None, 0
	chosen := t.chosen != nil && t.chosen()
	if t.hover {
		t.ground.fill = t.shade
	}
	if chosen {
		t.ground.fill = Tint
	}
	if t.focused {
		t.ring.edge, t.ring.stroke = t.rim, 2
	}
}

// Tapped presses it.
func (t *TapPart) Tapped(*fyne.PointEvent) {
	stir()
	if t.tap != nil {
		t.tap()
	}
}

// TypedKey presses it with Space or Enter.
func (t *TapPart) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		t.Tapped(nil)
		return
	}
	passOn(t, e)
}

// TypedRune is for Fyne.
func (t *TapPart) TypedRune(rune) { stir() }

// FocusGained shows the ring.
func (t *TapPart) FocusGained() { stir(); t.focused = true; t.Refresh() }

// FocusLost hides it.
func (t *TapPart) FocusLost() { t.focused = false; t.Refresh() }

// MouseIn shades it.
func (t *TapPart) MouseIn(*desktop.MouseEvent) { t.hover = true; t.Refresh() }

// MouseMoved is for Fyne.
func (t *TapPart) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the shade away.
func (t *TapPart) MouseOut() { t.hover = false; t.Refresh() }

// Cursor is a hand.
func (t *TapPart) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for Fyne.
func (t *TapPart) CreateRenderer() fyne.WidgetRenderer {
	return &rendered{object: t.root, before: t.paint}
}
