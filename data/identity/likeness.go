package identity

import "xuezheng/data/fault"

// Zone says what the figure of a face comparison is worth. It orders a person's work and warns;
// nobody is refused by it alone.
type Zone string

// The zones. Look is also the answer wherever there is no figure, or one that can't be relied on.
const (
	Alike  Zone = "alike"
	Look   Zone = "look" // a person must look
	Unlike Zone = "unlike"
)

// Likeness are the figures of the zones, as distances between two faces, 0 to 2.
type Likeness struct {
	Alike  float64 // up to here two faces are alike
	Unlike float64 // beyond here they are unlike
}

// DefaultLikeness holds until an institution has fitted figures of its own: docs/IDENTITY.md says
// on what they were measured.
var DefaultLikeness = Likeness{Alike: 0.85, Unlike: 1.05}

// Zone is the zone of a distance; sure is false where it is not certain whose faces were compared.
func (l Likeness) Zone(distance float64, sure bool) Zone {
	switch {
	case !sure || !(distance >= 0):
		return Look
	case distance <= l.Alike:
		return Alike
	case distance > l.Unlike:
		return Unlike
	}
	return Look
}

// Discernible says whether a face is sharp enough for its figure to be worth anything: two pictures
// of one person, one of them far out of focus, may be as far apart as two people.
func Discernible(sharp float64) bool { return sharp >= DefaultPhotoLimits.Sharp[1] }

// Faults of comparing.
var (
	ErrNoFace     = fault.New(fault.Refused, "identity.face.none")
	ErrNoNetworks = fault.New(fault.Broken, "identity.face.networks")
)

// Figure is what comparing two faces gave; without one the distance is negative.
type Figure struct {
	Distance float64
	Zone     Zone
}

// Worst is the zone that wants a person's eyes most: unlike before look before alike. A person must
// look wherever a figure is lacking.
func Worst(figures ...Figure) Zone {
	worst := Alike
	for _, f := range figures {
		switch {
		case f.Zone == Unlike && f.Distance >= 0:
			return Unlike
		case f.Zone != Alike || f.Distance < 0:
			worst = Look
		}
	}
	if len(figures) == 0 {
		return Look
	}
	return worst
}
