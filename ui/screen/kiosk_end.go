package screen

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

func kioskResult(m *model.Kiosk) fyne.CanvasObject {
	if !m.Confirmed() {
		return kioskToClerk(m)
	}
	at := func() string {
		return widget.Book().Say("kiosk.result.at", widget.Book().DayOfMonth(m.Day.Day), widget.Book().Clock(m.End.At))
	}
	card := widget.Col(24, widget.Row(40, kioskDisc(136, "check", widget.Green, widget.GreenTint), widget.Grow(widget.Col(0,
		widget.Para(widget.Data(m.Person.Name), 0, kioskEndName(m.Person.Name), widget.Ink).Bold(), widget.Para(at, 0, widget.K36, widget.Ink2)))), widget.Rule())
	if m.End.Ticket != "" {
		card.Add(widget.Col(0, widget.Text(widget.W("kiosk.result.ticket"), widget.K32, widget.Ink3),
			widget.Bold(widget.Data(model.InGroups(m.End.Ticket)), kioskTicketSize(m.End.Ticket))))
		card.Add(widget.Rule())
	}
	card.Add(kioskPaper(m))
	next := func(n, key string) fyne.CanvasObject {
		disc := widget.Fix(72, 72, widget.Over(widget.Circle(72, widget.Tint, widget.None, 0), widget.Mid(widget.Text(widget.Data(n), widget.K36, widget.Accent))))
		return widget.Row(28, disc, widget.Grow(widget.Col(0, widget.Para(widget.W(key), 0, widget.K44, widget.Ink), widget.Para(widget.W(key+".hint"), 0, widget.K32, widget.Ink2))))
	}
	return kioskEnd(widget.Col(24, kioskCard(card), widget.Pad(widget.Col(20, next("1", "kiosk.next.courses"), next("2", "kiosk.next.slip")), 0, 16),
		kioskProblem(m), widget.Gap(), kioskNote("lock", widget.W("kiosk.wiped-then")),
		widget.Button(widget.Primary, "", widget.W("kiosk.done"), m.Reset).Kiosk(144, widget.K56)), nil)
}

// kioskEndName keeps long names on one line of the last page.
func kioskEndName(name string) float32 {
	if len([]rune(name)) > 8 {
		return widget.K44
	}
	return widget.K72
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
	card := widget.Col(40, widget.Row(40, kioskDisc(136, "people", widget.Amber, widget.AmberTint), widget.Grow(widget.Col(0,
		widget.Para(widget.Data(m.Person.Name), 0, kioskEndName(m.Person.Name), widget.Ink).Bold(), widget.Para(widget.Data(m.Person.Masked), 0, widget.K36, widget.Ink2)))),
		widget.Rule(), kioskRow("alert", widget.Amber, widget.AmberTint, widget.W("identity.kiosk-why."+m.End.Why), widget.W("kiosk.to-clerk.hint")),
		widget.Rule(), kioskRow("card", widget.Accent, widget.Tint, widget.W("kiosk.to-clerk.bring"), widget.W("kiosk.to-clerk.bring.hint")))
	return kioskEnd(widget.Col(32, kioskCard(card), kioskProblem(m), widget.Gap(), kioskNote("lock", widget.W("kiosk.wiped-then")),
		widget.Button(widget.Primary, "", widget.W("kiosk.leave-now"), m.Reset).Kiosk(144, widget.K56)), nil)
}

// kioskPIN is the staff's pad; what is typed is shown as dots.
func kioskPIN(m *model.Kiosk) fyne.CanvasObject {
	dots := func() string {
		return strings.Repeat("●", len(m.Pin)) + strings.Repeat("○", max(0, 6-len(m.Pin)))
	}
	why := func() string {
		key := "kiosk.pin.why"
		switch {
		case m.Stage == model.KioskClosed:
			key = "kiosk.closed.why"
		case m.ForConfirming():
			key = "kiosk.pin.confirm"
		case m.PINFor() != "":
			key = "kiosk." + m.PINFor()
		}
		return widget.Book().Say(key)
	}
	ready := func() bool { return len(m.Pin) >= 6 }
	page := widget.Col(28, kioskLine("key", widget.Accent, why, nil), kioskDisplay(widget.Text(dots, widget.K56, widget.Ink)), widget.Keypad("", m.Digit, m.Remove),
		kioskProblem(m), kioskBusy(m), widget.Gap(), widget.Button(widget.Primary, "check", widget.W("kiosk.pin.enter"), m.EnterPIN).Kiosk(144, widget.K56).When(ready))
	return kioskEnd(page, nil)
}

// kioskStaff is what only the staff sees: the day, and the files that come and go.
func kioskStaff(m *model.Kiosk) fyne.CanvasObject {
	if q := m.Question(); q != nil {
		state := kioskState("alert", widget.Amber, widget.AmberTint, widget.W(q.Key, q.Figures...), widget.W(q.Key+".hint"))
		return kioskEnd(widget.Col(32, state, widget.Gap(), kioskWide(widget.Primary, "check", q.Key+".yes", m.Yes), kioskWide(widget.Secondary, "left", "kiosk.no", m.No)), nil)
	}
	page := widget.Col(24, kioskCounts(m))
	if m.Note != "" {
		page.Add(kioskStrip("check", widget.Green, widget.GreenTint, widget.W(m.Note), widget.W(m.Note+".hint")))
	}
	page.Add(kioskProblem(m))
	page.Add(kioskBusy(m))
	page.Add(widget.Grow(kioskSticks(m)))
	half := func(kind widget.Kind, icon, key string, tap func()) fyne.CanvasObject {
		return widget.Button(kind, icon, widget.W(key), tap).Kiosk(112, widget.K36)
	}
	page.Add(widget.Even(24, half(widget.Secondary, "usb", "kiosk.look-again", m.LookForSticks), half(widget.Secondary, "key", "kiosk.pin-change", m.ChangePIN)))
	page.Add(widget.Even(24, half(widget.Secondary, "cross", "kiosk.clear-day", m.ClearDay), half(widget.Secondary, "lock", "kiosk.leave", m.LeaveKiosk)))
	page.Add(half(widget.Primary, "check", "kiosk.serve", m.Reset))
	return kioskEnd(page, nil)
}

// kioskCounts is how the day stands, and what the kiosk works with.
func kioskCounts(m *model.Kiosk) fyne.CanvasObject {
	with := widget.Col(8, widget.Even(24, kioskHas("kiosk.has.reader", m.HasReader()), kioskHas("kiosk.has.camera", m.HasCamera())))
	if !m.HasReader() || !m.HasCamera() {
		with.Add(widget.Para(widget.W("kiosk.has.how"), 0, widget.K32, widget.Ink3))
	}
	if !m.Day.Loaded {
		return kioskCard(widget.Col(28, kioskRow("today", widget.Amber, widget.AmberTint, widget.W("kiosk.no-day"), widget.W("kiosk.load.hint")), widget.Rule(), with))
	}
	count := func(n int, key string) fyne.CanvasObject {
		return widget.Col(0, widget.Bold(widget.Data(strconv.Itoa(n)), widget.K72), widget.Text(widget.W(key), widget.K32, widget.Ink2))
	}
	row := widget.Even(24, count(m.Day.Cases, "kiosk.count.cases"), count(m.Day.Done, "kiosk.count.done"), count(m.Day.Waiting, "kiosk.count.waiting"))
	if m.Day.Tickets >= 0 {
		row.Add(count(m.Day.Tickets, "kiosk.count.tickets"))
	}
	on := func() string { return widget.Book().DateAndWeekday(m.Day.Day) }
	return kioskCard(widget.Col(20, widget.Text(on, widget.K36, widget.Ink2), row, widget.Rule(), with))
}

// kioskHas says whether a device is there.
func kioskHas(key string, there bool) fyne.CanvasObject {
	if there {
		return widget.Row(16, widget.Icon("check", 32, widget.Green), widget.Text(widget.W(key), widget.K32, widget.Ink2))
	}
	return widget.Row(16, widget.Icon("alert", 32, widget.Amber), widget.Text(widget.W(key+".not"), widget.K32, widget.Ink2))
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
		return widget.Pad(widget.Row(28, widget.Icon(icon, 44, widget.Accent), widget.Grow(widget.Col(0,
			widget.Text(widget.W(key), widget.K36, widget.Ink), widget.Text(widget.Data(s.Name), widget.K32, widget.Ink2).Elide()))), 0, 24)
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
