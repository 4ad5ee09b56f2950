package screen

import (
	"strconv"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// HoursReview is the queue by working days, and the decision beside it.
func HoursReview(m *model.HoursReview) fyne.CanvasObject {
	queue := widget.Live(&m.Screen, func() fyne.CanvasObject {
		switch {
		case !m.Loaded && m.Busy():
			return widget.Working(&m.Screen)
		case m.Loaded && len(m.Queue.Rows) == 0:
			return widget.Empty("check", widget.W("hours.review.empty"), widget.W("hours.review.empty.hint"))
		}
		return widget.Card(widget.Col(0,
			reviewHead(),
			widget.Ruled(reviewRows(m)...)))
	})
	decision := widget.Titled(widget.W("hours.review.decision"), widget.Col(12,
		widget.Live(&m.Screen, func() fyne.CanvasObject { return chosen(m) }),
		widget.Act(act.AcceptHours, m.Accept, m.CanAccept),
		widget.Rule(),
		widget.Pick("hours.review.reason", &m.Reason),
		widget.Field("hours.review.note", &m.Note),
		widget.OtherAct(act.ReturnHours, "back", m.Return, m.CanReturn),
		widget.Para(widget.W("hours.review.return-why"), 0, widget.T12, widget.Ink3)))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("hours.review"), reviewLine(m)),
		widget.Col(0, widget.Live(&m.Screen, func() fyne.CanvasObject { return counts(m) }), widget.Problem(&m.Screen, m.Load)),
		widget.Beside(640, 264, queue, decision)))
}

// queueColumns are the widths of the queue; 0 grows.
var queueColumns = []float32{132, 92, 170, 0, 60}

func reviewHead() fyne.CanvasObject {
	caption := func(key string) *widget.TextPart { return widget.Text(widget.W(key), widget.T12, widget.Ink3).Elide() }
	return widget.HeadOf(queueColumns, caption("hours.review.due"), caption("hours.review.last"), caption("person.name"), caption("hours.course"),
		widget.Text(widget.W("hours.hours"), widget.T12, widget.Ink3).Right())
}

func reviewLine(m *model.HoursReview) widget.Words {
	return func() string {
		if m.Decided > 0 {
			return widget.Book().Say("hours.review.decided", m.Decided)
		}
		return widget.Book().Say("hours.review.line", m.Count("overdue"), m.Count("today"))
	}
}

func counts(m *model.HoursReview) fyne.CanvasObject {
	cell := func(filter, key string, tone widget.Tone, n int) widget.Count {
		return widget.Count{
			Figure: widget.Data(strconv.Itoa(n)), Name: widget.W(key), More: widget.W(key + ".more"), Tone: tone,
			Chosen: func() bool { return m.Filter == filter }, Tap: func() { m.Show(filter) },
		}
	}
	return widget.CountStrip([]widget.Count{
		cell("", "hours.review.all", widget.Plain, m.Waiting),
		cell("overdue", "hours.review.overdue", widget.Bad, m.Count("overdue")),
		cell("today", "hours.review.today", widget.Warn, m.Count("today")),
		cell("week", "hours.review.week", widget.Plain, m.Count("week")),
	})
}

// shownRows is how many rows stand on the page; what is due later moves up as work is done.
const shownRows = 40

func reviewRows(m *model.HoursReview) (rows []fyne.CanvasObject) {
	for i, r := range m.Queue.Rows {
		if i == shownRows {
			break
		}
		cells := widget.Cells(queueColumns, widget.Row(0, widget.Due(r.DaysLeft)),
			widget.Text(widget.Data(widget.Book().ShortDate(r.Record.Due, m.Today)), widget.T13, widget.Ink2),
			widget.Col(-1, widget.Bold(widget.Data(r.Name), widget.T14).Elide(), widget.Text(widget.Data(r.MaskedNumber), widget.T12, widget.Ink2).Elide()),
			widget.Col(-1, widget.Text(widget.Data(r.Record.Course), widget.T14, widget.Ink).Elide(), widget.Text(matter(r), widget.T12, widget.Ink3).Elide()),
			widget.Text(amount(r.Record.Minutes, m.PerHour), widget.T14, widget.Ink).Right())
		rows = append(rows, widget.TapRow(widget.Fix(0, 52, widget.Pad(cells, 0, 16)), func() { m.Choose(i) }, func() bool { return m.Queue.Selected() == i }))
	}
	return rows
}

func matter(r model.ReviewRow) widget.Words {
	return func() string {
		b := widget.Book()
		return b.Say("hours.kind."+string(r.Record.Kind)) + "·" + r.Record.Specialty + "·" + b.Say("hours.mode."+string(r.Record.Mode))
	}
}

// chosen is the record to decide, with everything a reviewer looks at.
func chosen(m *model.HoursReview) fyne.CanvasObject {
	r, ok := m.Queue.Row()
	if !ok {
		return widget.Para(widget.W("hours.review.choose"), 0, widget.T13, widget.Ink2)
	}
	b := widget.Book()
	return widget.Col(4,
		widget.Bold(widget.Data(r.Name), widget.T16).Elide(),
		widget.Para(widget.Data(r.Record.Course), 0, widget.T14, widget.Ink),
		widget.Sum(widget.W("hours.hours"), amount(r.Record.Minutes, m.PerHour)),
		widget.Sum(widget.W("hours.done-on"), widget.Data(b.Date(r.Record.On))),
		widget.Sum(widget.W("hours.paid-on"), widget.Data(b.Date(r.Record.PaidOn))),
		widget.Sum(widget.W("hours.mark"), func() string {
			if !r.Record.HasMark {
				return "–"
			}
			return strconv.Itoa(r.Record.Mark)
		}),
		widget.Sum(widget.W("hours.submitted-on"), widget.Data(b.Date(r.Record.SubmittedOn))))
}
