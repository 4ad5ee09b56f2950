package hours

import (
	"errors"
	"fmt"
	"testing"

	"xuezheng/data/id"
)

const lesson = Unit(2700) // 45 minutes

func TestAmountsAreReadExactly(t *testing.T) {
	for text, want := range map[string]int{
		"12": 12 * 2700, "0.5": 1350, "1.5": 4050, "1.35": 3645, "0.01": 27, "07.50": 20250, "1000": 2700000,
		" 1.5 ": 4050, "１．５": 4050, "8学时": 21600, "8 课时": 21600, "1 000": 2700000, "2.": -1, ".5": -1,
	} {
		got, err := lesson.Read(text)
		if want < 0 {
			if !errors.Is(err, ErrNotAnAmount) {
				t.Errorf("%q: got %d, %v; want it refused", text, got, err)
			}
			continue
		}
		if err != nil || got != want {
			t.Errorf("%q: got %d, %v; want %d seconds", text, got, err, want)
		}
	}
	for text, want := range map[string]error{
		"": ErrNotAnAmount, "学时": ErrNotAnAmount, "-1": ErrNotAnAmount, "+1": ErrNotAnAmount, "1e3": ErrNotAnAmount, "1,5": ErrNotAnAmount,
		"NaN": ErrNotAnAmount, "1.2.3": ErrNotAnAmount, "十二": ErrNotAnAmount, "0x10": ErrNotAnAmount,
		"0": ErrNoAmount, "0.00": ErrNoAmount, "1.355": ErrTooFine, "0.001": ErrTooFine, "1.350": nil,
		"1000.01": ErrTooMuch, "1001": ErrTooMuch, "99999999999999999999": ErrTooMuch,
	} {
		if got, err := lesson.Read(text); !errors.Is(err, want) || err == nil && got == 0 {
			t.Errorf("%q: got %d, %v; want %v", text, got, err, want)
		}
	}
}

func TestAmountsAreShownWithAtMostTwoDecimals(t *testing.T) {
	for seconds, want := range map[int]string{
		0: "0", 27: "0.01", 270: "0.1", 1350: "0.5", 3645: "1.35", 32400: "12", 26: "0", 4020: "1.48", 4079: "1.51", -1350: "-0.5", 2700 * 1000: "1000",
	} {
		if got := lesson.Text(seconds); got != want {
			t.Errorf("%d seconds: got %s, want %s", seconds, got, want)
		}
		if figure := fmt.Sprint(lesson.Figure(seconds)); seconds >= 0 && figure != want {
			t.Errorf("%d seconds as a number: got %s, want %s", seconds, figure, want)
		}
	}
}

// TestEveryHundredthComesBack writes and reads each amount there is, for each length of a 学时.
func TestEveryHundredthComesBack(t *testing.T) {
	for minutes := 5; minutes <= 120; minutes += 5 {
		u := Unit(minutes * 60)
		for n := 1; n <= 100*100; n++ {
			seconds := u.Seconds(n)
			if back, err := u.Read(u.Text(seconds)); err != nil || back != seconds || u.Whole(seconds) != seconds {
				t.Fatalf("%d hundredths of %d minutes: got %d, %v; want %d", n, minutes, back, err, seconds)
			}
		}
	}
}

// TestHalfHoursAddUp is what one real sheet holds: 60 required in lessons of one and a half, 60
// elective in halves.
func TestHalfHoursAddUp(t *testing.T) {
	var records []Record
	add := func(n int, text string, kind Kind) {
		for i := range n {
			seconds, err := lesson.Read(text)
			if err != nil {
				t.Fatal(err)
			}
			r := course(fmt.Sprintf("%s %d", kind, i), kind, 0)
			r.ID, r.Seconds = id.Record(fmt.Sprintf("%s%03d", kind, i)), seconds
			records = append(records, r)
		}
	}
	add(40, "1.5", Required)
	add(120, "0.5", Elective)
	p := plan
	p.Added = nil
	s := guangxi.Standing(p, records)
	if done, needed := s.Total(); !s.Ready() || lesson.Text(done) != "120" || done != needed {
		t.Errorf("got %s of %s 学时, ready %v", lesson.Text(done), lesson.Text(needed), s.Ready())
	}
	for _, l := range s.Lines {
		if l.Why != nil {
			t.Fatalf("left out: %v", l.Why)
		}
	}
}

// TestTotalsAgreeWithTheirRows has records that an old store kept in whole minutes: what is shown
// of each adds up to what is shown of all.
func TestTotalsAgreeWithTheirRows(t *testing.T) {
	var records []Record
	for i := range 40 {
		r := course(fmt.Sprint(i), Required, 0)
		r.ID, r.Seconds = id.Record(fmt.Sprintf("%03d", i)), 67*60
		records = append(records, r)
	}
	s := guangxi.Standing(plan, records)
	sum := 0
	for _, l := range s.Lines {
		sum += lesson.Hundredths(l.Record.Seconds)
	}
	if done, _ := s.Total(); Text(sum) != lesson.Text(done) || Text(sum) != "59.2" {
		t.Errorf("rows show %s, the total %s", Text(sum), lesson.Text(done))
	}
}

func TestWhatNobodyCouldMeanIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		seconds int
		want    error
	}{
		"a hundredth": {27, nil}, "finer": {28, ErrTooFine}, "a minute": {60, ErrTooFine}, "none": {0, ErrNoAmount}, "less": {-27, ErrNoAmount},
		"the most": {MostHours * 2700, nil}, "more": {MostHours*2700 + 27, ErrTooMuch},
	} {
		e := Entry{Course: "甲", Kind: Required, Mode: Online, Seconds: c.seconds, On: today}
		if _, err := guangxi.Enter(e, 0, today); !errors.Is(err, c.want) {
			t.Errorf("%s, entered: got %v, want %v", name, err, c.want)
		}
		k := Course{Name: "甲", Kind: Required, Mode: Online, Specialty: "建筑工程", Seconds: c.seconds}
		if err := guangxi.CheckCourse(k, []string{"建筑工程"}); !errors.Is(err, c.want) {
			t.Errorf("%s, of a course: got %v, want %v", name, err, c.want)
		}
	}
}

// TestTheModeIsChosenAmongWhatWouldCount is RULES' own case: the same course in both modes.
func TestTheModeIsChosenAmongWhatWouldCount(t *testing.T) {
	in := func(n int) func(*Record) { return on(2025, 3, n) }
	for name, c := range map[string]struct {
		records []Record
		mode    Mode
		counted int // 学时
		why     []error
	}{
		"a course online, then longer face to face beside another": {
			[]Record{course("法规", Required, 10, in(2)), course("法规", Required, 30, faceToFace, in(3)), course("质量", Required, 20, faceToFace, in(4))},
			FaceToFace, 50, []error{WhyOneMode, nil, nil}},
		"repeats don't make a mode": {
			[]Record{course("甲", Required, 10, in(2)), course("甲", Required, 10, in(3)), course("乙", Required, 15, faceToFace, in(4))},
			FaceToFace, 15, []error{WhyOneMode, WhyOneMode, nil}},
		"an elective of the same name comes first": {
			[]Record{course("甲", Elective, 10, in(2)), course("甲", Required, 30, faceToFace, in(3)), course("乙", Required, 20, in(4))},
			Online, 30, []error{nil, WhyOneMode, nil}},
		"of the mode that stands, a repeat is one": {
			[]Record{course("甲", Required, 20, in(2)), course("甲", Required, 20, in(3)), course("乙", Required, 5, faceToFace, in(4))},
			Online, 20, []error{nil, WhyRepeated, WhyOneMode}},
		"only what might count speaks for a mode": {
			[]Record{course("甲", Required, 40, mark(10), in(2)), course("乙", Required, 5, faceToFace, in(4))},
			FaceToFace, 5, []error{WhyBelowMark, nil}},
	} {
		s := guangxi.Standing(plan, c.records)
		if done, _ := s.Total(); s.Mode != c.mode || done != guangxi.Amount(c.counted) {
			t.Errorf("%s: got %s with %s, want %s with %d", name, s.Mode, lesson.Text(done), c.mode, c.counted)
		}
		for i, want := range c.why {
			if got := s.Lines[i].Why; !(want == nil && got == nil) && !errors.Is(got, want) {
				t.Errorf("%s, line %d: got %v, want %v", name, i, got, want)
			}
		}
	}
}

// TestTiesOfADayGoByMomentThenID: not by the order in which a store happens to give them.
func TestTiesOfADayGoByMomentThenID(t *testing.T) {
	a, b, c := course("甲", Required, 40, seq(2)), course("乙", Required, 40, seq(1)), course("丙", Required, 40, seq(2))
	a.ID, b.ID, c.ID = "1", "9", "0"
	for _, records := range [][]Record{{a, b, c}, {c, b, a}, {b, a, c}} {
		s := guangxi.Standing(plan, records)
		if got := s.Lines[0].Record.Course + s.Lines[1].Record.Course + s.Lines[2].Record.Course; got != "乙丙甲" {
			t.Errorf("got %s, want 乙丙甲", got)
		}
		if s.Lines[1].Counted != guangxi.Amount(20) || s.Lines[2].Counted != 0 {
			t.Errorf("the bucket was filled by %d, then %d", s.Lines[1].Counted, s.Lines[2].Counted)
		}
	}
}
