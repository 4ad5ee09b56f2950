package model

import (
	"context"
	"maps"

	"xuezheng/data/access"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// ReviewService decides records.
type ReviewService interface {
	Waiting(limit int) (rows []ReviewRow, waiting, overdue int, err error)
	// Unsubmitted is how many records nobody has handed in, and how many people's they are.
	Unsubmitted() (records, people int, err error)
	// Accept and Return decide a record as it was seen, in that version.
	Accept(r id.Record, seen int) error
	Return(r id.Record, reason, note string, seen int) error
	// Effect is the line of the record in its learner's ledger: whether it counts, and why.
	Effect(r hours.Record) (hours.Line, error)
}

// HoursReview is the queue of records to review, what is due first in front.
type HoursReview struct {
	Screen
	Queue            Table[ReviewRow]
	Waiting, Overdue int
	Unsubmitted      int // records that nobody has handed in: they come here only then
	Today            day.Date
	Filter           string // "", "overdue", "today", "week"
	Reason           Choice
	Note             Text
	Decided          int // since the queue was opened
	Loaded           bool
	Only             id.Person          // whose records alone are shown; none for everyone's
	Open             func(id.Person)    // opens a person's file
	Effect           *LedgerRow         // of the chosen record, once it is known
	marked           map[id.Record]bool // to be accepted together
	effectOf         id.Record
	all              []ReviewRow
	service          ReviewService
}

// NewHoursReview opens the queue, of one person's records only if p is someone.
func NewHoursReview(service ReviewService, p id.Person, today day.Date, run Run) *HoursReview {
	m := &HoursReview{Screen: NewScreen(run), Today: today, service: service, Only: p, marked: map[id.Record]bool{}}
	options := make([]Option, len(hours.Reasons))
	for i, r := range hours.Reasons {
		options[i] = Option{r, "hours.reason." + r}
	}
	m.Reason.Offer(options...)
	m.Reason.OnChange(m.Changed)
	m.Note.OnChange(m.Changed)
	m.Load()
	return m
}

// longest is how many records the queue shows at once.
const longest = 500

// Load reads the queue anew; what was chosen stays chosen by its place.
func (m *HoursReview) Load() {
	var rows []ReviewRow
	var waiting, overdue, drafts int
	m.Do(func() (err error) {
		if rows, waiting, overdue, err = m.service.Waiting(longest); err == nil {
			drafts, _, err = m.service.Unsubmitted()
		}
		return err
	}, func() {
		m.all, m.Waiting, m.Overdue, m.Unsubmitted, m.Loaded = rows, waiting, overdue, drafts, true
		m.apply(max(0, m.Queue.Selected()))
	})
}

// apply shows what the filter lets through and chooses a place in it.
func (m *HoursReview) apply(at int) {
	var rows []ReviewRow
	for _, r := range m.all {
		if m.passes(r) {
			rows = append(rows, r)
		}
	}
	m.Queue.Show(rows)
	m.Queue.Select(min(at, len(rows)-1))
	m.look()
}

// look asks what the chosen record does in its learner's ledger.
func (m *HoursReview) look() {
	row, ok := m.Queue.Row()
	if !ok || m.effectOf == row.Record.ID {
		return
	}
	of := row.Record
	m.Effect, m.effectOf = nil, of.ID
	var l hours.Line
	m.runner()(func() (err error) { l, err = m.service.Effect(of); return err }, func(err error) {
		if err == nil && m.effectOf == of.ID && !m.gone {
			r := ledgerRow(l)
			m.Effect = &r
			m.Changed()
		}
	})
}

func (m *HoursReview) passes(r ReviewRow) bool {
	if m.Only != "" && r.Record.Learner != m.Only {
		return false
	}
	switch m.Filter {
	case "overdue":
		return r.DaysLeft < 0
	case "today":
		return r.DaysLeft == 0
	case "week":
		return r.DaysLeft >= 0 && r.DaysLeft <= 5
	}
	return true
}

// Count is how many rows a filter lets through.
func (m *HoursReview) Count(filter string) (n int) {
	was := m.Filter
	m.Filter = filter
	for _, r := range m.all {
		if m.passes(r) {
			n++
		}
	}
	m.Filter = was
	return n
}

// Show sets the filter.
func (m *HoursReview) Show(filter string) {
	m.Filter = filter
	m.apply(0)
	m.Changed()
}

// Choose chooses the record to decide.
func (m *HoursReview) Choose(i int) {
	m.Queue.Select(i)
	m.Changed()
	m.look()
}

// Empty says why nothing is shown: "filter" or "only" where others wait, "drafts" where something is
// still to be handed in, "all" where everything is reviewed.
func (m *HoursReview) Empty() string {
	switch {
	case m.Waiting > 0 && m.Only != "" && m.Filter == "":
		return "only"
	case m.Waiting > 0:
		return "filter"
	case m.Unsubmitted > 0:
		return "drafts"
	}
	return "all"
}

// Everyone shows everyone's records again.
func (m *HoursReview) Everyone() {
	m.Only = ""
	m.apply(0)
	m.Changed()
}

// Marked reports whether a record is marked to be accepted with others.
func (m *HoursReview) Marked(r id.Record) bool { return m.marked[r] }

// Marks is how many records are marked.
func (m *HoursReview) Marks() int { return len(m.marked) }

// Mark marks the chosen record, or takes the mark off, and goes on to the next.
func (m *HoursReview) Mark() {
	row, ok := m.Queue.Row()
	if !ok {
		return
	}
	if m.marked[row.Record.ID] || row.Barred {
		delete(m.marked, row.Record.ID)
	} else {
		m.marked[row.Record.ID] = true
	}
	m.Choose(min(m.Queue.Selected()+1, len(m.Queue.Rows)-1))
}

// MarkAll marks every record shown, or takes all marks off.
func (m *HoursReview) MarkAll() {
	if len(m.marked) > 0 {
		clear(m.marked)
	} else {
		for _, r := range m.Queue.Rows {
			m.marked[r.Record.ID] = !r.Barred
		}
		maps.DeleteFunc(m.marked, func(_ id.Record, marked bool) bool { return !marked })
	}
	m.Changed()
}

// AcceptMarked accepts every marked record, after a question.
func (m *HoursReview) AcceptMarked() {
	if m.Busy() || len(m.marked) == 0 {
		return
	}
	var list []hours.Record
	for _, r := range m.all {
		if m.marked[r.Record.ID] {
			list = append(list, r.Record)
		}
	}
	m.Ask("hours.review.all-marked", func() {
		done := 0
		m.DoLong("hours.review.accepting", func(ctx context.Context, report func(done, of int)) error {
			for _, r := range list {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := m.service.Accept(r.ID, r.Version); err != nil {
					return err
				}
				done++
				report(done, len(list))
			}
			return nil
		}, func() {
			clear(m.marked)
			m.Decided += done
			m.Load()
		})
	}, len(list))
}

// Key does what a single key means: A accepts, digits choose a reason and R returns, J and K or
// the arrows go on and back, Space marks, E opens the file. It reports whether the key means
// anything here.
func (m *HoursReview) Key(k string) bool {
	switch at := m.Queue.Selected(); k {
	case "A":
		m.Accept()
	case "R":
		m.Return()
	case "J", "Down":
		m.Choose(min(at+1, len(m.Queue.Rows)-1))
	case "K", "Up":
		m.Choose(max(at-1, 0))
	case "M", "Space":
		m.Mark()
	case "E", "Return":
		if row, ok := m.Queue.Row(); ok && m.Open != nil {
			m.Open(row.Record.Learner)
		}
	default:
		return m.reasonKey(k)
	}
	return true
}

// reasonKey chooses a reason by its digit, 1 for the first.
func (m *HoursReview) reasonKey(k string) bool {
	if len(k) != 1 || k[0] < '1' || int(k[0]-'1') >= len(m.Reason.Options()) {
		return false
	}
	m.Reason.Set(m.Reason.Options()[k[0]-'1'].Value)
	return true
}

// CanAccept reports whether a record is chosen that may be accepted by whoever looks, and nothing is
// under way.
func (m *HoursReview) CanAccept() bool {
	row, ok := m.Queue.Row()
	return ok && !row.Barred && !m.Busy()
}

// CanReturn needs a reason as well; "other" needs a note.
func (m *HoursReview) CanReturn() bool {
	_, ok := m.Queue.Row()
	return ok && !m.Busy() && m.Reason.Index() >= 0 && (m.Reason.Value() != "other" || !m.Note.Empty())
}

// Accept accepts the chosen record; the next one stands ready.
func (m *HoursReview) Accept() {
	row, ok := m.Queue.Row()
	if !ok || m.Busy() {
		return
	}
	if row.Barred {
		m.Refuse(access.ErrOwnWork)
		return
	}
	delete(m.marked, row.Record.ID)
	m.Do(func() error { return m.service.Accept(row.Record.ID, row.Record.Version) }, m.decided)
}

// Return gives the chosen record back with its reason.
func (m *HoursReview) Return() {
	if !m.CanReturn() {
		return
	}
	row, _ := m.Queue.Row()
	reason, note := m.Reason.Value(), m.Note.Value()
	m.Do(func() error { return m.service.Return(row.Record.ID, reason, note, row.Record.Version) }, func() {
		m.Reason.Set("")
		m.Note.Set("")
		m.decided()
	})
}

// decided counts a decision. What was asked about several stands for what was there before it.
func (m *HoursReview) decided() {
	m.No()
	m.Decided++
	m.Load()
}
