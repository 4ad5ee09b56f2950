package shell

import (
	"bytes"
	"context"
	"image"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unsafe"
	"weak"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"xuezheng/data/camera"
	"xuezheng/data/day"
	"xuezheng/data/device"
	"xuezheng/data/exchange"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/kiosk"
	"xuezheng/data/person"
	"xuezheng/data/picture"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/ui/model"
	"xuezheng/ui/theme"
	"xuezheng/ui/widget"
	"xuezheng/ui/word"
)

const kioskPINOfTests = "246810"

// guessing is made cheap, for tests only.
var guessing = exchange.Cost{Passes: 1, Memory: 8, Lanes: 1}

// venue is an institution with one kiosk at its venue, and somebody expected there today.
type venue struct {
	*servicetest.Desk
	t       *testing.T
	dir     string // of the kiosk
	stick   string
	machine *kiosk.Machine
	kiosk   id.Kiosk
	qing    person.Person
	printed [][]byte

	easel  *Easel
	shell  *KioskShell
	reader *device.SimReader
	poses  [][2]float64 // what the camera sees: turned, mouth
	queue  chan func()
	left   int
}

var bg = context.Background()

func newVenue(t *testing.T) *venue {
	t.Helper()
	v := &venue{Desk: servicetest.OpenWith(t, servicetest.Place(t), "hubei-self-taught-exam"), t: t, dir: t.TempDir(), stick: t.TempDir(), queue: make(chan func(), 100), reader: &device.SimReader{}}
	t.Setenv("XUEZHENG_STICKS", v.stick)
	t.Setenv("TMPDIR", t.TempDir())
	v.qing = v.Register(servicetest.Qing())
	_, err := v.Identity.OfferPhoto(bg, v.Who, v.qing.ID, sample.Photo(3), image.Rectangle{}, service.NotLooked)
	v.Must(err, v.People.Consent(bg, v.Who, v.qing.ID, person.ConsentFace, true), v.Identity.SeePhoto(bg, v.Who, v.qing.ID))
	place, err := v.Venues.Put(bg, v.Who, identity.Venue{Name: "襄阳市招生考试院", NameEn: "Xiangyang admissions office", District: "0601"})
	v.Must(err)
	slots, err := v.Venues.Plan(bg, v.Who, place.ID, v.Today(), 23*60, 23*60+30, 30, 5)
	v.Must(err, v.Venues.Book(bg, v.Who, v.qing.ID, slots[0].ID, ""))
	v.setUp(place.ID)
	return v
}

// setUp makes the kiosk, puts its day on the stick, and opens it, locked.
func (v *venue) setUp(place id.Venue) {
	v.t.Helper()
	issuer, err := v.Certificates.ExportKey(bg, v.Who)
	v.Must(err)
	cfg := kiosk.Config{Dir: v.dir, Name: "kiosk", Now: v.Config("").Now, Cost: guessing}
	introduction, err := kiosk.SetUp(cfg, kiosk.Setup{Name: "大厅一号", PIN: kioskPINOfTests, Issuer: issuer})
	v.Must(err)
	k, err := v.Kiosks.Add(bg, v.Who, introduction, place)
	v.Must(err)
	v.kiosk = k.ID
	var file bytes.Buffer
	_, err = v.Kiosks.Fill(bg, v.Who, &file, k.ID, v.Today(), service.Filling{Cost: guessing})
	v.Must(err, os.WriteFile(filepath.Join(v.stick, "day.xzk"), file.Bytes(), 0o600))
	v.machine, err = kiosk.Open(cfg)
	v.Must(err)
	v.t.Cleanup(v.machine.Close)
	v.open()
}

// open shows the kiosk, with a simulated reader and a drawn face before its camera.
func (v *venue) open() {
	v.easel = NewEasel()
	v.easel.Look(theme.Theme{})
	v.poses = [][2]float64{{0, 0}, {30, 0}, {-30, 0}, {0, 30}, {0, 0}}
	hall := NewHall(v.machine, word.MustOpen(word.Chinese), v.run, nil)
	asks := newKioskAsks(v.machine, hall.Book, v.run, KioskDevices{Camera: "none"})
	asks.camera, asks.film = true, func() (camera.FrameSource, error) { return newFilm(v.poses), nil }
	asks.shuffle = func(n int) []int {
		list := make([]int, n)
		for i := range list {
			list[i] = i
		}
		return list
	}
	asks.send = func(pdf []byte) error { v.printed = append(v.printed, bytes.Clone(pdf)); return nil }
	asks.reader = v.reader.Open(device.Pace{Poll: 5 * time.Millisecond, Answer: time.Minute, Text: time.Minute, Tries: 3, Lifted: 2})
	v.shell = openKiosk(hall, asks, nil, func() { v.left++ })
	v.easel.Put(v.shell.Content(), kioskWidth, kioskHeight)
	v.t.Cleanup(v.shell.Close)
}

// run works beside the test; what comes after waits for the test to let it go.
func (v *venue) run(work func() error, then func(error)) {
	go func() {
		err := work()
		v.queue <- func() { then(err) }
	}()
}

// until lets go what comes back until is says so.
func (v *venue) until(what string, is func() bool) {
	v.t.Helper()
	late := time.After(5 * time.Minute)
	for !is() {
		select {
		case f := <-v.queue:
			f()
		case <-late:
			v.t.Fatalf("waited in vain for %s; on the screen: %v", what, v.texts())
		}
	}
	Settle(v.shell.Content(), fyne.NewSize(kioskWidth, kioskHeight))
}

// rest lets go what comes back for a moment.
func (v *venue) rest() {
	for end := time.After(100 * time.Millisecond); ; {
		select {
		case f := <-v.queue:
			f()
		case <-end:
			return
		}
	}
}

func (v *venue) sees(words string) {
	v.t.Helper()
	v.until("“"+words+"”", func() bool { return strings.Contains(strings.Join(v.texts(), "\n"), words) })
}

// texts are all that can be read on the screen.
func (v *venue) texts() (list []string) {
	each(v.shell.Content(), func(o fyne.CanvasObject) {
		if x, ok := o.(*canvas.Text); ok {
			list = append(list, x.Text)
		}
	})
	return list
}

// each visits every visible object below o.
func each(o fyne.CanvasObject, f func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	f(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			each(c, f)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			each(c, f)
		}
	}
}

// touch puts a finger on the button that says words.
func (v *venue) touch(words string) {
	v.t.Helper()
	v.sees(words)
	var button *widget.ButtonPart
	each(v.shell.Content(), func(o fyne.CanvasObject) {
		b, ok := o.(*widget.ButtonPart)
		if !ok {
			return
		}
		each(b, func(o fyne.CanvasObject) {
			if x, ok := o.(*canvas.Text); ok && x.Text == words {
				button = b
			}
		})
	})
	if button == nil {
		v.t.Fatalf("no button says %s", words)
	}
	button.Tapped(&fyne.PointEvent{})
}

// types is what a keyboard, or a scanner, types.
func (v *venue) types(text string) {
	for _, r := range text {
		v.shell.model.Type(r)
	}
	v.shell.model.Entered()
}

// files are those on what is plugged in.
func (v *venue) files() []model.KioskStick {
	return slices.DeleteFunc(slices.Clone(v.shell.model.Sticks), func(s model.KioskStick) bool { return s.Folder })
}

// opened is the kiosk with its day loaded by the staff.
func (v *venue) opened() *venue {
	v.t.Helper()
	v.types(kioskPINOfTests)
	v.sees("今天的名单还没有导入") // without a day the staff's page opens
	v.until("the stick", func() bool { return len(v.files()) == 1 && !v.shell.model.Busy() })
	v.shell.model.LoadDay(v.files()[0].Path)
	v.sees("名单已导入")
	v.touch("开始办理")
	v.sees("把身份证放在读卡器上")
	return v
}

// lay lays the expected person's card on the reader.
func (v *venue) lay() {
	v.Must(v.reader.Put(identity.Card{
		Kind: identity.Resident, Name: v.qing.Name, Sex: identity.Male, Nation: "08", Birth: day.MustNew(1988, 3, 12), Address: "广西南宁市青秀区虚构路1号",
		Number: v.qing.Number, Issuer: "南宁市公安局虚构分局", From: day.MustNew(2020, 5, 6), To: day.MustNew(2040, 5, 6),
	}))
}

// film is somebody drawn who does what is asked, ten pictures a second of its own clock.
type film struct {
	frames []image.Image
	at     int
	start  time.Time
}

func newFilm(poses [][2]float64) *film {
	f := &film{start: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)}
	for _, p := range poses {
		img := picture.SamplePose(3, p[0], p[1])
		f.frames = append(f.frames, img, img)
	}
	return f
}

func (f *film) Next(context.Context) (camera.Frame, error) {
	if f.at == len(f.frames) {
		return camera.Frame{}, io.EOF
	}
	f.at++
	return camera.Frame{Image: f.frames[f.at-1], At: f.start.Add(time.Duration(f.at) * 100 * time.Millisecond)}, nil
}

func (f *film) Close() error { return nil }

// TestSomeoneReadyIsConfirmedWithTwoTouches is the whole way: card, yes, picture, number, slip.
func TestSomeoneReadyIsConfirmedWithTwoTouches(t *testing.T) {
	v := newVenue(t).opened()
	touches := 0
	touch := func(words string) { touches++; v.touch(words) }
	v.lay()
	v.sees("资料来自刚才读的身份证。")
	touch("是，我是" + v.qing.Name)
	v.sees("身份已确认")
	ticket := v.shell.model.End.Ticket
	v.sees(model.InGroups(ticket))
	v.sees("凭条正在打印")
	touch("办好了，回到首页")
	v.sees("把身份证放在读卡器上")
	if touches > 6 || !strings.HasPrefix(ticket, "0601") || len(v.printed) != 1 || !bytes.HasPrefix(v.printed[0], []byte("%PDF-")) {
		t.Errorf("%d touches, ticket %q, %d slips", touches, ticket, len(v.printed))
	}
	v.rest() // the card still lies there: nobody is met twice for it
	if v.shell.model.Stage != model.KioskStart {
		t.Errorf("the card that still lies there opened %s", v.shell.model.Stage)
	}
	files, err := v.machine.Export()
	v.Must(err)
	in, err := v.Kiosks.TakeIn(bg, v.Who, files[0].Bytes)
	v.Must(err)
	if in.Confirmed != 1 {
		t.Errorf("taken in: %+v", in)
	}
}

func TestAScannerTypesASlipAndTheStaffConfirms(t *testing.T) {
	v := newVenue(t).opened()
	code, err := v.Identity.SlipCode(bg, v.Who, v.qing.ID)
	v.Must(err)
	v.types(code)
	v.sees("请把身份证放在读卡器上")
	v.touch("是，我是" + v.qing.Name)
	v.sees("没有读到身份证") // a slip alone confirms nobody
	v.touch("工作人员")
	v.types("111111")
	v.sees("密码不对")
	v.types(kioskPINOfTests)
	v.until("the slip", func() bool { return len(v.printed) == 1 })
	if v.shell.model.End.Ticket == "" || !v.shell.model.Confirmed() {
		t.Errorf("ended %+v", v.shell.model.End)
	}
}

func TestWhoDoesNotDoWhatIsAskedTriesAgainOrSeesAClerk(t *testing.T) {
	v := newVenue(t).opened()
	v.poses = [][2]float64{{0, 0}, {0, 0}} // a picture that never moves
	v.lay()
	v.touch("是，我是" + v.qing.Name)
	v.sees("摄像头断开了")
	v.touch("再拍一次")
	v.sees("摄像头断开了")
	v.touch("继续，由人工确认")
	v.sees("请到人工窗口")
	if v.shell.model.End.Ticket != "" || len(v.printed) != 0 {
		t.Error("somebody who never moved got a number")
	}
}

func TestFiveWrongPINsWaitAndTheRightOneLeaves(t *testing.T) {
	v := newVenue(t).opened()
	v.touch("工作人员")
	for range 5 {
		v.types("111111")
		v.sees("密码不对")
	}
	v.types(kioskPINOfTests)
	v.sees("输错太多次")
	v.Clock.Set(v.Clock.Now().Add(61 * time.Second))
	v.types(kioskPINOfTests)
	v.sees("终端管理")
	v.touch("退出终端")
	if v.left != 1 {
		t.Error("the kiosk can't be left")
	}
}

func TestFingersScrollTheListOfSticks(t *testing.T) {
	v := newVenue(t)
	for _, name := range strings.Split("abcdefghijkl", "") {
		v.Must(os.WriteFile(filepath.Join(v.stick, name+".xzk"), []byte("x"), 0o600))
	}
	v.types(kioskPINOfTests)
	v.sees("导入当日名单")
	var list *widget.ListPart
	each(v.shell.Content(), func(o fyne.CanvasObject) {
		if l, ok := o.(*widget.ListPart); ok {
			list = l
		}
	})
	if list == nil {
		t.Fatal("no list on the staff's page")
	}
	list.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, -300)})
	if got := list.GetScrollOffset(); got != 300 {
		t.Errorf("a finger that went up by 300 scrolled by %v", got)
	}
	list.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, 500)})
	if got := list.GetScrollOffset(); got != 0 {
		t.Errorf("a finger that went down stopped at %v", got)
	}
}

// TestNothingToTouchIsTooSmallForAFinger measures every button, key and switch of every page: 72
// pixels are 12 mm on the screens kiosks have.
func TestNothingToTouchIsTooSmallForAFinger(t *testing.T) {
	g := kioskGallery(t, word.Chinese)
	for _, shown := range g.KioskScreens() {
		o := shown.Open()
		g.easel.Put(o, kioskWidth, kioskHeight)
		found := 0
		each(o, func(o fyne.CanvasObject) {
			switch o.(type) {
			case *widget.ButtonPart, *widget.TapPart:
				found++
				if s := o.Size(); s.Height < 72 || s.Width < 72 {
					t.Errorf("%s: something to touch is %.0f by %.0f", shown.Name, s.Width, s.Height)
				}
			}
		})
		if found < 2 {
			t.Errorf("%s: no language to choose", shown.Name)
		}
	}
}

// TestAfterAVisitNothingOfThePersonIsLeft looks for the last person on the screen, in what Fyne
// keeps, and in every file of the kiosk, of its stick and of the folder for passing files.
func TestAfterAVisitNothingOfThePersonIsLeft(t *testing.T) {
	v := newVenue(t).opened()
	v.lay()
	v.sees("资料来自刚才读的身份证。")
	m := v.shell.model
	v.touch("是，我是" + v.qing.Name)
	v.sees("身份已确认")
	v.easel.Picture()
	secrets := map[string]string{"name": m.Person.Name, "masked number": m.Person.Masked, "number": v.qing.Number, "ticket": m.End.Ticket, "ticket in groups": model.InGroups(m.End.Ticket)}
	portrait := m.Person.Photo.(*image.YCbCr)
	kept, masked := weak.Make(portrait), weak.Make(unsafe.StringData(m.Person.Masked))
	secrets["masked number"] = strings.Clone(secrets["masked number"])
	v.touch("办好了，回到首页")
	v.rest()
	v.easel.Picture()

	for _, line := range v.texts() {
		for what, secret := range secrets {
			if strings.Contains(line, secret) {
				t.Errorf("on the screen: the %s", what)
			}
		}
	}
	each(v.shell.Content(), func(o fyne.CanvasObject) {
		if pic, ok := o.(*canvas.Image); ok && pic.Image != nil && pic.Resource == nil {
			t.Error("a picture is on the screen")
		}
	})
	if bytes.ContainsFunc(portrait.Y, func(r rune) bool { return r != 0 }) {
		t.Error("the portrait was not painted over")
	}
	portrait = nil
	runtime.GC()
	runtime.GC()
	if kept.Value() != nil || masked.Value() != nil {
		t.Errorf("somebody still holds the portrait (%v) or the number (%v)", kept.Value() != nil, masked.Value() != nil)
	}
	v.searched(secrets)
}

// beginnings are how a JPEG of ours, one of a camera's and a PDF begin; long enough that what is
// sealed never looks so by chance.
var beginnings = [][]byte{{0xff, 0xd8, 0xff, 0xdb, 0x00, 0x84}, {0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 'J'}, []byte("%PDF-1.")}

// searched looks into every file that the kiosk could have written.
func (v *venue) searched(secrets map[string]string) {
	v.t.Helper()
	files := 0
	for _, root := range []string{v.dir, v.stick, os.TempDir()} {
		err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			files++
			for what, secret := range secrets {
				if bytes.Contains(content, []byte(secret)) || bytes.Contains(content, utf16LE(secret)) {
					v.t.Errorf("%s holds the %s", filepath.Base(path), what)
				}
			}
			for _, begins := range beginnings {
				if bytes.Contains(content, begins) {
					v.t.Errorf("%s holds a picture or a paper", filepath.Base(path))
				}
			}
			return err
		})
		v.Must(err)
	}
	if files < 5 {
		v.t.Errorf("only %d files were looked at", files)
	}
}

// utf16LE is a text as cards have it: UTF-16, little end first.
func utf16LE(s string) (b []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}
