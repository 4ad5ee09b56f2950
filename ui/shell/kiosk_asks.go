package shell

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"image"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"xuezheng/data/camera"
	"xuezheng/data/device"
	"xuezheng/data/exchange"
	"xuezheng/data/kiosk"
	"xuezheng/data/portrait"
	"xuezheng/ui/model"
	"xuezheng/ui/word"
)

// kioskAsks lets the kiosk's model ask the machine, and what the machine does not know: its devices and sticks.
type kioskAsks struct {
	*kiosk.Machine
	book    *word.Book
	devices KioskDevices
	run     model.Run
	reader  device.CardReader
	camera  bool // there is one
	film    func() (camera.FrameSource, error)
	shuffle func(n int) []int
	send    func(pdf []byte) error // to the printer
	mu      sync.Mutex
	eye     *eye // the last one opened
}

func newKioskAsks(m *kiosk.Machine, book *word.Book, run model.Run, devices KioskDevices) *kioskAsks {
	film := func() (camera.FrameSource, error) { return camera.Open(devices.Camera) }
	a := &kioskAsks{Machine: m, film: film, send: devices.toPrinter(m.Folder()), book: book, run: run, devices: devices, camera: hasCamera(devices.Camera)}
	switch devices.Reader {
	case "":
	case simulated:
		sim := &device.SimReader{}
		a.reader = sim.Open(device.DefaultPace)
	default:
		r, err := device.OpenReader(devices.Reader, device.DefaultPace)
		if err == nil {
			a.reader = r
		}
	}
	return a
}

// simulated is the reader for trying out: no card ever lies on it, but the pages say that one could.
const simulated = "simulated"

func (a *kioskAsks) close() {
	if a.reader != nil {
		a.reader.Close()
	}
}

// Day is what may be shown of the day.
func (a *kioskAsks) Day() (model.KioskDay, error) {
	d, err := a.Machine.Day()
	return model.KioskDay{
		Institution: d.Institution, Venue: d.Venue, VenueEn: d.VenueEn, Phone: d.Phone, Day: d.Day, Today: d.Today,
		Cases: d.Cases, Done: d.Done, Tickets: d.Tickets, Waiting: d.Waiting,
	}, err
}

// Find opens the case of a number.
func (a *kioskAsks) Find(number string) (model.KioskVisit, error) {
	return visitOf(a.Machine.ByNumber(number))
}

// Scan opens the case of a slip.
func (a *kioskAsks) Scan(code string) (model.KioskVisit, error) {
	return visitOf(a.Machine.BySlip(code))
}

// HasReader reports whether a card reader is there.
func (a *kioskAsks) HasReader() bool { return a.reader != nil }

// watchCards waits for one card after the other, and hands each to take on the screen's side.
func (a *kioskAsks) watchCards(run model.Run, take func(model.KioskCard, error)) (stop func()) {
	if a.reader == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	var next func()
	next = func() {
		var card model.KioskCard
		var broke error
		run(func() error {
			var r device.Reading
			if r, broke = a.reader.Next(ctx); broke == nil {
				card = model.KioskCard{Number: r.Card.Number, Name: cmp.Or(r.Card.Name, r.Card.LatinName), Valid: !r.Card.Expired(a.Machine.Today()), Card: r.Card, Photo: r.Photo}
			}
			return nil
		}, func(error) {
			if ctx.Err() != nil || errors.Is(broke, device.ErrReaderGone) {
				return
			}
			if broke == nil || !errors.Is(broke, device.ErrNoCard) {
				take(card, broke)
			}
			next()
		})
	}
	next()
	return cancel
}

// visit lets the model ask of one visit.
type visit struct{ v *kiosk.Visit }

func visitOf(v *kiosk.Visit, err error) (model.KioskVisit, error) {
	if err != nil {
		return nil, err
	}
	return visit{v}, nil
}

// View is what the person may see, the picture ready to be shown.
func (x visit) View() model.KioskPerson {
	v := x.v.View()
	p := model.KioskPerson{Name: v.Name, Masked: v.Masked, Slot: v.Slot, Agreed: v.Agreed, Card: v.Card, Others: v.Others}
	if img, _, err := image.Decode(bytes.NewReader(v.Photo)); err == nil {
		p.Photo = img
	}
	return p
}

func (x visit) Agree(yes bool)       { x.v.Agree(yes) }
func (x visit) AgreeOthers(yes bool) { x.v.AgreeOthers(yes) }
func (x visit) Forget()              { x.v.Forget() }
func (x visit) Card(c model.KioskCard) {
	x.v.Card(kiosk.Card{Number: c.Number, Name: c.Name, Valid: c.Valid, Chip: &exchange.KioskChip{Card: c.Card, Photo: c.Photo}})
	clear(c.Photo)
}
func (x visit) Look(frames [][]byte) error {
	_, err := x.v.Look(portrait.Recorded{Frames: frames})
	return err
}
func (x visit) End() (model.KioskEnd, error)               { return endOf(x.v.End()) }
func (x visit) Confirm(pin string) (model.KioskEnd, error) { return endOf(x.v.Confirm(pin)) }

func endOf(e kiosk.End, err error) (model.KioskEnd, error) {
	return model.KioskEnd{Outcome: e.Outcome, Why: e.Why, Ticket: e.Ticket, At: e.At, Programme: e.Programme}, err
}

// dayFileEnding is how a file between institution and kiosk is called.
const dayFileEnding = ".xzk"

// Sticks looks on what is plugged in for files of a kiosk, the newest first, and for folders to
// write to.
func (a *kioskAsks) Sticks() (list []model.KioskStick) {
	for _, root := range roots() {
		list = append(list, filesOn(root)...)
	}
	for _, root := range roots() {
		list = append(list, model.KioskStick{Path: root, Name: root, Folder: true})
	}
	return list
}

// mostOnStick is how many files of a stick are offered.
const mostOnStick = 20

func filesOn(root string) (list []model.KioskStick) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if e.Type().IsRegular() && strings.EqualFold(filepath.Ext(e.Name()), dayFileEnding) && !strings.HasPrefix(e.Name(), "kiosk-results-") {
			list = append(list, model.KioskStick{Path: filepath.Join(root, e.Name()), Name: e.Name()})
		}
	}
	slices.SortFunc(list, func(x, y model.KioskStick) int { return strings.Compare(y.Name, x.Name) })
	return list[:min(len(list), mostOnStick)]
}

// roots are the folders of what is plugged in, and the machine's own folder for exchange.
func roots() (list []string) {
	if own := os.Getenv("XUEZHENG_STICKS"); own != "" {
		return filepath.SplitList(own)
	}
	patterns := []string{"/media/*/*", "/run/media/*/*", "/Volumes/*"}
	if runtime.GOOS == "windows" {
		patterns = nil
		for letter := 'D'; letter <= 'Z'; letter++ {
			patterns = append(patterns, string(letter)+`:\`)
		}
	}
	for _, p := range patterns {
		found, _ := filepath.Glob(p)
		for _, path := range found {
			if info, err := os.Stat(path); err == nil && info.IsDir() {
				list = append(list, path)
			}
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		list = append(list, home)
	}
	return list
}

// Load takes the day's file from a stick.
func (a *kioskAsks) Load(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return model.ErrFileUnread.Because(err)
	}
	defer f.Close()
	file, err := read(filepath.Base(path), f)
	if err != nil {
		return err
	}
	_, err = a.Machine.Load(file.Bytes)
	return err
}

// Export writes the sealed results to a stick.
func (a *kioskAsks) Export(folder string) (results int, err error) {
	files, err := a.Machine.Export()
	if err != nil {
		return 0, err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(folder, f.Name), f.Bytes, 0o600); err != nil {
			return results, model.ErrFileNotKept.Because(err)
		}
		results += f.Results
	}
	return results, nil
}
