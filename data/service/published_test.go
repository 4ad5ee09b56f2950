package service_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/service/servicetest"
)

// atNine sets the clock to nine in the morning of a day.
func atNine(d *servicetest.Desk, year, month, dayOfMonth int) {
	d.Clock.Set(time.Date(year, time.Month(month), dayOfMonth, 1, 0, 0, 0, time.UTC))
}

// studied enters, submits and accepts one course of someone, today.
func studied(d *servicetest.Desk, p id.Person, course string, amount int) id.Record {
	d.T.Helper()
	list, err := d.Enrolment.Of(ctx, d.Who, p)
	d.Must(err)
	rec, err := d.Hours.Enter(ctx, d.Who, hours.Entry{
		Learner: p, Enrolment: list[0].ID, Course: course, Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: amount * 45 * 60, On: d.Today(), PaidOn: d.Today().AddMonths(-1),
	})
	d.Must(err)
	_, err = d.Hours.Submit(ctx, d.Who, list[0].ID)
	d.Must(err)
	_, err = d.Hours.Accept(ctx, d.Who, rec.ID)
	d.Must(err)
	return rec.ID
}

// rowsOf are the rows of a month's list, each as name, counted of needed, and whether it is ready.
func rowsOf(d *servicetest.Desk, year, month int) (state hours.PassState, rows []string) {
	d.T.Helper()
	list, err := d.Hours.PassList(ctx, d.Who, year, month)
	d.Must(err)
	for _, r := range list.Rows {
		rows = append(rows, fmt.Sprintf("%s %d/%d %v", r.Name, r.Seconds/2700, r.Needed/2700, r.Renewal))
	}
	return list.State, rows
}

// TestAPublishedListStaysAsItIs publishes November's list, and goes on: what is accepted later joins
// its own month, at midnight too, and changes no figure of November (G-21).
func TestAPublishedListStaysAsItIs(t *testing.T) {
	d := servicetest.Open(t)
	qing := d.Register(servicetest.Qing())
	d.Enrol(qing.ID)
	studied(d, qing.ID, "绿色施工", 20)
	d.Clock.Set(time.Date(2026, 11, 30, 15, 59, 0, 0, time.UTC)) // 23:59 in Nanning
	studied(d, qing.ID, "工程造价", 10)
	if state, rows := rowsOf(d, 2026, 11); state != hours.Preview || fmt.Sprint(rows) != "[韦青禾 30/120 false]" {
		t.Errorf("before: %s %v", state, rows)
	}
	_, _, err := d.Hours.Publish(ctx, d.Who, 2026, 11)
	d.Refused(err, hours.ErrMonthRuns)
	atNine(d, 2026, 12, 1)
	if state, _ := rowsOf(d, 2026, 11); state != hours.Over {
		t.Errorf("on 1 December: %s", state)
	}
	list, again, err := d.Hours.Publish(ctx, d.Who, 2026, 11)
	d.Must(err)
	if again || list.State != hours.Published || list.PublishedOn != d.Today() || list.PublishedBy != "zhoumin" || len(list.Rows) != 1 {
		t.Fatalf("published: %v %+v", again, list)
	}
	studied(d, qing.ID, "质量管理", 12)
	na := d.Register(servicetest.Na())
	d.Enrol(na.ID)
	studied(d, na.ID, "绿色施工", 8)
	if state, rows := rowsOf(d, 2026, 11); state != hours.Published || fmt.Sprint(rows) != "[韦青禾 30/120 false]" {
		t.Errorf("November, later: %s %v", state, rows)
	}
	if state, rows := rowsOf(d, 2026, 12); state != hours.Preview || fmt.Sprint(rows) != "[韦青禾 42/120 false 陈娜 8/120 false]" {
		t.Errorf("December: %s %v", state, rows)
	}
	list, again, err = d.Hours.Publish(ctx, d.Who, 2026, 11)
	if err != nil || !again || len(list.Rows) != 1 || list.Rows[0].Seconds != 30*2700 {
		t.Errorf("a second time: again %v, %+v, %v", again, list, err)
	}
	if _, err := d.Audit.Verify(ctx, d.Who); err != nil {
		t.Error(err)
	}
}

// TestAListIsNotPublishedBeforeItsDay looks at a month whose next one begins with free days.
func TestAListIsNotPublishedBeforeItsDay(t *testing.T) {
	d := servicetest.Open(t)
	atNine(d, 2026, 10, 1) // National Day until the 7th
	_, _, err := d.Hours.Publish(ctx, d.Who, 2026, 9)
	d.Refused(err, hours.ErrPublishOnDay)
	atNine(d, 2026, 10, 8)
	list, _, err := d.Hours.Publish(ctx, d.Who, 2026, 9)
	if err != nil || list.PublishOn != day.MustNew(2026, 10, 8) || len(list.Rows) != 0 {
		t.Errorf("an empty list is published too: %+v, %v", list, err)
	}
	_, _, err = d.Hours.Publish(ctx, d.Login("clerk", access.Clerk, ""), 2026, 8)
	if !errors.Is(err, access.ErrDenied) {
		t.Errorf("a clerk publishes: %v", err)
	}
}

// TestWhoIsDeletedIsStruckFromAPublishedList: their figures stay, who they were does not (P-05); before
// it is published nothing of them is.
func TestWhoIsDeletedIsStruckFromAPublishedList(t *testing.T) {
	d := servicetest.Open(t)
	qing, na := d.Register(servicetest.Qing()), d.Register(servicetest.Na())
	d.Enrol(qing.ID)
	d.Enrol(na.ID)
	studied(d, qing.ID, "绿色施工", 20)
	atNine(d, 2026, 12, 1)
	_, _, err := d.Hours.Publish(ctx, d.Who, 2026, 11)
	d.Must(err)
	studied(d, na.ID, "绿色施工", 8)
	d.Must(d.People.Delete(ctx, d.Who, qing.ID), d.People.Delete(ctx, d.Who, na.ID))
	list, err := d.Hours.PassList(ctx, d.Who, 2026, 11)
	d.Must(err)
	if r := list.Rows[0]; len(list.Rows) != 1 || !r.Deleted || r.Name+r.MaskedNumber+r.Unit+r.Registration != "" || r.Seconds != 20*2700 || r.Needed != 120*2700 {
		t.Errorf("November: %+v", list.Rows)
	}
	list, err = d.Hours.PassList(ctx, d.Who, 2026, 12)
	if err != nil || len(list.Rows) != 0 {
		t.Errorf("December: %+v, %v", list, err)
	}
	for _, name := range []string{"list.pdf", "list.xlsx"} {
		for _, language := range []string{"zh", "en"} {
			var b bytes.Buffer
			if err := d.Hours.WritePassList(ctx, d.Who, &b, list, name, language); err != nil || b.Len() == 0 {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestALearnerSeesPublishedListsOnly: of one that is not published, only themselves.
func TestALearnerSeesPublishedListsOnly(t *testing.T) {
	d := servicetest.Open(t)
	qing, na := d.Register(servicetest.Qing()), d.Register(servicetest.Na())
	d.Enrol(qing.ID)
	d.Enrol(na.ID)
	studied(d, qing.ID, "绿色施工", 20)
	studied(d, na.ID, "绿色施工", 8)
	learner := d.Login("na", access.Learner, na.ID)
	list, err := d.Hours.PassList(ctx, learner, 2026, 11)
	if err != nil || len(list.Rows) != 1 || list.Rows[0].Person != na.ID {
		t.Errorf("unpublished: %+v, %v", list.Rows, err)
	}
	atNine(d, 2026, 12, 1)
	_, _, err = d.Hours.Publish(ctx, d.Who, 2026, 11)
	d.Must(err)
	if list, err = d.Hours.PassList(ctx, learner, 2026, 11); err != nil || len(list.Rows) != 2 {
		t.Errorf("published: %+v, %v", list.Rows, err)
	}
}

// TestTwoDesksThatPublishAtOncePublishOneList gives both the same.
func TestTwoDesksThatPublishAtOncePublishOneList(t *testing.T) {
	front, back, who, _ := bothDesks(t)
	atNine(front, 2026, 12, 1)
	var firstAgain, secondAgain bool
	a, b := atOnce(func() (err error) { _, firstAgain, err = front.Hours.Publish(ctx, front.Who, 2026, 11); return err },
		func() (err error) { _, secondAgain, err = back.Hours.Publish(ctx, who, 2026, 11); return err })
	if a != nil || b != nil || firstAgain == secondAgain {
		t.Errorf("%v %v, again %v %v", a, b, firstAgain, secondAgain)
	}
}
