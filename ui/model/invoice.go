package model

import (
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
)

// InvoiceService keeps what an invoice needs, and its number (G-19).
type InvoiceService interface {
	AskInvoice(p id.Payment, title, tax string) error
	IssueInvoice(p id.Payment, number string) error
}

// InvoiceForm is the invoice of one payment as it is being written down: first for whom, and once
// it was asked for, its number.
type InvoiceForm struct {
	Of                 id.Payment // none while the form is closed
	Asking             bool
	Title, Tax, Number Text
	screen             *Screen
	service            InvoiceService
	done               func()
}

func (f *InvoiceForm) init(screen *Screen, service InvoiceService, done func()) {
	f.screen, f.service, f.done = screen, service, done
	for _, t := range []*Text{&f.Title, &f.Tax, &f.Number} {
		t.OnChange(screen.Changed)
	}
}

// CanOpen reports whether there is something to write about an invoice: an issued one stays.
func (f *InvoiceForm) CanOpen(v enrolment.Invoice) bool { return v.State != enrolment.InvoiceIssued }

// Open opens the form for a payment with that invoice; title and tax number are proposed.
func (f *InvoiceForm) Open(of id.Payment, v enrolment.Invoice, title, tax string) {
	if !f.CanOpen(v) {
		return
	}
	f.Of, f.Asking = of, v.State == enrolment.NoInvoice
	f.Title.Set(title)
	f.Tax.Set(tax)
	f.Number.Set("")
	f.screen.Changed()
}

// Close closes the form.
func (f *InvoiceForm) Close() {
	f.Of = ""
	f.screen.Changed()
}

// CanSave reports whether what is asked for is written.
func (f *InvoiceForm) CanSave() bool {
	if f.Asking {
		return f.Of != "" && !f.screen.Busy() && !f.Title.Empty()
	}
	return f.Of != "" && !f.screen.Busy() && !f.Number.Empty()
}

// Save keeps it.
func (f *InvoiceForm) Save() {
	if !f.CanSave() {
		return
	}
	of, asking, title, tax, number := f.Of, f.Asking, f.Title.Value(), f.Tax.Value(), f.Number.Value()
	f.screen.Do(func() error {
		if asking {
			return f.service.AskInvoice(of, title, tax)
		}
		return f.service.IssueInvoice(of, number)
	}, func() {
		f.Of = ""
		f.done()
	})
}

// InvoiceWords are the key and the figure that say where an invoice stands.
func InvoiceWords(v enrolment.Invoice) (key, figure string) {
	switch v.State {
	case enrolment.InvoiceAsked:
		return "enrolment.invoice.asked-for", v.Title
	case enrolment.InvoiceIssued:
		return "enrolment.invoice.issued-as", v.Number
	}
	return "enrolment.invoice.none", ""
}
