// Package screen says what stands where on each screen, in reading order, over its model.
package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// SignIn asks who someone is; it shows nobody.
func SignIn(m *model.SignIn) fyne.CanvasObject {
	mark := widget.Bold(widget.W("app.mark"), widget.T28)
	mark.Colour(widget.RailColour)
	brand := widget.Row(14, widget.Fix(48, 48, widget.Over(widget.Box(widget.RailInk, 8), widget.Mid(mark))),
		widget.Grow(widget.Col(0, whiteBold(widget.W("app.name"), widget.T28), widget.Text(widget.Data(m.Institution), widget.T14, widget.RailInk2).Elide())))
	form := widget.Card(widget.Pad(widget.Col(14,
		widget.Bold(widget.W("sign-in"), widget.T16),
		widget.Field("sign-in.name", &m.Name).OnEnter(m.Enter),
		widget.Field("sign-in.passphrase", &m.Passphrase).Hidden().OnEnter(m.Enter),
		widget.Problem(&m.Screen, nil),
		widget.Act(act.SignIn, m.Enter, m.CanEnter),
		widget.Para(widget.W("sign-in.forgotten"), 0, widget.T12, widget.Ink3),
	), 24, 28))
	spine := widget.Fix(0, 132, widget.Over(widget.Box(widget.RailColour, 0), widget.Column(420, widget.Pad(widget.Row(0, widget.Grow(brand)), 36, 0))))
	return widget.Over(widget.Box(widget.Paper, 0), widget.Col(0, spine, widget.Grow(widget.PageOf(&m.Screen, widget.Column(420, widget.Col(0, form))))))
}

func whiteBold(w widget.Words, size float32) fyne.CanvasObject {
	t := widget.Bold(w, size)
	t.Colour(widget.RailInk)
	return t
}
