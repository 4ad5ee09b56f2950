// Command xuezheng is the window of Xuezheng 学证.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"xuezheng/assets"
	"xuezheng/data/fault"
	"xuezheng/data/folder"
	"xuezheng/data/kiosk"
	"xuezheng/data/service"
	"xuezheng/data/store"
	"xuezheng/ui/shell"
	"xuezheng/ui/theme"
	"xuezheng/ui/word"
)

// version is set when the program is built for release.
var version = "0.1.0"

// settings are what the program is started with.
type settings struct {
	where, lang, mode string
	dark, large       bool
	devices           shell.KioskDevices
}

func main() {
	var s settings
	show := flag.Bool("version", false, "print the version")
	flag.StringVar(&s.where, "data", "", "folder of the store, or postgres://…")
	flag.StringVar(&s.lang, "lang", "", "zh or en")
	flag.StringVar(&s.mode, "mode", "", "kiosk: this machine is a kiosk; without it, whatever was set up in the folder")
	flag.StringVar(&s.devices.Camera, "camera", "", "at home and at a kiosk: a camera by its name, none, or a recording to try out: file:…, folder:…, mjpeg:…, y4m:…")
	flag.StringVar(&s.devices.Reader, "reader", "", "kiosk: the serial port of the card reader, or simulated")
	flag.BoolVar(&s.dark, "dark", false, "dark colours")
	flag.BoolVar(&s.large, "large", false, "large type")
	flag.Parse()
	if *show {
		fmt.Println("xuezheng", version)
		return
	}
	folder.OwnProcess()
	if err := run(s); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(s settings) error {
	a := app.NewWithID("cn.xuezheng.xuezheng")
	if sign, err := assets.Files.ReadFile("icons/program.svg"); err == nil {
		a.SetIcon(fyne.NewStaticResource("program.svg", sign))
	}
	look, spoken := shell.Remembered()
	if s.lang == "" {
		s.lang = spoken
	}
	look.Dark, look.Large = look.Dark || s.dark, look.Large || s.large
	look.System = look.System && !s.dark
	book, err := word.Open(language(s.lang))
	if err != nil {
		return err
	}
	where, err := location(s.where)
	if err != nil {
		return err
	}
	w := a.NewWindow(book.Say("window.title"))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1280, 800))
	a.Settings().SetTheme(look)
	if err := theme.Speak(book); err != nil {
		return err
	}
	if s.mode == "kiosk" || kiosk.IsThere(where) {
		atKiosk(a, w, book, look, where, s.devices)
	} else {
		open(w, book, look, where, s.devices.Camera, nil)
		w.SetMaster()
		w.Show()
	}
	a.Run()
	return nil
}

// open shows the desk over the store, the first start where there is none, or plainly why the
// store can't be opened.
// told, if not nil, is asked what the sign-in page has to say first.
func open(w fyne.Window, book *word.Book, look theme.Theme, where, camera string, told func(*shell.DeskShell)) {
	host, _ := os.Hostname()
	cfg := service.Config{Location: where, Machine: host, Seen: seenFolder()}
	s, err := service.Open(context.Background(), cfg)
	switch {
	case errors.Is(err, store.ErrNone) && told == nil:
		w.SetContent(shell.FirstStart(book, cfg, w, func(s *service.Services, login string, _ bool) { desk(w, book, look, s, cfg, login, camera) }, func() {
			open(w, book, look, where, camera, func(d *shell.DeskShell) { d.Told("", nil) })
		}))
	case err != nil:
		slog.Error("open the store", "cause", fault.Log(err))
		w.SetContent(shell.Closed(book, err, func() { open(w, book, look, where, camera, told) }))
	default:
		if d := desk(w, book, look, s, cfg, "", camera); d != nil && told != nil {
			told(d)
		}
	}
}

func desk(w fyne.Window, book *word.Book, look theme.Theme, s *service.Services, cfg service.Config, login, camera string) *shell.DeskShell {
	where := cfg.Location
	in, err := s.Access.Institution(context.Background())
	if err != nil {
		w.SetContent(shell.Closed(book, err, func() { open(w, book, look, where, camera, nil) }))
		return nil
	}
	hall := shell.NewHall(s, book, nil, w)
	hall.SetLook(look)
	d := shell.NewDesk(hall, in.Name, cfg.Machine, login, papers(where))
	d.UseCamera(camera)
	d.Restores(cfg, func(aside string, err error) {
		open(w, book, look, where, camera, func(d *shell.DeskShell) { d.Told(aside, err) })
	})
	w.SetContent(d.Content())
	d.Keys(w)
	w.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { hall.Dropped(uris, d.VerifyFile) })
	w.SetCloseIntercept(func() { d.Closing(w.Close) })
	w.SetOnClosed(func() {
		if err := s.Close(); err != nil {
			slog.Error("close the store", "cause", fault.Log(err))
		}
	})
	return d
}

// atKiosk shows the kiosk in the folder on the whole screen, or sets one up there in w.
func atKiosk(a fyne.App, w fyne.Window, book *word.Book, look theme.Theme, where string, devices shell.KioskDevices) {
	host, _ := os.Hostname()
	cfg := kiosk.Config{Dir: where, Name: host}
	again := func() { atKiosk(a, w, book, look, where, devices) }
	m, err := kiosk.Open(cfg)
	switch {
	case errors.Is(err, kiosk.ErrNoMachine):
		w.Resize(fyne.NewSize(1000, 800)) // a kiosk's screen stands upright
		w.SetContent(shell.SetUpKiosk(book, cfg, w, again))
		w.Show()
		return
	case err != nil:
		slog.Error("open the kiosk", "cause", fault.Log(err))
		w.SetContent(shell.Closed(book, err, again))
		w.Show()
		return
	}
	look.Large = false // a kiosk's type is large as it is
	shell.OnWholeScreen(a, shell.InBackground, func(full fyne.Window) {
		full.SetTitle(book.Say("window.title"))
		serve(full, m, book, look, devices)
		w.Close()
	})
}

// serve lets people use the kiosk in a window of its own.
func serve(w fyne.Window, m *kiosk.Machine, book *word.Book, look theme.Theme, devices shell.KioskDevices) {
	hall := shell.NewHall(m, book, nil, w)
	hall.SetLook(look)
	remembered := shell.RememberedDevices()
	devices.Camera = cmp.Or(devices.Camera, remembered.Camera)
	devices.Reader = cmp.Or(devices.Reader, remembered.Reader)
	devices.Printer = remembered.Printer
	k := shell.NewKiosk(hall, devices, shell.EverySecond(hall.Run), w.Close)
	w.SetContent(k.Content())
	w.SetCloseIntercept(func() {}) // only the staff's PIN leaves a kiosk
	fyne.CurrentApp().Driver().SetDisableScreenBlanking(true)
	k.Keys(w)
	w.SetOnClosed(func() {
		k.Close()
		m.Close()
	})
	w.SetMaster()
}

// papers is the folder in which papers are saved: beside the store, or in the home folder.
func papers(where string) string {
	if strings.Contains(where, "://") {
		home, err := os.UserHomeDir()
		if err != nil {
			home = os.TempDir()
		}
		return filepath.Join(home, "xuezheng-papers")
	}
	return filepath.Join(where, "papers")
}

// seenFolder is where this machine keeps what it has seen of stores: in the user's own folder, but never
// inside of one that holds a store and may be put back with it.
func seenFolder() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "xuezheng-seen")
}

// location is where the store is: what was asked for, else the user's own folder.
func location(asked string) (string, error) {
	if asked != "" {
		return asked, nil
	}
	dir, err := os.UserConfigDir()
	return filepath.Join(dir, "xuezheng"), err
}

// language is what was asked for, else the environment's; Chinese where nothing is said.
func language(asked string) string {
	if asked == "zh" || asked == "en" {
		return asked
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" && !strings.HasPrefix(v, "C") && !strings.HasPrefix(v, "zh") {
			return "en"
		}
	}
	return "zh"
}
