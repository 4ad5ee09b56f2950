package identity

import (
	"errors"
	"testing"

	"xuezheng/data/id"
)

func TestTheEndsOfAPlanOfSlots(t *testing.T) {
	for name, c := range map[string]struct {
		from, to, minutes, room, slots int
		want                           error
	}{
		"the whole day, from midnight to midnight": {0, 1440, 15, 1, 96, nil},
		"a minute before the day":                  {-1, 600, 30, 1, 0, ErrSlotTimes},
		"a minute beyond it":                       {1000, 1441, 30, 1, 0, ErrSlotTimes},
		"the shortest slots there are":             {540, 550, 5, 1, 2, nil},
		"shorter than that":                        {540, 550, 4, 1, 0, ErrSlotTimes},
		"one slot that just fits":                  {540, 570, 30, 1, 1, nil},
		"a minute too short for it":                {540, 569, 30, 1, 0, ErrSlotTimes},
		"more than anyone can oversee":             {0, 97 * 5, 5, 1, 0, ErrSlotTimes},
		"as many as one can":                       {0, 97*5 - 1, 5, 1, 96, nil},
		"late in the day, few":                     {1400, 1430, 10, 1, 3, nil},
		"room for one":                             {540, 570, 30, 1, 1, nil},
		"room for the most":                        {540, 570, 30, 5000, 1, nil},
		"room for more":                            {540, 570, 30, 5001, 0, ErrSlotRoom},
		"room for nobody":                          {540, 570, 30, 0, 0, ErrSlotRoom},
	} {
		list, err := Plan("v", today, c.from, c.to, c.minutes, c.room, today, nil)
		if !errors.Is(err, c.want) || len(list) != c.slots {
			t.Errorf("%s: got %d, %v", name, len(list), err)
		}
		seen := map[id.Slot]bool{"": true}
		for i, s := range list {
			if s.Venue != "v" || s.Room != c.room || s.Day != today || s.From != c.from+i*c.minutes || s.To != s.From+c.minutes || seen[s.ID] {
				t.Errorf("%s: slot %d is %+v", name, i, s)
			}
			seen[s.ID] = true
		}
	}
	if _, err := Plan("v", today, 540, 570, 30, 5001, today, nil); err == nil || err.Error() != "identity.slot-room [5000]" {
		t.Errorf("the most room is not said: %v", err)
	}
}

func TestSlotsMayTouchButNotOverlap(t *testing.T) {
	there := []Slot{{Day: today, From: 600, To: 660}}
	for name, c := range map[string]struct {
		from, to int
		want     error
	}{
		"ends where it begins":  {570, 600, nil},
		"a minute into it":      {571, 601, ErrSlotOverlap},
		"within it":             {610, 640, ErrSlotOverlap},
		"from its last minute":  {659, 689, ErrSlotOverlap},
		"begins where it ended": {660, 690, nil},
	} {
		if _, err := Plan("v", today, c.from, c.to, 30, 1, today, there); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := Plan("v", today.AddDays(1), 610, 640, 30, 1, today, there); err != nil {
		t.Errorf("the next day: %v", err)
	}
}

func TestAPlaceInALaterOrAnEarlierSlot(t *testing.T) {
	f := BookFacts{State: PhotoReady, Slot: Slot{Day: today.AddDays(1), From: 540, To: 570, Room: 1}, Today: today, Minutes: 900}
	if err := Book(f); err != nil {
		t.Errorf("tomorrow morning, asked for in the afternoon: %v", err)
	}
	f.School = "甲"
	if err := Book(f); err != nil {
		t.Errorf("a school's learner at an open venue: %v", err)
	}
	if left := (Slot{Room: 2, Taken: 5}).Left(); left != 0 {
		t.Errorf("more taken than there is room: %d left", left)
	}
}

func TestMinutesOfTheDayAsAClock(t *testing.T) {
	for minutes, want := range map[int]string{0: "00:00", 9: "00:09", 59: "00:59", 60: "01:00", 545: "09:05", 600: "10:00", 610: "10:10", 754: "12:34", 1199: "19:59", 1200: "20:00", 1439: "23:59", 1440: "24:00"} {
		if got := Clock(minutes); got != want {
			t.Errorf("%d: got %s, want %s", minutes, got, want)
		}
	}
}

func TestClosingAVenueAsksOnceIfPeopleHavePlaces(t *testing.T) {
	open, closed := Venue{}, Venue{Closed: true}
	for name, c := range map[string]struct {
		before, after Venue
		held          int
		told          bool
		want          string
	}{
		"nobody has a place":           {open, closed, 0, false, ""},
		"one person has":               {open, closed, 1, false, "identity.places-held [1]"},
		"it was said how many":         {open, closed, 7, true, ""},
		"it was closed before":         {closed, closed, 7, false, ""},
		"it is opened again":           {closed, open, 7, false, ""},
		"another name, and stays open": {open, open, 7, false, ""},
	} {
		got := ""
		if err := Shut(c.before, c.after, c.held, c.told); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
