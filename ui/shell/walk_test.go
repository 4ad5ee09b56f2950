package shell

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"xuezheng/ui/widget"
)

func page(name string) fyne.CanvasObject {
	return widget.Text(widget.Data(name), widget.T14, widget.Ink)
}

func TestGoingOnAndBackLeavesPagesOnce(t *testing.T) {
	NewEasel()
	var w Walk
	left := map[string]int{}
	leave := func(name string) func() { return func() { left[name]++ } }
	moves := 0
	w.OnMove(func() { moves++ })

	w.Go("today", page("today"), leave("today"))
	w.On("person", page("person"), leave("person"))
	if w.Place() != "today" || w.Page() != "person" || !w.CanBack() {
		t.Fatalf("in %s on %s", w.Place(), w.Page())
	}
	w.Back()
	w.Back() // from the first page there is no back
	if w.Page() != "today" || left["person"] != 1 || left["today"] != 0 {
		t.Errorf("on %s, left %v", w.Page(), left)
	}
	w.Go("people", page("people"), nil)
	if left["today"] != 1 || moves != 4 {
		t.Errorf("left %v, moved %d times", left, moves)
	}
}

func TestAPanicInTheBackgroundIsSaidNotSuffered(t *testing.T) {
	err := guarded(func() error { panic("lost") })
	if !errors.Is(err, errPanic) {
		t.Errorf("got %v", err)
	}
}

func TestWhatWasDoneInTheBackgroundComesBack(t *testing.T) {
	NewEasel()
	done := make(chan error)
	no := errors.New("no")
	InBackground(func() error { return no }, func(err error) { done <- err })
	if err := <-done; err != no {
		t.Errorf("got %v", err)
	}
}
