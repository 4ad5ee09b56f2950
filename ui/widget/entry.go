package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xuezheng/ui/model"
)

// Entry is the one field people write in. While an input method composes, the keys that guide
// it (BackSpace, Return, Escape, arrows) reach the field as well: they are swallowed here, or
// they would delete what is written, or send the form, in the middle of a word.
type Entry struct {
	widget.Entry
	field     *model.Text
	composing int  // letter keys that came without their letter
	writing   bool // it has the keyboard
	onFocus   func(bool)
	onKey     func(fyne.KeyName) bool // a key the owner wants first: arrows in a list
	hint      Words
}

// NewEntry writes into field.
func NewEntry(field *model.Text) *Entry {
	e := &Entry{field: field}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(e)
	e.Text = field.Raw()
	e.OnChanged = e.changed
	field.Watch(e.follow)
	return e
}

// Hidden hides what is written, for passphrases.
func (e *Entry) Hidden() *Entry {
	e.Password = true
	return e
}

// Hint shows words while nothing is written.
func (e *Entry) Hint(w Words) *Entry {
	e.hint = w
	e.PlaceHolder = say(w)
	return e
}

// Refresh says the hint in the language of now, cut to the field.
func (e *Entry) Refresh() {
	h := say(e.hint)
	if room := e.Size().Width - 2*theme.InnerPadding(); room > 0 {
		h = elide(h, room, theme.TextSize(), fyne.TextStyle{})
	}
	e.PlaceHolder = h
	e.Entry.Refresh()
}

// Resize cuts the hint to the field.
func (e *Entry) Resize(s fyne.Size) {
	if s != e.Size() {
		e.Entry.Resize(s)
		e.Refresh()
	}
}

// changed takes what was written into the model, without tabs: a tab among Chinese makes
// characters vanish from the screen.
func (e *Entry) changed(s string) {
	if clean := withoutTabs(s); clean != s {
		e.SetText(clean)
		return
	}
	e.field.Set(s)
}

func withoutTabs(s string) string { return strings.ReplaceAll(s, "\t", " ") }

// follow shows what the model says.
func (e *Entry) follow() {
	if e.field.Raw() != e.Text {
		e.SetText(e.field.Raw())
	}
}

// TypedKey counts letters on their way, and swallows what belongs to the input method.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	stir()
	if len(k.Name) == 1 && k.Name[0] >= 'A' && k.Name[0] <= 'Z' {
		e.composing++
		return
	}
	if e.composing > 0 && e.guides(k.Name) {
		return
	}
	if e.onKey != nil && e.onKey(k.Name) {
		return
	}
	if k.Name == fyne.KeyEscape { // of no use in a field: the window goes back by it
		passOn(e, k)
		return
	}
	e.Entry.TypedKey(k)
}

// guides reports whether a key belongs to the input method while it composes, and keeps count.
func (e *Entry) guides(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyBackspace:
		e.composing--
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyEscape:
		e.composing = 0
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyDelete, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown:
	default:
		return false
	}
	return true
}

// TypedRune writes a letter: its key was one of those counted, or the input method is done.
func (e *Entry) TypedRune(r rune) {
	stir()
	if r < 0x80 && e.composing > 0 {
		e.composing--
	} else {
		e.composing = 0
	}
	if r == '\t' {
		return
	}
	e.Entry.TypedRune(r)
}

// TypedShortcut pastes and copies; no composing goes on then.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	stir()
	if _, own := s.(*desktop.CustomShortcut); own {
		// The window's own keys work from inside a field too.
		if c, ok := fyne.CurrentApp().Driver().CanvasForObject(e).(fyne.Shortcutable); ok {
			c.TypedShortcut(s)
			return
		}
	}
	e.composing = 0
	e.Entry.TypedShortcut(s)
}

// MouseDown ends composing, as input methods do.
func (e *Entry) MouseDown(m *desktop.MouseEvent) {
	stir()
	e.composing = 0
	e.Entry.MouseDown(m)
}

// FocusGained tells the box round the field.
func (e *Entry) FocusGained() {
	e.composing, e.writing = 0, true
	e.Entry.FocusGained()
	if e.onFocus != nil {
		e.onFocus(true)
	}
}

// FocusLost tells the box round the field.
func (e *Entry) FocusLost() {
	e.composing, e.writing = 0, false
	e.Entry.FocusLost()
	if e.onFocus != nil {
		e.onFocus(false)
	}
}
