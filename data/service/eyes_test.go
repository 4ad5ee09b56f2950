package service_test

import (
	"strings"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// toReview is one record of 韦青禾's that a clerk entered and handed in, at an institution where somebody
// else has to review.
func toReview(t *testing.T) (d *servicetest.Desk, clerk, reviewer access.Who, rec hours.Record) {
	t.Helper()
	d = servicetest.Open(t)
	d.Must(d.Access.AllowOwnReview(ctx, d.Who, false))
	p, en := studying(d)
	clerk, reviewer = d.Login("lanmei", access.Reviewer, ""), d.Login("huangqi", access.Reviewer, "")
	rec, err := d.Hours.Enter(ctx, clerk, hours.Entry{Learner: p, Course: "绿色施工", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 10 * 2700, On: d.Today().AddDays(-5)})
	d.Must(err)
	_, err = d.Hours.Submit(ctx, clerk, en.ID)
	d.Must(err)
	return d, clerk, reviewer, rec
}

// details are what the trail says of an act.
func details(d *servicetest.Desk, a act.Act) (list []string) {
	d.T.Helper()
	all, err := d.Audit.Lines(ctx, d.Who, store.LineFilter{Limit: 1000})
	d.Must(err)
	for _, l := range all {
		if l.Act == a {
			list = append(list, l.Detail)
		}
	}
	return list
}

func TestSomebodyElseAcceptsWhatWasEntered(t *testing.T) {
	d, clerk, reviewer, rec := toReview(t)
	_, err := d.Hours.Accept(ctx, clerk, rec.ID)
	d.Refused(err, access.ErrOwnWork)
	if list := details(d, act.AcceptHours); len(list) != 0 {
		t.Errorf("what was refused left lines: %v", list)
	}
	got, err := d.Hours.Accept(ctx, reviewer, rec.ID)
	d.Must(err)
	if got.State != hours.Accepted || hours.OwnReview(got, nil) {
		t.Errorf("got %s, own %v", got.State, hours.OwnReview(got, nil))
	}
	// Whoever sees their own mistake may still take it out.
	_, _, err = d.Hours.Withdraw(ctx, clerk, rec.ID, "wrong-date", "")
	d.Must(err)
}

func TestWhoeverChangedARecordDoesNotAcceptIt(t *testing.T) {
	d, clerk, reviewer, rec := toReview(t)
	_, err := d.Hours.Return(ctx, reviewer, rec.ID, "wrong-minutes", "")
	d.Must(err)
	e := rec.Entry
	e.Seconds = 8 * 2700
	_, err = d.Hours.Edit(ctx, reviewer, rec.ID, e)
	d.Must(err)
	_, err = d.Hours.SubmitThese(ctx, reviewer, []id.Record{rec.ID})
	d.Must(err)
	for _, who := range []access.Who{clerk, reviewer} {
		_, err = d.Hours.Accept(ctx, who, rec.ID)
		d.Refused(err, access.ErrOwnWork)
	}
	_, err = d.Hours.Accept(ctx, d.Who, rec.ID)
	d.Must(err)
}

func TestWhoeverTookASheetInEnteredIt(t *testing.T) {
	d := servicetest.Open(t)
	d.Must(d.Access.AllowOwnReview(ctx, d.Who, false))
	_, en := studying(d)
	takeIn(d, hoursSheet("绿色施工,8,2026-08-20,85"))
	_, err := d.Hours.Submit(ctx, d.Who, en.ID)
	d.Must(err)
	rows, err := d.Hours.Queue(ctx, d.Who, 10, 0)
	d.Must(err)
	_, err = d.Hours.Accept(ctx, d.Who, rows[0].Record.ID)
	d.Refused(err, access.ErrOwnWork)
}

func TestAPlaceWithOneClerkAllowsItAndTheRecordSaysSo(t *testing.T) {
	d, clerk, _, rec := toReview(t)
	d.Refused(d.Access.AllowOwnReview(ctx, clerk, true), access.ErrDenied)
	d.Must(d.Access.AllowOwnReview(ctx, d.Who, true))
	_, err := d.Hours.Accept(ctx, clerk, rec.ID)
	d.Must(err)
	st, err := d.Hours.Story(ctx, d.Who, rec.ID)
	d.Must(err)
	if !hours.OwnReview(st.Record, st.Former) {
		t.Error("the record doesn't say that it was accepted by whoever entered it")
	}
	if list := details(d, act.AcceptHours); len(list) != 1 || list[0] != "own-work" {
		t.Errorf("the trail says %v", list)
	}
	if list := details(d, act.ChangeConfig); len(list) != 2 || !strings.Contains(strings.Join(list, " "), "allowed") {
		t.Errorf("the trail says of the setting %v", list)
	}
}

func TestSomebodyElseGrantsAChange(t *testing.T) {
	d := servicetest.Open(t)
	d.Must(d.Access.AllowOwnReview(ctx, d.Who, false))
	p := d.Register(servicetest.Qing())
	reviewer := d.Login("huangqi", access.Reviewer, "")
	ask := func() identity.Request {
		q, err := d.Identity.RequestData(ctx, reviewer, p.ID, identity.NameChange, "韦青荷")
		d.Must(err)
		q, err = d.Identity.Receive(ctx, reviewer, q.ID)
		d.Must(err)
		return q
	}
	q := ask()
	_, err := d.Identity.Decide(ctx, reviewer, q.ID, true, "")
	d.Refused(err, access.ErrOwnWork)
	_, err = d.Identity.Decide(ctx, reviewer, q.ID, false, "材料不全") // one's own is taken back so
	d.Must(err)
	_, err = d.Identity.Decide(ctx, d.Who, ask().ID, true, "")
	d.Must(err)
}

func TestSomebodyElseApprovesAMerge(t *testing.T) {
	d := exam(t)
	d.Must(d.Access.AllowOwnReview(ctx, d.Who, false))
	p := d.Register(servicetest.Na())
	for _, n := range []string{"420600100001", "420600100002"} {
		_, err := d.Tickets.Declare(ctx, d.Who, p.ID, n, "4206")
		d.Must(err)
	}
	_, err := d.Tickets.Choose(ctx, d.Who, p.ID, "420600100001")
	d.Must(err)
	m, err := d.Tickets.Propose(ctx, d.Who, p.ID)
	d.Must(err)
	_, err = d.Tickets.Approve(ctx, d.Who, id.Merge(m.ID))
	d.Refused(err, access.ErrOwnWork)
	_, err = d.Tickets.Approve(ctx, d.Login("huangqi", access.Reviewer, ""), id.Merge(m.ID))
	d.Must(err)
}

func TestNobodyConfirmsThemselves(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Ready(servicetest.Qing(), 3)
	clerk := d.Login("weiqinghe", access.Clerk, p.ID)
	_, err := d.Identity.Confirm(ctx, clerk, p.ID, []identity.Original{identity.ResidentCard}, "")
	d.Refused(err, access.ErrOwnPerson)
}
