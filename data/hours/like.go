package hours

import (
	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// Faults of a row that resembles records there are.
var (
	ErrAcceptedAlready = fault.New(fault.Refused, "hours.accepted-already")
	ErrWhichOne        = fault.New(fault.Refused, "hours.which-one")
	ErrTwiceADay       = fault.New(fault.Refused, "hours.twice-a-day")
)

// What a change does to what was reviewed; said before it is done.
var (
	NoteTakenBack = fault.New(fault.Refused, "hours.note.taken-back")
	NoteMended    = fault.New(fault.Refused, "hours.note.mended")
	NoteReturned  = fault.New(fault.Refused, "hours.note.returned")
	NoteWithdrawn = fault.New(fault.Refused, "hours.note.withdrawn")
	NoteGone      = fault.New(fault.Refused, "hours.note.gone")
)

// NoteOf says what there is to say of a record that a row finds as it is; nil for nothing.
func NoteOf(s State) *fault.Fault {
	switch s {
	case Returned:
		return NoteReturned
	case Withdrawn:
		return NoteGone
	}
	return nil
}

// SameCourse reports whether two entries are of one course: by name, kind, specialty and mode,
// within one enrolment.
func (e Entry) SameCourse(f Entry) bool {
	return e.Enrolment == f.Enrolment && e.Course == f.Course && e.Kind == f.Kind && e.Specialty == f.Specialty && e.Mode == f.Mode
}

// Says reports whether two entries say just the same of a course.
func (e Entry) Says(f Entry) bool {
	return e.SameCourse(f) && e.On == f.On && e.PaidOn == f.PaidOn && e.Seconds == f.Seconds && e.HasMark == f.HasMark && (!e.HasMark || e.MarkTenths == f.MarkTenths)
}

// Like reports whether f may be e corrected: one course, and the same day or the same hours.
func (e Entry) Like(f Entry) bool {
	return e.SameCourse(f) && (e.On == f.On || e.Seconds == f.Seconds)
}

// Unlike refuses an entry that says what a record says already, or that may be one corrected, unless
// it is another study of the course.
func Unlike(e Entry, there []Record, another bool) error {
	for _, rec := range there {
		if rec.Says(e) {
			return ErrSameTwice.With(rec.State.key(), rec.ID)
		}
	}
	for _, rec := range there {
		if !another && rec.Like(e) {
			return ErrLikeThere.With(rec.On, rec.State.key(), rec.ID)
		}
	}
	return nil
}

// Likeness is what is there for one course when a sheet is taken in.
type Likeness struct {
	Records []Record // of this course, none of them said by any row
	Rows    []Entry  // of the sheet, none of them said by any record; the row judged among them
	Repeats bool     // a row of another day is another study, not a correction
}

// Means says which record row corrects: nil for none, since it is new. Where several may be meant
// it is refused, and a person must say. A record of the same day is meant before one with the same
// hours; and each only if no other row of the sheet can mean it.
func (l Likeness) Means(row Entry) (*Record, error) {
	day, rows := l.onDay(row)
	switch {
	case len(day) == 1 && rows == 1:
		return day[0], nil
	case len(day) > 0:
		return nil, ErrWhichOne
	case l.Repeats:
		return nil, nil
	}
	var free, like []*Record
	for i := range l.Records {
		if !l.anyRowOn(l.Records[i].Entry) {
			free = append(free, &l.Records[i])
			if l.Records[i].Like(row) {
				like = append(like, &l.Records[i])
			}
		}
	}
	loose := 0
	for _, r := range l.Rows {
		if day, _ := l.onDay(r); len(day) == 0 && anyLike(free, r) {
			loose++
		}
	}
	switch {
	case len(like) == 0:
		return nil, nil
	case len(free) == 1 && loose == 1:
		return free[0], nil
	}
	return nil, ErrWhichOne
}

// onDay are the records of the row's day, and how many rows there are of that day.
func (l Likeness) onDay(row Entry) (records []*Record, rows int) {
	for i := range l.Records {
		if l.Records[i].On == row.On {
			records = append(records, &l.Records[i])
		}
	}
	for _, r := range l.Rows {
		if r.On == row.On {
			rows++
		}
	}
	return records, rows
}

func (l Likeness) anyRowOn(e Entry) bool {
	for _, r := range l.Rows {
		if r.On == e.On {
			return true
		}
	}
	return false
}

func anyLike(list []*Record, e Entry) bool {
	for _, rec := range list {
		if rec.Like(e) {
			return true
		}
	}
	return false
}

// Correct is rec as a row of a sheet has it, and what that does to what was reviewed: a draft stays
// one; what was submitted, returned or withdrawn is a draft again, to be submitted anew. What was
// accepted is not overwritten. already is what the day counts without rec, in seconds.
func (r Rules) Correct(rec Record, row Entry, already int, today day.Date) (Record, *fault.Fault, error) {
	note := map[State]*fault.Fault{Submitted: NoteTakenBack, Returned: NoteMended, Withdrawn: NoteWithdrawn}[rec.State]
	if rec.State == Accepted {
		return rec, nil, ErrAcceptedAlready.With(rec.On)
	}
	row.Evidence = rec.Evidence // sheets have none
	mended, err := r.mend(rec, EditByFile, row, already, today)
	return mended, note, err
}
