package service_test

import (
	"errors"
	"slices"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// TestWhatWasTakenAwayIsNotSaidNeverToHaveBeen deletes rows behind the program's back: who comes upon the gap is told
// that it is one, not that somebody is to be registered or enrolled, and the same of somebody deleted by the program is
// not said.
func TestWhatWasTakenAwayIsNotSaidNeverToHaveBeen(t *testing.T) {
	dir := t.TempDir()
	d := servicetest.OpenAt(t, dir)
	p := d.Register(servicetest.Qing())
	en := d.Enrol(p.ID)
	unit, err := d.Enrolment.AddUnit(ctx, d.Who, enrolment.Unit{Name: "广西路桥"})
	d.Must(err)
	course, err := d.Hours.AddCourse(ctx, d.Who, hours.Course{Name: "桥梁养护", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.FaceToFace, Seconds: 2700})
	d.Must(err)
	gone := d.Register(servicetest.Na())
	d.Must(d.People.Delete(ctx, d.Who, gone.ID), d.Close())
	f := &someFile{dir: dir, d: d, p: p}

	entry := hours.Entry{Learner: p.ID, Course: "绿色施工", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 2700, On: d.Today().AddDays(-5)}
	enter := func(s *service.Services, who access.Who) error { _, err := s.Hours.Enter(ctx, who, entry); return err }
	bind := func(s *service.Services, who access.Who) error {
		return s.Enrolment.Bind(ctx, who, unit.ID, p.ID, enrolment.AgreedOnPaper)
	}
	class := func(s *service.Services, who access.Who) error {
		_, _, err := s.Hours.AddClass(ctx, who, hours.Class{Course: course.ID, Name: "一班", For: "二级建造师", From: d.Today(), To: d.Today()})
		return err
	}
	pay := func(s *service.Services, who access.Who) error {
		_, err := s.Enrolment.Pay(ctx, who, service.Payment{Enrolment: en.ID, Fen: 100})
		return err
	}
	show := func(s *service.Services, who access.Who) error { _, err := s.People.Show(ctx, who, p.ID); return err }
	byNumber := func(n string) func(*service.Services, access.Who) error {
		return func(s *service.Services, who access.Who) error { _, err := s.People.ByNumber(ctx, who, n); return err }
	}
	said := func(im service.Import, err error) error { // all that is said of the one row
		for _, r := range im.Rows {
			for _, f := range append(slices.Clone(r.Faults), r.Told...) {
				err = errors.Join(err, f.Fault)
			}
		}
		return err
	}
	sheet := func(f person.Form) func(*service.Services, access.Who) error {
		return func(s *service.Services, who access.Who) error {
			return said(s.Exchange.Hours(ctx, who, []byte(hoursHead+f.Name+","+f.Number+",民法学,必修,建筑工程,网络,1,"+d.Today().AddDays(-5).String()), true, nil))
		}
	}
	roster := func(f person.Form) func(*service.Services, access.Who) error {
		return func(s *service.Services, who access.Who) error {
			return said(s.Exchange.Roster(ctx, who, []byte(rosterHead+f.Name+","+f.Number+",13877146021,建筑工程,"+d.Today().AddYears(-2).String()), true, nil))
		}
	}
	number := servicetest.Qing().Number
	for change, cases := range map[string]map[string]struct {
		try  func(*service.Services, access.Who) error
		want *fault.Fault // nil for nothing
		not  *fault.Fault
	}{
		`DELETE FROM person`: {
			"an hours sheet": {sheet(servicetest.Qing()), store.ErrPeopleGone, nil},
			"a roster":       {roster(servicetest.Qing()), store.ErrPeopleGone, nil},
			"a number":       {byNumber(number), store.ErrPeopleGone, person.ErrNoPerson},
			"hours":          {enter, store.ErrRowOlder, person.ErrNoPerson},
			"a file":         {show, store.ErrRowOlder, person.ErrNoPerson},
		},
		`DELETE FROM enrolment`: {
			"an hours sheet": {sheet(servicetest.Qing()), store.ErrRowOlder, service.ErrNotEnrolled},
			"hours":          {enter, store.ErrRowOlder, service.ErrNotEnrolled},
			"a payment":      {pay, store.ErrTakenAway, store.ErrMissing},
		},
		`DELETE FROM unit`:   {"a binding": {bind, store.ErrTakenAway, store.ErrMissing}},
		`DELETE FROM course`: {"a class": {class, store.ErrTakenAway, store.ErrMissing}},
		`DELETE FROM ticket`: { // nothing that anybody has
			"an hours sheet of somebody deleted": {sheet(servicetest.Na()), service.ErrUnknownNumber, store.ErrPeopleGone},
			"a roster with somebody deleted":     {roster(servicetest.Na()), nil, nil},
			"the number of somebody deleted":     {byNumber(servicetest.Na().Number), person.ErrNoPerson, store.ErrPeopleGone},
			"the file of somebody deleted": {func(s *service.Services, who access.Who) error {
				_, err := s.People.Show(ctx, who, gone.ID)
				return err
			}, person.ErrNoPerson, store.ErrRowOlder},
			"a unit that never was": {func(s *service.Services, who access.Who) error {
				return s.Enrolment.Bind(ctx, who, id.New[id.Unit](), p.ID, enrolment.AgreedOnPaper)
			}, store.ErrMissing, store.ErrTakenAway},
			"a binding": {bind, nil, nil},
		},
	} {
		s, who, err := f.open(t, f.changed(t, change))
		d.Must(err)
		for name, c := range cases {
			err := c.try(s, who)
			if c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) || c.not != nil && errors.Is(err, c.not) {
				t.Errorf("%s, %s: %v", change, name, err)
			}
		}
	}
}
