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
	return id, t.Begin(Try{id, "this", at}, never)
}

func fails(t *testing.T, tries *Tries, at time.Time) {
	t.Helper()
	id, wait := begin(tries, at)
	if wait > 0 {
		t.Fatalf("not taken for %v", wait)
	}
	tries.End(id, false, at)
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
		tries.End(id, true, noon)
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
		wait := tries.Begin(Try{fmt.Sprint(i), "killed", at}, gone)
		at = at.Add(wait)
		if wait > 0 {
			tries.Begin(Try{fmt.Sprint(i), "killed", at}, gone)
		}
	}
	if tries.Failures < 15 || tries.Broken > mayBreak {
		t.Errorf("twenty tries that were broken off: %+v", tries)
	}
	tries = Tries{}
	for i := range 2 {
		tries.Begin(Try{fmt.Sprint(i), "killed", noon}, gone)
	}
	if wait := tries.Begin(Try{"last", "this", noon}, gone); wait != 0 || tries.Failures != 0 {
		t.Errorf("after two: %+v, wait %v", tries, wait)
	}
	tries.End("last", true, noon)
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
