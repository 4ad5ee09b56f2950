package hours

import (
	"slices"
	"time"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Faults of mending what was entered.
var (
	ErrTakeBackFirst = fault.New(fault.Refused, "hours.take-back-first")
	ErrWithdrawFirst = fault.New(fault.Refused, "hours.withdraw-first")
	ErrNothingEdited = fault.New(fault.Refused, "hours.nothing-edited")
	ErrKept          = fault.New(fault.Refused, "hours.kept")
	ErrLikeThere     = fault.New(fault.Refused, "hours.like-there")
)

// Stands reports whether a record takes part in the standing: neither returned nor withdrawn.
func (rec Record) Stands() bool { return rec.State != Returned && rec.State != Withdrawn }

// MayEdit says why a record can't be mended as it stands; nil if it can.
func (rec Record) MayEdit() error {
	_, err := rec.State.next(Edit)
	return err
}

// MayRemove says why a record can't be removed; nil if it can. What was accepted once stays, since
// lists and certificates may rest on it.
func (rec Record) MayRemove() error {
	_, err := rec.State.next(Remove)
	return err
}

// Edit is rec as e says it, a draft again; whose it is and where it came from stay. already is what
// that day counts without it, in seconds.
func (r Rules) Edit(rec Record, e Entry, already int, today day.Date) (Record, error) {
	if err := rec.MayEdit(); err != nil {
		return rec, err
	}
	return r.mend(rec, Edit, e, already, today)
}

// mend is rec as e says it, by that event: a row of a sheet may mend what is submitted as well.
func (r Rules) mend(rec Record, by Event, e Entry, already int, today day.Date) (Record, error) {
	e.Learner, e.Enrolment, e.Source = rec.Learner, rec.Enrolment, rec.Source
	if len(Differences(rec.Entry, e)) == 0 {
		return rec, ErrNothingEdited
	}
	if err := r.check(e, already, today); err != nil {
		return rec, err
	}
	if err := rec.move(by); err != nil {
		return rec, err
	}
	rec.undecided()
	rec.Entry = e
	return rec, nil
}

// Differences names what two entries say otherwise, as columns are named: course, kind, specialty,
// mode, hours, paid-on, on, mark, evidence.
func Differences(was, now Entry) (list []string) {
	for _, d := range []struct {
		field string
		other bool
	}{
		{"course", was.Course != now.Course}, {"kind", was.Kind != now.Kind}, {"specialty", was.Specialty != now.Specialty},
		{"mode", was.Mode != now.Mode}, {"hours", was.Seconds != now.Seconds}, {"paid-on", was.PaidOn != now.PaidOn},
		{"on", was.On != now.On}, {"mark", was.HasMark != now.HasMark || was.HasMark && was.MarkTenths != now.MarkTenths},
		{"evidence", was.Evidence != now.Evidence},
	} {
		if d.other {
			list = append(list, d.field)
		}
	}
	return list
}

// Former is a record as it stood before a change: which, by whom and when.
type Former struct {
	Record
	Act act.Act
	By  id.Login
	At  time.Time
}

// Authors are the logins that wrote what a record says: who entered it, and who changed it since.
// Submitting, taking back and returning write nothing.
func Authors(rec Record, former []Former) []id.Login {
	list := []id.Login{rec.EnteredBy}
	for _, f := range former {
		if f.Act == act.EditHours || f.Act == act.ImportHours {
			list = append(list, f.By)
		}
	}
	return list
}

// OwnReview reports whether a record was accepted by somebody who wrote it.
func OwnReview(rec Record, former []Former) bool {
	return rec.State == Accepted && rec.DecidedBy != "" && slices.Contains(Authors(rec, former), rec.DecidedBy)
}
