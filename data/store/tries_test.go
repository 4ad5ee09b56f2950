package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/id"
)

// guess makes so many wrong tries.
func guess(t *testing.T, s *Store, n int) {
	t.Helper()
	for i := range n {
		if _, err := s.Unlock(context.Background(), "admin", "不对"); !errors.Is(err, access.ErrWrongPassphrase) {
			t.Fatalf("wrong try %d: %v", i+1, err)
		}
	}
}

func opens(t *testing.T, s *Store, want error) {
	t.Helper()
	if _, err := s.Unlock(context.Background(), "admin", secret); !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

func TestAClockOfALaterYearLocksNobodyOut(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		right := c.now
		c.now = right.AddDate(5, 0, 0)
		guess(t, s, 3)
		s.waits = waits{} // another program looks, under a clock that is right again
		c.now = right
		opens(t, s, access.ErrSlowDown)
		c.now = right.Add(access.Delay(3))
		opens(t, s, nil)
	})
}

func TestSettingTheClockForwardSkipsNoWait(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		var goneBy time.Duration
		s.steady = func() time.Duration { return goneBy }
		guess(t, s, 3)
		c.now = c.now.Add(24 * time.Hour)
		opens(t, s, access.ErrSlowDown)
		goneBy = access.Delay(3)
		opens(t, s, nil)
		guess(t, s, 3)
		if err := s.Update(context.Background(), func(tx *Tx) error { return tx.Access.SetPassphrase("l1", secret, false) }); err != nil {
			t.Fatal(err)
		}
		opens(t, s, nil) // who is given a new passphrase waits for nothing
	})
}

// TestSettingTheClockForwardAndStartingAnewSkipsNoWait begins a program anew before each try, under a clock of the
// next day: one wait after another has to go by on the machine.
func TestSettingTheClockForwardAndStartingAnewSkipsNoWait(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		if s.dialect != sqlite {
			t.Skip("a server's own clock counts there")
		}
		up := access.Uptime{Boot: "one", Up: time.Hour}
		s.uptime = func() access.Uptime { return up }
		anew := func() {
			s.waits, s.run = waits{}, id.New[string]()
			c.now = c.now.Add(24 * time.Hour)
		}
		guess(t, s, 2)
		for failures := 3; failures < 6; failures++ {
			guess(t, s, 1)
			anew()
			opens(t, s, access.ErrSlowDown)
			up.Up += access.Delay(failures) - time.Second
			anew()
			opens(t, s, access.ErrSlowDown)
			up.Up += time.Second
			anew()
		}
		opens(t, s, nil)
		guess(t, s, 3)
		anew()
		up = access.Uptime{Boot: "two", Up: time.Second} // the machine was started anew
		opens(t, s, access.ErrSlowDown)
		up.Up = access.Delay(3)
		opens(t, s, nil)
	})
}

func TestEightRightPassphrasesAtOnceAllGetIn(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		results := make(chan error)
		for range 8 {
			go func() {
				_, err := s.Unlock(context.Background(), "admin", secret)
				results <- err
			}()
		}
		for range 8 {
			if err := <-results; err != nil {
				t.Errorf("turned away: %v", err)
			}
		}
	})
}

func TestEightWrongPassphrasesAtOnceAllCount(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock) {
		results := make(chan error)
		for range 8 {
			go func() {
				_, err := s.Unlock(context.Background(), "admin", "不对")
				results <- err
			}()
		}
		wrong := 0
		for range 8 {
			switch err := <-results; {
			case errors.Is(err, access.ErrWrongPassphrase):
				wrong++
			case !errors.Is(err, access.ErrSlowDown):
				t.Error(err)
			}
		}
		view(t, s, func(tx *Tx) error {
			l, err := tx.Access.Get("l1")
			same(t, "failures", l.Failures, wrong)
			return err
		})
		opens(t, s, access.ErrSlowDown)
	})
}

// TestAKilledSignInIsNoFailure ends a program between a try's beginning and its end.
func TestAKilledSignInIsNoFailure(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		kill := func() error {
			y := try{s: s, id: id.New[string]()}
			err := y.begin(context.Background(), "admin")
			s.run = id.New[string]()           // the next program
			c.now = c.now.Add(2 * time.Minute) // on a server nobody knows that it ended, until it must have
			return err
		}
		for range 2 {
			if err := kill(); err != nil {
				t.Fatal(err)
			}
		}
		view(t, s, func(tx *Tx) error {
			l, err := tx.Access.Get("l1")
			same(t, "failures", l.Failures, 0)
			return err
		})
		opens(t, s, nil)
		refused := 0
		for range 30 {
			if err := kill(); errors.Is(err, access.ErrSlowDown) {
				refused++
			} else if err != nil {
				t.Fatal(err)
			}
		}
		if refused == 0 {
			t.Error("a program that is killed again and again guesses for ever")
		}
	})
}
