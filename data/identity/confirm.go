package identity

import (
	"cmp"
	"slices"
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/state"
	"xuezheng/data/text"
)

// State is how far someone's identity is confirmed (身份确认).
type State = state.Identity

// The states of a person's identity.
const (
	Preregistered = state.Preregistered
	PhotoReady    = state.PhotoReady
	Submitted     = state.Submitted
	MustCome      = state.MustCome
	Confirmed     = state.Confirmed
	SentBack      = state.SentBack
)

// Event is what happens to someone's identity.
type Event string

// The events of confirmation.
const (
	PhotoFits     Event = "photo-fits"
	Mended        Event = "mended"          // what was sent back for is put right, and the photo is there
	OnlineDone    Event = "online-done"     // every step of H-14
	OnlineGivenUp Event = "online-given-up" // the last try failed, or comparing faces is not wanted
	ClerkConfirm  Event = "clerk-confirms"
	ClerkReturn   Event = "clerk-returns"
	DataChanged   Event = "data-changed" // name or number corrected after confirmation
)

// confirming is the way of confirming, in the order someone comes through it.
var confirming = state.New(
	[]State{Preregistered, PhotoReady, Submitted, MustCome, SentBack, Confirmed},
	[]Event{PhotoFits, Mended, OnlineDone, OnlineGivenUp, ClerkConfirm, ClerkReturn, DataChanged},
	[]state.Step[State, Event]{
		{From: Preregistered, On: PhotoFits, To: PhotoReady},
		{From: SentBack, On: PhotoFits, To: PhotoReady},
		{From: PhotoReady, On: PhotoFits, To: PhotoReady},
		{From: MustCome, On: PhotoFits, To: MustCome},
		{From: SentBack, On: Mended, To: PhotoReady},
		{From: PhotoReady, On: OnlineDone, To: Submitted},
		{From: PhotoReady, On: OnlineGivenUp, To: MustCome},
		{From: PhotoReady, On: ClerkConfirm, To: Confirmed},
		{From: Submitted, On: ClerkConfirm, To: Confirmed},
		{From: MustCome, On: ClerkConfirm, To: Confirmed},
		{From: Preregistered, On: ClerkReturn, To: SentBack},
		{From: PhotoReady, On: ClerkReturn, To: SentBack},
		{From: Submitted, On: ClerkReturn, To: SentBack},
		{From: MustCome, On: ClerkReturn, To: SentBack},
		{From: SentBack, On: ClerkReturn, To: SentBack},
		{From: Confirmed, On: DataChanged, To: Confirmed},
	})

// Faults of confirming.
var (
	ErrNotNow        = fault.New(fault.Refused, "identity.not-now")
	ErrNoPhoto       = fault.New(fault.Refused, "identity.no-photo")
	ErrConfirmed     = fault.New(fault.Refused, "identity.confirmed-already")
	ErrNoOriginal    = fault.New(fault.Refused, "identity.no-original")
	ErrNeedsReason   = fault.New(fault.Refused, "identity.needs-reason")
	ErrUnknownReason = fault.New(fault.Refused, "identity.unknown-reason")
)

// Next is the state that follows, or why none does.
func Next(s State, e Event) (State, error) {
	if next, may := confirming.Next(s, e); may {
		return next, nil
	}
	switch {
	case s == Confirmed:
		return s, ErrConfirmed
	case e == ClerkConfirm:
		return s, ErrNoPhoto
	}
	return s, ErrNotNow.With(string(s))
}

// Original is a document seen in the hand (原件).
type Original string

// The originals a clerk may have seen.
const (
	ResidentCard     Original = "resident-card"
	ResidencePermit  Original = "residence-permit"
	ForeignerCard    Original = "foreigner-card"
	Passport         Original = "passport"
	RegistrationCert Original = "registration-certificate"
	QualificationCer Original = "qualification-certificate"
	DiplomaOriginal  Original = "diploma"
)

// Originals lists them, identity documents first.
var Originals = []Original{ResidentCard, ResidencePermit, ForeignerCard, Passport, RegistrationCert, QualificationCer, DiplomaOriginal}

// proves reports whether the original says who someone is.
func (o Original) proves() bool {
	return o == ResidentCard || o == ResidencePermit || o == ForeignerCard || o == Passport
}

// Reason is a coded reason for sending someone back; worded as "identity.reason.<code>", with
// what to mend under its hint.
type Reason string

// Reasons in the order they are offered; "other" needs a note.
var Reasons = []Reason{
	"photo-not-self", "photo-too-old", "photo-quality", "name-differs", "number-differs",
	"document-expired", "document-missing", "face-differs", "not-alive", "other",
}

// OfPhoto reports whether the photo is what has to be mended.
func (r Reason) OfPhoto() bool {
	return r == "photo-not-self" || r == "photo-too-old" || r == "photo-quality"
}

// Way is how someone was confirmed.
type Way string

// The ways: on site, originals seen in the hand, at a desk or under a kiosk's camera; online, by
// what was sent.
const (
	OnSite Way = "on-site"
	Online Way = "online"
	Kiosk  Way = "kiosk" // on site, by the person alone: the card was read, the face compared
)

// Decision is a confirmation or a return as it is kept: how it was checked, against which
// document, by whom, when, on which machine; never a bare "verified" (Confirming a person, 5).
type Decision struct {
	Person    id.Person
	Outcome   State // Confirmed or SentBack
	Way       Way
	Originals []Original
	Reasons   []Reason
	Note      string
	By        id.Login
	At        time.Time
	Machine   string
	Venue     id.Venue // where, if at a venue
	Try       id.Try   // the try that was looked at, if online
}

// Confirm decides that this person is who they say: the photo fits, and the identity document
// was seen in the original; or, of someone who was confirmed online step by step, whoever decides
// looked at what was sent.
func Confirm(s State, d Decision) (State, Decision, error) {
	next, err := Next(s, ClerkConfirm)
	if err = cmp.Or(err, text.Remark.Check(d.Note)); err != nil {
		return s, d, err
	}
	if s == Submitted && d.Way == Online && d.Try != "" {
		d.Outcome = next
		return next, d, nil
	}
	for _, o := range d.Originals {
		if o.proves() {
			d.Outcome = next
			return next, d, nil
		}
	}
	return s, d, ErrNoOriginal
}

// SendBack decides that something has to be mended first.
func SendBack(s State, d Decision) (State, Decision, error) {
	if len(d.Reasons) == 0 {
		return s, d, ErrNeedsReason
	}
	for _, r := range d.Reasons {
		if !slices.Contains(Reasons, r) {
			return s, d, ErrUnknownReason.With(Reasons)
		}
		if r == "other" && d.Note == "" {
			return s, d, ErrNeedsReason
		}
	}
	next, err := Next(s, ClerkReturn)
	if err = cmp.Or(err, text.Remark.Check(d.Note)); err != nil {
		return s, d, err
	}
	d.Outcome = next
	return next, d, nil
}
