package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// HoursEntry is made for a keyboard: one record, Return, and the next one is ready.
func HoursEntry(m *model.HoursEntry, first *fyne.Focusable) fyne.CanvasObject {
	v := m.Person
	course := widget.Field("hours.course", &m.Course).Hint(widget.W("hours.entry.course-hint")).OnEnter(m.PickOrSave)
	*first = course.Entry
	written := 0
	m.OnChange(func() { // the next record begins with its course
		if len(m.Entered) > written {
			widget.FocusOn(course.Entry)
		}
		written = len(m.Entered)
	})
	form := widget.Card(widget.Pad(widget.Col(10,
		course,
		widget.Live(&m.Screen, func() fyne.CanvasObject { return offered(m) }),
		widget.Even(16, widget.Pick("hours.specialty", &m.Specialty), widget.Pick("hours.kind", &m.Kind)),
		widget.Even(16, widget.Pick("hours.mode", &m.Mode), widget.Field("hours.hours", &m.Hours).OnEnter(m.Save)),
		widget.Even(16, widget.Field("hours.done-on", &m.On).OnEnter(m.Save), widget.Field("hours.mark", &m.Mark).Note(widget.W("hours.mark.note")).OnEnter(m.Save)),
		widget.Problem(&m.Screen, nil),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return resembles(m) }),
		widget.Because(&m.Screen, widget.Button(widget.Primary, "check", func() string {
			if m.Mending != nil {
				return widget.Book().Say("hours.entry.keep")
			}
			return widget.Book().Say(string(act.EnterHours))
		}, m.Save).Main().When(m.CanSave), widget.W("hours.entry.why-off")),
	), 20, 20))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(func() string {
			if m.Mending != nil {
				return widget.Book().Say(string(act.EditHours))
			}
			return widget.Book().Say("hours.entry")
		}, widget.Data(v.Name+"  "+v.MaskedNumber)),
		widget.Beside(520, 248, form, widget.Live(&m.Screen, func() fyne.CanvasObject { return entered(m) }))))
}

// resembles asks what is meant by what only differs from a record in its mark, day or hours.
func resembles(m *model.HoursEntry) fyne.CanvasObject {
	if m.Mending != nil {
		return widget.Row(12, widget.Grow(widget.Para(widget.W("hours.entry.mending", m.Mending.Course), 0, widget.T13, widget.Ink2)), widget.Link(widget.W("hours.entry.drop"), m.Drop))
	}
	r := m.Like
	if r == nil {
		return widget.Col(0)
	}
	b := widget.Book()
	says := b.Say("hours.entry.like.hint", b.Date(r.On), b.Hours(r.Seconds, m.Person.PerHour), b.Mark(r.Entry), b.Say("hours.state."+string(r.State)))
	change := widget.Button(widget.Secondary, "swap", widget.W("hours.entry.change-that"), m.ChangeThat).When(func() bool { return !m.Busy() })
	another := widget.Button(widget.Quiet, "plus", widget.W("hours.entry.another"), m.Another).When(func() bool { return !m.Busy() })
	return widget.Col(8, widget.Strip(widget.Warn, "eye", widget.W("hours.entry.like"), widget.Data(says)), widget.Wrapping(12, change, another))
}

// entered lists what was written down since the screen was opened.
func entered(m *model.HoursEntry) fyne.CanvasObject {
	if len(m.Entered) == 0 {
		return widget.Titled(widget.W("hours.entered-now"), widget.Para(widget.W("hours.entered-none"), 0, widget.T13, widget.Ink2))
	}
	var rows []fyne.CanvasObject
	for _, r := range m.Entered {
		row := widget.TwoLines(widget.StageIcon(r.Stage, 16), widget.Data(r.Record.Course), entryEffect(m, &r), widget.Text(amount(r.Record.Seconds, m.Person.PerHour), widget.T14, widget.Ink))
		rows = append(rows, widget.Tappable(row, func() { m.Mend(r.Record) }))
	}
	then := "hours.entered-then"
	if m.Person.AtHome {
		then = "hours.entered-then.home"
	}
	return widget.Titled(widget.W("hours.entered-now"), widget.Col(8, widget.Ruled(rows...),
		widget.Para(widget.W(then), 0, widget.T12, widget.Ink3)))
}

// entryEffect says what a record just written does: which bucket it fills, or why it does not count.
func entryEffect(m *model.HoursEntry, r *model.LedgerRow) widget.Words {
	return func() string {
		b := widget.Book()
		stage := b.Say("hours.stage."+string(r.Stage)) + b.Say("home.dot")
		switch {
		case r.Why != nil:
			return stage + why(r)()
		case r.After == 0:
			return stage + b.Date(r.Record.On)
		}
		return stage + b.Say("hours.bucket."+bucketKey(r.Bucket.Added, string(r.Bucket.Kind)), r.Bucket.Specialty) + " " + b.Say("hours.from-to", b.Hours(r.Before, m.Person.PerHour), b.Hours(r.After, m.Person.PerHour))
	}
}

// offered are the courses of the catalogue that may be meant; Enter takes the first.
func offered(m *model.HoursEntry) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for i, c := range m.Offered.Rows {
		row := widget.Row(8, widget.Grow(widget.Text(widget.Data(c.Name), widget.T14, widget.Ink).Elide()),
			widget.Text(func() string {
				b := widget.Book()
				return b.Say("hours.kind."+string(c.Kind)) + " " + c.Specialty + " " + b.Hours(c.Seconds, m.Person.PerHour)
			}, widget.T12, widget.Ink3))
		if i == 0 {
			row.Add(widget.KeyCap(widget.Data("Enter")))
		}
		rows = append(rows, widget.Tappable(widget.Pad(row, 6, 8), func() { m.Pick(c) }))
	}
	return widget.Ruled(rows...)
}
