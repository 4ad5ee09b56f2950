package access

import (
	"slices"
	"time"
)

// Tries is what is known of the tries to open one login. A try counts when it has failed; while it is
// under way it is noted, so that ending the program saves no guess for long.
type Tries struct {
	Failures int       // wrong passphrases in a row
	Next     time.Time // before this, no try is taken
	Since    Uptime    `json:"Since,omitzero"` // when the last one failed, by a clock that nobody can set
	Open     []Try     // begun, and not heard of since
	Broken   int       // begun, and broken off
	Charged  int       `json:"Charged,omitzero"` // of Failures, those that were broken off
	Gone     []string  `json:"Gone,omitempty"`   // the last tries that were broken off, should it still be heard how they ended
}

// Uptime is how long a machine has run since it was started, which no setting of its clock changes. It is
// zero where nobody can tell.
type Uptime struct {
	Boot string // names that start; empty on systems that give it no name
	Up   time.Duration
}

// follows reports whether u was read after since, without a start of the machine in between. Where starts
// have no names, a machine that has run longer is taken not to have been started since: more time than
// the difference has gone by in any case.
func (u Uptime) follows(since Uptime) bool { return u.Boot == since.Boot && u.Up >= since.Up }

// Try is one try that was begun.
type Try struct {
	ID      string
	Program string // which run of which program began it
	At      time.Time
	Up      Uptime `json:"-"` // what the machine said then; zero where it tells nothing
}

const (
	tryTakes  = time.Minute // longer than any try takes
	mayBreak  = 2           // so many may be broken off, as by a power cut; each further one counts as failed
	atOnce    = 16          // so many tries of one login at once
	tryPauses = time.Second // how long one more has to wait
	mostGone  = 64          // so many that were broken off are known by their ids
)

// Begin notes a try, or says how long it has to wait. gone says of a program other than one's own that
// it has ended, so that what it began is broken off.
func (t *Tries) Begin(try Try, gone func(Try) bool) (wait time.Duration) {
	open := t.Open[:0]
	for _, o := range t.Open {
		if o.ID == try.ID { // begun twice, since nobody knew whether it had been noted
			continue
		}
		if since := try.At.Sub(o.At); gone(o) || since > tryTakes || since < -tryTakes {
			t.Broken++
			t.Gone = append(t.Gone, o.ID)
		} else {
			open = append(open, o)
		}
	}
	t.Open = open
	t.Gone = t.Gone[max(0, len(t.Gone)-mostGone):]
	if more := t.Broken - mayBreak; more > 0 {
		t.fail(more, try.At, try.Up)
		t.Broken, t.Charged = mayBreak, t.Charged+more
	}
	switch wait = t.left(try.At, try.Up); {
	case wait > 0:
		return wait
	case len(t.Open) >= atOnce, len(t.Open) > 0 && Delay(t.Failures) > 0:
		return tryPauses // guesses are not made side by side
	}
	t.Open = append(t.Open, try)
	return 0
}

// left is how long the next try has to wait. No clock can make a wait longer than it is: one that shows
// more is the clock's, and begins anew. Since one start of a machine it goes by how long that has run,
// whatever its clock says; after another start, or on another machine, by the clock, but the machine
// must have run for all of the wait.
func (t *Tries) left(at time.Time, up Uptime) (wait time.Duration) {
	whole := Delay(t.Failures)
	wait = min(whole, t.Next.Sub(at))
	if up != (Uptime{}) && t.Since != (Uptime{}) {
		if up.follows(t.Since) {
			wait = whole - (up.Up - t.Since.Up)
		} else {
			wait = max(wait, whole-up.Up)
			t.Since = Uptime{up.Boot, up.Up - (whole - wait)}
		}
	}
	if wait > 0 {
		t.Next = at.Add(wait)
	}
	return wait
}

// End takes note of how a try ended. One that nobody began any more changes nothing.
func (t *Tries) End(try string, opened bool, at time.Time, up Uptime) {
	for i, o := range t.Open {
		if o.ID != try {
			continue
		}
		t.Open = append(t.Open[:i:i], t.Open[i+1:]...)
		if opened {
			*t = Tries{Open: t.Open}
		} else {
			t.fail(1, at, up)
		}
		return
	}
}

// Settle takes note of how a try ended whose program lives and could not say so in time: a wrong one fails, any
// other is taken back, also where it was taken for broken off meanwhile. A program that was ended says nothing.
func (t *Tries) Settle(try string, wrong bool, at time.Time, up Uptime) {
	open := len(t.Open)
	t.Open = slices.DeleteFunc(t.Open, func(o Try) bool { return o.ID == try })
	i := slices.Index(t.Gone, try)
	switch {
	case len(t.Open) < open && wrong:
		t.fail(1, at, up)
	case len(t.Open) < open || i < 0:
	case t.Charged > 0:
		t.Charged--
		if !wrong { // it has failed already
			t.Failures--
		}
	case t.Broken > 0:
		t.Broken--
		if wrong {
			t.fail(1, at, up)
		}
	}
	if i >= 0 {
		t.Gone = slices.Delete(t.Gone, i, i+1)
	}
}

func (t *Tries) fail(n int, at time.Time, up Uptime) {
	t.Failures += n
	t.Since = up
	if wait := Delay(t.Failures); wait > 0 {
		t.Next = at.Add(wait)
	}
}
