package identity

import (
	"errors"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
)

var (
	online = Confirming{Online: true, OnlineTries: 3}
	moment = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
)

func begun(t *testing.T) Try {
	t.Helper()
	try, err := online.Begin(BeginFacts{State: PhotoReady, FaceAgreed: true, MaterialsMet: true}, Try{ID: "t", Person: "p"})
	if err != nil {
		t.Fatal(err)
	}
	return try
}

func TestWhoMayBeginOnline(t *testing.T) {
	ready := BeginFacts{State: PhotoReady, FaceAgreed: true, MaterialsMet: true}
	for name, c := range map[string]struct {
		rules  Confirming
		change func(*BeginFacts)
		want   error
	}{
		"everything is there":          {online, func(*BeginFacts) {}, nil},
		"after two failed tries":       {online, func(f *BeginFacts) { f.Failed = 2 }, nil},
		"after three":                  {online, func(f *BeginFacts) { f.Failed = 3 }, ErrTriesUsed},
		"without a photo":              {online, func(f *BeginFacts) { f.State = Preregistered }, ErrNotNow},
		"confirmed already":            {online, func(f *BeginFacts) { f.State = Confirmed }, ErrConfirmed},
		"to come in person":            {online, func(f *BeginFacts) { f.State = MustCome }, ErrNotNow},
		"refuses that faces compare":   {online, func(f *BeginFacts) { f.FaceAgreed = false }, ErrNoFaceConsent},
		"a diploma is missing":         {online, func(f *BeginFacts) { f.MaterialsMet = false }, ErrMaterialsNeeded},
		"a pack that wants it on site": {Confirming{OnlineTries: 3}, func(*BeginFacts) {}, ErrOnlineNotHere},
	} {
		f := ready
		c.change(&f)
		try, err := c.rules.Begin(f, Try{})
		if !errors.Is(err, c.want) || err == nil && try.State != TryOpen {
			t.Errorf("%s: got %s, %v, want %v", name, try.State, err, c.want)
		}
	}
}

func TestTheStepsAreDoneInTheirOrder(t *testing.T) {
	try := begun(t)
	for i, step := range OnlineSteps {
		for _, wrong := range OnlineSteps {
			if wrong != step {
				if _, err := try.Do(StepDone{Step: wrong}); !errors.Is(err, ErrStepOrder) {
					t.Errorf("step %d: %s was taken: %v", i, wrong, err)
				}
			}
		}
		var err error
		if try, err = try.Do(StepDone{Step: step, Zone: Alike, At: moment}); err != nil {
			t.Fatal(err)
		}
	}
	if try.State != TrySubmitted || try.EndedAt != moment || try.NextStep() != "" {
		t.Errorf("got %s, next %q", try.State, try.NextStep())
	}
	if _, err := try.Do(StepDone{Step: PhotoStep}); !errors.Is(err, ErrTryOver) {
		t.Errorf("after its end: got %v", err)
	}
}

func TestAFigureRefusesNobody(t *testing.T) {
	try := begun(t)
	for _, step := range OnlineSteps {
		var err error
		if try, err = try.Do(StepDone{Step: step, Distance: 1.6, Zone: Unlike}); err != nil {
			t.Fatal(err)
		}
	}
	if s, err := online.After(PhotoReady, try, 0); err != nil || s != Submitted || try.Worst() != Unlike {
		t.Errorf("got %s, %v, worst %s", s, err, try.Worst())
	}
}

func TestTheThirdFailedTryLeadsToTheVenue(t *testing.T) {
	for failed, want := range map[int]State{1: PhotoReady, 2: PhotoReady, 3: MustCome, 4: MustCome} {
		try, err := begun(t).Do(StepDone{Step: CardStep, Why: "no-face", At: moment})
		if err != nil || try.State != TryFailed {
			t.Fatalf("got %s, %v", try.State, err)
		}
		if s, err := online.After(PhotoReady, try, failed); err != nil || s != want {
			t.Errorf("after %d: got %s, %v, want %s", failed, s, err, want)
		}
	}
}

func TestAStepThatIsDoneLeavesTheTryBeforeItAlone(t *testing.T) {
	first, _ := begun(t).Do(StepDone{Step: CardStep, Zone: Alike})
	a, _ := first.Do(StepDone{Step: AliveStep, Zone: Look})
	b, _ := first.Do(StepDone{Step: AliveStep, Zone: Unlike})
	if a.Steps[1].Zone != Look || b.Steps[1].Zone != Unlike || len(first.Steps) != 1 {
		t.Errorf("got %v, %v, %v", first.Steps, a.Steps, b.Steps)
	}
}

func TestASubmittedTryIsDecidedByLookingAtIt(t *testing.T) {
	if _, _, err := Confirm(Submitted, Decision{Way: Online, Try: "t"}); err != nil {
		t.Errorf("looked at: %v", err)
	}
	if _, _, err := Confirm(Submitted, Decision{Way: Online}); !errors.Is(err, ErrNoOriginal) {
		t.Errorf("nothing was looked at: %v", err)
	}
	if _, _, err := Confirm(PhotoReady, Decision{Way: Online, Try: id.Try("t")}); !errors.Is(err, ErrNoOriginal) {
		t.Errorf("somebody who submitted nothing: %v", err)
	}
	if _, _, err := Confirm(MustCome, Decision{Way: OnSite, Originals: []Original{ResidentCard}}); err != nil {
		t.Errorf("came in person: %v", err)
	}
}

func TestSlotsArePlannedForADay(t *testing.T) {
	at := func(h, m int) int { return h*60 + m }
	list, err := Plan("v", today, at(9, 0), at(11, 50), 30, 20, today, nil)
	if err != nil || len(list) != 5 || list[4].To != at(11, 30) || Clock(list[4].From) != "11:00" {
		t.Fatalf("got %+v, %v", list, err)
	}
	for name, c := range map[string]struct {
		from, to, minutes, room int
		want                    error
	}{
		"ends before it begins":        {at(10, 0), at(9, 0), 30, 20, ErrSlotTimes},
		"shorter than a slot":          {at(9, 0), at(9, 20), 30, 20, ErrSlotTimes},
		"beyond midnight":              {at(23, 0), at(25, 0), 30, 20, ErrSlotTimes},
		"slots of no length":           {at(9, 0), at(12, 0), 0, 20, ErrSlotTimes},
		"for nobody":                   {at(14, 0), at(15, 0), 30, 0, ErrSlotRoom},
		"for a whole town":             {at(14, 0), at(15, 0), 30, 5001, ErrSlotRoom},
		"over one that is there":       {at(11, 0), at(12, 0), 30, 20, ErrSlotOverlap},
		"right after the last of them": {at(11, 30), at(12, 0), 30, 20, nil},
	} {
		if _, err := Plan("v", today, c.from, c.to, c.minutes, c.room, today, list); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	if _, err := Plan("v", today.AddDays(-1), at(9, 0), at(12, 0), 30, 20, today, nil); !errors.Is(err, ErrSlotPast) {
		t.Errorf("yesterday: got %v", err)
	}
}

func TestWhoMayTakeAPlace(t *testing.T) {
	free := BookFacts{State: PhotoReady, Slot: Slot{Day: today, From: 540, To: 570, Room: 2, Taken: 1}, Today: today, Minutes: 569}
	for name, c := range map[string]struct {
		change func(*BookFacts)
		want   error
	}{
		"the last place, a minute before":    {func(*BookFacts) {}, nil},
		"nothing left":                       {func(f *BookFacts) { f.Slot.Taken = 2 }, ErrSlotFull},
		"it is over":                         {func(f *BookFacts) { f.Minutes = 570 }, ErrSlotPast},
		"it was yesterday":                   {func(f *BookFacts) { f.Slot.Day = today.AddDays(-1) }, ErrSlotPast},
		"the venue is closed":                {func(f *BookFacts) { f.Venue.Closed = true }, ErrVenueClosed},
		"another's school":                   {func(f *BookFacts) { f.Venue.School = "甲" }, ErrSchoolOnly},
		"one's own school":                   {func(f *BookFacts) { f.Venue.School, f.School = "甲", "甲" }, nil},
		"a second place":                     {func(f *BookFacts) { f.Has = true }, ErrBookedBefore},
		"confirmed already":                  {func(f *BookFacts) { f.State = Confirmed }, ErrConfirmed},
		"no photo yet: it is taken there":    {func(f *BookFacts) { f.State = Preregistered }, nil},
		"three online tries failed":          {func(f *BookFacts) { f.State = MustCome }, nil},
		"sent back, and coming to mend that": {func(f *BookFacts) { f.State = SentBack }, nil},
	} {
		f := free
		c.change(&f)
		if err := Book(f); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestWhatBecomesOfAPlaceOnceItsPersonIsConfirmed(t *testing.T) {
	today := day.MustNew(2026, 11, 23)
	for name, c := range map[string]struct {
		on    day.Date
		state BookingState
		want  BookingState
	}{
		"today: they came":             {today, Booked, Came},
		"later: given back":            {today.AddDays(3), Booked, Cancelled},
		"past: stays as it was":        {today.AddDays(-1), Booked, Booked},
		"given back before: no change": {today, Cancelled, Cancelled},
	} {
		if got := (Booking{State: c.state}).Settled(Slot{Day: c.on}, today); got.State != c.want {
			t.Errorf("%s: got %s, want %s", name, got.State, c.want)
		}
	}
}

func TestWhoIsLate(t *testing.T) {
	today := day.MustNew(2026, 11, 23)
	slot := Slot{Day: today, From: 540, To: 570}
	for name, c := range map[string]struct {
		state   BookingState
		slot    Slot
		minutes int
		want    bool
	}{
		"a minute before the end": {Booked, slot, 569, false},
		"at its end":              {Booked, slot, 570, true},
		"they came":               {Came, slot, 600, false},
		"yesterday's":             {Booked, Slot{Day: today.AddDays(-1), To: 1000}, 1, true},
		"tomorrow's":              {Booked, Slot{Day: today.AddDays(1), To: 1}, 1000, false},
	} {
		if got := (Booking{State: c.state}).Late(c.slot, today, c.minutes); got != c.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestOnlyTriesSinceTheLastDecisionCost(t *testing.T) {
	day := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	try := func(hour int, s TryState, why string) Try {
		return Try{State: s, StartedAt: day.Add(time.Duration(hour) * time.Hour), Steps: []StepDone{{Step: AliveStep, Why: why}}}
	}
	tries := []Try{try(4, TryFailed, WhyTime), try(3, TrySubmitted, ""), try(2, TryFailed, WhyEnded), try(1, TryFailed, WhyTime)} // newest first
	for name, c := range map[string]struct {
		decided []Decision
		want    int
	}{
		"nobody decided yet":           {nil, 2},
		"decided before all of them":   {[]Decision{{At: day}}, 2},
		"decided between":              {[]Decision{{At: day.Add(2 * time.Hour)}, {At: day}}, 1},
		"decided when one had begun":   {[]Decision{{At: day.Add(4 * time.Hour)}}, 1},
		"decided after the last began": {[]Decision{{At: day.Add(5 * time.Hour)}}, 0},
	} {
		if got := Failed(tries, c.decided); got != c.want {
			t.Errorf("%s: %d tries cost, want %d", name, got, c.want)
		}
	}
}
