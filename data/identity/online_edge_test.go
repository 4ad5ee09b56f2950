package identity

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func TestWhichTriesCountAgainstSomeone(t *testing.T) {
	failed := func(step OnlineStep, why string, before ...OnlineStep) Try {
		try := Try{State: TryFailed}
		for _, s := range before {
			try.Steps = append(try.Steps, StepDone{Step: s})
		}
		try.Steps = append(try.Steps, StepDone{Step: step, Why: why})
		return try
	}
	for name, c := range map[string]struct {
		try  Try
		want bool
	}{
		"no face on the card's picture":   {failed(CardStep, "no-face"), true},
		"did not turn":                    {failed(AliveStep, WhyTime, CardStep), true},
		"the camera broke":                {failed(AliveStep, WhyEnded, CardStep), false},
		"left before the first step":      {failed(CardStep, WhyLeft), false},
		"left in the middle":              {failed(AliveStep, WhyLeft, CardStep), true},
		"still open, a step done":         {Try{State: TryOpen, Steps: []StepDone{{Step: CardStep, Why: "no-face"}}}, false},
		"sent in":                         {Try{State: TrySubmitted, Steps: []StepDone{{Step: PhotoStep}}}, false},
		"failed without a step, as it is": {Try{State: TryFailed}, false},
	} {
		if got := c.try.Costs(); got != c.want {
			t.Errorf("%s: counts %v", name, got)
		}
	}
}

func TestTheTryToDecideIsTheNewestThatWasSentIn(t *testing.T) {
	open, failed := Try{ID: "open", State: TryOpen}, Try{ID: "failed", State: TryFailed}
	sent, before := Try{ID: "sent", State: TrySubmitted}, Try{ID: "before", State: TrySubmitted}
	if got, ok := Current([]Try{open, failed, sent, before}); !ok || got.ID != "sent" {
		t.Errorf("got %s, %v", got.ID, ok)
	}
	for name, tries := range map[string][]Try{"none at all": nil, "one not sent in": {open}, "one that failed": {failed}} {
		if got, ok := Current(tries); ok || got.ID != "" {
			t.Errorf("%s: got %s", name, got.ID)
		}
	}
}

func TestWhatATryLeftOpenBecomes(t *testing.T) {
	first, err := begun(t).Do(StepDone{Step: CardStep, Distance: 0.4, Zone: Alike, At: moment})
	if err != nil || first.Version != 2 {
		t.Fatalf("version %d, %v", first.Version, err)
	}
	later := moment.Add(time.Hour)
	left, err := first.Leave(later)
	if err != nil {
		t.Fatal(err)
	}
	want := StepDone{Step: AliveStep, Distance: -1, Zone: Look, Why: WhyLeft, At: later}
	if left.State != TryFailed || left.EndedAt != later || left.Version != 3 || len(left.Steps) != 2 || left.Steps[1] != want {
		t.Errorf("got %+v", left)
	}
	if left.ID != first.ID || len(first.Steps) != 1 || left.NextStep() != "" {
		t.Error("the try before it must stay as it was, and nothing comes after the end")
	}
}

func TestATryThatIsOverWantsNothing(t *testing.T) {
	for name, try := range map[string]Try{
		"failed, two steps to go":     {State: TryFailed, Steps: make([]StepDone, 1)},
		"sent in":                     {State: TrySubmitted},
		"open, though all steps done": {State: TryOpen, Steps: make([]StepDone, len(OnlineSteps))},
	} {
		if next := try.NextStep(); next != "" {
			t.Errorf("%s: %s comes next", name, next)
		}
		if err := try.Due(CardStep); !errors.Is(err, ErrTryOver) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if try := begun(t); try.Version != 1 || try.ID != "t" {
		t.Errorf("got %+v", try)
	}
}

func TestWhatWasRecordedOfATry(t *testing.T) {
	try := Try{Steps: []StepDone{
		{Step: CardStep, Distance: 0.3, Zone: Alike},
		{Step: AliveStep, Distance: 0.5, Zone: Alike, Apart: 0.62, Source: FromCamera},
		{Step: PhotoStep, Distance: 0.4, Zone: Alike, Apart: 0.2},
	}}
	if got := try.Apart(); got != 0.62 {
		t.Errorf("the farthest apart: got %v", got)
	}
	if got := try.Source(); got != FromCamera {
		t.Errorf("where it comes from: got %q", got)
	}
	if none := (Try{}); none.Apart() != 0 || none.Source() != "" || none.Worst() != Look {
		t.Errorf("of nothing: %v, %q, %s", none.Apart(), none.Source(), none.Worst())
	}
	if got := (Try{Steps: []StepDone{{Distance: -1, Zone: Alike}}}).Worst(); got != Look {
		t.Errorf("a step without a figure: got %s", got)
	}
	if got := try.Worst(); got != Alike {
		t.Errorf("alike in every step: got %s", got)
	}
}

func TestTheZoneThatWantsEyesMost(t *testing.T) {
	for name, c := range map[string]struct {
		figures []Figure
		want    Zone
	}{
		"nothing was compared":             {nil, Look},
		"alike":                            {[]Figure{{0.4, Alike}}, Alike},
		"the very same picture":            {[]Figure{{0, Alike}}, Alike},
		"unlike, with the figure nought":   {[]Figure{{0, Unlike}}, Unlike},
		"unlike comes before look":         {[]Figure{{0.9, Look}, {1.3, Unlike}}, Unlike},
		"look comes before alike":          {[]Figure{{0.9, Look}, {0.3, Alike}}, Look},
		"no figure, whatever the zone":     {[]Figure{{-1, Alike}}, Look},
		"unlike without a figure is doubt": {[]Figure{{-1, Unlike}}, Look},
	} {
		if got := Worst(c.figures...); got != c.want {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func TestAPacksZonesStandBeforeTheUsualOnes(t *testing.T) {
	usual, own := Confirming{}, Confirming{Likeness: Likeness{Alike: 0.2, Unlike: 0.4}}
	for name, c := range map[string]struct {
		rules Confirming
		sure  bool
		want  Zone
	}{
		"by the usual zones":            {usual, true, Alike},
		"by the pack's":                 {own, true, Unlike},
		"two faces in one of the looks": {own, false, Look},
	} {
		if got := c.rules.Zone(0.5, c.sure); got != c.want {
			t.Errorf("%s: got %s", name, got)
		}
	}
	if usual.Limits() != DefaultLikeness || own.Limits() != own.Likeness {
		t.Errorf("got %v and %v", usual.Limits(), own.Limits())
	}
}

func TestWhatMustBeMendedBeforeItGoesOn(t *testing.T) {
	for name, c := range map[string]struct {
		state   State
		reasons []Reason
		next    State
		want    error
	}{
		"a paper was missing":          {SentBack, []Reason{"document-missing"}, PhotoReady, nil},
		"the photo was another's":      {SentBack, []Reason{"photo-not-self"}, "", ErrPhotoNotMended},
		"the photo was too old":        {SentBack, []Reason{"document-missing", "photo-too-old"}, "", ErrPhotoNotMended},
		"the photo was blurred":        {SentBack, []Reason{"photo-quality"}, "", ErrPhotoNotMended},
		"never sent back: as it stood": {MustCome, []Reason{"photo-quality"}, MustCome, nil},
	} {
		next, err := Mend(c.state, c.reasons)
		if !errors.Is(err, c.want) || err == nil && next != c.next {
			t.Errorf("%s: got %s, %v", name, next, err)
		}
	}
}

func TestHowManyTriesThereAreIsSaid(t *testing.T) {
	_, err := online.Begin(BeginFacts{State: PhotoReady, Failed: 3, FaceAgreed: true, MaterialsMet: true}, Try{})
	if err == nil || err.Error() != "identity.tries-used [3]" {
		t.Errorf("got %v", err)
	}
	if err := begun(t).Due(PhotoStep); err == nil || err.Error() != "identity.step-order [identity.online.card]" {
		t.Errorf("got %v", err)
	}
}

// A try in the middle of which one more fails is not the last one yet; only what failed leads away.
func TestOnlyAFailedTryLeadsToTheVenue(t *testing.T) {
	if s, err := online.After(PhotoReady, Try{State: TryOpen}, 9); err != nil || s != PhotoReady {
		t.Errorf("an open one: got %s, %v", s, err)
	}
}

func TestWhatConfirmingWritesDown(t *testing.T) {
	next, d, err := Confirm(Submitted, Decision{Person: "p", Way: Online, Try: "t", By: "clerk"})
	if err != nil || next != Confirmed || d.Outcome != Confirmed || d.Person != "p" || d.By != "clerk" {
		t.Errorf("online: %s, %+v, %v", next, d, err)
	}
	if _, _, err := Confirm(Submitted, Decision{Way: OnSite, Try: "t"}); !errors.Is(err, ErrNoOriginal) {
		t.Errorf("on site, nothing in the hand: got %v", err)
	}
	next, d, err = SendBack(Submitted, Decision{Person: "p", Reasons: []Reason{"not-alive"}})
	if err != nil || next != SentBack || d.Outcome != SentBack || d.Person != "p" {
		t.Errorf("sent back: %s, %+v, %v", next, d, err)
	}
	if s, _, err := SendBack(Confirmed, Decision{Reasons: []Reason{"not-alive"}}); !errors.Is(err, ErrConfirmed) || s != Confirmed {
		t.Errorf("sent back though confirmed: %s, %v", s, err)
	}
	if s, err := Next(Preregistered, OnlineDone); s != Preregistered || err == nil || err.Error() != "identity.not-now [preregistered]" {
		t.Errorf("got %s, %v", s, err)
	}
}

func TestAReturnSaysWhetherThePhotoIsToBeMended(t *testing.T) {
	var of []Reason
	for _, r := range Reasons {
		if r.OfPhoto() {
			of = append(of, r)
		}
	}
	if want := []Reason{"photo-not-self", "photo-too-old", "photo-quality"}; !slices.Equal(of, want) {
		t.Errorf("got %v, want %v", of, want)
	}
}
