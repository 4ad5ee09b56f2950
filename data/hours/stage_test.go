package hours

import (
	"errors"
	"math/rand/v2"
	"testing"
)

func in(s State) func(*Record) { return func(r *Record) { r.State = s } }

func TestEachRecordIsOneOfFourThingsToTheEye(t *testing.T) {
	for name, c := range map[string]struct {
		rec  Record
		want Stage
	}{
		"written down":               {course("甲", Required, 12), StageDraft},
		"handed in":                  {course("甲", Required, 12, in(Submitted)), StageReview},
		"accepted":                   {course("甲", Required, 12, in(Accepted)), StageAccepted},
		"returned":                   {course("甲", Required, 12, returned), StageNot},
		"unpaid and written down":    {course("甲", Required, 12, unpaid), StageNot},
		"unpaid and handed in":       {course("甲", Required, 12, unpaid, in(Submitted)), StageNot},
		"unpaid and accepted":        {course("甲", Required, 12, unpaid, in(Accepted)), StageNot},
		"more than needed, partly":   {course("甲", Required, 61), StageDraft},
		"more than needed, accepted": {course("甲", Required, 61, in(Accepted)), StageAccepted},
	} {
		s := guangxi.Staged(plan, []Record{c.rec})
		if got := s.Lines[0].Stage(); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
	if got := (Line{Record: course("甲", Required, 12)}).Stage(); got != StageDraft {
		t.Errorf("a record whose effect is not known is %s", got)
	}
}

func TestABucketSaysHowMuchOfItIsOfWhichStage(t *testing.T) {
	s := guangxi.Staged(plan, []Record{
		course("甲", Required, 20, in(Accepted), on(2025, 3, 30)),
		course("乙", Required, 12, in(Submitted), on(2025, 3, 20)),
		course("丙", Required, 8, on(2025, 3, 10)),
		course("丁", Required, 9, returned),
		course("戊", Required, 9, unpaid),
	})
	b := s.Progress[0]
	if h := guangxi.Amount; b.Accepted != h(20) || b.InReview != h(12) || b.NotSubmitted() != h(8) || b.Done != h(40) || b.Full() {
		t.Errorf("got %+v", b)
	}
	for _, l := range s.Lines { // what came further fills the bucket first
		if want := map[string]int{"甲": 0, "乙": 20, "丙": 32}[l.Record.Course]; l.Before != guangxi.Amount(want) {
			t.Errorf("%s begins at %d, want %d 学时", l.Record.Course, l.Before, want)
		}
	}
	if n, _ := s.InStage(StageNot); n != 2 || s.InState(Entered) != 2 {
		t.Errorf("%d don't count, %d are not submitted", n, s.InState(Entered))
	}
}

func TestWhatIsWrittenDownTakesNothingFromWhatIsAccepted(t *testing.T) {
	accepted := course("甲", Required, 40, in(Accepted), faceToFace, on(2025, 4, 1))
	for name, draft := range map[string]Record{
		"the whole bucket, earlier":    course("乙", Required, 60, faceToFace, on(2025, 3, 5)),
		"the same course, earlier":     course("甲", Required, 60, faceToFace, on(2025, 3, 5)),
		"more hours in another mode":   course("乙", Required, 60, on(2025, 3, 5)),
		"handed in, in another mode":   course("乙", Required, 60, on(2025, 3, 5), in(Submitted)),
		"written down, does not count": course("乙", Required, 60, unpaid),
	} {
		s := guangxi.Staged(plan, []Record{draft, accepted})
		if b := s.Progress[0]; b.Accepted != guangxi.Amount(40) || b.Done > b.Needed || b.Full() || s.AllAccepted() {
			t.Errorf("%s: got %+v", name, b)
		}
		for _, l := range s.Lines {
			if l.Record.State == Accepted && (l.Stage() != StageAccepted || l.Counted != guangxi.Amount(40)) {
				t.Errorf("%s: what is accepted stands as %s with %d", name, l.Stage(), l.Counted)
			}
		}
	}
}

func TestOnlyAcceptedHoursMakeABucketFull(t *testing.T) {
	full := func(states ...State) (list []Record) {
		for i, specialty := range []string{plan.Main, plan.Main, "机电工程"} {
			kind := Elective
			if i == 0 {
				kind = Required
			}
			list = append(list, course(string(rune('甲'+i)), kind, 60, of(specialty), in(states[i])))
		}
		return list
	}
	for _, a := range []State{Entered, Submitted, Accepted} {
		for _, b := range []State{Entered, Submitted, Accepted} {
			for _, c := range []State{Entered, Submitted, Accepted} {
				s := guangxi.Staged(plan, full(a, b, c))
				if want := a == Accepted && b == Accepted && c == Accepted; s.AllAccepted() != want || !s.Ready() {
					t.Errorf("%s, %s, %s: all accepted %v, filled %v", a, b, c, s.AllAccepted(), s.Ready())
				}
			}
		}
	}
	if (Standing{}).AllAccepted() {
		t.Error("where nothing is needed, everything was accepted")
	}
}

// TestStagesAgreeWithWhatACertificateSays tries many ledgers: the accepted part is always what the
// accepted records alone make, no bucket holds more than it needs, and no record is lost.
func TestStagesAgreeWithWhatACertificateSays(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	states := []State{Entered, Submitted, Accepted, Returned}
	for range 2000 {
		var list, accepted []Record
		for i := range 1 + r.IntN(8) {
			rec := course(string(rune('甲'+r.IntN(5))), []Kind{Required, Elective}[r.IntN(2)], 5+r.IntN(40), in(states[r.IntN(4)]), on(2025, 3, 1+r.IntN(28)), seq(int64(i)))
			if r.IntN(3) == 0 {
				faceToFace(&rec)
			}
			if list = append(list, rec); rec.State == Accepted {
				accepted = append(accepted, rec)
			}
		}
		s, only := guangxi.Staged(plan, list), guangxi.Standing(plan, accepted)
		if len(s.Lines) != len(list) {
			t.Fatalf("%d lines of %d records", len(s.Lines), len(list))
		}
		for i, b := range s.Progress {
			if b.Accepted != only.Progress[i].Done || b.Done > b.Needed || b.Accepted+b.InReview+b.NotSubmitted() != b.Done {
				t.Fatalf("got %+v, a certificate says %d\n%+v", b, only.Progress[i].Done, list)
			}
		}
		for _, l := range s.Lines {
			if l.Record.State == Returned && !errors.Is(l.Why, WhyReturned) {
				t.Fatalf("a returned record stands as %s: %v", l.Stage(), l.Why)
			}
		}
	}
}
