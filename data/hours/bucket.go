package hours

import (
	"cmp"
	"slices"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// Period is a registration's period of validity (注册有效期); both days count (G-01).
type Period struct{ From, To day.Date }

// Bucket is what an hour counts towards; each hour counts in exactly one.
type Bucket struct {
	Kind      Kind
	Added     bool // elective of an added specialty
	Specialty string
}

// Why an hour does not count. They are reasons rather than refusals, but worded alike.
var (
	WhyBeforePeriod   = fault.New(fault.Refused, "hours.why.before-period")
	WhyAfterPeriod    = fault.New(fault.Refused, "hours.why.after-period")
	WhyBeforePayment  = fault.New(fault.Refused, "hours.why.before-payment")
	WhyUnpaid         = fault.New(fault.Refused, "hours.why.unpaid")
	WhyAfterWindow    = fault.New(fault.Refused, "hours.why.after-window")
	WhyBelowMark      = fault.New(fault.Refused, "hours.why.below-mark")
	WhyElectiveOnline = fault.New(fault.Refused, "hours.why.elective-online")
	WhyOneMode        = fault.New(fault.Refused, "hours.why.one-mode")
	WhyAddedRequired  = fault.New(fault.Refused, "hours.why.added-required")
	WhyOtherSpecialty = fault.New(fault.Refused, "hours.why.other-specialty")
	WhyRepeated       = fault.New(fault.Refused, "hours.why.repeated")
	WhySurplus        = fault.New(fault.Refused, "hours.why.surplus")
	WhyReturned       = fault.New(fault.Refused, "hours.why.returned")
	WhyWithdrawn      = fault.New(fault.Refused, "hours.why.withdrawn")
)

// bucketOf returns where rec would count, or why nowhere.
func (p Plan) bucketOf(rec Record) (Bucket, *fault.Fault) {
	switch {
	case rec.Specialty == p.Main:
		return Bucket{Kind: rec.Kind, Specialty: p.Main}, nil
	case !slices.Contains(p.Added, rec.Specialty):
		return Bucket{}, WhyOtherSpecialty.With(rec.Specialty)
	case rec.Kind == Required:
		return Bucket{}, WhyAddedRequired.With(rec.Specialty) // G-04
	}
	return Bucket{Kind: Elective, Added: true, Specialty: rec.Specialty}, nil
}

// fits says why rec itself can't count, whatever else there is; nil if it may.
func (r Rules) fits(rec Record, p Plan) *fault.Fault {
	switch {
	case rec.State == Returned:
		return WhyReturned
	case rec.State == Withdrawn:
		return WhyWithdrawn
	case rec.On.Before(p.From):
		return WhyBeforePeriod.With(p.From)
	case rec.On.After(p.To):
		return WhyAfterPeriod.With(p.To)
	case rec.Kind == Elective && rec.Mode != Online:
		return WhyElectiveOnline // G-07
	}
	if why := r.inWindow(rec, p); why != nil {
		return why
	}
	if !r.passes(rec) {
		return WhyBelowMark.With(r.PassMark) // G-22
	}
	return nil
}

// inWindow applies G-09; face-to-face study follows its class dates instead. Study that ended
// after its own window stays readable and does not count. A new payment opens a new window for
// what is studied then; only where the pack says so (Rules.CarryOver) does a payment later than
// the record's own let it count after all. Study before any payment never does. A record that names
// no payment is judged by the latest one before it was completed, or else by the first there is.
func (r Rules) inWindow(rec Record, p Plan) *fault.Fault {
	if rec.Mode != Online {
		return nil
	}
	paid := rec.PaidOn
	if paid.IsZero() {
		paid = p.paymentFor(rec.On)
	}
	switch end := r.WindowEnd(paid); {
	case paid.IsZero():
		return WhyUnpaid
	case rec.On.Before(paid):
		return WhyBeforePayment.With(paid)
	case rec.On.After(end) && !(r.CarryOver && p.lastPaid.After(paid)):
		return WhyAfterWindow.With(end)
	}
	return nil
}

// WindowEnd is the last day of online study after a payment (G-09); none without a payment.
func (r Rules) WindowEnd(paid day.Date) day.Date { return day.Window(r.WindowMonths).End(paid) }

// inOrder sorts records by completion, then by the moment of entry, then by id, so that every
// store gives the same answer.
func inOrder(records []Record) []Record {
	sorted := append([]Record(nil), records...)
	slices.SortStableFunc(sorted, earlier)
	return sorted
}

// earlier compares two records by completion, then by the moment of entry, then by id.
func earlier(a, b Record) int {
	return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.EnteredAt.UnixMilli(), b.EnteredAt.UnixMilli()), cmp.Compare(a.ID, b.ID))
}

// standingMode is the mode of required hours that stands: the one in which more hours would count
// if it stood, a course once; when equal, the one completed, then entered, first (G-06). open are
// the lines that still may count, in order.
func standingMode(open []*Line) Mode {
	var first Mode
	sum := map[Mode]int{}
	for _, mode := range []Mode{Online, FaceToFace} {
		seen := map[string]bool{}
		for _, l := range open {
			required := l.Bucket.Kind == Required
			if required && l.Record.Mode != mode || seen[l.Record.Course] {
				continue
			}
			seen[l.Record.Course] = true
			if required {
				sum[mode] += l.Record.Seconds
			}
		}
	}
	for _, l := range open {
		if l.Bucket.Kind == Required && first == "" && sum[l.Record.Mode] > 0 {
			first = l.Record.Mode
		}
	}
	switch {
	case sum[Online] > sum[FaceToFace]:
		return Online
	case sum[FaceToFace] > sum[Online]:
		return FaceToFace
	}
	return first
}
