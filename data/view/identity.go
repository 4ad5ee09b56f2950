package view

import (
	"image"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// ChangeRow is one change that was asked for.
type ChangeRow struct {
	Request      identity.Request
	Name         string
	MaskedNumber string
	DaysLeft     int // working days; counts once the clock runs
	Provisional  bool
}

// Running reports whether the clock runs.
func (r ChangeRow) Running() bool { return !r.Request.Due.IsZero() }

// WaitsForPaper reports whether the sealed application has not come yet.
func (r ChangeRow) WaitsForPaper() bool { return r.Request.State == identity.Asked }

// OfPhoto reports whether another photo was asked for.
func (r ChangeRow) OfPhoto() bool { return r.Request.Kind == identity.PhotoChange }

// Values are the old and the new value as they may be seen: a number only masked (P-06).
func (r ChangeRow) Values() (old, now string) {
	if r.Request.Kind == identity.NumberChange {
		return identity.Mask(r.Request.Old), identity.Mask(r.Request.New)
	}
	return r.Request.Old, r.Request.New
}

// ConfirmRow is one person whose identity waits to be confirmed.
type ConfirmRow struct {
	Person       id.Person
	Name         string
	MaskedNumber string
	State        identity.State
	Change       *ChangeRow // a change that was asked for, in the same queue (G-17, G-18); nil for a confirmation
}

// Same reports whether two rows are about the same matter.
func (r ConfirmRow) Same(o ConfirmRow) bool {
	if r.Person != o.Person || (r.Change == nil) != (o.Change == nil) {
		return false
	}
	return r.Change == nil || r.Change.Request.ID == o.Change.Request.ID
}

// ConfirmCase is what a clerk looks at before confirming someone.
type ConfirmCase struct {
	ConfirmRow
	Photo      []byte // JPEG; none is empty
	PhotoOn    day.Date
	PhotoSeen  bool // a clerk held it beside the card: a kiosk may confirm its person alone
	NumberKind identity.Kind
	Birth      day.Date
	Sex        identity.Sex
	Why        []*fault.Fault // what is wrong with the number
	Agrees     bool           // birth date and sex on record are those of the number
	Tries      int            // how often it was returned before
	Online     *OnlineTry     // what was sent online, if that is what is to be decided
	Lacking    []enrolment.MaterialStanding
	Faces      FaceWords
}

// OnlineTry is what somebody sent to be confirmed online.
type OnlineTry struct {
	Digits string // that were to be read aloud
	Sound  bool   // there is a recording of it
	Frames int    // key frames
	At     time.Time
	Apart  float64 // of the key frames among themselves, the farthest; 0 unknown
	Files  bool    // it was handed in as files: no camera watched the actions
}

// Portraits are the pictures of one person's face, side by side, and how far they are apart.
type Portraits struct {
	List    []Portrait
	Pairs   []PortraitPair
	Agreed  bool    // to faces being compared (P-01); without it there are no figures
	Alike   float64 // the limits of the zones, from the pack
	Unlike  float64
	Tickets bool // a ticket number is given with the confirmation
}

// Portrait is one of them: cut so that the heads are alike, and whole.
type Portrait struct {
	Kind      string // "card", "photo", "live"
	Cut, Full image.Image
	At        time.Time
}

// PortraitPair is how far two are apart; negative for no figure.
type PortraitPair struct {
	A, B     string
	Distance float64
	Zone     identity.Zone
}

// KeptMaterial is one material that was handed in, with whoever saw its original by name.
type KeptMaterial struct {
	ID string
	enrolment.Material
	SeenByName string
}

// Education is the earlier education someone gave, and the levels it supports.
type Education struct {
	enrolment.Education
	SeenByName string
	Levels     []enrolment.Level
}

// Slotted is a booked place.
type Slotted struct {
	Venue identity.Venue
	Slot  identity.Slot
}

// DecisionRow is a confirmation or a return as it was kept, in names.
type DecisionRow struct {
	identity.Decision
	ByName, VenueName string
}

// Confirming is everything about how someone is confirmed.
type Confirming struct {
	State       identity.State
	Photo       bool // an ID photo is kept
	Online      bool // the pack lets people be confirmed online
	MostTries   int
	Materials   []enrolment.MaterialStanding
	Kept        []KeptMaterial
	WarnDays    int // so long before it lapses, a material is warned of
	Education   *Education
	Levels      bool // the pack asks for earlier education
	Appointment *Slotted
	Free        []Slotted // slots with room in the days to come
	Tickets     []enrolment.Ticket
	TicketsUsed bool // the pack gives ticket numbers
	Tries       []identity.Try
	Decisions   []DecisionRow // newest first
	Faces       FaceWords     // of their face on other people's records
}

// HandedIn is one material as the desk takes it in.
type HandedIn struct {
	Kind, Code    string
	Picture       []byte
	Expires       day.Date
	Seen, Receipt bool
}

// The papers of confirming somebody.
const (
	SlipPaper   = "slip"
	NoticePaper = "notice"
)
