package identity

import (
	"testing"
	"time"
)

// look shows something once, so long after the beginning.
func (b *before) look(after time.Duration, s Seen) (kept bool) {
	b.now = moment.Add(after)
	s.At = b.now
	return b.p.See(s)
}

// doing sits someone down who has done the first so many tasks, two looks each, ten looks a second.
func doing(t *testing.T, done int, digits bool) *before {
	t.Helper()
	b := sitting(digits)
	for i, s := range []Seen{ahead, left, right, gaping, ahead}[:done] {
		if kept := b.hold(2, s); kept != 1 || b.p.At() != i+1 {
			t.Fatalf("two looks at task %d: kept %d, at %d", i, kept, b.p.At())
		}
	}
	return b
}

func TestTheTimeForATaskEndsToTheMoment(t *testing.T) {
	const room = 12 * time.Second
	two := ahead
	two.Faces = 2
	for name, s := range map[string]Seen{"nobody comes": nobody, "someone who looks away": left, "two who stay": two} {
		b := sitting(false)
		if b.look(room-1, s) || b.p.Over() {
			t.Errorf("%s: over before the time, why %q", name, b.p.Why())
		}
		if b.look(room, s) || b.p.Why() != WhyTime {
			t.Errorf("%s: at the end of the time: why %q", name, b.p.Why())
		}
	}
	b := sitting(false)
	for after, want := range map[time.Duration]time.Duration{0: room, 5 * time.Second: 7 * time.Second, room: 0, time.Minute: 0} {
		if got := b.p.Left(moment.Add(after)); got != want {
			t.Errorf("after %s: %s left, want %s", after, got, want)
		}
	}
}

func TestTheDigitsTakeTheirWholeTime(t *testing.T) {
	b := doing(t, 5, true)
	began := b.now.Sub(moment)
	if b.hold(5, ahead) != 0 || b.p.At() != 5 || b.p.Left(b.now) != 7500*time.Millisecond {
		t.Errorf("at %d, %s left", b.p.At(), b.p.Left(b.now))
	}
	if b.look(began+8*time.Second-1, ahead) {
		t.Error("over before their time")
	}
	if !b.look(began+8*time.Second, nobody) || !b.p.Over() || b.p.Why() != "" {
		t.Errorf("who looks down as the time ends has read them all the same: why %q", b.p.Why())
	}
}

func TestAFaceMayBeGoneForAMoment(t *testing.T) {
	for name, c := range map[string]struct {
		gone time.Duration
		why  string
	}{
		"a second and a half": {1500 * time.Millisecond, ""},
		"a moment longer":     {1500*time.Millisecond + 1, WhyLost},
	} {
		b := doing(t, 1, false)
		b.hold(30, ahead) // stays for three seconds more
		if b.look(b.now.Sub(moment)+c.gone, nobody) || b.p.Why() != c.why {
			t.Errorf("%s: why %q", name, b.p.Why())
		}
	}
	b := sitting(false)
	b.hold(1, ahead)
	if b.hold(50, nobody); b.p.Over() {
		t.Errorf("who has not begun yet may come and go: why %q", b.p.Why())
	}
}

func TestLooksInARow(t *testing.T) {
	two := ahead
	two.Faces = 2
	for name, between := range map[string]Seen{"someone passes by": two, "the head turns": left, "the face is lost": nobody} {
		b := sitting(false)
		b.hold(1, ahead)
		b.hold(1, between)
		if b.hold(1, ahead) != 0 {
			t.Errorf("%s: one look before and one after are not two in a row", name)
		}
		if b.hold(1, ahead) != 1 {
			t.Errorf("%s: two looks after it are enough", name)
		}
	}
	b := doing(t, 1, false)
	b.hold(1, left)
	b.hold(1, two)
	b.hold(1, left)
	b.hold(1, two)
	if b.p.Over() {
		t.Errorf("two who pass by, one after the other: why %q", b.p.Why())
	}
}

func TestHowFarAFaceMayMoveBetweenTwoLooks(t *testing.T) {
	moved := func(x, y, wide float64) Seen { return Seen{Faces: 1, X: 100 + x, Y: 100 + y, Wide: wide} }
	for name, c := range map[string]struct {
		s   Seen
		why string
	}{
		"1.2 of its widths aside":        {moved(96, 0, 80), ""},
		"a little more":                  {moved(96.1, 0, 80), WhyJump},
		"to the other side":              {moved(-97, 0, 80), WhyJump},
		"1.2 of its widths down":         {moved(0, 96, 80), ""},
		"down a little more":             {moved(0, 96.1, 80), WhyJump},
		"up":                             {moved(0, -97, 80), WhyJump},
		"2.2 times as wide":              {moved(0, 0, 176), ""},
		"wider than that":                {moved(0, 0, 176.1), WhyJump},
		"less than half as wide":         {moved(0, 0, 80/2.2+0.1), ""},
		"suddenly far away":              {moved(0, 0, 80/2.2-0.1), WhyJump},
		"in the corner, as wide as ever": {moved(50, 50, 80), ""},
	} {
		b := doing(t, 1, false)
		if b.hold(1, c.s); b.p.Why() != c.why {
			t.Errorf("%s: why %q, want %q", name, b.p.Why(), c.why)
		}
	}
	b := sitting(false)
	b.hold(1, ahead)
	if b.hold(1, moved(300, 0, 80)); b.p.Over() {
		t.Error("who is still sitting down may move")
	}
	b = doing(t, 1, false)
	passing := moved(300, 0, 80)
	passing.Faces = 2
	b.hold(1, passing)
	if b.hold(1, ahead); b.p.Over() {
		t.Errorf("the face that passed by was not theirs: why %q", b.p.Why())
	}
}

func TestWhatShowsATask(t *testing.T) {
	face := func(yaw, mouth float64) Seen { return Seen{Faces: 1, X: 100, Y: 100, Wide: 80, Yaw: yaw, Mouth: mouth} }
	for name, c := range map[string]struct {
		task Task
		s    Seen
		want bool
	}{
		"ahead, at the limits":               {LookAhead, face(9, 0.18), true},
		"ahead, at the other":                {LookAhead, face(-9, 0), true},
		"ahead, turned a little too far":     {LookAhead, face(9.1, 0), false},
		"ahead, talking":                     {LookAhead, face(0, 0.19), false},
		"left, just enough":                  {TurnLeft, face(15, 0), true},
		"left, not enough":                   {TurnLeft, face(14.9, 0), false},
		"right, just enough":                 {TurnRight, face(-15, 0), true},
		"right, not enough":                  {TurnRight, face(-14.9, 0), false},
		"the mouth, just open":               {OpenMouth, face(0, 0.28), true},
		"the mouth, open while turned a bit": {OpenMouth, face(-15, 0.4), true},
		"the mouth, turned away":             {OpenMouth, face(15.1, 0.4), false},
		"the mouth, not open enough":         {OpenMouth, face(0, 0.27), false},
	} {
		if got := DefaultAlive.shows(c.task, c.s); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
