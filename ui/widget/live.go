package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"xuezheng/ui/model"
)

// lookPart runs something before each refresh of what it holds.
type lookPart struct {
	widget.BaseWidget
	object fyne.CanvasObject
	before func()
}

func newLook(o fyne.CanvasObject, before func()) *lookPart {
	l := &lookPart{object: o, before: before}
	l.ExtendBaseWidget(l)
	before()
	return l
}

// CreateRenderer is for Fyne.
func (l *lookPart) CreateRenderer() fyne.WidgetRenderer {
	return &rendered{object: l.object, before: l.before}
}

// When shows o only while is says so.
func When(is func() bool, o fyne.CanvasObject) fyne.CanvasObject {
	inner := Over(o)
	w := newLook(inner, func() { show(o, is()) })
	return w
}

// LivePart holds what is built from a model, and builds it anew whenever the model changes.
type LivePart struct {
	widget.BaseWidget
	build   func() fyne.CanvasObject
	current fyne.CanvasObject
}

// Live builds its content anew whenever the screen changes. Fields belong outside, or they
// would lose the keyboard in the middle of a word.
func Live(s *model.Screen, build func() fyne.CanvasObject) *LivePart {
	l := &LivePart{build: build, current: build()}
	l.ExtendBaseWidget(l)
	if s != nil {
		s.OnChange(l.Rebuild)
	}
	return l
}

// Rebuild builds the content anew.
func (l *LivePart) Rebuild() {
	l.current = l.build()
	l.current.Resize(l.Size())
	l.Refresh()
}

// CreateRenderer is for Fyne.
func (l *LivePart) CreateRenderer() fyne.WidgetRenderer { return liveRenderer{l} }

type liveRenderer struct{ l *LivePart }

func (r liveRenderer) Layout(s fyne.Size)           { r.l.current.Resize(s) }
func (r liveRenderer) MinSize() fyne.Size           { return r.l.current.MinSize() }
func (r liveRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.l.current} }
func (r liveRenderer) Destroy()                     {}
func (r liveRenderer) Refresh() {
	r.l.current.Resize(r.l.Size())
	r.l.current.Refresh()
	canvas.Refresh(r.l) // what was just built is on no window yet, and asks none to be drawn anew
}

// LiveBy is Live that builds anew only when what key says changes, and forgets what stood there;
// otherwise that says itself anew, so that a finger on a button is not left without its button.
func LiveBy(s *model.Screen, key func() string, build func() fyne.CanvasObject) *LivePart {
	l := &LivePart{build: build, current: build()}
	l.ExtendBaseWidget(l)
	was := key()
	s.OnChange(func() {
		if now := key(); now != was {
			was = now
			old := l.current
			l.Rebuild()
			Forget(old)
			return
		}
		l.Refresh()
	})
	return l
}
