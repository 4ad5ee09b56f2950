package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// kioskWide is a button as wide as the page.
func kioskWide(kind widget.Kind, icon, key string, tap func()) *widget.ButtonPart {
	if kind == widget.Primary {
		return widget.Button(kind, icon, widget.W(key), tap).Kiosk(168, widget.K56)
	}
	return widget.Button(kind, icon, widget.W(key), tap).Kiosk(128, widget.K44)
}

// kioskEnd ends a page: a last line, if there is one, and air above the foot.
func kioskEnd(page *fyne.Container, note fyne.CanvasObject) fyne.CanvasObject {
	if note != nil {
		page.Add(note)
	}
	page.Add(widget.Bar(8, widget.None, 0))
	return page
}

// kioskCard is a white sheet with large corners.
func kioskCard(o fyne.CanvasObject) fyne.CanvasObject {
	return widget.Over(widget.Edge(widget.CardColour, widget.Line, 16), widget.Pad(o, 48))
}

// kioskDisc is a sign in a disc.
func kioskDisc(d float32, icon string, ink, tint widget.Colour) fyne.CanvasObject {
	return widget.Fix(d, d, widget.Over(widget.Circle(d, tint, widget.None, 0), widget.Mid(widget.Icon(icon, d*0.55, ink))))
}

// kioskRow is a sign in a disc with a line beside it, and a smaller one beneath.
func kioskRow(icon string, ink, tint widget.Colour, line, hint widget.Words) fyne.CanvasObject {
	col := widget.Col(4, widget.Para(line, 0, widget.K44, widget.Ink))
	if hint != nil {
		col.Add(widget.Para(hint, 0, widget.K36, widget.Ink2))
	}
	return widget.Row(36, kioskDisc(112, icon, ink, tint), widget.Grow(col))
}

// kioskState is a card that says what is so, and what to do.
func kioskState(icon string, ink, tint widget.Colour, line, hint widget.Words) fyne.CanvasObject {
	return kioskCard(widget.Row(40, kioskDisc(136, icon, ink, tint),
		widget.Grow(widget.Col(8, widget.Para(line, 0, widget.K56, widget.Ink).Bold(), widget.Para(hint, 0, widget.K36, widget.Ink2)))))
}

// kioskLine is a sign with a line beside it, and a smaller one beneath.
func kioskLine(icon string, ink widget.Colour, line, hint widget.Words) fyne.CanvasObject {
	col := widget.Col(0, widget.Para(line, 0, widget.K36, widget.Ink))
	if hint != nil {
		col.Add(widget.Para(hint, 0, widget.K32, widget.Ink2))
	}
	return widget.Row(28, widget.Icon(icon, 44, ink), widget.Grow(col))
}

// kioskNote is what is good to know, said quietly.
func kioskNote(icon string, line widget.Words) fyne.CanvasObject {
	return widget.Row(16, widget.Icon(icon, 32, widget.Ink3), widget.Grow(widget.Para(line, 0, widget.K32, widget.Ink2)))
}

// kioskStrip is kioskLine on a ground that is noticed.
func kioskStrip(icon string, ink, tint widget.Colour, line, hint widget.Words) fyne.CanvasObject {
	return widget.Over(widget.Box(tint, 16), widget.Pad(kioskLine(icon, ink, line, hint), 28, 36))
}

// kioskDisplay is where what was typed stands.
func kioskDisplay(o fyne.CanvasObject) fyne.CanvasObject {
	return widget.Over(widget.Edge(widget.CardColour, widget.LineStrong, 12), widget.Least(0, 136, widget.Mid(o)))
}

// kioskProblem says what is wrong, and what to do; nothing while nothing is.
func kioskProblem(m *model.Kiosk) fyne.CanvasObject {
	err := m.Problem()
	if err == nil {
		return widget.Col(0)
	}
	line := func() string { l, _ := widget.Book().Fault(err); return l }
	hint := func() string { _, h := widget.Book().Fault(err); return h }
	return kioskStrip("alert", widget.Amber, widget.AmberTint, line, hint)
}

func kioskBusy(m *model.Kiosk) fyne.CanvasObject {
	if !m.Busy() {
		return widget.Col(0)
	}
	return kioskStrip("clock", widget.Accent, widget.Tint, widget.W("kiosk.moment"), nil)
}
