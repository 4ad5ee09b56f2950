package service_test

import (
	"bytes"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/enrolment"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

func TestANumberThatALearnerDeclaresCountsOnceAClerkHasSeenIt(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	learner := d.Login("qing", access.Learner, p.ID)
	claim, err := d.Tickets.Declare(background, learner, p.ID, "010199887766", "0101")
	d.Must(err)
	if claim.State != enrolment.TicketClaimed {
		t.Errorf("got %s", claim.State)
	}
	_, err = d.Tickets.Choose(background, learner, p.ID, claim.Number)
	d.Refused(err, enrolment.ErrTicketClaimed)
	d.Refused(d.Tickets.EnterMark(background, d.Who, p.ID, enrolment.Mark{Course: "00018", CourseName: "x", Tenths: 700, Passed: true, Ticket: claim.Number, SatOn: d.Today().AddMonths(-7)}), enrolment.ErrTicketClaimed)
	given, err := d.Identity.Confirm(background, d.Who, p.ID, []identity.Original{identity.ResidentCard}, "")
	d.Must(err)
	if given == claim.Number || given == "" {
		t.Errorf("confirmed, and the number is %s", given)
	}
	d.Must(d.Tickets.Notice(background, d.Who, &bytes.Buffer{}, p.ID, service.ExamFacts{}, "zh"))
	seen, err := d.Tickets.Declare(background, d.Who, p.ID, claim.Number, "0101")
	d.Must(err)
	list, err := d.Tickets.Of(background, d.Who, p.ID)
	d.Must(err)
	if seen.State != enrolment.TicketWaiting || len(list) != 2 {
		t.Errorf("seen by a clerk: %s, %d numbers", seen.State, len(list))
	}
}

func TestNobodyIsLockedOutOfTheirNumberByAnotherLearner(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	holder := d.Register(servicetest.Na())
	learner := d.Login("qing", access.Learner, p.ID)
	theirs := d.Login("na", access.Learner, holder.ID)
	_, err := d.Tickets.Declare(background, learner, p.ID, "010199887766", "0101")
	d.Must(err)
	told, err := d.Tickets.Declare(background, theirs, holder.ID, "0101 9988 7766", "0101")
	d.Refused(err, enrolment.ErrTicketAsk)
	if told.Number != "" {
		t.Errorf("refused, and told %+v", told)
	}
	seen, err := d.Tickets.Declare(background, d.Who, holder.ID, "010199887766", "0101")
	d.Must(err)
	list, err := d.Tickets.Of(background, d.Who, p.ID)
	d.Must(err)
	if seen.State != enrolment.TicketActive || len(list) != 0 {
		t.Errorf("the holder has %+v, the other %+v", seen, list)
	}
	_, err = d.Tickets.Declare(background, learner, p.ID, "010199887766", "0101")
	d.Refused(err, enrolment.ErrTicketAsk)
	_, err = d.Tickets.Declare(background, d.Who, p.ID, "010199887766", "0101")
	d.Refused(err, enrolment.ErrTicketUsed)
}

func TestTwoVenuesOfOneNameAreRefusedInWords(t *testing.T) {
	d := exam(t)
	_, err := d.Venues.Put(background, d.Who, identity.Venue{Name: "南湖确认点"})
	d.Must(err)
	_, err = d.Venues.Put(background, d.Who, identity.Venue{Name: "南湖确认点"})
	d.Refused(err, identity.ErrVenueTaken)
}
