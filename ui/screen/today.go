package screen

import (
	"strconv"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// TodayWays are the ways on from the desk's day.
type TodayWays struct {
	PassList, Publish, Import, Drafts func()
	Older                             func() // goes on with an older store; nil for who may not
}

// Today is the desk's day: counts that filter, the queue by working day, and what else is on.
func Today(m *model.Today, ways TodayWays) fyne.CanvasObject {
	caption := func(key string) fyne.CanvasObject { return widget.Text(widget.W(key), widget.T12, widget.Ink3).Elide() }
	head := widget.Col(0, widget.Pad(widget.Bold(widget.W("today.by-due"), widget.T16), 12, 16),
		widget.HeadOf(todayColumns, caption("hours.review.due"), caption("hours.review.last"), caption("today.who"), caption("today.matter"), widget.Gap()))
	queue := widget.ListCard(&m.Screen, widget.ListOf{
		Head: head, Height: 52, Count: func() int { return len(m.Queue.Rows) }, Row: func(i int) fyne.CanvasObject { return todayRow(m, i) }, Open: m.Queue.Choose,
		Empty: func() fyne.CanvasObject {
			if n := m.View.Drafts; n > 0 && m.Filter == "" {
				return widget.Empty("draft", widget.W("today.empty.drafts", n), widget.W("today.drafts.hint"), widget.Button(widget.Secondary, "send", widget.W("hours.drafts.go"), ways.Drafts))
			}
			return widget.Empty("today", widget.W("today.empty"), widget.W("today.empty.hint"), widget.Button(widget.Secondary, "import", widget.W("exchange.import"), ways.Import))
		},
		Loaded: func() bool { return m.Loaded }, Retry: m.Load,
	})
	drafts := widget.When(func() bool { return m.View.Drafts > 0 }, widget.Live(&m.Screen, func() fyne.CanvasObject { return todayDrafts(m, ways) }))
	m.OnChange(drafts.Refresh)
	side := widget.Live(&m.Screen, func() fyne.CanvasObject { return todaySide(m, ways) })
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("today"), todayLine(m)),
		drafts,
		widget.Live(&m.Screen, func() fyne.CanvasObject { return todayCounts(m) }),
		widget.Grow(widget.Beside(560, 248, queue, side))))
}

// todayColumns are deadline, last day, who, matter, sign.
var todayColumns = []float32{140, -72, 0, 250, 24}

func todayRow(m *model.Today, i int) fyne.CanvasObject {
	r := m.Queue.Rows[i]
	due, last := widget.Chip(widget.Plain, widget.W("today.no-day")), widget.Data("")
	if !r.Due.IsZero() {
		due = widget.DueBy(r.DaysLeft, mayMove(r.Provisional))
		last = widget.Data(widget.Book().ShortDate(r.Due, m.Day))
	}
	return widget.Pad(widget.Cells(todayColumns, due, widget.Text(last, widget.T13, widget.Ink2),
		widget.Pad(widget.Col(-1, widget.Bold(widget.Data(r.Name), widget.T14).Elide(), widget.Text(widget.Data(r.MaskedNumber), widget.T12, widget.Ink3).Elide()), 0, 8, 0, 0),
		widget.Col(-1, widget.Text(widget.W(r.What), widget.T14, widget.Ink).Elide(), widget.Text(widget.W(r.Detail, r.Figures...), widget.T12, widget.Ink3).Elide()),
		widget.Icon("right", 16, widget.Ink3)), 0, 16)
}

// mayMove says under a deadline that it is provisional.
func mayMove(provisional bool) widget.Words {
	if !provisional {
		return nil
	}
	return widget.W("date.provisional.mark")
}

func todayLine(m *model.Today) widget.Words {
	due := todayDue(m)
	return func() string {
		if n := m.Unlisted(); n > 0 {
			return widget.Book().Say("today.line.more", due(), n)
		}
		return due()
	}
}

func todayDue(m *model.Today) widget.Words {
	return func() string {
		b := widget.Book()
		switch late, due := m.Count("overdue"), m.Count("today"); {
		case !m.Loaded:
			return ""
		case late > 0 && due > 0:
			return b.Say("today.line", late, due)
		case late > 0:
			return b.Say("today.line.late", late)
		case due > 0:
			return b.Say("today.line.due", due)
		}
		return b.Say("today.line.none")
	}
}

// todayDrafts says how many hour records wait to be handed in: they are nobody's to review till then.
func todayDrafts(m *model.Today, ways TodayWays) fyne.CanvasObject {
	return widget.Strip(widget.Warn, "draft", widget.W("today.drafts", m.View.Drafts, m.View.DraftsOf), widget.W("today.drafts.hint"),
		widget.Button(widget.Secondary, "send", widget.W("hours.drafts.go"), ways.Drafts))
}

func todayCounts(m *model.Today) fyne.CanvasObject {
	cell := func(filter, key string, more widget.Words, tone widget.Tone) widget.Count {
		n := m.Count(filter)
		if n == 0 {
			tone = widget.Plain
		}
		return widget.Count{
			Figure: widget.Data(strconv.Itoa(n)), Name: widget.W(key), More: more, Tone: tone,
			Chosen: func() bool { return m.Filter == filter }, Tap: func() { m.Show(filter) },
		}
	}
	late := widget.W("today.overdue.more", m.Worst())
	if m.Worst() == 0 {
		late = widget.W("today.overdue.none")
	}
	return widget.CountStrip([]widget.Count{
		cell("", "today.all", widget.W("today.all.more"), widget.Plain),
		cell("overdue", "today.overdue", late, widget.Bad),
		cell("today", "today.due", widget.W("today.due.more"), widget.Warn),
		cell("week", "today.week", widget.W("today.week.more"), widget.Plain),
	})
}

func todaySide(m *model.Today, ways TodayWays) fyne.CanvasObject {
	v, b := m.View, widget.Book()
	if !m.Loaded {
		return widget.Col(0)
	}
	col := widget.Col(16)
	for _, w := range v.Place {
		col.Add(widget.Strip(widget.Bad, "alert", widget.W(w.Key, w.Figures...), widget.W(w.Key+".hint", w.Figures...)))
		if w.Key == model.WarningOlder && ways.Older != nil {
			col.Add(widget.Button(widget.Secondary, "", widget.W("today.older"), ways.Older))
		}
	}
	if v.Sealed > 0 {
		col.Add(widget.Strip(widget.Info, "check", widget.W("today.sealed", v.Sealed), widget.W("today.sealed.hint")))
	}
	if v.Behind > 0 {
		col.Add(widget.Strip(widget.Bad, "alert", widget.W("today.behind", v.Behind), widget.W("today.behind.hint")))
	}
	if v.Unseen {
		col.Add(widget.Strip(widget.Warn, "alert", widget.W("today.unseen"), widget.W("today.unseen.hint")))
	}
	if v.Mended > 0 {
		col.Add(widget.Strip(widget.Info, "check", widget.W("today.mended", v.Mended), widget.W("today.mended.hint")))
	}
	col.Add(widget.Titled(widget.W("today.pass-list", v.PassMonth), widget.Col(8,
		widget.Sum(widget.W("today.passed"), widget.W("count.people", v.Passed)),
		publishOn(b.ShortDate(v.PublishOn, m.Day)+" "+b.Weekday(v.PublishOn), v.MayMove),
		widget.Para(widget.W("today.publish-why"), 0, widget.T12, widget.Ink3),
		widget.Button(widget.Secondary, "", widget.W("today.preview-list"), ways.PassList))))
	if v.ToPublish > 0 {
		col.Add(widget.Titled(widget.W("today.unpublished", v.LastMonth), widget.Col(8,
			widget.Sum(widget.W("today.passed"), widget.W("count.people", v.ToPublish)),
			widget.Button(widget.Secondary, "", widget.W("today.publish-now"), ways.Publish))))
	}
	classes := widget.Col(8)
	for _, c := range v.Classes {
		classes.Add(widget.Col(0, widget.Sum(widget.Data(c.Name), widget.W("today.class-in", c.In)), widget.Text(widget.Data(c.Place), widget.T12, widget.Ink3).Elide()))
	}
	if len(v.Classes) == 0 {
		classes.Add(widget.Para(widget.W("today.no-class"), 0, widget.T13, widget.Ink2))
	}
	col.Add(widget.Titled(widget.W("today.classes"), classes))
	came := widget.Col(8)
	for _, h := range v.CameIn {
		came.Add(widget.Col(0, widget.Sum(widget.W(string(h.Act)), widget.W("count.times", h.Times)), widget.Text(widget.Data(b.ShortMoment(h.At, m.Day)+" · "+h.Who), widget.T12, widget.Ink3).Elide()))
	}
	if len(v.CameIn) > 0 {
		col.Add(widget.Titled(widget.W("today.came-in"), came))
	}
	return col
}
