package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// personColumns are the widths of the list of people; 0 grows.
var personColumns = []float32{0, -190, 190, -200, 112}

// PersonFind lists whom a search found; register is the way on for who is not there yet.
func PersonFind(m *model.PersonFind, register func()) fyne.CanvasObject {
	body := widget.Live(&m.Screen, func() fyne.CanvasObject {
		switch {
		case m.Problem() != nil:
			return widget.No(m.Problem(), nil)
		case m.Asked() == "":
			return widget.Empty("search", widget.W("person.find.empty"), widget.W("person.find.empty.hint"))
		case m.Busy():
			return widget.Working(&m.Screen)
		case len(m.People.Rows) == 0:
			return widget.Empty("people", widget.W("person.find.nobody"), widget.W("person.find.nobody.hint"),
				widget.Button(widget.Primary, "plus", widget.W("person.register-page"), register))
		}
		return widget.Card(widget.Col(0,
			widget.Head(personColumns, widget.W("person.name"), widget.Data(""), widget.W("person.number"), widget.W("person.unit"), widget.W("person.state")),
			widget.Grow(widget.Ruled(people(m)...))))
	})
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("person.find"), found(m)), body))
}

func found(m *model.PersonFind) widget.Words {
	return func() string {
		if n := len(m.People.Rows); n > 0 {
			return widget.Book().Say("list.total", n)
		}
		return ""
	}
}

func people(m *model.PersonFind) (rows []fyne.CanvasObject) {
	for i, r := range m.People.Rows {
		beside := fyne.CanvasObject(widget.Text(widget.Data(r.Pinyin), widget.T13, widget.Ink3).Elide())
		if r.Formerly {
			beside = widget.Chip(widget.Warn, widget.W("person.find.formerly"))
		}
		cells := widget.Cells(personColumns,
			widget.Bold(widget.Data(r.Name), widget.T14).Elide(), beside,
			widget.Text(widget.Data(r.MaskedNumber), widget.T13, widget.Ink2).Elide(), widget.Text(widget.Data(r.Unit), widget.T13, widget.Ink2).Elide(),
			confirmation(r.State))
		rows = append(rows, widget.TapRow(widget.Fix(0, 52, widget.Pad(cells, 0, 16)), func() { m.People.Choose(i) }, nil))
	}
	return rows
}

// confirmation is how far someone's identity is confirmed, as a mark.
func confirmation(state model.IdentityState) fyne.CanvasObject {
	switch state {
	case model.IdentityConfirmed:
		return widget.Mark(widget.Good, "check", widget.W("identity.state.confirmed"))
	case model.IdentitySentBack:
		return widget.Mark(widget.Warn, "alert", widget.W("identity.state.returned"))
	}
	return widget.Mark(widget.Plain, "ring", widget.W("identity.state."+string(state)))
}
