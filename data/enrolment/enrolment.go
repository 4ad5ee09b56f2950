// Package enrolment holds the rules of joining a programme (报名): who may, which specialties,
// for which period, what is paid and what that opens.
package enrolment

import (
	"slices"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/state"
	"xuezheng/data/text"
)

// State is where an enrolment stands.
type State string

// The states of an enrolment.
const (
	Active    State = "active"
	Cancelled State = "cancelled"
)

// Event is what happens to an enrolment.
type Event string

// The events of an enrolment.
const (
	AddSpecialty Event = "add-specialty"
	Cancel       Event = "cancel"
)

// way is the way of an enrolment; one that is cancelled stays so.
var way = state.New(
	[]State{Active, Cancelled},
	[]Event{AddSpecialty, Cancel},
	[]state.Step[State, Event]{
		{From: Active, On: AddSpecialty, To: Active},
		{From: Active, On: Cancel, To: Cancelled},
	})

// next is the state that follows, or that none does.
func (s State) next(e Event) (State, error) {
	if next, may := way.Next(s, e); may {
		return next, nil
	}
	return s, ErrCancelled
}

// Application is what someone fills in to join.
type Application struct {
	Person       id.Person
	Programme    string // its id in the pack
	Main         string
	Added        []string
	From, To     day.Date // registration period; To may be empty: then it follows from From (G-01)
	Registration string   // 注册证书编号
}

// Enrolment is one person's way through one programme in one registration period.
type Enrolment struct {
	ID id.Enrolment
	Application
	State     State
	AllowMix  bool // a reviewer allowed both modes of required hours (G-06)
	MixWhy    string
	Pack      string // id@version that decided
	CreatedAt time.Time
	Version   int
}

// Rules are the figures of one programme, filled from a policy pack.
type Rules struct {
	Programme    string
	Name, NameEn string
	Specialties  []string
	PeriodYears  int  // a registration's validity (G-01)
	MaxAdded     int  // how many specialties may be added; 0 for none
	NeedsNotices bool // notices are read before enrolling (G-13)
	WindowMonths int  // as hours.Rules
}

// Faults of enrolling.
var (
	ErrUnknownProgramme = fault.New(fault.Refused, "enrolment.unknown-programme")
	ErrNoMain           = fault.New(fault.Refused, "enrolment.no-main")
	ErrUnknownSpecialty = fault.New(fault.Refused, "enrolment.unknown-specialty")
	ErrAddedIsMain      = fault.New(fault.Refused, "enrolment.added-is-main")
	ErrAddedTwice       = fault.New(fault.Refused, "enrolment.added-twice")
	ErrTooManyAdded     = fault.New(fault.Refused, "enrolment.too-many-added")
	ErrNoPeriod         = fault.New(fault.Refused, "enrolment.no-period")
	ErrPeriodLength     = fault.New(fault.Refused, "enrolment.period-length")
	ErrOverlap          = fault.New(fault.Refused, "enrolment.overlap")
	ErrCancelled        = fault.New(fault.Refused, "enrolment.cancelled")
	ErrNoticesUnread    = fault.New(fault.Refused, "enrolment.notices-unread")
)

// Apply returns the enrolment for a, or the first rule it breaks. others are the person's
// enrolments so far: periods of one programme must not overlap.
func (r Rules) Apply(a Application, others []Enrolment) (Enrolment, error) {
	if a.Programme != r.Programme {
		return Enrolment{}, ErrUnknownProgramme.With(a.Programme)
	}
	if err := r.specialties(a.Main, a.Added); err != nil {
		return Enrolment{}, err
	}
	if a.From.IsZero() {
		return Enrolment{}, ErrNoPeriod
	}
	if err := text.Registration.Check(a.Registration); err != nil {
		return Enrolment{}, err
	}
	end := r.lastDay(a.From)
	if a.To.IsZero() {
		a.To = end
	}
	if a.To.Before(a.From) || a.To.After(end) {
		return Enrolment{}, ErrPeriodLength.With(r.PeriodYears, end)
	}
	for _, o := range others {
		if o.State == Active && o.Programme == a.Programme && !a.From.After(o.To) && !o.From.After(a.To) {
			return Enrolment{}, ErrOverlap.With(o.From, o.To)
		}
	}
	return Enrolment{ID: id.New[id.Enrolment](), Application: a, State: Active, Version: 1}, nil
}

// lastDay is the last day of a registration that begins on from; it counts (G-01). One that
// begins on 29 February ends on 28 February.
func (r Rules) lastDay(from day.Date) day.Date {
	end := from.AddYears(r.PeriodYears)
	if end.Day() == from.Day() {
		end = end.AddDays(-1)
	}
	return end
}

func (r Rules) specialties(main string, added []string) error {
	if main == "" {
		return ErrNoMain
	}
	if len(added) > r.MaxAdded {
		return ErrTooManyAdded.With(r.MaxAdded)
	}
	seen := map[string]bool{}
	for i, s := range append([]string{main}, added...) {
		switch {
		case !slices.Contains(r.Specialties, s):
			return ErrUnknownSpecialty.With(s)
		case i > 0 && s == main:
			return ErrAddedIsMain.With(s)
		case seen[s]:
			return ErrAddedTwice.With(s)
		}
		seen[s] = true
	}
	return nil
}

// Add returns e with one more added specialty; its full hours are then needed (G-03).
func (r Rules) Add(e Enrolment, specialty string) (Enrolment, error) {
	next, err := e.State.next(AddSpecialty)
	if err != nil {
		return e, err
	}
	added := append(append([]string(nil), e.Added...), specialty)
	if err := r.specialties(e.Main, added); err != nil {
		return e, err
	}
	e.Added, e.State = added, next
	e.Version++
	return e, nil
}

// Cancel ends an enrolment; its hours stay readable.
func (e *Enrolment) Cancel() error {
	next, err := e.State.next(Cancel)
	if err != nil {
		return err
	}
	e.State = next
	e.Version++
	return nil
}

// Present is a person's enrolment of a day: the active one whose period holds it; failing that the active
// one whose period begins last.
func Present(list []Enrolment, on day.Date) (best Enrolment, ok bool) {
	for _, en := range list {
		if en.State != Active {
			continue
		}
		if !on.Before(en.From) && !on.After(en.To) {
			return en, true
		}
		if !ok || en.From.After(best.From) {
			best, ok = en, true
		}
	}
	return best, ok
}
