package store

import (
	"testing"
	"time"
)

func TestAClockThatWasMovedForOneProgramIsPutRight(t *testing.T) {
	for said, want := range map[string]time.Duration{
		"monotonic           0         0\nboottime            0         0\n": 0,
		"monotonic        5000         0\nboottime        86400 500000000\n": 24*time.Hour + 500*time.Millisecond,
		"boottime       -86400         0\n":                                  -24 * time.Hour,
		"":                                                                   0,
	} {
		if got := bootOffset(said); got != want {
			t.Errorf("%q: %v, want %v", said, got, want)
		}
	}
	one, two := uptime(), uptime()
	if one.Boot == "" || one.Up <= 0 || two.Boot != one.Boot || two.Up < one.Up {
		t.Errorf("this machine says %v, then %v", one, two)
	}
}
