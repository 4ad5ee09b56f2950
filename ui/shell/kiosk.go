package shell

import (
	"runtime/debug"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xuezheng/data/kiosk"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
	"xuezheng/ui/widget"
)

// The size of screen a kiosk's pages are drawn for.
const (
	kioskWidth  = 1080
	kioskHeight = 1920
)

// KioskShell is a kiosk (自助终端): one page at a time on the whole screen, and a PIN to leave it.
type KioskShell struct {
	*Hall[*kiosk.Machine]
	asks  *kioskAsks
	model *model.Kiosk
	root  *fyne.Container
	stop  []func()
	dirty int // seconds until memory is swept; 0 while it is clean
}

// KioskDevices are what a kiosk works with, as the staff named them when it was set up; empty for
// none.
type KioskDevices struct {
	Camera  string // as camera.Open takes it; "none" for none
	Reader  string // a serial port; "simulated" for trying out
	Printer string // empty for the system's own
}

// The names under which a machine remembers its kiosk's devices.
const (
	kioskCamera  = "kiosk.camera"
	kioskReader  = "kiosk.reader"
	kioskPrinter = "kiosk.printer"
)

// RememberedDevices are those chosen when the kiosk was set up on this machine.
func RememberedDevices() KioskDevices {
	p := preferences{}
	return KioskDevices{Camera: p.Recall(kioskCamera), Reader: p.Recall(kioskReader), Printer: p.Recall(kioskPrinter)}
}

// Remember keeps them for the next start.
func (d KioskDevices) Remember() {
	p := preferences{}
	p.Remember(kioskCamera, d.Camera)
	p.Remember(kioskReader, d.Reader)
	p.Remember(kioskPrinter, d.Printer)
}

// NewKiosk opens the kiosk; leave is called when the staff ends it.
func NewKiosk(hall *Hall[*kiosk.Machine], devices KioskDevices, beat Beat, leave func()) *KioskShell {
	return openKiosk(hall, newKioskAsks(hall.Services, hall.Book, hall.Run, devices), beat, leave)
}

func openKiosk(hall *Hall[*kiosk.Machine], asks *kioskAsks, beat Beat, leave func()) *KioskShell {
	s := &KioskShell{Hall: hall, asks: asks, root: container.NewStack()}
	speak := func(lang string) { _ = hall.Speak(lang) }
	s.model = model.NewKiosk(s.asks, hall.Run, hall.Book.Language(), speak, leave)
	s.root.Objects = []fyne.CanvasObject{container.New(whole{}, widget.Column(kioskWidth, screen.Kiosk(s.model)))}
	stage := s.model.Stage
	s.model.OnChange(func() {
		if s.model.Stage != stage {
			stage = s.model.Stage
			s.turned()
		}
	})
	if beat != nil {
		s.stop = append(s.stop, beat(s.tick))
		widget.OnStir(s.model.Stir)
	}
	s.stop = append(s.stop, s.asks.watchCards(hall.Run, s.model.TakeCard))
	return s
}

// turned comes after a page was turned: the keyboard, which may be a scanner, is on no button that
// is gone, and what was seen before is swept up once Fyne has let it go.
func (s *KioskShell) turned() {
	if s.Window != nil {
		s.Window.Canvas().Unfocus()
	}
	s.dirty = sweepAfter
}

// sweepAfter is how many seconds after a page memory is swept: Fyne keeps what it drew for a minute.
const sweepAfter = 75

func (s *KioskShell) tick() {
	s.model.Tick()
	if s.dirty == 0 || s.model.Stage != model.KioskStart {
		return
	}
	if s.dirty--; s.dirty == 0 {
		s.Run(func() error { debug.FreeOSMemory(); return nil }, func(error) {})
	}
}

// Content is what the window shows, in its colours from the first moment.
func (s *KioskShell) Content() fyne.CanvasObject {
	s.root.Refresh()
	return s.root
}

// Keys lets a keyboard, or a scanner that types, write on the kiosk.
func (s *KioskShell) Keys(w fyne.Window) {
	w.Canvas().SetOnTypedRune(s.model.Type)
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch e.Name {
		case fyne.KeyReturn, fyne.KeyEnter:
			s.model.Entered()
		case fyne.KeyBackspace:
			s.model.Remove()
		case fyne.KeyEscape:
			s.model.Back()
		}
	})
}

// Close forgets whoever is at the kiosk, and lets the devices go.
func (s *KioskShell) Close() {
	for _, f := range s.stop {
		f()
	}
	widget.OnStir(nil)
	s.model.Reset()
	s.model.Leave()
	s.asks.close()
}
