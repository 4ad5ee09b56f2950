package hours

import (
	"slices"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/state"
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

// Event is what happens to a record.
type Event string

// The events of a record.
const (
	Submit     Event = "submit"    // handed in: for the first time, mended, or again as it is
	TakeBack   Event = "take-back" // before anybody decided
	Accept     Event = "accept"
	Return     Event = "return"
	Withdraw   Event = "withdraw"
	Edit       Event = "edit"
	EditByFile Event = "edit-by-file" // a row of a sheet that is taken in says it otherwise
	Remove     Event = "remove"
)

// way is the way of a record. What was accepted once is never removed.
var way = state.New(
	[]State{Entered, Submitted, Accepted, Returned, Withdrawn},
	[]Event{Submit, TakeBack, Accept, Return, Withdraw, Edit, EditByFile, Remove},
	[]state.Step[State, Event]{
		{From: Entered, On: Submit, To: Submitted},
		{From: Entered, On: Edit, To: Entered},
		{From: Entered, On: EditByFile, To: Entered},
		{From: Entered, On: Remove, To: ""},
		{From: Submitted, On: TakeBack, To: Entered},
		{From: Submitted, On: Accept, To: Accepted},
		{From: Submitted, On: Return, To: Returned},
		{From: Submitted, On: EditByFile, To: Entered},
		{From: Accepted, On: Withdraw, To: Withdrawn},
		{From: Returned, On: Submit, To: Submitted},
		{From: Returned, On: Edit, To: Entered},
		{From: Returned, On: EditByFile, To: Entered},
		{From: Returned, On: Remove, To: ""},
		{From: Withdrawn, On: Submit, To: Submitted},
		{From: Withdrawn, On: Edit, To: Entered},
		{From: Withdrawn, On: EditByFile, To: Entered},
	})

// next is the state that follows, or why none does.
func (s State) next(e Event) (State, error) {
	if next, may := way.Next(s, e); may {
		return next, nil
	}
	changes := e == Edit || e == Remove
	switch {
	case e == TakeBack:
		return s, ErrNotSubmitted.With(s.key())
	case changes && s == Submitted:
		return s, ErrTakeBackFirst
	case changes && s == Accepted:
		return s, ErrWithdrawFirst
	case e == Remove:
		return s, ErrKept
	}
	return s, ErrWrongState.With(s.key(), way.Leads(e).key())
}

// key is how a state is worded.
func (s State) key() string { return "hours.state." + string(s) }

func (rec *Record) move(e Event) error {
	next, err := rec.State.next(e)
	if err != nil {
		return err
	}
	rec.State = next
	rec.Version++
	return nil
}

// Submit hands the record in for review, which is due after Rules.ReviewDays working days (G-20).
func (rec *Record) Submit(today, due day.Date) error {
	if err := rec.move(Submit); err != nil {
		return err
	}
	rec.undecided()
	rec.SubmittedOn, rec.Due = today, due
	return nil
}

// TakeBack makes a submitted record a draft again, as long as nobody has decided it.
func (rec *Record) TakeBack() error {
	if err := rec.move(TakeBack); err != nil {
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
	if err := rec.move(Accept); err != nil {
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
	case !slices.Contains(codes, reason):
		return ErrUnknownReason.With(codes)
	}
	return text.Remark.Check(note)
}

// Return gives the record back to be mended, with a coded reason; "other" needs a note.
func (rec *Record) Return(reason, note string, by id.Login, at time.Time) error {
	if err := coded(reason, note, Reasons, ErrNeedsReason); err != nil {
		return err
	}
	if err := rec.move(Return); err != nil {
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
	if err := rec.move(Withdraw); err != nil {
		return err
	}
	rec.Reason, rec.Note, rec.DecidedBy, rec.DecidedAt = reason, note, by, at
	return nil
}
