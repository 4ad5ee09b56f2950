package hours

import (
	"errors"
	"slices"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/state/statetest"
)

// edited is what a record says after it was edited.
var edited = Entry{Course: "甲", Kind: Required, Specialty: "建筑工程", Mode: Online, Seconds: 12 * 2700, On: today}

var today = day.MustNew(2025, 11, 24)

func TestWhatMayBeWrittenDown(t *testing.T) {
	good := Entry{Course: "甲", Kind: Required, Specialty: "建筑工程", Mode: Online, Seconds: 540 * 60, On: today}
	capped := guangxi
	capped.MaxMinutesPerDay = 600
	for name, c := range map[string]struct {
		rules   Rules
		change  func(*Entry)
		already int
		want    error
	}{
		"a course done today":              {guangxi, func(*Entry) {}, 0, nil},
		"done tomorrow":                    {guangxi, func(e *Entry) { e.On = today.AddDays(1) }, 0, ErrFuture},
		"no date":                          {guangxi, func(e *Entry) { e.On = 0 }, 0, ErrNoDate},
		"no course":                        {guangxi, func(e *Entry) { e.Course = "" }, 0, ErrNoCourse},
		"no hours":                         {guangxi, func(e *Entry) { e.Seconds = 0 }, 0, ErrNoAmount},
		"fewer than no hours":              {guangxi, func(e *Entry) { e.Seconds = -2700 }, 0, ErrNoAmount},
		"neither required nor elective":    {guangxi, func(e *Entry) { e.Kind = "other" }, 0, ErrBadKind},
		"neither online nor face to face":  {guangxi, func(e *Entry) { e.Mode = "post" }, 0, ErrBadMode},
		"a mark of 100":                    {guangxi, func(e *Entry) { e.MarkTenths, e.HasMark = 1000, true }, 0, nil},
		"a mark of 101":                    {guangxi, func(e *Entry) { e.MarkTenths, e.HasMark = 1001, true }, 0, ErrBadMark},
		"a mark below nought":              {guangxi, func(e *Entry) { e.MarkTenths, e.HasMark = -1, true }, 0, ErrBadMark},
		"no daily cap in this pack (G-02)": {guangxi, func(e *Entry) { e.Seconds = 100 * 2700 }, 100 * 2700, nil},
		"with a cap, exactly a full day":   {capped, func(*Entry) {}, 60 * 60, nil},
		"with a cap, one second past it":   {capped, func(*Entry) {}, 60*60 + 1, ErrTooLong},
	} {
		t.Run(name, func(t *testing.T) {
			e := good
			c.change(&e)
			rec, err := c.rules.Enter(e, c.already, today)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err == nil && (rec.State != Entered || rec.ID == "" || rec.Entry != e) {
				t.Errorf("got %+v, want it entered as written", rec)
			}
		})
	}
}

func TestWhatALearnerMayNotSignUpFor(t *testing.T) {
	for name, c := range map[string]struct {
		entry Entry
		want  error
	}{
		"required, main, online":       {Entry{Kind: Required, Specialty: "建筑工程", Mode: Online}, nil},
		"required, main, face to face": {Entry{Kind: Required, Specialty: "建筑工程", Mode: FaceToFace}, nil},
		"elective, added, online":      {Entry{Kind: Elective, Specialty: "机电工程", Mode: Online}, nil},
		"required, added (G-04)":       {Entry{Kind: Required, Specialty: "机电工程", Mode: Online}, ErrAddedRequired},
		"elective, face to face":       {Entry{Kind: Elective, Specialty: "建筑工程", Mode: FaceToFace}, ErrElectiveOnline},
		"another specialty":            {Entry{Kind: Elective, Specialty: "公路工程", Mode: Online}, ErrOtherSpecialty},
	} {
		t.Run(name, func(t *testing.T) {
			if err := guangxi.SignUp(c.entry, plan); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestEveryStateAndEvent(t *testing.T) {
	statetest.Golden(t, "testdata/record.txt", way, State.next, Entered)
}

// TestWhichStateMayFollowWhich goes through every state and every event.
func TestWhichStateMayFollowWhich(t *testing.T) {
	now := time.Date(2025, 11, 24, 1, 0, 0, 0, time.UTC)
	events := map[string]func(*Record) error{
		"submit":    func(r *Record) error { return r.Submit(today, today.AddDays(28)) },
		"accept":    func(r *Record) error { return r.Accept("reviewer", now) },
		"return":    func(r *Record) error { return r.Return("no-evidence", "", "reviewer", now) },
		"take back": func(r *Record) error { return r.TakeBack() },
		"withdraw":  func(r *Record) error { return r.Withdraw("wrong-mark", "", "reviewer", now) },
		"edit": func(r *Record) (err error) {
			next, err := guangxi.Edit(*r, edited, 0, today)
			if next.Entry = r.Entry; err == nil { // what was edited is another test's matter
				*r = next
			}
			return err
		},
		"remove": func(r *Record) error {
			err := r.MayRemove()
			if err == nil {
				r.State, r.Version = "", r.Version+1
			}
			return err
		},
	}
	golden := map[State]map[string]State{
		Entered:   {"submit": Submitted, "edit": Entered, "remove": ""},
		Submitted: {"accept": Accepted, "return": Returned, "take back": Entered},
		Accepted:  {"withdraw": Withdrawn},
		Returned:  {"submit": Submitted, "edit": Entered, "remove": ""},
		Withdrawn: {"submit": Submitted, "edit": Entered},
	}
	no := []error{ErrWrongState, ErrTakeBackFirst, ErrWithdrawFirst, ErrNotSubmitted, ErrKept}
	for from, follows := range golden {
		for name, event := range events {
			rec := Record{State: from, Version: 1}
			err := event(&rec)
			to, may := follows[name]
			switch {
			case may && (err != nil || rec.State != to || rec.Version != 2):
				t.Errorf("%s %s: got %s version %d, %v; want %s", from, name, rec.State, rec.Version, err, to)
			case !may && (!slices.ContainsFunc(no, func(f error) bool { return errors.Is(err, f) }) || rec != Record{State: from, Version: 1}):
				t.Errorf("%s %s: got %+v, %v; want it refused and unchanged", from, name, rec, err)
			}
		}
	}
}

func TestADecisionIsKeptAndAMendedRecordIsJudgedAfresh(t *testing.T) {
	now := time.Date(2025, 11, 24, 1, 0, 0, 0, time.UTC)
	rec := Record{State: Submitted}
	if err := rec.Return("other", "", "r", now); !errors.Is(err, ErrNeedsReason) || rec.State != Submitted {
		t.Errorf("other without a note: got %v in %s", err, rec.State)
	}
	if err := rec.Return("because", "", "r", now); !errors.Is(err, ErrUnknownReason) {
		t.Errorf("a reason that is no code: got %v", err)
	}
	if err := rec.Return("other", "缺课程表", "r", now); err != nil || rec.Note == "" || rec.DecidedBy != "r" || !rec.DecidedAt.Equal(now) {
		t.Fatalf("got %+v, %v", rec, err)
	}
	if err := rec.Submit(today, today.AddDays(28)); err != nil || rec.Reason != "" || rec.Note != "" || rec.SubmittedOn != today {
		t.Errorf("mended and submitted: got %+v, %v", rec, err)
	}
}

func TestEveryReasonIsACode(t *testing.T) {
	for _, f := range []*fault.Fault{WhyBeforePeriod, WhyAfterPeriod, WhyBeforePayment, WhyUnpaid, WhyAfterWindow, WhyBelowMark,
		WhyElectiveOnline, WhyOneMode, WhyAddedRequired, WhyOtherSpecialty, WhyRepeated, WhySurplus, WhyReturned, WhyWithdrawn} {
		if f.Kind != fault.Refused || f.Key[:len("hours.why.")] != "hours.why." {
			t.Errorf("got %s %s", f.Kind, f.Key)
		}
	}
}
