package model

import (
	"context"
	"errors"
	"testing"
)

func TestLongWorkTellsHowFarItIsAndCanBeStopped(t *testing.T) {
	var later Later
	s := NewScreen(later.Run)
	var stopped error
	s.DoLong("state.working.of", func(ctx context.Context, report func(done, of int)) error {
		report(50, 100)
		<-ctx.Done()
		stopped = ctx.Err()
		return nil
	}, nil)
	if !s.Busy() || !s.Stoppable() || s.Progress().Key != "state.working.of" {
		t.Fatalf("busy %v, stoppable %v, progress %+v", s.Busy(), s.Stoppable(), s.Progress())
	}
	s.Stop()
	later.Step() // the work itself, which ends because it was stopped
	if !errors.Is(stopped, context.Canceled) {
		t.Errorf("the work saw %v", stopped)
	}
	later.All()
	if s.Busy() || s.Stoppable() || s.Progress() != (Progress{}) {
		t.Errorf("after the end: busy %v, progress %+v", s.Busy(), s.Progress())
	}
}

func TestLongWorkReportsAHundredTimesNotAMillion(t *testing.T) {
	s := NewScreen(Now)
	told := 0
	s.OnChange(func() { told++ })
	s.DoLong("k", func(_ context.Context, report func(done, of int)) error {
		for i := range 100_000 {
			report(i, 100_000)
		}
		if p := s.Progress(); p.Done != 99_000 || p.Part() != 0.99 {
			t.Errorf("progress %+v", p)
		}
		return nil
	}, nil)
	if told > 110 {
		t.Errorf("the screen was told %d times", told)
	}
}

func TestWhereTheWholeIsUnknownEveryThousandIsTold(t *testing.T) {
	s := NewScreen(Now)
	var seen []int
	s.OnChange(func() { seen = append(seen, s.Progress().Done) })
	s.DoLong("k", func(_ context.Context, report func(done, of int)) error {
		for i := range 2500 {
			report(i, 0)
		}
		return nil
	}, nil)
	if len(seen) != 5 || seen[2] != 1000 || seen[3] != 2000 {
		t.Errorf("told of %v", seen)
	}
}

func TestWhatCantBeUndoneIsAskedFirst(t *testing.T) {
	var s Screen
	done := 0
	s.Yes() // nothing is asked yet
	s.Ask("certificate.revoke.ask", func() { done++ }, "X-1")
	if q := s.Question(); done != 0 || q == nil || q.Key != "certificate.revoke.ask" || q.Figures[0] != "X-1" {
		t.Fatalf("done %d, question %+v", done, q)
	}
	s.No()
	if s.Question() != nil || done != 0 {
		t.Errorf("after no: done %d", done)
	}
	s.Ask("certificate.revoke.ask", func() { done++ })
	s.Yes()
	s.Yes()
	if s.Question() != nil || done != 1 {
		t.Errorf("after yes, twice: done %d", done)
	}
}

func TestAFileIsKnownByTheEndOfItsName(t *testing.T) {
	for name, want := range map[string]bool{"名单.XLSX": true, "a.csv": true, "csv": false, "a.pdf": false, "": false} {
		if got := (File{Name: name}).Is("xlsx", "csv"); got != want {
			t.Errorf("%q: got %v", name, got)
		}
	}
}

func TestWhatWasStoppedIsNoProblem(t *testing.T) {
	var later Later
	s := NewScreen(later.Run)
	s.DoLong("k", func(ctx context.Context, _ func(done, of int)) error {
		<-ctx.Done()
		return errors.New("interrupted")
	}, func() { t.Error("what follows ran after a stop") })
	s.Stop()
	later.All()
	if s.Problem() != nil || s.Busy() {
		t.Errorf("problem %v, busy %v", s.Problem(), s.Busy())
	}
}
