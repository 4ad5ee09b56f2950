package way

import (
	"slices"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// Mark is how far one step has come, as the store knows it.
type Mark struct {
	Done    bool
	On      day.Date // when it was done, if that is known
	Waits   Turn     // it was done as far as the applicant can: whose turn it is now
	Until   day.Date // by when those decide, if that is known
	MayMove bool     // Until rests on a year whose holidays are not known yet
	Problem string   // key of what is to be mended
	Lacks   string   // key of what is lacking, where only a part is
	Nothing bool     // there is nothing to do here yet, though nobody would refuse it
}

// Facts are the marks of a person's steps, by their ids.
type Facts map[string]Mark

// State is where a step stands; worded as "way.state.<state>".
type State string

// The states of a step.
const (
	Done    State = "done"
	Now     State = "now"     // it may be done
	Waiting State = "waiting" // for somebody else
	Later   State = "later"   // something else comes first
	Problem State = "problem" // it was done, and is to be mended
)

// Stop is a step as it stands for one person on one day.
type Stop struct {
	Step
	State   State
	Turn    Turn     // whose turn it is, of Now, Waiting and Problem
	On      day.Date // of Done, if that is known
	By      day.Date // the last day, if there is one
	MayMove bool     // By rests on a year whose holidays are not known yet
	Overdue bool     // By is over
	Why     string   // key of what is to be mended
	Lacks   string   // key of what is lacking, where only a part is
	First   []string // the ids of what comes first
}

// ErrFirst is for an act whose turn has not come; the figures are what comes first, in Chinese and in English,
// and the step that was wanted, likewise; and the key of what is lacking there, where only a part is.
var ErrFirst = fault.New(fault.Refused, "way.first")

// Stand says of each step where it stands, in the order of the pack.
func Stand(steps []Step, facts Facts, today day.Date, days *day.Calendar) []Stop {
	stops := make([]Stop, len(steps))
	for i, s := range steps {
		stops[i] = stand(s, facts)
		stops[i].due(facts, today, days)
	}
	return stops
}

func stand(s Step, facts Facts) Stop {
	m, e := facts[s.ID], s.Entry()
	missing := lacking(s, facts)
	p := Stop{Step: s, Turn: e.Turn, First: missing, Lacks: m.Lacks}
	switch {
	case m.Done:
		return Stop{Step: s, State: Done, On: m.On}
	case m.Problem != "":
		p.State, p.Why = Problem, m.Problem
	case m.Waits != "":
		p.State, p.Turn, p.By, p.MayMove = Waiting, m.Waits, m.Until, m.MayMove
	case len(missing) > 0 || m.Nothing:
		return Stop{Step: s, State: Later, First: missing}
	case e.Waits():
		p.State, p.By, p.MayMove = Waiting, m.Until, m.MayMove
	default:
		p.State = Now
	}
	return p
}

// due counts the last day of a step that is not done, from the day the other one was.
func (p *Stop) due(facts Facts, today day.Date, days *day.Calendar) {
	from := facts[p.Step.By.From]
	if p.By.IsZero() && p.State != Done && p.Step.By.From != "" && from.Done && !from.On.IsZero() {
		p.By, p.MayMove = days.AddWorking(from.On, p.Step.By.WorkingDays)
	}
	p.Overdue = !p.By.IsZero() && p.By.Before(today)
}

// lacking are the needs of a step that are not done.
func lacking(s Step, facts Facts) (ids []string) {
	for _, n := range s.Needs {
		if !facts[n].Done {
			ids = append(ids, n)
		}
	}
	return ids
}

// Next is the one next thing: what is to be mended, if nothing comes before it; else the first that may be
// done now, else what is waited for; none if all is done.
func Next(stops []Stop) (Stop, bool) {
	for _, s := range []State{Problem, Now, Waiting} {
		if i := slices.IndexFunc(stops, func(p Stop) bool { return p.State == s && (s == Waiting || len(p.First) == 0) }); i >= 0 {
			return stops[i], true
		}
	}
	return Stop{}, false
}

// opens reports whether the step opens the act, on that kind of material if one is named.
func (s Step) opens(a act.Act, kind string) bool {
	return slices.Contains(s.Entry().Opens, a) && (kind == "" || len(s.Kinds) == 0 || slices.Contains(s.Kinds, kind))
}

// Opened reports whether any step opens the act, on that kind of material if one is named.
func Opened(steps []Step, a act.Act, kind string) bool {
	return slices.ContainsFunc(steps, func(s Step) bool { return s.opens(a, kind) })
}

// May refuses an act whose turn has not come, by what comes first. An act that no step opens is free; of
// several steps that open it, one whose turn has come is enough. kind is the kind of material, for an act on one.
func May(steps []Step, facts Facts, a act.Act, kind string) error {
	var refused error
	for _, s := range steps {
		if !s.opens(a, kind) {
			continue
		}
		missing := lacking(s, facts)
		if len(missing) == 0 {
			return nil
		}
		if refused == nil {
			refused = first(steps, facts, missing[0], s)
		}
	}
	return refused
}

func first(steps []Step, facts Facts, id string, wanted Step) error {
	i := slices.IndexFunc(steps, func(s Step) bool { return s.ID == id })
	if i < 0 {
		return nil // Check lets no such pack in
	}
	zh, en := steps[i].Names()
	ofZh, ofEn := wanted.Names()
	return ErrFirst.With(zh, en, ofZh, ofEn, facts[id].Lacks)
}

// Asked are the steps whose marks have to be known to say whether the act may be done.
func Asked(steps []Step, a act.Act, kind string) (list []Step) {
	wanted := map[string]bool{}
	for _, s := range steps {
		if s.opens(a, kind) {
			for _, n := range s.Needs {
				wanted[n] = true
			}
		}
	}
	for _, s := range steps {
		if wanted[s.ID] {
			list = append(list, s)
		}
	}
	return list
}
