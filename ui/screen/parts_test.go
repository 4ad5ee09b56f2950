package screen_test

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"xuezheng/ui/shell"
	"xuezheng/ui/theme"
	"xuezheng/ui/widget"
	"xuezheng/ui/word"
)

// page is a screen on an easel, as someone before it sees it and can use it.
type page struct {
	t    testing.TB
	name string
	e    *shell.Easel
	o    fyne.CanvasObject
	size fyne.Size
}

var desktop = fyne.NewSize(1280, 800)

// inBoth tells a story in Chinese and in English; each time nothing may be cut.
func inBoth(t *testing.T, build func() fyne.CanvasObject, story func(p *page)) {
	t.Helper()
	for _, lang := range word.Languages {
		book := word.MustOpen(lang)
		widget.Use(book)
		e := shell.NewEasel()
		e.Look(theme.Theme{})
		p := put(t, lang, e, build(), desktop)
		story(p)
		p.sound()
	}
}

func put(t testing.TB, name string, e *shell.Easel, o fyne.CanvasObject, size fyne.Size) *page {
	e.Put(o, size.Width, size.Height)
	return &page{t, name, e, o, size}
}

// settle lays out anew what a press or a letter changed.
func (p *page) settle() { shell.Settle(p.o, p.size) }

// part is something visible, with the places it stands in.
type part struct {
	o    fyne.CanvasObject
	x, y float32
	in   []fyne.CanvasObject
}

// parts lists everything visible, in the order it was put there, outer parts first.
func (p *page) parts() (list []part) {
	var walk func(o fyne.CanvasObject, x, y float32, in []fyne.CanvasObject)
	walk = func(o fyne.CanvasObject, x, y float32, in []fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		x, y = x+o.Position().X, y+o.Position().Y
		list = append(list, part{o, x, y, in})
		in = append(slices.Clone(in), o)
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c, x, y, in)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c, x, y, in)
			}
		}
	}
	walk(p.o, 0, 0, nil)
	return list
}

// texts are the lines that can be read.
func (p *page) texts() (list []string) {
	for _, x := range p.parts() {
		if t, ok := x.o.(*canvas.Text); ok && strings.TrimSpace(t.Text) != "" {
			list = append(list, t.Text)
		}
	}
	return list
}

// all is what can be read, as one text: a paragraph's broken lines are together again.
func (p *page) all() string { return run(strings.Join(p.texts(), "")) }

// run is a text without its spaces and capitals, which breaking lines and beginning them change.
func run(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }

func say(key string, figures ...any) string { return widget.Book().Say(key, figures...) }

// says fails unless the words of every key stand on the screen.
func (p *page) says(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		p.shows(say(key))
	}
}

// shows fails unless every text stands on the screen.
func (p *page) shows(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.all(), run(text)) {
			p.t.Errorf("%s: %q is not there; what is: %q", p.name, text, p.texts())
		}
	}
}

// hides fails if the words of a key stand on the screen.
func (p *page) hides(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		if strings.Contains(p.all(), run(say(key))) {
			p.t.Errorf("%s: %q is there", p.name, say(key))
		}
	}
}

// find is the innermost part of a kind whose words are just that text.
func find[T fyne.CanvasObject](p *page, text string) (found T, ok bool) {
	for _, x := range p.parts() {
		t, is := x.o.(*canvas.Text)
		if !is || t.Text != text {
			continue
		}
		for _, in := range slices.Backward(x.in) {
			if found, ok = in.(T); ok {
				return found, true
			}
		}
	}
	return found, false
}

// presses presses what says that, as a finger does; what is off can't be pressed.
func (p *page) presses(key string, figures ...any) {
	p.t.Helper()
	p.pressesText(say(key, figures...))
}

func (p *page) pressesText(text string) {
	p.t.Helper()
	o, ok := find[pressable](p, text)
	if !ok {
		p.t.Errorf("%s: nothing to press says %q; what stands there: %q", p.name, text, p.texts())
		return
	}
	if b, is := o.(*widget.ButtonPart); is && b.Disabled() {
		p.t.Errorf("%s: %q is off", p.name, text)
	}
	o.Tapped(&fyne.PointEvent{})
	p.settle()
}

type pressable interface {
	fyne.CanvasObject
	fyne.Tappable
}

// off fails unless the button is there and can't be pressed.
func (p *page) off(key string) { p.t.Helper(); p.is(key, true) }

// on fails unless the button is there and can be pressed.
func (p *page) on(key string) { p.t.Helper(); p.is(key, false) }

func (p *page) is(key string, off bool) {
	p.t.Helper()
	if b, ok := find[*widget.ButtonPart](p, say(key)); !ok || b.Disabled() != off {
		p.t.Errorf("%s: %q there %v, wanted off %v", p.name, say(key), ok, off)
	}
}

// writes writes into the field of that name.
func (p *page) writes(key, text string) {
	p.t.Helper()
	f, ok := find[*widget.FieldPart](p, say(key))
	if !ok {
		p.t.Fatalf("%s: no field %q; what stands there: %q", p.name, say(key), p.texts())
	}
	inner := &page{p.t, p.name, p.e, f, p.size}
	for _, x := range inner.parts() {
		if e, ok := x.o.(*widget.Entry); ok {
			e.SetText(text)
			p.settle()
			return
		}
	}
	p.t.Errorf("%s: nothing can be written into %q", p.name, say(key))
}

// rawKey is a key for which there are no words, as it would be shown.
var rawKey = regexp.MustCompile(`^[a-z]+(-[a-z]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$`)

// sound fails if anything is cut, lies upon another, or is said by its key.
func (p *page) sound() {
	p.t.Helper()
	p.settle()
	for _, flaw := range shell.Flaws(p.o, p.size) {
		p.t.Errorf("%s: %s", p.name, flaw)
	}
	for _, text := range p.texts() {
		if rawKey.MatchString(text) && !strings.Contains(text, "example") {
			p.t.Errorf("%s: %q has no words", p.name, text)
		}
	}
}

// tabs are the parts the Tab key goes through, in its order.
func (p *page) tabs() (list []part) {
	for _, x := range p.parts() {
		_, ok := x.o.(fyne.Focusable)
		if d, can := x.o.(fyne.Disableable); !ok || can && d.Disabled() {
			continue
		}
		list = append(list, x)
	}
	return list
}

// tabsDown fails unless Tab goes from above to below, and from left to right: the order of reading.
func (p *page) tabsDown() {
	p.t.Helper()
	list := p.tabs()
	read := slices.Clone(list)
	slices.SortStableFunc(read, func(a, b part) int {
		if ay, by := a.y+a.o.Size().Height/2, b.y+b.o.Size().Height/2; max(ay-by, by-ay) > 16 {
			return cmp.Compare(ay, by)
		}
		return cmp.Compare(a.x, b.x)
	})
	for i := range list {
		if list[i].o != read[i].o {
			p.t.Errorf("%s: the %d. stop of Tab is a %T at %.0f,%.0f; reading, it would be a %T at %.0f,%.0f", p.name, i+1, list[i].o, list[i].x, list[i].y, read[i].o, read[i].x, read[i].y)
			return
		}
	}
	if len(list) == 0 {
		p.t.Errorf("%s: Tab goes nowhere", p.name)
	}
}
