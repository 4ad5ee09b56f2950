package enrolment

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Source says how a payment came to be known.
type Source string

// The sources of a payment.
const (
	PaidAtDesk   Source = "desk"
	PaidByUnit   Source = "unit"
	PaidByImport Source = "import"
)

// InvoiceState is where an invoice stands (G-19).
type InvoiceState string

// The states of an invoice.
const (
	NoInvoice      InvoiceState = ""
	InvoiceAsked   InvoiceState = "asked"
	InvoiceIssued  InvoiceState = "issued"
	taxNumberMin                = 15
	taxNumberMax                = 20
	invoiceNumbers              = 8
)

// Invoice is what is needed to write one (G-19).
type Invoice struct {
	State     InvoiceState
	Title     string
	TaxNumber string
	Number    string // once issued
	IssuedOn  day.Date
}

// Payment is money received for one enrolment; it opens the study window (G-09). What a unit
// pays for many learners at once is one Batch (G-14).
type Payment struct {
	ID        id.Payment
	Enrolment id.Enrolment
	Person    id.Person
	Unit      id.Unit // who paid, if a unit did
	Batch     string  // the same for all learners of one payment
	Fen       int64
	PaidOn    day.Date
	Until     day.Date // last day of online study (G-09)
	Source    Source
	Invoice   Invoice
	CreatedAt time.Time
	Version   int
}

// Unit is an employer that binds its learners and pays for them (G-14).
type Unit struct {
	ID        id.Unit
	Name      string
	TaxNumber string
	Contact   string
	Phone     string
}

// Binding ties a learner to a unit; it needs the learner's agreement, or the clerk's with the
// paper seen (G-14).
type Binding struct {
	Unit   id.Unit
	Person id.Person
	Agreed string // "learner" or "paper"
	At     time.Time
}

// Faults of paying.
var (
	ErrNoAmount      = fault.New(fault.Refused, "enrolment.no-amount")
	ErrPaidInFuture  = fault.New(fault.Refused, "enrolment.paid-in-future")
	ErrPaidOutside   = fault.New(fault.Refused, "enrolment.paid-outside")
	ErrInvoiceTitle  = fault.New(fault.Refused, "enrolment.invoice-title")
	ErrTaxNumber     = fault.New(fault.Refused, "enrolment.tax-number")
	ErrInvoiceState  = fault.New(fault.Refused, "enrolment.invoice-state")
	ErrInvoiceNumber = fault.New(fault.Refused, "enrolment.invoice-number")
	ErrNotAgreed     = fault.New(fault.Refused, "enrolment.not-agreed")
	ErrUnitName      = fault.New(fault.Refused, "enrolment.unit-name")
)

// Pay returns the payment for e and what it opens: online study until the end of that day
// Rules.WindowMonths later, clamped to the month's end (G-09).
func (r Rules) Pay(e Enrolment, fen int64, paidOn, today day.Date, source Source) (Payment, error) {
	switch {
	case e.State != Active:
		return Payment{}, ErrCancelled
	case fen < 0, fen == 0 && source != PaidByImport:
		return Payment{}, ErrNoAmount
	case paidOn.IsZero(), paidOn.After(today):
		return Payment{}, ErrPaidInFuture
	case paidOn.After(e.To):
		return Payment{}, ErrPaidOutside.With(e.To)
	}
	return Payment{
		ID: id.New[id.Payment](), Enrolment: e.ID, Person: e.Person, Fen: fen, PaidOn: paidOn,
		Until: paidOn.AddMonths(r.WindowMonths), Source: source, Version: 1,
	}, nil
}

// Open reports whether online study is open on that day; after it the window is expired (G-09).
func (p Payment) Open(on day.Date) bool { return !on.Before(p.PaidOn) && !on.After(p.Until) }

// AskInvoice keeps what an invoice needs (G-19).
func (p *Payment) AskInvoice(title, taxNumber string) error {
	switch {
	case p.Invoice.State == InvoiceIssued:
		return ErrInvoiceState
	case title == "":
		return ErrInvoiceTitle
	case taxNumber != "" && (len(taxNumber) < taxNumberMin || len(taxNumber) > taxNumberMax):
		return ErrTaxNumber.With(taxNumberMin, taxNumberMax)
	}
	p.Invoice = Invoice{State: InvoiceAsked, Title: title, TaxNumber: taxNumber}
	p.Version++
	return nil
}

// IssueInvoice keeps the number of the invoice that was written (G-19).
func (p *Payment) IssueInvoice(number string, on day.Date) error {
	if p.Invoice.State != InvoiceAsked {
		return ErrInvoiceState
	}
	if len(number) < invoiceNumbers {
		return ErrInvoiceNumber.With(invoiceNumbers)
	}
	p.Invoice.State, p.Invoice.Number, p.Invoice.IssuedOn = InvoiceIssued, number, on
	p.Version++
	return nil
}

// Bind ties a learner to a unit (G-14).
func Bind(u Unit, p id.Person, agreed string, at time.Time) (Binding, error) {
	if agreed != "learner" && agreed != "paper" {
		return Binding{}, ErrNotAgreed
	}
	return Binding{Unit: u.ID, Person: p, Agreed: agreed, At: at}, nil
}

// ErrUnitKnown is for a unit whose name is there already.
var ErrUnitKnown = fault.New(fault.Refused, "enrolment.unit-known")
