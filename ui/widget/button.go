package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Kind is how loud a button is. One Primary a page.
type Kind int

// The kinds.
const (
	Secondary Kind = iota
	Primary
	Quiet
)

// ButtonPart is the one button: Space and Enter press it, it shows where the keyboard is, and
// it may be off with a reason.
type ButtonPart struct {
	widget.BaseWidget
	kind                 Kind
	words                Words
	glyph                string
	tap                  func()
	can                  func() bool
	escape               func()
	height, size, radius float32

	focused, hover bool
	face, ring     *BoxPart
	text           *TextPart
	icon           *IconPart
	root           fyne.CanvasObject
}

// Button does tap when pressed. icon may be empty.
func Button(kind Kind, icon string, w Words, tap func()) *ButtonPart {
	b := &ButtonPart{kind: kind, words: w, glyph: icon, tap: tap, height: 36, size: T14, radius: 6}
	b.build()
	b.ExtendBaseWidget(b)
	return b
}

// Link is a quiet button: words in accent.
func Link(w Words, tap func()) *ButtonPart { return Button(Quiet, "", w, tap) }

// Main makes it the main button of its page: higher.
func (b *ButtonPart) Main() *ButtonPart { return b.sized(44, T14, 6) }

// Kiosk makes it as large as a kiosk's buttons: height 112 to 168, words of a size.
func (b *ButtonPart) Kiosk(height, size float32) *ButtonPart { return b.sized(height, size, 12) }

// Small sets a link's words in 13.
func (b *ButtonPart) Small() *ButtonPart { return b.sized(24, T13, 6) }

func (b *ButtonPart) sized(height, size, radius float32) *ButtonPart {
	b.height, b.size, b.radius = height, size, radius
	b.build()
	return b
}

// When turns the button off while can says no. Its reason should stand beside it.
func (b *ButtonPart) When(can func() bool) *ButtonPart {
	b.can = can
	b.paint()
	return b
}

// OnEscape does something else where Escape is pressed on it.
func (b *ButtonPart) OnEscape(do func()) *ButtonPart {
	b.escape = do
	return b
}

// Says changes its words.
func (b *ButtonPart) Says(w Words) *ButtonPart {
	b.words = w
	b.text.words = w
	b.Refresh()
	return b
}

// Disabled reports whether the button is off.
func (b *ButtonPart) Disabled() bool { return b.can != nil && !b.can() }

// Enable is for Fyne, whose keyboard passes over what is off; When says whether it is.
func (b *ButtonPart) Enable() {}

// Disable is for Fyne; When says whether the button is off.
func (b *ButtonPart) Disable() {}

// build makes the parts; paint colours them.
func (b *ButtonPart) build() {
	b.face = Edge(None, None, b.radius)
	b.text = Text(b.words, b.size, Ink)
	in := Row(max(8, b.size/2))
	b.icon = nil
	if b.glyph != "" {
		b.icon = newIcon(b.glyph, b.size+2, Ink)
		in.Add(Pad(b.icon, float32(int(b.size/20+0.5)), 0, 0, 0))
	}
	in.Add(b.text)
	side := b.size + 2
	if b.kind == Quiet {
		side = 0
	}
	var body fyne.CanvasObject
	body, b.ring = withRing(Fix(0, b.height, Over(b.face, Pad(Mid(in), 0, side))), b.radius)
	b.root = body
	b.paint()
}

// paint colours the parts by kind and state.
func (b *ButtonPart) paint() {
	fill, edge, ink := CardColour, LineStrong, Ink
	switch {
	case b.Disabled() && b.kind == Quiet:
		fill, edge, ink = None, None, Ink3
	case b.Disabled():
		fill, edge, ink = Line, Line, Ink3
	case b.kind == Primary:
		fill, edge, ink = Accent, Accent, OnAccent
	case b.kind == Quiet:
		fill, edge, ink = None, None, Accent
	case b.hover:
		fill = Sunk
	}
	if b.hover && b.kind == Quiet && !b.Disabled() {
		fill = Tint
	}
	b.face.fill, b.face.edge = fill, edge
	b.face.stroke = 1
	b.text.colour = ink
	if b.icon != nil {
		b.icon.colour = ink
	}
	show(b.ring, b.focused && !b.Disabled())
}

// Tapped presses the button.
func (b *ButtonPart) Tapped(*fyne.PointEvent) {
	stir()
	if b.tap != nil && !b.Disabled() {
		b.tap()
	}
}

// TypedKey presses it with Space or Enter.
func (b *ButtonPart) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		b.Tapped(nil)
		return
	}
	if e.Name == fyne.KeyEscape && b.escape != nil {
		stir()
		b.escape()
		return
	}
	passOn(b, e)
}

// TypedRune is for Fyne; letters do nothing here.
func (b *ButtonPart) TypedRune(rune) { stir() }

// FocusGained shows the ring.
func (b *ButtonPart) FocusGained() { stir(); b.focused = true; b.Refresh() }

// FocusLost hides it.
func (b *ButtonPart) FocusLost() { b.focused = false; b.Refresh() }

// MouseIn lights the button a little.
func (b *ButtonPart) MouseIn(*desktop.MouseEvent) { b.hover = true; b.Refresh() }

// MouseMoved is for Fyne.
func (b *ButtonPart) MouseMoved(*desktop.MouseEvent) {}

// MouseOut puts the light out.
func (b *ButtonPart) MouseOut() { b.hover = false; b.Refresh() }

// Cursor is a hand over what can be pressed.
func (b *ButtonPart) Cursor() desktop.Cursor {
	if b.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer is for Fyne.
func (b *ButtonPart) CreateRenderer() fyne.WidgetRenderer {
	return &rendered{object: b.root, before: b.paint}
}
