// Package screen says what stands where on each screen, in reading order, over its model.
package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// SignIn asks who someone is; it shows nobody. First is the field that is written first.
func SignIn(m *model.SignIn, first *fyne.Focusable) fyne.CanvasObject {
	name := widget.Field("sign-in.name", &m.Name).OnEnter(m.Enter)
	passphrase := widget.Field("sign-in.passphrase", &m.Passphrase).Hidden().OnEnter(m.Enter)
	if *first = name.Entry; !m.Name.Empty() {
		*first = passphrase.Entry
	}
	parts := []fyne.CanvasObject{
		widget.Bold(widget.W("sign-in"), widget.T16), restored(m), name, passphrase,
		widget.Problem(&m.Screen, nil),
		widget.Act(act.SignIn, m.Enter, m.CanEnter),
		widget.Para(widget.W("sign-in.forgotten"), 0, widget.T12, widget.Ink3),
	}
	if m.Forgotten != nil {
		parts = append(parts, widget.Row(0, widget.Link(widget.W("access.recover.way"), m.Forgotten).Small(), widget.Gap()))
	}
	return gate(&m.Screen, m.Institution, m.Speak, widget.Card(widget.Pad(widget.Col(14, parts...), 24, 28)))
}

// restored says that a backup was put back just now.
func restored(m *model.SignIn) fyne.CanvasObject {
	switch {
	case !m.Restored:
		return widget.Col(0)
	case m.Aside != "":
		return widget.Strip(widget.Good, "check", widget.W("restore.done"), widget.W("restore.done.aside", m.Aside))
	}
	return widget.Strip(widget.Good, "check", widget.W("restore.done"), widget.W("restore.done.hint"))
}

// gate is the frame of what is asked before someone is let in: brand, the other language, a form.
func gate(s *model.Screen, institution string, speak func(), form fyne.CanvasObject) fyne.CanvasObject {
	mark := widget.Bold(widget.W("app.mark"), widget.T28)
	mark.Colour(widget.RailColour)
	brand := widget.Row(14, widget.Fix(48, 48, widget.Over(widget.Box(widget.RailInk, 8), widget.Mid(mark))),
		widget.Grow(widget.Col(0, whiteBold(widget.W("app.name"), widget.T28), widget.Text(widget.Data(institution), widget.T14, widget.RailInk2).Elide())))
	if speak != nil {
		brand.Add(widget.Button(widget.Secondary, "globe", func() string { return widget.Book().Say("language." + widget.Book().Other()) }, speak))
	}
	spine := widget.Fix(0, 132, widget.Over(widget.Box(widget.RailColour, 0), widget.Column(420, widget.Pad(widget.Row(0, widget.Grow(brand)), 36, 0))))
	return widget.Over(widget.Box(widget.Paper, 0), widget.Col(0, spine, widget.Grow(widget.PageOf(s, widget.Column(420, widget.Col(0, form))))))
}

// AccessRecover is the way in with the recovery key.
func AccessRecover(m *model.AccessRecover, institution string) fyne.CanvasObject {
	form := widget.Card(widget.Pad(widget.Col(12,
		widget.Bold(widget.W("access.recover"), widget.T16),
		widget.Para(widget.W("access.recover.hint"), 0, widget.T13, widget.Ink2),
		widget.Field("access.recover.key", &m.Recovery).Note(widget.W("access.recover.key.note")),
		widget.Field("sign-in.name", &m.Name).OnEnter(m.Recover),
		typed(widget.Field("access.passphrase.then", &m.Passphrase).Hidden(), m.Strength, widget.W("access.passphrase.note")).OnEnter(m.Recover),
		widget.Field("access.passphrase.again", &m.Again).Hidden().OnEnter(m.Recover),
		widget.Problem(&m.Screen, nil),
		widget.Because(&m.Screen, widget.Button(widget.Primary, "key", widget.W("access.recover.do"), m.Recover).Main().When(m.CanRecover), widget.W("founding.why-off")),
		widget.Row(0, widget.Link(widget.W("access.recover.back"), m.Back), widget.Gap())), 24, 28))
	return gate(&m.Screen, institution, nil, form)
}

func whiteBold(w widget.Words, size float32) fyne.CanvasObject {
	t := widget.Bold(w, size)
	t.Colour(widget.RailInk)
	return t
}
