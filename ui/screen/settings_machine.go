package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// SettingsPrinters chooses the printer and the paper of this machine, and prints a test page.
func SettingsPrinters(m *model.SettingsPrinters, tabs Tabs) fyne.CanvasObject {
	state := widget.Live(&m.Screen, func() fyne.CanvasObject {
		switch {
		case !m.Loaded && m.Problem() != nil:
			return widget.Col(0)
		case !m.Loaded:
			return widget.Working(&m.Screen)
		case len(m.Found) == 0:
			return widget.Empty("print", widget.W("settings.printers.none"), widget.W("settings.printers.none.hint"), widget.Button(widget.Secondary, "swap", widget.W("settings.printers.again"), m.Load))
		}
		return widget.Col(0)
	})
	form := widget.When(func() bool { return m.Loaded && len(m.Found) > 0 }, widget.Titled(widget.W("settings.printers"), widget.Col(12,
		widget.Pick("settings.printers.which", &m.Printer), widget.Pick("settings.printers.paper", &m.Paper),
		widget.Para(widget.W("settings.printers.hint"), 0, widget.T12, widget.Ink3),
		widget.Wrapping(12, widget.Button(widget.Primary, "print", widget.W("settings.printers.test"), m.Test).Main().When(m.CanTest),
			widget.Button(widget.Secondary, "swap", widget.W("settings.printers.again"), m.Load)),
		saved(&m.Screen, func() bool { return m.Sent }, widget.W("settings.printers.sent")))))
	return settings(&m.Screen, tabs, m.Load, widget.AtMost(560, widget.Col(16, state, form)))
}

// SettingsDisplay is how the window looks and speaks, and when it signs out by itself.
func SettingsDisplay(m *model.SettingsDisplay, tabs Tabs) fyne.CanvasObject {
	look := widget.Titled(widget.W("settings.display"), widget.Col(12,
		widget.Pick("settings.display.language", &m.Language), widget.Pick("settings.display.size", &m.Size), widget.Pick("settings.display.look", &m.Look),
		widget.Para(widget.W("settings.display.hint"), 0, widget.T12, widget.Ink3)))
	idle := widget.Titled(widget.W("settings.idle"), widget.Col(12,
		widget.Para(widget.W("settings.idle.hint"), 0, widget.T13, widget.Ink2),
		widget.When(func() bool { return m.MayIdle }, widget.Field("settings.idle.minutes", &m.Idle).OnEnter(m.Save)),
		widget.When(func() bool { return !m.MayIdle }, widget.Fact(72, widget.W("settings.idle.minutes"), m.Idle.Value)),
		widget.When(func() bool { return m.MayIdle }, widget.Because(&m.Screen, widget.Button(widget.Primary, "check", widget.W("settings.idle.save"), m.Save).Main().When(m.CanSave), widget.W("settings.idle.why-off"))),
		saved(&m.Screen, func() bool { return m.Saved }, widget.W("settings.saved"))))
	return settings(&m.Screen, tabs, nil, widget.Beside(380, 340, widget.Col(0, look), widget.Col(0, idle)))
}

// AuditTrail lists who did what, when, at which machine.
func AuditTrail(m *model.AuditTrail, tabs Tabs) fyne.CanvasObject {
	filter := widget.Card(widget.Pad(widget.Col(10,
		widget.Even(12, widget.Field("audit.trail.person", &m.Person).OnEnter(m.Load), widget.Pick("audit.trail.login", &m.Login), widget.Pick("audit.trail.act", &m.Act),
			widget.Field("audit.trail.from", &m.From).OnEnter(m.Load), widget.Field("audit.trail.to", &m.To).OnEnter(m.Load)),
		widget.Wrapping(12, widget.Button(widget.Primary, "search", widget.W("audit.trail.look"), m.Load),
			widget.Button(widget.Secondary, "", widget.W("audit.trail.clear"), m.Clear).When(m.Filtered),
			widget.Button(widget.Secondary, "shield", widget.W("audit.trail.verify"), m.Verify).When(func() bool { return !m.Busy() }),
			widget.Button(widget.Secondary, "export", widget.W("audit.trail.keep"), func() { m.Keep(widget.Book().Say("audit.trail.file")) }).When(func() bool { return !m.Busy() }))), 14, 16))
	result := widget.Live(&m.Screen, func() fyne.CanvasObject { return trailResult(m) })
	list := widget.ListCard(&m.Screen, widget.ListOf{
		Head:   widget.Head(trailColumns, widget.W("audit.trail.when"), widget.W("audit.trail.what"), widget.W("audit.trail.who"), widget.W("audit.trail.about"), widget.W("audit.trail.where")),
		Height: 40, Count: func() int { return len(m.Lines.Rows) }, Row: func(i int) fyne.CanvasObject { return trailRow(m.Lines.Rows[i]) },
		Loaded: func() bool { return m.Loaded }, Retry: m.Load, Least: 4,
		Empty: func() fyne.CanvasObject {
			return widget.Empty("list", widget.W("audit.trail.none"), widget.W("audit.trail.none.hint"))
		},
	})
	return settings(&m.Screen, tabs, m.Load, widget.Col(16, filter, result, widget.Grow(list)))
}

var trailColumns = []float32{150, 0, 110, -110, -110}

func trailRow(r model.AuditRow) fyne.CanvasObject {
	return widget.Pad(widget.Cells(trailColumns, widget.Text(widget.Data(widget.Book().Moment(r.At)), widget.T13, widget.Ink2).Elide(),
		widget.Text(func() string {
			b := widget.Book()
			if r.Detail != "" {
				return b.Say(string(r.Act)) + b.Say("detail.between") + b.Detail(r.Detail)
			}
			return b.Say(string(r.Act))
		}, widget.T14, widget.Ink).Elide(),
		widget.Text(widget.Data(r.Who), widget.T13, widget.Ink2).Elide(), widget.Text(widget.Data(r.Person), widget.T13, widget.Ink).Elide(),
		widget.Text(widget.Data(r.Machine), widget.T13, widget.Ink3).Elide()), 0, 16)
}

// trailResult is the outcome of verifying, what was kept, and how much is not shown.
func trailResult(m *model.AuditTrail) fyne.CanvasObject {
	switch {
	case m.Stoppable():
		return widget.Working(&m.Screen)
	case m.Verified > 0:
		return widget.Strip(widget.Good, "check", widget.W("audit.trail.stands", m.Verified), widget.W("audit.trail.stands.hint"))
	case m.Kept != "":
		return widget.Mark(widget.Good, "check", widget.W("audit.trail.kept"))
	case m.More:
		return widget.Text(widget.W("audit.trail.more", len(m.Lines.Rows)), widget.T12, widget.Ink3)
	}
	return widget.Col(0)
}
