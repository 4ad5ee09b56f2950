// Package servicetest opens services over a fresh store for tests, on SQLite or on PostgreSQL, with a
// clock that is set by hand and a few invented people.
package servicetest

import (
	"context"
	"errors"
	"image"
	"sync"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/store"
)

// Passphrase opens every login that tests make.
const Passphrase = "柳江边上三棵榕树 2026"

// Cost makes a passphrase cheap to try, for tests only.
var Cost = store.Cost{Time: 1, Memory: 64, Threads: 1}

// Clock is a clock that stands still until it is set.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now is the moment the clock shows; each look moves it by a millisecond, so that nothing happens
// twice at once.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Millisecond)
	return c.at
}

// Set sets the clock.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// Start is what every test's clock shows first: 9:12 in Nanning on 23 November 2026.
var Start = time.Date(2026, 11, 23, 1, 12, 0, 0, time.UTC)

// Desk is an open store with its administrator signed in.
type Desk struct {
	*service.Services
	Who   access.Who
	Clock *Clock
	T     testing.TB
}

// Open opens a store in memory, or on the PostgreSQL that TEST_POSTGRES names.
func Open(t testing.TB) *Desk { t.Helper(); return OpenAt(t, Place(t)) }

// OpenAt founds a store at a location; it is closed when the test ends.
func OpenAt(t testing.TB, location string) *Desk {
	t.Helper()
	return OpenWith(t, location, "guangxi-second-class-constructor")
}

// OpenWith is OpenAt with another programme's pack, by its id.
func OpenWith(t testing.TB, location, pack string) *Desk {
	t.Helper()
	d := &Desk{Clock: &Clock{at: Start}, T: t}
	var err error
	d.Services, d.Who, _, err = service.Init(context.Background(), d.Config(location), service.Founding{
		Institution: "建设继续教育中心", InstitutionEn: "Construction Continuing Education Centre", Phone: "0771-5550100",
		Pack: pack, Administrator: "zhoumin", Passphrase: Passphrase, OwnReview: true, // one login does everything
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// Config is how that desk opens its store.
func (d *Desk) Config(location string) service.Config {
	return service.Config{Location: location, Machine: "前台 02", Now: d.Clock.Now, Store: store.Options{Cost: Cost}}
}

// Must ends the test if err is one.
func (d *Desk) Must(errs ...error) {
	d.T.Helper()
	if err := errors.Join(errs...); err != nil {
		d.T.Fatal(err)
	}
}

// Refused ends the test unless err is that fault.
func (d *Desk) Refused(err error, want *fault.Fault) {
	d.T.Helper()
	if !errors.Is(err, want) {
		d.T.Fatalf("got %v, want the fault %s", err, want.Key)
	}
}

// Login adds a login and signs it in.
func (d *Desk) Login(name string, role access.Role, p id.Person) access.Who {
	d.T.Helper()
	_, err := d.Access.Add(context.Background(), d.Who, name, role, p, Passphrase)
	d.Must(err)
	who, err := d.Access.SignIn(context.Background(), name, Passphrase)
	d.Must(err)
	return who
}

// Qing is the form of an invented learner, 韦青禾.
func Qing() person.Form {
	return person.Form{Name: "韦青禾", Number: "450103198803124213", Phone: "13877146021", Email: "wei@example.cn", Unit: "南宁青秀建设工程有限公司"}
}

// Na is the form of another, 陈娜.
func Na() person.Form {
	return person.Form{Name: "陈娜", Number: "451002197810018536", Phone: "13101064293", Email: "na@example.cn"}
}

// Register registers someone who has read the notices and agreed to pictures.
func (d *Desk) Register(f person.Form) person.Person {
	d.T.Helper()
	ctx := context.Background()
	p, _, err := d.People.Register(ctx, d.Who, f)
	d.Must(err, d.People.Read(ctx, d.Who, p.ID, "learner-notice"), d.People.Consent(ctx, d.Who, p.ID, person.ConsentPictures, true))
	return p
}

// Confirm keeps a drawn photo of them and confirms them at the desk.
func (d *Desk) Confirm(p id.Person, photo int) {
	d.T.Helper()
	ctx := context.Background()
	_, err := d.Identity.OfferPhoto(ctx, d.Who, p, sample.Photo(photo), image.Rectangle{}, service.NotLooked)
	d.Must(err)
	_, err = d.Identity.Confirm(ctx, d.Who, p, []identity.Original{identity.ResidentCard}, "")
	d.Must(err)
}

// Enrol enrols them for 建筑工程 and records a payment of 23 July 2026.
func (d *Desk) Enrol(p id.Person) enrolment.Enrolment {
	d.T.Helper()
	ctx := context.Background()
	en, err := d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: p, Main: "建筑工程", From: d.Today().AddYears(-2), Registration: "桂245202409911"})
	d.Must(err)
	_, err = d.Enrolment.Pay(ctx, d.Who, service.Payment{Enrolment: en.ID, Fen: 48000, On: d.Today().AddMonths(-4)})
	d.Must(err)
	return en
}

// Study enters all hours they need, and has them accepted.
func (d *Desk) Study(p id.Person, en id.Enrolment) {
	d.T.Helper()
	ctx := context.Background()
	for i, e := range []hours.Entry{
		{Course: "施工现场安全管理", Kind: hours.Required, Seconds: 60 * 2700},
		{Course: "装配式混凝土结构施工技术", Kind: hours.Elective, Seconds: 36 * 2700},
		{Course: "绿色施工与节能", Kind: hours.Elective, Seconds: 24 * 2700},
	} {
		e.Learner, e.Specialty, e.Mode, e.On = p, "建筑工程", hours.Online, d.Today().AddDays(-60+7*i)
		_, err := d.Hours.Enter(ctx, d.Who, e)
		d.Must(err)
	}
	_, err := d.Hours.Submit(ctx, d.Who, en)
	d.Must(err)
	rows, err := d.Hours.Queue(ctx, d.Who, 100, 0)
	d.Must(err)
	for _, r := range rows {
		if r.Record.Learner == p {
			_, err := d.Hours.Accept(ctx, d.Who, r.Record.ID)
			d.Must(err)
		}
	}
}

// Ready is someone who may have a certificate.
func (d *Desk) Ready(f person.Form, photo int) person.Person {
	d.T.Helper()
	p := d.Register(f)
	d.Confirm(p.ID, photo)
	d.Study(p.ID, d.Enrol(p.ID).ID)
	return p
}
