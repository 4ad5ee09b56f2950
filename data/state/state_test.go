package state

import (
	"slices"
	"testing"
)

type (
	lamp  string
	touch string
)

var lamps = New([]lamp{"off", "on", "dim"}, []touch{"press", "turn", "smash"}, []Step[lamp, touch]{
	{"off", "press", "on"},
	{"on", "press", "off"},
	{"on", "turn", "dim"},
	{"dim", "smash", ""},
})

func TestWhatIsInNoStepCantHappen(t *testing.T) {
	for name, c := range map[string]struct {
		from lamp
		on   touch
		to   lamp
		may  bool
	}{
		"a step":                   {"off", "press", "on", true},
		"the same from elsewhere":  {"on", "press", "off", true},
		"a step that is not there": {"off", "turn", "off", false},
		"nothing is left":          {"dim", "smash", "", true},
		"a state nobody knows":     {"blue", "press", "blue", false},
		"an event nobody knows":    {"on", "kiss", "on", false},
	} {
		if to, may := lamps.Next(c.from, c.on); to != c.to || may != c.may {
			t.Errorf("%s: got %q, %v, want %q, %v", name, to, may, c.to, c.may)
		}
	}
}

func TestWhereAnEventLeads(t *testing.T) {
	for e, want := range map[touch]lamp{"press": "on", "turn": "dim", "smash": "", "kiss": ""} {
		if got := lamps.Leads(e); got != want {
			t.Errorf("%s: got %q, want %q", e, got, want)
		}
	}
}

func TestATableCantBeChangedFromOutside(t *testing.T) {
	lamps.States()[0], lamps.Events()[0] = "x", "x"
	if lamps.States()[0] != "off" || lamps.Events()[0] != "press" {
		t.Errorf("got %v, %v", lamps.States(), lamps.Events())
	}
}

func TestAMistakeInATableIsSeenAtOnce(t *testing.T) {
	one := Step[lamp, touch]{"off", "press", "on"}
	for name, steps := range map[string][]Step[lamp, touch]{
		"from a state that is not listed": {{"blue", "press", "on"}},
		"to a state that is not listed":   {{"off", "press", "blue"}},
		"an event that is not listed":     {{"off", "kiss", "on"}},
		"two steps of one event":          {one, {"off", "press", "off"}},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: taken", name)
				}
			}()
			New([]lamp{"off", "on"}, []touch{"press"}, steps)
		}()
	}
	if got := New([]lamp{"off", "on"}, []touch{"press"}, []Step[lamp, touch]{one}); !slices.Equal(got.States(), []lamp{"off", "on"}) {
		t.Errorf("got %v", got.States())
	}
}
