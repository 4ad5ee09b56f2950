// Package service is what can be asked of the program: one service per area, one method per
// act. A service carries things between the store and the rules; it decides nothing itself.
package service

import (
	"cmp"
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"xuezheng/assets"
	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/policy"
	"xuezheng/data/portrait"
	"xuezheng/data/seen"
	"xuezheng/data/store"
)

// Config says where and as whom the program runs.
type Config struct {
	Location string           // a folder, or postgres://…
	Machine  string           // this machine's name, for the audit trail
	Now      func() time.Time // the clock; time.Now if nil
	Store    store.Options    // how the store is opened
	Seen     string           // the folder in which this machine keeps what it has seen of stores; none if empty
}

// Services are all services over one open store.
type Services struct {
	Access       *Access
	People       *People
	Identity     *Identity
	Venues       *Venues
	Tickets      *Tickets
	Materials    *Materials
	Kiosks       *Kiosks
	Enrolment    *Enrolment
	Hours        *Hours
	Certificates *Certificates
	Exchange     *Exchange
	Policy       *Policy
	Audit        *Audit
	Calendars    *Calendars
	Retention    *Retention
	Backups      *Backups

	core *core
}

// core is what the services share.
type core struct {
	store   *store.Store
	now     func() time.Time
	machine string
	shelf   atomic.Pointer[shelved]
	own     atomic.Pointer[portrait.Comparer] // of the institution's own weights; making one takes a while
	known   faceIndex
	mended  atomic.Pointer[Mended]
	behind  atomic.Pointer[Behind]
	seen    *seen.Folder

	shipped  *day.Calendar // as it came with the program
	calendar atomic.Pointer[inForce]

	glancing   glancing                       // the store is looked through, or was since somebody signed in
	spoiltRows atomic.Int64                   // what was found then
	lost       atomic.Pointer[[]seen.Missing] // lines that this machine has seen, and that were not there when it looked last
	trail      *store.Followed                // what was looked at of the trail since the program began

	mu       sync.Mutex
	watchers map[int]func(Change)
	nextID   int
}

// Change tells whoever watches what was done, and to what.
type Change struct {
	Act    act.Act
	About  string
	Person id.Person
}

// Open opens the services over the store at cfg.Location. The store stays locked until
// Access.SignIn.
func Open(ctx context.Context, cfg Config) (*Services, error) {
	o := cfg.Store
	if o.Now = cfg.Now; cfg.Now == nil {
		cfg.Now = time.Now
	}
	o.Machine = cfg.Machine
	st, err := store.Open(ctx, cfg.Location, o)
	if err != nil {
		return nil, err
	}
	s, err := over(st, cfg)
	if err != nil {
		st.Close()
		return nil, err
	}
	return s, nil
}

func over(st *store.Store, cfg Config) (*Services, error) {
	cal, err := Calendar()
	if err != nil {
		return nil, err
	}
	c := &core{store: st, now: cfg.Now, machine: cfg.Machine, seen: seen.In(cfg.Seen), shipped: cal, watchers: map[int]func(Change){}, trail: store.NewFollowed()}
	c.calendar.Store(&inForce{cal: cal})
	c.shelf.Store(&shelved{shelf: policy.NewShelf(nil)})
	return &Services{
		Access: &Access{c}, People: &People{c}, Identity: &Identity{c, tries{c}}, Venues: &Venues{c}, Tickets: &Tickets{c}, Materials: &Materials{c}, Kiosks: &Kiosks{c}, Enrolment: &Enrolment{c}, Hours: &Hours{c, classes{c}, passing{c}},
		Certificates: &Certificates{core: c}, Exchange: &Exchange{c}, Policy: &Policy{c}, Audit: &Audit{c}, Retention: &Retention{c}, Calendars: &Calendars{c}, Backups: &Backups{c}, core: c,
	}, nil
}

// Calendar is the working-day calendar shipped with the program.
func Calendar() (*day.Calendar, error) {
	f, err := assets.Files.Open("calendars/cn.json")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return day.ReadCalendar(f)
}

// Close locks and closes the store.
func (s *Services) Close() error {
	s.core.glancing.end()
	if !s.core.store.Locked() {
		s.core.sawTrail(context.Background())
	}
	return s.core.store.Close()
}

// Today is the day in Shanghai.
func (s *Services) Today() day.Date { return s.core.today() }

// Now is the moment the clock shows, in UTC.
func (s *Services) Now() time.Time { return s.core.now().UTC() }

// WorkingDays is the calendar deadlines are counted by, as of the last look at the store.
func (s *Services) WorkingDays() *day.Calendar { return s.core.days() }

// Watch calls f after every change that was committed, until stop is called. f must not block.
func (s *Services) Watch(f func(Change)) (stop func()) {
	c := s.core
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.nextID
	c.nextID++
	c.watchers[n] = f
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.watchers, n)
	}
}

func (c *core) announce(list []Change) {
	c.mu.Lock()
	fs := make([]func(Change), 0, len(c.watchers))
	for _, f := range c.watchers {
		fs = append(fs, f)
	}
	c.mu.Unlock()
	for _, f := range fs {
		for _, ch := range list {
			f(ch)
		}
	}
}

func (c *core) today() day.Date { return day.Of(c.now()) }

// changing is one change under way: the open transaction and the audit lines it will leave.
type changing struct {
	*store.Tx
	who    access.Who
	act    act.Act
	at     time.Time
	lines  []audit.Line
	pack   string             // of the pack that decides: id@version
	seen   seen.Mark          // what this machine had seen of the store when the change began
	told   []Change           // what is to be announced
	drawn  map[string]int64   // the highest number drawn of each series
	behind int64              // how many numbers the store was behind what this machine has seen
	turns  map[id.Person]bool // for whom it was asked whose turn it is
}

// hand is whose change this is, for the history of what it changes.
func (t *changing) hand() store.Hand { return store.Hand{Act: t.act, By: t.who.Login, At: t.at} }

// about notes what the act was done to; detail holds codes and ids only (P-04).
func (t *changing) about(what string, p id.Person, detail string) {
	t.lines = append(t.lines, audit.Line{About: what, Person: string(p), Detail: detail})
}

// do is the one door for change: permitted, in one transaction, audited in the same
// transaction, announced after it.
func (c *core) do(ctx context.Context, who access.Who, a act.Act, change func(tx *changing) error) error {
	if err := c.permit(who, a); err != nil {
		return err
	}
	var told []Change
	var t *changing
	seen := c.seen.Known(c.store.Org()) // before the store is looked at, so that it can't be newer than that look
	err := c.store.Update(ctx, func(tx *store.Tx) error {
		t = &changing{Tx: tx, who: who, act: a, at: c.now().UTC(), seen: seen}
		if err := c.still(t); err != nil {
			return err
		}
		if err := c.know(tx); err != nil {
			return err
		}
		if err := change(t); err != nil {
			return wasThere(tx, err)
		}
		if err := t.turnsAsked(); err != nil {
			return err
		}
		var err error
		told, err = c.record(t)
		return err
	}, ways(a)...)
	if err == nil {
		c.saw(t)
		c.announce(told)
	}
	return during(a, err)
}

// during says of what broke in which act it did, for whoever reads the log; every other no stays as the
// rule said it.
func during(a act.Act, err error) error {
	if f := fault.Of(err); f == nil || f.Kind != fault.Broken {
		return err
	}
	return fmt.Errorf("%s: %w", a, err)
}

// doFor is do for what is one person's own: a learner learns nothing of anybody else, not even why
// it can't be done.
func (c *core) doFor(ctx context.Context, who access.Who, a act.Act, p id.Person, change func(tx *changing) error) error {
	if err := c.permit(who, a); err != nil {
		return err
	}
	if !who.Reaches(p) {
		return access.ErrDenied.With(string(a))
	}
	return c.do(ctx, who, a, change)
}

// record writes the audit lines of a change, and refuses it if a learner reached beyond their
// own data.
func (c *core) record(t *changing) ([]Change, error) {
	if len(t.lines) == 0 {
		t.about("", t.who.Person, "")
	}
	if err := c.stamp(t); err != nil {
		return nil, err
	}
	if err := t.Audit.AppendMany(t.lines); err != nil {
		return nil, err
	}
	return t.told, nil
}

// recordSome writes the lines of a large change so far, all but the last, so that memory doesn't grow
// with it.
func (c *core) recordSome(t *changing) error {
	if len(t.lines) < 2 {
		return nil
	}
	if err := c.stamp(t); err != nil {
		return err
	}
	last := t.lines[len(t.lines)-1]
	err := t.Audit.AppendSome(t.lines[:len(t.lines)-1])
	t.lines = append(t.lines[:0], last)
	return err
}

// stamp says in each line who did what, and when; and notes what is to be announced.
func (c *core) stamp(t *changing) error {
	packName := t.pack
	if packName == "" {
		if p, err := c.inForce(""); err == nil {
			packName = p.String()
		}
	}
	now := c.now()
	for i := range t.lines {
		l := &t.lines[i]
		if l.Act != "" {
			continue // it was before
		}
		if t.who.Role == access.Learner && id.Person(l.Person) != t.who.Person {
			return access.ErrDenied.With(string(t.act))
		}
		l.At, l.Who, l.Machine, l.Act, l.Pack = now, t.who.Login, c.machine, t.act, packName
		if err := l.Plain(); err != nil {
			return err
		}
		if len(t.told) < maxTold {
			t.told = append(t.told, Change{t.act, l.About, id.Person(l.Person)})
		}
	}
	return nil
}

// maxTold is how many changes of one transaction are announced one by one; screens that hear so
// many look again anyway.
const maxTold = 100

// look is the door for reading: permitted, and a learner sees only their own.
func (c *core) look(ctx context.Context, who access.Who, a act.Act, p id.Person, read func(tx *store.Tx) error) error {
	if err := c.permit(who, a); err != nil {
		return err
	}
	if !who.Reaches(p) && !access.OfNobody(a) {
		return access.ErrDenied.With(string(a))
	}
	return during(a, c.store.View(ctx, func(tx *store.Tx) error {
		if err := c.know(tx); err != nil {
			return err
		}
		return wasThere(tx, read(tx))
	}))
}

// wasThere says of what was not found that it was taken away outside the program, where the trail leaves it
// standing: nobody is told to enter anew what was there.
func wasThere(tx *store.Tx, err error) error {
	if f := fault.Of(err); f == nil || f.Kind != fault.Missing {
		return err
	}
	return cmp.Or(store.WasThere(tx), err)
}

// know takes in what other desks changed of what everything is judged by.
func (c *core) know(tx *store.Tx) error {
	if err := c.knowCalendar(tx); err != nil {
		return err
	}
	return c.knowPacks(tx)
}

func (c *core) permit(who access.Who, a act.Act) error {
	if who.Login == "" {
		return access.ErrNotSignedIn
	}
	if who.MustChange && a != act.ChangePassword && a != act.SignIn {
		return access.ErrMustChange
	}
	if !who.Role.May(a) {
		return access.ErrDenied.With(string(a))
	}
	return nil
}

// still sees that the login behind who has not been disabled or changed since it signed in.
func (c *core) still(t *changing) error {
	l, err := t.Access.Still(t.who.Login)
	if err != nil {
		return err
	}
	if l.Disabled || l.Role != t.who.Role {
		return access.ErrDisabled
	}
	return nil
}
