package service_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// TestNothingIsLeftOfWhomADeskDeletesWhileAnotherEnters has one desk of a server delete people while another
// enters hours for them: whichever came first, no record is left of somebody who is gone.
func TestNothingIsLeftOfWhomADeskDeletesWhileAnotherEnters(t *testing.T) {
	place := servicetest.Database(t)
	d := servicetest.OpenAt(t, place)
	c := d.Config(place)
	c.Machine = "前台 03"
	other, err := service.Open(ctx, c)
	d.Must(err)
	t.Cleanup(func() { other.Close() })
	who, err := other.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	d.Must(err)
	n := map[string]int{}
	for i := range rounds(40, 400) {
		number, name := invented(i)
		p := d.Register(person.Form{Name: name, Number: number, Phone: "13877146021"})
		en := d.Enrol(p.ID)
		var entered, deleted error
		var both sync.WaitGroup
		begin := make(chan struct{})
		both.Add(2)
		go func() {
			defer both.Done()
			<-begin
			entered = enterSome(other, who, p, hours.Entry{Learner: p.ID, Enrolment: en.ID, Course: "法规", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 2700, On: d.Today().AddDays(-3)}, i)
		}()
		go func() {
			defer both.Done()
			<-begin
			deleted = d.People.Delete(ctx, d.Who, p.ID)
		}()
		close(begin)
		both.Wait()
		if f := fault.Of(entered); f != nil && f.Kind == fault.Broken || f != nil && errors.Is(entered, store.ErrChanged) {
			t.Errorf("round %d, entering: %v", i, entered)
		}
		n[fmt.Sprintf("entered %v, deleted %v", entered == nil, deleted == nil)]++
		if deleted != nil {
			t.Errorf("round %d, deleting: %v", i, deleted)
		}
	}
	t.Log(n)
	if v, err := d.Audit.VerifyAll(ctx, d.Who, nil, func(int, int) {}); err != nil || !v.OK() {
		t.Errorf("the store: %+v, %v", v, err)
	}
	left, err := d.Hours.Unsubmitted(ctx, d.Who, "", 1000, 0)
	if err != nil || len(left) > 0 {
		t.Errorf("%d records are left of people who are gone, %v", len(left), err)
	}
	if n := orphans(t, place); n > 0 {
		t.Errorf("%d rows are left of people who are gone", n)
	}
}

// enterSome enters a few records one after another, until one is refused.
func enterSome(s *service.Services, who access.Who, p person.Person, e hours.Entry, from int) error {
	for i := range 3 {
		e.On = e.On.AddDays(-i)
		e.Course = fmt.Sprintf("法规 %d", from+i)
		if _, err := s.Hours.Enter(context.Background(), who, e); err != nil {
			return err
		}
	}
	return nil
}

// orphans counts the rows of the kinds that go with a person and whose person is not there.
func orphans(t *testing.T, place string) (n int) {
	t.Helper()
	db, err := sql.Open("pgx", place)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, k := range store.RowKinds() {
		if k.OnDelete != store.Goes || k.Whose != `person = ?` {
			continue
		}
		some := 0
		if err := db.QueryRow(`SELECT COUNT(*) FROM ` + k.Table + ` x WHERE x.person <> '' AND NOT EXISTS (SELECT 1 FROM person p WHERE p.org = x.org AND p.id = x.person)`).Scan(&some); err != nil {
			t.Fatal(err)
		}
		n += some
	}
	return n
}
