package shell

import (
	"os"
	"runtime/debug"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xuezheng/data/service"
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
	*Hall[*service.Machine]
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
func NewKiosk(hall *Hall[*service.Machine], devices KioskDevices, beat Beat, leave func()) *KioskShell {
	return openKiosk(hall, newKioskAsks(hall.Services, hall.Book, hall.Run, devices), beat, leave)
}

func openKiosk(hall *Hall[*service.Machine], asks *kioskAsks, beat Beat, leave func()) *KioskShell {
	s := &KioskShell{Hall: hall, asks: asks, root: container.NewStack()}
	speak := func(lang string) { _ = hall.Speak(lang) }
	s.model = model.NewKiosk(s.asks, hall.Run, hall.Book.Language(), speak, leave)
	s.root.Objects = []fyne.CanvasObject{container.New(&kioskFit{window: hall.Window, run: hall.Run}, widget.Column(kioskWidth, screen.Kiosk(s.model)))}
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

// Content is what the window shows.
func (s *KioskShell) Content() fyne.CanvasObject { return s.root }

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

// kioskFit makes the pages as large as the screen allows: they are drawn for 1080 by 1920.
type kioskFit struct {
	window fyne.Window
	run    model.Run
	wish   string
}

func (k *kioskFit) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 320) }

func (k *kioskFit) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, x := range o {
		x.Move(fyne.NewPos(0, 0))
		x.Resize(s)
	}
	if k.window == nil || s.Width < 1 {
		return
	}
	now := k.window.Canvas().Scale()
	user, err := strconv.ParseFloat(os.Getenv("FYNE_SCALE"), 64)
	if err != nil || user <= 0 {
		user = 1
	}
	part := min(s.Width*now/kioskWidth, s.Height*now/kioskHeight) / now // of what the canvas is now
	want := strconv.FormatFloat(float64(int(user*float64(part)*10))/10, 'f', 1, 64)
	if want == k.wish || want == "0.0" || part > 0.99 && part < 1.1 {
		return
	}
	k.wish = want
	k.run(func() error {
		time.Sleep(50 * time.Millisecond) // the window is still finding its size
		return os.Setenv("FYNE_SCALE", want)
	}, func(error) { fyne.CurrentApp().Settings().SetTheme(fyne.CurrentApp().Settings().Theme()) })
}
