package screen

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// EnrolmentDesk enrols someone, or shows the enrolment there is; beside it the payments.
func EnrolmentDesk(m *model.EnrolmentDesk) fyne.CanvasObject {
	enrolled := func() bool { return m.View.Enrolled }
	notices := widget.Live(&m.Screen, func() fyne.CanvasObject { return unread(m) })
	form := widget.When(func() bool { return m.Loaded && !enrolled() }, widget.Col(16, notices, widget.LiveBy(&m.Screen, func() string { return m.Offer.ID }, func() fyne.CanvasObject { return applyForm(m) })))
	there := widget.When(enrolled, widget.Col(16, widget.Live(&m.Screen, func() fyne.CanvasObject { return enrolmentFacts(m) }),
		widget.When(func() bool { return m.May.Change }, changeForm(m))))
	pay := widget.When(func() bool { return enrolled() && m.May.Pay }, payForm(m))
	paid := widget.When(enrolled, widget.LiveBy(&m.Screen, func() string { return fmt.Sprint(m.View.Payments, m.Invoice.Of, m.Invoice.Asking) },
		func() fyne.CanvasObject { return payments(m) }))
	loading := widget.When(func() bool { return !m.Loaded && m.Problem() == nil }, widget.Live(&m.Screen, func() fyne.CanvasObject { return widget.Working(&m.Screen) }))
	which := widget.When(m.Several, widget.Pick("person.programme", &m.Which))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("enrolment.desk"), widget.Data(m.Name)), widget.Problem(&m.Screen, m.Load), loading, which,
		widget.Beside(420, 400, widget.Col(16, form, there), widget.Col(16, pay, paid)),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return otherNotices(m) })))
}

// otherNotices are the notices to read again, and those to units, for whoever reads them for theirs.
func otherNotices(m *model.EnrolmentDesk) fyne.CanvasObject {
	col := widget.Col(16)
	for _, n := range m.Others() {
		foot := fyne.CanvasObject(widget.Row(0, widget.Button(widget.Secondary, "check", widget.W("enrolment.desk.have-read"), func() { m.Read(n.ID) }), widget.Gap()))
		if !n.ReadAt.IsZero() {
			foot = widget.Mark(widget.Good, "check", widget.W("enrolment.desk.read-on", widget.Book().Moment(n.ReadAt)))
		}
		col.Add(widget.Titled(widget.Data(n.Title), widget.Col(12, widget.Para(widget.Data(n.Text), 0, widget.T13, widget.Ink2), foot)))
	}
	return col
}

func unread(m *model.EnrolmentDesk) fyne.CanvasObject {
	col := widget.Col(16)
	for _, n := range m.View.Unread {
		col.Add(widget.Titled(widget.Data(n.Title), widget.Col(12, widget.Para(widget.Data(n.Text), 0, widget.T13, widget.Ink2),
			widget.Button(widget.Secondary, "check", widget.W("enrolment.desk.have-read"), func() { m.Read(n.ID) }))))
	}
	return col
}

func applyForm(m *model.EnrolmentDesk) fyne.CanvasObject {
	words := enrolmentWords(m)
	added := widget.Wrapping(20)
	for i, t := range m.Added {
		tick := widget.Fix(150, 0, widget.Tick(t, widget.Data(m.Offer.Specialties[i]), nil))
		added.Add(widget.Live(&m.Screen, func() fyne.CanvasObject { // what is the main one is not added
			if m.Main.Value() == m.Offer.Specialties[i] {
				return widget.Col(0)
			}
			return tick
		}))
	}
	needs := widget.Live(&m.Screen, func() fyne.CanvasObject {
		if m.Needed() == 0 {
			return widget.Col(0)
		}
		return widget.Para(widget.W("enrolment.desk.needs", m.Needed(), m.Offer.Required, m.Offer.Elective, m.Offer.PerAdded), 0, widget.T13, widget.Ink2)
	})
	ends := func() string {
		if m.Ends().IsZero() {
			return widget.Book().Say(words("from")+".note", m.Offer.Years)
		}
		return widget.Book().Say("enrolment.desk.ends", m.Ends())
	}
	form := widget.Col(12, widget.Pick(words("main"), &m.Main))
	if m.MayAdd() {
		form.Add(widget.Text(widget.W("enrolment.desk.added"), widget.T13, widget.Ink2))
		form.Add(added)
	}
	form.Add(needs)
	since := widget.Field(words("from"), &m.From).Hint(widget.W("hint.example", "2026-11-23")).Note(ends)
	if m.Offer.Renews() {
		form.Add(widget.Even(16, since, widget.Field("enrolment.desk.registration", &m.Registration).Note(widget.W("person.register.optional"))))
	} else {
		form.Add(since)
	}
	form.Add(widget.Because(&m.Screen, widget.Act(act.ApplyEnrolment, m.Apply, m.CanApply), func() string {
		if len(m.View.Unread) > 0 {
			return widget.Book().Say("enrolment.desk.why-off-notice")
		}
		return widget.Book().Say(words("why-off"))
	}))
	return widget.Titled(widget.Data(m.Offer.Name), form)
}

// enrolmentWords are those of a part of the form: of a registration that hours renew, or of a programme
// that renews none.
func enrolmentWords(m *model.EnrolmentDesk) func(part string) string {
	return func(part string) string {
		if m.Offer.Renews() {
			return "enrolment.desk." + part
		}
		return "enrolment.desk." + part + ".plain"
	}
}

func enrolmentFacts(m *model.EnrolmentDesk) fyne.CanvasObject {
	e, b := m.View.Enrolment, widget.Book()
	facts := widget.Col(4, widget.Fact(132, widget.W(enrolmentWords(m)("main")), widget.Data(e.Main)))
	if m.MayAdd() || len(e.Added) > 0 {
		facts.Add(widget.Fact(132, widget.W("enrolment.desk.added"), widget.Data(strings.Join(e.Added, b.Say("list.join")))))
	}
	facts.Add(widget.Fact(132, widget.W("person.period"), widget.W("person.period.from-to", b.Date(e.From), b.Date(e.To))))
	if m.Offer.Renews() || e.Registration != "" {
		facts.Add(widget.Fact(132, widget.W("enrolment.desk.registration"), widget.Data(e.Registration)))
	}
	return widget.Titled(widget.Data(m.Offer.Name), facts)
}

func changeForm(m *model.EnrolmentDesk) fyne.CanvasObject {
	return widget.Titled(widget.W("enrolment.desk.change"), widget.Col(12,
		widget.When(m.MayAdd, widget.Pick("enrolment.desk.another", &m.Another)),
		widget.Wrapping(12, widget.When(m.MayAdd, widget.OtherAct(act.AddSpecialty, "plus", m.AddSpecialty, m.CanAdd)),
			widget.OtherAct(act.CancelEnrolment, "cross", m.Cancel, func() bool { return m.May.Change && !m.Busy() }))))
}

func payForm(m *model.EnrolmentDesk) fyne.CanvasObject {
	opens := widget.Live(&m.Screen, func() fyne.CanvasObject {
		from, until := m.Opens()
		if until.IsZero() {
			return widget.Col(0)
		}
		return widget.Strip(widget.Info, "clock", widget.W("enrolment.desk.opens", from), widget.W("enrolment.desk.until", until))
	})
	m.PaidOn.Watch(opens.Rebuild)
	return widget.Titled(widget.W("enrolment.pay"), widget.Col(12,
		widget.Even(16, widget.Field("enrolment.desk.yuan", &m.Yuan).Hint(widget.W("hint.example", "480.00")).OnEnter(m.Pay), widget.Field("enrolment.desk.paid-on", &m.PaidOn).OnEnter(m.Pay)),
		opens,
		widget.Even(16, widget.Field("enrolment.desk.title", &m.Title).Note(widget.W("enrolment.desk.title.note")), widget.Field("enrolment.desk.tax", &m.Tax)),
		widget.Because(&m.Screen, widget.Act(act.Pay, m.Pay, m.CanPay), widget.W("enrolment.desk.pay-off"))))
}

func payments(m *model.EnrolmentDesk) fyne.CanvasObject {
	b := widget.Book()
	if len(m.View.Payments) == 0 {
		none := "enrolment.payments.none"
		if m.Offer.WindowMonths == 0 { // no online study opens by it
			none += ".plain"
		}
		return widget.Titled(widget.W("enrolment.payments"), widget.Para(widget.W(none), 0, widget.T13, widget.Ink2))
	}
	var rows []fyne.CanvasObject
	for i, p := range m.View.Payments {
		window, over := m.Window(p)
		tone := widget.Good
		if over {
			tone = widget.Warn
		}
		amount := widget.Data(b.Yuan(p.Fen))
		if p.Fen == 0 {
			amount = widget.W("enrolment.payments.by-import")
		}
		head, study := widget.Row(8, widget.Grow(widget.Bold(amount, widget.T14)), widget.Chip(tone, widget.W("enrolment.window."+window))), widget.W("enrolment.payments.window", p.PaidOn, p.Until)
		if p.Until.IsZero() {
			head, study = widget.Row(8, widget.Grow(widget.Bold(amount, widget.T14))), widget.W("enrolment.payments.paid-on", p.PaidOn)
		}
		rows = append(rows, widget.Pad(widget.Col(4, head,
			widget.Text(study, widget.T12, widget.Ink3).Elide(),
			invoiceText(model.InvoiceWords(p.Invoice)), paymentLinks(m, i), invoiceForm(&m.Invoice, m.Invoice.Of == p.ID)), 8, 0))
	}
	return widget.Titled(widget.W("enrolment.payments"), widget.Ruled(rows...))
}
