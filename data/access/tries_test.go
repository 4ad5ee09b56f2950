package access

import (
	"fmt"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

func never(Try) bool { return false }

func begin(t *Tries, at time.Time) (string, time.Duration) {
	id := fmt.Sprint(at, len(t.Open), t.Failures)
	return id, t.Begin(Try{id, "this", at, Uptime{}}, never)
}

func fails(t *testing.T, tries *Tries, at time.Time) {
	t.Helper()
	id, wait := begin(tries, at)
	if wait > 0 {
		t.Fatalf("not taken for %v", wait)
	}
	tries.End(id, false, at, Uptime{})
}

func TestATryCountsWhenItHasFailed(t *testing.T) {
	var tries Tries
	var ids []string
	for range 8 {
		id, wait := begin(&tries, noon)
		if wait > 0 {
			t.Fatalf("one of eight at once has to wait %v", wait)
		}
		ids = append(ids, id)
	}
	for _, id := range ids {
		tries.End(id, true, noon, Uptime{})
	}
	if tries.Failures != 0 || len(tries.Open) != 0 {
		t.Errorf("after eight right ones: %+v", tries)
	}
	for range 3 {
		fails(t, &tries, noon)
	}
	if _, wait := begin(&tries, noon); wait != 2*time.Second {
		t.Errorf("after three wrong ones: %v", wait)
	}
}

func TestAClockMakesNoWaitLonger(t *testing.T) {
	var tries Tries
	for range 3 {
		fails(t, &tries, noon.AddDate(5, 0, 0))
	}
	if _, wait := begin(&tries, noon); wait != 2*time.Second {
		t.Errorf("once the clock is right again: %v", wait)
	}
	if _, wait := begin(&tries, noon.Add(2*time.Second)); wait != 0 {
		t.Errorf("after that wait: %v", wait)
	}
}

func TestWhatIsBrokenOffCountsFromTheThirdOn(t *testing.T) {
	var tries Tries
	gone := func(Try) bool { return true }
	at := noon
	for i := range 20 {
		wait := tries.Begin(Try{fmt.Sprint(i), "killed", at, Uptime{}}, gone)
		at = at.Add(wait)
		if wait > 0 {
			tries.Begin(Try{fmt.Sprint(i), "killed", at, Uptime{}}, gone)
		}
	}
	if tries.Failures < 15 || tries.Broken > mayBreak {
		t.Errorf("twenty tries that were broken off: %+v", tries)
	}
	tries = Tries{}
	for i := range 2 {
		tries.Begin(Try{fmt.Sprint(i), "killed", noon, Uptime{}}, gone)
	}
	if wait := tries.Begin(Try{"last", "this", noon, Uptime{}}, gone); wait != 0 || tries.Failures != 0 {
		t.Errorf("after two: %+v, wait %v", tries, wait)
	}
	tries.End("last", true, noon, Uptime{})
	if tries.Broken != 0 || len(tries.Open) != 0 {
		t.Errorf("after it was opened: %+v", tries)
	}
}

func TestGuessesAreNotMadeSideBySide(t *testing.T) {
	var tries Tries
	for range 3 {
		fails(t, &tries, noon)
	}
	later := noon.Add(time.Minute)
	if _, wait := begin(&tries, later); wait != 0 {
		t.Fatal(wait)
	}
	if _, wait := begin(&tries, later); wait == 0 {
		t.Error("two at once, after three wrong ones")
	}
	tries = Tries{}
	for i := range atOnce + 1 {
		if _, wait := begin(&tries, noon); (wait > 0) != (i == atOnce) {
			t.Errorf("try %d at once: %v", i+1, wait)
		}
	}
	if _, wait := begin(&tries, noon.Add(2*tryTakes)); wait == 0 || tries.Failures != atOnce-mayBreak {
		t.Errorf("of those nothing was heard: wait %v, %+v", wait, tries)
	}
}

// TestAWaitGoesByHowLongTheMachineHasRun sets the clock, starts the machine anew and takes the store to another
// machine, and asks how long the next try has to wait after five wrong ones: eight seconds.
func TestAWaitGoesByHowLongTheMachineHasRun(t *testing.T) {
	const whole = 8 * time.Second
	for name, c := range map[string]struct {
		since, now Uptime
		clock      time.Duration // what the clock shows more than then
		want       time.Duration
	}{
		"the clock is set forward":                     {Uptime{"a", time.Hour}, Uptime{"a", time.Hour + time.Second}, 24 * time.Hour, 7 * time.Second},
		"the clock is set back":                        {Uptime{"a", time.Hour}, Uptime{"a", time.Hour + 3*time.Second}, -24 * time.Hour, 5 * time.Second},
		"it was waited":                                {Uptime{"a", time.Hour}, Uptime{"a", time.Hour + whole}, 0, 0},
		"it was waited, and the clock set back":        {Uptime{"a", time.Hour}, Uptime{"a", time.Hour + whole}, -24 * time.Hour, 0},
		"started anew just now, the clock set forward": {Uptime{"a", time.Hour}, Uptime{"b", 3 * time.Second}, 24 * time.Hour, 5 * time.Second},
		"started anew long ago":                        {Uptime{"a", time.Hour}, Uptime{"b", time.Minute}, time.Minute, 0},
		"another machine at once, long running":        {Uptime{"a", time.Hour}, Uptime{"b", 9 * time.Hour}, time.Second, 7 * time.Second},
		"another machine with a clock of before":       {Uptime{"a", time.Hour}, Uptime{"b", 9 * time.Hour}, -time.Hour, whole},
		"no name, the clock set forward":               {Uptime{"", time.Hour}, Uptime{"", time.Hour + time.Second}, 24 * time.Hour, 7 * time.Second},
		"no name, started anew":                        {Uptime{"", time.Hour}, Uptime{"", 2 * time.Second}, 24 * time.Hour, 6 * time.Second},
		"no name, started anew, running longer by now": {Uptime{"", time.Minute}, Uptime{"", time.Minute + time.Second}, 24 * time.Hour, 7 * time.Second},
		"the machine does not tell":                    {Uptime{"a", time.Hour}, Uptime{}, 3 * time.Second, 5 * time.Second},
		"the store is of before":                       {Uptime{}, Uptime{"a", time.Hour}, 3 * time.Second, 5 * time.Second},
	} {
		tries := Tries{Failures: 5, Next: noon.Add(whole), Since: c.since}
		at := noon.Add(c.clock)
		wait := max(0, tries.Begin(Try{"1", "this", at, c.now}, never))
		if wait != c.want {
			t.Errorf("%s: waits %v, want %v", name, wait, c.want)
		}
		if wait == 0 {
			continue
		}
		then := c.now // who waits for what was said gets in, whatever the clock says by then
		if then != (Uptime{}) {
			then.Up += wait
		}
		if again := tries.Begin(Try{"2", "this", at.Add(wait), then}, never); again > 0 {
			t.Errorf("%s: after %v it has to wait %v more", name, wait, again)
		}
	}
}
