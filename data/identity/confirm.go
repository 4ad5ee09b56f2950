package identity

import (
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// State is how far someone's identity is confirmed (身份确认).
type State string

// The states of a person's identity.
const (
	Preregistered State = "preregistered" // 预注册: declared, not yet confirmed (H-04)
	PhotoReady    State = "photo-ready"   // an ID photo that fits the standard is kept
	Confirmed     State = "confirmed"
	SentBack      State = "returned" // with coded reasons and what to mend
)

// Event is what happens to someone's identity.
type Event string

// The events of confirmation.
const (
	PhotoFits    Event = "photo-fits"
	ClerkConfirm Event = "clerk-confirms" // on site, originals seen
	ClerkReturn  Event = "clerk-returns"
	DataChanged  Event = "data-changed" // name or number corrected after confirmation
)

// steps is the way of confirming on site, as a table.
var steps = []struct {
	from State
	on   Event
	to   State
}{
	{Preregistered, PhotoFits, PhotoReady},
	{SentBack, PhotoFits, PhotoReady},
	{PhotoReady, PhotoFits, PhotoReady},
	{PhotoReady, ClerkConfirm, Confirmed},
	{Preregistered, ClerkReturn, SentBack},
	{PhotoReady, ClerkReturn, SentBack},
	{SentBack, ClerkReturn, SentBack},
	{Confirmed, DataChanged, Confirmed},
}

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
	for _, step := range steps {
		if step.from == s && step.on == e {
			return step.to, nil
		}
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
	"document-expired", "document-missing", "other",
}

// Way is how someone was confirmed.
type Way string

// OnSite is confirmation at the desk, originals seen. Online confirmation has its own.
const OnSite Way = "on-site"

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
}

// Confirm decides that this person is who they say: the photo fits, and the identity document
// was seen in the original.
func Confirm(s State, d Decision) (State, Decision, error) {
	next, err := Next(s, ClerkConfirm)
	if err != nil {
		return s, d, err
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
		if !knownReason(r) {
			return s, d, ErrUnknownReason
		}
		if r == "other" && d.Note == "" {
			return s, d, ErrNeedsReason
		}
	}
	next, err := Next(s, ClerkReturn)
	if err != nil {
		return s, d, err
	}
	d.Outcome = next
	return next, d, nil
}

func knownReason(r Reason) bool {
	for _, x := range Reasons {
		if x == r {
			return true
		}
	}
	return false
}
