package identity

import (
	"slices"
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Others is whether somebody's face is looked for on other people's records. It is off unless the pack
// asks for it, and done only of whoever agreed to just that (P-01). What is found refuses nobody: a
// clerk looks.
type Others struct {
	Sought bool
	Within float64 // up to this distance the face is found; 0 to 2
}

// By is what holds for faces compared by those zones. Of weights of an institution's own the pack's
// figure says nothing: their own figure of alike counts, and where nobody has fitted any nothing is
// looked for.
func (o Others) By(zones Likeness, own bool) Others {
	switch {
	case !own:
		return o
	case zones == NotFitted:
		return Others{}
	}
	o.Within = zones.Alike
	return o
}

// Keeps reports whether the numbers of somebody's face may be kept, to be looked for: they agreed to it,
// and did not refuse that faces are compared at all.
func (o Others) Keeps(agreed, refusedAll bool) bool { return o.Sought && agreed && !refusedAll }

// Found reports whether two people's faces are so near that a clerk has to look.
func (o Others) Found(distance float64) bool {
	return o.Sought && distance >= 0 && distance <= o.Within
}

// FaceSeen is what a clerk says of a face that is on two records, as a code worded under
// "identity.face-seen.<code>".
type FaceSeen string

// What a clerk may say.
const (
	SeenTwins FaceSeen = "twins"       // or others of one family
	SeenSame  FaceSeen = "same-person" // two records of one person
	SeenOther FaceSeen = "other"       // two people who look alike
)

// FacesSeen lists the codes, in the order they are offered.
var FacesSeen = []FaceSeen{SeenTwins, SeenSame, SeenOther}

// Faults of a face that is on two records.
var (
	ErrFaceSeen     = fault.New(fault.Refused, "identity.face-seen-code")
	ErrNoSharedFace = fault.New(fault.Missing, "identity.no-shared-face")
)

// SharedFace is that one face is on two people's records, and what a clerk said of it.
type SharedFace struct {
	Person, Other     id.Person // in the order of their ids, so that a pair is one
	Distance          float64
	Clear             bool // both photos show one face, sharp enough for the figure to be worth anything
	Photo, OtherPhoto id.Picture
	FoundAt           time.Time
	Seen              FaceSeen // empty while nobody has looked
	SeenBy            id.Login
	SeenAt            time.Time
}

// Pair is a face found on two records, whichever was looked for.
func Pair(f SharedFace) SharedFace {
	if f.Other < f.Person {
		f.Person, f.Other, f.Photo, f.OtherPhoto = f.Other, f.Person, f.OtherPhoto, f.Photo
	}
	return f
}

// Beside is the other of the two.
func (f SharedFace) Beside(p id.Person) id.Person {
	if f.Person == p {
		return f.Other
	}
	return f.Person
}

// Open reports whether nobody has said anything of it.
func (f SharedFace) Open() bool { return f.Seen == "" }

// Say records what a clerk says of it. It may be said otherwise later.
func (f SharedFace) Say(why FaceSeen, by id.Login, at time.Time) (SharedFace, error) {
	if slices.Contains(FacesSeen, why) {
		f.Seen, f.SeenBy, f.SeenAt = why, by, at
		return f, nil
	}
	return f, ErrFaceSeen
}

// Outlives reports whether what was said holds when one of the photos is replaced: twins stay twins, and
// one person stays one. That two look alike was said of two photos; another one has to be looked at.
func (f SharedFace) Outlives() bool { return f.Seen == SeenTwins || f.Seen == SeenSame }
