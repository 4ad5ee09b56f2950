package model

import (
	"strconv"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// Clock writes a moment as people there read the clock; none is a dash.
func Clock(at time.Time) string {
	if at.IsZero() {
		return "–"
	}
	return at.In(day.Shanghai).Format("15:04")
}

// ClassService runs classes.
type ClassService interface {
	Classes() ([]ClassRow, error)
	Present(c id.Class, on day.Date) ([]PresentRow, error)
	Find(query string, limit int) ([]PersonRow, error)
	// SignIn writes down that a learner came (or, in a second time, went); earned says that the
	// class's hours were entered by it.
	Attend(c id.Class, p id.Person, on day.Date) (out, earned bool, err error)
	Courses(query string) ([]hours.Course, error)
	AddCourse(c hours.Course) (hours.Course, error)
	AddClass(c hours.Class) (hours.Notice, error)
}

// ClassDesk is the classes, and the sign-in sheet of the chosen one.
type ClassDesk struct {
	Screen
	List    Table[ClassRow]
	Sheet   []PresentRow
	Who     Text
	Found   Table[PersonRow]
	Said    string // key of what the last sign-in did
	SaidOf  string // whose it was
	Loaded  bool
	Today   day.Date
	New     *ClassNew // the form for a new class while it is open
	asked   string
	service ClassService
}

// NewClassDesk opens the classes.
func NewClassDesk(service ClassService, today day.Date, run Run) *ClassDesk {
	m := &ClassDesk{Screen: NewScreen(run), Today: today, service: service}
	m.Who.OnChange(m.find)
	m.Load()
	return m
}

// Load reads the classes anew and stays at the chosen one.
func (m *ClassDesk) Load() {
	at := m.List.Selected()
	var rows []ClassRow
	m.Do(func() (err error) { rows, err = m.service.Classes(); return err }, func() {
		m.List.Show(rows)
		m.Loaded = true
		if at < 0 {
			for i, r := range rows {
				if r.Class.From <= m.Today && m.Today <= r.Class.To {
					at = i
					break
				}
			}
		}
		m.Choose(at)
	})
}

// Choose opens the sheet of one class.
func (m *ClassDesk) Choose(i int) {
	m.List.Select(i)
	m.Sheet = nil
	row, ok := m.List.Row()
	if !ok {
		m.Changed()
		return
	}
	var sheet []PresentRow
	m.Do(func() (err error) { sheet, err = m.service.Present(row.Class.ID, m.Today); return err }, func() {
		if now, _ := m.List.Row(); now.Class.ID == row.Class.ID {
			m.Sheet = sheet
		}
	})
}

// Runs reports whether the chosen class runs today.
func (m *ClassDesk) Runs() bool {
	row, ok := m.List.Row()
	return ok && row.Class.From <= m.Today && m.Today <= row.Class.To
}

// find looks for whoever is being written.
func (m *ClassDesk) find() {
	m.suggest(m.Who.Value(), &m.asked, &m.Found, m.service.Find)
}

// SignFirst signs in, or out, the first person found: what Enter does.
func (m *ClassDesk) SignFirst() {
	if len(m.Found.Rows) > 0 {
		m.Sign(m.Found.Rows[0])
	}
}

// Sign writes down that someone came; the second time, that they went.
func (m *ClassDesk) Sign(p PersonRow) {
	row, ok := m.List.Row()
	if !ok || m.Busy() || !m.Runs() {
		return
	}
	var out, earned bool
	m.Do(func() (err error) { out, earned, err = m.service.Attend(row.Class.ID, p.ID, m.Today); return err }, func() {
		m.Said, m.SaidOf = "class.signed-in", p.Name
		switch {
		case earned:
			m.Said = "class.earned"
		case out:
			m.Said = "class.signed-out"
		}
		m.Who.Set("")
		m.Choose(m.List.Selected())
	})
}

// Open opens the form for a new class.
func (m *ClassDesk) Open() {
	m.New = newClassNew(m)
	m.Changed()
}

// Close closes the form.
func (m *ClassDesk) Close() {
	m.New = nil
	m.Changed()
}

// ClassNew is the form for a new class, and for the course it runs if that is new too.
type ClassNew struct {
	Course                     Choice // of the catalogue, or "new"
	Name, For, Place, Capacity Text
	From, To, Announced        Text
	CourseName, Hours          Text
	Specialty                  Choice
	Notice                     hours.Notice
	Done                       bool
	Programme                  Choice // that a new course belongs to, where several have hours
	catalogues                 []Catalogue
	desk                       *ClassDesk
}

// NewCourse is the value of the choice that a new course is meant.
const NewCourse = "new"

// Faults of the form for a class.
var (
	ErrClassSeats = fault.New(fault.Refused, "class.new.not-seats")
)

func newClassNew(d *ClassDesk) *ClassNew {
	m := &ClassNew{desk: d}
	m.Announced.Set(d.Today.String())
	var list []hours.Course
	d.Do(func() (err error) { list, err = d.service.Courses(""); return err }, func() {
		m.Course.Offer(Option{NewCourse, "class.new.new-course"})
		for _, c := range list {
			if c.Mode == hours.FaceToFace && !c.Retired {
				m.Course.Offer(append(m.Course.Options(), Option{string(c.ID), c.Name})...)
			}
		}
	})
	for _, t := range []*Text{&m.Course.Text, &m.Name, &m.For, &m.Place, &m.Capacity, &m.From, &m.To, &m.Announced, &m.CourseName, &m.Hours, &m.Specialty.Text} {
		t.OnChange(d.Changed)
	}
	return m
}

// Offer sets the programmes a new course may belong to, and so the specialties it may be for.
func (m *ClassNew) Offer(list []Catalogue) {
	m.catalogues = list
	options := make([]Option, len(list))
	for i, c := range list {
		options[i] = Option{c.Programme, c.Name}
	}
	m.Programme.Offer(options...)
	m.Programme.Watch(func() {
		m.Specialty.Set("")
		m.offerSpecialties()
	})
	if len(list) > 0 {
		m.Programme.Set(list[0].Programme)
	}
	m.offerSpecialties()
}

// Several reports whether there is a programme to choose.
func (m *ClassNew) Several() bool { return len(m.catalogues) > 1 }

// catalogue is the programme chosen.
func (m *ClassNew) catalogue() Catalogue {
	if i := m.Programme.Index(); i >= 0 && i < len(m.catalogues) {
		return m.catalogues[i]
	}
	return Catalogue{}
}

func (m *ClassNew) offerSpecialties() {
	var options []Option
	for _, s := range m.catalogue().Specialties {
		options = append(options, Option{s, s})
	}
	m.Specialty.Offer(options...)
}

// CanSave reports whether the form is complete.
func (m *ClassNew) CanSave() bool {
	if m.desk.Busy() || m.Course.Index() < 0 || m.Name.Empty() || m.For.Empty() || m.From.Empty() || m.To.Empty() {
		return false
	}
	return m.Course.Value() != NewCourse || !m.CourseName.Empty() && !m.Hours.Empty() && m.Specialty.Index() >= 0
}

// Save adds the class; a late notice is no refusal, it is said (G-10).
func (m *ClassNew) Save() {
	if !m.CanSave() {
		return
	}
	class, course, ok := m.read()
	if !ok {
		m.desk.Changed()
		return
	}
	var notice hours.Notice
	m.desk.Do(func() (err error) {
		if m.Course.Value() == NewCourse {
			if course, err = m.desk.service.AddCourse(course); err != nil {
				return err
			}
			class.Course = course.ID
		}
		notice, err = m.desk.service.AddClass(class)
		return err
	}, func() {
		m.Notice, m.Done = notice, true
		m.desk.Load()
	})
}

// read turns the form into a class, and a course; what can't be read is refused beside its field.
func (m *ClassNew) read() (c hours.Class, course hours.Course, ok bool) {
	ok = true
	c = hours.Class{Course: id.Course(m.Course.Value()), Name: m.Name.Value(), For: m.For.Value(), Place: m.Place.Value()}
	for _, d := range []struct {
		t  *Text
		to *day.Date
	}{{&m.From, &c.From}, {&m.To, &c.To}, {&m.Announced, &c.AnnouncedOn}} {
		on, err := day.ParseLoose(d.t.Value())
		if err != nil && !d.t.Empty() {
			d.t.Refuse(ErrNotADay)
			ok = false
		}
		*d.to = on
	}
	if !m.Capacity.Empty() {
		n, err := strconv.Atoi(m.Capacity.Value())
		if err != nil || n < 1 {
			m.Capacity.Refuse(ErrClassSeats)
			ok = false
		}
		c.Capacity = n
	}
	if m.Course.Value() != NewCourse {
		return c, course, ok
	}
	seconds, err := m.catalogue().PerHour.Read(m.Hours.Value())
	if err != nil {
		m.Hours.Refuse(err)
		ok = false
	}
	course = hours.Course{Name: m.CourseName.Value(), Kind: hours.Required, Specialty: m.Specialty.Value(), Mode: hours.FaceToFace, Seconds: seconds, Programme: m.catalogue().Programme}
	return c, course, ok
}
