package service_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// TestNoDoorTakesADayThatNobodyMeans writes days that are slips of the hand, or what a spreadsheet makes of an empty
// cell, wherever a day is written down. Each refusal says what it is the day of, and between which days it may be.
func TestNoDoorTakesADayThatNobodyMeans(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing()) // born in 1988
	en := d.Enrol(p.ID)
	other, err := d.Enrolment.AddUnit(ctx, d.Who, enrolment.Unit{Name: "广西路桥"})
	d.Must(err, d.Enrolment.Bind(ctx, d.Who, other.ID, p.ID, "paper"))
	venue, err := d.Venues.Put(ctx, d.Who, identity.Venue{Name: "南宁"})
	d.Must(err)
	e := exam(t)
	q := e.Register(servicetest.Qing())
	entry := hours.Entry{Learner: p.ID, Course: "绿色施工", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 2700, On: d.Today().AddDays(-5)}
	draft, err := d.Hours.Enter(ctx, d.Who, entry)
	d.Must(err)
	sheet := func(im service.Import, err error) error {
		if err != nil || len(im.Rows) != 1 || len(im.Rows[0].Faults) == 0 {
			t.Fatalf("%+v, %v", im, err)
		}
		if f := im.Rows[0].Faults[0]; f.Address == "" {
			t.Errorf("%v does not say in which cell", f)
		}
		return im.Rows[0].Faults[0].Fault
	}
	number := servicetest.Qing().Number
	always, lived, ahead := "0001-01-01 1899-12-31 1926-11-23", "1985-06-01", "9999-12-31"
	for name, c := range map[string]struct {
		days string
		try  func(on day.Date) error
	}{
		"a completion": {always + " " + lived, func(on day.Date) error {
			x := entry
			x.On, x.Course = on, "安全生产"
			_, err := d.Hours.Enter(ctx, d.Who, x)
			return err
		}},
		"a completion, mended": {always + " " + lived, func(on day.Date) error {
			x := entry
			x.On = on
			_, err := d.Hours.Edit(ctx, d.Who, draft.ID, x)
			return err
		}},
		"a record's payment": {always + " " + ahead, func(on day.Date) error {
			x := entry
			x.PaidOn, x.Course = on, "安全生产"
			_, err := d.Hours.Enter(ctx, d.Who, x)
			return err
		}},
		"a payment": {always + " " + lived, func(on day.Date) error {
			_, err := d.Enrolment.Pay(ctx, d.Who, service.Payment{Enrolment: en.ID, Fen: 100, On: on})
			return err
		}},
		"a unit's payment": {always + " " + lived, func(on day.Date) error {
			_, err := d.Enrolment.PayForUnit(ctx, d.Who, other.ID, service.Payment{Fen: 100, On: on}, []id.Person{p.ID})
			return err
		}},
		"a registration": {always + " " + lived + " " + ahead, func(on day.Date) error {
			_, err := d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: p.ID, Main: "建筑工程", From: on})
			return err
		}},
		"a class": {always + " " + ahead, func(on day.Date) error {
			_, _, err := d.Hours.AddClass(ctx, d.Who, hours.Class{Name: "一班", For: "二级建造师", From: on, To: on})
			return err
		}},
		"a class's end": {ahead, func(on day.Date) error {
			_, _, err := d.Hours.AddClass(ctx, d.Who, hours.Class{Name: "一班", For: "二级建造师", From: d.Today(), To: on})
			return err
		}},
		"a place": {ahead, func(on day.Date) error {
			_, err := d.Venues.Plan(ctx, d.Who, venue.ID, on, 9*60, 10*60, 30, 1)
			return err
		}},
		"a diploma": {always + " " + lived, func(on day.Date) error {
			return e.Materials.GiveEducation(ctx, e.Who, q.ID, enrolment.Education{Level: enrolment.JuniorCollege, School: "湖北文理学院", CertificateNumber: "105191201006001234", GraduatedOn: on})
		}},
		"a material's end": {always + " " + ahead, func(on day.Date) error {
			_, err := e.Materials.HandIn(ctx, e.Who, q.ID, service.HandedIn{Kind: enrolment.ReportMaterial, Code: "1A2B3C4D5E6F7G8H", Expires: on})
			return err
		}},
		"a mark": {always + " " + lived, func(on day.Date) error {
			return e.Tickets.EnterMark(ctx, e.Who, q.ID, enrolment.Mark{Course: "00018", CourseName: "计算机", Tenths: 640, Passed: true, Ticket: "1", SatOn: on})
		}},
		"a sitting": {always + " " + ahead, func(on day.Date) error {
			return e.Tickets.Notice(ctx, e.Who, &bytes.Buffer{}, q.ID, service.ExamFacts{Sittings: []service.Sitting{{Course: "00018", On: on}}}, "zh")
		}},
		"a completion on a sheet": {always + " " + lived + " " + ahead, func(on day.Date) error {
			return sheet(d.Exchange.Hours(ctx, d.Who, []byte(hoursHead+"韦青禾,"+number+",民法学,必修,建筑工程,网络,1,"+on.String()), true, nil))
		}},
		"a registration on a sheet": {always + " " + lived + " " + ahead, func(on day.Date) error {
			return sheet(d.Exchange.Roster(ctx, d.Who, []byte(rosterHead+"韦青禾,"+number+",13877146021,建筑工程,"+on.String()), true, nil))
		}},
		"a registration's end on a sheet": {ahead, func(on day.Date) error {
			return sheet(d.Exchange.Roster(ctx, d.Who, []byte(strings.TrimSpace(rosterHead)+",有效期至\n韦青禾,"+number+",13877146021,建筑工程,2026-01-01,"+on.String()), true, nil))
		}},
	} {
		for _, on := range strings.Fields(c.days) {
			at, err := day.Parse(on)
			d.Must(err)
			if err := c.try(at); !errors.Is(err, day.ErrOutside) {
				t.Errorf("%s on %s: %v", name, on, err)
			} else if f := fault.Of(err); f.Figures[1] != at || f.Figures[2].(day.Date) > f.Figures[3].(day.Date) {
				t.Errorf("%s on %s: it says %v", name, on, f.Figures)
			}
		}
	}
}
