package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xuezheng/ui/model"
)

// Walk is where one is, and the way there: go to a place, go on to a page in it, go back.
type Walk struct {
	stage *fyne.Container
	way   []stop
	told  []func()
}

// stop is one page on the way. Leave is called when it is left for good.
type stop struct {
	key     string
	page    string // what the page is, where it differs from its place
	content fyne.CanvasObject
	leave   func()
	takes   func(model.File, error) // a file dropped while it is open
	hears   func(fyne.KeyName) bool // a single key pressed outside any field
}

// Stage is where the page one is on is shown.
func (w *Walk) Stage() fyne.CanvasObject {
	if w.stage == nil {
		w.stage = container.NewStack()
	}
	return w.stage
}

// Go goes to a place: what was open is left.
func (w *Walk) Go(key string, content fyne.CanvasObject, leave func()) {
	for len(w.way) > 0 {
		w.pop()
	}
	w.On(key, content, leave)
}

// On goes on to a page from which one can come back.
func (w *Walk) On(key string, content fyne.CanvasObject, leave func()) {
	w.way = append(w.way, stop{key: key, content: content, leave: leave})
	w.show()
}

// Back goes back one page; from the first there is no back.
func (w *Walk) Back() {
	if len(w.way) < 2 {
		return
	}
	w.pop()
	w.show()
}

// CanBack reports whether there is a page to go back to.
func (w *Walk) CanBack() bool { return len(w.way) > 1 }

// Place is the key of the place one is in; "" before the first.
func (w *Walk) Place() string {
	if len(w.way) == 0 {
		return ""
	}
	return w.way[0].key
}

// Page is the key of the page one is on.
func (w *Walk) Page() string {
	if len(w.way) == 0 {
		return ""
	}
	if last := w.way[len(w.way)-1]; last.page != "" {
		return last.page
	}
	return w.way[len(w.way)-1].key
}

// OnMove calls f after every step: rails and tabs show where one is.
func (w *Walk) OnMove(f func()) { w.told = append(w.told, f) }

func (w *Walk) pop() {
	last := w.way[len(w.way)-1]
	w.way = w.way[:len(w.way)-1]
	if last.leave != nil {
		last.leave()
	}
}

func (w *Walk) show() {
	stage := w.Stage().(*fyne.Container)
	stage.Objects = []fyne.CanvasObject{w.way[len(w.way)-1].content}
	stage.Refresh()
	for _, f := range w.told {
		f()
	}
}

// Named gives the page one is on another key, for a page that stands in another's place.
func (w *Walk) Named(page string) {
	if len(w.way) > 0 {
		w.way[len(w.way)-1].page = page
	}
}

// Leave leaves every page: nobody is here any more.
func (w *Walk) Leave() {
	for len(w.way) > 0 {
		w.pop()
	}
	w.told = nil
	if w.stage != nil {
		w.stage.Objects = nil
		w.stage.Refresh()
	}
}

// Takes lets the page one is on take files dropped on the window.
func (w *Walk) Takes(f func(model.File, error)) {
	if len(w.way) > 0 {
		w.way[len(w.way)-1].takes = f
	}
}

// Taker takes a file dropped now; nil if the page doesn't want one.
func (w *Walk) Taker() func(model.File, error) {
	if len(w.way) == 0 {
		return nil
	}
	return w.way[len(w.way)-1].takes
}

// Hears gives the page one is on the single keys pressed outside any field; f reports whether it
// had a use for the key.
func (w *Walk) Hears(f func(fyne.KeyName) bool) {
	if len(w.way) > 0 {
		w.way[len(w.way)-1].hears = f
	}
}

// Key hands a key to the page one is on, and reports whether it had a use for it.
func (w *Walk) Key(k fyne.KeyName) bool {
	if len(w.way) == 0 {
		return false
	}
	hears := w.way[len(w.way)-1].hears
	return hears != nil && hears(k)
}
