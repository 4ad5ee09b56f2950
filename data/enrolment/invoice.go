package enrolment

import (
	"slices"
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/state"
	"xuezheng/data/text"
)

// InvoiceState is where an invoice stands (G-19).
type InvoiceState string

// The states of an invoice.
const (
	NoInvoice     InvoiceState = ""
	InvoiceAsked  InvoiceState = "asked"
	InvoiceIssued InvoiceState = "issued"
)

// InvoiceEvent is what happens to an invoice.
type InvoiceEvent string

// The events of an invoice.
const (
	AskInvoice   InvoiceEvent = "ask" // or ask otherwise
	IssueInvoice InvoiceEvent = "issue"
)

// invoices is the way of an invoice; what is issued stays as it is.
var invoices = state.New(
	[]InvoiceState{NoInvoice, InvoiceAsked, InvoiceIssued},
	[]InvoiceEvent{AskInvoice, IssueInvoice},
	[]state.Step[InvoiceState, InvoiceEvent]{
		{From: NoInvoice, On: AskInvoice, To: InvoiceAsked},
		{From: InvoiceAsked, On: AskInvoice, To: InvoiceAsked},
		{From: InvoiceAsked, On: IssueInvoice, To: InvoiceIssued},
	})

// next is the state that follows, or that none does.
func (s InvoiceState) next(e InvoiceEvent) (InvoiceState, error) {
	if next, may := invoices.Next(s, e); may {
		return next, nil
	}
	return s, ErrInvoiceState
}

// Lengths of what stands on an invoice, in characters.
const (
	taxNumberMin   = 15
	taxNumberMax   = 20
	invoiceNumbers = 8
)

// Invoice is what is needed to write one (G-19). One payment has one: what a unit pays for many
// learners at once has the same for all of them, kept once (G-14).
type Invoice struct {
	ID        string // the payment's, or the batch's
	State     InvoiceState
	Title     string
	TaxNumber string
	Number    string // once issued
	IssuedOn  day.Date
	Version   int
}

// Faults of invoices.
var (
	ErrInvoiceTitle  = fault.New(fault.Refused, "enrolment.invoice-title")
	ErrTaxNumber     = fault.New(fault.Refused, "enrolment.tax-number")
	ErrInvoiceState  = fault.New(fault.Refused, "enrolment.invoice-state")
	ErrInvoiceNumber = fault.New(fault.Refused, "enrolment.invoice-number")
)

// AskInvoice keeps what the payment's invoice needs (G-19).
func (p *Payment) AskInvoice(title, taxNumber string) error {
	if p.Invoice.ID == "" {
		if p.Invoice.ID = p.Batch; p.Batch == "" {
			p.Invoice.ID = string(p.ID)
		}
	}
	return p.Invoice.Ask(title, taxNumber)
}

// Ask keeps what the invoice needs (G-19).
func (v *Invoice) Ask(title, taxNumber string) error {
	next, err := v.State.next(AskInvoice)
	switch {
	case err != nil:
		return err
	case title == "":
		return ErrInvoiceTitle
	case taxNumber != "" && !isTaxNumber(taxNumber):
		return ErrTaxNumber.With(taxNumberMin, taxNumberMax)
	}
	if err := text.InvoiceTitle.Check(title); err != nil {
		return err
	}
	v.State, v.Title, v.TaxNumber = next, title, taxNumber
	v.Version++
	return nil
}

// Issue keeps the number of the invoice that was written (G-19).
func (v *Invoice) Issue(number string, on day.Date) error {
	next, err := v.State.next(IssueInvoice)
	if err != nil {
		return err
	}
	if len(number) < invoiceNumbers || !only(number, "0123456789") {
		return ErrInvoiceNumber.With(invoiceNumbers)
	}
	if err := text.InvoiceNumber.Check(number); err != nil {
		return err
	}
	v.State, v.Number, v.IssuedOn = next, number, on
	v.Version++
	return nil
}

// Together is one payment of a unit for many learners (G-14).
type Together struct {
	Batch    string
	First    id.Payment // of one of the learners
	PaidOn   day.Date
	Until    day.Date
	Learners int
	Fen      int64     // in all
	Invoices []Invoice // one, or none; several only where old ones could not be joined, as they differ
}

// Batches puts the payments of a unit together again, in their order.
func Batches(list []Payment) (all []Together) {
	for _, p := range list {
		i := slices.IndexFunc(all, func(t Together) bool { return t.Batch == p.Batch && (p.Batch != "" || t.First == p.ID) })
		if i < 0 {
			all = append(all, Together{Batch: p.Batch, First: p.ID, PaidOn: p.PaidOn, Until: p.Until})
			i = len(all) - 1
		}
		t := &all[i]
		t.Learners++
		t.Fen += p.Fen
		if p.Invoice.State != NoInvoice && !slices.Contains(t.Invoices, p.Invoice) {
			t.Invoices = append(t.Invoices, p.Invoice)
		}
	}
	return all
}

func isTaxNumber(s string) bool {
	return len(s) >= taxNumberMin && len(s) <= taxNumberMax && only(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

func only(s, set string) bool { return strings.Trim(s, set) == "" }
