package screen

import (
	"strconv"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// SettingsCalendar shows the years whose holidays are known, takes in another, and lists the
// deadlines that it moves.
func SettingsCalendar(m *model.SettingsCalendar, tabs Tabs) fyne.CanvasObject {
	main := widget.Live(&m.Screen, func() fyne.CanvasObject {
		switch {
		case !m.Loaded && m.Busy():
			return widget.Working(&m.Screen)
		case m.Effect != nil:
			return calendarEffect(m)
		}
		return calendarYears(m)
	})
	none := func() bool { return m.Offer == nil }
	drop := widget.When(none, widget.DropZone("today", widget.W("settings.calendar.drop"), widget.W("settings.calendar.drop.hint"),
		widget.Wrapping(12, widget.Button(widget.Secondary, "file", widget.W("settings.calendar.choose"), m.Choose),
			widget.Link(widget.W("settings.calendar.example"), func() { keepExample(m) }))))
	kept := saved(&m.Screen, func() bool { return m.Kept != "" }, widget.W("settings.calendar.example.kept"))
	offer := widget.When(func() bool { return !none() }, calendarOffer(m))
	return settings(&m.Screen, tabs, nil, widget.Beside(440, 320, widget.Col(0, main), widget.Col(16, offer, drop, kept)))
}

func keepExample(m *model.SettingsCalendar) {
	b := widget.Book()
	m.KeepExample(b.Say("settings.calendar.example.file"), func(name string) string { return b.Say("calendar.holiday." + name) })
}

// calendarOffer is the notice that was brought: whence and when it is, and what it does.
func calendarOffer(m *model.SettingsCalendar) fyne.CanvasObject {
	says := widget.Live(&m.Screen, func() fyne.CanvasObject {
		if m.Offer == nil {
			return widget.Col(0)
		}
		return widget.Col(4, widget.Sum(widget.W("settings.calendar.file"), widget.Data(m.File)),
			widget.Sum(widget.W("settings.calendar.of"), widget.W("settings.calendar.year", m.Offer.Year)))
	})
	weighed := func() bool { return m.Effect != nil }
	return widget.Titled(widget.W("settings.calendar.new"), widget.Col(12, says,
		widget.Field("settings.calendar.source", &m.Source).Note(widget.W("settings.calendar.source.note")).OnEnter(m.Weigh),
		widget.Field("settings.calendar.dated", &m.Dated).Hint(widget.Data("2025-11-04")).OnEnter(m.Weigh),
		widget.Tick(&m.Replace, widget.W("settings.calendar.replace"), nil),
		widget.When(func() bool { return !weighed() },
			widget.Because(&m.Screen, widget.Button(widget.Primary, "eye", widget.W("settings.calendar.check"), m.Weigh).Main().When(m.CanWeigh), widget.W("settings.calendar.why-off"))),
		widget.When(weighed, widget.Act(act.ImportCalendar, m.Import, m.CanImport)),
		widget.Button(widget.Secondary, "", widget.W("act.cancel"), m.Cancel)))
}

var calendarColumns = []float32{80, 0, 210}

func calendarYears(m *model.SettingsCalendar) fyne.CanvasObject {
	b, col := widget.Book(), widget.Col(16)
	if year := m.Missing(); year != 0 {
		col.Add(widget.Strip(widget.Warn, "alert", widget.W("settings.calendar.next-missing", year), widget.W("settings.calendar.next-missing.hint", year)))
	}
	var rows []fyne.CanvasObject
	for _, y := range m.Years.Rows {
		var from fyne.CanvasObject = widget.Text(widget.W("settings.calendar.shipped"), widget.T13, widget.Ink2).Elide()
		if !y.Shipped {
			imported := widget.W("settings.calendar.imported", y.Dated.String(), model.DayOf(y.ImportedAt).String())
			from = widget.Col(-1, widget.Text(widget.Data(y.Source), widget.T13, widget.Ink).Elide(), widget.Text(imported, widget.T12, widget.Ink3).Elide())
		}
		rows = append(rows, widget.Fix(0, 44, widget.Pad(widget.Cells(calendarColumns, widget.Bold(widget.Data(strconv.Itoa(y.Year)), widget.T14),
			from, widget.Text(widget.W("settings.calendar.days", y.Weekdays, y.MakeUp), widget.T13, widget.Ink2).Elide()), 0, 16)))
	}
	col.Add(widget.Card(widget.Col(0, widget.Pad(widget.Bold(widget.W("settings.calendar.known"), widget.T16), 12, 16), widget.Ruled(rows...))))
	col.Add(widget.Para(func() string { return b.Say("date.provisional.why") }, 0, widget.T12, widget.Ink3))
	return col
}

var movedColumns = []float32{0, 150, 130}

// calendarEffect lists the deadlines that a notice would move, or moved.
func calendarEffect(m *model.SettingsCalendar) fyne.CanvasObject {
	b, e := widget.Book(), m.Effect
	title, tone, hint := widget.W("settings.calendar.moves", len(e.Moved)), widget.Info, widget.W("settings.calendar.moves.hint")
	if len(e.Moved) == 0 {
		title = widget.W("settings.calendar.moves-none")
	}
	if m.Taken != 0 {
		title, tone = widget.W("settings.calendar.moved", m.Taken, len(e.Moved)), widget.Good
		if len(e.Moved) == 0 {
			title = widget.W("settings.calendar.moved-none", m.Taken)
		}
		hint = widget.W("settings.calendar.given", e.Given, e.Due)
	}
	col := widget.Col(16, widget.Strip(tone, "today", title, hint))
	if e.Given != e.Due {
		col.Add(widget.Strip(widget.Warn, "alert", widget.W("settings.calendar.given", e.Given, e.Due), widget.W("settings.calendar.unusual")))
	}
	var rows []fyne.CanvasObject
	for _, d := range e.Moved {
		var what fyne.CanvasObject = widget.Text(widget.W("calendar.moved."+d.What, d.Year, d.Month), widget.T14, widget.Ink).Elide()
		if d.Count > 1 {
			what = widget.Col(-1, what, widget.Text(widget.W("calendar.moved.count", d.Count), widget.T12, widget.Ink3).Elide())
		}
		rows = append(rows, widget.Fix(0, 52, widget.Pad(widget.Cells(movedColumns, what,
			widget.Col(-1, widget.Text(widget.Data(d.Name), widget.T14, widget.Ink).Elide(), widget.Text(widget.Data(d.MaskedNumber), widget.T12, widget.Ink3).Elide()),
			widget.Col(-1, widget.Bold(widget.Data(b.Provisional(d.To.String(), d.Provisional)), widget.T14).Elide(),
				widget.Text(widget.W("settings.calendar.was", d.From.String()), widget.T12, widget.Ink3).Elide())), 0, 16)))
	}
	if len(rows) > 0 {
		head := widget.Head(movedColumns, widget.W("settings.calendar.what"), widget.W("settings.calendar.who"), widget.W("settings.calendar.to"))
		col.Add(widget.Card(widget.Col(0, head, widget.Ruled(rows...))))
	}
	return col
}
