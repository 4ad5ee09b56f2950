package widget

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// caretWidth is how thick the caret is that stands where the next character comes.
const caretWidth = 2

// caretRenderer draws an entry with a caret of our own: Fyne's is as thick as the line round an entry,
// of which ours has none, and it is painted anew all the time.
type caretRenderer struct {
	fyne.WidgetRenderer
	entry *Entry
	caret *canvas.Rectangle
}

// CreateRenderer is for Fyne.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	r := &caretRenderer{e.Entry.CreateRenderer(), e, canvas.NewRectangle(paint(Accent))}
	e.OnCursorChanged = r.place
	r.place()
	return r
}

// Objects is for Fyne.
func (r *caretRenderer) Objects() []fyne.CanvasObject {
	return append(append([]fyne.CanvasObject(nil), r.WidgetRenderer.Objects()...), r.caret)
}

// Layout is for Fyne.
func (r *caretRenderer) Layout(s fyne.Size) {
	r.WidgetRenderer.Layout(s)
	r.place()
}

// Refresh is for Fyne.
func (r *caretRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.caret.FillColor = paint(Accent)
	r.place()
}

// place puts the caret where the next character comes; it is seen while the field has the keyboard.
func (r *caretRenderer) place() {
	from, room := r.scrolled()
	at := r.entry.CursorPosition().Add(from)
	line := fyne.MeasureText("国", theme.TextSize(), r.entry.TextStyle).Height
	at.X = max(0, at.X-caretWidth/2)
	r.caret.Resize(fyne.NewSize(caretWidth, line))
	r.caret.Move(at)
	if r.entry.writing && (room == 0 || at.X <= room) {
		r.caret.Show()
	} else {
		r.caret.Hide()
	}
	canvas.Refresh(r.caret)
}

// scrolled is how far what is written has been moved, and how much of it can be seen.
func (r *caretRenderer) scrolled() (from fyne.Position, room float32) {
	for _, o := range r.WidgetRenderer.Objects() {
		v := reflect.Indirect(reflect.ValueOf(o)) // Fyne's scroll of an entry is its own, but its content is open
		if v.Kind() != reflect.Struct {
			continue
		}
		field := v.FieldByName("Content")
		if !field.IsValid() || !field.CanInterface() {
			continue
		}
		if content, ok := field.Interface().(fyne.CanvasObject); ok && content != nil {
			return o.Position().Add(content.Position()), o.Position().X + o.Size().Width
		}
	}
	return from, 0
}
