package shell

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"xuezheng/assets"
	"xuezheng/data/access"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/picture"
	"xuezheng/data/service"
)

// examOffice is an examination office with applicants at every stop of the way to being confirmed.
type examOffice struct {
	t     *testing.T
	s     *service.Services
	who   access.Who
	venue identity.Venue
	slots []identity.Slot
	n     int
}

const passphrase = "样例 测试 2026"

func openExamOffice(t *testing.T) *examOffice {
	t.Helper()
	clock := service.NewSampleClock(time.Date(2026, 11, 23, 1, 12, 0, 0, time.UTC))
	s, who, _, err := service.Init(ctx, service.Config{Location: ":memory:", Machine: "考籍科 01", Now: clock.Now}, service.Founding{
		Institution: "襄阳市招生考试院", Phone: "0710-5550100", Pack: firstPack, Administrator: "zhoumin", Passphrase: passphrase,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	o := &examOffice{t: t, s: s, who: who}
	b, err := assets.Files.ReadFile("packs/hubei-self-taught-exam.yaml")
	o.must(err)
	_, err = s.Policy.Install(ctx, who, b)
	o.must(err)
	o.venue, err = s.Venues.Put(ctx, who, identity.Venue{Name: "襄阳市招生考试院一楼大厅", NameEn: "Xiangyang Admissions and Examinations, ground floor", Address: "襄城区檀溪路 19 号", Notice: "工作日办理，请提前十分钟到", District: "0600"})
	o.must(err)
	_, err = s.Venues.Put(ctx, who, identity.Venue{Name: "湖北文理学院继续教育学院", NameEn: "Hubei University of Arts and Science, continuing education", Address: "隆中路 296 号", District: "0600"})
	o.must(err)
	for d := 1; d <= 3; d++ {
		list, err := s.Venues.Plan(ctx, who, o.venue.ID, s.Today().AddDays(d), 540, 660, 30, 2)
		o.must(err)
		o.slots = append(o.slots, list...)
	}
	return o
}

func (o *examOffice) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// register makes an applicant known who has read the notice.
func (o *examOffice) register(name string) id.Person {
	o.t.Helper()
	number := service.SamplePeople(40, o.s.Today()).Numbers[o.n]
	o.n++
	p, _, err := o.s.People.Register(ctx, o.who, person.Form{Name: name, Number: number, Phone: "1387714" + strings.Repeat(string(rune('0'+o.n)), 4), Email: "p" + string(rune('a'+o.n)) + "@example.cn"})
	o.must(err)
	o.must(o.s.People.Read(ctx, o.who, p.ID, "learner-notice"))
	return p.ID
}

// ready is an applicant who may be confirmed online.
func (o *examOffice) ready(name string, seed int) id.Person {
	o.t.Helper()
	p := o.register(name)
	o.must(o.s.People.Consent(ctx, o.who, p, person.ConsentPictures, true))
	_, err := o.s.Identity.OfferPhoto(ctx, o.who, p, service.SamplePhoto(seed), image.Rectangle{}, service.NotLooked)
	o.must(err)
	_, err = o.s.Materials.HandIn(ctx, o.who, p, service.HandedIn{Kind: "card-portrait-side", Picture: service.SampleCard(int(seed))})
	o.must(err)
	return p
}

// submitted is an applicant who did every step.
func (o *examOffice) submitted(name string, seed int) id.Person {
	o.t.Helper()
	p := o.ready(name, seed)
	o.must(o.s.People.Consent(ctx, o.who, p, person.ConsentFace, true))
	t, err := o.s.Identity.BeginTry(ctx, o.who, p)
	o.must(err)
	_, err = o.s.Identity.TryCard(ctx, o.who, t.ID, service.SampleCard(int(seed)))
	o.must(err)
	var b bytes.Buffer
	o.must(jpeg.Encode(&b, picture.SamplePose(int64(seed), 0, 0), nil))
	_, err = o.s.Identity.TryAlive(ctx, o.who, t.ID, service.Recorded{Frames: [][]byte{b.Bytes()}})
	o.must(err)
	_, err = o.s.Identity.TryPhoto(ctx, o.who, t.ID)
	o.must(err)
	return p
}

// failing is an applicant whose last n tries failed.
func (o *examOffice) failing(name string, seed, n int) id.Person {
	o.t.Helper()
	p := o.ready(name, seed)
	o.must(o.s.People.Consent(ctx, o.who, p, person.ConsentFace, true))
	var b bytes.Buffer
	o.must(jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 600, 400)), nil))
	for range n {
		t, err := o.s.Identity.BeginTry(ctx, o.who, p)
		o.must(err)
		_, err = o.s.Identity.TryCard(ctx, o.who, t.ID, b.Bytes())
		o.must(err)
	}
	return p
}

// TestPictureOfEveryPageOfAnApplicant draws the pages of applicants at every stop of the way, in
// both languages, palettes and sizes of type, and measures that nothing is cut off.
func TestPictureOfEveryPageOfAnApplicant(t *testing.T) {
	o := openExamOffice(t)
	type drawn struct {
		person id.Person
		name   string
		pages  []string
	}
	list := []drawn{{o.register("陆䶮"), "new", []string{"home-way", "home-materials", "home-online", "home-venue", "home-tickets"}}}
	ready := o.ready("韦青禾", 3)
	list = append(list, drawn{ready, "ready", []string{"home-way", "home-materials", "home-online"}})
	refused := o.ready("莫小兰", 5)
	o.must(o.s.People.Consent(ctx, o.who, refused, person.ConsentFace, false))
	list = append(list, drawn{refused, "refused", []string{"home-online"}})
	list = append(list, drawn{o.submitted("覃美玲", 4), "submitted", []string{"home-way", "home-online"}})
	back := o.submitted("李承泽", 6)
	o.must(o.s.Identity.SendBack(ctx, o.who, back, []identity.Reason{"not-alive", "document-expired"}, "请换新身份证再来"))
	_, err := o.s.Materials.HandIn(ctx, o.who, back, service.HandedIn{Kind: "certification-report", Code: "AB12CD34EF56"})
	o.must(err)
	list = append(list, drawn{back, "returned", []string{"home-way"}})
	come := o.failing("梁国强", 7, 3)
	o.must(o.s.Venues.Book(ctx, o.who, come, o.slots[1].ID, ""))
	list = append(list, drawn{come, "on-site", []string{"home-way", "home-online", "home-venue"}})
	confirmed := o.submitted("黄启明", 8)
	_, err = o.s.Identity.Confirm(ctx, o.who, confirmed, nil, "")
	o.must(err)
	list = append(list, drawn{confirmed, "confirmed", []string{"home-way", "home-online", "home-venue", "home-tickets"}})
	several := o.ready("农秋月", 3)
	for _, n := range []string{"060020123456", "010199887766"} {
		_, err := o.s.Tickets.Declare(ctx, o.who, several, n, n[:4])
		o.must(err)
	}
	list = append(list, drawn{several, "several", []string{"home-tickets"}})
	begin := o.failing("周丽华", 3, 1)

	only := os.Getenv("XUEZHENG_ONLY")
	for _, l := range looks {
		g, err := NewGallery(o.s, o.who, "襄阳市招生考试院", l.lang, l.look)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list {
			for _, shown := range g.ApplicantScreens(d.person) {
				if slices.Contains(d.pages, shown.Name) && strings.Contains(shown.Name+"-"+d.name, only) {
					shown.Name += "-" + d.name
					measured(t, g.easel, shown, l.name)
				}
			}
		}
		for _, shown := range g.OnlineScreens(begin, 3) {
			if strings.Contains(shown.Name, only) {
				measured(t, g.easel, shown, l.name)
			}
		}
		g.desk.Walk.Leave()
		g.desk.quiet()
	}
}
