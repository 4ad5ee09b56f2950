package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// HoursWhatIf tries out specialties and courses; nothing is written.
func HoursWhatIf(m *model.HoursWhatIf) fyne.CanvasObject {
	ticks := widget.Wrapping(20)
	for i, t := range m.Added {
		ticks.Add(widget.Fix(150, 0, widget.Tick(t, widget.Data(m.Offered[i]), nil)))
	}
	course := widget.Titled(widget.W("what-if.course"), widget.Col(12,
		widget.Even(16, widget.Pick("hours.specialty", &m.Specialty), widget.Pick("hours.kind", &m.Kind)),
		widget.Even(16, widget.Pick("hours.mode", &m.Mode), widget.Field("hours.hours", &m.Hours).OnEnter(m.Plan)),
		widget.Problem(&m.Screen, nil),
		widget.Because(&m.Screen, widget.Button(widget.Primary, "plus", widget.W("what-if.plan"), m.Plan).When(m.CanPlan), widget.W("what-if.plan-off")),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return planned(m) })))
	left := widget.Col(16, course)
	if len(m.Added) > 0 {
		left.Objects = append([]fyne.CanvasObject{widget.Titled(widget.W("what-if.add"), ticks)}, left.Objects...)
	}
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("what-if"), widget.Data(m.Person.Name)),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return whatIfAnswer(m) }),
		widget.Beside(420, 360, left, widget.Live(&m.Screen, func() fyne.CanvasObject {
			return widget.Col(16, whatIfRings("what-if.now", m.Person.Standing, m.Person.PerHour), whatIfRings("what-if.then", m.After, m.Person.PerHour))
		}))))
}

func planned(m *model.HoursWhatIf) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for i, e := range m.Planned {
		rows = append(rows, widget.Row(8, widget.Grow(widget.Text(func() string {
			b := widget.Book()
			return b.Say("hours.kind."+string(e.Kind)) + " " + e.Specialty + " " + b.Say("hours.mode."+string(e.Mode)) + " " + b.Hours(e.Seconds, m.Person.PerHour)
		}, widget.T13, widget.Ink2).Elide()), widget.Link(widget.W("what-if.drop"), func() { m.Drop(i) }).Small()))
	}
	return widget.Ruled(rows...)
}

func whatIfAnswer(m *model.HoursWhatIf) fyne.CanvasObject {
	answer, amounts := m.Answer()
	if answer == model.WhatIfUntried {
		return widget.Working(&m.Screen)
	}
	var figures []any
	for _, a := range amounts {
		figures = append(figures, widget.Book().Hours(a, m.Person.PerHour))
	}
	tone, icon := widget.Info, "calc"
	if answer == model.WhatIfReady {
		tone, icon = widget.Good, "check"
	}
	return widget.Strip(tone, icon, widget.W("what-if."+string(answer), figures...), widget.W("what-if.nothing-written"))
}

func whatIfRings(key string, st model.Standing, perHour model.Unit) fyne.CanvasObject {
	var cells []fyne.CanvasObject
	for _, p := range st.Progress {
		name, of := bucketName(p)
		cells = append(cells, widget.Least(210, 0, widget.Bucket(name, of, p, perHour)))
	}
	sum := st.Sum()
	b := widget.Book()
	return widget.Titled(widget.W(key), widget.Wrapping(12, cells...), widget.Text(widget.Data(b.Hours(sum.Accepted, perHour)+" / "+b.Hours(sum.Needed, perHour)), widget.T14, widget.Ink2))
}
