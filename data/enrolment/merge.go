package enrolment

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/state"
	"xuezheng/data/text"
)

// Faults of several numbers of one person (H-06).
var (
	ErrNoTicket      = fault.New(fault.Missing, "enrolment.no-ticket")
	ErrTicketLocked  = fault.New(fault.Refused, "enrolment.ticket-locked")
	ErrNoneChosen    = fault.New(fault.Refused, "enrolment.ticket-none-chosen")
	ErrOtherDistrict = fault.New(fault.Refused, "enrolment.other-district")
	ErrMergeItself   = fault.New(fault.Refused, "enrolment.merge-itself")
	ErrMergeNothing  = fault.New(fault.Refused, "enrolment.merge-nothing")
	ErrMergePeople   = fault.New(fault.Refused, "enrolment.merge-people")
	ErrMarkCourse    = fault.New(fault.Refused, "enrolment.mark-course")
	ErrMarkPoints    = fault.New(fault.Refused, "enrolment.mark-points")
	ErrMarkElsewhere = fault.New(fault.Refused, "enrolment.mark-elsewhere")
	ErrMergeClosed   = fault.New(fault.Refused, "enrolment.merge-closed")
	ErrMergeStale    = fault.New(fault.Refused, "enrolment.merge-stale")
	ErrMergeReason   = fault.New(fault.Refused, "enrolment.merge-reason")
	ErrMergeOpen     = fault.New(fault.Refused, "enrolment.merge-open")
	ErrMarkDay       = fault.New(fault.Refused, "enrolment.mark-day")

	ErrNoticeUnconfirmed = fault.New(fault.Refused, "enrolment.exam-notice-unconfirmed")
)

// Choose locks one of a person's numbers, for good; the others in that programme wait for their
// marks to be merged (H-06). tickets are the person's; they come back in the same order. A person
// with a single number may lock it too.
func Choose(tickets []Ticket, number string) ([]Ticket, error) {
	at := slices.IndexFunc(tickets, func(t Ticket) bool { return plain(t.Number) == plain(number) })
	if at < 0 {
		return nil, ErrNoTicket
	}
	chosen, err := tickets[at].happens(TicketChosen)
	if err != nil {
		return nil, err
	}
	after := slices.Clone(tickets)
	for i, t := range after {
		switch {
		case t.Person != chosen.Person:
			return nil, ErrMergePeople
		case t.Programme != chosen.Programme:
		case i == at:
			after[i] = chosen
		default:
			if after[i], err = t.happens(OtherChosen); err != nil {
				return nil, err
			}
		}
	}
	return after, nil
}

// InUse is the number a person uses in a programme: the one that was chosen, or the only one.
// With several and none chosen there is none (H-06). tickets are the person's.
func InUse(tickets []Ticket, programme string) (Ticket, error) {
	var usable []Ticket
	for _, t := range tickets {
		switch {
		case t.Programme != programme, !t.Usable():
		case t.State == TicketLocked:
			return t, nil
		default:
			usable = append(usable, t)
		}
	}
	switch len(usable) {
	case 0:
		return Ticket{}, ErrNoTicket
	case 1:
		return usable[0], nil
	}
	return Ticket{}, ErrNoneChosen
}

// UseDistrict refuses an examination district other than that of the chosen number, and any as
// long as one of several has to be chosen (H-06). A single number that was never chosen among
// others is bound to no district. tickets are the person's.
func UseDistrict(tickets []Ticket, programme, district string) error {
	t, err := InUse(tickets, programme)
	if err != nil {
		return err
	}
	if t.State == TicketLocked && t.District != district {
		return ErrOtherDistrict.With(t.District)
	}
	return nil
}

// ForNotice is the number an exam notice is printed for: that in use, of someone whose identity is
// confirmed, for the notice carries their photo (H-17, H-18).
func ForNotice(confirmed bool, tickets []Ticket, programme string) (Ticket, error) {
	if !confirmed {
		return Ticket{}, ErrNoticeUnconfirmed
	}
	return InUse(tickets, programme)
}

// Mark is one result in one course of the examination, under the number it was sat with.
type Mark struct {
	Course     string // its code in the examination plan (课程代码)
	CourseName string
	Tenths     int // tenths of a point, 0 to 1500: 60.5 points are 605
	Passed     bool
	SatOn      day.Date // empty if not known
	Ticket     string   // number
	Exempt     bool     // recognised without sitting (免考); it settles the course as a pass does
}

// maxTenths is 150 points, the most any paper gives.
const maxTenths = 1500

// Check refuses a mark that no examination gives.
func (m Mark) Check(today day.Date) error {
	switch {
	case strings.TrimSpace(m.Course) == "" || len(m.Course) > 32 || len([]rune(m.CourseName)) > 100:
		return ErrMarkCourse
	case m.Tenths < 0 || m.Tenths > maxTenths:
		return ErrMarkPoints.With(maxTenths / 10)
	case m.SatOn.After(today):
		return ErrMarkDay
	}
	return cmp.Or(day.Sat.Check(m.SatOn, today), text.Short.Check(m.Course), text.CourseName.Check(m.CourseName))
}

// MergeRule is why one mark was taken before the next best; worded as "enrolment.merge.<code>".
type MergeRule string

// The rules, in the order they are asked; the first that tells two marks apart decides (H-06).
// With the first three, a pass is never lost: neither to a fail nor to an exemption.
const (
	RulePass       MergeRule = "pass-before-fail"
	RuleExempt     MergeRule = "exempt"             // an exemption before a fail
	RulePassExempt MergeRule = "pass-before-exempt" // a pass that was sat, with its points
	RuleHigher     MergeRule = "higher"             // more points
	RuleEarlier    MergeRule = "earlier"            // sat earlier; a day not known comes last
	RuleSame       MergeRule = "same"               // they say the same: the chosen number's own, else the lower number's
	RuleOnlyOne    MergeRule = "only-one"           // nothing to choose
)

// MergeRow is one course: what stands under each number, the chosen one first, and which is taken.
type MergeRow struct {
	Course     string
	CourseName string
	Marks      []Mark
	Taken      Mark
	Rule       MergeRule
}

// MergeState is where a merge stands; worded as "enrolment.merge-state.<code>".
type MergeState string

// The states of a merge. Neither of the last two has a way out; undone, a new one may be proposed.
const (
	MergeProposed MergeState = "proposed"
	MergeApproved MergeState = "approved"
	MergeUndone   MergeState = "undone"
)

// MergeEvent is what happens to a merge.
type MergeEvent string

// The events of a merge.
const (
	ApproveMerge MergeEvent = "approve"
	UndoMerge    MergeEvent = "undo"
)

// mergeWay is the way of a merge.
var mergeWay = state.New(
	[]MergeState{MergeProposed, MergeApproved, MergeUndone},
	[]MergeEvent{ApproveMerge, UndoMerge},
	[]state.Step[MergeState, MergeEvent]{
		{From: MergeProposed, On: ApproveMerge, To: MergeApproved},
		{From: MergeProposed, On: UndoMerge, To: MergeUndone},
	})

// next is the state that follows, or that none does.
func (s MergeState) next(e MergeEvent) (MergeState, error) {
	if next, may := mergeWay.Next(s, e); may {
		return next, nil
	}
	return s, ErrMergeClosed
}

// Merge is a proposal to bring the marks under a person's other numbers to the chosen one.
type Merge struct {
	ID        string // given by who keeps it
	Person    id.Person
	Programme string
	Keep      string   // the chosen number
	Others    []string // void once this is approved
	Rows      []MergeRow
	State     MergeState
	Proposer  id.Login `json:",omitempty"` // none for what older programs kept
	By        id.Login // who approved or undid it
	At        time.Time
	Why       string // why it was undone
	Version   int
}

// Preview proposes a merge into keep, which is chosen and locked, and shows both sides of every
// course (H-06). marks are all that stand under those numbers, and no others. What comes out does
// not depend on the order of marks or others; rows are in the order of course codes.
func Preview(keep Ticket, others []Ticket, marks []Mark) (Merge, error) {
	spelled, err := mergeable(keep, others)
	if err != nil {
		return Merge{}, err
	}
	m := Merge{Person: keep.Person, Programme: keep.Programme, Keep: keep.Number, State: MergeProposed, Version: 1}
	for _, t := range others {
		m.Others = append(m.Others, t.Number)
	}
	slices.Sort(m.Others)
	courses := map[string][]Mark{}
	for _, mark := range marks {
		var here bool
		mark.Course = strings.TrimSpace(mark.Course)
		mark.Ticket, here = spelled[plain(mark.Ticket)]
		switch {
		case !here:
			return Merge{}, ErrMarkElsewhere
		case mark.Course == "":
			return Merge{}, ErrMarkCourse
		case mark.Tenths < 0, mark.Tenths > maxTenths:
			return Merge{}, ErrMarkPoints.With(maxTenths / 10)
		}
		mark.Passed = mark.Passed || mark.Exempt
		courses[mark.Course] = append(courses[mark.Course], mark)
	}
	for _, marks := range courses {
		m.Rows = append(m.Rows, m.row(marks))
	}
	slices.SortFunc(m.Rows, func(a, b MergeRow) int { return cmp.Compare(a.Course, b.Course) })
	return m, nil
}

// mergeable refuses numbers that can't be merged: nobody's marks may come to someone else. It
// returns each number as it is spelled, under its plain form.
func mergeable(keep Ticket, others []Ticket) (map[string]string, error) {
	if keep.State != TicketLocked {
		return nil, ErrNoneChosen
	}
	if len(others) == 0 {
		return nil, ErrMergeNothing
	}
	spelled := map[string]string{plain(keep.Number): keep.Number}
	for _, t := range others {
		switch {
		case t.Person != keep.Person, t.Programme != keep.Programme:
			return nil, ErrMergePeople
		case t.State == TicketVoid:
			return nil, ErrTicketVoid
		case spelled[plain(t.Number)] != "":
			return nil, ErrMergeItself
		}
		spelled[plain(t.Number)] = t.Number
	}
	return spelled, nil
}

// row decides one course.
func (m *Merge) row(marks []Mark) MergeRow {
	marks = slices.Clone(marks)
	slices.SortFunc(marks, func(a, b Mark) int {
		_, order := m.compare(a, b)
		return order
	})
	r := MergeRow{Course: marks[0].Course, CourseName: marks[0].CourseName, Marks: marks, Taken: marks[0], Rule: RuleOnlyOne}
	if len(marks) > 1 {
		r.Rule, _ = m.compare(marks[0], marks[1])
	}
	slices.SortStableFunc(r.Marks, m.sides)
	return r
}

// compare is negative if a is taken before b, and says by which rule. Marks that differ in
// anything never compare as equal, so that the order they came in decides nothing.
func (m *Merge) compare(a, b Mark) (MergeRule, int) {
	for _, by := range []struct {
		rule  MergeRule
		order int
	}{
		{worthier(a, b), cmp.Compare(worth(b), worth(a))},
		{RuleHigher, cmp.Compare(b.Tenths, a.Tenths)},
		{RuleEarlier, cmp.Compare(knownFirst(a.SatOn), knownFirst(b.SatOn))},
		{RuleSame, m.sides(a, b)},
		{RuleSame, cmp.Compare(a.CourseName, b.CourseName)},
	} {
		if by.order != 0 {
			return by.rule, by.order
		}
	}
	return RuleSame, 0
}

// sides puts the chosen number first, then the others as they count.
func (m *Merge) sides(a, b Mark) int {
	if (a.Ticket == m.Keep) != (b.Ticket == m.Keep) {
		if a.Ticket == m.Keep {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.Ticket, b.Ticket)
}

// worth is 2 for a pass that was sat, 1 for an exemption, 0 for a fail.
func worth(m Mark) int {
	switch {
	case m.Exempt:
		return 1
	case m.Passed:
		return 2
	}
	return 0
}

// worthier is the rule by which a stands before b, if it is worth more.
func worthier(a, b Mark) MergeRule {
	switch {
	case a.Exempt:
		return RuleExempt
	case b.Exempt:
		return RulePassExempt
	}
	return RulePass
}

func knownFirst(d day.Date) day.Date {
	if d.IsZero() {
		return day.MustNew(9999, 12, 31)
	}
	return d
}

// Marks are those that stand under the chosen number after the merge, in the order of course
// codes. Under which number each was sat stays in its row.
func (m Merge) Marks() []Mark {
	marks := make([]Mark, len(m.Rows))
	for i, r := range m.Rows {
		marks[i] = r.Taken
		marks[i].Ticket = m.Keep
	}
	return marks
}

// Undo takes a proposal back, with the reason; nothing has changed by it so far (H-06).
func (m Merge) Undo(why string, by id.Login, at time.Time) (Merge, error) {
	next, err := m.State.next(UndoMerge)
	switch {
	case err != nil:
		return m, err
	case strings.TrimSpace(why) == "":
		return m, ErrMergeReason
	}
	if err := text.Reason.Check(why); err != nil {
		return m, err
	}
	m.State, m.Why, m.By, m.At = next, why, by, at
	m.Version++
	return m, nil
}

// Approve makes the merge final: the other numbers are void for ever (H-06). tickets and marks
// are what stands now, as given to Preview; if that is no longer what was previewed, it must be looked
// at again, lest a pass that came in between be lost. The tickets come back in the same order.
func (m Merge) Approve(tickets []Ticket, marks []Mark, by id.Login, at time.Time) (Merge, []Ticket, error) {
	next, err := m.State.next(ApproveMerge)
	if err != nil {
		return m, nil, err
	}
	var keep Ticket
	var others []Ticket
	after := slices.Clone(tickets)
	for i, t := range tickets {
		switch {
		case t.Number == m.Keep:
			keep = t
		case slices.Contains(m.Others, t.Number):
			if after[i], err = t.happens(TicketMerged); err != nil {
				return m, nil, ErrMergeStale.Because(err)
			}
			after[i].MergedInto = m.Keep
			others = append(others, t)
		}
	}
	now, err := Preview(keep, others, marks)
	if err != nil {
		return m, nil, ErrMergeStale.Because(err)
	}
	if now.Person != m.Person || !slices.Equal(now.Others, m.Others) || !slices.EqualFunc(now.Rows, m.Rows, sameRow) {
		return m, nil, ErrMergeStale
	}
	m.State, m.By, m.At = next, by, at
	m.Version++
	return m, after, nil
}

func sameRow(a, b MergeRow) bool {
	return a.Course == b.Course && a.Taken == b.Taken && a.Rule == b.Rule && slices.Equal(a.Marks, b.Marks)
}
