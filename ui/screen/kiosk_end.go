package screen

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"xuezheng/data/day"
	"xuezheng/data/identity"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

func kioskResult(m *model.Kiosk) fyne.CanvasObject {
	if m.End.Outcome != identity.KioskConfirmed {
		return kioskToClerk(m)
	}
	at := func() string {
		return widget.Book().Say("kiosk.result.at", kioskDay(m.Day.Day), m.End.At.In(day.Shanghai).Format("15:04"))
	}
	sign := widget.Fix(136, 136, widget.Over(widget.Circle(136, widget.GreenTint, widget.None, 0), widget.Mid(widget.Icon("check", 76, widget.Green))))
	card := widget.Col(28, widget.Row(40, sign, widget.Grow(widget.Col(0, widget.Para(widget.Data(m.Person.Name), 0, widget.K72, widget.Ink).Bold(), widget.Para(at, 0, widget.K36, widget.Ink2)))), widget.Rule())
	if m.End.Ticket != "" {
		card.Add(widget.Text(widget.W("kiosk.result.ticket"), widget.K32, widget.Ink3))
		card.Add(widget.Para(widget.Data(model.InGroups(m.End.Ticket)), 0, kioskTicketSize(m.End.Ticket), widget.Ink).Bold())
		card.Add(widget.Rule())
	}
	card.Add(kioskPaper(m))
	next := func(n, key string) fyne.CanvasObject {
		disc := widget.Fix(72, 72, widget.Over(widget.Circle(72, widget.Tint, widget.None, 0), widget.Mid(widget.Text(widget.Data(n), widget.K36, widget.Accent))))
		return widget.Row(28, disc, widget.Grow(widget.Col(0, widget.Para(widget.W(key), 0, widget.K44, widget.Ink), widget.Para(widget.W(key+".hint"), 0, widget.K32, widget.Ink2))))
	}
	return widget.Col(32, kioskCard(card), widget.Pad(widget.Col(28, next("1", "kiosk.next.courses"), next("2", "kiosk.next.slip")), 0, 16),
		kioskProblem(m), widget.Gap(), kioskLine("lock", widget.Ink3, widget.W("kiosk.wiped-then"), nil),
		widget.Button(widget.Primary, "", widget.W("kiosk.done"), m.Reset).Kiosk(144, widget.K56), widget.Bar(8, widget.None, 0))
}

func kioskTicketSize(number string) float32 {
	if len(number) > 12 {
		return widget.K72
	}
	return widget.K96
}

// kioskPaper says what becomes of the slip.
func kioskPaper(m *model.Kiosk) fyne.CanvasObject {
	switch {
	case m.Paper != nil:
		return kioskLine("print", widget.Amber, widget.W("kiosk.paper.no"), widget.W("kiosk.paper.no.hint"))
	case m.Printed:
		return kioskLine("print", widget.Accent, widget.W("kiosk.paper.yes"), widget.W("kiosk.paper.yes.hint"))
	}
	return kioskLine("print", widget.Accent, widget.W("kiosk.paper.now"), nil)
}

func kioskToClerk(m *model.Kiosk) fyne.CanvasObject {
	sign := widget.Fix(136, 136, widget.Over(widget.Circle(136, widget.AmberTint, widget.None, 0), widget.Mid(widget.Icon("people", 76, widget.Amber))))
	card := widget.Col(28, widget.Row(40, sign, widget.Grow(widget.Para(widget.Data(m.Person.Name), 0, widget.K72, widget.Ink).Bold())), widget.Rule(),
		kioskLine("alert", widget.Amber, widget.W("identity.kiosk-why."+m.End.Why), widget.W("kiosk.to-clerk.hint")))
	return widget.Col(32, kioskCard(card), kioskLine("card", widget.Ink2, widget.W("kiosk.to-clerk.bring"), nil), kioskProblem(m), widget.Gap(),
		kioskLine("lock", widget.Ink3, widget.W("kiosk.wiped-then"), nil),
		widget.Button(widget.Primary, "", widget.W("kiosk.done"), m.Reset).Kiosk(144, widget.K56), widget.Bar(8, widget.None, 0))
}

// kioskPIN is the staff's pad; what is typed is shown as dots.
func kioskPIN(m *model.Kiosk) fyne.CanvasObject {
	dots := func() string { return strings.Repeat("●", len(m.Pin)) + strings.Repeat("○", max(0, 6-len(m.Pin))) }
	shown := widget.Over(widget.Edge(widget.CardColour, widget.LineStrong, 12), widget.Least(0, 136, widget.Mid(widget.Text(dots, widget.K56, widget.Ink))))
	why := "kiosk.pin.why"
	switch {
	case m.Stage == model.KioskClosed:
		why = "kiosk.closed.why"
	case m.ForConfirming():
		why = "kiosk.pin.confirm"
	}
	ready := func() bool { return len(m.Pin) >= 6 }
	return widget.Col(28, kioskLine("key", widget.Accent, widget.W(why), nil), shown, widget.Keypad(m.Digit, m.Remove), kioskProblem(m), kioskBusy(m), widget.Gap(),
		widget.Button(widget.Primary, "check", widget.W("kiosk.pin.enter"), m.EnterPIN).Kiosk(144, widget.K56).When(ready), widget.Bar(8, widget.None, 0))
}

// kioskStaff is what only the staff sees: the day, and the files that come and go.
func kioskStaff(m *model.Kiosk) fyne.CanvasObject {
	if q := m.Question(); q != nil {
		return widget.Col(32, kioskCard(kioskLine("alert", widget.Amber, widget.W(q.Key, q.Figures...), widget.W(q.Key+".hint"))), widget.Gap(),
			kioskWide(widget.Primary, "check", q.Key+".yes", m.Yes), kioskWide(widget.Secondary, "cross", "kiosk.no", m.No), widget.Bar(8, widget.None, 0))
	}
	page := widget.Col(24, kioskCounts(m))
	if m.Note != "" {
		page.Add(widget.Over(widget.Box(widget.GreenTint, 16), widget.Pad(kioskLine("check", widget.Green, widget.W(m.Note), widget.W(m.Note+".hint")), 24, 36)))
	}
	page.Add(kioskProblem(m))
	page.Add(kioskBusy(m))
	page.Add(widget.Grow(kioskSticks(m)))
	page.Add(widget.Even(24, widget.Button(widget.Secondary, "usb", widget.W("kiosk.look-again"), m.LookForSticks).Kiosk(112, widget.K36),
		widget.Button(widget.Secondary, "cross", widget.W("kiosk.clear-day"), m.ClearDay).Kiosk(112, widget.K36)))
	page.Add(widget.Even(24, widget.Button(widget.Secondary, "lock", widget.W("kiosk.leave"), m.LeaveKiosk).Kiosk(112, widget.K36),
		widget.Button(widget.Primary, "check", widget.W("kiosk.serve"), m.Reset).Kiosk(112, widget.K36)))
	page.Add(widget.Bar(8, widget.None, 0))
	return page
}

func kioskCounts(m *model.Kiosk) fyne.CanvasObject {
	if !m.Day.Loaded {
		return kioskCard(kioskLine("today", widget.Amber, widget.W("kiosk.no-day"), widget.W("kiosk.load.hint")))
	}
	count := func(n int, key string) fyne.CanvasObject {
		return widget.Col(0, widget.Bold(widget.Data(strconv.Itoa(n)), widget.K72), widget.Text(widget.W(key), widget.K32, widget.Ink2))
	}
	row := widget.Even(24, count(m.Day.Cases, "kiosk.count.cases"), count(m.Day.Done, "kiosk.count.done"), count(m.Day.Waiting, "kiosk.count.waiting"))
	if m.Day.Tickets >= 0 {
		row.Add(count(m.Day.Tickets, "kiosk.count.tickets"))
	}
	return kioskCard(widget.Col(16, widget.Text(func() string { return kioskDay(m.Day.Day) }, widget.K36, widget.Ink2), row))
}

// kioskSticks lists what is plugged in: files to load, and folders to write to.
func kioskSticks(m *model.Kiosk) fyne.CanvasObject {
	if len(m.Sticks) == 0 {
		return kioskCard(kioskLine("usb", widget.Ink3, widget.W("kiosk.no-stick"), widget.W("kiosk.no-stick.hint")))
	}
	row := func(i int) fyne.CanvasObject {
		s := m.Sticks[i]
		icon, key := "import", "kiosk.load"
		if s.Folder {
			icon, key = "export", "kiosk.export"
		}
		return widget.Pad(kioskLine(icon, widget.Accent, widget.W(key), widget.Data(s.Name)), 0, 24)
	}
	open := func(i int) {
		if s := m.Sticks[i]; s.Folder {
			m.ExportResults(s.Path)
		} else {
			m.LoadDay(s.Path)
		}
	}
	return widget.Over(widget.Edge(widget.CardColour, widget.Line, 16), widget.Pad(widget.List(func() int { return len(m.Sticks) }, 136, row, open), 8))
}
