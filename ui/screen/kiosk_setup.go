package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// KioskSetUp asks what a kiosk needs, once.
func KioskSetUp(m *model.KioskSetUp) fyne.CanvasObject {
	form := widget.When(func() bool { return !m.Done }, kioskForm(m))
	done := widget.When(func() bool { return m.Done }, kioskIntroduction(m))
	return widget.Over(widget.Box(widget.Paper, 0), widget.PageOf(&m.Screen, widget.Column(640, widget.Col(16,
		widget.Title(widget.W("kiosk.setup"), widget.W("kiosk.setup.line")),
		widget.Para(widget.W("kiosk.setup.hint"), 0, widget.T14, widget.Ink2), form, done))))
}

func kioskForm(m *model.KioskSetUp) fyne.CanvasObject {
	issuer := widget.Live(&m.Screen, func() fyne.CanvasObject {
		if !m.Has {
			return widget.Col(0)
		}
		name := m.Issuer.Name
		if widget.Book().English() && m.Issuer.NameEn != "" {
			name = m.Issuer.NameEn
		}
		return widget.Col(4, widget.Bold(widget.Data(name), widget.T16), widget.Para(widget.W("kiosk.setup.fingerprint", m.Issuer.Fingerprint), 0, widget.T13, widget.Ink2))
	})
	return widget.Card(widget.Pad(widget.Col(14,
		widget.Col(6, widget.Text(widget.W("kiosk.setup.key"), widget.T13, widget.Ink2), issuer, widget.Wrapping(8, widget.Button(widget.Secondary, "key", widget.W("kiosk.setup.choose-key"), m.ChooseKey))),
		widget.Field("kiosk.setup.name", &m.Name),
		widget.Even(16, widget.Field("kiosk.setup.pin", &m.PIN).Hidden(), widget.Field("kiosk.setup.again", &m.Again).Hidden().OnEnter(m.SetUp)),
		widget.Pick("kiosk.setup.reader", &m.Reader), widget.Pick("kiosk.setup.camera", &m.Camera), widget.Pick("kiosk.setup.printer", &m.Printer),
		widget.Problem(&m.Screen, nil),
		widget.Because(&m.Screen, widget.Button(widget.Primary, "check", widget.W("kiosk.setup.do"), m.SetUp).Main().When(m.CanSetUp), widget.W("kiosk.setup.why-off"))), 24))
}

func kioskIntroduction(m *model.KioskSetUp) fyne.CanvasObject {
	saved := widget.Live(&m.Screen, func() fyne.CanvasObject {
		if m.Saved == "" {
			return widget.Col(0)
		}
		return widget.Mark(widget.Good, "check", widget.W("kiosk.setup.saved"))
	})
	return widget.Card(widget.Pad(widget.Col(14,
		widget.Bold(widget.W("kiosk.setup.introduce"), widget.T16),
		widget.Para(widget.W("kiosk.setup.introduce.hint"), 0, widget.T14, widget.Ink2),
		widget.Wrapping(8, widget.Button(widget.Secondary, "export", widget.W("kiosk.setup.save"), func() { m.Save(widget.Book().Say("kiosk.setup.file")) })),
		saved, widget.Problem(&m.Screen, nil),
		widget.Button(widget.Primary, "right", widget.W("kiosk.setup.open"), m.Open).Main()), 24))
}
