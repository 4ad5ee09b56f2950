package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// ListPart shows thousands of rows by building only those that can be seen. It can be walked
// with the arrows and opened with Enter or Space, and dragged by finger.
type ListPart struct {
	widget.List
	count  func() int
	row    func(i int) fyne.CanvasObject
	height float32
	open   func(i int)
	at     int
}

// List has count rows, each as high as height at normal type; row builds the i-th, open is what
// Enter or a tap does.
func List(count func() int, height float32, row func(i int) fyne.CanvasObject, open func(i int)) *ListPart {
	l := &ListPart{count: count, row: row, height: height, open: open}
	l.Length = count
	l.CreateItem = func() fyne.CanvasObject { return Fix(0, height, Over(Box(None, 0))) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		slot := o.(*fyne.Container).Objects[0].(*fyne.Container)
		slot.Objects = []fyne.CanvasObject{row(i)}
		slot.Refresh()
	}
	l.OnSelected = func(i widget.ListItemID) {
		l.at = i
		l.UnselectAll()
		if open != nil {
			open(i)
		}
	}
	l.HideSeparators = false
	l.ExtendBaseWidget(l)
	return l
}

// Dragged scrolls by finger.
func (l *ListPart) Dragged(e *fyne.DragEvent) {
	l.ScrollToOffset(max(0, l.GetScrollOffset()-e.Dragged.DY))
}

// DragEnd is for Fyne.
func (l *ListPart) DragEnd() {}

// Home and End jump to the ends; the rest is Fyne's list.
func (l *ListPart) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyHome:
		l.ScrollToTop()
	case fyne.KeyEnd:
		l.ScrollToBottom()
	case fyne.KeyReturn, fyne.KeyEnter:
		l.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	default:
		l.List.TypedKey(k)
	}
}
