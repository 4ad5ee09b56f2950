package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Forget empties what stood on a page: Fyne keeps what was drawn for a minute, and with it every
// name and picture on it. What is emptied is never shown again.
func Forget(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			Forget(c)
		}
	case *canvas.Text:
		o.Text = ""
	case *canvas.Image:
		o.Image = nil
	case *TextPart:
		o.words, o.line.Text = nil, ""
	case *ParaPart:
		Forget(o.box)
		o.words, o.box.Objects = nil, nil
		o.last.text = ""
	case *ButtonPart:
		Forget(o.root)
		o.words, o.tap, o.can = nil, nil, nil
	case *TapPart:
		Forget(o.root)
		o.tap, o.chosen = nil, nil
	case *lookPart:
		Forget(o.object)
		o.before = func() {}
	case *ListPart:
		o.Length = func() int { return 0 }
		o.row, o.open = nil, nil
	}
}
