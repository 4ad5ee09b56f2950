package service_test

import (
	"errors"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

func TestAHomeStoreSignsNothing(t *testing.T) {
	s, who, _, err := service.Init(ctx, service.Config{Location: servicetest.Place(t), Machine: "家里", Store: store.Options{Cost: servicetest.Cost}}, service.Founding{
		Institution: "韦家", Pack: "guangxi-second-class-constructor", Administrator: "韦青", Passphrase: servicetest.Passphrase, Home: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if home, err := s.Access.IsHome(ctx); err != nil || !home {
		t.Errorf("home %v, %v", home, err)
	}
	if _, err := s.Certificates.ExportKey(ctx, who); !errors.Is(err, service.ErrNoKey) {
		t.Errorf("exporting a key says %v", err)
	}
	for _, f := range []string{"韦志远", "韦美玲"} {
		form := servicetest.Qing()
		if f == "韦美玲" {
			form = servicetest.Na()
		}
		if _, _, err := s.People.Register(ctx, who, form); err != nil {
			t.Fatal(f, err)
		}
	}
	if list, err := s.People.Family(ctx, who); err != nil || len(list) != 2 {
		t.Errorf("family %v, %v", list, err)
	}
}

func TestALearnerSeesOnlyThemselves(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	d.Register(servicetest.Na())
	learner := d.Login("qing", access.Learner, p.ID)
	list, err := d.People.Family(ctx, learner)
	if err != nil || len(list) != 1 || list[0].ID != p.ID {
		t.Errorf("sees %v, %v", list, err)
	}
	if home, err := d.Access.IsHome(ctx); err != nil || home {
		t.Errorf("an institution is a home: %v, %v", home, err)
	}
}
