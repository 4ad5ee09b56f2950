package screen

import (
	"strconv"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// HoursReview is the queue by working days, and the decision beside it.
func HoursReview(m *model.HoursReview, drafts func()) fyne.CanvasObject {
	queue := widget.ListCard(&m.Screen, widget.ListOf{
		Head: reviewHead(), Foot: reviewFoot(m), Height: 52, Count: func() int { return len(m.Queue.Rows) },
		Row: func(i int) fyne.CanvasObject { return reviewRow(m, i) }, Open: m.Choose, Heard: true,
		Empty: func() fyne.CanvasObject {
			return reviewEmpty(m, drafts)
		},
		Loaded: func() bool { return m.Loaded }, Retry: m.Load,
	})
	decision := widget.Titled(widget.W("hours.review.decision"), widget.Col(12,
		widget.Live(&m.Screen, func() fyne.CanvasObject { return chosen(m) }),
		widget.Row(8, widget.Grow(widget.Act(act.AcceptHours, m.Accept, m.CanAccept)), widget.KeyCap(widget.Data("A"))),
		widget.Rule(),
		widget.Row(8, widget.Grow(widget.Pick("hours.review.reason", &m.Reason)), widget.KeyCap(widget.Data("1–9"))),
		widget.Field("hours.review.note", &m.Note),
		widget.Row(8, widget.Grow(widget.OtherAct(act.ReturnHours, "back", m.Return, m.CanReturn)), widget.KeyCap(widget.Data("R"))),
		widget.Para(widget.W("hours.review.return-why"), 0, widget.T12, widget.Ink3)))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("hours.review"), reviewLine(m)),
		widget.Col(0, widget.Live(&m.Screen, func() fyne.CanvasObject { return counts(m) }), widget.Problem(&m.Screen, m.Load)),
		widget.Grow(widget.Beside(560, 264, queue, decision))))
}

// reviewEmpty says why nothing is to be reviewed; all is reviewed only where nothing is left to be
// handed in.
func reviewEmpty(m *model.HoursReview, drafts func()) fyne.CanvasObject {
	switch m.Empty() {
	case "drafts":
		return widget.Empty("draft", widget.W("hours.review.empty.drafts", m.Unsubmitted), widget.W("hours.review.empty.drafts.hint"),
			widget.Button(widget.Secondary, "send", widget.W("hours.drafts.go"), drafts))
	case "only":
		return widget.Empty("clock", widget.W("hours.review.empty.only"), widget.W("hours.review.empty.filter.hint", m.Waiting), widget.Button(widget.Secondary, "", widget.W("hours.review.everyone"), m.Everyone))
	case "filter":
		return widget.Empty("clock", widget.W("hours.review.empty.filter"), widget.W("hours.review.empty.filter.hint", m.Waiting), widget.Button(widget.Secondary, "", widget.W("hours.review.all"), func() { m.Show("") }))
	}
	return widget.Empty("check", widget.W("hours.review.empty"), widget.W("hours.review.empty.hint"))
}

// reviewFoot is what can be done with several records at once, and the keys.
func reviewFoot(m *model.HoursReview) fyne.CanvasObject {
	several := widget.Button(widget.Quiet, "check", func() string { return widget.Book().Say("hours.review.accept-marked", m.Marks()) }, m.AcceptMarked).
		When(func() bool { return m.Marks() > 0 && !m.Busy() })
	everyone := widget.When(func() bool { return m.Only != "" }, widget.Link(widget.W("hours.review.everyone"), m.Everyone))
	m.OnChange(func() { several.Refresh(); everyone.Refresh() })
	return widget.Pad(widget.Yielding(16, 60, widget.Row(16, everyone, widget.Gap()), widget.Text(widget.W("hours.review.keys"), widget.T12, widget.Ink3), several), 4, 16)
}

// queueColumns are the widths of the queue; 0 grows.
var queueColumns = []float32{24, 132, -64, 150, 0, 52}

func reviewHead() fyne.CanvasObject {
	caption := func(key string) *widget.TextPart { return widget.Text(widget.W(key), widget.T12, widget.Ink3).Elide() }
	return widget.HeadOf(queueColumns, widget.Gap(), caption("hours.review.due"), caption("hours.review.last"), caption("person.name"), caption("hours.course"),
		widget.Text(widget.W("hours.hours"), widget.T12, widget.Ink3).Right())
}

func reviewLine(m *model.HoursReview) widget.Words {
	return func() string {
		if m.Decided > 0 {
			return widget.Book().Say("hours.review.decided", m.Decided)
		}
		switch late, due := m.Count("overdue"), m.Count("today"); {
		case late > 0 && due > 0:
			return widget.Book().Say("hours.review.line", late, due)
		case late > 0:
			return widget.Book().Say("hours.review.line.late", late)
		case due > 0:
			return widget.Book().Say("hours.review.line.due", due)
		case m.Unsubmitted > 0:
			return widget.Book().Say("hours.review.line.drafts", m.Unsubmitted)
		}
		return ""
	}
}

func counts(m *model.HoursReview) fyne.CanvasObject {
	cell := func(filter, key string, tone widget.Tone, n int) widget.Count {
		if n == 0 {
			tone = widget.Plain
		}
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

func reviewRow(m *model.HoursReview, i int) fyne.CanvasObject {
	r := m.Queue.Rows[i]
	var mark fyne.CanvasObject = widget.Gap()
	if m.Marked(r.Record.ID) {
		mark = widget.Row(0, widget.Icon("check", 14, widget.Accent))
	}
	cells := widget.Cells(queueColumns, mark, widget.Row(0, widget.DueBy(r.DaysLeft, mayMove(r.Provisional))),
		widget.Text(widget.Data(widget.Book().ShortDate(r.Record.Due, m.Today)), widget.T13, widget.Ink2),
		widget.Col(-1, widget.Bold(widget.Data(r.Name), widget.T14).Elide(), widget.Text(widget.Data(r.MaskedNumber), widget.T12, widget.Ink2).Elide()),
		widget.Pad(widget.Col(-1, widget.Text(widget.Data(r.Record.Course), widget.T14, widget.Ink).Elide(), widget.Text(matter(r), widget.T12, widget.Ink3).Elide()), 0, 8, 0, 0),
		widget.Text(amount(r.Record.Seconds, r.PerHour), widget.T14, widget.Ink).Right())
	return widget.Chosen(widget.Pad(cells, 0, 16), m.Queue.Selected() == i)
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
		widget.Sum(widget.W("hours.hours"), amount(r.Record.Seconds, r.PerHour)),
		widget.Sum(widget.W("hours.done-on"), widget.Data(b.Date(r.Record.On))),
		widget.Sum(widget.W("hours.paid-on"), widget.Data(b.Date(r.Record.PaidOn))),
		widget.Sum(widget.W("hours.mark"), func() string {
			if !r.Record.HasMark {
				return "–"
			}
			return b.Mark(r.Record.Entry)
		}),
		widget.Sum(widget.W("hours.submitted-on"), widget.Data(b.Date(r.Record.SubmittedOn))),
		ownNote(r), effect(m))
}

// ownNote says that whoever looks entered the record, and whether they may decide it.
func ownNote(r model.ReviewRow) fyne.CanvasObject {
	switch {
	case r.Barred:
		return widget.Col(2, widget.Para(widget.W("access.own-work"), 0, widget.T13, widget.Red), widget.Para(widget.W("access.own-work.hint"), 0, widget.T12, widget.Ink2))
	case r.Own:
		return widget.Para(widget.W("access.own-review.now"), 0, widget.T12, widget.Ink2)
	}
	return widget.Col(0)
}

// effect says what the chosen record does in its learner's ledger.
func effect(m *model.HoursReview) fyne.CanvasObject {
	e := m.Effect
	if e == nil {
		return widget.Text(widget.W("state.loading"), widget.T13, widget.Ink3)
	}
	if e.Stage == model.StageNot {
		return widget.Col(2, widget.Mark(widget.Warn, "alert", widget.W("hours.review.if-accepted.not")), widget.Para(why(e), 0, widget.T12, widget.Ink2))
	}
	r, _ := m.Queue.Row()
	return widget.Col(2, widget.Mark(widget.Info, "right", widget.W("hours.review.if-accepted")), widget.Para(func() string {
		b := widget.Book()
		return b.Say("hours.review.would-count") + b.Say("hours.bucket."+bucketKey(e.Bucket.Added, string(e.Bucket.Kind)), e.Bucket.Specialty) + " " + b.Say("hours.from-to", b.Hours(e.Before, r.PerHour), b.Hours(e.After, r.PerHour))
	}, 0, widget.T12, widget.Ink2))
}

func why(l *model.LedgerRow) widget.Words {
	return func() string {
		if l.Why == nil {
			return ""
		}
		text, _ := widget.Book().Fault(l.Why)
		return text
	}
}
