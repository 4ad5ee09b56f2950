package hours

import (
	"errors"
	"testing"

	"xuezheng/data/day"
)

func TestAListIsPublishedFromTheFirstWorkingDayOfTheNextMonth(t *testing.T) {
	cal := workingDays(t)
	list := PassList{Year: 2025, Month: 9}
	list.PublishOn, _ = PublishDay(2025, 9, cal) // 2025-10-09, after National Day
	for name, c := range map[string]struct {
		today day.Date
		want  error
	}{
		"on its last day":                      {day.MustNew(2025, 9, 30), ErrMonthRuns},
		"on the first of the next":             {day.MustNew(2025, 10, 1), ErrPublishOnDay},
		"the day before":                       {day.MustNew(2025, 10, 8), ErrPublishOnDay},
		"on the day":                           {day.MustNew(2025, 10, 9), nil},
		"late":                                 {day.MustNew(2025, 12, 1), nil},
		"in the same month of the year before": {day.MustNew(2024, 10, 9), ErrMonthRuns},
	} {
		got, err := list.Publish(c.today)
		if !errors.Is(err, c.want) || list.CanPublish(c.today) != (err == nil) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
		if err == nil && (got.State != Published || got.PublishedOn != c.today) {
			t.Errorf("%s: got %+v", name, got)
		}
	}
	list.State = Published
	if _, err := list.Publish(day.MustNew(2025, 12, 1)); !errors.Is(err, ErrListPublished) {
		t.Errorf("a second time: got %v", err)
	}
	for today, want := range map[day.Date]PassState{day.MustNew(2025, 9, 1): Preview, day.MustNew(2025, 9, 30): Preview, day.MustNew(2025, 10, 1): Over, day.MustNew(2026, 1, 1): Over} {
		if got := Unpublished(2025, 9, today); got != want {
			t.Errorf("%v: got %s, want %s", today, got, want)
		}
	}
	if got := Unpublished(2025, 12, day.MustNew(2026, 1, 1)); got != Over {
		t.Errorf("December on New Year's Day: got %s", got)
	}
}
