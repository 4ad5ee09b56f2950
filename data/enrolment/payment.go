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
	Until     day.Date // last day of online study (G-09); none in a programme without hours
	Source    Source
	Invoice   Invoice
	CreatedAt time.Time
	Version   int
}

// Faults of paying.
var (
	ErrNoAmount     = fault.New(fault.Refused, "enrolment.no-amount")
	ErrPaidInFuture = fault.New(fault.Refused, "enrolment.paid-in-future")
	ErrPaidOutside  = fault.New(fault.Refused, "enrolment.paid-outside")
	ErrLearnerTwice = fault.New(fault.Refused, "enrolment.learner-twice")
)

// Pay returns the payment for e and what it opens: online study until the end of the day Rules.Until (G-09).
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
	if err := day.Paid.Check(paidOn, today); err != nil {
		return Payment{}, err
	}
	return Payment{
		ID: id.New[id.Payment](), Enrolment: e.ID, Person: e.Person, Fen: fen, PaidOn: paidOn,
		Until: r.Until(paidOn), Source: source, Version: 1,
	}, nil
}

// Until is the last day of the online study that a payment of that day opens; none in a programme
// without hours.
func (r Rules) Until(paidOn day.Date) day.Date { return day.Window(r.WindowMonths).End(paidOn) }

// Window is where the online study that a payment opened stands (G-09); worded as
// "enrolment.window.<code>".
type Window string

// The states of a window.
const (
	NotYet  Window = "not-yet"
	Studied Window = "open"
	NoStudy Window = "none"    // nothing is studied online in this programme
	Expired Window = "expired" // hours are kept read-only; a new payment opens a new window
)

// Window of the payment on that day; its first and last day are open, the last until 24:00.
func (p Payment) Window(on day.Date) Window {
	switch {
	case p.Until.IsZero():
		return NoStudy
	case on.Before(p.PaidOn):
		return NotYet
	case on.After(p.Until):
		return Expired
	}
	return Studied
}

// Open reports whether online study is open on that day; after it the window is expired (G-09).
func (p Payment) Open(on day.Date) bool { return p.Window(on) == Studied }

// PaidBefore is the day of the latest payment not after a day; none if nothing was paid by then.
func PaidBefore(list []Payment, on day.Date) (latest day.Date) {
	for _, p := range list {
		if !p.PaidOn.After(on) {
			latest = max(latest, p.PaidOn)
		}
	}
	return latest
}

// LastPaid is the day of the latest payment; none if nothing was paid.
func LastPaid(list []Payment) (last day.Date) {
	for _, p := range list {
		last = max(last, p.PaidOn)
	}
	return last
}
