package identity

import (
	"time"

	"xuezheng/data/id"
)

// KioskOutcome is what came of someone's visit to a kiosk; worded as "identity.kiosk.<code>".
type KioskOutcome string

// The outcomes. A kiosk refuses nobody: what it can't decide, a clerk does.
const (
	KioskConfirmed KioskOutcome = "confirmed"
	KioskToClerk   KioskOutcome = "to-clerk"
)

// KioskFacts are what a kiosk knows of someone at the end of their visit.
type KioskFacts struct {
	State      State
	PhotoThere bool
	PhotoSeen  bool // a clerk held this very photo beside the person's card or its copy
	Chip       Zone // of the portrait on the card's chip beside the photo; Look if it couldn't be decoded
	CardRead   bool // the card itself, by a reader
	CardAgrees bool // its number and name with the records
	CardValid  bool // on that day
	FaceAgreed bool // to faces being compared (P-01)
	Present    bool // did before the camera what was asked, in time
	Zone       Zone // of the live picture beside the ID photo
	Staff      bool // a member of staff saw the original and said so with the PIN
}

// AtKiosk decides at a kiosk, and why not (a code worded as "identity.kiosk-why.<code>"). The
// person alone is confirmed only if the card itself was read and agrees, they did before the camera
// what was asked, and the faces are alike; and only if the photo is known to be theirs: a clerk held it
// beside their card, or the chip's portrait is like it. Else a photo uploaded for another and their
// card, borrowed, would be all it takes. In every other case a clerk looks, at the kiosk or at the desk.
func AtKiosk(f KioskFacts) (outcome KioskOutcome, why string) {
	if _, err := Next(f.State, ClerkConfirm); err != nil {
		if f.State == Confirmed {
			return KioskToClerk, "confirmed-already"
		}
		return KioskToClerk, "no-photo"
	}
	switch {
	case !f.PhotoThere:
		return KioskToClerk, "no-photo"
	case f.Staff:
		return KioskConfirmed, ""
	case !f.CardRead:
		return KioskToClerk, "card-not-read"
	case !f.CardAgrees:
		return KioskToClerk, "card-differs"
	case !f.CardValid:
		return KioskToClerk, "card-not-valid"
	case !f.PhotoSeen && f.Chip != Alike:
		return KioskToClerk, "photo-unseen"
	case !f.FaceAgreed:
		return KioskToClerk, "face-not-agreed"
	case !f.Present:
		return KioskToClerk, "not-present"
	case f.Zone != Alike:
		return KioskToClerk, "face-look"
	}
	return KioskConfirmed, ""
}

// KioskSaid is what a kiosk says of a visit, which only it can know.
type KioskSaid struct {
	CardRead, CardAgrees, CardValid bool
	Present                         bool
	Zone                            Zone
	Staff                           bool
	Photo                           string // SHA-256 of the photo that was compared with; empty if there was none
	At                              time.Time
}

// KioskKept is what is kept of the person where the results are taken in.
type KioskKept struct {
	State      State
	Photo      string // SHA-256 of the photo; empty if there is none
	PhotoSeen  bool
	FaceAgreed bool
	Original   Original   // by which their document is known
	Decided    []Decision // newest first
	First      bool       // something else comes first on their way
}

// KioskConflict is why a result of a kiosk has no effect, or not the whole of it; worded as
// "kiosk.conflict.<code>".
type KioskConflict string

// The conflicts.
const (
	ConflictGone     KioskConflict = "gone"         // the person was deleted
	ConflictStranger KioskConflict = "not-expected" // never had a place at that venue on that day
	ConflictRule     KioskConflict = "rule"         // the rule of AtKiosk would not have confirmed
	ConflictDecided  KioskConflict = "decided"      // somebody decided otherwise meanwhile
	ConflictNumber   KioskConflict = "number"       // confirmed, but the number on the slip can't be theirs
	ConflictFirst    KioskConflict = "first"        // something else comes first on their way
)

// Again asks AtKiosk, by which the kiosk decided, once more: with what only the kiosk can know by its word,
// and with everything else by what is kept here. A photo that was changed meanwhile is not the one that
// was compared with; who saw the original compared with none.
func (s KioskSaid) Again(k KioskKept) (outcome KioskOutcome, why string) {
	return AtKiosk(KioskFacts{
		State: k.State, PhotoThere: k.Photo != "" && (s.Staff || s.Photo == k.Photo), PhotoSeen: k.PhotoSeen, Chip: Look,
		CardRead: s.CardRead, CardAgrees: s.CardAgrees, CardValid: s.CardValid,
		FaceAgreed: k.FaceAgreed, Present: s.Present, Zone: s.Zone, Staff: s.Staff,
	})
}

// Confirm is the decision that a confirmation made at a kiosk becomes, or why it becomes none: next is the
// person's state then. Nobody of the institution decided it, so the way says how it came about: the kiosk
// alone, or somebody there who had the original in the hand. why is AtKiosk's, where the rule would not
// have confirmed.
func (s KioskSaid) Confirm(p id.Person, k KioskKept) (next State, d Decision, conflict KioskConflict, why string) {
	d = Decision{Person: p, Way: Kiosk, Originals: []Original{k.Original}, At: s.At}
	if s.Staff {
		d.Way = OnSite
	}
	next, d, no := Confirm(k.State, d)
	outcome, why := s.Again(k)
	switch {
	case no != nil, len(k.Decided) > 0 && !k.Decided[0].At.Before(s.At):
		return k.State, d, ConflictDecided, ""
	case outcome != KioskConfirmed:
		return k.State, d, ConflictRule, why
	case k.First:
		return k.State, d, ConflictFirst, ""
	}
	return next, d, "", ""
}
