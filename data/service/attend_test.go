package service_test

import (
	"context"
	"testing"
	"time"

	"xuezheng/data/hours"
	"xuezheng/data/service/servicetest"
)

func TestTheLastDayOfAClassEntersItsHoursOnce(t *testing.T) {
	d, ctx := servicetest.Open(t), context.Background()
	p := d.Ready(servicetest.Qing(), 1)
	list, err := d.Enrolment.Of(ctx, d.Who, p.ID)
	d.Must(err)
	en := list[0]
	before, err := d.Hours.Standing(ctx, d.Who, p.ID, en.ID)
	d.Must(err)
	course, err := d.Hours.AddCourse(ctx, d.Who, hours.Course{Name: "施工现场安全管理（面授）", Kind: hours.Required, Specialty: en.Main, Mode: hours.FaceToFace, Seconds: 12 * 2700})
	d.Must(err)
	first := d.Today().AddDays(-5)
	class, notice, err := d.Hours.AddClass(ctx, d.Who, hours.Class{Course: course.ID, Name: "秋季班", For: "建筑工程专业学员", AnnouncedOn: first.AddDays(-3), From: first, To: first.AddDays(1)})
	d.Must(err)
	if !notice.Late {
		t.Error("three days' notice is not late")
	}
	there := func(n int) *hours.Record {
		on := first.AddDays(n)
		earned, err := d.Hours.Attend(ctx, d.Who, hours.Attendance{
			Class: class.ID, Learner: p.ID, On: on, In: on.Start().Add(8 * time.Hour), Out: on.Start().Add(12 * time.Hour),
		})
		d.Must(err)
		return earned
	}
	if r := there(0); r != nil {
		t.Errorf("after the first day: %+v", r)
	}
	r := there(1)
	if r == nil || r.Seconds != 1066*27 || r.Source != hours.FromClass || r.On != class.To {
		t.Fatalf("after the last day: %+v", r)
	}
	if again := there(1); again != nil {
		t.Errorf("entered twice: %+v", again)
	}
	st, err := d.Hours.Standing(ctx, d.Who, p.ID, "")
	d.Must(err)
	if got, had := len(st.Standing.Lines), len(before.Standing.Lines); got != had+1 {
		t.Errorf("got %d records, had %d", got, had)
	}
}

func TestWhoComesToAClassAndGoesIsNotedAtTheDoor(t *testing.T) {
	d, ctx := servicetest.Open(t), context.Background()
	p := d.Ready(servicetest.Qing(), 1)
	course, err := d.Hours.AddCourse(ctx, d.Who, hours.Course{Name: "施工现场安全管理（面授）", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.FaceToFace, Seconds: 4 * 2700})
	d.Must(err)
	class, _, err := d.Hours.AddClass(ctx, d.Who, hours.Class{Course: course.ID, Name: "秋季班", For: "建筑工程专业学员", AnnouncedOn: d.Today(), From: d.Today().AddDays(-1), To: d.Today()})
	d.Must(err)
	came := d.Now()
	out, earned, err := d.Hours.AtDoor(ctx, d.Who, class.ID, p.ID, d.Today())
	d.Must(err)
	if out || earned != nil {
		t.Fatalf("came: %v, %+v", out, earned)
	}
	d.Clock.Set(came.Add(2 * time.Hour))
	out, earned, err = d.Hours.AtDoor(ctx, d.Who, class.ID, p.ID, d.Today())
	d.Must(err)
	if !out || earned == nil || earned.Seconds != 2*3600/27*27 {
		t.Fatalf("went: %v, %+v", out, earned)
	}
	there, err := d.Hours.Present(ctx, d.Who, class.ID)
	d.Must(err)
	if len(there) != 1 || len(there[0].Days) != 1 || there[0].Days[0].In.Sub(came).Abs() > time.Minute || there[0].Days[0].Out.Sub(came) < 2*time.Hour {
		t.Errorf("the class's sheet: %+v", there)
	}
	_, _, err = d.Hours.AtDoor(ctx, d.Who, class.ID, p.ID, d.Today().AddDays(1))
	d.Refused(err, hours.ErrNotInClass)
}
