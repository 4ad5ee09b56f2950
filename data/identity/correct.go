package identity

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/state"
	"xuezheng/data/text"
)

// RequestKind is what someone asks to have changed.
type RequestKind string

// What can be asked for.
const (
	PhotoChange  RequestKind = "photo"  // G-17
	NameChange   RequestKind = "name"   // G-18
	NumberChange RequestKind = "number" // G-18
)

// RequestState is where a request stands.
type RequestState string

// The states of a request.
const (
	Asked    RequestState = "asked"    // a data change whose paper is not here yet
	Received RequestState = "received" // the clock runs
	Granted  RequestState = "granted"
	Declined RequestState = "declined"
)

// RequestEvent is what happens to a request.
type RequestEvent string

// The events of a request.
const (
	PaperCame RequestEvent = "paper-came" // the sealed application is here (G-18)
	Grant     RequestEvent = "grant"
	Decline   RequestEvent = "decline"
)

// requests is the way of a request; a photo's begins where the clock runs.
var requests = state.New(
	[]RequestState{Asked, Received, Granted, Declined},
	[]RequestEvent{PaperCame, Grant, Decline},
	[]state.Step[RequestState, RequestEvent]{
		{From: Asked, On: PaperCame, To: Received},
		{From: Received, On: Grant, To: Granted},
		{From: Received, On: Decline, To: Declined},
	})

// next is the state that follows, or that none does.
func (s RequestState) next(e RequestEvent) (RequestState, error) {
	if next, may := requests.Next(s, e); may {
		return next, nil
	}
	return s, ErrRequestState
}

// The four pictures a photo change needs (G-17).
const (
	PictureSelfWithCard = "self-with-card"
	PicturePortraitSide = "portrait-side"
	PictureCertificate  = "certificate"
	PicturePhoto        = "photo"
)

// PhotoChangePictures lists them.
var PhotoChangePictures = []string{PictureSelfWithCard, PicturePortraitSide, PictureCertificate, PicturePhoto}

// Request is a change of photo or of data (资料变更). Old and new value are both kept, sealed.
type Request struct {
	ID         id.Request
	Person     id.Person
	Kind       RequestKind
	State      RequestState
	Old, New   string
	Pictures   map[string]id.Picture
	AskedAt    time.Time
	AskedBy    id.Login // none for what older programs kept
	ReceivedOn day.Date // the clock starts here
	Due        day.Date // decided by then
	DecidedAt  time.Time
	DecidedBy  id.Login
	Reason     string
	Version    int
}

// Rules are the figures of changes, filled from a policy pack.
type Rules struct {
	PhotoChangeDays   int // working days (G-17)
	DataChangeDays    int // working days, from receipt (G-18)
	PhotoMaxAgeMonths int // G-17
	Confirming        Confirming
}

// Faults of changes.
var (
	ErrPictureMissing = fault.New(fault.Refused, "identity.picture-missing")
	ErrPhotoTooOld    = fault.New(fault.Refused, "identity.photo-too-old")
	ErrRequestState   = fault.New(fault.Refused, "identity.request-state")
	ErrSameValue      = fault.New(fault.Refused, "identity.same-value")
	ErrRequestKind    = fault.New(fault.Refused, "identity.request-kind")
)

// WorkingDays is what changes need to know of the calendar.
type WorkingDays interface {
	AddWorking(d day.Date, n int) (day.Date, bool)
}

// AskPhoto is a request for another photo: all four pictures are required, the photo no older
// than half a year, and it is decided within so many working days (G-17).
func (r Rules) AskPhoto(p id.Person, pictures map[string]id.Picture, taken, today day.Date, cal WorkingDays) (Request, error) {
	for _, kind := range PhotoChangePictures {
		if pictures[kind] == "" {
			return Request{}, ErrPictureMissing.With("identity.picture." + kind)
		}
	}
	if !taken.IsZero() && taken.Before(today.AddMonths(-r.PhotoMaxAgeMonths)) {
		return Request{}, ErrPhotoTooOld.With(r.PhotoMaxAgeMonths)
	}
	due, _ := cal.AddWorking(today, r.PhotoChangeDays)
	return Request{
		ID: id.New[id.Request](), Person: p, Kind: PhotoChange, State: Received,
		Pictures: pictures, ReceivedOn: today, Due: due, Version: 1,
	}, nil
}

// AskData is a request for another name or number. The clock starts only when the clerk records
// receipt of the sealed application (G-18).
func (r Rules) AskData(p id.Person, kind RequestKind, old, new string) (Request, error) {
	switch {
	case kind != NameChange && kind != NumberChange:
		return Request{}, ErrRequestKind
	case new == "" || old == new:
		return Request{}, ErrSameValue
	}
	return Request{ID: id.New[id.Request](), Person: p, Kind: kind, State: Asked, Old: old, New: new, Version: 1}, nil
}

// Receive records that the paper is here (G-18).
func (r Rules) Receive(q Request, on day.Date, cal WorkingDays) (Request, error) {
	next, err := q.State.next(PaperCame)
	if err != nil {
		return q, err
	}
	q.State, q.ReceivedOn = next, on
	q.Due, _ = cal.AddWorking(on, r.DataChangeDays)
	q.Version++
	return q, nil
}

// Decide grants or declines what was received; declining needs a reason.
func (q Request) Decide(grant bool, reason string, by id.Login, at time.Time) (Request, error) {
	event := Grant
	if !grant {
		event = Decline
	}
	next, err := q.State.next(event)
	switch {
	case err != nil:
		return q, err
	case !grant && reason == "":
		return q, ErrNeedsReason
	}
	if err := text.Reason.Check(reason); err != nil {
		return q, err
	}
	q.State = next
	q.Reason, q.DecidedBy, q.DecidedAt = reason, by, at
	q.Version++
	return q, nil
}
