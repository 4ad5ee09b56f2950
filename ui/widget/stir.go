package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// stirred hears of every key and tap that reaches a part; nil while nobody listens.
var stirred func()

// OnStir lets f hear whenever somebody uses the window: a key in a field or on a button, a tap,
// a wheel. One listener at a time; nil ends it.
func OnStir(f func()) { stirred = f }

// stir tells that somebody is here.
func stir() {
	if stirred != nil {
		stirred()
	}
}

// SensePart lies under a whole window and notices the mouse over anything in it: the window asks
// every object under the mouse for its cursor at each move, from the ground upwards.
type SensePart struct {
	widget.BaseWidget
	root fyne.CanvasObject
}

// Sense makes a window's content notice the mouse.
func Sense(o fyne.CanvasObject) *SensePart {
	s := &SensePart{root: o}
	s.ExtendBaseWidget(s)
	return s
}

// Cursor is the ordinary one; being asked for it means that the mouse moved.
func (s *SensePart) Cursor() desktop.Cursor {
	stir()
	return desktop.DefaultCursor
}

// CreateRenderer is for Fyne.
func (s *SensePart) CreateRenderer() fyne.WidgetRenderer { return &rendered{object: s.root} }
