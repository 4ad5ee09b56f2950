package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// Founding is the first start, in two steps: the store, then its recovery key.
func Founding(m *model.Founding) fyne.CanvasObject {
	form := widget.When(func() bool { return m.Recovery == "" }, widget.Card(widget.Pad(widget.Col(12,
		widget.Field("founding.institution", &m.Institution),
		widget.Field("founding.login", &m.Login),
		widget.Even(16, widget.Field("founding.passphrase", &m.Passphrase).Hidden(), widget.Field("founding.again", &m.Again).Hidden().OnEnter(m.Found)),
		widget.Problem(&m.Screen, nil),
		widget.Because(widget.Act(act.OpenStore, m.Found, m.CanFound), widget.W("founding.why-off"))), 24)))
	key := widget.When(func() bool { return m.Recovery != "" }, widget.Card(widget.Pad(widget.Col(12,
		widget.Bold(widget.W("founding.recovery"), widget.T16),
		widget.Para(widget.W("founding.recovery.why"), 0, widget.T14, widget.Ink2),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return widget.Para(widget.Data(m.Recovery), 0, widget.T16, widget.Ink) }),
		widget.Field("founding.written", &m.Written).OnEnter(m.GoOn),
		widget.Button(widget.Primary, "check", widget.W("founding.go-on"), m.GoOn).Main().When(m.CanGoOn)), 24)))
	return widget.Over(widget.Box(widget.Paper, 0), widget.PageOf(&m.Screen, widget.Column(640, widget.Col(16,
		widget.Title(widget.W("founding"), widget.Data("")),
		widget.Para(widget.W("founding.hint"), 0, widget.T14, widget.Ink2), form, key))))
}
