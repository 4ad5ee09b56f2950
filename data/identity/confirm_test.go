package identity

import (
	"errors"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/state/statetest"
)

func TestEveryStateAndEvent(t *testing.T) {
	statetest.Golden(t, "testdata/steps.txt", confirming, Next, Preregistered)
	statetest.Golden(t, "testdata/request.txt", requests, RequestState.next, Asked)
	statetest.Golden(t, "testdata/try.txt", tries, TryState.next, TryOpen)
	statetest.Golden(t, "testdata/booking.txt", bookings, BookingState.next, Booked)
}

func TestConfirmingNeedsAnIdentityDocumentSeen(t *testing.T) {
	for name, c := range map[string]struct {
		state State
		seen  []Original
		want  error
	}{
		"the card":                  {PhotoReady, []Original{ResidentCard}, nil},
		"card and certificate":      {PhotoReady, []Original{RegistrationCert, ResidentCard}, nil},
		"only the certificate":      {PhotoReady, []Original{RegistrationCert}, ErrNoOriginal},
		"nothing":                   {PhotoReady, nil, ErrNoOriginal},
		"no photo yet":              {Preregistered, []Original{ResidentCard}, ErrNoPhoto},
		"confirmed a second time":   {Confirmed, []Original{ResidentCard}, ErrConfirmed},
		"a passport of a foreigner": {PhotoReady, []Original{Passport}, nil},
	} {
		next, d, err := Confirm(c.state, Decision{Originals: c.seen})
		if !errors.Is(err, c.want) || err == nil && (next != Confirmed || d.Outcome != Confirmed) {
			t.Errorf("%s: got %s, %v, want %v", name, next, err, c.want)
		}
	}
}

func TestSendingBackNeedsAReason(t *testing.T) {
	for name, c := range map[string]struct {
		d    Decision
		want error
	}{
		"none":               {Decision{}, ErrNeedsReason},
		"a known one":        {Decision{Reasons: []Reason{"photo-not-self"}}, nil},
		"one made up":        {Decision{Reasons: []Reason{"i-do-not-like-it"}}, ErrUnknownReason},
		"other, no note":     {Decision{Reasons: []Reason{"other"}}, ErrNeedsReason},
		"other, with a note": {Decision{Reasons: []Reason{"other"}, Note: "证件破损"}, nil},
	} {
		if _, _, err := SendBack(PhotoReady, c.d); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

type everyDay struct{}

func (everyDay) AddWorking(d day.Date, n int) (day.Date, bool) { return d.AddDays(n), false }

var rules = Rules{PhotoChangeDays: 7, DataChangeDays: 7, PhotoMaxAgeMonths: 6}

func TestAPhotoChangeNeedsAllFourPictures(t *testing.T) {
	four := map[string]id.Picture{}
	for _, k := range PhotoChangePictures {
		if _, err := rules.AskPhoto("p", four, today, today, everyDay{}); !errors.Is(err, ErrPictureMissing) {
			t.Errorf("with %d pictures: got %v", len(four), err)
		}
		four[k] = "x"
	}
	q, err := rules.AskPhoto("p", four, today.AddMonths(-6), today, everyDay{})
	if err != nil || q.State != Received || q.Due != today.AddDays(7) {
		t.Errorf("got %+v, %v", q, err)
	}
	if _, err := rules.AskPhoto("p", four, today.AddMonths(-6).AddDays(-1), today, everyDay{}); !errors.Is(err, ErrPhotoTooOld) {
		t.Errorf("half a year and a day: got %v", err)
	}
}

func TestTheClockOfADataChangeStartsWithItsPaper(t *testing.T) {
	q, err := rules.AskData("p", NameChange, "韦青禾", "韦清禾")
	if err != nil || q.State != Asked || !q.Due.IsZero() {
		t.Fatalf("got %+v, %v", q, err)
	}
	if _, err := q.Decide(true, "", "l", time.Now()); !errors.Is(err, ErrRequestState) {
		t.Errorf("decided without the paper: %v", err)
	}
	q, err = rules.Receive(q, today, everyDay{})
	if err != nil || q.Due != today.AddDays(7) || q.Old != "韦青禾" || q.New != "韦清禾" {
		t.Fatalf("got %+v, %v", q, err)
	}
	if _, err := q.Decide(false, "", "l", time.Now()); !errors.Is(err, ErrNeedsReason) {
		t.Errorf("declined without a reason: %v", err)
	}
	if q, err = q.Decide(true, "", "l", time.Now()); err != nil || q.State != Granted {
		t.Errorf("got %+v, %v", q, err)
	}
	if _, err := rules.AskData("p", NameChange, "韦", "韦"); !errors.Is(err, ErrSameValue) {
		t.Errorf("the same value: %v", err)
	}
	if _, err := rules.AskData("p", PhotoChange, "a", "b"); !errors.Is(err, ErrRequestKind) {
		t.Errorf("a photo as data: %v", err)
	}
}

func TestAPhotoIsJudgedRuleByRule(t *testing.T) {
	s := Standard{Width: 413, Height: 579, DPI: 300, MinKB: 20, MaxKB: 80, MaxAgeMonths: 6}
	good := PhotoFacts{Width: 413, Height: 579, DPI: 300, Bytes: 40 << 10, Format: "jpeg", TakenOn: today}
	for name, c := range map[string]struct {
		change func(*PhotoFacts)
		rule   string
		want   Verdict
	}{
		"as it should be":     {func(*PhotoFacts) {}, "", Pass},
		"a pixel too narrow":  {func(f *PhotoFacts) { f.Width = 412 }, "width", Fail},
		"too high":            {func(f *PhotoFacts) { f.Height = 626 }, "height", Fail},
		"too small a file":    {func(f *PhotoFacts) { f.Bytes = 19 << 10 }, "size", Fail},
		"just the most":       {func(f *PhotoFacts) { f.Bytes = 80 << 10 }, "size", Pass},
		"a byte beyond":       {func(f *PhotoFacts) { f.Bytes = 80<<10 + 1 }, "size", Fail},
		"a PNG":               {func(f *PhotoFacts) { f.Format = "png" }, "format", Fail},
		"another resolution":  {func(f *PhotoFacts) { f.DPI = 72 }, "dpi", Fail},
		"old":                 {func(f *PhotoFacts) { f.TakenOn = today.AddMonths(-7) }, "recent", Fail},
		"taken tomorrow":      {func(f *PhotoFacts) { f.TakenOn = today.AddDays(1) }, "recent", Ask},
		"nobody knows when":   {func(f *PhotoFacts) { f.TakenOn = 0 }, "recent", Ask},
		"half a year exactly": {func(f *PhotoFacts) { f.TakenOn = today.AddMonths(-6) }, "recent", Pass},
	} {
		f := good
		c.change(&f)
		list := s.Fit(f, today)
		for _, r := range list {
			if r.Rule == c.rule && r.Verdict != c.want {
				t.Errorf("%s: %s got %s, want %s", name, r.Rule, r.Verdict, c.want)
			}
		}
		if (Unfit(list) != nil) != (c.want == Fail) {
			t.Errorf("%s: unfit %v", name, Unfit(list))
		}
	}
}
