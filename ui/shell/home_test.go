package shell

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xuezheng/assets"
	"xuezheng/data/access"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/ui/model"
	"xuezheng/ui/theme"
	"xuezheng/ui/word"
)

// examOffice is an examination office for applicants at home.
type examOffice struct {
	t   *testing.T
	s   *service.Services
	who access.Who
	n   int
}

const passphrase = "样例 测试 2026"

var keptOffice = servicetest.Kept{Filling: servicetest.Filling{
	Machine:  "考籍科 01",
	Founding: service.Founding{OwnReview: true, Institution: "襄阳市招生考试院", Phone: "0710-5550100", Pack: "hubei-self-taught-exam", Administrator: "zhoumin", Passphrase: passphrase},
	Fill: func(ctx context.Context, s *service.Services, who access.Who, _ *sample.Clock) error {
		venue, err := s.Venues.Put(ctx, who, identity.Venue{Name: "襄阳市招生考试院一楼大厅", NameEn: "Xiangyang Admissions and Examinations, ground floor", Address: "襄城区檀溪路 19 号", Notice: "工作日办理，请提前十分钟到", District: "0600"})
		if err != nil {
			return err
		}
		if _, err := s.Venues.Put(ctx, who, identity.Venue{Name: "湖北文理学院继续教育学院", NameEn: "Hubei University of Arts and Science, continuing education", Address: "隆中路 296 号", District: "0600"}); err != nil {
			return err
		}
		for d := 1; d <= 3; d++ {
			if _, err := s.Venues.Plan(ctx, who, venue.ID, s.Today().AddDays(d), 540, 660, 30, 2); err != nil {
				return err
			}
		}
		return nil
	},
}}

func openExamOffice(t *testing.T) *examOffice {
	t.Helper()
	s, who := keptOffice.Open(t)
	return &examOffice{t: t, s: s, who: who}
}

func (o *examOffice) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// register makes an applicant known who has read the notice, and is enrolled.
func (o *examOffice) register(name string) id.Person {
	o.t.Helper()
	number := sample.People(40, o.s.Today()).Numbers[o.n]
	o.n++
	p, _, err := o.s.People.Register(ctx, o.who, person.Form{Name: name, Number: number, Phone: "1387714" + strings.Repeat(string(rune('0'+o.n)), 4), Email: "p" + string(rune('a'+o.n)) + "@example.cn"})
	o.must(err)
	o.must(o.s.People.Read(ctx, o.who, p.ID, "learner-notice"))
	_, err = o.s.Enrolment.Apply(ctx, o.who, enrolment.Application{Person: p.ID, Main: "法学", From: o.s.Today()})
	o.must(err)
	return p.ID
}

// ready is an applicant who may be confirmed online.
func (o *examOffice) ready(name string, seed int) id.Person {
	o.t.Helper()
	p := o.register(name)
	o.must(o.s.People.Consent(ctx, o.who, p, person.ConsentPictures, true))
	_, err := o.s.Identity.OfferPhoto(ctx, o.who, p, sample.Photo(seed), image.Rectangle{}, service.NotLooked)
	o.must(err)
	_, err = o.s.Materials.HandIn(ctx, o.who, p, service.HandedIn{Kind: "card-portrait-side", Picture: sample.Card(seed)})
	o.must(err)
	return p
}

// TestPictureOfEveryPageOfAnApplicant draws the pages of applicants at home, and measures them. Those
// before a camera take their time, and colours move nothing: in the dark they are left out.
func TestPictureOfEveryPageOfAnApplicant(t *testing.T) {
	s, who, cases := examDesk(t)
	only := os.Getenv("XUEZHENG_ONLY")
	for _, l := range looks {
		g, err := NewGallery(s, who, "襄阳市招生考试院", l.lang, l.look)
		if err != nil {
			t.Fatal(err)
		}
		for _, shown := range g.Applicants(Cases(cases), sample.Drawn{}) {
			if strings.Contains(shown.Name, only) && (!l.look.Dark || !strings.HasPrefix(shown.Name, "home-online-")) {
				measured(t, g.easel, shown, l.name)
			}
		}
		g.desk.Walk.Leave()
		g.desk.quiet()
	}
}

// learner opens the home shell as a learner's login of p.
func (o *examOffice) learner(p id.Person, name string) (*Gallery, *HomeShell) {
	o.t.Helper()
	_, err := o.s.Access.Add(ctx, o.who, name, access.Learner, p, passphrase)
	o.must(err)
	who, err := o.s.Access.SignIn(ctx, name, passphrase)
	o.must(err)
	g, err := NewGallery(o.s, who, "襄阳市招生考试院", word.Chinese, theme.Theme{})
	o.must(err)
	g.desk.SignedIn()
	if g.desk.home == nil {
		o.t.Fatal("a learner's login opens no home")
	}
	return g, g.desk.home
}

// press presses what says so, on what is shown.
func press(t *testing.T, o fyne.CanvasObject, says string) {
	t.Helper()
	if b := saying(o, says); b == nil {
		t.Fatalf("nothing to press says %q", says)
	} else if off, ok := b.(interface{ Disabled() bool }); ok && off.Disabled() {
		t.Fatalf("%q is off", says)
	} else {
		b.Tapped(nil)
	}
}

// saying is what can be pressed and says so; nil if nothing is.
func saying(o fyne.CanvasObject, says string) fyne.Tappable {
	if !o.Visible() {
		return nil
	}
	if b, ok := o.(fyne.Tappable); ok {
		var texts []placed
		collect(o, 0, 0, area{w: 1 << 15, h: 1 << 15}, &texts)
		if slices.ContainsFunc(texts, func(p placed) bool { return p.text == says }) {
			return b
		}
	}
	var in []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		in = o.Objects
	case fyne.Widget:
		in = test.WidgetRenderer(o).Objects()
	}
	for _, c := range in {
		if b := saying(c, says); b != nil {
			return b
		}
	}
	return nil
}

// shown is every text that is shown.
func shown(o fyne.CanvasObject) string {
	var texts []placed
	collect(o, 0, 0, area{w: 1 << 15, h: 1 << 15}, &texts)
	var all []string
	for _, p := range texts {
		all = append(all, p.text)
	}
	return strings.Join(all, "\n")
}

func TestAnApplicantWalksFromThePhotoToTheTicketNumber(t *testing.T) {
	o := openExamOffice(t)
	p := o.register("韦青禾")
	g, h := o.learner(p, "weiqinghe")
	defer g.desk.quiet()
	on := func(page string) {
		t.Helper()
		g.easel.Put(h.Content(), 1280, 800)
		if h.Walk.Page() != page {
			t.Fatalf("on %s, want %s", h.Walk.Page(), page)
		}
	}
	on("home.way")
	press(t, h.Content(), "放照片")
	on("home.photo")
	press(t, h.Content(), "本人同意")
	h.Walk.Taker()(model.File{Name: "IMG_1.jpg", Bytes: sample.Photo(3)}, nil)
	press(t, h.Content(), "程序不能判断的，由人看")
	press(t, h.Content(), "用这张照片")

	press(t, h.Content(), "我的进度")
	on("home.way")
	press(t, h.Content(), "去交材料")
	on("home.materials")
	h.Walk.Taker()(model.File{Name: "IMG_2.jpg", Bytes: sample.Card(3)}, nil)
	press(t, h.Content(), "提交材料")
	if says := shown(h.Content()); !strings.Contains(says, "已交，未看原件") || strings.Contains(says, "已核实") {
		t.Errorf("the list says\n%s", says)
	}

	press(t, h.Content(), "我的进度")
	press(t, h.Content(), "开始网上确认")
	on("home.online")
	press(t, h.Content(), "我同意")
	m := h.openOnline(posed{h.applicant(), 3})
	on("home.online")
	press(t, h.Content(), "开始")
	press(t, h.Content(), "用这张，下一步")
	press(t, h.Content(), "打开摄像头，开始")
	if m.Stage() != model.OnlineSubmitted {
		t.Fatalf("at %s because of %v", m.Stage(), m.Problem())
	}
	on("home.online")
	press(t, h.Content(), "回到我的进度")
	on("home.way")

	_, err := o.s.Identity.Confirm(ctx, o.who, p, nil, "")
	o.must(err)
	press(t, h.Content(), "我的进度")
	if says := shown(h.Content()); !strings.Contains(says, "现在可以缴费了") || !strings.Contains(says, "0600 2600 001") {
		t.Errorf("no payment, or no number, on\n%s", says) // H-15, H-18
	}
	press(t, h.Content(), "准考证号")
	on("home.tickets")
	if says := shown(h.Content()); !strings.Contains(says, "0600 2600 001") {
		t.Errorf("no number on\n%s", says)
	}
}

func TestWhoRefusesFacesBooksATimeAndGetsTheSlip(t *testing.T) {
	o := openExamOffice(t)
	p := o.ready("莫小兰", 5)
	g, h := o.learner(p, "moxiaolan")
	defer g.desk.quiet()
	h.OpenOnline()
	g.easel.Put(h.Content(), 1280, 800)
	press(t, h.Content(), "不同意")
	g.easel.Put(h.Content(), 1280, 800)
	press(t, h.Content(), "到现场确认")
	press(t, h.Content(), "改到现场")
	g.easel.Put(h.Content(), 1280, 800)
	if h.Walk.Page() != "home.venue" {
		t.Fatalf("on %s", h.Walk.Page())
	}
	press(t, h.Content(), "09:30–10:00")
	press(t, h.Content(), "预约时段")
	a, found, err := o.s.Venues.Of(ctx, o.who, p)
	if err != nil || !found || a.Slot.From != 570 {
		t.Fatalf("booked %+v, %v", a, err)
	}
	b, err := h.applicant().Slip()
	if err != nil || !bytes.HasPrefix(b, []byte("%PDF")) {
		t.Errorf("the slip: %d bytes, %v", len(b), err)
	}
	h.OpenWay()
	g.easel.Put(h.Content(), 1280, 800)
	if says := shown(h.Content()); !strings.Contains(says, "2026年11月24日 09:30–10:00 到现场确认") {
		t.Errorf("the way says\n%s", says)
	}
}

func TestEachPackHasItsPlaces(t *testing.T) {
	for name, want := range map[string]string{
		"guangxi-second-class-constructor": "way data photo online enrolment hours papers",
		"hubei-self-taught-exam":           "way data photo materials online venue tickets enrolment",
		"beijing-distance-education":       "way data photo materials venue enrolment",
	} {
		b, err := assets.Files.ReadFile("packs/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		pack, err := policy.Load(b)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range homePlaces(pack) {
			got = append(got, strings.TrimPrefix(p.key, "home."))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, want %s", name, got, want)
		}
	}
}

func TestARecordingStandsForTheCamera(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "1.jpg"), sample.Card(3), 0o600); err != nil {
		t.Fatal(err)
	}
	d := &DeskShell{asks: &asks{run: model.Now}}
	d.UseCamera("folder:" + folder)
	a := applicant{asks: d.asks}
	if list := a.Cameras(); len(list) != 1 {
		t.Fatalf("cameras %v", list)
	}
	f, err := a.Viewfinder(a.Cameras()[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Take(); err == nil {
		t.Error("a picture was taken before anything was seen")
	}
	img, err := f.Next()
	if err != nil || img.Bounds().Dx() != 640 {
		t.Fatalf("seen %v, %v", img, err)
	}
	b, err := f.Take()
	if err != nil {
		t.Fatal(err)
	}
	if c, err := jpeg.DecodeConfig(bytes.NewReader(b)); err != nil || c.Width != 1200 {
		t.Errorf("taken %d wide, %v", c.Width, err)
	}
	f.Close()
	if _, err := f.Next(); err == nil {
		t.Error("a camera that was let go still sees")
	}
	if d.UseCamera("none"); len(a.Cameras()) != 0 {
		t.Errorf("cameras %v", a.Cameras())
	}
}

func TestWatchingEndsWhenItIsLetGo(t *testing.T) {
	o := openExamOffice(t)
	a := applicant{asks: &asks{services: o.s, who: o.who, run: model.Now}}
	cam, err := posed{a, 3}.Watch("", "")
	o.must(err)
	s, err := cam.Next()
	if err != nil || s.Ask != "identity.task.ahead" || len(s.Steps) != 6 || s.Image == nil {
		t.Fatalf("sight %+v, %v", s.Steps, err)
	}
	cam.Close()
	cam.Close()
	if _, err := cam.Next(); err == nil {
		t.Error("it still watches")
	}
	if r := cam.Recorded(); len(r.Frames) > 0 || r.Why != identity.WhyEnded {
		t.Errorf("recorded %d frames, %q", len(r.Frames), r.Why)
	}
}
