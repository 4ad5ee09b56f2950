package hours

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// plan is main 建筑 with 机电 added, registered for three years.
var plan = Plan{
	Main: "建筑工程", Added: []string{"机电工程"},
	Period: Period{From: day.MustNew(2024, 3, 1), To: day.MustNew(2027, 2, 28)},
}

var paid = day.MustNew(2025, 3, 1)

// course is an online record of that many 学时 that counts, paid on 2025-03-01 and done on the
// 10th.
func course(name string, kind Kind, hours int, change ...func(*Record)) Record {
	r := Record{State: Entered, Entry: Entry{
		Course: name, Kind: kind, Specialty: plan.Main, Mode: Online, Seconds: guangxi.Amount(hours),
		PaidOn: paid, On: day.MustNew(2025, 3, 10),
	}}
	for _, c := range change {
		c(&r)
	}
	return r
}

func on(y, m, d int) func(*Record)      { return func(r *Record) { r.On = day.MustNew(y, m, d) } }
func paidOn(y, m, d int) func(*Record)  { return func(r *Record) { r.PaidOn = day.MustNew(y, m, d) } }
func seq(n int64) func(*Record)         { return func(r *Record) { r.EnteredAt = time.UnixMilli(n) } }
func mark(n int) func(*Record)          { return func(r *Record) { r.MarkTenths, r.HasMark = 10*n, true } }
func of(specialty string) func(*Record) { return func(r *Record) { r.Specialty = specialty } }
func faceToFace(r *Record)              { r.Mode, r.PaidOn = FaceToFace, 0 }
func unpaid(r *Record)                  { r.PaidOn = 0 }
func returned(r *Record)                { r.State = Returned }

func TestEachHourCountsOrSaysWhyNot(t *testing.T) {
	for name, c := range map[string]struct {
		rec  Record
		want *fault.Fault
	}{
		"a required course of the main specialty":      {course("甲", Required, 12), nil},
		"an elective course of the main specialty":     {course("甲", Elective, 12), nil},
		"an elective course of an added specialty":     {course("甲", Elective, 12, of("机电工程")), nil},
		"required hours for an added specialty (G-04)": {course("甲", Required, 12, of("机电工程")), WhyAddedRequired},
		"a specialty that is not the learner's":        {course("甲", Elective, 12, of("公路工程")), WhyOtherSpecialty},
		"required face to face (G-06)":                 {course("甲", Required, 12, faceToFace), nil},
		"elective face to face (G-07)":                 {course("甲", Elective, 12, faceToFace), WhyElectiveOnline},
		"on the first day of the period":               {course("甲", Required, 12, paidOn(2024, 3, 1), on(2024, 3, 1)), nil},
		"the day before the period":                    {course("甲", Required, 12, paidOn(2024, 2, 1), on(2024, 2, 29)), WhyBeforePeriod},
		"on the last day of the period":                {course("甲", Required, 12, paidOn(2027, 2, 1), on(2027, 2, 28)), nil},
		"the day after the period":                     {course("甲", Required, 12, paidOn(2027, 2, 1), on(2027, 3, 1)), WhyAfterPeriod},
		"on the day of payment":                        {course("甲", Required, 12, on(2025, 3, 1)), nil},
		"the day before payment":                       {course("甲", Required, 12, on(2025, 2, 28)), WhyBeforePayment},
		"on the last day of the half year":             {course("甲", Required, 12, on(2025, 9, 1)), nil},
		"the day after the half year":                  {course("甲", Required, 12, on(2025, 9, 2)), WhyAfterWindow},
		"online and never paid":                        {course("甲", Required, 12, unpaid), WhyUnpaid},
		"face to face long after payment (G-09)":       {course("甲", Required, 12, faceToFace, on(2026, 12, 1)), nil},
		"exactly the pass mark":                        {course("甲", Required, 12, mark(60)), nil},
		"one below the pass mark (G-22)":               {course("甲", Required, 12, mark(59)), WhyBelowMark},
		"a mark of nought":                             {course("甲", Required, 12, mark(0)), WhyBelowMark},
		"a course without a mark":                      {course("甲", Required, 12), nil},
		"a record that was returned":                   {course("甲", Required, 12, returned), WhyReturned},
		"a returned one of somebody else's specialty":  {course("甲", Elective, 12, of("公路工程"), returned), WhyReturned},
		"more than the whole bucket":                   {course("甲", Required, 61), WhySurplus},
	} {
		t.Run(name, func(t *testing.T) {
			s := guangxi.Standing(plan, []Record{c.rec})
			l := s.Lines[0]
			if c.want == nil && (l.Why != nil || l.Counted != c.rec.Seconds || l.Left != 0) {
				t.Errorf("got %d counted, %d left, %v; want all to count", l.Counted, l.Left, l.Why)
			}
			if c.want != nil && (!errors.Is(l.Why, c.want) || l.Left == 0) {
				t.Errorf("got %v, %d left; want %v", l.Why, l.Left, c.want)
			}
		})
	}
}

func TestTheHalfYearEndsOnTheSameDayOrTheMonthsLast(t *testing.T) {
	for _, c := range []struct{ paid, last day.Date }{
		{day.MustNew(2025, 3, 1), day.MustNew(2025, 9, 1)},
		{day.MustNew(2025, 8, 31), day.MustNew(2026, 2, 28)},
		{day.MustNew(2027, 8, 31), day.MustNew(2028, 2, 29)},
		{day.MustNew(2025, 8, 29), day.MustNew(2026, 2, 28)},
		{day.MustNew(2025, 12, 31), day.MustNew(2026, 6, 30)},
		{0, 0},
	} {
		if got := guangxi.WindowEnd(c.paid); got != c.last {
			t.Errorf("paid %v: got %v, want %v", c.paid, got, c.last)
		}
	}
	// It ends at midnight in Shanghai, wherever the machine stands.
	if got, want := guangxi.WindowEnd(day.MustNew(2025, 8, 31)).End().UTC().Format("2006-01-02 15:04"), "2026-02-28 16:00"; got != want {
		t.Errorf("the window's last moment: got %s UTC, want %s", got, want)
	}
}

func TestAnExpiredWindowAndANewPayment(t *testing.T) {
	late := course("甲", Required, 12, on(2025, 10, 1))                        // paid 2025-03-01, a month late
	fresh := course("乙", Required, 12, paidOn(2025, 11, 1), on(2025, 11, 20)) // in the new window
	carry := guangxi
	carry.CarryOver = true
	paidAgain := plan
	paidAgain.Payments = []day.Date{day.MustNew(2025, 11, 1)}
	for name, c := range map[string]struct {
		rules   Rules
		plan    Plan
		records []Record
		counted int // 学时
	}{
		"late hours alone":                                {guangxi, plan, []Record{late}, 0},
		"a new payment opens a new window only":           {guangxi, plan, []Record{late, fresh}, 12},
		"with carry-over the late hours count too":        {carry, plan, []Record{late, fresh}, 24},
		"carry-over by a payment without hours yet":       {carry, paidAgain, []Record{late}, 12},
		"carry-over without a later payment":              {carry, plan, []Record{late}, 0},
		"carry-over does not excuse study before payment": {carry, paidAgain, []Record{course("甲", Required, 12, on(2025, 2, 1))}, 0},
		"carry-over does not excuse study never paid for": {carry, paidAgain, []Record{course("甲", Required, 12, unpaid)}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			done, _ := c.rules.Standing(c.plan, c.records).Total()
			if done != guangxi.Amount(c.counted) {
				t.Errorf("got %d seconds, want %d hours", done, c.counted)
			}
		})
	}
}

func TestOneModeOfRequiredHoursStands(t *testing.T) {
	for name, c := range map[string]struct {
		records []Record
		want    Mode
		counted int
	}{
		"online has more": {[]Record{course("甲", Required, 16), course("乙", Required, 12, faceToFace)}, Online, 16},
		"face to face has more": {
			[]Record{course("甲", Required, 12), course("乙", Required, 8, faceToFace), course("丙", Required, 8, faceToFace)}, FaceToFace, 16},
		"equal: the earlier completion": {
			[]Record{course("甲", Required, 12, on(2025, 3, 11)), course("乙", Required, 12, faceToFace, on(2025, 3, 10))}, FaceToFace, 12},
		"equal on the same day: the order of entry": {
			[]Record{course("甲", Required, 12, seq(2)), course("乙", Required, 12, faceToFace, seq(1))}, FaceToFace, 12},
		"hours that can't count don't weigh": {
			[]Record{course("甲", Required, 12, mark(30)), course("丙", Required, 12, unpaid), course("乙", Required, 4, faceToFace)}, FaceToFace, 4},
		"electives don't weigh": {
			[]Record{course("甲", Elective, 40), course("乙", Required, 4, faceToFace)}, FaceToFace, 44},
	} {
		t.Run(name, func(t *testing.T) {
			s := guangxi.Standing(plan, c.records)
			done, _ := s.Total()
			if s.Mode != c.want || done != guangxi.Amount(c.counted) {
				t.Errorf("got %s with %d seconds, want %s with %d hours", s.Mode, done, c.want, c.counted)
			}
			for _, l := range s.Lines {
				if l.Bucket.Kind == Required && l.Why == nil && l.Record.Mode != c.want {
					t.Errorf("%s of the other mode counts", l.Record.Course)
				}
			}
		})
	}
}

func TestAReviewerMayAllowBothModes(t *testing.T) {
	p := plan
	p.AllowMix, p.MixWhy = true, "课程停开"
	s := guangxi.Standing(p, []Record{course("甲", Required, 30), course("乙", Required, 30, faceToFace)})
	if done, _ := s.Total(); done != guangxi.Amount(60) || s.Mode != "" {
		t.Errorf("got %d seconds and mode %q, want all 60 hours and none", done, s.Mode)
	}
}

func TestARepeatedCourseCountsOnce(t *testing.T) {
	s := guangxi.Standing(plan, []Record{
		course("甲", Required, 12, on(2025, 4, 1)),
		course("甲", Required, 12, on(2025, 3, 5)),
		course("乙", Required, 12, mark(40), on(2025, 3, 6)),
		course("乙", Required, 12, mark(80), on(2025, 3, 7)),
	})
	want := []*fault.Fault{nil, WhyBelowMark, nil, WhyRepeated} // in order of completion
	for i, l := range s.Lines {
		if want[i] == nil && l.Why != nil || want[i] != nil && !errors.Is(l.Why, want[i]) {
			t.Errorf("line %d: got %v, want %v", i, l.Why, want[i])
		}
	}
}

func TestABucketFillsInOrderAndTheRestIsSurplus(t *testing.T) {
	s := guangxi.Standing(plan, []Record{
		course("丙", Elective, 16, on(2025, 3, 12)), course("甲", Elective, 40, on(2025, 3, 10)), course("乙", Elective, 16, on(2025, 3, 11)),
	})
	got := [][3]int{}
	for _, l := range s.Lines {
		got = append(got, [3]int{l.Before / 2700, l.Counted / 2700, l.Left / 2700})
	}
	if want := [][3]int{{0, 40, 0}, {40, 16, 0}, {56, 4, 12}}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("before, counted, left in hours: got %v, want %v", got, want)
	}
	if why := s.Lines[2].Why; !errors.Is(why, WhySurplus) || s.Lines[1].Why != nil {
		t.Errorf("got %v, want surplus for the last only", why)
	}
}

func TestRenewalNeedsEveryBucket(t *testing.T) {
	full := []Record{course("甲", Required, 60), course("乙", Elective, 60), course("丙", Elective, 60, of("机电工程"))}
	if s := guangxi.Standing(plan, full); !s.Ready() {
		t.Errorf("got %+v, want ready", s.Progress)
	}
	for i := range full {
		short := append([]Record(nil), full...)
		short[i].Seconds -= 27
		s := guangxi.Standing(plan, short)
		if s.Ready() || s.Progress[i].Lacking() != 27 {
			t.Errorf("a hundredth short of bucket %d: got ready %v, lacking %d", i, s.Ready(), s.Progress[i].Lacking())
		}
	}
	if (Standing{}).Ready() {
		t.Error("nothing required is not ready")
	}
}

func TestAnAddedSpecialtyTakesItsFullHoursWheneverItIsAdded(t *testing.T) {
	for n := range 4 {
		p := Plan{Main: "建筑工程", Added: []string{"机电工程", "公路工程", "矿业工程"}[:n], Period: plan.Period}
		_, needed := guangxi.Standing(p, nil).Total()
		if want := guangxi.Amount(120 + 60*n); needed != want {
			t.Errorf("%d added: got %d seconds, want %d", n, needed, want)
		}
		if required := guangxi.Requirement(p)[0].Needed; required != guangxi.Amount(60) {
			t.Errorf("%d added: got %d required seconds, want 60 hours", n, required)
		}
	}
}

func TestWhatWouldBe(t *testing.T) {
	records := []Record{course("甲", Required, 60), course("乙", Elective, 60), course("丙", Elective, 60, of("机电工程"))}
	s := guangxi.WhatIf(plan, records, []string{"公路工程"}, nil)
	if s.Ready() || len(s.Progress) != 4 || s.Progress[3].Lacking() != guangxi.Amount(60) {
		t.Errorf("one more specialty: got %+v, want 60 hours lacking", s.Progress)
	}
	s = guangxi.WhatIf(plan, records, []string{"公路工程"}, []Entry{
		{Course: "丁", Kind: Elective, Specialty: "公路工程", Mode: Online, Seconds: guangxi.Amount(60)},
	})
	if !s.Ready() {
		t.Errorf("and its course taken: got %v, want ready", s.Lines[len(s.Lines)-1].Why)
	}
	if !guangxi.Standing(plan, records).Ready() || len(plan.Added) != 1 {
		t.Error("asking changed what is")
	}
}

// anyRecords are records as chance has them: every kind, mode, specialty, date and mark.
func anyRecords(r *rand.Rand) []Record {
	list := make([]Record, r.IntN(40))
	for i := range list {
		paid := day.MustNew(2023+r.IntN(5), 1+r.IntN(12), 1+r.IntN(28))
		rec := Record{ID: id.Record(fmt.Sprintf("%02d", i)), State: []State{Entered, Submitted, Accepted, Returned}[r.IntN(4)], Entry: Entry{
			Course: fmt.Sprint("课程", r.IntN(25)), Kind: []Kind{Required, Elective}[r.IntN(2)], Mode: []Mode{Online, FaceToFace}[r.IntN(2)],
			Specialty: []string{"建筑工程", "机电工程", "公路工程"}[r.IntN(3)], Seconds: 27 * (1 + r.IntN(5000)), PaidOn: paid, On: paid.AddDays(r.IntN(220) - 10),
		}}
		if r.IntN(3) == 0 {
			rec.MarkTenths, rec.HasMark = r.IntN(1001), true
		}
		list[i] = rec
	}
	return list
}

func TestWhateverComesEverySecondIsAccountedFor(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		p, records := plan, anyRecords(r)
		p.AllowMix = r.IntN(4) == 0
		rules := guangxi
		rules.CarryOver = r.IntN(4) == 0
		s := rules.Standing(p, records)
		filled := map[Bucket]int{}
		for _, l := range s.Lines {
			if l.Counted+l.Left != l.Record.Seconds || l.Counted < 0 || l.Left < 0 || (l.Why == nil) != (l.Left == 0) {
				t.Fatalf("got %d counted and %d left (%v) of %d", l.Counted, l.Left, l.Why, l.Record.Seconds)
			}
			filled[l.Bucket] += l.Counted
		}
		if len(s.Lines) != len(records) {
			t.Fatalf("got %d lines for %d records", len(s.Lines), len(records))
		}
		for _, b := range s.Progress {
			if b.Done > b.Needed || b.Done != filled[b.Bucket] {
				t.Fatalf("%v: %d done of %d, lines say %d", b.Bucket, b.Done, b.Needed, filled[b.Bucket])
			}
		}
		shuffled := append([]Record(nil), records...)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if again := rules.Standing(p, shuffled); fmt.Sprint(again) != fmt.Sprint(s) {
			t.Fatal("the order in which records arrive changes the standing")
		}
	}
}
