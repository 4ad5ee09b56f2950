package shell

import (
	"log/slog"

	"fyne.io/fyne/v2"

	"xuezheng/data/fault"
	"xuezheng/ui/word"
)

// InBackground does work away from the screen and brings what comes after it back: the only go
// statement and the only fyne.Do of the window.
func InBackground(work func() error, then func(error)) {
	go func() {
		err := guarded(work)
		if f := fault.Of(err); f != nil && f.Kind == fault.Broken {
			slog.Error("broken", "number", word.Quote(err), "cause", fault.Log(err))
		}
		fyne.Do(func() { then(err) })
	}()
}

// guarded turns a panic in work into a broken fault, so that the window stays and says so.
func guarded(work func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			slog.Error("panic", "cause", r)
			err = errPanic
		}
	}()
	return work()
}

var errPanic = fault.New(fault.Broken, "shell.panic")
