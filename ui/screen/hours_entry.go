package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// HoursEntry is made for a keyboard: one record, Return, and the next one is ready.
func HoursEntry(m *model.HoursEntry) fyne.CanvasObject {
	v := m.Person
	form := widget.Card(widget.Pad(widget.Col(10,
		widget.Field("hours.course", &m.Course).OnEnter(m.Save),
		widget.Even(16, widget.Pick("hours.specialty", &m.Specialty), widget.Pick("hours.kind", &m.Kind)),
		widget.Even(16, widget.Pick("hours.mode", &m.Mode), widget.Field("hours.hours", &m.Hours).OnEnter(m.Save)),
		widget.Even(16, widget.Field("hours.done-on", &m.On).OnEnter(m.Save), widget.Field("hours.mark", &m.Mark).Note(widget.W("hours.mark.note")).OnEnter(m.Save)),
		widget.Problem(&m.Screen, nil),
		widget.Because(widget.Act(act.EnterHours, m.Save, m.CanSave), widget.W("hours.entry.why-off")),
	), 20, 20))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("hours.entry"), widget.Data(v.Name+"  "+v.MaskedNumber)),
		widget.Beside(520, 248, form, widget.Live(&m.Screen, func() fyne.CanvasObject { return entered(m) }))))
}

// entered lists what was written down since the screen was opened.
func entered(m *model.HoursEntry) fyne.CanvasObject {
	if len(m.Entered) == 0 {
		return widget.Titled(widget.W("hours.entered-now"), widget.Para(widget.W("hours.entered-none"), 0, widget.T13, widget.Ink2))
	}
	var rows []fyne.CanvasObject
	for _, r := range m.Entered {
		rows = append(rows, widget.TwoLines(widget.Icon("check", 16, widget.Green), widget.Data(r.Course),
			widget.Data(widget.Book().Date(r.On)), widget.Text(amount(r.Minutes, m.Person.PerHour), widget.T14, widget.Ink)))
	}
	return widget.Titled(widget.W("hours.entered-now"), widget.Ruled(rows...))
}
