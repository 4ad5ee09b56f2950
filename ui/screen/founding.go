package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// Founding is the first start, in three steps: who it is for, the store, its recovery key.
func Founding(m *model.Founding) fyne.CanvasObject {
	institution, login := widget.Field("founding.institution", &m.Institution), widget.Field("founding.login-home", &m.Login)
	choose := func(mode string) func() {
		return func() {
			if m.Choose(mode); m.Home() {
				widget.FocusOn(login.Entry)
			} else {
				widget.FocusOn(institution.Entry)
			}
		}
	}
	ways := widget.Col(12, widget.Bold(widget.W("founding.who"), widget.T16),
		foundingWay(model.ForHome, "home", choose(model.ForHome)), foundingWay(model.ForDesk, "unit", choose(model.ForDesk)))
	if m.Restore != nil {
		ways.Add(foundingWay("restore", "archive", m.Restore))
	}
	who := widget.When(func() bool { return !m.Asks() && m.Recovery == "" }, ways)
	form := widget.When(m.Asks, widget.Col(12, foundingForm(m, institution, login)))
	key := widget.When(func() bool { return m.Recovery != "" }, recoveryKey(&m.Screen, &m.ShownKey))
	line := func() string {
		switch {
		case m.Recovery != "":
			return widget.Book().Say("founding.step", 3)
		case m.Asks():
			return widget.Book().Say("founding.step", 2)
		}
		return widget.Book().Say("founding.step", 1)
	}
	return widget.Over(widget.Box(widget.Paper, 0), widget.PageOf(&m.Screen, widget.Column(640, widget.Col(16,
		widget.Title(widget.W("founding"), line),
		widget.Para(widget.W("founding.hint"), 0, widget.T14, widget.Ink2), who, form, key))))
}

func foundingWay(mode, icon string, choose func()) fyne.CanvasObject {
	row := widget.Pad(widget.Row(16, widget.Fix(44, 44, widget.Over(widget.Circle(44, widget.Tint, widget.None, 0), widget.Mid(widget.Icon(icon, 22, widget.Accent)))),
		widget.Grow(widget.Col(2, widget.Para(widget.W("founding."+mode), 0, widget.T16, widget.Ink).Bold(), widget.Para(widget.W("founding."+mode+".hint"), 0, widget.T13, widget.Ink2))),
		widget.Icon("right", 18, widget.Ink3)), 16)
	return widget.Card(widget.Tappable(row, choose))
}

func foundingForm(m *model.Founding, institution, login *widget.FieldPart) fyne.CanvasObject {
	chosen := func() string { return widget.Book().Say("founding." + m.Mode.Value()) }
	return widget.Card(widget.Pad(widget.Col(12,
		widget.Row(12, widget.Grow(widget.Bold(chosen, widget.T16).Elide()), widget.Link(widget.W("founding.other"), m.ChooseAgain)),
		widget.When(func() bool { return !m.Home() }, institution.OnEnter(m.Found)),
		widget.When(func() bool { return !m.Home() }, widget.Field("founding.login", &m.Login).OnEnter(m.Found)),
		widget.When(func() bool { return len(m.Packs) > 1 }, foundingPacks(m)),
		widget.When(m.Home, login.Note(widget.W("founding.login-home.note")).OnEnter(m.Found)),
		widget.Even(16, typed(widget.Field("founding.passphrase", &m.Passphrase).Hidden(), m.Strength, widget.W("access.passphrase.note")).OnEnter(m.Found), widget.Field("founding.again", &m.Again).Hidden().OnEnter(m.Found)),
		widget.Problem(&m.Screen, nil),
		widget.Because(&m.Screen, widget.Button(widget.Primary, "check", widget.W("founding.do"), m.Found).Main().When(m.CanFound), widget.W("founding.why-off"))), 24))
}

// foundingPacks asks which programmes the store begins with.
func foundingPacks(m *model.Founding) fyne.CanvasObject {
	col := widget.Col(6, widget.Text(widget.W("founding.programmes"), widget.T13, widget.Ink2))
	for _, p := range m.Packs {
		col.Add(widget.Tick(p.Chosen, widget.Data(p.Name), nil))
	}
	return col
}

// recoveryKey shows a recovery key, and asks it back.
func recoveryKey(on *model.Screen, m *model.ShownKey) fyne.CanvasObject {
	kept := widget.Live(on, func() fyne.CanvasObject {
		col := widget.Col(4)
		if m.Printed {
			col.Add(widget.Mark(widget.Good, "check", widget.W("founding.printed")))
		}
		if m.Kept != "" {
			col.Add(widget.Mark(widget.Good, "check", widget.W("founding.kept")))
		}
		return col
	})
	return widget.Card(widget.Pad(widget.Col(14,
		widget.Bold(widget.W("founding.recovery"), widget.T16),
		widget.Para(widget.W("founding.recovery.why"), 0, widget.T14, widget.Ink2),
		widget.Live(on, func() fyne.CanvasObject { return groups(m.Groups()) }),
		widget.Wrapping(12, widget.Button(widget.Secondary, "print", widget.W("founding.print"), m.Print),
			widget.Button(widget.Secondary, "export", widget.W("founding.keep"), func() { m.Keep(widget.Book().Say("founding.keep-name")) })),
		kept, widget.Problem(on, nil), widget.Rule(),
		widget.Field("founding.written", &m.Written).OnEnter(m.GoOn),
		widget.Button(widget.Primary, "check", widget.W("founding.go-on"), m.GoOn).Main().When(m.CanGoOn)), 24))
}
