package screen

import (
	"cmp"
	"fmt"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// KioskDesk is the institution's kiosks: what each was given, and what came of it. open opens the
// file of whom a result is about.
func KioskDesk(m *model.KioskDesk, open func(model.KioskTakenRow)) fyne.CanvasObject {
	buttons := []fyne.CanvasObject{widget.OtherAct(act.EmptyKiosk, "import", m.ChooseResults, func() bool { return !m.Busy() })}
	if m.May {
		buttons = append(buttons, widget.OtherAct(act.AddKiosk, "plus", m.Add, func() bool { return !m.Busy() }))
	}
	list := widget.ListCard(&m.Screen, widget.ListOf{
		Head:   widget.Head(kioskColumns, widget.W("kiosk.desk.name"), widget.W("kiosk.desk.last"), widget.W("kiosk.desk.back")),
		Height: 52, Count: func() int { return len(m.List.Rows) }, Row: func(i int) fyne.CanvasObject { return kioskDeskRow(m, i) }, Open: m.Choose,
		Empty: func() fyne.CanvasObject {
			return widget.Empty("kiosk", widget.W("kiosk.desk.empty"), widget.W("kiosk.desk.empty.hint"))
		},
		Loaded: func() bool { return m.Loaded }, Retry: m.Load, Least: 4,
	})
	main := widget.Col(16, widget.Live(&m.Screen, func() fyne.CanvasObject { return kioskTaken(m, open) }), widget.Grow(list))
	return widget.PageOf(&m.Screen, widget.Col(16, widget.Title(widget.W("place.kiosk.list"), widget.Data(""), buttons...),
		widget.Problem(&m.Screen, m.Load), widget.Grow(widget.Beside(520, 340, main, widget.Col(16, newKiosk(m), kioskFill(m))))))
}

var kioskColumns = []float32{0, 150, 130}

func kioskDeskRow(m *model.KioskDesk, i int) fyne.CanvasObject {
	r, b := m.List.Rows[i], widget.Book()
	last := widget.W("kiosk.desk.never")
	if len(r.Days) > 0 {
		last = widget.W("kiosk.desk.given", b.ShortDate(r.Days[0].On, r.Days[0].On), r.Days[0].Cases)
	}
	return widget.Chosen(widget.Pad(widget.Cells(kioskColumns,
		widget.Col(-1, widget.Bold(widget.Data(r.Name), widget.T14).Elide(), widget.Text(widget.Data(r.VenueName), widget.T12, widget.Ink3).Elide()),
		widget.Text(last, widget.T13, widget.Ink2).Elide(), widget.Text(widget.W("kiosk.desk.results", r.Confirmed+r.ToClerk), widget.T13, widget.Ink2).Elide()), 0, 16), m.List.Selected() == i)
}

// kioskTaken is what came of the results that were just taken in.
func kioskTaken(m *model.KioskDesk, open func(model.KioskTakenRow)) fyne.CanvasObject {
	t := m.Taken
	if t == nil {
		return widget.Col(0)
	}
	counts := widget.Wrapping(8)
	for _, c := range model.Counts(*t) {
		look := takenCounts[c.Kind]
		counts.Add(widget.ChipWith(look.tone, look.icon, widget.W("kiosk.desk."+c.Kind, c.N)))
	}
	col := widget.Col(10, counts)
	if len(t.Rows) == 0 {
		col.Add(widget.Para(widget.W("kiosk.desk.nothing-new"), 0, widget.T13, widget.Ink2))
	}
	var rows []fyne.CanvasObject
	for _, r := range t.Rows {
		rows = append(rows, kioskTakenRow(r, open))
	}
	col.Add(widget.Ruled(rows...))
	return widget.Titled(widget.W("kiosk.desk.taken"), col)
}

// glance is how something looks at a glance.
type glance struct {
	tone widget.Tone
	icon string
	key  string
}

var takenCounts = map[string]glance{
	"confirmed": {widget.Good, "check", ""}, "to-clerk": {widget.Warn, "people", ""}, "conflicts": {widget.Bad, "alert", ""},
	"unread": {widget.Bad, "cross", ""}, "known": {widget.Plain, "ring", ""},
}

var takenMarks = map[model.KioskMark]glance{
	model.KioskDone: {widget.Good, "check", "identity.kiosk.confirmed"}, model.KioskRenumbered: {widget.Warn, "alert", "identity.kiosk.confirmed"},
	model.KioskConflict: {widget.Bad, "alert", "kiosk.desk.conflict"}, model.KioskAtDesk: {widget.Warn, "people", "kiosk.desk.clerk"},
}

// kioskTakenRow is one visit; one of somebody who is here no more opens nobody.
func kioskTakenRow(r model.KioskTakenRow, open func(model.KioskTakenRow)) fyne.CanvasObject {
	mark, key, figures := model.MarkOf(r)
	second := widget.W(key, figures...)
	if key == "" {
		second = widget.Data(figures[0].(string))
	}
	row := widget.Fix(0, 52, widget.Cells([]float32{64, 0, 150}, widget.Text(widget.Data(model.Clock(r.At)), widget.T13, widget.Ink2),
		widget.Pad(widget.Col(-1, widget.Bold(widget.Data(cmp.Or(r.Name, "–")+"  "+r.MaskedNumber), widget.T14).Elide(), widget.Text(second, widget.T12, widget.Ink2).Elide()), 0, 8, 0, 0),
		widget.Mark(takenMarks[mark].tone, takenMarks[mark].icon, widget.W(takenMarks[mark].key))))
	if r.Name == "" {
		return row
	}
	return widget.Tappable(row, func() { open(r) })
}

// kioskFill gives the chosen kiosk a day's cases.
func kioskFill(m *model.KioskDesk) fyne.CanvasObject {
	row := func() model.KioskRow { r, _ := m.List.Row(); return r }
	expected := widget.Live(&m.Screen, func() fyne.CanvasObject {
		switch {
		case m.Filled != "":
			return widget.Strip(widget.Good, "usb", widget.W("kiosk.desk.filled", m.Cases), widget.W("kiosk.desk.filled.hint", m.Filled))
		case m.Busy() && m.Stoppable():
			return widget.Working(&m.Screen)
		case m.Expected < 0:
			return widget.Col(0)
		case m.Expected == 0:
			return widget.Para(widget.W("kiosk.desk.nobody"), 0, widget.T13, widget.Ink2)
		}
		return widget.Para(widget.W("kiosk.desk.expected", m.Expected), 0, widget.T13, widget.Ink)
	})
	days := widget.Live(&m.Screen, func() fyne.CanvasObject {
		var rows []fyne.CanvasObject
		for _, d := range row().Days {
			rows = append(rows, widget.Pad(widget.Sum(widget.Data(d.On.String()), widget.W("count.people", d.Cases)), 4, 0))
		}
		if len(rows) == 0 {
			return widget.Col(0)
		}
		return widget.Col(4, widget.Rule(), widget.Text(widget.W("kiosk.desk.days"), widget.T12, widget.Ink3), widget.Ruled(rows...))
	})
	card := widget.When(func() bool { return len(m.List.Rows) > 0 }, widget.Titled(func() string { return row().Name }, widget.Col(10,
		widget.Field("kiosk.desk.on", &m.On).Hint(widget.Data("2026-12-21")).OnEnter(m.Fill), expected,
		widget.Wrapping(12, widget.Act(act.FillKiosk, m.Fill, m.CanFill)), widget.Para(widget.W("kiosk.desk.fill.hint"), 0, widget.T12, widget.Ink3), days,
		widget.When(func() bool { return m.May }, widget.Wrapping(12, widget.Link(widget.W("kiosk.retire.do"), m.Retire))))))
	m.OnChange(card.Refresh)
	return card
}

// newKiosk makes a kiosk known while it is open.
func newKiosk(m *model.KioskDesk) fyne.CanvasObject {
	return widget.LiveBy(&m.Screen, func() string { return fmt.Sprintf("%p", m.New) }, func() fyne.CanvasObject {
		f := m.New
		if f == nil {
			return widget.Col(0)
		}
		file := widget.Live(&m.Screen, func() fyne.CanvasObject {
			name := widget.W("kiosk.desk.no-file")
			if f.File != "" {
				name = widget.Data(f.File)
			}
			return widget.Col(6, widget.Wrapping(12, widget.Button(widget.Secondary, "file", widget.W("kiosk.desk.choose-file"), f.Choose)), widget.Para(name, 0, widget.T13, widget.Ink2))
		})
		return widget.Titled(widget.W(string(act.AddKiosk)), widget.Col(12, widget.Para(widget.W("kiosk.desk.add.hint"), 0, widget.T13, widget.Ink2), file,
			widget.Pick("venue.at", &f.Venue),
			widget.Wrapping(12, widget.Act(act.AddKiosk, f.Save, f.CanSave), widget.Button(widget.Secondary, "", widget.W("act.close"), m.Close))))
	})
}
