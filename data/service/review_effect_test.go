package service_test

import (
	"testing"

	"xuezheng/data/hours"
	"xuezheng/data/service/servicetest"
)

// TestWhatAcceptingDoesIsToldBesideWhatIsAccepted: other records that wait take nothing, and give
// nothing, in what a reviewer is told of one.
func TestWhatAcceptingDoesIsToldBesideWhatIsAccepted(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	en := d.Enrol(p.ID)
	enter := func(course string, days int) hours.Record {
		r, err := d.Hours.Enter(ctx, d.Who, hours.Entry{
			Learner: p.ID, Course: course, Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 12 * 2700, On: d.Today().AddDays(days),
		}, false)
		d.Must(err)
		return r
	}
	enter("甲", -9)
	enter("乙", -8)
	_, err := d.Hours.Submit(ctx, d.Who, en.ID)
	d.Must(err)
	queue, err := d.Hours.Queue(ctx, d.Who, 10, 0)
	d.Must(err)
	second := queue[1].Record
	l, err := d.Hours.IfAccepted(ctx, d.Who, second)
	d.Must(err)
	if l.Before != 0 || l.Counted != 12*2700 {
		t.Errorf("with nothing accepted: from %d, %d counted", l.Before, l.Counted)
	}
	_, err = d.Hours.Accept(ctx, d.Who, queue[0].Record.ID, queue[0].Record.Version)
	d.Must(err)
	if l, err = d.Hours.IfAccepted(ctx, d.Who, second); err != nil || l.Before != 12*2700 {
		t.Errorf("with one accepted: from %d, %v", l.Before, err)
	}
}
