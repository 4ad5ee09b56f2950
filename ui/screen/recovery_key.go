package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// RecoveryKey is how another recovery key is made in place of the one there is: what follows from it, one's
// passphrase once more, and the key, to be written down.
func RecoveryKey(m *model.RecoveryKey) fyne.CanvasObject {
	ask := widget.Card(widget.Pad(widget.Col(12,
		widget.Para(widget.W("settings.recovery.new.then"), 0, widget.T14, widget.Ink),
		widget.Strip(widget.Warn, "alert", widget.W("settings.recovery.new.backups"), widget.W("settings.recovery.new.backups.hint")),
		widget.Field("settings.recovery.new.passphrase", &m.Passphrase).Hidden().OnEnter(m.Renew),
		widget.Problem(&m.Screen, nil),
		widget.Because(&m.Screen, widget.Button(widget.Primary, "key", widget.W("settings.recovery.new.do"), m.Renew).Main().When(m.CanRenew), widget.W("settings.recovery.new.why-off"))), 20, 24))
	done := widget.Col(12, widget.Strip(widget.Good, "check", widget.W("settings.recovery.new.done"), widget.W("settings.recovery.new.done.hint")))
	shown := widget.Col(12, widget.Strip(widget.Info, "key", widget.W("settings.recovery.new.made"), widget.W("settings.recovery.new.made.hint")), recoveryKey(&m.Screen, &m.ShownKey))
	page := widget.Col(16, widget.Title(widget.W("settings.recovery.new"), widget.W("settings.recovery.new.line")),
		widget.When(func() bool { return m.Recovery == "" && !m.Done }, ask),
		widget.When(func() bool { return m.Recovery != "" }, shown),
		widget.When(func() bool { return m.Done }, done))
	return widget.PageOf(&m.Screen, widget.Column(640, page))
}
