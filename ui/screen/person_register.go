package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// PersonRegister makes someone known: who they are, what they have read, what they agree to.
func PersonRegister(m *model.PersonRegister, first *fyne.Focusable) fyne.CanvasObject {
	number := widget.Field("person.number", &m.Number).Good(m.NumberGood).Note(numberTells(m)).OnEnter(m.Register)
	name := widget.Field("person.name", &m.Name).Note(widget.W("person.register.as-on-card")).OnEnter(m.Register)
	*first = name.Entry
	form := widget.Card(widget.Pad(widget.Col(12,
		widget.Even(16, name, number),
		widget.Even(16, widget.Field("person.phone", &m.Phone).OnEnter(m.Register), widget.Field("person.email", &m.Email).Note(widget.W("person.register.optional")).OnEnter(m.Register)),
		widget.Even(16, widget.Field("person.unit", &m.Unit).Note(widget.W("person.register.optional")).OnEnter(m.Register), widget.Field("person.address", &m.Address).Note(widget.W("person.register.optional")).OnEnter(m.Register)),
		widget.Rule(),
		widget.Tick(&m.Read, widget.W("person.register.read"), widget.W("person.register.read.hint")),
		widget.Tick(&m.Pictures, widget.Data(m.Consent), widget.W("person.register.pictures.hint")),
		widget.Problem(&m.Screen, nil),
		widget.Because(&m.Screen, widget.Act(act.RegisterPerson, m.Register, m.CanRegister), func() string {
			if m.Refused() {
				return widget.Book().Say("person.register.why-off-refused")
			}
			return widget.Book().Say("person.register.why-off")
		})), 20))
	notices := widget.Col(16)
	for _, n := range m.Notices {
		notices.Add(widget.Titled(widget.Data(n.Title), widget.Para(widget.Data(n.Text), 0, widget.T13, widget.Ink2)))
	}
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("person.register-page"), widget.W("person.register.line")),
		widget.Beside(520, 320, widget.Col(0, form), notices)))
}

// numberTells is what the number says of its holder, once it is right.
func numberTells(m *model.PersonRegister) widget.Words {
	return func() string {
		b := widget.Book()
		f := m.Found
		if !f.Valid {
			return b.Say("person.register.number.note")
		}
		says := b.Say("identity.kind." + string(f.Kind))
		if !f.Birth.IsZero() {
			says += b.Say("list.join") + b.Date(f.Birth) + b.Say("list.join") + b.Say("person.sex."+string(f.Sex))
		}
		return says
	}
}
