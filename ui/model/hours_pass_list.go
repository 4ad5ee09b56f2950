package model

import (
	"context"
	"fmt"

	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// PassService makes a month's list and its certificates.
type PassService interface {
	PassList(year, month int) (hours.PassList, error)
	// PublishPassList publishes it; again says that it was published before, and is as it was.
	PublishPassList(year, month int) (list hours.PassList, again bool, err error)
	// DrawPassList writes the list as a PDF or, by the end of its name, as a spreadsheet.
	DrawPassList(list hours.PassList, name string) ([]byte, error)
	// IssueMonth issues a certificate to everyone of the month who has none yet, and saves each in a
	// folder of the month; saved are the files.
	IssueMonth(ctx context.Context, year, month int, languages string, report func(done, of int)) (rows []BatchRow, saved []string, err error)
	Print(path string) error
}

// HoursPassList is a month's list, and the certificates of that month in one go.
type HoursPassList struct {
	Screen
	Year, Month int
	List        hours.PassList
	Loaded      bool
	Languages   Choice
	Batch       []BatchRow // what became of each, once the batch has run
	Saved       []string   // the certificates it made
	Ran, Broke  bool       // the batch has run; it was stopped before its end
	Printed     int
	Kept        string
	May         bool // whoever is signed in may publish lists
	Again       bool // it was published before, by another desk say
	Today       day.Date
	results     map[id.Person]BatchRow
	service     PassService
	files       Files
}

// NewHoursPassList opens the list of a month.
func NewHoursPassList(service PassService, files Files, year, month int, today day.Date, run Run) *HoursPassList {
	m := &HoursPassList{Screen: NewScreen(run), Year: year, Month: month, Today: today, service: service, files: files}
	m.Languages.Offer(Option{"zh", "certificate.in-chinese"}, Option{"zh,en", "certificate.in-both"})
	m.Languages.Set("zh")
	m.Load()
	return m
}

// Load reads the month's list.
func (m *HoursPassList) Load() {
	year, month := m.Year, m.Month
	var list hours.PassList
	m.Do(func() (err error) { list, err = m.service.PassList(year, month); return err }, func() {
		if m.Year == year && m.Month == month {
			m.List, m.Loaded = list, true
		}
	})
}

// Step goes to the month before or after; there is none after today's.
func (m *HoursPassList) Step(by int) {
	if m.Busy() {
		return
	}
	at := day.MustNew(m.Year, m.Month, 1).AddMonths(by)
	if by > 0 && at.After(m.Today) {
		return
	}
	m.Year, m.Month = at.Year(), at.Month()
	m.Loaded, m.List, m.Batch, m.Saved, m.results, m.Ran, m.Broke, m.Printed, m.Kept, m.Again = false, hours.PassList{}, nil, nil, nil, false, false, 0, "", false
	m.Load()
}

// CanStep reports whether there is such a month to go to.
func (m *HoursPassList) CanStep(by int) bool {
	return !m.Busy() && (by < 0 || !day.MustNew(m.Year, m.Month, 1).AddMonths(by).After(m.Today))
}

// Standing is where the list stands, as coded: preview, wait (over, but not its day yet), due, published;
// worded as "hours.pass-list.<code>" with its hint.
func (m *HoursPassList) Standing() string {
	switch {
	case m.List.State == hours.Over && m.List.CanPublish(m.Today):
		return "due"
	case m.List.State == hours.Over:
		return "wait"
	}
	return string(m.List.State)
}

// CanPublish reports whether the list may be published now, by whoever is signed in.
func (m *HoursPassList) CanPublish() bool {
	return m.May && m.Loaded && !m.Busy() && m.Standing() == "due"
}

// Publish publishes the list after a question (G-21).
func (m *HoursPassList) Publish() {
	if !m.CanPublish() {
		return
	}
	year, month := m.Year, m.Month
	m.Ask("hours.pass-list.ask", func() {
		var list hours.PassList
		var again bool
		m.Do(func() (err error) { list, again, err = m.service.PublishPassList(year, month); return err }, func() {
			if m.Year == year && m.Month == month {
				m.List, m.Again = list, again
			}
		})
	}, year, month, m.List.People())
}

// CanKeep reports whether there is a list to keep as a file: one without anybody, too, once it is published.
func (m *HoursPassList) CanKeep() bool {
	return m.Loaded && !m.Busy() && (len(m.List.Rows) > 0 || m.List.State == hours.Published)
}

// CanIssue reports whether there is anyone to issue to.
func (m *HoursPassList) CanIssue() bool { return m.Loaded && !m.Busy() && len(m.List.Rows) > 0 }

// Issue issues the month's certificates after a question. It may be stopped and gone on with:
// whoever has one is left out.
func (m *HoursPassList) Issue() {
	if !m.CanIssue() {
		return
	}
	m.Ask("certificate.batch.ask", m.issue, len(m.List.Rows))
}

func (m *HoursPassList) issue() {
	year, month, languages := m.Year, m.Month, m.Languages.Value()
	m.DoLong("certificate.batch.working", func(ctx context.Context, report func(done, of int)) error {
		rows, saved, err := m.service.IssueMonth(ctx, year, month, languages, report)
		broke := err != nil
		m.runner()(func() error { return nil }, func(error) { m.ran(rows, saved, broke) })
		return err
	}, nil)
}

// ran notes what a batch did, whether it came to its end or not.
func (m *HoursPassList) ran(rows []BatchRow, saved []string, broke bool) {
	if m.results == nil {
		m.results = map[id.Person]BatchRow{}
	}
	for _, r := range rows {
		m.results[r.Person] = r
	}
	m.Batch, m.Saved, m.Ran, m.Broke = rows, append(m.Saved, saved...), true, broke
	m.Changed()
}

// Result is what a batch did for one person of the list.
func (m *HoursPassList) Result(p id.Person) (r BatchRow, ok bool) {
	r, ok = m.results[p]
	return r, ok
}

// Counts are how many certificates the last batch issued, and how many it could not.
func (m *HoursPassList) Counts() (issued, refused int) {
	for _, r := range m.Batch {
		if r.Err != nil {
			refused++
		} else {
			issued++
		}
	}
	return issued, refused
}

// CanPrint reports whether there are certificates to print.
func (m *HoursPassList) CanPrint() bool { return !m.Busy() && len(m.Saved) > m.Printed }

// Print sends what was issued to the printer, one after another; it goes on where it stopped.
func (m *HoursPassList) Print() {
	if !m.CanPrint() {
		return
	}
	list, from := m.Saved, m.Printed
	m.DoLong("certificate.batch.printing", func(ctx context.Context, report func(done, of int)) error {
		for i := from; i < len(list); i++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := m.service.Print(list[i]); err != nil {
				return err
			}
			report(i+1, len(list))
			m.runner()(func() error { return nil }, func(error) { m.Printed = max(m.Printed, i+1) })
		}
		return nil
	}, nil)
}

// Keep keeps the list as a file of that ending.
func (m *HoursPassList) Keep(ending string) {
	if !m.CanKeep() {
		return
	}
	list, name := m.List, fmt.Sprintf("%04d-%02d.%s", m.Year, m.Month, ending)
	var b []byte
	m.Do(func() (err error) { b, err = m.service.DrawPassList(list, name); return err }, func() {
		m.files.Keep(name, b, func(path string, err error) {
			m.Kept = path
			m.Refuse(err)
		})
	})
}
