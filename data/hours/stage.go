package hours

import (
	"cmp"
	"slices"
)

// Stage is what a record is to the eye: one of four things, with one word
// ("hours.stage.<stage>") and one sign wherever it is shown. What counts nowhere is not counted,
// however far it came.
type Stage string

// The stages of a record.
const (
	StageDraft    Stage = "not-submitted" // written down, handed in to nobody
	StageReview   Stage = "in-review"     // handed in, not decided
	StageAccepted Stage = "accepted"      // what lists and certificates take
	StageNot      Stage = "not-counted"   // counts in no bucket; Line.Why says why
)

// Stages lists them, what is done first in front.
func Stages() []Stage { return []Stage{StageAccepted, StageReview, StageDraft, StageNot} }

// Stage is where the record of a line stands.
func (l Line) Stage() Stage {
	switch {
	case l.Counted == 0 && (l.Why != nil || l.Left > 0):
		return StageNot
	case l.Record.State == Accepted:
		return StageAccepted
	case l.Record.State == Submitted:
		return StageReview
	case l.Record.State == Entered:
		return StageDraft
	}
	return StageNot
}

// layers are the states a record is judged together with: each with what has come further, never
// with what has not come so far.
var layers = []State{Accepted, Submitted, Entered}

// layer is how far a record has come, 0 for accepted; what is no longer on the way comes last.
func (s State) layer() int {
	if i := slices.Index(layers, s); i >= 0 {
		return i
	}
	return len(layers)
}

// Staged is Standing as it stands today. What is accepted is judged by itself, as a certificate
// would; what is in review together with it, behind it; what is not submitted behind both. So
// nothing that is merely written down takes the place of what is accepted. The Progress says how
// much of Done is of which stage.
func (r Rules) Staged(p Plan, records []Record) Standing {
	byLayer := func(a, b Record) int { return cmp.Compare(a.State.layer(), b.State.layer()) }
	ordered := inOrder(records)
	slices.SortStableFunc(ordered, byLayer)
	var so [3]Standing
	for i := range layers {
		so[i] = r.judge(p, upTo(ordered, i))
	}
	all := r.judge(p, ordered)
	for i := range all.Lines {
		if k := all.Lines[i].Record.State.layer(); k < len(so) {
			all.Lines[i] = so[k].Lines[i] // the same place: the layers before it come in front
		}
	}
	for i := range all.Progress {
		b := &all.Progress[i]
		b.Accepted = so[0].Progress[i].Done
		b.InReview = max(0, so[1].Progress[i].Done-b.Accepted)
		b.Done = max(so[2].Progress[i].Done, b.Accepted+b.InReview)
	}
	all.Lines = byCompletion(all.Lines)
	return all
}

// upTo are the records that have come at least so far; ordered has those that came further in front.
func upTo(ordered []Record, layer int) []Record {
	n, _ := slices.BinarySearchFunc(ordered, layer+1, func(rec Record, l int) int { return cmp.Compare(rec.State.layer(), l) })
	return ordered[:n]
}

// byCompletion puts lines into the order of their records.
func byCompletion(lines []Line) []Line {
	slices.SortStableFunc(lines, func(a, b Line) int { return earlier(a.Record, b.Record) })
	return lines
}

// InStage are how many lines are of that stage, and their seconds as written down.
func (s Standing) InStage(st Stage) (n, seconds int) {
	for _, l := range s.Lines {
		if l.Stage() == st {
			n, seconds = n+1, seconds+l.Record.Seconds
		}
	}
	return n, seconds
}

// Only are those of the records that are in that state.
func Only(records []Record, in State) (list []Record) {
	for _, r := range records {
		if r.State == in {
			list = append(list, r)
		}
	}
	return list
}

// InState is how many records are in that state, whether they count or not.
func (s Standing) InState(state State) (n int) {
	for _, l := range s.Lines {
		if l.Record.State == state {
			n++
		}
	}
	return n
}

// Sum is all buckets taken together.
func (s Standing) Sum() (sum Progress) {
	for _, p := range s.Progress {
		sum.Needed, sum.Done = sum.Needed+p.Needed, sum.Done+p.Done
		sum.Accepted, sum.InReview = sum.Accepted+p.Accepted, sum.InReview+p.InReview
	}
	return sum
}

// AllAccepted reports whether accepted hours alone fill every bucket (G-22); of a Staged standing.
func (s Standing) AllAccepted() bool {
	return len(s.Progress) > 0 && !slices.ContainsFunc(s.Progress, func(p Progress) bool { return !p.Full() })
}

// NotSubmitted is what of Done is handed in to nobody, in seconds; of a Staged standing.
func (p Progress) NotSubmitted() int { return max(0, p.Done-p.Accepted-p.InReview) }

// Full reports whether accepted hours alone are enough; of a Staged standing.
func (p Progress) Full() bool { return p.Accepted >= p.Needed }
