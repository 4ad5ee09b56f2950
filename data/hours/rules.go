package hours

import "xuezheng/data/day"

// Rules are the figures of one programme, filled from a policy pack.
type Rules struct {
	MinutesPerHour   int  // 1 学时 in minutes (G-02)
	RequiredHours    int  // of the main specialty (G-02)
	ElectiveHours    int  // of the main specialty (G-02)
	AddedHours       int  // elective hours of each added specialty (G-03)
	WindowMonths     int  // online study ends so many calendar months after payment (G-09)
	CarryOver        bool // whether a later payment lets hours finished after their window count (G-09)
	PassMark         int  // where a mark is given (G-22); 0 for none
	ReviewDays       int  // working days of a review (G-20)
	ClassNoticeDays  int  // working days a class is announced before it starts (G-10)
	MaxMinutesPerDay int  // 0 for no cap (G-02)
}

// Unit is how long one 学时 is (G-02).
func (r Rules) Unit() Unit { return Unit(r.MinutesPerHour * 60) }

// Amount turns whole 学时 into seconds.
func (r Rules) Amount(hours int) int { return hours * int(r.Unit()) }

// Plan is what one learner must do in one registration period.
type Plan struct {
	Main     string
	Added    []string
	AllowMix bool   // a reviewer allowed both modes of required hours (G-06)
	MixWhy   string // with this reason
	Period
	Payments []day.Date // days of payment, besides those the records carry (G-09)

	lastPaid day.Date // the latest of all; Standing finds it
}

// paymentFor is the payment that opens the window of what was completed on that day: the latest one
// not after it, or else the first there is.
func (p Plan) paymentFor(on day.Date) (paid day.Date) {
	var first day.Date
	for _, d := range p.Payments {
		if !d.After(on) {
			paid = max(paid, d)
		}
		if first.IsZero() || d.Before(first) {
			first = d
		}
	}
	if paid.IsZero() {
		return first
	}
	return paid
}

// latestPayment is the last day on which this plan was paid for.
func (p Plan) latestPayment(records []Record) (last day.Date) {
	for _, d := range p.Payments {
		last = max(last, d)
	}
	for _, rec := range records {
		last = max(last, rec.PaidOn)
	}
	return last
}
