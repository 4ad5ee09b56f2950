package hours

import (
	"testing"
	"time"

	"xuezheng/data/day"
)

func TestAClassCountsOnceItsLastDayIsOver(t *testing.T) {
	first, last := day.MustNew(2026, 9, 7), day.MustNew(2026, 9, 8)
	class, course := Class{From: first, To: last}, Course{Seconds: 540 * 60}
	present := func(on day.Date, hours int) Attendance {
		return Attendance{On: on, In: on.Start().Add(8 * time.Hour), Out: on.Start().Add(time.Duration(8+hours) * time.Hour)}
	}
	for name, c := range map[string]struct {
		list    []Attendance
		seconds int
		done    bool
	}{
		"nobody came":               {nil, 0, false},
		"only the first day":        {[]Attendance{present(first, 4)}, 533 * 27, false},
		"both days":                 {[]Attendance{present(first, 4), present(last, 4)}, 1066 * 27, true},
		"longer than the course":    {[]Attendance{present(first, 8), present(last, 8)}, 1200 * 27, true},
		"still there on the last":   {[]Attendance{present(first, 4), {On: last, In: last.Start()}}, 533 * 27, false},
		"came only on the last day": {[]Attendance{present(last, 3)}, 400 * 27, true},
	} {
		if seconds, done := guangxi.Earned(class, course, c.list); seconds != c.seconds || done != c.done {
			t.Errorf("%s: got %d %v, want %d %v", name, seconds, done, c.seconds, c.done)
		}
	}
}
