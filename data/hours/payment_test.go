package hours

import (
	"errors"
	"testing"

	"xuezheng/data/day"
)

// TestARecordThatNamesNoPaymentIsJudgedByWhatIsRecorded: the latest payment before it was completed
// opens its window; one that came later does not.
func TestARecordThatNamesNoPaymentIsJudgedByWhatIsRecorded(t *testing.T) {
	early, late := day.MustNew(2025, 1, 5), day.MustNew(2025, 8, 1)
	for name, c := range map[string]struct {
		payments []day.Date
		done     day.Date
		want     error
	}{
		"paid before":                            {[]day.Date{early}, day.MustNew(2025, 2, 2), nil},
		"paid on the day":                        {[]day.Date{early}, early, nil},
		"the latest before it, in any order":     {[]day.Date{late, early}, day.MustNew(2025, 9, 1), nil},
		"after the half year of the only one":    {[]day.Date{early}, day.MustNew(2025, 9, 1), WhyAfterWindow},
		"another payment came after it was done": {[]day.Date{early, late}, day.MustNew(2025, 7, 20), WhyAfterWindow},
		"paid only afterwards":                   {[]day.Date{late}, day.MustNew(2025, 7, 20), WhyBeforePayment},
		"never paid":                             {nil, day.MustNew(2025, 7, 20), WhyUnpaid},
	} {
		p := plan
		p.Payments = c.payments
		l := guangxi.Standing(p, []Record{course("甲", Required, 12, unpaid, func(r *Record) { r.On = c.done })}).Lines[0]
		if c.want == nil && l.Why != nil || c.want != nil && !errors.Is(l.Why, c.want) {
			t.Errorf("%s: got %v, want %v", name, l.Why, c.want)
		}
	}
}
