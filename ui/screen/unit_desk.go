package screen

import (
	"fmt"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// UnitDesk is the employers; beside them the chosen one's learners and a payment for many.
func UnitDesk(m *model.UnitDesk) fyne.CanvasObject {
	list := widget.ListCard(&m.Screen, widget.ListOf{
		Head: widget.Head(unitColumns, widget.W("unit.name"), widget.W("unit.contact")), Height: 52,
		Count: func() int { return len(m.List.Rows) }, Row: func(i int) fyne.CanvasObject { return unitRow(m, i) }, Open: m.Choose,
		Empty: func() fyne.CanvasObject {
			return widget.Empty("unit", widget.W("unit.empty"), widget.W("unit.empty.hint"))
		},
		Loaded: func() bool { return m.Loaded }, Retry: m.Load,
	})
	adding := widget.When(func() bool { return m.Adding }, widget.Titled(widget.W("unit.add"), widget.Col(12,
		widget.Field("unit.name", &m.Name), widget.Field("unit.tax", &m.TaxNumber),
		widget.Even(16, widget.Field("unit.contact", &m.Contact), widget.Field("unit.phone", &m.Line)),
		widget.Para(widget.Data(m.Notice.Text), 0, widget.T12, widget.Ink2),
		widget.Tick(&m.Read, widget.W("unit.read"), nil),
		widget.Wrapping(12, widget.Act(act.AddUnit, m.Save, m.CanSave), widget.Button(widget.Secondary, "", widget.W("act.cancel"), func() { m.Add(false) })))))
	has := func() bool { _, ok := m.List.Row(); return ok && !m.Adding }
	learners := widget.When(has, widget.Titled(widget.W("unit.learners"), widget.Col(12,
		widget.Live(&m.Screen, func() fyne.CanvasObject { return boundLearners(m) }),
		widget.Rule(),
		widget.Even(16, widget.Field("unit.bind", &m.Who).Hint(widget.W("class.who.hint")).OnEnter(m.BindFirst), widget.Pick("unit.agreed", &m.Agreed)),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return unitFound(m) }))))
	pay := widget.When(has, widget.Titled(widget.W("unit.payment"), widget.Col(12,
		widget.Even(16, widget.Field("unit.yuan-each", &m.Yuan).Hint(widget.Data("480.00")).OnEnter(m.Pay), widget.Field("enrolment.desk.paid-on", &m.PaidOn).OnEnter(m.Pay)),
		widget.Live(&m.Screen, func() fyne.CanvasObject {
			if m.Paid > 0 {
				return widget.Mark(widget.Good, "check", widget.W("unit.paid", m.Paid))
			}
			n, fen := m.Sum()
			return widget.Text(widget.W("unit.sum", n, widget.Book().Yuan(fen)), widget.T13, widget.Ink2)
		}),
		widget.Because(&m.Screen, widget.Act(act.PayForUnit, m.Pay, m.CanPay), widget.W("unit.pay-off")))))
	paid := widget.When(has, widget.Titled(widget.W("unit.payments"), widget.LiveBy(&m.Screen, func() string { return paymentsKey(m) }, func() fyne.CanvasObject { return unitPayments(m) })))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("place.unit.list"), widget.W("unit.line"), widget.Button(widget.Secondary, "plus", widget.W("unit.add"), func() { m.Add(true) })),
		widget.Problem(&m.Screen, nil), widget.Grow(widget.Beside(400, 440, list, widget.Col(16, adding, learners, pay, paid)))))
}

// paymentsKey changes when the payments are to be drawn anew: not while a number is being written.
func paymentsKey(m *model.UnitDesk) string {
	return fmt.Sprint(m.Payments, m.Invoice.Of, m.Invoice.Asking)
}

var unitColumns = []float32{0, -140}

func unitRow(m *model.UnitDesk, i int) fyne.CanvasObject {
	u := m.List.Rows[i]
	return widget.Chosen(widget.Pad(widget.Cells(unitColumns,
		widget.Col(-1, widget.Bold(widget.Data(u.Name), widget.T14).Elide(), widget.Text(widget.Data(u.TaxNumber), widget.T12, widget.Ink3).Elide()),
		widget.Col(-1, widget.Text(widget.Data(u.Contact), widget.T13, widget.Ink2).Elide(), widget.Text(widget.Data(u.Phone), widget.T12, widget.Ink3).Elide())), 0, 16), m.List.Selected() == i)
}

func boundLearners(m *model.UnitDesk) fyne.CanvasObject {
	if len(m.Learners) == 0 {
		return widget.Para(widget.W("unit.no-learners"), 0, widget.T13, widget.Ink2)
	}
	var rows []fyne.CanvasObject
	const most = 40
	for i, r := range m.Learners {
		if i == most {
			rows = append(rows, widget.Text(widget.W("unit.more", len(m.Learners)-most), widget.T12, widget.Ink3))
			break
		}
		note := widget.Data(r.MaskedNumber)
		if !r.Enrolled {
			note = widget.W("person.file.not-enrolled")
		}
		rows = append(rows, widget.Pad(widget.Tick(m.Ticks[r.Person], widget.Data(r.Name), note), 4, 0))
	}
	return widget.Ruled(rows...)
}

func unitFound(m *model.UnitDesk) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, r := range m.Found.Rows {
		rows = append(rows, widget.Tappable(widget.Pad(widget.Row(8, widget.Grow(widget.Text(widget.Data(r.Name+"  "+r.MaskedNumber), widget.T14, widget.Ink).Elide()), widget.Text(widget.W("unit.bind-this"), widget.T12, widget.Accent)), 6, 8), func() { m.Bind(r) }))
	}
	return widget.Ruled(rows...)
}
