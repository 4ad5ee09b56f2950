package hours

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Faults of reviewing.
var (
	ErrWrongState  = fault.New(fault.Refused, "hours.wrong-state")
	ErrNeedsReason = fault.New(fault.Refused, "hours.needs-reason")
	ErrMixReason   = fault.New(fault.Refused, "hours.mix-reason")
)

// moves says which state may follow which.
var moves = map[State][]State{
	Entered:   {Submitted},
	Submitted: {Accepted, Returned},
	Returned:  {Submitted}, // after mending
}

func (rec *Record) move(to State) error {
	for _, s := range moves[rec.State] {
		if s == to {
			rec.State = to
			rec.Version++
			return nil
		}
	}
	return ErrWrongState.With("hours.state."+string(rec.State), "hours.state."+string(to))
}

// Submit hands the record in for review, which is due after Rules.ReviewDays working days (G-20).
func (rec *Record) Submit(today, due day.Date) error {
	if err := rec.move(Submitted); err != nil {
		return err
	}
	rec.SubmittedOn, rec.Due, rec.Reason, rec.Note = today, due, "", ""
	return nil
}

// Accept lets the record count for certificates and lists.
func (rec *Record) Accept(by id.Login, at time.Time) error {
	if err := rec.move(Accepted); err != nil {
		return err
	}
	rec.DecidedBy, rec.DecidedAt = by, at
	return nil
}

// Reasons for returning a record, in the order they are offered; worded as "hours.reason.<code>".
var Reasons = []string{"no-evidence", "wrong-course", "wrong-minutes", "wrong-date", "not-attended", "other"}

// Return gives the record back to be mended, with a coded reason; "other" needs a note.
func (rec *Record) Return(reason, note string, by id.Login, at time.Time) error {
	if !contains(Reasons, reason) || reason == "other" && note == "" {
		return ErrNeedsReason
	}
	if err := rec.move(Returned); err != nil {
		return err
	}
	rec.Reason, rec.Note, rec.DecidedBy, rec.DecidedAt = reason, note, by, at
	return nil
}
