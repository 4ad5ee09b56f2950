package service_test

import (
	"errors"
	"fmt"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// TestTwoDesksShareOneServer goes the whole way at two desks: what one does the other sees, a
// record is decided once, and each desk keeps its own chain.
func TestTwoDesksShareOneServer(t *testing.T) {
	where := servicetest.Database(t)
	front := servicetest.OpenAt(t, where)
	cfg := front.Config(where)
	cfg.Machine = "前台 03"
	back, err := service.Open(ctx, cfg)
	front.Must(err)
	defer back.Close()
	who, err := back.Access.SignIn(ctx, front.Who.Name, servicetest.Passphrase)
	front.Must(err)

	p := front.Register(servicetest.Qing())
	again, known, err := back.People.Register(ctx, who, servicetest.Qing())
	front.Must(err)
	if !known || again.ID != p.ID {
		t.Error("the second desk registered the same person anew")
	}
	front.Confirm(p.ID, 3)
	en := front.Enrol(p.ID)
	var rec []hours.Record
	for _, course := range []string{"绿色施工", "深基坑", "装配式"} {
		r, err := back.Hours.Enter(ctx, who, hours.Entry{Learner: p.ID, Course: course, Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 20 * 2700, On: back.Today().AddDays(-5)})
		front.Must(err)
		rec = append(rec, r)
	}
	_, err = front.Hours.Submit(ctx, front.Who, en.ID)
	front.Must(err)
	for _, r := range rec {
		results := make(chan error)
		go func() { _, err := front.Hours.Accept(ctx, front.Who, r.ID); results <- err }()
		go func() { _, err := back.Hours.Accept(ctx, who, r.ID); results <- err }()
		one, two := <-results, <-results
		if (one == nil) == (two == nil) {
			t.Errorf("accepted at two desks at once: %v, %v", one, two)
		}
		if k := fault.Of(errors.Join(one, two)).Kind; k != fault.Refused && k != fault.Changed {
			t.Errorf("the desk that came second: %v", errors.Join(one, two))
		}
	}
	is, err := back.Certificates.Issue(ctx, who, p.ID, "zh,en")
	front.Must(err)
	r, err := front.Certificates.Verify(ctx, front.Who, is.PDF)
	front.Must(err)
	if !r.Valid {
		t.Errorf("issued at one desk, verified at the other: %v", r.Why)
	}
	if _, err := front.Certificates.Copy(ctx, front.Who, is.Content.Number); err != nil {
		t.Errorf("a copy at the other desk: %v", err)
	}
	front.Must(back.Certificates.Revoke(ctx, who, is.Content.Number, "other", "测试"))
	r, err = front.Certificates.Verify(ctx, front.Who, is.PDF)
	front.Must(err)
	if !r.Revoked {
		t.Error("revoked at one desk, and the other does not know")
	}
	n, err := front.Audit.Verify(ctx, front.Who)
	if err != nil || n < 15 {
		t.Errorf("both chains: %d lines, %v", n, err)
	}
	people := sample.People(300, front.Today())
	im, err := back.Exchange.Roster(ctx, who, people.Roster, false, nil)
	front.Must(err)
	if im.Added != 300 {
		t.Errorf("imported %d of 300", im.Added)
	}
	front.Must(front.People.Delete(ctx, front.Who, p.ID))
}

// TestDesksThatBookAtOnceNeverOverfillASlot sends eight people at two desks for five places.
func TestDesksThatBookAtOnceNeverOverfillASlot(t *testing.T) {
	where := servicetest.Database(t)
	front := servicetest.OpenAt(t, where)
	cfg := front.Config(where)
	cfg.Machine = "前台 03"
	back, err := service.Open(ctx, cfg)
	front.Must(err)
	defer back.Close()
	who, err := back.Access.SignIn(ctx, front.Who.Name, servicetest.Passphrase)
	front.Must(err)
	v, err := front.Venues.Put(ctx, front.Who, identity.Venue{Name: "南湖确认点"})
	front.Must(err)
	const room, people = 5, 8
	slots, err := front.Venues.Plan(ctx, front.Who, v.ID, front.Today().AddDays(1), 540, 570, 30, room)
	front.Must(err)
	results := make(chan error)
	sample := sample.People(people, front.Today())
	_, err = front.Exchange.Roster(ctx, front.Who, sample.Roster, false, nil)
	front.Must(err)
	for i, number := range sample.Numbers[:people] {
		p, err := front.People.ByNumber(ctx, front.Who, number)
		front.Must(err)
		go func() {
			if i%2 == 0 {
				results <- front.Venues.Book(ctx, front.Who, p.ID, slots[0].ID, "")
			} else {
				results <- back.Venues.Book(ctx, who, p.ID, slots[0].ID, "")
			}
		}()
	}
	booked := 0
	for range people {
		switch err := <-results; {
		case err == nil:
			booked++
		case !errors.Is(err, identity.ErrSlotFull):
			t.Error(err)
		}
	}
	if booked != room {
		t.Errorf("%d have a place, want %d", booked, room)
	}
}

// bothDesks opens the pack of self-taught examinations at two desks of one server.
func bothDesks(t *testing.T) (front *servicetest.Desk, back *service.Services, who access.Who, numbers []string) {
	t.Helper()
	where := servicetest.Database(t)
	front = servicetest.OpenWith(t, where, "hubei-self-taught-exam")
	sample := sample.People(8, front.Today())
	for i, number := range sample.Numbers {
		_, _, err := front.People.Register(ctx, front.Who, person.Form{Name: "韦青禾", Number: number, Phone: fmt.Sprintf("1387714602%d", i)})
		front.Must(err)
	}
	cfg := front.Config(where)
	cfg.Machine = "前台 03"
	back, err := service.Open(ctx, cfg)
	front.Must(err)
	t.Cleanup(func() { back.Close() })
	who, err = back.Access.SignIn(ctx, front.Who.Name, servicetest.Passphrase)
	front.Must(err)
	return front, back, who, sample.Numbers
}

// atOnce runs both and gives what each of them said.
func atOnce(one, two func() error) (a, b error) {
	first, second := make(chan error), make(chan error)
	go func() { first <- one() }()
	go func() { second <- two() }()
	return <-first, <-second
}

// TestWhatOnePersonHasOnlyOneOfIsNotGivenAtTwoDesksAtOnce does the same for one person at both desks.
func TestWhatOnePersonHasOnlyOneOfIsNotGivenAtTwoDesksAtOnce(t *testing.T) {
	front, back, who, numbers := bothDesks(t)
	v, err := front.Venues.Put(ctx, front.Who, identity.Venue{Name: "南湖确认点"})
	front.Must(err)
	slots, err := front.Venues.Plan(ctx, front.Who, v.ID, front.Today().AddDays(1), 540, 600, 30, 50)
	front.Must(err)
	for i, number := range numbers[:6] {
		p, err := front.People.ByNumber(ctx, front.Who, number)
		front.Must(err)
		a, b := atOnce(func() error { return front.Venues.Book(ctx, front.Who, p.ID, slots[0].ID, "") },
			func() error { return back.Venues.Book(ctx, who, p.ID, slots[1].ID, "") })
		if (a == nil) == (b == nil) || !errors.Is(errors.Join(a, b), identity.ErrBookedBefore) {
			t.Errorf("two places at once: %v, %v", a, b)
		}
		one, two := fmt.Sprintf("01019988776%d", i), fmt.Sprintf("01019988775%d", i)
		a, b = atOnce(func() error { _, err := front.Tickets.Declare(ctx, front.Who, p.ID, one, "0101"); return err },
			func() error { _, err := back.Tickets.Declare(ctx, who, p.ID, two, "0101"); return err })
		front.Must(a, b)
		list, err := front.Tickets.Of(ctx, front.Who, p.ID)
		front.Must(err)
		if len(list) != 2 || list[0].State == list[1].State {
			t.Errorf("two numbers at once: %+v", list)
		}
		_, err = front.Tickets.Choose(ctx, front.Who, p.ID, one)
		front.Must(err)
		a, b = atOnce(func() error { _, err := front.Tickets.Propose(ctx, front.Who, p.ID); return err },
			func() error { _, err := back.Tickets.Propose(ctx, who, p.ID); return err })
		if (a == nil) == (b == nil) || !errors.Is(errors.Join(a, b), enrolment.ErrMergeOpen) {
			t.Errorf("two merges at once: %v, %v", a, b)
		}
	}
}

// TestBlocksHandedOutAtTwoDesksAtOnceNeverMeet hands blocks out at both desks.
func TestBlocksHandedOutAtTwoDesksAtOnceNeverMeet(t *testing.T) {
	front, back, who, _ := bothDesks(t)
	for i := range 8 {
		a, b := atOnce(func() error {
			_, err := front.Tickets.HandBlock(ctx, front.Who, fmt.Sprint("甲", i), "", 10)
			return err
		},
			func() error { _, err := back.Tickets.HandBlock(ctx, who, fmt.Sprint("乙", i), "", 10); return err })
		front.Must(a, b)
	}
	blocks, err := front.Tickets.Blocks(ctx, front.Who)
	front.Must(err)
	for i := 1; i < len(blocks); i++ {
		if blocks[i].From <= blocks[i-1].To {
			t.Errorf("%+v meets %+v", blocks[i], blocks[i-1])
		}
	}
	if len(blocks) != 16 {
		t.Errorf("%d blocks", len(blocks))
	}
}
