package service_test

import (
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/enrolment"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// TestNoticesAreReadByLearnersAndForUnits has a learner read both notices, and a clerk record that a
// unit read its own (G-13).
func TestNoticesAreReadByLearnersAndForUnits(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	learner := d.Login("qing", access.Learner, p.ID)
	d.Must(d.People.Read(ctx, learner, p.ID, "unit-notice"))
	f, err := d.People.Show(ctx, learner, p.ID)
	d.Must(err)
	if len(f.Readings) != 2 {
		t.Errorf("read: %+v", f.Readings)
	}
	u, err := d.Enrolment.AddUnit(ctx, d.Who, enrolment.Unit{Name: "南宁青秀建设工程有限公司"})
	d.Must(err)
	clerk := d.Login("lan", access.Clerk, "")
	d.Must(d.Enrolment.ReadForUnit(ctx, clerk, u.ID, "unit-notice"), d.Enrolment.ReadForUnit(ctx, clerk, u.ID, "unit-notice"))
	list, err := d.Enrolment.UnitReadings(ctx, clerk, u.ID)
	d.Must(err)
	if len(list) != 1 || list[0].Notice != "unit-notice" || list[0].Version != 1 || list[0].By != clerk.Login {
		t.Errorf("the unit read: %+v", list)
	}
	d.Refused(d.Enrolment.ReadForUnit(ctx, learner, u.ID, "unit-notice"), access.ErrDenied)
	d.Refused(d.Enrolment.ReadForUnit(ctx, clerk, u.ID, "no-such"), enrolment.ErrNoNotice)
	d.Refused(d.Enrolment.ReadForUnit(ctx, clerk, "no-such", "unit-notice"), store.ErrMissing)
}
