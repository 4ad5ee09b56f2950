package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// AuditOlder is where somebody goes on with a store that was put back to an older state: what is lost, and what follows.
func AuditOlder(m *model.AuditOlder) fyne.CanvasObject {
	lost := widget.Live(&m.Screen, func() fyne.CanvasObject {
		col := widget.Col(6)
		for _, l := range m.Lost {
			col.Add(widget.Para(widget.W("audit.older.lost", l.Chain, l.From, l.To), 0, widget.T14, widget.Ink))
		}
		return col
	})
	ask := widget.Card(widget.Pad(widget.Col(12,
		widget.Para(widget.W("audit.older.first"), 0, widget.T14, widget.Ink), lost,
		widget.Strip(widget.Warn, "alert", widget.W("audit.older.then"), widget.W("audit.older.then.hint")),
		widget.Problem(&m.Screen, m.Load),
		widget.Because(&m.Screen, widget.OtherAct(act.AcceptOlder, "check", m.Accept, m.CanAccept), widget.W("audit.older.why-off"))), 20, 24))
	done := widget.Col(12, widget.Strip(widget.Good, "check", widget.W("audit.older.done"), widget.W("audit.older.done.hint")))
	page := widget.Col(16, widget.Title(widget.W("audit.older.page"), widget.W("audit.older.page.line")),
		widget.When(func() bool { return !m.Done }, ask),
		widget.When(func() bool { return m.Done }, done))
	return widget.PageOf(&m.Screen, widget.Column(640, page))
}
