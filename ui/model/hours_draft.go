package model

import (
	"xuezheng/data/day"
	"xuezheng/data/id"
)

// DraftService hands in what is not submitted.
type DraftService interface {
	// Drafts are the first records that nobody has handed in, how many there are in all, and how many
	// people's they are.
	Drafts(limit int) (rows []DraftRow, records, people int, err error)
	// SubmitRecords hands in those of them that still can be, and says by when they are decided.
	SubmitRecords(list []id.Record) (Submitted, error)
	// SubmitOf hands in all of one person's, SubmitAll all of everyone's.
	SubmitOf(p id.Person) (Submitted, error)
	SubmitAll() (Submitted, error)
}

// HoursDrafts is the list of records that are not submitted: all are handed in together, or one
// person's, or those that are marked.
type HoursDrafts struct {
	Screen
	Queue           Table[DraftRow]
	Records, People int // in all, whether shown or not
	Today           day.Date
	Loaded          bool
	Done            Submitted       // the last that was handed in here
	Open            func(id.Person) // opens a person's file
	marked          map[id.Record]bool
	service         DraftService
}

// NewHoursDrafts opens the list.
func NewHoursDrafts(service DraftService, today day.Date, run Run) *HoursDrafts {
	m := &HoursDrafts{Screen: NewScreen(run), Today: today, service: service, marked: map[id.Record]bool{}}
	m.Load()
	return m
}

// mostDrafts is how many records the list shows at once; all of them are counted and handed in.
const mostDrafts = 2000

// Load reads the list anew; marks of what is gone are taken off.
func (m *HoursDrafts) Load() {
	var rows []DraftRow
	var records, people int
	m.Do(func() (err error) { rows, records, people, err = m.service.Drafts(mostDrafts); return err }, func() {
		m.Records, m.People, m.Loaded = records, people, true
		left := map[id.Record]bool{}
		for _, r := range rows {
			if m.marked[r.Record.ID] {
				left[r.Record.ID] = true
			}
		}
		m.marked = left
		at := max(0, m.Queue.Selected())
		m.Queue.Show(rows)
		m.Queue.Select(min(at, len(rows)-1))
	})
}

// Choose chooses a record; its person's are then offered together.
func (m *HoursDrafts) Choose(i int) {
	m.Queue.Select(i)
	m.Changed()
}

// Mark marks the chosen record, or takes the mark off, and goes on to the next.
func (m *HoursDrafts) Mark() {
	row, ok := m.Queue.Row()
	if !ok {
		return
	}
	if m.marked[row.Record.ID] {
		delete(m.marked, row.Record.ID)
	} else {
		m.marked[row.Record.ID] = true
	}
	m.Choose(min(m.Queue.Selected()+1, len(m.Queue.Rows)-1))
}

// MarkAt marks a record where it stands, or takes the mark off.
func (m *HoursDrafts) MarkAt(i int) {
	m.Choose(i)
	m.Mark()
	m.Choose(i)
}

// Marked reports whether a record is marked.
func (m *HoursDrafts) Marked(r id.Record) bool { return m.marked[r] }

// Marks is how many records are marked.
func (m *HoursDrafts) Marks() int { return len(m.marked) }

// Of is how many of the records shown are the chosen person's.
func (m *HoursDrafts) Of() (name string, n int) {
	row, ok := m.Queue.Row()
	if !ok {
		return "", 0
	}
	for _, r := range m.Queue.Rows {
		if r.Record.Learner == row.Record.Learner {
			n++
		}
	}
	return row.Name, n
}

// CanSubmit reports whether there is anything to hand in.
func (m *HoursDrafts) CanSubmit() bool { return !m.Busy() && m.Records > 0 }

// CanSubmitMarked reports whether anything is marked.
func (m *HoursDrafts) CanSubmitMarked() bool { return !m.Busy() && len(m.marked) > 0 }

// CanSubmitOf reports whether a record, and so a person, is chosen.
func (m *HoursDrafts) CanSubmitOf() bool {
	_, ok := m.Queue.Row()
	return ok && !m.Busy()
}

// SubmitMarked hands in what is marked, no more.
func (m *HoursDrafts) SubmitMarked() {
	if !m.CanSubmitMarked() {
		return
	}
	var list []id.Record
	for _, r := range m.Queue.Rows {
		if m.marked[r.Record.ID] {
			list = append(list, r.Record.ID)
		}
	}
	m.submit(func() (Submitted, error) { return m.service.SubmitRecords(list) })
}

// SubmitOf hands in everything of the chosen person.
func (m *HoursDrafts) SubmitOf() {
	if row, ok := m.Queue.Row(); ok && m.CanSubmitOf() {
		m.submit(func() (Submitted, error) { return m.service.SubmitOf(row.Record.Learner) })
	}
}

// SubmitAll hands in everything of everyone, after a question.
func (m *HoursDrafts) SubmitAll() {
	if m.CanSubmit() {
		m.Ask("hours.drafts.all-ask", func() { m.submit(m.service.SubmitAll) }, m.Records, m.People)
	}
}

func (m *HoursDrafts) submit(how func() (Submitted, error)) {
	var done Submitted
	m.No()
	m.Do(func() (err error) { done, err = how(); return err }, func() {
		m.Done = done
		m.Load()
	})
}

// Key does what a single key means: J and K or the arrows go on and back, Space marks, E opens the
// file. It reports whether the key means anything here.
func (m *HoursDrafts) Key(k string) bool {
	switch at := m.Queue.Selected(); k {
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
		return false
	}
	return true
}
