package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xuezheng/data/act"
	"xuezheng/ui/model"
)

// PagePart is one screen: its title and its parts in reading order. It is refreshed whenever
// its model changes, and scrolls when it is higher than the window.
type PagePart struct {
	widget.BaseWidget
	root fyne.CanvasObject
}

// PageOf is a page whose body one lays out oneself; what grows in it fills the window.
func PageOf(s *model.Screen, body fyne.CanvasObject) *PagePart {
	p := &PagePart{root: asking(s, scrolled(Pad(body, 20, 24, 24, 24)))}
	p.ExtendBaseWidget(p)
	if s != nil {
		s.OnChange(p.Refresh)
	}
	return p
}

// scrolled scrolls o when it is higher than the window; the wheel tells that somebody is here.
func scrolled(o fyne.CanvasObject) fyne.CanvasObject {
	s := container.NewVScroll(o)
	s.OnScrolled = func(fyne.Position) { stir() }
	return s
}

// asking keeps a place above a page for the question asked before what can't be undone. The keyboard
// goes to it: Enter says yes, Escape no, and afterwards it is where it was.
func asking(s *model.Screen, page fyne.CanvasObject) fyne.CanvasObject {
	if s == nil {
		return page
	}
	var asked *model.Question
	var shown fyne.CanvasObject
	var yes *ButtonPart
	question := Live(s, func() fyne.CanvasObject {
		q := s.Question()
		if q == nil {
			asked, yes = nil, nil
			return Col(0)
		}
		if q == asked { // as it stands, with the keyboard on it
			return shown
		}
		yes = Button(Primary, "", W(q.Key+".yes", q.Figures...), s.Yes).OnEscape(s.No)
		asked, shown = q, Pad(Strip(Warn, "alert", W(q.Key, q.Figures...), W(q.Key+".hint", q.Figures...),
			Button(Secondary, "", W("question.no"), s.No).OnEscape(s.No), yes), 12, 24, 0, 24)
		return shown
	})
	whole := Col(0, question, Grow(page))
	var seen *model.Question
	s.OnChange(func() {
		if asked != nil && asked != seen {
			whole.Refresh() // gives it its width, by which alone its height is known
		}
		seen = asked
	})
	s.OnChange(keyboardTo(question, func() fyne.Focusable {
		if yes == nil {
			return nil
		}
		return yes
	}))
	return whole
}

// keyboardTo puts the keyboard on what stands in a place now, once, and back to where it was when that
// is gone.
func keyboardTo(place fyne.CanvasObject, now func() fyne.Focusable) func() {
	var on, before fyne.Focusable
	return func() {
		to := now()
		if to == on {
			return
		}
		c := fyne.CurrentApp().Driver().CanvasForObject(place)
		if on = to; c == nil {
			return
		}
		if to == nil {
			c.Focus(before)
			return
		}
		before = c.Focused()
		c.Focus(to)
	}
}

// CreateRenderer is for Fyne.
func (p *PagePart) CreateRenderer() fyne.WidgetRenderer { return &rendered{object: p.root} }

// Act is the button of an act, the main one of its page, worded by the act's name; it is off
// while can says no.
func Act(a act.Act, do func(), can func() bool) *ButtonPart {
	return Button(Primary, "check", W(string(a)), do).Main().When(can)
}

// OtherAct is the button of an act that isn't the page's main one.
func OtherAct(a act.Act, icon string, do func(), can func() bool) *ButtonPart {
	return Button(Secondary, icon, W(string(a)), do).When(can)
}

// Because puts the reason beside a button while it is off; while something is under way it is off for that alone.
func Because(s *model.Screen, b *ButtonPart, reason Words) fyne.CanvasObject {
	text := Para(reason, 0, T12, Ink3)
	look := newLook(text, func() { show(text, b.Disabled() && !s.Busy()) })
	return Row(10, b, Grow(look))
}
