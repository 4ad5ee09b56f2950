package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// HoursDrafts is the list of records that nobody has handed in, and the ways to hand them in.
func HoursDrafts(m *model.HoursDrafts) fyne.CanvasObject {
	keys := widget.Text(widget.W("hours.drafts.keys"), widget.T12, widget.Ink3)
	list := widget.ListCard(&m.Screen, widget.ListOf{
		Head: widget.Head(draftColumns, widget.Data(""), widget.W("person.name"), widget.W("hours.course"), widget.W("hours.done-on"), widget.W("hours.source"), widget.W("hours.hours")),
		Foot: widget.Pad(widget.Row(0, keys), 4, 16), Height: 52, Count: func() int { return len(m.Queue.Rows) },
		Row: func(i int) fyne.CanvasObject { return draftRow(m, i) }, Open: m.MarkAt, Heard: true,
		Empty: func() fyne.CanvasObject {
			return widget.Empty("check", widget.W("hours.drafts.empty"), widget.W("hours.drafts.empty.hint"))
		},
		Loaded: func() bool { return m.Loaded }, Retry: m.Load,
	})
	number := func(key string, n func() int) widget.Words {
		return func() string { return widget.Book().Say(key, n()) }
	}
	of := func() string {
		name, n := m.Of()
		if name == "" {
			return widget.Book().Say("hours.drafts.choose")
		}
		return widget.Book().Say("hours.drafts.of", name, n)
	}
	submit := widget.Titled(widget.W("hours.submit"), widget.Col(12,
		widget.Live(&m.Screen, func() fyne.CanvasObject { return draftsSay(m) }),
		widget.Button(widget.Primary, "send", number("hours.drafts.marked", m.Marks), m.SubmitMarked).When(m.CanSubmitMarked),
		widget.Button(widget.Secondary, "", of, m.SubmitOf).When(m.CanSubmitOf),
		widget.Button(widget.Secondary, "", number("hours.drafts.all", func() int { return m.Records }), m.SubmitAll).When(m.CanSubmit),
		widget.Para(widget.W("hours.drafts.why"), 0, widget.T12, widget.Ink3)))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("hours.drafts"), draftsLine(m)), widget.Problem(&m.Screen, m.Load),
		widget.Grow(widget.Beside(560, 264, list, submit))))
}

// draftColumns are mark, who, course, day, where it came from, hours.
var draftColumns = []float32{24, 150, 0, 88, -96, 56}

func draftRow(m *model.HoursDrafts, i int) fyne.CanvasObject {
	r := m.Queue.Rows[i]
	mark := widget.Icon("stop", 16, widget.Ink3)
	if m.Marked(r.Record.ID) {
		mark = widget.Icon("check", 16, widget.Accent)
	}
	cells := widget.Cells(draftColumns, mark,
		widget.Col(-1, widget.Bold(widget.Data(r.Name), widget.T14).Elide(), widget.Text(widget.Data(r.MaskedNumber), widget.T12, widget.Ink2).Elide()),
		widget.Pad(widget.Col(-1, widget.Text(widget.Data(r.Record.Course), widget.T14, widget.Ink).Elide(), widget.Text(matter(model.ReviewRow{Record: r.Record}), widget.T12, widget.Ink3).Elide()), 0, 8, 0, 0),
		widget.Text(widget.Data(widget.Book().ShortDate(r.Record.On, m.Today)), widget.T13, widget.Ink2),
		widget.Text(widget.W("hours.source."+string(r.Record.Source)), widget.T12, widget.Ink3).Elide(),
		widget.Text(amount(r.Record.Seconds, r.PerHour), widget.T14, widget.Ink).Right())
	return widget.Chosen(widget.Pad(cells, 0, 16), m.Queue.Selected() == i)
}

func draftsLine(m *model.HoursDrafts) widget.Words {
	return func() string {
		switch b := widget.Book(); {
		case !m.Loaded:
			return ""
		case len(m.Queue.Rows) < m.Records:
			return b.Say("hours.drafts.line.first", m.Records, m.People, len(m.Queue.Rows))
		case m.Records > 0:
			return b.Say("hours.drafts.line", m.Records, m.People)
		}
		return ""
	}
}

// draftsSay says what was handed in here last, and by when it is decided.
func draftsSay(m *model.HoursDrafts) fyne.CanvasObject {
	if m.Done.Records == 0 {
		return widget.StageMark(model.StageDraft)
	}
	return widget.Col(2, widget.StageMark(model.StageReview), widget.Para(widget.W("hours.submitted.say", m.Done.Records, m.Done.Decided), 0, widget.T13, widget.Ink2))
}
