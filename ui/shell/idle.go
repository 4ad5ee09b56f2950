package shell

import (
	"time"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// Beat calls f again and again, on the window's thread, until stop is called.
type Beat func(f func()) (stop func())

// EverySecond beats once a second through run.
func EverySecond(run model.Run) Beat {
	return func(f func()) (stop func()) {
		end := make(chan struct{})
		var next func()
		next = func() {
			run(func() error {
				select {
				case <-end:
				case <-time.After(time.Second):
				}
				return nil
			}, func(error) {
				select {
				case <-end:
				default:
					f()
					next()
				}
			})
		}
		next()
		return func() { close(end) }
	}
}

// Idler signs a window out after idleness, and says so for the last minute. Keys, taps, the wheel
// and the mouse over anything keep it open.
type Idler struct {
	idle   *model.Idle
	now    func() time.Time
	screen model.Screen // for the strip
	left   int          // seconds shown; 0 while nothing is said
	over   func()
	end    func()
	focus  func() fyne.Focusable
	last   fyne.Focusable
}

// NewIdler begins to count; over is called once when the time has run out.
func NewIdler(limit time.Duration, now func() time.Time, beat Beat, focus func() fyne.Focusable, over func()) *Idler {
	i := &Idler{idle: model.NewIdle(limit, now()), now: now, over: over, focus: focus}
	widget.OnStir(i.Stir)
	i.end = beat(i.tick)
	return i
}

// Stir tells that somebody is here.
func (i *Idler) Stir() {
	i.idle.Stir(i.now())
	i.say(0)
}

// SetLimit changes how long may pass.
func (i *Idler) SetLimit(limit time.Duration) {
	i.idle.SetLimit(limit)
	i.Stir()
}

// Stop counts no more.
func (i *Idler) Stop() {
	if i.end != nil {
		i.end()
		i.end = nil
		widget.OnStir(nil)
	}
}

// tick looks at the clock.
func (i *Idler) tick() {
	if i.end == nil {
		return
	}
	if i.focus != nil {
		if at := i.focus(); at != i.last { // the keyboard went elsewhere: Tab, or a click
			i.last = at
			i.Stir()
		}
	}
	now := i.now()
	switch {
	case i.idle.Over(now):
		i.Stop()
		i.over()
	case i.idle.Warns(now):
		i.say(i.idle.Left(now))
	default:
		i.say(0)
	}
}

func (i *Idler) say(left int) {
	if i.left != left {
		i.left = left
		i.screen.Changed()
	}
}

// Strip says how long there is still, and lets one stay; nothing while there is time enough.
func (i *Idler) Strip() fyne.CanvasObject {
	return widget.IdleStrip(&i.screen, func() int { return i.left }, i.Stir)
}
