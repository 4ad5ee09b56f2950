package identity

import "xuezheng/data/fault"

// Faults of an institution's own weights for comparing faces.
var (
	ErrWeights      = fault.New(fault.Refused, "identity.face.weights")
	ErrWeightsLarge = fault.New(fault.Refused, "identity.face.weights-large") // figure: the most, in MB
	ErrLikeness     = fault.New(fault.Refused, "identity.face.likeness")      // figure: the greatest distance
)

// NotFitted are the zones of weights that nobody has fitted figures to: whatever the distance, a
// person must look. The figures of other weights say nothing about these.
var NotFitted = Likeness{Alike: -1, Unlike: farthest}

// farthest is the greatest distance two faces can have.
const farthest = 2

// Check refuses zones that are none. Both figures are 0 for NotFitted.
func (l Likeness) Check() (Likeness, error) {
	switch {
	case l == Likeness{}, l == NotFitted:
		return NotFitted, nil
	case !(l.Alike > 0) || !(l.Unlike >= l.Alike) || !(l.Unlike <= farthest):
		return NotFitted, ErrLikeness.With(farthest)
	}
	return l, nil
}
