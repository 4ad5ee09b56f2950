package identity

import (
	"slices"
	"testing"
	"time"
)

// inOrder is the lot of the tests: left, right, mouth.
func inOrder(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// before sits before a camera that looks ten times a second.
type before struct {
	p   *Presence
	now time.Time
}

func sitting(digits bool) *before {
	return &before{DefaultAlive.Begin(inOrder, digits, moment), moment}
}

// hold shows the same for so many looks, and counts those to be kept.
func (b *before) hold(looks int, s Seen) (kept int) {
	for range looks {
		b.now = b.now.Add(100 * time.Millisecond)
		s.At = b.now
		if b.p.See(s) {
			kept++
		}
	}
	return kept
}

var (
	ahead  = Seen{Faces: 1, X: 100, Y: 100, Wide: 80}
	left   = Seen{Faces: 1, X: 100, Y: 100, Wide: 80, Yaw: 19}
	right  = Seen{Faces: 1, X: 100, Y: 100, Wide: 80, Yaw: -19}
	gaping = Seen{Faces: 1, X: 100, Y: 100, Wide: 80, Mouth: 0.33}
	nobody = Seen{}
)

func TestSomeoneWhoDoesWhatIsAskedIsThere(t *testing.T) {
	b := sitting(true)
	if want := []Task{LookAhead, TurnLeft, TurnRight, OpenMouth, LookAhead, ReadDigits}; !slices.Equal(b.p.Tasks(), want) {
		t.Fatalf("asked %v, want %v", b.p.Tasks(), want)
	}
	kept := 0
	for _, s := range []Seen{ahead, left, right, gaping, ahead} {
		kept += b.hold(3, s)
	}
	if b.p.Over() || b.p.At() != 5 || b.p.Left(b.now) < 7*time.Second {
		t.Fatalf("at %d, over %v, %s left", b.p.At(), b.p.Over(), b.p.Left(b.now))
	}
	kept += b.hold(100, gaping)
	if !b.p.Over() || b.p.Why() != "" || kept != 6 {
		t.Errorf("over %v, why %q, kept %d; want 6 kept", b.p.Over(), b.p.Why(), kept)
	}
}

func TestTheOrderOfTheMovementsIsDrawnByLot(t *testing.T) {
	p := DefaultAlive.Begin(func(n int) []int { return []int{2, 0, 1}[:n] }, false, moment)
	if want := []Task{LookAhead, OpenMouth, TurnLeft, TurnRight, LookAhead}; !slices.Equal(p.Tasks(), want) {
		t.Errorf("asked %v, want %v", p.Tasks(), want)
	}
}

func TestWhatEndsAPresence(t *testing.T) {
	moved, near := ahead, ahead
	moved.X = 300
	near.Wide = 240
	two := ahead
	two.Faces = 2
	for name, c := range map[string]struct {
		does func(b *before)
		why  string
	}{
		"nobody comes":                      {func(b *before) { b.hold(130, nobody) }, WhyTime},
		"does not turn":                     {func(b *before) { b.hold(200, ahead) }, WhyTime},
		"turns the other way":               {func(b *before) { b.hold(3, ahead); b.hold(200, right) }, WhyTime},
		"a print held aslant turns too far": {func(b *before) { b.hold(3, ahead); b.hold(200, Seen{Faces: 1, X: 100, Y: 100, Wide: 80, Yaw: 9}) }, WhyTime},
		"leaves":                            {func(b *before) { b.hold(3, ahead); b.hold(17, nobody) }, WhyLost},
		"is gone for a second":              {func(b *before) { b.hold(3, ahead); b.hold(10, nobody); b.hold(3, left) }, ""},
		"somebody else comes":               {func(b *before) { b.hold(3, ahead); b.hold(2, two) }, WhyTwo},
		"somebody passes by for a moment":   {func(b *before) { b.hold(3, ahead); b.hold(1, two); b.hold(3, left) }, ""},
		"two wait for one to go":            {func(b *before) { b.hold(30, two); b.hold(3, ahead) }, ""},
		"two stay":                          {func(b *before) { b.hold(200, two) }, WhyTime},
		"another place":                     {func(b *before) { b.hold(3, ahead); b.hold(1, moved) }, WhyJump},
		"suddenly near":                     {func(b *before) { b.hold(3, ahead); b.hold(1, near) }, WhyJump},
		"the camera ends":                   {func(b *before) { b.hold(3, ahead); b.p.Fail(WhyEnded) }, WhyEnded},
	} {
		b := sitting(false)
		c.does(b)
		if b.p.Why() != c.why || b.p.Over() != (c.why != "") {
			t.Errorf("%s: why %q, over %v; want %q", name, b.p.Why(), b.p.Over(), c.why)
		}
	}
}

func TestOneLookIsNotEnough(t *testing.T) {
	b := sitting(false)
	b.hold(3, ahead)
	for range 5 {
		b.hold(1, left)
		b.hold(1, ahead)
	}
	if b.p.At() != 1 {
		t.Errorf("a flicker was taken for a turn: at %d", b.p.At())
	}
}

func TestAfterTheEndNothingIsTaken(t *testing.T) {
	b := sitting(false)
	b.p.Fail(WhyEnded)
	if kept := b.hold(5, ahead); kept != 0 || b.p.At() != 0 || b.p.Left(b.now) != 0 {
		t.Errorf("kept %d, at %d, left %s", kept, b.p.At(), b.p.Left(b.now))
	}
	b.p.Fail(WhyTime)
	if b.p.Why() != WhyEnded {
		t.Errorf("why became %q", b.p.Why())
	}
}
