package identity

import (
	"slices"
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/state"
)

// Confirming are the figures of confirming someone, filled from a policy pack.
type Confirming struct {
	Online      bool  // it may be begun at home, from a slip's QR code or the program (H-13)
	OnlineTries int   // failed tries after which one comes in person (H-12)
	Accepts     []Way // in which a confirmation counts for the programme, made for whichever; on site always does
	Likeness    Likeness
	Others      Others
}

// Limits are the pack's zones, or those from the trial.
func (c Confirming) Limits() Likeness {
	if c.Likeness == (Likeness{}) {
		return DefaultLikeness
	}
	return c.Likeness
}

// Zone is what a distance means by the pack's limits.
func (c Confirming) Zone(distance float64, oneEach bool) Zone {
	return c.Limits().Zone(distance, oneEach)
}

// OnlineStep is one step of confirming online.
type OnlineStep string

// The steps of confirming online, in the order of H-14.
const (
	CardStep  OnlineStep = "card"  // the card's portrait side beside the records
	AliveStep OnlineStep = "alive" // actions on demand and digits read aloud, the face beside the card's
	PhotoStep OnlineStep = "photo" // the ID photo beside the card's portrait
)

// OnlineSteps lists them in their order.
var OnlineSteps = []OnlineStep{CardStep, AliveStep, PhotoStep}

// TryState is where a try to confirm online stands.
type TryState string

// The states of a try.
const (
	TryOpen      TryState = "open"
	TryFailed    TryState = "failed"
	TrySubmitted TryState = "submitted" // all steps done: a person decides
)

// TryEvent is what happens to a try.
type TryEvent string

// The events of a try.
const (
	TryStep     TryEvent = "step"      // one is done, and another comes
	TryLastStep TryEvent = "last-step" // the last is done
	TryFails    TryEvent = "fails"     // a step could not be done
	TryLeft     TryEvent = "left"      // another one begins
)

// tries is the way of a try; once it is over nothing follows.
var tries = state.New(
	[]TryState{TryOpen, TryFailed, TrySubmitted},
	[]TryEvent{TryStep, TryLastStep, TryFails, TryLeft},
	[]state.Step[TryState, TryEvent]{
		{From: TryOpen, On: TryStep, To: TryOpen},
		{From: TryOpen, On: TryLastStep, To: TrySubmitted},
		{From: TryOpen, On: TryFails, To: TryFailed},
		{From: TryOpen, On: TryLeft, To: TryFailed},
	})

// next is the state that follows, or that none does.
func (s TryState) next(e TryEvent) (TryState, error) {
	if next, may := tries.Next(s, e); may {
		return next, nil
	}
	return s, ErrTryOver
}

// StepDone is one step that was done: what was compared, and what the figure says. No figure is a
// negative distance.
type StepDone struct {
	Step     OnlineStep `json:"step"`
	Distance float64    `json:"distance"`
	Zone     Zone       `json:"zone"`
	Apart    float64    `json:"apart,omitempty"`  // of the key frames among themselves, the farthest; 0 unknown
	Source   string     `json:"source,omitempty"` // of what was recorded: "camera" or "files"; a person looks harder at files
	Why      string     `json:"why,omitempty"`    // the code of what went wrong, of a step that failed
	At       time.Time  `json:"at"`
}

// Where what was recorded comes from: a camera that asked for the actions itself, or files that
// somebody handed in.
const (
	FromCamera = "camera"
	FromFiles  = "files"
)

// WhyLeft ends a try that was left open when another one began.
const WhyLeft = "left"

// Evidence is one picture or sound of a try, kept sealed for whoever decides.
type Evidence struct {
	Kind    string     `json:"kind"` // "portrait-side", "key-0", "sound"
	Picture id.Picture `json:"picture"`
}

// Try is one try of someone to confirm online.
type Try struct {
	ID        id.Try
	Person    id.Person
	State     TryState
	Digits    string // to be read aloud
	Steps     []StepDone
	Evidence  []Evidence
	StartedAt time.Time
	EndedAt   time.Time
	Machine   string
	Version   int
}

// Faults of confirming online.
var (
	ErrOnlineNotHere   = fault.New(fault.Refused, "identity.online-not-here")
	ErrTriesUsed       = fault.New(fault.Refused, "identity.tries-used")
	ErrTryOver         = fault.New(fault.Refused, "identity.try-over")
	ErrStepOrder       = fault.New(fault.Refused, "identity.step-order")
	ErrNoFaceConsent   = fault.New(fault.Refused, "identity.no-face-consent")
	ErrMaterialsNeeded = fault.New(fault.Refused, "identity.materials-needed")
	ErrPhotoNotMended  = fault.New(fault.Refused, "identity.photo-not-mended")
)

// Mend is the state of someone who was sent back for those reasons and goes on: as before the
// return, unless it was the photo, which another one mends. What else was to be mended is seen by
// whoever decides again.
func Mend(s State, reasons []Reason) (State, error) {
	if s != SentBack {
		return s, nil
	}
	for _, r := range reasons {
		if r.OfPhoto() {
			return s, ErrPhotoNotMended
		}
	}
	return Next(s, Mended)
}

// BeginFacts is what beginning a try hangs on.
type BeginFacts struct {
	State        State
	Failed       int  // tries that failed since the person was last sent back
	FaceAgreed   bool // P-01
	MaterialsMet bool // everything asked for is there
}

// Begin opens a try, or says why there is none. Who refuses that faces are compared is served by
// a clerk (P-01).
func (c Confirming) Begin(f BeginFacts, t Try) (Try, error) {
	if _, err := Next(f.State, OnlineDone); err != nil {
		return t, err
	}
	switch {
	case !c.Online:
		return t, ErrOnlineNotHere
	case f.Failed >= c.OnlineTries:
		return t, ErrTriesUsed.With(c.OnlineTries)
	case !f.MaterialsMet:
		return t, ErrMaterialsNeeded
	case !f.FaceAgreed:
		return t, ErrNoFaceConsent
	}
	t.State, t.Version = TryOpen, 1
	return t, nil
}

// NextStep is the step that comes next; empty if all are done or the try is over.
func (t Try) NextStep() OnlineStep {
	if t.State != TryOpen || len(t.Steps) >= len(OnlineSteps) {
		return ""
	}
	return OnlineSteps[len(t.Steps)]
}

// Due says why a step is not the one that comes next.
func (t Try) Due(step OnlineStep) error {
	switch next := t.NextStep(); {
	case next == "":
		return ErrTryOver
	case next != step:
		return ErrStepOrder.With("identity.online." + string(next))
	}
	return nil
}

// Do records a step in the order of H-14. A step whose Why is empty is done: whatever its figure
// says, for a figure refuses nobody. The last one submits the try to whoever decides. A step with
// a Why ends the try.
func (t Try) Do(s StepDone) (Try, error) {
	if err := t.Due(s.Step); err != nil {
		return t, err
	}
	event := TryStep
	switch {
	case s.Why != "":
		event = TryFails
	case len(t.Steps)+1 == len(OnlineSteps):
		event = TryLastStep
	}
	return t.end(event, s)
}

// Leave ends a try that was left open.
func (t Try) Leave(at time.Time) (Try, error) {
	return t.end(TryLeft, StepDone{Step: t.NextStep(), Distance: -1, Zone: Look, Why: WhyLeft, At: at})
}

// end adds a step, and the end if that is what it means.
func (t Try) end(e TryEvent, s StepDone) (Try, error) {
	next, err := t.State.next(e)
	if err != nil {
		return t, err
	}
	t.Steps = append(slices.Clone(t.Steps), s)
	if t.State = next; next != TryOpen {
		t.EndedAt = s.At
	}
	t.Version++
	return t, nil
}

// Costs reports whether a try is one of those that H-12 counts: it failed, and not because the
// camera broke. One that was left counts, or the limit could be dodged by leaving in time; but not
// before its first step, when nothing could have failed yet.
func (t Try) Costs() bool {
	last := len(t.Steps) - 1
	if t.State != TryFailed || last < 0 {
		return false
	}
	s := t.Steps[last]
	return s.Why != WhyEnded && (s.Why != WhyLeft || s.Step != CardStep)
}

// Failed counts the tries that cost something (H-12) since the person was last decided on; tries and
// decisions are listed newest first.
func Failed(tries []Try, decided []Decision) (n int) {
	for _, t := range tries {
		if len(decided) > 0 && t.StartedAt.Before(decided[0].At) {
			break
		}
		if t.Costs() {
			n++
		}
	}
	return n
}

// Current is the newest try of those listed newest first that was sent in whole: the one to decide.
func Current(tries []Try) (t Try, found bool) {
	for _, t := range tries {
		if t.State == TrySubmitted {
			return t, true
		}
	}
	return t, false
}

// After is the state a person is in once a try has ended: submitted, or, when the last try
// allowed has failed, to come in person with the slip (H-12). failed counts this try too.
func (c Confirming) After(s State, t Try, failed int) (State, error) {
	switch {
	case t.State == TrySubmitted:
		return Next(s, OnlineDone)
	case t.State == TryFailed && failed >= c.OnlineTries:
		return Next(s, OnlineGivenUp)
	}
	return s, nil
}

// Worst is the zone that wants a person's eyes most among the steps done: unlike before look
// before alike. A step without a figure is to be looked at.
func (t Try) Worst() Zone {
	figures := make([]Figure, len(t.Steps))
	for i, s := range t.Steps {
		figures[i] = Figure{s.Distance, s.Zone}
	}
	return Worst(figures...)
}

// Apart is how far the key frames are from each other, the farthest; 0 unknown.
func (t Try) Apart() (apart float64) {
	for _, s := range t.Steps {
		apart = max(apart, s.Apart)
	}
	return apart
}

// Source is where what was recorded comes from, empty where nothing was.
func (t Try) Source() (source string) {
	for _, s := range t.Steps {
		if s.Source != "" {
			source = s.Source
		}
	}
	return source
}
