package screen

import (
	"fmt"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// TicketPerson is one person's ticket numbers, the merge of several, and the marks.
func TicketPerson(m *model.TicketPerson, file func()) fyne.CanvasObject {
	left := widget.Col(16, widget.Live(&m.Screen, func() fyne.CanvasObject { return personNumbers(m) }),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return personMerge(m) }), mergeDecision(m))
	side := widget.Col(16, ticketDeclare(m), markForm(m), widget.Live(&m.Screen, func() fyne.CanvasObject { return personMarks(m) }))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(func() string { return m.View.Name }, func() string {
			if !m.Loaded {
				return ""
			}
			return widget.Book().Say("ticket.of", m.View.MaskedNumber)
		}, widget.Button(widget.Secondary, "people", widget.W("person.open-file"), file)),
		widget.Problem(&m.Screen, m.Load), widget.Live(&m.Screen, func() fyne.CanvasObject {
			if m.Said == "" {
				return widget.Col(0)
			}
			return widget.Strip(widget.Good, "check", widget.W(m.Said), widget.W(m.Said+".hint"))
		}),
		widget.Beside(620, 330, left, side)))
}

// personNumbers are the numbers with how each stands, and the way to choose one of several.
func personNumbers(m *model.TicketPerson) fyne.CanvasObject {
	if m.Loaded && len(m.View.List) == 0 {
		return widget.Empty("ticket", widget.W("ticket.person.none"), widget.W("ticket.person.none.hint"))
	}
	var rows []fyne.CanvasObject
	for _, t := range m.View.List {
		from := widget.W("ticket.from", t.District, widget.W("enrolment.ticket-source."+string(t.Source))(), t.IssuedAt)
		if t.MergedInto != "" {
			from = widget.W("ticket.merged-into", model.InGroups(t.MergedInto))
		}
		number := widget.Bold(widget.Data(model.InGroups(t.Number)), widget.T16)
		row := widget.Row(12, widget.Grow(widget.Col(0, number, widget.Text(from, widget.T12, widget.Ink3).Elide())), ticketMark(t.State))
		if m.CanChoose(t) {
			row.Add(widget.Button(widget.Secondary, "lock", widget.W(string(act.ChooseTicket)), func() { m.Choose(t) }))
		}
		rows = append(rows, widget.Least(0, 56, row))
	}
	col := widget.Col(10)
	if _, locked := m.Locked(); !locked && m.Usable() > 1 {
		col.Add(widget.Strip(widget.Warn, "alert", widget.W("ticket.several", m.Usable()), widget.W("ticket.several.hint")))
	}
	col.Add(widget.Ruled(rows...))
	return widget.Titled(widget.W("ticket.numbers"), col)
}

var mergeColumns = []float32{0, 148, 148, 150}

// personMerge is both sides of every course, which mark is taken, and by which rule.
func personMerge(m *model.TicketPerson) fyne.CanvasObject {
	g := m.Shown()
	if g == nil {
		return widget.Col(0)
	}
	title, chip := widget.W("ticket.merge.preview"), widget.ChipWith(widget.Plain, "eye", widget.W("ticket.merge.nothing-kept"))
	if m.Proposed() {
		title, chip = widget.W("ticket.merge.proposed"), widget.ChipWith(widget.Warn, "clock", widget.W("enrolment.merge-state.proposed"))
	}
	var rows []fyne.CanvasObject
	for _, r := range g.Rows {
		own, others := widget.Col(2), widget.Col(2)
		for _, x := range r.Marks {
			side := others
			if x.Ticket == g.Keep {
				side = own
			}
			ink := widget.Ink3
			if x == r.Taken {
				ink = widget.Ink
			}
			side.Add(widget.Text(markWords(x.Tenths, x.Passed, x.Exempt), widget.T13, ink).Elide())
			if !x.SatOn.IsZero() {
				side.Add(widget.Text(widget.Data(x.SatOn.String()), widget.T12, widget.Ink3))
			}
		}
		taken := widget.Col(0, widget.Mark(widget.Good, "check", markWords(r.Taken.Tenths, r.Taken.Passed, r.Taken.Exempt)),
			widget.Para(widget.W("enrolment.merge."+string(r.Rule)), 0, widget.T12, widget.Ink2))
		rows = append(rows, widget.Pad(widget.Cells(mergeColumns, widget.Col(0, widget.Text(widget.Data(r.CourseName), widget.T13, widget.Ink).Elide(), widget.Text(widget.Data(r.Course), widget.T12, widget.Ink3)),
			widget.Pad(own, 0, 8, 0, 0), widget.Pad(others, 0, 8, 0, 0), taken), 8, 16))
	}
	head := widget.Pad(widget.Row(12, widget.Grow(widget.Bold(title, widget.T16)), chip), 12, 16)
	keep := widget.Head(mergeColumns, widget.W("hours.course"), widget.W("ticket.merge.own", model.InGroups(g.Keep)), widget.W("ticket.merge.others", len(g.Others)), widget.W("ticket.merge.taken"))
	return widget.Card(widget.Col(0, head, keep, widget.Ruled(rows...)))
}

// markWords says a mark: 64 分，及格.
func markWords(tenths int, passed, exempt bool) widget.Words {
	switch {
	case exempt:
		return widget.W("ticket.mark.exempt")
	case passed:
		return widget.W("ticket.mark.passed", model.Points(tenths))
	}
	return widget.W("ticket.mark.failed", model.Points(tenths))
}

// mergeDecision proposes the merge, takes it back, or makes it final.
func mergeDecision(m *model.TicketPerson) fyne.CanvasObject {
	propose := widget.When(func() bool { return m.View.Preview != nil && !m.Proposed() }, widget.Titled(widget.W("ticket.merge"), widget.Col(10,
		widget.Para(widget.W("ticket.merge.hint"), 0, widget.T13, widget.Ink2),
		widget.Act(act.ProposeMerge, m.Propose, func() bool { return !m.Busy() && m.View.Preview != nil }))))
	approve := widget.Button(widget.Primary, "check", widget.W(string(act.ApproveMerge)), m.Approve).Main().When(func() bool { return m.MayApprove && !m.Busy() && m.Proposed() })
	decide := widget.When(m.Proposed, widget.Titled(widget.W("hours.review.decision"), widget.Col(10,
		widget.Because(&m.Screen, approve, widget.W("ticket.merge.who")), widget.Para(widget.W("ticket.merge.final"), 0, widget.T12, widget.Ink2), widget.Rule(),
		widget.Field("ticket.merge.why", &m.Why).OnEnter(m.Undo),
		widget.Because(&m.Screen, widget.OtherAct(act.UndoMerge, "back", m.Undo, m.CanUndo), widget.W("ticket.merge.why-off")))))
	both := widget.Col(0, propose, decide)
	m.OnChange(both.Refresh)
	return both
}

// ticketDeclare records a number someone brings.
func ticketDeclare(m *model.TicketPerson) fyne.CanvasObject {
	return widget.Titled(widget.W(string(act.DeclareTicket)), widget.Col(10,
		widget.Field("ticket.number", &m.Number).OnEnter(m.Declare), widget.Field("venue.district", &m.District).OnEnter(m.Declare),
		widget.Wrapping(12, widget.OtherAct(act.DeclareTicket, "plus", m.Declare, m.CanDeclare))))
}

// markForm enters marks while it is open.
func markForm(m *model.TicketPerson) fyne.CanvasObject {
	return widget.LiveBy(&m.Screen, func() string { return fmt.Sprintf("%p", m.Mark) }, func() fyne.CanvasObject {
		f := m.Mark
		if f == nil {
			return widget.Col(0)
		}
		return widget.Titled(widget.W(string(act.EnterMark)), widget.Col(10,
			widget.Pick("ticket.under", &f.Ticket), widget.Even(12, widget.Field("ticket.course-code", &f.Course), widget.Field("ticket.points", &f.Points)),
			widget.Field("hours.course", &f.Name), widget.Field("ticket.sat-on", &f.SatOn).Hint(widget.Data("2026-10-24")).OnEnter(f.Save),
			widget.Tick(&f.Passed, widget.W("ticket.passed"), nil), widget.Tick(&f.Exempt, widget.W("ticket.exempt"), nil),
			widget.Wrapping(12, widget.Act(act.EnterMark, f.Save, f.CanSave), widget.Button(widget.Secondary, "", widget.W("act.close"), m.CloseMark))))
	})
}

// personMarks are the marks under each number.
func personMarks(m *model.TicketPerson) fyne.CanvasObject {
	col := widget.Col(12)
	for _, t := range m.View.List {
		marks := m.MarksOf(t.Number)
		if len(marks) == 0 {
			continue
		}
		rows := widget.Col(4, widget.Text(widget.Data(model.InGroups(t.Number)), widget.T12, widget.Ink3))
		for _, x := range marks {
			rows.Add(widget.Sum(widget.Data(x.Course+" "+x.CourseName), markWords(x.Tenths, x.Passed, x.Exempt)))
		}
		col.Add(rows)
	}
	if len(col.Objects) == 0 {
		col.Add(widget.Para(widget.W("ticket.marks.none"), 0, widget.T13, widget.Ink2))
	}
	var right []fyne.CanvasObject
	if m.Usable() > 0 {
		right = append(right, widget.Link(widget.W(string(act.EnterMark)), m.OpenMark))
	}
	return widget.Titled(widget.W("ticket.marks"), col, right...)
}
