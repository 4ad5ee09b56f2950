package screen

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// HoursPassList is a month's list, and that month's certificates in one go.
func HoursPassList(m *model.HoursPassList, openPerson func(model.BatchRow)) fyne.CanvasObject {
	month := widget.Row(8, widget.Button(widget.Secondary, "left", widget.W("hours.pass-list.before"), func() { m.Step(-1) }).When(func() bool { return m.CanStep(-1) }),
		widget.Button(widget.Secondary, "right", widget.W("hours.pass-list.after"), func() { m.Step(1) }).When(func() bool { return m.CanStep(1) }))
	head := widget.HeadOf(passColumns, cap12("person.name"), cap12("person.number"), cap12("person.unit"), cap12("person.specialties"),
		widget.Text(widget.W("hours.hours"), widget.T12, widget.Ink3).Right(), widget.Gap(), cap12("hours.pass-list.accepted"), cap12("certificate.list-title"))
	list := widget.ListCard(&m.Screen, widget.ListOf{
		Head: head, Height: 44, Count: func() int { return len(m.List.Rows) }, Row: func(i int) fyne.CanvasObject { return passRow(m, i) },
		Open: func(i int) { openPerson(model.BatchRow{Person: m.List.Rows[i].Person}) },
		Empty: func() fyne.CanvasObject {
			return widget.Empty("print", widget.W("hours.pass-list.empty"), widget.W("hours.pass-list.empty.hint"))
		},
		Loaded: func() bool { return m.Loaded }, Retry: m.Load,
	})
	batch := widget.Titled(widget.W("certificate.batch"), widget.Col(12,
		widget.Para(widget.W("certificate.batch.hint"), 0, widget.T12, widget.Ink3),
		widget.Pick("certificate.languages", &m.Languages),
		widget.Button(widget.Primary, "seal", func() string { return widget.Book().Say("certificate.batch.issue") }, m.Issue).Main().When(m.CanIssue),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return batchOutcome(m) }),
		widget.Button(widget.Secondary, "print", func() string { return widget.Book().Say("certificate.batch.print", len(m.Saved)-m.Printed) }, m.Print).When(m.CanPrint)))
	publish := widget.Titled(widget.W("hours.pass-list.publish"), widget.Col(8,
		widget.Live(&m.Screen, func() fyne.CanvasObject {
			return widget.Col(8, widget.Sum(widget.W("today.passed"), widget.W("count.people", len(m.List.Rows))),
				widget.Sum(widget.W("today.publish-on"), widget.Data(widget.Book().Provisional(widget.Book().Date(m.List.PublishOn), m.List.Provisional))))
		}),
		widget.Para(widget.W("today.publish-why"), 0, widget.T12, widget.Ink3),
		widget.Wrapping(8, widget.Button(widget.Secondary, "file", widget.W("hours.pass-list.pdf"), func() { m.Keep("pdf") }).When(m.CanIssue),
			widget.Button(widget.Secondary, "list", widget.W("hours.pass-list.xlsx"), func() { m.Keep("xlsx") }).When(m.CanIssue))))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(func() string { return widget.Book().Say("hours.pass-list.title", m.Year, m.Month) }, widget.Data(""), month),
		widget.Col(0, widget.Problem(&m.Screen, nil), working(&m.Screen)),
		widget.Grow(widget.Beside(560, 264, list, widget.Col(16, publish, batch)))))
}

// working shows how far long work is, with the way to stop it; nothing while there is none.
func working(s *model.Screen) fyne.CanvasObject {
	shown := widget.When(s.Stoppable, widget.Live(s, func() fyne.CanvasObject { return widget.Working(s) }))
	s.OnChange(shown.Refresh)
	return shown
}

func cap12(key string) *widget.TextPart {
	return widget.Text(widget.W(key), widget.T12, widget.Ink3).Elide()
}

var passColumns = []float32{110, -170, -180, 0, 52, 16, -84, 160}

func passRow(m *model.HoursPassList, i int) fyne.CanvasObject {
	r := m.List.Rows[i]
	b := widget.Book()
	var state fyne.CanvasObject = widget.Text(widget.Data("–"), widget.T13, widget.Ink3)
	if res, ok := m.Result(r.Person); ok {
		if res.Err != nil {
			text, _ := b.Fault(res.Err)
			state = widget.Text(widget.Data(text), widget.T12, widget.Amber).Elide()
		} else {
			state = widget.Text(widget.Data(res.Number), widget.T12, widget.Green).Elide()
		}
	} else if r.Renewal {
		state = widget.Mark(widget.Good, "check", widget.W("mark.full"))
	}
	return widget.Pad(widget.Cells(passColumns, widget.Bold(widget.Data(r.Name), widget.T14).Elide(), widget.Text(widget.Data(r.MaskedNumber), widget.T13, widget.Ink2).Elide(),
		widget.Text(widget.Data(r.Unit), widget.T13, widget.Ink2).Elide(), widget.Text(widget.Data(strings.Join(append([]string{r.Main}, r.Added...), " ")), widget.T13, widget.Ink2).Elide(),
		widget.Text(amount(r.Seconds, m.PerHour), widget.T14, widget.Ink).Right(), widget.Gap(), widget.Text(widget.Data(b.ShortDate(r.AcceptedOn, m.Today)), widget.T13, widget.Ink2), state), 0, 16)
}

// batchOutcome says what a batch did, and where its certificates lie.
func batchOutcome(m *model.HoursPassList) fyne.CanvasObject {
	if !m.Ran {
		return widget.Col(0)
	}
	issued, refused := m.Counts()
	col := widget.Col(4, widget.Mark(widget.Good, "check", widget.W("certificate.batch.issued", strconv.Itoa(issued))))
	if refused > 0 {
		col.Add(widget.Mark(widget.Warn, "alert", widget.W("certificate.batch.refused", strconv.Itoa(refused))))
	}
	switch {
	case m.Broke:
		col.Add(widget.Para(widget.W("certificate.batch.broke"), 0, widget.T12, widget.Ink2))
	case issued == 0 && refused == 0:
		col.Add(widget.Para(widget.W("certificate.batch.none-new"), 0, widget.T12, widget.Ink2))
	}
	if len(m.Saved) > 0 {
		col.Add(widget.Para(widget.W("certificate.batch.saved", len(m.Saved)), 0, widget.T12, widget.Ink2))
	}
	return col
}
