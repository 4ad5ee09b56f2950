package model

import (
	"errors"
	"testing"
)

func TestAScreenIsBusyUntilItsWorkIsDone(t *testing.T) {
	var l Later
	s := NewScreen(l.Run)
	looks, shown := 0, 0
	s.OnChange(func() { looks++ })

	s.Do(func() error { return nil }, func() { shown = 7 })
	if !s.Busy() || shown != 0 {
		t.Fatalf("half-way: busy %v, shown %d", s.Busy(), shown)
	}
	l.All()
	if s.Busy() || shown != 7 || looks != 2 {
		t.Errorf("after: busy %v, shown %d, looked %d times", s.Busy(), shown, looks)
	}
}

func TestANoIsShownAndGoesWithTheNextTry(t *testing.T) {
	var l Later
	s := NewScreen(l.Run)
	no := errors.New("no")
	s.Do(func() error { return no }, func() { t.Error("what follows ran after a no") })
	l.Step()
	if s.Problem() != no {
		t.Fatalf("problem: %v", s.Problem())
	}
	s.Do(func() error { return nil }, nil)
	if s.Problem() != nil {
		t.Errorf("the old no still stands while trying again: %v", s.Problem())
	}
}

func TestWhatComesBackAfterTheScreenWasLeftIsDropped(t *testing.T) {
	var l Later
	s := NewScreen(l.Run)
	stopped := false
	s.Do(func() error { return errors.New("late") }, nil)
	s.CanStop(func() { stopped = true })
	s.Leave()
	l.All()
	if !stopped || s.Problem() != nil {
		t.Errorf("stopped %v, problem %v", stopped, s.Problem())
	}
}

func TestProgressIsForgottenWhenTheLastWorkEnds(t *testing.T) {
	var l Later
	s := NewScreen(l.Run)
	s.Do(func() error { return nil }, nil)
	s.Do(func() error { return nil }, nil)
	s.Report(Progress{Key: "x", Done: 1, Of: 4})
	l.Step()
	if s.Progress().Part() != 0.25 || !s.Busy() {
		t.Errorf("with one still under way: %v, busy %v", s.Progress(), s.Busy())
	}
	l.Step()
	if s.Progress() != (Progress{}) {
		t.Errorf("still %v", s.Progress())
	}
}

func TestARefusalGoesOnceTheFieldIsRewritten(t *testing.T) {
	var f Text
	told := 0
	f.OnChange(func() { told++ })
	f.Refuse(errors.New("no"))
	f.Set(" 7 ")
	if f.Refusal() != nil || f.Value() != "7" || told != 1 {
		t.Errorf("refusal %v, value %q, told %d", f.Refusal(), f.Value(), told)
	}
}

func TestAChoiceNoLongerOfferedIsNoLongerChosen(t *testing.T) {
	var c Choice
	c.Offer(Option{"a", "A"}, Option{"b", "B"})
	c.Set("b")
	if c.Index() != 1 {
		t.Fatalf("index %d", c.Index())
	}
	c.Offer(Option{"b", "B"})
	if c.Value() != "b" {
		t.Errorf("lost a choice that is still offered")
	}
	c.Offer(Option{"a", "A"})
	if c.Value() != "" || c.Index() != -1 {
		t.Errorf("kept %q", c.Value())
	}
}

func TestAFreshTableHasNoRowChosen(t *testing.T) {
	var tab Table[string]
	opened := ""
	tab.Open = func(s string) { opened = s }
	tab.Show([]string{"x", "y"})
	if _, ok := tab.Row(); ok || tab.Selected() != -1 {
		t.Errorf("row %d is chosen", tab.Selected())
	}
	tab.Choose(1)
	tab.Choose(5)
	if opened != "y" || tab.Selected() != -1 {
		t.Errorf("opened %q, selected %d", opened, tab.Selected())
	}
}
