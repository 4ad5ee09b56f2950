package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"xuezheng/ui/model"
)

// FieldPart is a label, the field under it, and below that a note or the refusal of what is
// written there.
type FieldPart struct {
	widget.BaseWidget
	Entry   *Entry
	field   *model.Text
	note    Words
	good    func() bool
	box     *BoxPart
	message *ParaPart
	sign    *IconPart
	before  fyne.CanvasObject // the sign with the space round it
	focused bool
	root    fyne.CanvasObject
}

// Field is where one text is written. Its label is the key's words.
func Field(key string, field *model.Text) *FieldPart {
	f := &FieldPart{field: field, Entry: NewEntry(field)}
	f.box = Edge(CardColour, LineStrong, 6)
	f.message = Para(nil, 0, T12, Ink3)
	f.sign = newIcon("alert", 12, Red)
	f.Entry.onFocus = func(on bool) { f.focused = on; f.Refresh() }
	f.before = Col(0, Pad(f.sign, 3, 0, 0, 0))
	f.root = Col(4, Text(W(key), T13, Ink2),
		Least(0, 36, Over(f.box, Pad(f.Entry, 0, 4))),
		RowTop(6, f.before, Grow(f.message)))
	f.ExtendBaseWidget(f)
	field.Watch(f.Refresh)
	f.paint()
	return f
}

// Hidden hides what is written, for passphrases.
func (f *FieldPart) Hidden() *FieldPart {
	f.Entry.Hidden()
	return f
}

// Note says something under the field while nothing is refused.
func (f *FieldPart) Note(w Words) *FieldPart {
	f.note = w
	f.paint()
	return f
}

// Hint shows words in the field while it is empty.
func (f *FieldPart) Hint(w Words) *FieldPart {
	f.Entry.Hint(w)
	return f
}

// Good paints the field green while what is written is known to be right.
func (f *FieldPart) Good(is func() bool) *FieldPart {
	f.good = is
	f.paint()
	return f
}

// OnEnter does act when Return is pressed in the field.
func (f *FieldPart) OnEnter(act func()) *FieldPart {
	f.Entry.OnSubmitted = func(string) { act() }
	return f
}

func (f *FieldPart) paint() {
	edge, ink, icon, message := LineStrong, Ink3, "", f.note
	if err := f.field.Refusal(); err != nil {
		edge, ink, icon = Red, Red, "alert"
		message = refusalWords(err)
	} else if f.good != nil && f.good() {
		edge, ink, icon = Green, Green, "check"
	}
	f.box.edge, f.box.stroke = edge, 1
	if f.focused {
		f.box.stroke = 2
		if edge == LineStrong {
			f.box.edge = Accent
		}
	}
	show(f.before, icon != "")
	if icon != "" {
		f.sign.name, f.sign.colour = icon, ink
	}
	f.message.words, f.message.colour = message, ink
	show(f.message, say(message) != "")
}

// refusalWords says a no and what to do about it in one line.
func refusalWords(err error) Words {
	return func() string {
		line, hint := Book().Fault(err)
		switch {
		case hint == "" || hint == line:
			return line
		case Book().English():
			return line + ". " + hint
		}
		return line + "，" + hint
	}
}

// CreateRenderer is for Fyne.
func (f *FieldPart) CreateRenderer() fyne.WidgetRenderer {
	return &rendered{object: f.root, before: f.paint}
}

// SearchPart is the one search field of every desk page.
type SearchPart struct {
	widget.BaseWidget
	Entry   *Entry
	box     *BoxPart
	focused bool
	root    fyne.CanvasObject
}

// Search asks at every Return; scan, if there is a scanner, is behind the sign at the end.
func Search(field *model.Text, ask func(), scan func()) *SearchPart {
	s := &SearchPart{Entry: NewEntry(field).Hint(W("search.hint")), box: Edge(CardColour, LineStrong, 6)}
	s.Entry.OnSubmitted = func(string) { ask() }
	s.Entry.onFocus = func(on bool) { s.focused = on; s.Refresh() }
	in := Row(0, Pad(Icon("search", 18, Ink3), 0, 0, 0, 12), Grow(s.Entry), KeyCap(W("search.key")))
	if scan == nil {
		in.Add(Pad(Icon("scan", 18, Ink2), 0, 12))
	} else {
		in.Add(Pad(Tappable(Icon("scan", 18, Ink2), scan), 0, 12))
	}
	s.root = Fix(0, 40, Over(s.box, in))
	s.ExtendBaseWidget(s)
	return s
}

func (s *SearchPart) paint() {
	s.box.edge, s.box.stroke = LineStrong, 1
	if s.focused {
		s.box.edge, s.box.stroke = Accent, 2
	}
}

// CreateRenderer is for Fyne.
func (s *SearchPart) CreateRenderer() fyne.WidgetRenderer {
	return &rendered{object: s.root, before: s.paint}
}
