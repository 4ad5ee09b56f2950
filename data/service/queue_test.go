package service_test

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// crowd is a store with people for many desks to work at, and with one slot that all of them fill.
type crowd struct {
	*servicetest.Desk
	where    string
	slot     id.Slot
	learners []learning // confirmed and enrolled
	waiting  []id.Person
	course   atomic.Int64
	booked   sync.Map // who has a place, as it was acknowledged
}

type learning struct {
	person    id.Person
	enrolment id.Enrolment
}

const slotRoom = 200

// crowded makes a store with so many learners, and as many who are to be confirmed.
func crowded(t testing.TB, where string, n int) *crowd {
	t.Helper()
	c := &crowd{Desk: servicetest.OpenAt(t, where), where: where}
	_, err := c.Exchange.Roster(ctx, c.Who, rosterOf(0, 2*n, c.Today()), false, nil)
	c.Must(err)
	photo := sample.Photo(1)
	for i := range 2 * n {
		number, _ := invented(i)
		p, err := c.People.ByNumber(ctx, c.Who, number)
		c.Must(err)
		if i >= n {
			c.waiting = append(c.waiting, p.ID)
			continue
		}
		c.Must(c.People.Consent(ctx, c.Who, p.ID, person.ConsentPictures, true))
		_, err = c.Identity.OfferPhoto(ctx, c.Who, p.ID, photo, image.Rectangle{}, service.NotLooked)
		c.Must(err)
		_, err = c.Identity.Confirm(ctx, c.Who, p.ID, []identity.Original{identity.ResidentCard}, "")
		c.Must(err)
		f, err := c.People.Show(ctx, c.Who, p.ID)
		c.Must(err)
		en := f.Enrolments[0].ID
		_, err = c.Enrolment.Pay(ctx, c.Who, service.Payment{Enrolment: en, Fen: 48000, On: c.Today().AddMonths(-4)})
		c.Must(err)
		c.learners = append(c.learners, learning{p.ID, en})
	}
	v, err := c.Venues.Put(ctx, c.Who, identity.Venue{Name: "南湖确认点"})
	c.Must(err)
	slots, err := c.Venues.Plan(ctx, c.Who, v.ID, c.Today().AddDays(1), 540, 570, 30, slotRoom)
	c.Must(err)
	c.slot = slots[0].ID
	return c
}

// copied is the same crowd in a store of its own; the one it is copied from is closed.
func (c *crowd) copied(t testing.TB) *crowd {
	t.Helper()
	where := filepath.Join(t.TempDir(), "store")
	if servicetest.OnServer() {
		where = servicetest.CopyOf(t, c.where)
	} else if err := os.CopyFS(where, os.DirFS(c.where)); err != nil {
		t.Fatal(err)
	}
	d := &servicetest.Desk{Clock: c.Clock, T: t}
	var err error
	if d.Services, err = service.Open(ctx, d.Config(where)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	d.Who, err = d.Access.SignIn(ctx, c.Who.Name, servicetest.Passphrase)
	d.Must(err)
	return &crowd{Desk: d, where: where, slot: c.slot, learners: c.learners, waiting: c.waiting}
}

// seat is one desk of a crowd, with the people that are its own.
type seat struct {
	*crowd
	s        *service.Services
	who      access.Who
	learners []learning
	waiting  []id.Person
	times    []time.Duration
	of       [actsInARound][]time.Duration // the same, by what was done
	failed   []error
	numbers  []string // of certificates that were acknowledged
	records  int
}

// seats opens so many desks: on a server each is a program of its own, in a folder they are windows of
// one program.
func (c *crowd) seats(t testing.TB, n int) (list []*seat) {
	t.Helper()
	for i := range n {
		one := &seat{crowd: c, s: c.Services, who: c.Who}
		if servicetest.OnServer() {
			cfg := c.Config(c.where)
			cfg.Machine = fmt.Sprintf("前台 %d-%d", n, i)
			var err error
			one.s, err = service.Open(ctx, cfg)
			c.Must(err)
			one.who, err = one.s.Access.SignIn(ctx, c.Who.Name, servicetest.Passphrase)
			c.Must(err)
		}
		for k := i; k < len(c.learners); k += n {
			one.learners = append(one.learners, c.learners[k])
			one.waiting = append(one.waiting, c.waiting[k])
		}
		list = append(list, one)
	}
	return list
}

func leave(list []*seat) {
	for _, one := range list {
		if one.s != one.Services {
			one.s.Close()
		}
	}
}

// acts is what a desk does, over and over: enters hours, reviews them, books, issues.
func (d *seat) acts(round int) []func() error {
	l, w := d.learners[round%len(d.learners)], d.waiting[round%len(d.waiting)]
	var last hours.Record
	enter := func() (err error) {
		e := halfAnHour(l.person, fmt.Sprintf("课程 %d", d.course.Add(1)), d.Today().AddDays(-20))
		if last, err = d.s.Hours.Enter(ctx, d.who, e); err == nil {
			d.records++
		}
		return err
	}
	return []func() error{
		enter, enter,
		func() error { _, err := d.s.Hours.Submit(ctx, d.who, l.enrolment); return err },
		func() error { _, err := d.s.Hours.Accept(ctx, d.who, last.ID); return err },
		func() (err error) {
			if _, has := d.booked.Load(w); has {
				if err = d.s.Venues.Cancel(ctx, d.who, w); err == nil {
					d.booked.Delete(w)
				}
				return err
			}
			if err = d.s.Venues.Book(ctx, d.who, w, d.slot, ""); err == nil {
				d.booked.Store(w, true)
			}
			return err
		},
		func() error {
			is, err := d.s.Certificates.Issue(ctx, d.who, l.person, "")
			if err == nil {
				d.numbers = append(d.numbers, is.Content.Number)
			}
			return err
		},
	}
}

// onlyEnters is the first of what a desk does.
func (d *seat) onlyEnters(round int) []func() error { return d.acts(round)[:1] }

const actsInARound = 6

// work does rounds for as long as more says so, and times each act.
func (d *seat) work(acts func(round int) []func() error, more func() bool) {
	for round := 0; ; round++ {
		for i, do := range acts(round) {
			if !more() {
				return
			}
			began := time.Now()
			err := do()
			took := time.Since(began)
			d.times, d.of[i] = append(d.times, took), append(d.of[i], took)
			if err != nil {
				d.failed = append(d.failed, err)
			}
		}
	}
}

// together lets all of them work, until they did so many acts in all.
func together(list []*seat, acts int, what func(*seat, int) []func() error) time.Duration {
	var left atomic.Int64
	left.Store(int64(acts))
	var all sync.WaitGroup
	began := time.Now()
	for _, one := range list {
		all.Go(func() {
			one.work(func(round int) []func() error { return what(one, round) }, func() bool { return left.Add(-1) >= 0 })
		})
	}
	all.Wait()
	return time.Since(began)
}

// whole looks that everything the desks were told is there once, and nothing that they were not.
func (c *crowd) whole(list []*seat, unsure int) {
	c.T.Helper()
	records, acknowledged := 0, map[string]bool{}
	for _, one := range list {
		records += one.records
		for _, n := range one.numbers {
			if acknowledged[n] {
				c.T.Errorf("%s was given twice", n)
			}
			acknowledged[n] = true
		}
	}
	there, kept := 0, map[string]bool{}
	for _, l := range c.learners {
		st, err := c.Hours.Standing(ctx, c.Who, l.person, l.enrolment)
		c.Must(err)
		there += len(st.Standing.Lines)
		issued, err := c.Certificates.List(ctx, c.Who, l.person)
		c.Must(err)
		for _, one := range issued {
			kept[one.Number] = true
		}
	}
	if there < records || there > records+unsure {
		c.T.Errorf("%d records are there, and %d were acknowledged", there, records)
	}
	for n := range acknowledged {
		if !kept[n] {
			c.T.Errorf("certificate %s was acknowledged and is gone", n)
		}
	}
	if len(kept) > len(acknowledged)+unsure {
		c.T.Errorf("%d certificates are there, and %d were acknowledged", len(kept), len(acknowledged))
	}
	for _, p := range c.waiting {
		_, want := c.booked.Load(p)
		_, has, err := c.Venues.Of(ctx, c.Who, p)
		c.Must(err)
		if has != want && unsure == 0 {
			c.T.Errorf("a place: got %v, acknowledged %v", has, want)
		}
	}
	if _, err := c.Audit.Verify(ctx, c.Who); err != nil {
		c.T.Errorf("the trail is not whole: %v", err)
	}
}

// TestNoDeskIsTurnedAwayByTheOthers lets many desks work at once, on what there is only one of.
func TestNoDeskIsTurnedAwayByTheOthers(t *testing.T) {
	desks := rounds(8, 32)
	c := crowded(t, servicetest.Place(t), desks)
	list := c.seats(t, desks)
	defer leave(list)
	together(list, desks*actsInARound*rounds(2, 20), (*seat).acts)
	for _, one := range list {
		for _, err := range one.failed {
			t.Errorf("a desk was turned away: %v", err)
		}
	}
	c.whole(list, 0)
}

// TestProgramsUnderOneNameFollowOneAnother lets desks work whose machine has the same name: windows
// of one terminal server.
func TestProgramsUnderOneNameFollowOneAnother(t *testing.T) {
	where := servicetest.Database(t)
	const desks = 6
	c := crowded(t, where, desks)
	list := c.seats(t, desks)
	leave(list)
	for _, one := range list {
		var err error
		one.s, err = service.Open(ctx, c.Config(where))
		c.Must(err)
		one.who, err = one.s.Access.SignIn(ctx, c.Who.Name, servicetest.Passphrase)
		c.Must(err)
	}
	defer leave(list)
	together(list, desks*actsInARound*2, (*seat).acts)
	for _, one := range list {
		for _, err := range one.failed {
			t.Errorf("a desk was turned away: %v", err)
		}
	}
	c.whole(list, 0)
}

// BenchmarkDesks lets desks enter, review, book and issue, all at once: on the PostgreSQL that
// TEST_POSTGRES names, each a program of its own; on SQLite as windows of one program. Each number of
// desks begins with the same people, since a learner with hundreds of records takes longer than one with
// ten, and every desk has done one round before: its first certificate looks through the whole trail.
func BenchmarkDesks(b *testing.B) {
	engine := "SQLite"
	if servicetest.OnServer() {
		engine = "PostgreSQL"
	}
	where := b.TempDir()
	if servicetest.OnServer() {
		where = servicetest.Database(b)
	}
	c := crowded(b, where, 64)
	c.Must(c.Close())
	for _, name := range []string{"enter", "all"} {
		what := map[string]func(*seat, int) []func() error{"enter": (*seat).onlyEnters, "all": (*seat).acts}[name]
		for _, desks := range []int{1, 4, 8, 16, 32} {
			b.Run(fmt.Sprintf("%s/%s/%d", engine, name, desks), func(b *testing.B) {
				measureDesks(b, c.copied(b).seats(b, desks), what)
			})
		}
	}
}

func measureDesks(b *testing.B, list []*seat, what func(*seat, int) []func() error) {
	defer leave(list)
	for _, one := range list {
		for _, do := range what(one, 0) {
			one.Must(do())
		}
	}
	b.ResetTimer()
	took := together(list, b.N, what)
	b.StopTimer()
	var times []time.Duration
	var of [actsInARound][]time.Duration
	var failed []error
	for _, one := range list {
		times, failed = append(times, one.times...), append(failed, one.failed...)
		for i := range of {
			of[i] = append(of[i], one.of[i]...)
		}
	}
	if len(failed) > 0 {
		b.Logf("refused: %v", failed[0])
	}
	at := func(times []time.Duration, hundredth int) float64 {
		slices.Sort(times)
		return times[(len(times)-1)*hundredth/100].Seconds() * 1000
	}
	b.ReportMetric(float64(len(times))/took.Seconds(), "acts/s")
	b.ReportMetric(at(times, 50), "p50-ms")
	b.ReportMetric(at(times, 99), "p99-ms")
	b.ReportMetric(float64(len(failed)), "failures")
	for i, act := range []string{1: "enter", "submit", "accept", "book", "issue"} {
		if act != "" && len(of[i]) > 0 {
			b.ReportMetric(at(of[i], 50), act+"-p50-ms")
		}
	}
}
