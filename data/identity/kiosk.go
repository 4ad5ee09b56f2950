package identity

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
