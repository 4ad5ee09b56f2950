package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// HomeTickets is someone's ticket number, the others they hold, and where one is brought.
func HomeTickets(m *model.HomeTickets) fyne.CanvasObject {
	left := widget.Live(&m.Screen, func() fyne.CanvasObject {
		switch {
		case !m.Loaded && m.Problem() != nil:
			return widget.Col(0)
		case !m.Loaded:
			return widget.Working(&m.Screen)
		}
		return widget.Col(16, ticketMain(m), ticketOthers(m), ticketMerge(m))
	})
	declared := widget.When(func() bool { return m.Declared }, widget.Mark(widget.Good, "check", widget.W("home.ticket.declared")))
	m.OnChange(declared.Refresh)
	form := widget.Titled(widget.W("home.ticket.bring"), widget.Col(12, widget.Para(widget.W("home.ticket.bring.hint"), 0, widget.T13, widget.Ink2),
		widget.Field("home.ticket.number", &m.Number).Hint(widget.W("hint.example", "0600 2600 0013")).OnEnter(m.Declare),
		widget.Field("home.ticket.district", &m.District).Note(widget.W("home.ticket.district.note")).OnEnter(m.Declare),
		widget.Because(&m.Screen, widget.OtherAct(act.DeclareTicket, "plus", m.Declare, m.CanDeclare), widget.W("home.ticket.off")), declared))
	return widget.PageOf(&m.Screen, widget.Col(16, widget.Title(widget.W("home.tickets"), widget.W("home.tickets.line")), widget.Problem(&m.Screen, m.Load),
		widget.Beside(420, 380, left, form)))
}

// ticketMain is the number to be used, large, in groups of four.
func ticketMain(m *model.HomeTickets) fyne.CanvasObject {
	t, ok := m.Main()
	switch {
	case ok:
		return widget.Card(widget.Pad(widget.Col(6,
			widget.Text(widget.W("home.ticket.mine"), widget.T13, widget.Ink3),
			widget.Bold(widget.Data(model.InGroups(t.Number)), widget.T36),
			widget.Wrapping(12, widget.Text(widget.W("home.ticket.in-district", t.District), widget.T13, widget.Ink2), widget.Text(widget.W("enrolment.ticket-source."+string(t.Source)), widget.T13, widget.Ink3)),
			widget.Pad(widget.Rule(), 6, 0),
			widget.Row(10, widget.Icon("key", 18, widget.Amber), widget.Grow(widget.Para(widget.W("home.ticket.keep"), 0, widget.T13, widget.Ink)))), 20, 24))
	case m.MustChoose():
		return widget.Strip(widget.Warn, "alert", widget.W("home.ticket.must-choose"), widget.W("home.ticket.must-choose.hint"))
	}
	return widget.Empty("key", widget.W("home.ticket.none"), widget.W("home.ticket.none.hint"))
}

// ticketOthers are the numbers someone holds, when there are several.
func ticketOthers(m *model.HomeTickets) fyne.CanvasObject {
	if len(m.View.List) < 2 {
		return widget.Col(0)
	}
	var rows []fyne.CanvasObject
	for _, t := range m.View.List {
		row := widget.Row(10, widget.Grow(widget.Col(-1, widget.Text(widget.Data(model.InGroups(t.Number)), widget.T14, widget.Ink), widget.Text(widget.W("home.ticket.in-district", t.District), widget.T12, widget.Ink3))),
			ticketMark(t.State))
		if m.CanChoose(t) {
			row.Add(widget.Button(widget.Secondary, "", widget.W("home.ticket.choose-this"), func() { m.Choose(t) }))
		}
		rows = append(rows, widget.Pad(row, 8, 0))
	}
	return widget.Titled(widget.W("home.ticket.all"), widget.Ruled(rows...))
}

// ticketMerge shows what bringing the marks under other numbers to the chosen one would give, and
// how far it is.
func ticketMerge(m *model.HomeTickets) fyne.CanvasObject {
	if x, ok := m.Open(); ok {
		return widget.Strip(widget.Info, "clock", widget.W("home.ticket.merging", len(x.Others)), widget.W("home.ticket.merging.hint"),
			widget.Button(widget.Secondary, "", widget.W("home.ticket.undo"), func() { m.Undo(widget.Book().Say("home.ticket.undo.why")) }))
	}
	if !m.CanMerge() {
		return widget.Col(0)
	}
	if !m.Previewed {
		return widget.Titled(widget.W("home.ticket.merge"), widget.Col(10, widget.Para(widget.W("home.ticket.merge.hint"), 0, widget.T13, widget.Ink2),
			widget.Row(0, widget.Button(widget.Secondary, "eye", widget.W("home.ticket.preview"), m.Preview), widget.Gap())))
	}
	var rows []fyne.CanvasObject
	for _, r := range m.Merge.Rows {
		points := widget.W("home.ticket.points", float64(r.Taken.Tenths)/10)
		if r.Taken.Exempt {
			points = widget.W("home.ticket.exempt")
		}
		rows = append(rows, widget.TwoLines(nil, widget.Data(r.Course+" "+r.CourseName), widget.W("enrolment.merge."+string(r.Rule)), widget.Text(points, widget.T14, widget.Ink)))
	}
	if len(rows) == 0 {
		rows = append(rows, widget.Para(widget.W("home.ticket.no-marks"), 0, widget.T13, widget.Ink2))
	}
	return widget.Titled(widget.W("home.ticket.preview.title"), widget.Col(10, widget.Ruled(rows...), widget.Para(widget.W("home.ticket.preview.hint"), 0, widget.T12, widget.Ink3),
		widget.Row(0, widget.OtherAct(act.ProposeMerge, "send", m.Propose, m.CanMerge), widget.Gap())))
}
