package access

import "time"

// Tries is what is known of the tries to open one login. A try counts when it has failed; while it is
// under way it is noted, so that ending the program saves no guess for long.
type Tries struct {
	Failures int       // wrong passphrases in a row
	Next     time.Time // before this, no try is taken
	Open     []Try     // begun, and not heard of since
	Broken   int       // begun, and broken off
}

// Try is one try that was begun.
type Try struct {
	ID      string
	Program string // which run of which program began it
	At      time.Time
}

const (
	tryTakes  = time.Minute // longer than any try takes
	mayBreak  = 2           // so many may be broken off, as by a power cut; each further one counts as failed
	atOnce    = 16          // so many tries of one login at once
	tryPauses = time.Second // how long one more has to wait
)

// Begin notes a try, or says how long it has to wait. gone says of a program other than one's own that
// it has ended, so that what it began is broken off. No clock can make a wait longer than it is: one
// that shows more is the clock's, and begins anew.
func (t *Tries) Begin(try Try, gone func(Try) bool) (wait time.Duration) {
	open := t.Open[:0]
	for _, o := range t.Open {
		if o.ID == try.ID { // begun twice, since nobody knew whether it had been noted
			continue
		}
		if since := try.At.Sub(o.At); gone(o) || since > tryTakes || since < -tryTakes {
			t.Broken++
		} else {
			open = append(open, o)
		}
	}
	t.Open = open
	if t.Broken > mayBreak {
		t.fail(t.Broken-mayBreak, try.At)
		t.Broken = mayBreak
	}
	if longest := try.At.Add(Delay(t.Failures)); t.Next.After(longest) {
		t.Next = longest
	}
	switch wait = t.Next.Sub(try.At); {
	case wait > 0:
		return wait
	case len(t.Open) >= atOnce, len(t.Open) > 0 && Delay(t.Failures) > 0:
		return tryPauses // guesses are not made side by side
	}
	t.Open = append(t.Open, try)
	return 0
}

// End takes note of how a try ended. One that nobody began any more changes nothing.
func (t *Tries) End(try string, opened bool, at time.Time) {
	for i, o := range t.Open {
		if o.ID != try {
			continue
		}
		t.Open = append(t.Open[:i:i], t.Open[i+1:]...)
		if opened {
			t.Failures, t.Broken, t.Next = 0, 0, time.Time{}
		} else {
			t.fail(1, at)
		}
		return
	}
}

func (t *Tries) fail(n int, at time.Time) {
	t.Failures += n
	if wait := Delay(t.Failures); wait > 0 {
		t.Next = at.Add(wait)
	}
}
