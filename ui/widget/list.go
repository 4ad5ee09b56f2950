package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"xuezheng/ui/model"
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
	heard  bool // the page hears every key
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
	stir()
	l.ScrollToOffset(max(0, l.GetScrollOffset()-e.Dragged.DY))
}

// DragEnd is for Fyne.
func (l *ListPart) DragEnd() {}

// Home and End jump to the ends, the arrows go from row to row, Enter and Space open one; the other keys are
// the page's, and so are those where it hears them all.
func (l *ListPart) TypedKey(k *fyne.KeyEvent) {
	stir()
	switch k.Name {
	case fyne.KeyHome:
		l.ScrollToTop()
		return
	case fyne.KeyEnd:
		l.ScrollToBottom()
		return
	}
	switch {
	case l.heard:
		passOn(l, k)
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		l.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	case k.Name == fyne.KeySpace || k.Name == fyne.KeyUp || k.Name == fyne.KeyDown:
		l.List.TypedKey(k)
	default:
		passOn(l, k)
	}
}

// ListOf is what a ListCard shows.
type ListOf struct {
	Head   fyne.CanvasObject // caption row, or nil
	Foot   fyne.CanvasObject // or nil
	Height float32           // of a row, at normal type
	Count  func() int
	Row    func(i int) fyne.CanvasObject
	Open   func(i int)              // what Enter or a tap does; nil for nothing
	Empty  func() fyne.CanvasObject // what stands there while there is nothing
	Loaded func() bool              // nil: at once
	Retry  func()                   // asks again after a no; may be nil
	Least  float32                  // rows that must be seen at least; 6 if 0
	List   **ListPart               // gets the list, for those who move in it
	Heard  bool                     // the page has keys of its own for the rows: it hears all, whoever has the keyboard
}

// ListCard is a card with a list of any length, which says for itself when it is empty, working
// or broken. It follows the screen's model and keeps its place and the keyboard while it does.
func ListCard(s *model.Screen, o ListOf) fyne.CanvasObject {
	list := List(o.Count, o.Height, o.Row, o.Open)
	list.heard = o.Heard
	if o.List != nil {
		*o.List = list
	}
	loaded := func() bool { return o.Loaded == nil || o.Loaded() }
	rows := max(o.Least, 1)
	if o.Least == 0 {
		rows = 6
	}
	body := Col(0)
	if o.Head != nil {
		body.Add(o.Head)
	}
	body.Add(Grow(Least(0, o.Height*rows, Pad(list, 0, 1))))
	if o.Foot != nil {
		body.Add(Rule())
		body.Add(o.Foot)
	}
	full := When(func() bool { return loaded() && o.Count() > 0 }, Card(body))
	other := When(func() bool { return !loaded() || o.Count() == 0 }, Live(s, func() fyne.CanvasObject {
		switch {
		case s.Problem() != nil && !loaded():
			return No(s.Problem(), o.Retry)
		case !loaded():
			return Working(s)
		case o.Count() > 0:
			return Col(0)
		}
		return o.Empty()
	}))
	s.OnChange(func() { full.Refresh(); other.Refresh(); list.Refresh() })
	return Col(0, Grow(full), other)
}
