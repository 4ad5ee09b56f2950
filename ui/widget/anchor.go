package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// AnchorPart is nothing to see: where the keyboard stands when a page has just opened, so that
// Tab goes on into the page and not to the first thing of the window.
type AnchorPart struct {
	widget.BaseWidget
}

// Anchor makes one; it belongs before the page.
func Anchor() *AnchorPart {
	a := &AnchorPart{}
	a.ExtendBaseWidget(a)
	return a
}

// TypedKey gives every key to the window.
func (a *AnchorPart) TypedKey(e *fyne.KeyEvent) { passOn(a, e) }

// TypedRune is for Fyne.
func (a *AnchorPart) TypedRune(rune) { stir() }

// FocusGained is for Fyne.
func (a *AnchorPart) FocusGained() {}

// FocusLost is for Fyne.
func (a *AnchorPart) FocusLost() {}

// MinSize is nothing.
func (a *AnchorPart) MinSize() fyne.Size { return fyne.Size{} }

// CreateRenderer is for Fyne.
func (a *AnchorPart) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
