// Package state holds what moves through states as a table: what it is, what happens to it, and what
// it is then. The areas say which; why something can't happen is their word too.
package state

import "slices"

// Step is one line of a table: who is From, when On happens, is To.
type Step[S, E ~string] struct {
	From S
	On   E
	To   S
}

// Table is every step there is; what is in none of them can't happen.
type Table[S, E ~string] struct {
	states []S
	events []E
	steps  []Step[S, E]
}

// New is a table of those states and events, both in the order in which they are listed. To may be
// empty: then nothing is left. A step of a state or an event that is not listed, and one that stands
// there twice, is a mistake in the program.
func New[S, E ~string](states []S, events []E, steps []Step[S, E]) Table[S, E] {
	for i, s := range steps {
		known := slices.Contains(states, s.From) && slices.Contains(events, s.On) && (s.To == "" || slices.Contains(states, s.To))
		if !known {
			panic("state: not listed: " + string(s.From) + " + " + string(s.On) + " = " + string(s.To))
		}
		if slices.ContainsFunc(steps[:i], func(t Step[S, E]) bool { return t.From == s.From && t.On == s.On }) {
			panic("state: twice: " + string(s.From) + " + " + string(s.On))
		}
	}
	return Table[S, E]{states, events, steps}
}

// Next is the state that follows, and whether any does; where none does, it is s.
func (t Table[S, E]) Next(s S, e E) (next S, may bool) {
	for _, step := range t.steps {
		if step.From == s && step.On == e {
			return step.To, true
		}
	}
	return s, false
}

// Leads is the state an event leads to from the first that it may happen in: what somebody wanted who
// tried it elsewhere.
func (t Table[S, E]) Leads(e E) (to S) {
	if i := slices.IndexFunc(t.steps, func(s Step[S, E]) bool { return s.On == e }); i >= 0 {
		to = t.steps[i].To
	}
	return to
}

// States lists the states.
func (t Table[S, E]) States() []S { return slices.Clone(t.states) }

// Events lists the events.
func (t Table[S, E]) Events() []E { return slices.Clone(t.events) }
