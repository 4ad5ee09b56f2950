package hours

import (
	"errors"
	"slices"
	"testing"
	"time"

	"xuezheng/data/day"
)

func TestWhatEditingChangesAndWhatItForgets(t *testing.T) {
	rec := Record{ID: "r", Entry: edited, State: Submitted, Version: 3}
	rec.Learner, rec.Enrolment, rec.Source, rec.MarkTenths, rec.HasMark = "p", "e", FromImport, 750, true
	if err := rec.Return("wrong-date", "", "reviewer", time.Now()); err != nil {
		t.Fatal(err)
	}
	e := rec.Entry
	e.MarkTenths, e.Learner, e.Source = 0, "somebody else", FromDesk
	got, err := guangxi.Edit(rec, e, 0, today)
	if err != nil || got.MarkTenths != 0 || !got.HasMark || got.Learner != "p" || got.Source != FromImport {
		t.Errorf("got %+v, %v; want the mark 0, and whose it is and where it came from kept", got, err)
	}
	if got.State != Entered || got.Reason != "" || got.DecidedBy != "" || !got.DecidedAt.IsZero() || got.Version != 5 {
		t.Errorf("a mended record is a draft nobody decided: got %+v", got)
	}
	if _, err := guangxi.Edit(rec, rec.Entry, 0, today); !errors.Is(err, ErrNothingEdited) {
		t.Errorf("nothing edited: got %v", err)
	}
	e.On = today.AddDays(1)
	if _, err := guangxi.Edit(rec, e, 0, today); !errors.Is(err, ErrFuture) {
		t.Errorf("edited into the future: got %v", err)
	}
}

func TestWhatIsSubmittedAgainIsNotDecided(t *testing.T) {
	rec := Record{State: Submitted, Version: 1}
	if err := rec.Return("wrong-date", "", "reviewer", time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := rec.Submit(today, today.AddDays(28)); err != nil || rec.DecidedBy != "" || !rec.DecidedAt.IsZero() {
		t.Errorf("got %+v, %v; want no decision on it", rec, err)
	}
}

func TestAWithdrawalNeedsACodedReason(t *testing.T) {
	for name, c := range map[string]struct {
		reason, note string
		want         error
	}{
		"a known one": {"wrong-mark", "", nil}, "other with a note": {"other", "成绩单有误", nil},
		"other without": {"other", "", ErrWithdrawReason}, "none": {"", "", ErrWithdrawReason}, "an unknown one": {"because", "", ErrUnknownReason},
	} {
		rec := Record{State: Accepted}
		if err := rec.Withdraw(c.reason, c.note, "r", time.Now()); !errors.Is(err, c.want) || err == nil && (rec.State != Withdrawn || rec.DecidedBy != "r") {
			t.Errorf("%s: got %+v, %v; want %v", name, rec, err, c.want)
		}
	}
}

func TestZeroIsAnotherMarkThanNone(t *testing.T) {
	none, nought := edited, edited
	nought.HasMark = true
	if got := Differences(none, nought); !slices.Equal(got, []string{"mark"}) {
		t.Errorf("got %v", got)
	}
	if none.Says(nought) {
		t.Error("0 is told as no mark")
	}
}

// TestWhichRecordARowMeans has records of one course and rows of one sheet: each row as a day and
// hours, and what it must come to: the place of a record from 1, 0 for new, -1 for a person to say.
func TestWhichRecordARowMeans(t *testing.T) {
	type is struct{ d, h, mark int }
	entry := func(x is) Entry {
		e := edited
		e.On, e.Seconds, e.MarkTenths, e.HasMark = day.MustNew(2025, 3, x.d), x.h*2700, x.mark, true
		return e
	}
	for name, c := range map[string]struct {
		records, rows []is
		repeats       bool
		want          []int
	}{
		"nothing there":                           {nil, []is{{1, 8, 80}, {2, 8, 80}}, false, []int{0, 0}},
		"another mark":                            {[]is{{1, 8, 80}}, []is{{1, 8, 0}}, false, []int{1}},
		"other hours, the same day":               {[]is{{1, 8, 80}}, []is{{1, 4, 80}}, false, []int{1}},
		"another day, the same hours":             {[]is{{1, 8, 80}}, []is{{2, 8, 80}}, false, []int{1}},
		"another day and other hours":             {[]is{{1, 8, 80}}, []is{{2, 4, 80}}, false, []int{0}},
		"another day, said to be a repeat":        {[]is{{1, 8, 80}}, []is{{2, 8, 80}}, true, []int{0}},
		"another mark is no repeat":               {[]is{{1, 8, 80}}, []is{{1, 8, 60}}, true, []int{1}},
		"the other of two, by its day":            {[]is{{1, 8, 80}, {5, 8, 80}}, []is{{5, 8, 60}}, false, []int{2}},
		"two of the same course, which?":          {[]is{{1, 8, 80}, {5, 8, 80}}, []is{{7, 8, 80}}, false, []int{-1}},
		"two records of that day, which?":         {[]is{{1, 8, 80}, {1, 4, 80}}, []is{{1, 6, 80}}, false, []int{-1}},
		"two rows of that day, which?":            {[]is{{1, 8, 80}}, []is{{1, 6, 80}, {1, 7, 80}}, false, []int{-1, -1}},
		"two rows of other days, which?":          {[]is{{1, 8, 80}}, []is{{2, 8, 80}, {3, 8, 80}}, false, []int{-1, -1}},
		"one by its day, the other is new":        {[]is{{1, 8, 80}}, []is{{3, 8, 80}, {1, 8, 60}}, false, []int{0, 1}},
		"one by its day, one by what is left":     {[]is{{1, 8, 80}, {2, 8, 70}}, []is{{3, 8, 70}, {1, 8, 60}}, false, []int{2, 1}},
		"two free ones, though one has the hours": {[]is{{1, 8, 80}, {2, 4, 80}}, []is{{3, 8, 80}}, false, []int{-1}},
	} {
		l := Likeness{Repeats: c.repeats}
		for _, x := range c.records {
			l.Records = append(l.Records, Record{Entry: entry(x)})
		}
		for _, x := range c.rows {
			l.Rows = append(l.Rows, entry(x))
		}
		for i, row := range l.Rows {
			got := 0
			rec, err := l.Means(row)
			for j := range l.Records {
				if rec == &l.Records[j] {
					got = j + 1
				}
			}
			if errors.Is(err, ErrWhichOne) {
				got = -1
			}
			if got != c.want[i] {
				t.Errorf("%s, row %d: got %d, want %d", name, i+1, got, c.want[i])
			}
		}
	}
}

func TestWhatARowDoesToWhatWasReviewed(t *testing.T) {
	row := edited
	row.MarkTenths, row.HasMark = 0, true
	for from, want := range map[State]error{Entered: nil, Submitted: NoteTakenBack, Returned: NoteMended, Withdrawn: NoteWithdrawn} {
		got, note, err := guangxi.Correct(Record{Entry: edited, State: from, DecidedBy: "r", Due: today}, row, 0, today)
		if err != nil || got.State != Entered || got.Due != 0 || got.DecidedBy != "" {
			t.Errorf("%s: got %+v, %v; want a draft", from, got, err)
		}
		if (want == nil) != (note == nil) || want != nil && !errors.Is(note, want) {
			t.Errorf("%s: said %v, want %v", from, note, want)
		}
	}
	was := Record{Entry: edited, State: Accepted}
	if got, _, err := guangxi.Correct(was, row, 0, today); !errors.Is(err, ErrAcceptedAlready) || got != was {
		t.Errorf("accepted: got %+v, %v", got, err)
	}
}
