package service_test

import (
	"context"
	"errors"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

func TestIdleMinutesAreKeptWithinReason(t *testing.T) {
	d := servicetest.Open(t)
	n, err := d.Access.IdleMinutes(ctx)
	if err != nil || n != service.DefaultIdle {
		t.Errorf("at first: %d, %v", n, err)
	}
	for _, bad := range []int{0, 121, -5} {
		if err := d.Access.SetIdleMinutes(ctx, d.Who, bad); !errors.Is(err, service.ErrIdle) {
			t.Errorf("%d: got %v", bad, err)
		}
	}
	d.Must(d.Access.SetIdleMinutes(ctx, d.Who, 25))
	if n, err = d.Access.IdleMinutes(ctx); err != nil || n != 25 {
		t.Errorf("got %d, %v", n, err)
	}
	clerk := d.Login("lanmei", access.Clerk, "")
	if err := d.Access.SetIdleMinutes(ctx, clerk, 5); !errors.Is(err, access.ErrDenied) {
		t.Errorf("a clerk: got %v", err)
	}
}

func TestAOneTimePassphraseIsGoodForChoosingAnother(t *testing.T) {
	d := servicetest.Open(t)
	code, err := d.Access.AddOnce(ctx, d.Who, "lanmei", access.Clerk, "")
	d.Must(err)
	who, err := d.Access.SignIn(ctx, "lanmei", code)
	d.Must(err)
	if !who.MustChange {
		t.Fatal("a handed-out passphrase need not be changed")
	}
	if _, err := d.People.Find(ctx, who, "x", 1); !errors.Is(err, access.ErrMustChange) {
		t.Errorf("before changing: got %v", err)
	}
	d.Must(d.Access.ChangePassphrase(ctx, who, code, "雨后山坡长满青草"))
	who, err = d.Access.SignIn(ctx, "lanmei", "雨后山坡长满青草")
	d.Must(err)
	if who.MustChange {
		t.Error("still to be changed")
	}
	second, err := d.Access.ResetOnce(ctx, d.Who, "lanmei")
	d.Must(err)
	who, err = d.Access.SignIn(ctx, "lanmei", second)
	d.Must(err)
	if !who.MustChange || second == code {
		t.Error("a reset passphrase need not be changed, or is the same again")
	}
	if _, err := d.Access.ResetOnce(ctx, d.Who, "nobody"); !errors.Is(err, access.ErrNoLogin) {
		t.Errorf("nobody: got %v", err)
	}
	if _, err := d.Access.AddOnce(ctx, d.Who, "a b", access.Clerk, ""); !errors.Is(err, access.ErrLoginName) {
		t.Errorf("a name with a space: got %v", err)
	}
}

func TestTheTrailTellsNamesAndIsVerifiedStepByStep(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	clerk := d.Login("lanmei", access.Clerk, "")
	_, err := d.People.ShowNumber(ctx, clerk, p.ID)
	d.Must(err)
	list, err := d.Audit.Trail(ctx, d.Who, store.LineFilter{Who: clerk.Login, Act: act.ShowNumber})
	if err != nil || len(list) != 1 || list[0].WhoName != "lanmei" || list[0].PersonName != p.Name {
		t.Errorf("got %d lines, %v", len(list), err)
	}
	if _, err := d.Audit.Trail(ctx, clerk, store.LineFilter{}); !errors.Is(err, access.ErrDenied) {
		t.Errorf("a clerk: got %v", err)
	}
	d.Must(d.People.Delete(ctx, d.Who, p.ID))
	if list, err = d.Audit.Trail(ctx, d.Who, store.LineFilter{Person: p.ID}); err != nil || len(list) == 0 || list[0].PersonName != "" {
		t.Errorf("of someone deleted: %d lines, %v", len(list), err)
	}
	last, whole := 0, 0
	v, err := d.Audit.VerifyAll(ctx, d.Who, nil, func(done, of int) { last, whole = done, of })
	if err != nil || !v.OK() || v.Lines == 0 || v.Rows == 0 || last != v.Lines+v.Rows || whole != last {
		t.Errorf("got %+v, told %d of %d, %v", v, last, whole, err)
	}
	stopped, stop := context.WithCancel(ctx)
	_, err = d.Audit.VerifyAll(stopped, d.Who, nil, func(int, int) { stop() })
	if err == nil {
		t.Error("went on after it was stopped")
	}
}
