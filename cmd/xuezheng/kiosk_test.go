//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"

	"xuezheng/data/access"
	"xuezheng/data/day"
	"xuezheng/data/device"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/picture"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// kioskPIN is the staff's, in these tests.
const kioskPIN = "246810"

// kioskFaces are the sizes in which a kiosk speaks.
var kioskFaces = []face{{56, false}, {44, false}, {36, false}, {72, true}, {32, false}, {56, true}}

// TestADayAtTheKioskInTheRealWindow sets a kiosk up in the built window on an upright screen,
// loads its day from a stick, and serves two people: one types the number and is confirmed by the
// staff, one lays a card on a simulated reader and is confirmed by the kiosk; a drawn face does
// before the camera what is asked. Then the results are taken to the institution. It needs
// XUEZHENG_XVFB=1 and the built program in XUEZHENG_WINDOW.
func TestADayAtTheKioskInTheRealWindow(t *testing.T) {
	program := os.Getenv("XUEZHENG_WINDOW")
	if os.Getenv("XUEZHENG_XVFB") != "1" || program == "" {
		t.Skip("no display to test on")
	}
	o := newOffice(t)
	dir, home, stick := t.TempDir(), t.TempDir(), t.TempDir()
	o.keyTo(t, filepath.Join(home, "issuer.key"))
	reader := &device.SimReader{}
	d := startScreen(t, "1080x1920x24")
	d.env = []string{"HOME=" + home, "TMPDIR=" + t.TempDir(), "XUEZHENG_STICKS=" + stick, "PATH=" + slipPrinter(t, home) + ":" + os.Getenv("PATH")}
	d.reader = newReader()
	start(t, d, program, "--mode", "kiosk", "--data", dir, "--lang", "zh", "--camera", "loop:folder:"+posesFolder(t), "--reader", port(t, reader))

	d.setUpKiosk(t)
	o.fill(t, filepath.Join(home, "自助终端登记.json"), filepath.Join(stick, "day.xzk"))
	d.press(t, "打开自助终端")
	d.openKiosk(t)
	d.otherLanguageAtTheKiosk(t)
	d.typedNumber(t, o.na)
	d.staffSawTheOriginal(t)
	if err := reader.Put(cardOf(o.qing)); err != nil {
		t.Fatal(err)
	}
	d.withCard(t, o.qing)
	d.notLeftByOthers(t)
	d.leaveKiosk(t)
	o.takeIn(t, stick, 2)
	nothingLeft(t, o, dir, stick)
	if printed, err := os.ReadFile(filepath.Join(home, "printed.pdf")); err != nil || !bytes.HasPrefix(printed, []byte("%PDF-")) {
		t.Errorf("printed %d bytes, %v", len(printed), err)
	}
}

// office is the institution of the kiosk, with two people expected at its venue.
type office struct {
	*service.Services
	who      access.Who
	venue    id.Venue
	on       day.Date
	qing, na person.Person
}

func newOffice(t *testing.T) *office {
	t.Helper()
	ctx := context.Background()
	o := &office{on: today()}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	o.Services, o.who, _, err = service.Init(ctx, service.Config{Location: t.TempDir(), Machine: "test", Store: store.Options{Cost: servicetest.Cost}}, service.Founding{OwnReview: true,
		Institution: "襄阳市招生考试院", Phone: "0710-3456789", Pack: "hubei-self-taught-exam", Administrator: "clerk", Passphrase: passphrase,
	})
	must(err)
	t.Cleanup(func() { o.Close() })
	v, err := o.Venues.Put(ctx, o.who, identity.Venue{Name: "襄阳现场确认点", NameEn: "Xiangyang venue", District: "0601"})
	must(err)
	o.venue = v.ID
	slots, err := o.Venues.Plan(ctx, o.who, v.ID, o.on, 23*60+29, 23*60+59, 30, 5)
	must(err)
	for i, form := range []person.Form{{Name: "韦青禾", Number: "450103198803124213", Phone: "13877146021", Email: "wei@example.cn"}, {Name: "陈娜", Number: "451002197810018536", Phone: "13101064293", Email: "na@example.cn"}} {
		p, _, err := o.People.Register(ctx, o.who, form)
		must(err)
		must(o.People.Read(ctx, o.who, p.ID, "learner-notice"))
		must(o.People.Consent(ctx, o.who, p.ID, person.ConsentPictures, true))
		_, err = o.Identity.OfferPhoto(ctx, o.who, p.ID, sample.Photo(3+2*i), image.Rectangle{}, service.NotLooked)
		must(err)
		must(o.Identity.SeePhoto(ctx, o.who, p.ID))
		must(o.Venues.Book(ctx, o.who, p.ID, slots[0].ID, ""))
		if i == 0 {
			must(o.People.Consent(ctx, o.who, p.ID, person.ConsentFace, true))
			o.qing = p
		} else {
			o.na = p
		}
	}
	return o
}

func (o *office) keyTo(t *testing.T, path string) {
	t.Helper()
	key, err := o.Certificates.ExportKey(context.Background(), o.who)
	if err == nil {
		err = os.WriteFile(path, key, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// fill makes the kiosk known, and writes the file of its day.
func (o *office) fill(t *testing.T, introduction, to string) {
	t.Helper()
	ctx := context.Background()
	b, err := os.ReadFile(introduction)
	if err != nil {
		t.Fatal(err)
	}
	k, err := o.Kiosks.Add(ctx, o.who, b, o.venue)
	if err != nil {
		t.Fatal(err)
	}
	var w bytes.Buffer
	if _, err = o.Kiosks.Fill(ctx, o.who, &w, k.ID, o.on, service.Filling{}); err == nil {
		err = os.WriteFile(to, w.Bytes(), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) takeIn(t *testing.T, stick string, want int) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(stick, "kiosk-results-*.xzk"))
	if len(files) != 1 {
		t.Fatalf("on the stick: %v", files)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	in, err := o.Kiosks.TakeIn(context.Background(), o.who, b)
	if err != nil || in.Confirmed != want {
		t.Errorf("taken in: %+v, %v", in, err)
	}
}

func cardOf(p person.Person) identity.Card {
	return identity.Card{Kind: identity.Resident, Name: p.Name, Sex: identity.Male, Nation: "08", Birth: day.MustNew(1988, 3, 12), Address: "广西南宁市青秀区虚构路1号",
		Number: p.Number, Issuer: "南宁市公安局虚构分局", From: day.MustNew(2020, 5, 6), To: day.MustNew(2040, 5, 6)}
}

// port puts the simulated reader behind a serial port.
func port(t *testing.T, sim *device.SimReader) string {
	t.Helper()
	far, near, err := pty.Open()
	if err != nil {
		t.Skipf("this machine has no pseudo terminals: %v", err)
	}
	go func() { _ = sim.Serve(far) }()
	t.Cleanup(func() { far.Close(); near.Close() })
	return near.Name()
}

// posesFolder is what the camera sees: a drawn face that looks ahead, turns and opens its mouth,
// over and over.
func posesFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for i, pose := range [][2]float64{{0, 0}, {30, 0}, {-30, 0}, {0, 30}} {
		b, err := picture.EncodeJPEG(picture.SamplePose(3, pose[0], pose[1]), 0, 90)
		if err != nil {
			t.Fatal(err)
		}
		for j := range 25 { // two seconds and a half
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d-%02d.jpg", i, j)), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// slipPrinter puts a printing program on the path that keeps what it is handed.
func slipPrinter(t *testing.T, home string) string {
	t.Helper()
	bin := filepath.Join(home, "bin")
	err := os.MkdirAll(bin, 0o700)
	if err == nil {
		err = os.WriteFile(filepath.Join(bin, "lp"), []byte("#!/bin/sh\ncat > "+filepath.Join(home, "printed.pdf")+"\n"), 0o700)
	}
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

func (d *display) setUpKiosk(t *testing.T) {
	d.press(t, "选择公钥文件")
	d.choose(t, "issuer")
	d.sees(t, "襄阳市招生考试院")
	d.into(t, "终端名称")
	d.paste(t, "大厅一号")
	d.into(t, "工作人员密码（6–12 位数字）")
	d.typed(t, kioskPIN)
	d.into(t, "再输一次")
	d.typed(t, kioskPIN)
	keep(t, d, "kiosk-1-setup.png")
	d.press(t, "设置这台机器")
	d.press(t, "保存登记文件")
	at := d.sees(t, "取消")
	keep(t, d, "kiosk-2-save.png")
	d.pressAt(t, "保存", at.X+48, at.Y) // the button beside it
	d.sees(t, "已保存")
}

// reads waits for words of a kiosk's page, and says where they stand.
func (d *display) reads(t *testing.T, words string) image.Point {
	t.Helper()
	return d.stands(t, "“"+words+"”", words, kioskFaces)
}

func (d *display) touch(t *testing.T, words string) {
	t.Helper()
	at := d.reads(t, words)
	d.pressAt(t, words, at.X, at.Y)
}

func (d *display) openKiosk(t *testing.T) {
	d.reads(t, "尚未开启")
	keep(t, d, "kiosk-3-closed.png")
	d.typed(t, kioskPIN)
	d.hit(t, "Return")
	d.reads(t, "终端管理")
	d.touch(t, "导入当日名单")
	d.reads(t, "名单已导入")
	keep(t, d, "kiosk-4-staff.png")
	d.touch(t, "开始办理")
	d.reads(t, "把身份证放在读卡器上")
	keep(t, d, "kiosk-5-start.png")
}

func (d *display) otherLanguageAtTheKiosk(t *testing.T) {
	d.touch(t, "English")
	d.reads(t, "Type my ID number")
	keep(t, d, "kiosk-6-english.png")
	d.touch(t, "中文")
}

// typedNumber is somebody without a card: by touch only.
func (d *display) typedNumber(t *testing.T, p person.Person) {
	d.touch(t, "输入证件号码")
	d.reads(t, "请输入证件号码")
	keys := map[rune]image.Point{}
	for _, r := range p.Number {
		if _, found := keys[r]; !found {
			keys[r] = d.stands(t, "a key", string(r), []face{{56, false}})
		}
		d.click(t, keys[r].X, keys[r].Y)
	}
	keep(t, d, "kiosk-7-number.png")
	d.touch(t, "查找")
	d.reads(t, "是，我是"+p.Name)
	keep(t, d, "kiosk-8-you.png")
	d.touch(t, "是，我是"+p.Name)
	d.touch(t, "同意，开始拍照")
	d.do(t, "sleep", "3")
	keep(t, d, "kiosk-9-picture.png")
	d.patiently(t, "请到人工窗口")
	keep(t, d, "kiosk-10-to-clerk.png")
}

// patiently waits for what takes somebody a while to do, and tries again where a slow machine saw
// too little.
func (d *display) patiently(t *testing.T, words string) {
	t.Helper()
	for range 40 {
		img := d.look(t)
		if _, ok := d.reader.findSet(img, words, kioskFaces); ok {
			return
		}
		if at, ok := d.reader.findSet(img, "再拍一次", kioskFaces[:1]); ok {
			d.click(t, at.X, at.Y)
		}
		d.do(t, "sleep", "2")
	}
	d.reads(t, words)
}

func (d *display) staffSawTheOriginal(t *testing.T) {
	d.touch(t, "工作人员")
	d.reads(t, "工作人员密码")
	d.typed(t, kioskPIN)
	d.hit(t, "Return")
	d.reads(t, "确认完成")
	d.reads(t, "凭条正在打印，请从下方取走")
	keep(t, d, "kiosk-11-result.png")
	d.touch(t, "办好了，回到首页")
	d.reads(t, "输入证件号码")
}

func (d *display) withCard(t *testing.T, p person.Person) {
	d.reads(t, "资料来自刚才读的身份证。")
	keep(t, d, "kiosk-12-card.png")
	d.touch(t, "是，我是"+p.Name)
	d.patiently(t, "确认完成")
	keep(t, d, "kiosk-13-result.png")
	d.touch(t, "办好了，回到首页")
	d.reads(t, "输入证件号码")
}

// notLeftByOthers tries what somebody without the PIN might.
func (d *display) notLeftByOthers(t *testing.T) {
	for _, keys := range []string{"alt+F4", "Escape", "ctrl+q", "F11"} {
		d.key(t, keys)
	}
	d.do(t, "wmctrl", "-c", "学证")
	d.reads(t, "输入证件号码")
	keep(t, d, "kiosk-14-wiped.png")
}

func (d *display) leaveKiosk(t *testing.T) {
	d.touch(t, "工作人员")
	d.reads(t, "工作人员密码")
	d.typed(t, kioskPIN)
	d.hit(t, "Return")
	d.touch(t, "导出结果到")
	d.reads(t, "结果已导出")
	keep(t, d, "kiosk-15-exported.png")
	d.touch(t, "退出终端")
	d.until(t, "the window to close", func() bool { return !strings.Contains(d.say("wmctrl", "-l"), "学证") })
}

// jpegBegins is how every picture begins that this program writes; three bytes of it stand in any
// large file by chance.
const jpegBegins = "\xff\xd8\xff\xdb\x00\x84\x00"

// nothingLeft looks for the two in every file of the kiosk and its stick.
func nothingLeft(t *testing.T, o *office, dirs ...string) {
	t.Helper()
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			for _, secret := range []string{o.qing.Name, o.qing.Number, o.na.Name, o.na.Number, jpegBegins} {
				if bytes.Contains(b, []byte(secret)) {
					t.Errorf("%s holds what it must not", filepath.Base(path))
				}
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
