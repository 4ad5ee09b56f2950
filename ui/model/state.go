// Package model holds what each screen shows and what can be done on it, as plain Go: no
// window, no store. A screen's model asks a service through a small interface of its own.
package model

import (
	"context"
	"errors"
	"slices"
)

// Run does work somewhere and then, back on the screen, what comes after it. The shell's runs
// work in the background; Now and Later serve tests.
type Run func(work func() error, then func(error))

// Now runs work at once.
func Now(work func() error, then func(error)) { then(work()) }

// Later keeps work until a test lets it go, so that a test can look half-way.
type Later struct {
	waiting []func()
}

// Run is the runner to hand to a model.
func (l *Later) Run(work func() error, then func(error)) {
	l.waiting = append(l.waiting, func() { then(work()) })
}

// Waiting counts what has not run yet.
func (l *Later) Waiting() int { return len(l.waiting) }

// Step runs the oldest piece of work and what follows it, and reports whether there was one.
func (l *Later) Step() bool {
	if len(l.waiting) == 0 {
		return false
	}
	next := l.waiting[0]
	l.waiting = l.waiting[1:]
	next()
	return true
}

// All steps until nothing waits.
func (l *Later) All() {
	for l.Step() {
	}
}

// Screen is the ground of every model: whether something is under way, how far it is, and the
// last no that was said. Its methods are called on the screen's side only.
type Screen struct {
	run      Run
	busy     int
	problem  error
	progress Progress
	stop     func()
	question *Question
	watchers []func()
	gone     bool
}

// Question is asked before what can't be undone: Key words it with its Figures, Key+".hint" says
// what follows, and Key+".yes" words the button that does it.
type Question struct {
	Key     string
	Figures []any
	do      func()
}

// Progress is how far a piece of work has come: Done of Of, in the words of Key. Of 0 is
// unknown.
type Progress struct {
	Key      string
	Done, Of int
}

// Part is the part done, 0 to 1.
func (p Progress) Part() float32 {
	if p.Of <= 0 {
		return 0
	}
	return min(1, max(0, float32(p.Done)/float32(p.Of)))
}

// NewScreen makes the ground of a model that works through run.
func NewScreen(run Run) Screen { return Screen{run: run} }

// Begin gives a zero Screen its runner.
func (s *Screen) Begin(run Run) { s.run = run }

// Do does work away from the screen, and then, if it went well, what comes after it on the
// screen. While it works the screen is busy; a no becomes the screen's problem. What comes
// back after the screen was left is dropped.
func (s *Screen) Do(work func() error, then func()) {
	s.busy++
	s.problem = nil
	s.Changed()
	s.runner()(work, func(err error) {
		s.busy--
		if s.busy == 0 {
			s.progress, s.stop = Progress{}, nil
		}
		switch {
		case s.gone:
			return
		case err == errStopped:
		case err != nil:
			s.problem = err
		case then != nil:
			then()
		}
		s.Changed()
	})
}

func (s *Screen) runner() Run {
	if s.run == nil {
		return Now
	}
	return s.run
}

// Busy reports whether something is under way.
func (s *Screen) Busy() bool { return s.busy > 0 }

// Problem is the last no, or nil.
func (s *Screen) Problem() error { return s.problem }

// Refuse makes err the screen's problem: for what a model finds by itself. Nil takes it back.
func (s *Screen) Refuse(err error) {
	s.problem = err
	s.Changed()
}

// Progress is how far the work under way has come.
func (s *Screen) Progress() Progress { return s.progress }

// stays are the works of which what was done before a stop stays: they go piece by piece.
var stays = map[string]bool{"certificate.batch.working": true, "certificate.batch.printing": true, "hours.review.accepting": true, "backup.making": true}

// Stays reports whether what the work under way has done so far stays where it is stopped.
func (s *Screen) Stays() bool { return stays[s.progress.Key] }

// Report tells how far the work has come.
func (s *Screen) Report(p Progress) {
	s.progress = p
	s.Changed()
}

// CanStop lets the person stop the work under way by calling stop.
func (s *Screen) CanStop(stop func()) { s.stop = stop }

// DoLong is Do for work that takes its time: it can be stopped, and tells how far it is in the
// words of key as it goes on. Work calls report from wherever it runs.
func (s *Screen) DoLong(key string, work func(ctx context.Context, report func(done, of int)) error, then func()) {
	ctx, cancel := context.WithCancel(context.Background())
	last := -1
	report := func(done, of int) {
		if step := (Progress{Done: done, Of: of}).hundredths(); step != last {
			last = step
			s.runner()(func() error { return nil }, func(error) {
				if s.busy > 0 && !s.gone {
					s.Report(Progress{key, done, of})
				}
			})
		}
	}
	s.progress, s.stop = Progress{Key: key}, cancel
	s.Do(func() error {
		defer cancel()
		err := work(ctx, report)
		if err != nil && ctx.Err() != nil {
			return errStopped // the person stopped it: that is no problem to tell them
		}
		return err
	}, then)
}

var errStopped = errors.New("stopped")

// hundredths is the part done in hundredths; where the whole is unknown, in thousands of pieces.
func (p Progress) hundredths() int {
	if p.Of <= 0 {
		return p.Done / 1000
	}
	return p.Done * 100 / p.Of
}

// Ask puts a question before do is done.
func (s *Screen) Ask(key string, do func(), figures ...any) {
	s.question = &Question{Key: key, Figures: figures, do: do}
	s.Changed()
}

// Question is what is asked now, or nil.
func (s *Screen) Question() *Question { return s.question }

// Yes does what was asked about.
func (s *Screen) Yes() {
	q := s.question
	if q == nil {
		return
	}
	s.question = nil
	s.Changed()
	q.do()
}

// No leaves what was asked about undone.
func (s *Screen) No() {
	s.question = nil
	s.Changed()
}

// Stop stops the work under way, if it can be stopped.
func (s *Screen) Stop() {
	if s.stop != nil {
		s.stop()
	}
}

// Stoppable reports whether the work under way can be stopped.
func (s *Screen) Stoppable() bool { return s.busy > 0 && s.stop != nil }

// Leave is called when the screen is left: work still under way is stopped, and nothing of it
// comes back.
func (s *Screen) Leave() {
	s.Stop()
	s.gone = true
}

// OnChange calls f whenever something on the screen may look different.
func (s *Screen) OnChange(f func()) { s.watchers = append(s.watchers, f) }

// Changed tells everyone who watches that something may look different.
func (s *Screen) Changed() {
	for _, f := range slices.Clone(s.watchers) {
		f()
	}
}
