package day

import "xuezheng/data/fault"

// Kind is what a day is the day of, and which days it may be: none from before there was such a thing, and none
// later than so many years from today.
type Kind struct {
	Key   string // of what it is called
	First Date   // the first that anybody can mean
	Ahead int    // so many years may it lie ahead; none for what has happened
}

// What people write down the day of. What is studied, paid for and sat begins with the State Council's approval of
// examinations for self-study, the oldest thing that a pack can be for; diplomas with the People's Republic.
var (
	studied = MustNew(1981, 1, 13)

	Completed   = Kind{Key: "day.completed", First: studied}
	Paid        = Kind{Key: "day.paid", First: studied}
	Registered  = Kind{Key: "day.registered", First: studied, Ahead: 3}
	Ends        = Kind{Key: "day.ends", First: studied, Ahead: 50}
	Sat         = Kind{Key: "day.sat", First: studied}
	Graduated   = Kind{Key: "day.graduated", First: MustNew(1949, 10, 1)}
	Expires     = Kind{Key: "day.expires", First: studied, Ahead: 50}
	Taught      = Kind{Key: "day.taught", First: studied, Ahead: 3}
	Announced   = Kind{Key: "day.announced", First: studied}
	Appointment = Kind{Key: "day.appointment", First: studied, Ahead: 2}
	Sitting     = Kind{Key: "day.sitting", First: studied, Ahead: 3}
	Issued      = Kind{Key: "day.issued", First: studied, Ahead: 3}
)

// ErrOutside is for a day that nobody means. Figures: the key of what it is the day of, the day that stands there,
// the first and the last that may.
var ErrOutside = fault.New(fault.Refused, "day.outside")

// Check refuses a day that can't be one of its kind. born is when the person it concerns was born, as far as that is
// known: nothing of theirs is from before. No day is none of its kind either, and whether one is needed is for others
// to say. What stands in a store already is not asked.
func (k Kind) Check(d, today Date, born ...Date) error {
	if d.IsZero() {
		return nil
	}
	first, last := k.First, today.AddYears(k.Ahead)
	for _, b := range born {
		first = max(first, b)
	}
	if d < first || d > last && !today.IsZero() {
		return ErrOutside.With(k.Key, d, first, last)
	}
	return nil
}
