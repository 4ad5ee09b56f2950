package identity

import (
	"errors"
	"testing"
	"time"

	"xuezheng/data/id"
)

func TestAFaceOnAnothersRecordIsFoundUpToTheFigure(t *testing.T) {
	on := Others{Sought: true, Within: 0.80}
	for name, c := range map[string]struct {
		rules    Others
		distance float64
		want     bool
	}{
		"the same picture":          {on, 0, true},
		"at the figure":             {on, 0.80, true},
		"just beyond it":            {on, 0.8001, false},
		"another's face":            {on, 1.2, false},
		"no figure":                 {on, -1, false},
		"a pack that does not ask":  {Others{Within: 0.80}, 0.1, false},
		"a pack that says nothing":  {Others{}, 0, false},
		"own weights, fitted":       {on.By(Likeness{Alike: 0.6, Unlike: 0.9}, true), 0.6, true},
		"beyond their own figure":   {on.By(Likeness{Alike: 0.6, Unlike: 0.9}, true), 0.61, false},
		"own weights, never fitted": {on.By(NotFitted, true), 0, false},
		"the program's weights":     {on.By(DefaultLikeness, false), 0.81, false},
	} {
		if got := c.rules.Found(c.distance); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestTheNumbersOfAFaceAreKeptOnlyOfWhoAgreed(t *testing.T) {
	on := Others{Sought: true, Within: 0.80}
	for name, c := range map[string]struct {
		rules           Others
		agreed, refused bool
		want            bool
	}{
		"agreed":                             {on, true, false, true},
		"said nothing, or refused":           {on, false, false, false},
		"agreed, and refused all comparing":  {on, true, true, false},
		"agreed under a pack that asks not":  {Others{}, true, false, false},
		"refused under a pack that asks not": {Others{}, false, true, false},
	} {
		if got := c.rules.Keeps(c.agreed, c.refused); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestAPairIsOneWhicheverFaceWasLookedFor(t *testing.T) {
	a := Pair(SharedFace{Person: "p2", Other: "p1", Photo: "f2", OtherPhoto: "f1"})
	b := Pair(SharedFace{Person: "p1", Other: "p2", Photo: "f1", OtherPhoto: "f2"})
	if a != b || a.Person != "p1" || a.Photo != "f1" || a.Beside("p1") != "p2" || a.Beside("p2") != "p1" {
		t.Errorf("got %+v and %+v", a, b)
	}
}

func TestWhatAClerkSaysOfAFaceOnTwoRecords(t *testing.T) {
	at := time.Date(2026, 12, 1, 2, 0, 0, 0, time.UTC)
	for why, outlives := range map[FaceSeen]bool{SeenTwins: true, SeenSame: true, SeenOther: false} {
		f, err := SharedFace{Person: "p1", Other: "p2"}.Say(why, id.Login("l1"), at)
		if err != nil || f.Open() || f.SeenBy != "l1" || f.SeenAt != at || f.Outlives() != outlives {
			t.Errorf("%s: got %+v, %v; want it to outlive another photo: %v", why, f, err, outlives)
		}
	}
	for _, why := range []FaceSeen{"", "cousins"} {
		if f, err := (SharedFace{}).Say(why, "l1", at); !errors.Is(err, ErrFaceSeen) || !f.Open() {
			t.Errorf("%q: got %+v, %v", why, f, err)
		}
	}
	if (SharedFace{}).Outlives() {
		t.Error("what nobody has looked at outlives another photo")
	}
}
