package shell

import (
	"os"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// whole gives its child the window as it is: a page may be cut, but never makes the window larger
// than the screen.
type whole struct{}

func (whole) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 320) }

func (whole) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, x := range o {
		x.Move(fyne.NewPos(0, 0))
		x.Resize(s)
	}
}

// settling is how long a window may take to find its size, in looks at it.
const (
	settling     = 100 * time.Millisecond
	mostSettling = 30
)

// OnWholeScreen shows an empty window on the whole screen until it has found its size, and sets
// the scale at which the kiosk's pages fit there; then opens the window that fills it. The scale
// is Fyne's own, which a window takes when it is made: text that was drawn before stays as it was.
func OnWholeScreen(a fyne.App, run model.Run, then func(fyne.Window)) {
	_ = os.Setenv("FYNE_DISABLE_DPI_DETECTION", "true") // what counts are the screen's pixels
	w := a.NewWindow("")
	w.SetPadded(false)
	w.SetContent(container.New(whole{}, widget.Box(widget.Paper, 0)))
	w.SetFullScreen(true)
	w.Show()
	left := mostSettling
	var was fyne.Size
	var look func()
	look = func() {
		run(func() error { time.Sleep(settling); return nil }, func(error) {
			now := w.Canvas().Size()
			if left--; left > 0 && (now != was || left > mostSettling-5) {
				was = now
				look()
				return
			}
			scale := w.Canvas().Scale()
			if want := kioskScale(now.Width*scale, now.Height*scale); want > 0 {
				_ = os.Setenv("FYNE_SCALE", strconv.FormatFloat(float64(want), 'f', 1, 32))
			}
			full := a.NewWindow("")
			full.SetPadded(false)
			then(full)
			full.SetFullScreen(true)
			full.Show()
			w.Close()
		})
	}
	look()
}

// kioskScale is the largest scale, in tenths, at which a page fits so many pixels; 0 where none does.
func kioskScale(wide, high float32) float32 {
	tenths := int(min(wide/kioskWidth, high/kioskHeight)*10 + 0.01)
	if tenths < 2 {
		return 0
	}
	return float32(tenths) / 10
}
