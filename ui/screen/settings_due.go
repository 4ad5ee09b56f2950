package screen

import (
	"strconv"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

var (
	dueColumns       = []float32{0, 110, 110}
	duePersonColumns = []float32{0, 160, 50, 130}
)

// SettingsDue lists what has been kept long enough, kind by kind; beside it of whom, and its deletion
// (P-02).
func SettingsDue(m *model.SettingsDue, tabs Tabs) fyne.CanvasObject {
	kinds := widget.ListCard(&m.Screen, widget.ListOf{
		Head:   widget.Head(dueColumns, widget.W("retention.kind"), widget.W("retention.months"), widget.W("retention.count")),
		Height: 52, Count: func() int { return len(m.Kinds.Rows) }, Row: func(i int) fyne.CanvasObject { return dueRow(m, i) }, Open: m.Choose,
		Loaded: func() bool { return m.Loaded }, Retry: m.Load,
		Empty: func() fyne.CanvasObject {
			return widget.Empty("check", widget.W("retention.none"), widget.W("retention.none.hint"))
		},
	})
	done := saved(&m.Screen, func() bool { return m.Deleted != nil }, func() string {
		b := widget.Book()
		return b.Say("retention.deleted", b.Say("retention.kind."+m.Deleted.Kind), m.Deleted.Rows)
	})
	side := widget.Col(16, done, widget.Live(&m.Screen, func() fyne.CanvasObject { return dueChosen(m) }))
	about := widget.Para(widget.W("retention.about"), 0, widget.T13, widget.Ink2)
	return settings(&m.Screen, tabs, m.Load, widget.Col(16, about, widget.Grow(widget.Beside(400, 480, kinds, side))))
}

func dueRow(m *model.SettingsDue, i int) fyne.CanvasObject {
	k := m.Kinds.Rows[i]
	count := widget.Mark(widget.Plain, "check", widget.W("retention.nothing"))
	if k.Rows > 0 {
		count = widget.Mark(widget.Warn, "clock", widget.W("person.rows", k.Rows))
	}
	kept := widget.W("retention.kept", k.Months)
	if k.Least < k.Months {
		kept = widget.W("retention.kept-own", k.Least, k.Months)
	}
	cells := widget.Pad(widget.Cells(dueColumns, widget.Bold(widget.W("retention.kind."+k.Kind), widget.T14).Elide(),
		widget.Text(kept, widget.T13, widget.Ink2), count), 0, 16)
	if m.Kinds.Selected() == i {
		return widget.Over(widget.Box(widget.Tint, 0), cells)
	}
	return cells
}

// dueChosen is what goes of the chosen kind, of whom, and the button that does it.
func dueChosen(m *model.SettingsDue) fyne.CanvasObject {
	k, ok := m.Chosen()
	if !ok {
		return widget.Col(0)
	}
	b := widget.Book()
	body := widget.Col(12, widget.Para(widget.W("retention.goes."+k.Kind), 0, widget.T13, widget.Ink2),
		widget.Text(widget.W("retention.before", b.Date(k.Before)), widget.T12, widget.Ink3))
	if k.Rows == 0 {
		body.Add(widget.Mark(widget.Good, "check", widget.W("retention.nothing")))
		return widget.Titled(widget.W("retention.kind."+k.Kind), body)
	}
	body.Add(widget.Text(widget.W("retention.due", k.Rows, k.People), widget.T14, widget.Ink))
	body.Add(widget.Row(0, widget.OtherAct(act.DeleteDue, "cross", m.Delete, m.CanDelete), widget.Gap()))
	card := widget.Titled(widget.W("retention.kind."+k.Kind), body)
	if len(m.People.Rows) == 0 {
		return card
	}
	people := widget.Card(widget.Col(0,
		widget.Head(duePersonColumns, widget.W("person.name"), widget.W("person.number"), widget.W("retention.rows"), widget.W("retention.last-act")),
		widget.Fix(0, 42*float32(min(8, len(m.People.Rows))), widget.List(func() int { return len(m.People.Rows) }, 40, func(i int) fyne.CanvasObject { return duePerson(m, m.People.Rows[i]) }, nil))))
	return widget.Col(16, card, people)
}

func duePerson(m *model.SettingsDue, p model.DuePerson) fyne.CanvasObject {
	name, last := widget.Data(p.Name), widget.Data("–")
	if p.Name == "" {
		name = widget.W("retention.nobody")
	}
	if !p.Last.IsZero() {
		last = widget.Data(widget.Book().ShortMoment(p.Last, m.Today()))
	}
	return widget.Pad(widget.Cells(duePersonColumns, widget.Bold(name, widget.T14).Elide(), widget.Text(widget.Data(p.MaskedNumber), widget.T13, widget.Ink2).Elide(),
		widget.Text(widget.Data(strconv.Itoa(p.Rows)), widget.T13, widget.Ink2), widget.Text(last, widget.T12, widget.Ink3).Elide()), 0, 16)
}
