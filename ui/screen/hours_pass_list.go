package screen

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// HoursPassList is a month's list, and that month's certificates in one go.
func HoursPassList(m *model.HoursPassList, openPerson func(model.BatchRow)) fyne.CanvasObject {
	month := widget.Row(8, widget.Button(widget.Secondary, "left", widget.W("hours.pass-list.before"), func() { m.Step(-1) }).When(func() bool { return m.CanStep(-1) }),
		widget.Button(widget.Secondary, "right", widget.W("hours.pass-list.after"), func() { m.Step(1) }).When(func() bool { return m.CanStep(1) }))
	head := widget.HeadOf(passColumns, cap12("person.name"), cap12("person.number"), cap12("person.unit"), cap12("person.specialties"),
		widget.Text(widget.W("hours.pass-list.counted"), widget.T12, widget.Ink3).Right(), widget.Gap(), cap12("hours.pass-list.ready"), cap12("hours.pass-list.accepted"), cap12("hours.pass-list.remark"))
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
			return widget.Col(8, widget.Sum(widget.W("today.passed"), widget.W("count.people", m.List.People())),
				publishOn(widget.Book().Date(m.List.PublishOn), m.List.Provisional))
		}),
		widget.Para(widget.W("hours.pass-list.means"), 0, widget.T12, widget.Ink3),
		widget.Wrapping(8, widget.Button(widget.Secondary, "file", widget.W("hours.pass-list.pdf"), func() { m.Keep("pdf") }).When(m.CanKeep),
			widget.Button(widget.Secondary, "list", widget.W("hours.pass-list.xlsx"), func() { m.Keep("xlsx") }).When(m.CanKeep))))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(func() string { return widget.Book().Say("hours.pass-list.title", m.Year, m.Month) }, widget.Data(""), month),
		widget.Col(8, widget.Problem(&m.Screen, nil), working(&m.Screen), widget.Live(&m.Screen, func() fyne.CanvasObject { return passStands(m) })),
		widget.Grow(widget.Beside(560, 264, list, widget.Col(16, publish, batch)))))
}

// publishOn is the day a list is published, with the sign under it that the day may move: on one
// line they are wider than a side card.
func publishOn(date string, provisional bool) fyne.CanvasObject {
	sum := widget.Sum(widget.W("today.publish-on"), widget.Data(date))
	if !provisional {
		return sum
	}
	return widget.Col(0, sum, widget.Text(widget.W("date.provisional.mark"), widget.T12, widget.Ink3).Right())
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

// passStands says where the list stands, with what can be done about it (G-21).
func passStands(m *model.HoursPassList) fyne.CanvasObject {
	if !m.Loaded || m.List.State == "" {
		return widget.Col(0)
	}
	code := m.Standing()
	hint := widget.W("hours.pass-list."+code+".hint", m.List.PublishOn)
	tone, icon := widget.Info, "clock"
	col := widget.Col(8)
	switch code {
	case "published":
		tone, icon, hint = widget.Good, "check", widget.W("hours.pass-list.published.hint", m.List.PublishedOn, m.List.PublishedBy)
	case "due":
		tone, icon = widget.Warn, "alert"
		if !m.May {
			hint = widget.W("hours.pass-list.due.ask-reviewer", m.List.PublishOn)
		}
	}
	col.Add(widget.Strip(tone, icon, widget.W("hours.pass-list."+code), hint))
	if code == "due" && m.May {
		col.Add(widget.Wrapping(8, widget.Act(act.PublishPasses, m.Publish, m.CanPublish)))
	}
	if m.List.Provisional && m.List.State != model.ListPublished {
		col.Add(widget.Para(widget.W("hours.pass-list.provisional"), 0, widget.T12, widget.Ink2))
	}
	if len(m.List.Left) > 0 {
		col.Add(passLeft(m))
	}
	if m.Again {
		col.Add(widget.Para(widget.W("hours.pass-list.again"), 0, widget.T12, widget.Ink2))
	}
	return col
}

// shownLeft is how many of those who are left out are named one by one.
const shownLeft = 12

// passLeft says who is not on the list, and for which record.
func passLeft(m *model.HoursPassList) fyne.CanvasObject {
	col := widget.Col(4, widget.Strip(widget.Bad, "alert", widget.W("hours.pass-list.left", m.List.LeftPeople()), widget.W("hours.pass-list.left.hint")))
	for i, x := range m.List.Left {
		if i == shownLeft {
			col.Add(widget.Text(widget.W("ctl.audit.more", len(m.List.Left)-shownLeft), widget.T12, widget.Ink3))
			break
		}
		col.Add(widget.Para(func() string {
			b := widget.Book()
			who := x.Name
			switch {
			case x.Deleted:
				who = b.Say("hours.pass-list.deleted")
			case who == "":
				who = b.Say("hours.pass-list.nobody-known")
			}
			return b.Say("hours.pass-list.left-one", who, x.MaskedNumber, b.Say("person.kind."+x.Kind), x.Record)
		}, 0, widget.T13, widget.Ink))
	}
	return col
}

var passColumns = []float32{100, -170, -150, 0, 104, 16, 84, -84, 116}

func passRow(m *model.HoursPassList, i int) fyne.CanvasObject {
	r := m.List.Rows[i]
	b := widget.Book()
	name := widget.Data(r.Name)
	if r.Deleted {
		name = widget.W("hours.pass-list.deleted")
	}
	ready := widget.Text(widget.W("hours.pass-list.ready.no"), widget.T13, widget.Ink2).Elide()
	if r.Renewal {
		ready = widget.Text(widget.W("hours.pass-list.ready.yes"), widget.T13, widget.Green).Elide()
	}
	return widget.Pad(widget.Cells(passColumns, widget.Bold(name, widget.T14).Elide(), widget.Text(widget.Data(r.MaskedNumber), widget.T13, widget.Ink2).Elide(),
		widget.Text(widget.Data(r.Unit), widget.T13, widget.Ink2).Elide(), widget.Text(widget.Data(strings.Join(append([]string{r.Main}, r.Added...), " ")), widget.T13, widget.Ink2).Elide(),
		widget.Text(widget.Data(r.PerHour.Text(r.Seconds)+" / "+r.PerHour.Text(r.Needed)), widget.T14, widget.Ink).Right(), widget.Gap(), ready,
		widget.Text(widget.Data(b.ShortDate(r.AcceptedOn, m.Today)), widget.T13, widget.Ink2), passRemark(m, i)), 0, 16)
}

// passRemark is what the batch did for a row, or else what became of it since it was published.
func passRemark(m *model.HoursPassList, i int) fyne.CanvasObject {
	r := m.List.Rows[i]
	res, ran := m.Result(r.Person)
	switch {
	case ran && res.Err != nil:
		text, _ := widget.Book().Fault(res.Err)
		return widget.Text(widget.Data(text), widget.T12, widget.Amber).Elide()
	case ran:
		return widget.Text(widget.Data(res.Number), widget.T12, widget.Green).Elide()
	case r.Withdrawn > 0:
		return widget.Text(widget.W("hours.pass-list.withdrawn", r.Withdrawn), widget.T12, widget.Amber).Elide()
	}
	return widget.Text(widget.Data("–"), widget.T13, widget.Ink3)
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
