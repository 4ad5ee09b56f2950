package enrolment

import (
	"errors"
	"testing"
)

func TestMoneyIsReadToTheFen(t *testing.T) {
	for text, want := range map[string]int64{
		"480": 48000, "480.5": 48050, "480.05": 48005, "¥1,480.50": 148050, "４８０元": 48000, " 480 ": 48000, "0.01": 1, "19.99": 1999, "999999999.99": 99999999999,
	} {
		if got, err := ReadYuan(text); err != nil || got != want {
			t.Errorf("%q: got %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "0", "0.00", "480.005", "-1", "1e3", "四百八", "1000000000", "480.", ".5", "4 8.0.1", "NaN"} {
		if got, err := ReadYuan(text); !errors.Is(err, ErrNotYuan) {
			t.Errorf("%q was read as %d", text, got)
		}
	}
}

func TestPointsAreReadToTheTenth(t *testing.T) {
	for text, want := range map[string]int{"0": 0, "60": 600, "60.5": 605, "６０．５分": 605, "150": 1500, "60.50": 605} {
		if got, err := ReadPoints(text); err != nil || got != want {
			t.Errorf("%q: got %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "60.55", "150.1", "151", "-1", "+1", "1e2", "1000", "分"} {
		if got, err := ReadPoints(text); !errors.Is(err, ErrNotPoints) {
			t.Errorf("%q was read as %d", text, got)
		}
	}
}
