package service_test

import (
	"context"
	"testing"
	"time"

	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// sampleExam is a store filled with people on their way to being confirmed.
func sampleExam(t *testing.T) (*service.Services, sample.Cases, func(id.Person) service.File) {
	t.Helper()
	ctx := context.Background()
	clock := sample.NewClock(time.Date(2026, 11, 23, 1, 12, 0, 0, time.UTC))
	s, who, _, err := service.Init(ctx, service.Config{Location: servicetest.Place(t), Machine: "前台 02", Now: clock.Now, Store: store.Options{Cost: servicetest.Cost}}, service.Founding{OwnReview: true,
		Institution: "样例考试机构", Pack: "hubei-self-taught-exam", Administrator: "zhoumin", Passphrase: "样例 测试 2026",
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	out, err := sample.Confirming(ctx, s, who, clock)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Audit.Verify(ctx, who); err != nil {
		t.Error(err)
	}
	return s, out, func(p id.Person) service.File {
		f, err := s.People.Show(ctx, who, p)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
}

func TestTheSampleCasesStandInEveryState(t *testing.T) {
	s, out, show := sampleExam(t)
	for p, want := range map[id.Person]identity.State{
		out.Preregistered: identity.Preregistered, out.NoMaterials: identity.PhotoReady, out.Submitted[2]: identity.Submitted,
		out.GivenUp: identity.MustCome, out.Returned: identity.SentBack, out.Confirmed: identity.Confirmed, out.Merging: identity.Confirmed,
	} {
		if got := show(p).Person; got.State != want {
			t.Errorf("%s: got %s, want %s", got.Name, got.State, want)
		}
	}
	if d := s.Today().String(); d != "2026-11-23" {
		t.Errorf("the clock shows %s", d)
	}
}
