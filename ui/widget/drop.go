package widget

import "fyne.io/fyne/v2"

// DropZone is a place that asks for a file: drop one on the window, or choose it.
func DropZone(icon string, title, text Words, button fyne.CanvasObject) fyne.CanvasObject {
	sign := Fix(64, 64, Over(Circle(64, Tint, None, 0), Mid(Icon(icon, 28, Accent))))
	words := ColMid(6, Bold(title, T18), Text(text, T13, Ink2).Centre())
	return Over(Edge(CardColour, LineStrong, 8), Pad(Mid(ColMid(16, sign, words, button)), 40, 24))
}
