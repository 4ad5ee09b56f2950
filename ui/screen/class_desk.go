package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// ClassDesk is the classes, and today's sign-in sheet of the chosen one.
func ClassDesk(m *model.ClassDesk, catalogues []model.Catalogue) fyne.CanvasObject {
	list := widget.ListCard(&m.Screen, widget.ListOf{
		Head:   widget.Head(classColumns, widget.W("class.name"), widget.W("class.days"), widget.W("class.here")),
		Height: 52, Count: func() int { return len(m.List.Rows) }, Row: func(i int) fyne.CanvasObject { return classRow(m, i) }, Open: m.Choose,
		Empty: func() fyne.CanvasObject {
			return widget.Empty("class", widget.W("class.empty"), widget.W("class.empty.hint"))
		},
		Loaded: func() bool { return m.Loaded }, Retry: m.Load,
	})
	chosen := func() bool { _, ok := m.List.Row(); return ok }
	sheet := widget.When(func() bool { return chosen() && m.New == nil }, widget.Titled(widget.W("class.sheet"), widget.Col(12,
		widget.Live(&m.Screen, func() fyne.CanvasObject { return classFacts(m) }),
		widget.When(m.Runs, widget.Col(8, widget.Field("class.who", &m.Who).Hint(widget.W("class.who.hint")).OnEnter(m.SignFirst),
			widget.Live(&m.Screen, func() fyne.CanvasObject { return classFound(m) }))),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return classSheet(m) }))))
	holder := widget.Over() // the form for a new class, while it is open
	showing := (*model.ClassNew)(nil)
	m.OnChange(func() {
		if m.New != nil && m.New != showing {
			showing = m.New
			m.New.Offer(catalogues)
			holder.Objects = []fyne.CanvasObject{classForm(m)}
			holder.Refresh()
		}
		if m.New == nil && showing != nil {
			showing = nil
			holder.Objects = nil
			holder.Refresh()
		}
	})
	add := widget.Button(widget.Secondary, "plus", widget.W("class.new"), m.Open)
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("place.class.list"), widget.Data(""), add), widget.Problem(&m.Screen, nil),
		widget.Grow(widget.Beside(440, 400, list, widget.Col(16, holder, sheet)))))
}

var classColumns = []float32{0, 170, 70}

func classRow(m *model.ClassDesk, i int) fyne.CanvasObject {
	r := m.List.Rows[i]
	b := widget.Book()
	return widget.Chosen(widget.Pad(widget.Cells(classColumns,
		widget.Col(-1, widget.Bold(widget.Data(r.Class.Name), widget.T14).Elide(), widget.Text(widget.Data(r.Course), widget.T12, widget.Ink3).Elide()),
		widget.Text(widget.Data(b.ShortDate(r.Class.From, m.Today)+" – "+b.ShortDate(r.Class.To, m.Today)), widget.T13, widget.Ink2).Elide(),
		widget.Text(widget.W("count.people", r.Here), widget.T13, widget.Ink2)), 0, 16), m.List.Selected() == i)
}

func classFacts(m *model.ClassDesk) fyne.CanvasObject {
	row, ok := m.List.Row()
	if !ok {
		return widget.Col(0)
	}
	c, b := row.Class, widget.Book()
	col := widget.Col(4, widget.Bold(widget.Data(c.Name), widget.T14).Elide(), widget.Fact(72, widget.W("class.course"), widget.Data(row.Course)),
		widget.Fact(72, widget.W("class.days"), widget.Data(b.Date(c.From)+" – "+b.Date(c.To))), widget.Fact(72, widget.W("class.place"), widget.Data(c.Place)), widget.Fact(72, widget.W("class.for"), widget.Data(c.For)))
	if !m.Runs() {
		col.Add(widget.Para(widget.W("class.not-today"), 0, widget.T12, widget.Ink3))
	}
	return col
}

// classFound is whom the name written may mean, and what the last sign-in did.
func classFound(m *model.ClassDesk) fyne.CanvasObject {
	if len(m.Found.Rows) == 0 {
		switch {
		case !m.Who.Empty():
			return widget.Text(widget.W("person.find.nobody"), widget.T13, widget.Ink2)
		case m.Said != "":
			return widget.Mark(widget.Good, "check", widget.W(m.Said, m.SaidOf))
		}
		return widget.Col(0)
	}
	var rows []fyne.CanvasObject
	for i, r := range m.Found.Rows {
		row := widget.Row(8, widget.Grow(widget.Text(widget.Data(r.Name+"  "+r.MaskedNumber), widget.T14, widget.Ink).Elide()))
		if i == 0 {
			row.Add(widget.KeyCap(widget.Data("Enter")))
		}
		rows = append(rows, widget.Tappable(widget.Pad(row, 6, 8), func() { m.Sign(r) }))
	}
	return widget.Ruled(rows...)
}

func classSheet(m *model.ClassDesk) fyne.CanvasObject {
	if len(m.Sheet) == 0 {
		return widget.Para(widget.W("class.nobody-here"), 0, widget.T13, widget.Ink2)
	}
	rows := []fyne.CanvasObject{}
	const most = 60
	for i, r := range m.Sheet {
		if i == most {
			break
		}
		in, out := model.Clock(r.In), model.Clock(r.Out)
		rows = append(rows, widget.Fix(0, 36, widget.Cells([]float32{0, 76, 76},
			widget.Text(widget.Data(r.Name), widget.T14, widget.Ink).Elide(), widget.Text(widget.W("class.in", in), widget.T13, widget.Ink2), widget.Text(widget.W("class.out", out), widget.T13, widget.Ink2))))
	}
	return widget.Ruled(rows...)
}

// classForm is the form for a new class, and for its course if that is new too.
func classForm(m *model.ClassDesk) fyne.CanvasObject {
	n := m.New
	isNew := func() bool { return n.Course.Value() == model.NewCourse }
	course := widget.When(isNew, widget.Col(12, widget.When(n.Several, widget.Pick("person.programme", &n.Programme)), widget.Field("class.new.course-name", &n.CourseName),
		widget.Even(16, widget.Pick("hours.specialty", &n.Specialty), widget.Field("hours.hours", &n.Hours))))
	n.Course.Watch(course.Refresh)
	late := widget.Live(&m.Screen, func() fyne.CanvasObject {
		switch {
		case !n.Done:
			return widget.Col(0)
		case n.Notice.Late:
			latest := widget.Book().Provisional(widget.Book().Date(n.Notice.Latest), n.Notice.Provisional)
			return widget.Strip(widget.Warn, "alert", widget.W("class.new.late"), widget.W("class.new.late.hint", latest, n.Notice.Days))
		}
		return widget.Strip(widget.Good, "check", widget.W("class.new.done"), widget.W("class.new.done.hint"))
	})
	return widget.Titled(widget.W("class.new"), widget.Col(12,
		widget.Pick("class.course", &n.Course), course, widget.Field("class.name", &n.Name),
		widget.Even(16, widget.Field("class.new.from", &n.From).Hint(widget.Data("2026-12-21")), widget.Field("class.new.to", &n.To).Hint(widget.Data("2026-12-22"))),
		widget.Even(16, widget.Field("class.place", &n.Place), widget.Field("class.new.seats", &n.Capacity)),
		widget.Even(16, widget.Field("class.for", &n.For).Note(widget.W("class.for.note")), widget.Field("class.new.announced", &n.Announced)),
		late,
		widget.Wrapping(12, widget.Act(act.AddClass, func() { n.Save() }, func() bool { return n.CanSave() && !n.Done }), widget.Button(widget.Secondary, "", widget.W("act.close"), m.Close))))
}
