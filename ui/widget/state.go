package widget

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/fault"
	"xuezheng/ui/model"
	"xuezheng/ui/word"
)

// State is what a whole screen, or a card, can say of itself: a round sign, what is so, what to
// do, and at most two things to press.
func State(tone Tone, icon string, title, text Words, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	ink, tint, _ := tone.colours()
	if tone == Plain {
		tint = Paper
	}
	lines := Col(2, Para(title, 0, T16, Ink).Bold(), Para(text, 0, T13, Ink2))
	if len(buttons) > 0 {
		lines.Add(Pad(Wrapping(12, buttons...), 8, 0, 0, 0))
	}
	sign := Fix(44, 44, Over(Circle(44, tint, None, 0), Mid(Icon(icon, 22, ink))))
	return Card(Pad(Row(16, sign, Grow(lines)), 16))
}

// Empty says that there is nothing, and what comes next.
func Empty(icon string, title, text Words, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return State(Plain, icon, title, text, buttons...)
}

// Working says what is under way, how far it is, and lets it be stopped.
func Working(s *model.Screen) fyne.CanvasObject {
	title := func() string {
		p := s.Progress()
		if p.Key == "" {
			return Book().Say("state.working")
		}
		return Book().Say(p.Key, p.Done, p.Of)
	}
	var below []fyne.CanvasObject
	if s.Progress().Of > 0 {
		below = append(below, Fix(120, 0, Progress(func() float32 { return s.Progress().Part() })))
	}
	text := W("state.loading")
	if s.Stoppable() {
		below = append(below, Button(Secondary, "stop", W("state.stop"), s.Stop))
		text = W("state.working.hint")
		if s.Stays() {
			text = W("state.working.stays")
		}
	}
	return State(Info, "clock", title, text, below...)
}

// Problem is the no that was said last, with what to do about it; nothing while there is none.
// retry may be nil.
func Problem(s *model.Screen, retry func()) fyne.CanvasObject {
	shown := When(func() bool { return s.Problem() != nil }, Live(s, func() fyne.CanvasObject {
		if s.Problem() == nil {
			return Col(0)
		}
		return No(s.Problem(), retry)
	}))
	s.OnChange(shown.Refresh)
	return shown
}

// No puts a fault on a card: refused, missing, changed, denied or broken, each with its sign.
func No(err error, retry func()) fyne.CanvasObject {
	line := func() string { l, _ := Book().Fault(err); return l }
	hint := func() string { _, h := Book().Fault(err); return h }
	switch word.Kind(err) {
	case fault.Refused:
		return State(Warn, "alert", line, hint)
	case fault.Missing:
		return State(Plain, "search", line, hint)
	case fault.Changed:
		return State(Info, "swap", line, hint, again(W("state.again"), retry)...)
	case fault.Denied:
		return State(Plain, "lock", line, hint)
	}
	buttons := again(W("state.retry"), retry)
	buttons = append(buttons, Button(Quiet, "file", W("state.copy-number"), func() {
		fyne.CurrentApp().Clipboard().SetContent(word.Quote(err))
	}))
	return State(Bad, "cross", line, hint, buttons...)
}

func again(w Words, retry func()) []fyne.CanvasObject {
	if retry == nil {
		return nil
	}
	return []fyne.CanvasObject{Button(Secondary, "", w, retry)}
}

// Strip is a band across in a tone: a sign, what is so over what to do, something to press.
func Strip(tone Tone, icon string, title, text Words, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	ink, tint, _ := tone.colours()
	row := Row(12, Icon(icon, 20, ink), Grow(Col(1, Para(title, 0, T14, Ink), Para(text, 0, T12, Ink2))))
	for _, b := range buttons {
		row.Add(b)
	}
	return Over(Box(tint, 8), Pad(row, 12, 16))
}
