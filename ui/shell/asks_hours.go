package shell

import (
	"errors"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// WhatIf tries out a standing.
func (a *asks) WhatIf(p id.Person, e id.Enrolment, added []string, planned []hours.Entry) (hours.Standing, bool, error) {
	st, err := a.services.Hours.WhatIf(ctx, a.who, p, added, planned, e)
	return st.Staged, st.Ready, err
}

// Courses are those of the catalogue whose names begin so.
func (a *asks) Courses(query string) ([]hours.Course, error) {
	return a.services.Hours.Courses(ctx, a.who, query)
}

// AddCourse adds a course to the catalogue.
func (a *asks) AddCourse(c hours.Course) (hours.Course, error) {
	return a.services.Hours.AddCourse(ctx, a.who, c)
}

// AddClass adds a class.
func (a *asks) AddClass(c hours.Class) (hours.Notice, error) {
	_, n, err := a.services.Hours.AddClass(ctx, a.who, c)
	return n, err
}

// Classes lists the classes, with who came today.
func (a *asks) Classes() ([]model.ClassRow, error) {
	list, err := a.services.Hours.Classes(ctx, a.who)
	if err != nil {
		return nil, err
	}
	courses, err := a.Courses("")
	if err != nil {
		return nil, err
	}
	names := map[id.Course]string{}
	for _, c := range courses {
		names[c.ID] = c.Name
	}
	rows := make([]model.ClassRow, len(list))
	for i, c := range list {
		rows[i] = model.ClassRow{Class: c, Course: names[c.Course]}
		there, err := a.services.Hours.Present(ctx, a.who, c.ID)
		if err != nil {
			return nil, err
		}
		rows[i].Here = len(there)
	}
	return rows, nil
}

// Present is a class's sheet of one day.
func (a *asks) Present(c id.Class, on day.Date) ([]model.PresentRow, error) {
	list, err := a.services.Hours.Present(ctx, a.who, c)
	var rows []model.PresentRow
	for _, p := range list {
		if at := p.On(on); !at.In.IsZero() {
			rows = append(rows, model.PresentRow{Person: p.Person, Name: p.Name, MaskedNumber: p.MaskedNumber, In: at.In, Out: at.Out})
		}
	}
	return rows, err
}

// Attend writes down that a learner came, or, in a second time, went.
func (a *asks) Attend(c id.Class, p id.Person, on day.Date) (out, earned bool, err error) {
	out, rec, err := a.services.Hours.AtDoor(ctx, a.who, c, p, on)
	return out, rec != nil, err
}

// Units lists the employers.
func (a *asks) Units() ([]enrolment.Unit, error) { return a.services.Enrolment.Units(ctx, a.who) }

// AddUnit adds an employer.
func (a *asks) AddUnit(u enrolment.Unit) error {
	added, err := a.services.Enrolment.AddUnit(ctx, a.who, u)
	if err != nil {
		return err
	}
	for _, pack := range a.services.Policy.InForce() {
		for _, n := range pack.Notices { // nobody gets so far without the tick at it
			if n.For == "unit" {
				err = errors.Join(err, a.services.Enrolment.ReadForUnit(ctx, a.who, added.ID, a.services.Policy.NoticeKey(pack, n.ID)))
			}
		}
	}
	return err
}

// Bound lists the learners of an employer.
func (a *asks) Bound(u id.Unit) ([]model.BoundRow, error) {
	list, err := a.services.Enrolment.Bound(ctx, a.who, u)
	rows := make([]model.BoundRow, len(list))
	for i, b := range list {
		rows[i] = model.BoundRow{Person: b.Person, Name: b.Name, MaskedNumber: b.MaskedNumber, Enrolled: b.Enrolled, OnPaper: b.Agreed == enrolment.AgreedOnPaper}
	}
	return rows, err
}

// Bind ties a learner to an employer.
func (a *asks) Bind(u id.Unit, p id.Person, agreed string) error {
	return a.services.Enrolment.Bind(ctx, a.who, u, p, agreed)
}

// Payments lists what an employer paid at once.
func (a *asks) Payments(u id.Unit) ([]enrolment.Together, error) {
	return a.services.Enrolment.UnitPayments(ctx, a.who, u)
}

// PayFor records one payment of an employer for many.
func (a *asks) PayFor(u id.Unit, fenEach int64, on day.Date, title, tax string, learners []id.Person) (int, error) {
	list, err := a.services.Enrolment.PayForUnit(ctx, a.who, u, service.Payment{Fen: fenEach, On: on, Title: title, Tax: tax}, learners)
	return len(list), err
}

// OpenWhatIf goes on to trying things out for someone.
func (d *DeskShell) OpenWhatIf(file *model.PersonFile) {
	m := model.NewHoursWhatIf(d.asks, file.View, d.asks.specialtiesOf(file.View), d.Services.Today(), d.Run)
	d.Walk.On("hours.what-if", d.withBack(screen.HoursWhatIf(m)), m.Leave)
}

// catalogues are the programmes that have hours.
func (a *asks) catalogues() (list []model.Catalogue) {
	for _, p := range a.services.Policy.Studying() {
		c := model.Catalogue{Programme: p.Enrolment.Programme, Name: p.Enrolment.Name, Specialties: p.Enrolment.Specialties, PerHour: p.Hours.Unit()}
		if a.book.English() {
			c.Name = p.Enrolment.NameEn
		}
		list = append(list, c)
	}
	return list
}

// specialtiesOf are those of the programme looked at in a file.
func (a *asks) specialtiesOf(v model.PersonView) []string {
	pack, err := a.services.Policy.Of(ctx, a.who, v.ID, v.Enrolment)
	if err != nil {
		return nil
	}
	return pack.Enrolment.Specialties
}

// OpenClasses shows the classes.
func (d *DeskShell) OpenClasses() {
	m := model.NewClassDesk(d.asks, d.Services.Today(), d.Run)
	d.Walk.Go("class.list", screen.ClassDesk(m, d.asks.catalogues()), m.Leave)
}

// OpenUnits shows the employers.
func (d *DeskShell) OpenUnits() { d.openUnits() }

func (d *DeskShell) openUnits() *model.UnitDesk {
	var notice model.NoticeText
	for _, pack := range d.Services.Policy.InForce() {
		for _, n := range pack.Notices {
			if n.For == "unit" {
				notice = d.asks.beside(notice, n)
			}
		}
	}
	m := model.NewUnitDesk(d.asks, notice, d.Services.Today(), d.Run)
	d.Walk.Go("unit.list", screen.UnitDesk(m), m.Leave)
	return m
}
