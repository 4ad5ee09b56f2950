package hours

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/text"
)

// Faults of reviewing.
var (
	ErrWrongState     = fault.New(fault.Refused, "hours.wrong-state")
	ErrNotSubmitted   = fault.New(fault.Refused, "hours.not-submitted")
	ErrWithdrawReason = fault.New(fault.Refused, "hours.withdraw-reason")
	ErrNeedsReason    = fault.New(fault.Refused, "hours.needs-reason")
	ErrUnknownReason  = fault.New(fault.Refused, "hours.unknown-reason") // figure: the codes there are
	ErrMixReason      = fault.New(fault.Refused, "hours.mix-reason")
)

// moves says which state may follow which.
var moves = map[State][]State{
	Entered:   {Submitted, Entered},          // edited
	Submitted: {Accepted, Returned, Entered}, // taken back
	Returned:  {Submitted, Entered},          // mended, or sent again as it is
	Accepted:  {Withdrawn},
	Withdrawn: {Submitted, Entered}, // mended, or sent again as it is
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
	rec.undecided()
	rec.SubmittedOn, rec.Due = today, due
	return nil
}

// TakeBack makes a submitted record a draft again, as long as nobody has decided it.
func (rec *Record) TakeBack() error {
	if rec.State != Submitted {
		return ErrNotSubmitted.With("hours.state." + string(rec.State))
	}
	if err := rec.move(Entered); err != nil {
		return err
	}
	rec.undecided()
	return nil
}

// undecided forgets what was said of an earlier version; its history keeps it.
func (rec *Record) undecided() {
	rec.SubmittedOn, rec.Due, rec.DecidedAt, rec.DecidedBy, rec.Reason, rec.Note = 0, 0, time.Time{}, "", "", ""
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

// coded refuses a reason that is none of those with their names, and with needs no reason at all or
// an "other" of which nothing is said.
func coded(reason, note string, codes []string, needs error) error {
	switch {
	case reason == "", reason == "other" && note == "":
		return needs
	case !contains(codes, reason):
		return ErrUnknownReason.With(codes)
	}
	return text.Remark.Check(note)
}

// Return gives the record back to be mended, with a coded reason; "other" needs a note.
func (rec *Record) Return(reason, note string, by id.Login, at time.Time) error {
	if err := coded(reason, note, Reasons, ErrNeedsReason); err != nil {
		return err
	}
	if err := rec.move(Returned); err != nil {
		return err
	}
	rec.Reason, rec.Note, rec.DecidedBy, rec.DecidedAt = reason, note, by, at
	return nil
}

// WithdrawReasons are the coded reasons for withdrawing a record, in the order they are offered;
// worded as "hours.reason.<code>".
var WithdrawReasons = []string{"accepted-in-error", "wrong-person", "wrong-mark", "wrong-minutes", "wrong-date", "evidence-false", "other"}

// Withdraw takes an accepted record out of what counts, with a coded reason; "other" needs a note.
// A certificate over it is then to be revoked.
func (rec *Record) Withdraw(reason, note string, by id.Login, at time.Time) error {
	if err := coded(reason, note, WithdrawReasons, ErrWithdrawReason); err != nil {
		return err
	}
	if err := rec.move(Withdrawn); err != nil {
		return err
	}
	rec.Reason, rec.Note, rec.DecidedBy, rec.DecidedAt = reason, note, by, at
	return nil
}
