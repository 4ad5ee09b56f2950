package screen

import (
	"fmt"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// VenueDesk is a venue's day: whom we expect, how full its slots are.
func VenueDesk(m *model.VenueDesk, file func(model.ExpectedRow)) fyne.CanvasObject {
	buttons := []fyne.CanvasObject{widget.OtherAct(act.PlanSlots, "clock", m.OpenPlan, func() bool { return m.At.Value() != "" })}
	if m.May {
		buttons = append(buttons, widget.Button(widget.Secondary, "pen", widget.W("venue.edit"), m.Change).When(func() bool { return m.At.Value() != "" }),
			widget.Button(widget.Secondary, "plus", widget.W("venue.new"), m.Add))
	}
	some := func() bool { return m.At.Value() != "" }
	none := widget.When(func() bool { return m.Loaded && !some() }, widget.Live(&m.Screen, func() fyne.CanvasObject {
		hint := widget.W("venue.empty.hint")
		if !m.May {
			hint = widget.W("venue.empty.ask")
		}
		return widget.Empty("unit", widget.W("venue.empty"), hint)
	}))
	m.OnChange(none.Refresh)
	list := widget.When(some, venueExpected(m, file))
	side := widget.Col(16, venueForms(m), widget.Live(&m.Screen, func() fyne.CanvasObject { return venueSaid(m) }), widget.When(some, widget.Col(16, venueSlot(m), venueSlots(m))))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("place.venue.list"), venueLine(m), buttons...), widget.Problem(&m.Screen, m.Load), none, venueToTell(m),
		widget.When(some, widget.Col(16, venueDay(m), widget.Live(&m.Screen, func() fyne.CanvasObject { return venueCounts(m) }))),
		widget.Grow(widget.Beside(520, 360, list, side))))
}

// venueLine says where the venue is.
func venueLine(m *model.VenueDesk) widget.Words {
	return func() string {
		v, ok := m.Venue()
		if !ok {
			return ""
		}
		if v.Closed {
			return widget.Book().Say("venue.is-closed")
		}
		return v.Address
	}
}

// venueDay chooses the venue and the day.
func venueDay(m *model.VenueDesk) fyne.CanvasObject {
	on := func() string { return widget.Book().DateAndWeekday(m.On) }
	days := widget.Row(8, widget.Button(widget.Secondary, "left", widget.W("venue.day-before"), func() { m.Go(-1) }),
		widget.Bold(on, widget.T16), widget.Button(widget.Secondary, "right", widget.W("venue.day-after"), func() { m.Go(1) }),
		widget.When(func() bool { return m.On != m.Today }, widget.Link(widget.W("venue.to-today"), m.GoToday)))
	m.OnChange(days.Refresh)
	return widget.Wrapping(20, widget.Fix(340, 0, widget.Pick("venue.at", &m.At)), widget.Pad(days, 20, 0, 0, 0))
}

// venueCounts are the filters of the list, each with how many it shows.
func venueCounts(m *model.VenueDesk) fyne.CanvasObject {
	var cells []widget.Count
	for _, f := range []model.VenueFilter{model.AllExpected, model.StillToCome, model.LateOnes, model.CameToday} {
		tone := widget.Plain
		if f == model.LateOnes && m.Count(f) > 0 {
			tone = widget.Bad
		}
		cells = append(cells, widget.Count{
			Figure: widget.Data(fmt.Sprint(m.Count(f))), Name: widget.W("venue.count." + string(f)), More: widget.W("venue.count." + string(f) + ".more"), Tone: tone,
			Chosen: func() bool { return m.Filter == f }, Tap: func() { m.Show(f) },
		})
	}
	return widget.CountStrip(cells)
}

var expectedColumns = []float32{104, 0, 190, 28}

// venueExpected lists whom we expect, in the order of their slots.
func venueExpected(m *model.VenueDesk, file func(model.ExpectedRow)) fyne.CanvasObject {
	return widget.ListCard(&m.Screen, widget.ListOf{
		Head:   widget.Head(expectedColumns, widget.W("venue.slot"), widget.W("person.name"), widget.W("venue.stands"), widget.Data("")),
		Height: 52, Count: func() int { return len(m.Listed()) },
		Row: func(i int) fyne.CanvasObject { return expectedRow(m.Listed()[i]) },
		Open: func(i int) {
			if list := m.Listed(); i < len(list) {
				file(list[i])
			}
		},
		Empty: func() fyne.CanvasObject {
			return widget.Empty("clock", widget.W("venue.nobody."+string(m.Filter)), widget.W("venue.nobody.hint"))
		},
		Loaded: func() bool { return m.Loaded }, Retry: m.Load, Least: 8,
	})
}

func expectedRow(r model.ExpectedRow) fyne.CanvasObject {
	return widget.Pad(widget.Cells(expectedColumns,
		widget.Text(widget.Data(model.SlotTime(r.Slot)), widget.T14, widget.Ink),
		widget.Pad(widget.Col(-1, widget.Bold(widget.Data(r.Name), widget.T14).Elide(), widget.Text(widget.Data(r.MaskedNumber), widget.T12, widget.Ink3).Elide()), 0, 8, 0, 0),
		expectedMark(r), widget.Icon("right", 16, widget.Ink3)), 0, 16)
}

// expectedMark says how it stands with someone who is expected.
func expectedMark(r model.ExpectedRow) fyne.CanvasObject {
	state := widget.W("identity.state." + string(r.State))
	switch {
	case r.Came:
		return widget.Mark(widget.Good, "check", widget.W("venue.came"))
	case r.Late:
		return widget.Mark(widget.Bad, "alert", widget.W("venue.late"))
	}
	return widget.Text(state, widget.T13, widget.Ink2).Elide()
}

// venueSlots are the day's slots, with how full each is; pressed, one shows who is in it.
func venueSlots(m *model.VenueDesk) fyne.CanvasObject {
	return widget.Titled(widget.W("venue.slots"), widget.Live(&m.Screen, func() fyne.CanvasObject {
		if len(m.Day.Slots) == 0 {
			return widget.Para(widget.W("venue.no-slots"), 0, widget.T13, widget.Ink2)
		}
		var rows []fyne.CanvasObject
		for _, s := range m.Day.Slots {
			part := func() float32 { return float32(s.Taken) / float32(max(1, s.Room)) }
			left := widget.Text(widget.W("venue.left", s.Left()), widget.T12, widget.Ink3).Right()
			if s.Left() == 0 {
				left = widget.Text(widget.W("venue.full"), widget.T12, widget.Ink2).Right()
			}
			row := widget.Fix(0, 34, widget.Pad(widget.Cells([]float32{96, 0, 52, 72}, widget.Text(widget.Data(model.SlotTime(s)), widget.T13, widget.Ink),
				widget.Progress(part), widget.Text(widget.Data(fmt.Sprintf("%d/%d", s.Taken, s.Room)), widget.T13, widget.Ink2).Right(), left), 0, 8))
			rows = append(rows, widget.TapRow(row, func() { m.Look(s.ID) }, func() bool { return m.Slot == s.ID }))
		}
		return widget.Ruled(rows...)
	}), widget.Text(widget.W("venue.slots.hint"), widget.T12, widget.Ink3))
}

// venueSlot is the slot that is looked at: who has a place, and a field to give one.
func venueSlot(m *model.VenueDesk) fyne.CanvasObject {
	return widget.LiveBy(&m.Screen, func() string { return string(m.Slot) }, func() fyne.CanvasObject {
		s, ok := m.Looked()
		if !ok {
			return widget.Col(0)
		}
		who := widget.Field("venue.who", &m.Who).Hint(widget.W("class.who.hint")).OnEnter(m.BookFirst)
		return widget.Titled(widget.W("venue.slot-of", model.SlotTime(s)), widget.Col(10,
			widget.Live(&m.Screen, func() fyne.CanvasObject { return inSlot(m) }), who,
			widget.Live(&m.Screen, func() fyne.CanvasObject { return toBook(m) })))
	})
}

// inSlot is who has a place in the slot.
func inSlot(m *model.VenueDesk) fyne.CanvasObject {
	list := m.InSlot()
	if len(list) == 0 {
		return widget.Para(widget.W("venue.slot-empty"), 0, widget.T13, widget.Ink2)
	}
	var rows []fyne.CanvasObject
	for _, r := range list {
		row := widget.Row(8, widget.Grow(widget.Text(widget.Data(r.Name+"  "+r.MaskedNumber), widget.T13, widget.Ink).Elide()))
		if !r.Came && !r.Late {
			row.Add(widget.Link(widget.W(string(act.CancelSlot)), func() { m.Cancel(r) }))
		} else {
			row.Add(expectedMark(r))
		}
		rows = append(rows, widget.Pad(row, 4, 0))
	}
	return widget.Ruled(rows...)
}

// toBook is whom the name written may mean.
func toBook(m *model.VenueDesk) fyne.CanvasObject {
	if len(m.Found.Rows) == 0 {
		if m.Who.Empty() {
			return widget.Col(0)
		}
		return widget.Text(widget.W("person.find.nobody"), widget.T13, widget.Ink2)
	}
	var rows []fyne.CanvasObject
	for i, r := range m.Found.Rows {
		row := widget.Row(8, widget.Grow(widget.Text(widget.Data(r.Name+"  "+r.MaskedNumber), widget.T14, widget.Ink).Elide()))
		if i == 0 {
			row.Add(widget.KeyCap(widget.Data("Enter")))
		}
		rows = append(rows, widget.Tappable(widget.Pad(row, 6, 8), func() { m.Book(r) }))
	}
	return widget.Ruled(rows...)
}

// venueSaid is what was just done.
func venueSaid(m *model.VenueDesk) fyne.CanvasObject {
	if m.Said == "" {
		return widget.Col(0)
	}
	return widget.Mark(widget.Good, "check", widget.W(m.Said, m.SaidOf))
}

// venueToTell is whom to tell that their place is given up: the venue closed.
func venueToTell(m *model.VenueDesk) fyne.CanvasObject {
	const most = 8 // the rest stands in the spreadsheet
	return widget.Live(&m.Screen, func() fyne.CanvasObject {
		list := m.Day.ToTell
		if len(list) == 0 {
			return widget.Col(0)
		}
		var rows []fyne.CanvasObject
		for i, r := range list {
			if i == most {
				rows = append(rows, widget.Text(widget.W("venue.to-tell.more", len(list)-most), widget.T12, widget.Ink3))
				break
			}
			rows = append(rows, widget.Pad(widget.Cells([]float32{0, 118, 170}, widget.Text(widget.Data(r.Name), widget.T14, widget.Ink).Elide(), widget.Text(widget.Data(r.Phone), widget.T13, widget.Ink2),
				widget.Text(widget.Data(widget.Book().ShortDate(r.Slot.Day, m.Today)+" "+model.SlotTime(r.Slot)), widget.T13, widget.Ink2).Right()), 4, 0))
		}
		col := widget.Col(12, widget.Para(widget.W("venue.to-tell.hint"), 0, widget.T12, widget.Ink3), widget.Ruled(rows...),
			widget.Wrapping(12, widget.Button(widget.Secondary, "list", widget.W("venue.to-tell.keep"), m.KeepToTell).When(m.CanKeepToTell)))
		if m.Kept != "" {
			col.Add(widget.Mark(widget.Good, "check", widget.W("venue.to-tell.kept")))
		}
		return widget.Titled(widget.W("venue.to-tell", len(list)), col)
	})
}

// venueForms are the form of a venue and that of a day's slots, whichever is open.
func venueForms(m *model.VenueDesk) fyne.CanvasObject {
	return widget.LiveBy(&m.Screen, func() string { return fmt.Sprintf("%p%p", m.Form, m.Plan) }, func() fyne.CanvasObject {
		switch {
		case m.Form != nil:
			return venueForm(m)
		case m.Plan != nil:
			return venuePlan(m)
		}
		return widget.Col(0)
	})
}

func venueForm(m *model.VenueDesk) fyne.CanvasObject {
	f := m.Form
	title := widget.W("venue.edit")
	if f.New {
		title = widget.W("venue.new")
	}
	return widget.Titled(title, widget.Col(12,
		widget.Field("venue.name", &f.Name), widget.Field("venue.name-en", &f.NameEn), widget.Field("venue.address", &f.Address),
		widget.Field("venue.notice", &f.Notice).Note(widget.W("venue.notice.note")),
		widget.Field("venue.school", &f.School).Note(widget.W("venue.school.note")),
		widget.Field("venue.district", &f.District).Note(widget.W("venue.district.note")),
		widget.Tick(&f.Closed, widget.W("venue.closed"), widget.W("venue.closed.hint")),
		widget.Wrapping(12, widget.Button(widget.Primary, "check", widget.W("venue.save"), f.Save).When(f.CanSave), widget.Button(widget.Secondary, "", widget.W("act.close"), m.Close))))
}

func venuePlan(m *model.VenueDesk) fyne.CanvasObject {
	p := m.Plan
	return widget.Titled(widget.W(string(act.PlanSlots)), widget.Col(12,
		widget.Field("venue.plan.on", &p.On).Hint(widget.Data("2026-12-21")),
		widget.Even(12, widget.Field("venue.plan.from", &p.From).Hint(widget.Data("8:30")), widget.Field("venue.plan.to", &p.To).Hint(widget.Data("12:00"))),
		widget.Even(12, widget.Field("venue.plan.minutes", &p.Minutes), widget.Field("venue.plan.room", &p.Room).OnEnter(p.Save)),
		widget.Live(&m.Screen, func() fyne.CanvasObject {
			if slots, places := p.Makes(); slots > 0 {
				return widget.Para(widget.W("venue.plan.makes", slots, places), 0, widget.T13, widget.Ink2)
			}
			return widget.Para(widget.W("venue.plan.makes-none"), 0, widget.T13, widget.Ink3)
		}),
		widget.Wrapping(12, widget.Act(act.PlanSlots, p.Save, p.CanSave), widget.Button(widget.Secondary, "", widget.W("act.close"), m.Close))))
}
