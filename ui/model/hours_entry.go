package model

import (
	"errors"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// HoursService enters study hours.
type HoursService interface {
	// Enter writes a record down; what resembles one there is is refused, unless it is another study.
	Enter(e hours.Entry, another bool) (hours.Record, error)
	// Edit changes what a record says; seen is the version that was looked at.
	Edit(r id.Record, e hours.Entry, seen int) (hours.Record, error)
	// Record is one record with its history.
	Record(r id.Record) (RecordView, error)
	// Courses are those of the catalogue that begin so.
	Courses(query string) ([]hours.Course, error)
	// Effect is what a record does in its learner's ledger.
	Effect(r hours.Record) (hours.Line, error)
}

// HoursEntry is where the front desk writes down study hours, one after another.
type HoursEntry struct {
	Screen
	Course    Text
	Specialty Choice
	Kind      Choice
	Mode      Choice
	Hours     Text // 学时, as hours.Hundredths reads them
	On        Text
	Mark      Text                // none if empty
	Offered   Table[hours.Course] // of the catalogue, for what is being written
	Entered   []LedgerRow         // what was written down, with what it does
	asked     string
	taken     string // the course that was picked, of which no more is offered
	Person    PersonView
	Mending   *hours.Record // the record that is being changed; nil while a new one is written
	Like      *hours.Record // the record that what was written resembles, while it is asked about
	Edited    func()        // called once a change is kept, if set
	service   HoursService
	today     day.Date
}

// Faults of what is written on the form.
var (
	ErrNotADay  = fault.New(fault.Refused, "hours.entry.not-a-day")
	ErrNotAMark = fault.New(fault.Refused, "hours.entry.not-a-mark")
)

// NewHoursEntry writes down hours of one person.
func NewHoursEntry(service HoursService, p PersonView, today day.Date, run Run) *HoursEntry {
	m := &HoursEntry{Screen: NewScreen(run), Person: p, service: service, today: today}
	specialties := []Option{{p.Plan.Main, p.Plan.Main}}
	for _, s := range p.Plan.Added {
		specialties = append(specialties, Option{s, s})
	}
	m.Specialty.Offer(specialties...)
	m.Specialty.Set(p.Plan.Main)
	m.Kind.Offer(Option{string(hours.Required), "hours.kind.required"}, Option{string(hours.Elective), "hours.kind.elective"})
	m.Kind.Set(string(hours.Elective))
	m.Mode.Offer(Option{string(hours.Online), "hours.mode.online"}, Option{string(hours.FaceToFace), "hours.mode.face-to-face"})
	m.Mode.Set(string(hours.Online))
	m.On.Set(today.String())
	m.Course.OnChange(m.offer)
	for _, t := range []*Text{&m.Course, &m.Specialty.Text, &m.Kind.Text, &m.Mode.Text, &m.Hours, &m.On, &m.Mark} {
		t.OnChange(m.Changed)
	}
	return m
}

// CanSave reports whether the form is complete and nothing is under way.
func (m *HoursEntry) CanSave() bool {
	return !m.Busy() && !m.Course.Empty() && !m.Hours.Empty() && !m.On.Empty() && m.Specialty.Index() >= 0
}

// Save writes the record down; the form is then ready for the next.
func (m *HoursEntry) Save() {
	if !m.CanSave() {
		return
	}
	m.save(false)
}

// Another writes down what resembles a record there is: it is another study of the course.
func (m *HoursEntry) Another() { m.save(true) }

// ChangeThat makes what was written a change of the record it resembles.
func (m *HoursEntry) ChangeThat() {
	if m.Like != nil {
		m.Mending, m.Like = m.Like, nil
		m.save(false)
	}
}

// Mend takes a record into the form, to be changed.
func (m *HoursEntry) Mend(r hours.Record) {
	m.taken = r.Course // no courses are offered for it
	m.Course.Set(r.Course)
	m.Kind.Set(string(r.Kind))
	m.Mode.Set(string(r.Mode))
	if m.Specialty.Set(r.Specialty); m.Specialty.Index() < 0 {
		m.Specialty.Offer(append(m.Specialty.Options(), Option{r.Specialty, r.Specialty})...)
	}
	m.Hours.Set(m.Person.PerHour.Text(r.Seconds))
	m.On.Set(r.On.String())
	m.Mark.Set("")
	if r.HasMark {
		m.Mark.Set(hours.MarkText(r.MarkTenths))
	}
	m.Mending, m.Like = &r, nil
	m.Refuse(nil)
}

// Leave it: the record that was being changed stays as it was, and a new one can be written.
func (m *HoursEntry) Drop() {
	m.Mending, m.Like = nil, nil
	m.Course.Set("")
	m.Mark.Set("")
	m.Refuse(nil)
}

func (m *HoursEntry) save(another bool) {
	e, ok := m.read()
	if !ok || m.Busy() {
		m.Changed()
		return
	}
	if m.Mending != nil {
		m.edit(e)
		return
	}
	m.Like = nil
	var l hours.Line
	var like *hours.Record
	m.Do(func() error {
		rec, err := m.service.Enter(e, another)
		if errors.Is(err, hours.ErrLikeThere) {
			like, err = m.resembled(err)
			return err
		}
		if err != nil {
			return err
		}
		if l, err = m.service.Effect(rec); err != nil {
			l = hours.Line{Record: rec} // it is written down all the same
		}
		return nil
	}, func() {
		if m.Like = like; like != nil {
			return
		}
		m.Entered = append([]LedgerRow{ledgerRow(l)}, m.Entered...)
		m.Course.Set("")
		m.Mark.Set("")
	})
}

// resembled is the record that a refusal speaks of.
func (m *HoursEntry) resembled(err error) (*hours.Record, error) {
	f := fault.Of(err).Figures
	r, ok := f[len(f)-1].(id.Record)
	if !ok {
		return nil, err
	}
	v, err := m.service.Record(r)
	return &v.Record, err
}

// edit keeps what was changed of the record in the form; what a form doesn't show stays.
func (m *HoursEntry) edit(e hours.Entry) {
	was := *m.Mending
	e.PaidOn, e.Evidence = was.PaidOn, was.Evidence
	var l hours.Line
	m.Do(func() error {
		rec, err := m.service.Edit(was.ID, e, was.Version)
		if err != nil {
			return err
		}
		if l, err = m.service.Effect(rec); err != nil {
			l = hours.Line{Record: rec}
		}
		return nil
	}, func() {
		rows := []LedgerRow{ledgerRow(l)}
		for _, r := range m.Entered {
			if r.Record.ID != was.ID {
				rows = append(rows, r)
			}
		}
		m.Entered = rows
		m.Drop()
		if m.Edited != nil {
			m.Edited()
		}
	})
}

// offer looks in the catalogue for what is being written.
func (m *HoursEntry) offer() {
	q := m.Course.Value()
	m.asked = q
	if q == "" || q == m.taken {
		m.Offered.Show(nil)
		return
	}
	var list []hours.Course
	m.runner()(func() (err error) { list, err = m.service.Courses(q); return err }, func(err error) {
		if err != nil || m.asked != q || m.gone {
			return
		}
		const few = 6
		m.Offered.Show(list[:min(few, len(list))])
		m.Changed()
	})
}

// Pick takes a course of the catalogue: its kind, specialty, mode and hours are filled in.
func (m *HoursEntry) Pick(c hours.Course) {
	m.taken = c.Name
	m.Course.Set(c.Name)
	m.Kind.Set(string(c.Kind))
	m.Mode.Set(string(c.Mode))
	for _, o := range m.Specialty.Options() {
		if o.Value == c.Specialty {
			m.Specialty.Set(c.Specialty)
		}
	}
	m.Hours.Set(m.Person.PerHour.Text(c.Seconds))
	m.Offered.Show(nil)
	m.Changed()
}

// PickOrSave takes the first course offered; where none is, it saves: what Enter does in the
// field of the course.
func (m *HoursEntry) PickOrSave() {
	if len(m.Offered.Rows) > 0 && !m.CanSave() {
		m.Pick(m.Offered.Rows[0])
		return
	}
	m.Save()
}

// read turns the form into an entry; what can't be read is refused beside its field.
func (m *HoursEntry) read() (e hours.Entry, ok bool) {
	ok = true
	refuse := func(t *Text, err error) {
		t.Refuse(err)
		ok = false
	}
	e = hours.Entry{
		Learner: m.Person.ID, Enrolment: m.Person.Enrolment, Course: m.Course.Value(), Kind: hours.Kind(m.Kind.Value()), Specialty: m.Specialty.Value(),
		Mode: hours.Mode(m.Mode.Value()), Source: hours.FromDesk,
	}
	var err error
	if e.Seconds, err = m.Person.PerHour.Read(m.Hours.Value()); err != nil {
		refuse(&m.Hours, err)
	}
	if e.On, err = day.ParseLoose(m.On.Value()); err != nil {
		refuse(&m.On, ErrNotADay)
	}
	if !m.Mark.Empty() {
		e.HasMark = true
		if e.MarkTenths, err = hours.ReadMark(m.Mark.Value()); err != nil {
			refuse(&m.Mark, ErrNotAMark)
		}
	}
	return e, ok
}
