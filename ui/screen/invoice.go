package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// invoiceText says where an invoice stands.
func invoiceText(key, figure string) fyne.CanvasObject {
	return widget.Text(widget.W(key, figure), widget.T12, widget.Ink3).Elide()
}

// paymentLinks are what can be done about one payment of a person: its invoice, its receipt.
func paymentLinks(m *model.EnrolmentDesk, i int) fyne.CanvasObject {
	b, paid := widget.Book(), m.View.Payments[i]
	row := widget.Wrapping(16)
	if m.May.Pay && m.Invoice.CanOpen(paid.Invoice) {
		row.Add(widget.Link(invoiceNext(paid.Invoice.Title != ""), func() { m.OpenInvoice(paid) }).Small())
	}
	row.Add(widget.Link(widget.W("enrolment.receipt"), func() { m.Receipt(paid.ID, b.Say("enrolment.receipt-name")) }).Small())
	if paid.Unit != "" {
		return widget.Col(2, widget.Text(widget.W("enrolment.invoice.of-unit"), widget.T12, widget.Ink3).Elide(), row)
	}
	return row
}

// invoiceNext words what comes next for an invoice.
func invoiceNext(asked bool) widget.Words {
	if asked {
		return widget.W("unit.invoice.write")
	}
	return widget.W("unit.invoice.ask")
}

// invoiceForm is the form of an invoice where it is open.
func invoiceForm(f *model.InvoiceForm, open bool) fyne.CanvasObject {
	if !open {
		return widget.Col(0)
	}
	buttons := widget.Wrapping(12, widget.Act(act.RecordInvoice, f.Save, f.CanSave), widget.Button(widget.Secondary, "", widget.W("act.close"), f.Close))
	if f.Asking {
		return widget.Col(12, widget.Even(16, widget.Field("enrolment.desk.title", &f.Title).OnEnter(f.Save), widget.Field("enrolment.desk.tax", &f.Tax).OnEnter(f.Save)), buttons)
	}
	return widget.Col(12, widget.Field("unit.invoice.number", &f.Number).Hint(widget.Data("24452000000012345678")).Note(widget.W("unit.invoice.number.note")).OnEnter(f.Save), buttons)
}

// unitPayments are what the chosen employer paid so far, each with its one invoice.
func unitPayments(m *model.UnitDesk) fyne.CanvasObject {
	if len(m.Payments) == 0 {
		return widget.Para(widget.W("unit.payments.none"), 0, widget.T13, widget.Ink2)
	}
	b := widget.Book()
	var rows []fyne.CanvasObject
	const most = 12
	for i, t := range m.Payments {
		if i == most {
			break
		}
		col := widget.Col(4, widget.Row(8, widget.Grow(widget.Bold(widget.Data(b.Date(t.PaidOn)), widget.T14)), widget.Text(widget.W("unit.sum", t.Learners, b.Yuan(t.Fen)), widget.T13, widget.Ink2)))
		if n := len(t.Invoices); n > 1 {
			col.Add(widget.Mark(widget.Warn, "alert", widget.W("unit.invoice.several", n)))
		} else {
			line := widget.Row(8, widget.Grow(invoiceText(model.InvoiceWords(model.InvoiceOf(t)))))
			if m.CanInvoice(t) {
				line.Add(widget.Link(invoiceNext(n == 1), func() { m.OpenInvoice(t) }).Small())
			}
			col.Add(line)
		}
		col.Add(invoiceForm(&m.Invoice, m.Invoice.Of == t.First))
		rows = append(rows, widget.Pad(col, 8, 0))
	}
	return widget.Ruled(rows...)
}
