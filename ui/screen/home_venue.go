package screen

import (
	"strconv"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// HomeVenue is where one comes to be confirmed on site: venue, day, time, and the slip.
func HomeVenue(m *model.HomeVenue) fyne.CanvasObject {
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("home.venue"), widget.W("home.venue.line")), widget.Problem(&m.Screen, m.Load),
		widget.Live(&m.Screen, func() fyne.CanvasObject {
			switch {
			case !m.Loaded && m.Problem() != nil:
				return widget.Col(0)
			case !m.Loaded:
				return widget.Working(&m.Screen)
			case m.Confirmed():
				return widget.State(widget.Good, "check", widget.W("home.venue.confirmed"), widget.W("home.venue.confirmed.hint"))
			}
			return widget.Beside(420, 380, venueLeft(m), venueSlip(m))
		})))
}

func venueLeft(m *model.HomeVenue) fyne.CanvasObject {
	if len(m.View.Venues) == 0 {
		return widget.Empty("unit", widget.W("home.venue.none"), widget.W("home.venue.none.hint", m.View.Phone))
	}
	var rows []fyne.CanvasObject
	for _, v := range m.View.Venues {
		col := widget.Col(1, widget.Para(widget.Data(v.Name), 0, widget.T14, widget.Ink))
		for _, s := range []string{v.Address, v.Notice} {
			if s != "" {
				col.Add(widget.Para(widget.Data(s), 0, widget.T12, widget.Ink3))
			}
		}
		if v.School != "" {
			col.Add(widget.Text(widget.W("home.venue.school", v.School), widget.T12, widget.Ink2).Elide())
		}
		row := widget.Pad(widget.Row(12, widget.Icon("unit", 18, widget.Ink2), widget.Grow(col)), 9, 12)
		rows = append(rows, widget.TapRow(row, func() { m.Choose(v) }, func() bool { return m.Chosen.ID == v.ID }))
	}
	return widget.Col(16, widget.Titled(widget.W("home.venue.where"), widget.Ruled(rows...)), venueTimes(m))
}

// venueTimes are the days and times at the chosen venue.
func venueTimes(m *model.HomeVenue) fyne.CanvasObject {
	b := widget.Book()
	days := m.Days()
	switch {
	case !m.Known:
		return widget.Titled(widget.W("home.venue.when"), widget.Text(widget.W("state.loading"), widget.T13, widget.Ink3))
	case len(days) == 0:
		return widget.Titled(widget.W("home.venue.when"), widget.Para(widget.W("home.venue.no-time", m.View.Phone), 0, widget.T13, widget.Ink2))
	}
	onDays, times := widget.Wrapping(8), widget.Wrapping(8)
	for _, d := range days {
		says := widget.Col(0, widget.Text(widget.Data(b.ShortDate(d.Day, m.Today)+" "+b.Weekday(d.Day)), widget.T13, widget.Ink), widget.Text(widget.W("home.venue.left", d.Left), widget.T12, widget.Ink3))
		onDays.Add(widget.Pickable(says, func() bool { return m.Day == d.Day }, func() { m.ChooseDay(d.Day) }))
	}
	for _, s := range m.Free() {
		left, tap := widget.W("home.venue.left", s.Left()), func() { m.ChooseSlot(s) }
		if s.Left() == 0 {
			left, tap = widget.W("home.venue.full"), nil
		}
		says := widget.Col(0, widget.Text(widget.Data(model.Clocks(s.From, s.To)), widget.T13, widget.Ink), widget.Text(left, widget.T12, widget.Ink3))
		times.Add(widget.Pickable(says, func() bool { return m.Slot.ID == s.ID }, tap))
	}
	why := func() string {
		if m.View.Booked != nil {
			return b.Say("home.venue.has")
		}
		return b.Say("home.venue.off")
	}
	return widget.Titled(widget.W("home.venue.when"), widget.Col(12, onDays, widget.Rule(), times,
		widget.Because(&m.Screen, widget.Act(act.BookSlot, m.Book, m.CanBook), why)))
}

// venueSlip is the appointment, and the slip with the code that opens the case.
func venueSlip(m *model.HomeVenue) fyne.CanvasObject {
	b := widget.Book()
	top := widget.Col(8, widget.Para(widget.W("home.venue.not-booked"), 0, widget.T13, widget.Ink2))
	if l := m.View.Lost; l != nil && m.View.Booked == nil {
		top = widget.Col(8, widget.Strip(widget.Warn, "alert", widget.W("home.venue.lost"), widget.W("home.venue.lost.hint", l.Venue.Name, l.Day, l.Time())))
	}
	if a := m.View.Booked; a != nil {
		top = widget.Col(4, widget.Bold(widget.Data(b.Date(a.Day)), widget.T16), widget.Bold(widget.Data(a.Time()), widget.T28),
			widget.Para(widget.Data(a.Venue.Name), 0, widget.T14, widget.Ink), widget.Para(widget.Data(a.Venue.Address), 0, widget.T12, widget.Ink3),
			widget.Row(0, widget.Link(widget.W(string(act.CancelSlot)), m.Cancel).Small(), widget.Gap()))
	}
	bring := widget.Col(6)
	for i := range 3 {
		bring.Add(widget.Row(8, widget.Icon("check", 14, widget.Ink3), widget.Grow(widget.Para(widget.W("home.venue.bring-"+strconv.Itoa(i+1)), 0, widget.T13, widget.Ink))))
	}
	slip := widget.Button(widget.Secondary, "print", widget.W("home.venue.slip"), func() { m.Slip(b.Say("home.venue.slip-name")) }).When(m.MaySlip)
	kept := widget.Col(0)
	if m.Kept != "" {
		kept.Add(widget.Mark(widget.Good, "check", widget.W("home.venue.slip-kept")))
	}
	return widget.Col(16, widget.Titled(widget.W("home.venue.mine"), top),
		widget.Titled(widget.W("home.venue.bring"), bring),
		widget.Titled(widget.W("home.venue.paper"), widget.Col(10, widget.Para(widget.W("home.venue.paper.hint"), 0, widget.T13, widget.Ink2), widget.Wrapping(12, slip), kept)))
}
