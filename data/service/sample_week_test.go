package service_test

import (
	"context"
	"testing"
	"time"

	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

func TestTheSampleWeeksLeaveADeskWithWorkToDo(t *testing.T) {
	ctx := context.Background()
	clock := sample.NewClock(time.Date(2026, 11, 23, 1, 12, 0, 0, time.UTC))
	s, who, _, err := service.Init(ctx, service.Config{Location: servicetest.Place(t), Machine: "前台 02", Now: clock.Now, Store: store.Options{Cost: servicetest.Cost}}, service.Founding{OwnReview: true,
		Institution: "样例机构", Pack: "guangxi-second-class-constructor", Administrator: "zhoumin", Passphrase: "样例 测试 2026",
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := sample.Weeks(ctx, s, who, clock, 24); err != nil {
		t.Fatal(err)
	}
	waiting, overdue, err := s.Hours.QueueCount(ctx, who)
	if err != nil || waiting < 20 || overdue < 2 || overdue >= waiting {
		t.Errorf("waiting %d, overdue %d, %v", waiting, overdue, err)
	}
	asked, err := s.Identity.Requests(ctx, who, 10)
	if err != nil || len(asked) != 4 {
		t.Errorf("%d changes, %v", len(asked), err)
	}
	unconfirmed, err := s.Identity.Waiting(ctx, who, 100)
	if err != nil || len(unconfirmed) != 20 {
		t.Errorf("%d unconfirmed, %v", len(unconfirmed), err)
	}
	list, err := s.Hours.PassList(ctx, who, 2026, 11)
	if err != nil || len(list.Rows) < 10 {
		t.Errorf("%d passed, %v", len(list.Rows), err)
	}
	if d := s.Today().String(); d != "2026-11-23" {
		t.Errorf("the clock shows %s", d)
	}
	if _, err := s.Audit.Verify(ctx, who); err != nil {
		t.Error(err)
	}
}
