package store

import (
	"context"
	"errors"
	"os"
	"strings"
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

// TestATryThatCouldNotBeToldIsSettledByALivingProgram loses the store while many sign in, as when a server is
// started anew: a program that lives on tells, when it comes to it next, what became of each.
func TestATryThatCouldNotBeToldIsSettledByALivingProgram(t *testing.T) {
	nobody, stop := context.WithCancel(context.Background())
	stop() // nothing reaches the store any more
	right := func(s *Store, y *try) error { return y.end(nobody, true) }
	wrong := func(s *Store, y *try) error { return y.end(nobody, false) }
	unasked := func(s *Store, y *try) error { // as begin leaves it, where keeping was not answered
		s.waits.owe(owed{y.login.ID, y.id, false})
		return nobody.Err()
	}
	cases := map[string]struct {
		times    int
		ends     func(*Store, *try) error // while the store can't be told
		killed   bool                     // the program, before it comes to the store again
		other    bool                     // another desk tries first, once those must be at an end
		failures int                      // when the next passphrase is tried
	}{
		"the passphrase was right":                  {times: 9, ends: right},
		"no passphrase was looked at":               {times: 9, ends: unasked},
		"it was wrong":                              {times: 4, ends: wrong, failures: 4},
		"no passphrase was looked at, and killed":   {times: 5, ends: unasked, killed: true, failures: 3},
		"it was wrong, and killed":                  {times: 5, ends: wrong, killed: true, failures: 3},
		"right, and another desk comes first":       {times: 9, ends: right, other: true},
		"wrong, and another desk comes first":       {times: 5, ends: wrong, other: true, failures: 5},
		"another desk comes first, and then killed": {times: 5, ends: right, other: true, killed: true, failures: 3},
	}
	engines(t, func(t *testing.T, s *Store, clock *clock) {
		for name, c := range cases {
			t.Run(name, func(t *testing.T) {
				s.waits = waits{}
				update(t, s, func(tx *Tx) error { return tx.Access.SetPassphrase("l1", secret, false) })
				under := make([]try, c.times)
				for i := range under {
					under[i] = try{s: s, id: id.New[string]()}
					if err := under[i].begin(context.Background(), "admin"); err != nil {
						t.Fatal(err)
					}
				}
				for i := range under {
					if c.ends(s, &under[i]) == nil {
						t.Fatal("the store was told")
					}
				}
				if c.other {
					mine := s.waits.owed
					s.waits.owed = nil
					clock.now = clock.now.Add(2 * tryTakes)
					opens(t, s, access.ErrSlowDown)
					s.waits.owed = mine
				}
				if c.killed {
					s.waits, s.run = waits{}, id.New[string]()
				}
				if !c.other { // on a server nobody knows that they ended, until they must have
					clock.now = clock.now.Add(2 * tryTakes)
				}
				y := try{s: s, id: id.New[string]()}
				if err := y.begin(context.Background(), "admin"); errors.Is(err, access.ErrSlowDown) != (c.failures > 0) {
					t.Errorf("the next try: %v", err)
				}
				view(t, s, func(tx *Tx) error {
					l, err := tx.Access.Get("l1")
					same(t, "failures", l.Failures, c.failures)
					return err
				})
			})
		}
	})
}

const tryTakes = time.Minute // longer than any try takes

// TestASignInThatLosesItsServerIsNoFailure cuts the line to the server at each point of a sign-in, many times over.
func TestASignInThatLosesItsServerIsNoFailure(t *testing.T) {
	server := os.Getenv("TEST_POSTGRES")
	if server == "" {
		t.Skip("TEST_POSTGRES names no PostgreSQL")
	}
	w, through := wired(t, schema(t, server))
	clock := newClock()
	s, err := Open(context.Background(), through, Options{Machine: "desk", Now: clock.Now, Create: true, Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found(t, s)
	for _, at := range []string{"FROM wrapped_key", "FROM login"} { // once the passphrase was found to be right
		for range 6 {
			s.Lock()
			s.asked = func(query string, _ []any) {
				if strings.Contains(query, at) && !s.Locked() {
					s.asked = nil
					w.sever()
				}
			}
			if _, err := s.Unlock(context.Background(), "admin", secret); !errors.Is(err, ErrUnreachable) {
				t.Errorf("cut at %q: %v", at, err)
			}
			clock.now = clock.now.Add(2 * tryTakes)
		}
		opens(t, s, nil)
	}
	ctx, stop := context.WithCancel(context.Background())
	for range 6 { // whether it was noted is never heard
		w.cutAt(cut{word: "commit\x00", passes: true, then: stop})
		y := try{s: s, id: id.New[string]()}
		if err := y.begin(ctx, "admin"); !errors.Is(err, context.Canceled) {
			t.Errorf("whether it was noted: %v", err)
		}
		clock.now = clock.now.Add(2 * tryTakes)
		ctx, stop = context.WithCancel(context.Background())
	}
	stop()
	w.cutAt()
	opens(t, s, nil)
}
