package sample

import (
	"context"
	"image"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/portrait"
	"xuezheng/data/service"
)

// Clock is a clock that samples set, so that what they do lies on days of its own.
type Clock struct{ at time.Time }

// NewClock is a clock that shows at, and a second more each time it is read.
func NewClock(at time.Time) *Clock { return &Clock{at} }

// Now reads the clock.
func (c *Clock) Now() time.Time {
	c.at = c.at.Add(time.Second)
	return c.at
}

// day is a day so many working days before today, at nine in the morning.
func (w *weeks) day(workingDaysBack int) time.Time {
	d := w.today
	for ; workingDaysBack > 0; workingDaysBack-- {
		for d = d.AddDays(-1); !w.s.WorkingDays().IsWorking(d); {
			d = d.AddDays(-1)
		}
	}
	return d.Start().Add(9 * time.Hour)
}

// weeks is a front desk's last five weeks, made up.
type weeks struct {
	s      *service.Services
	who    access.Who
	clock  *Clock
	today  day.Date
	people Sheets
	ids    []id.Person
}

// Weeks fills a new store with a front desk's last five weeks, up to what the clock shows:
// a roster and an hours sheet of n people (at least 24), study handed in day after day and partly
// reviewed, a few people confirmed, changes asked for, a class today, an employer with its
// learners. The store must have been opened with that clock.
func Weeks(ctx context.Context, s *service.Services, who access.Who, clock *Clock, n int) (Sheets, error) {
	now := clock.at
	w := &weeks{s: s, who: who, clock: clock, today: day.Of(now)}
	for _, step := range []func(context.Context) error{
		func(ctx context.Context) error { return w.takeIn(ctx, n) }, w.confirmSome, w.handIn, w.review, w.changes, w.class, w.unit,
	} {
		if err := step(ctx); err != nil {
			return w.people, err
		}
	}
	clock.at = now
	return w.people, nil
}

func (w *weeks) takeIn(ctx context.Context, n int) error {
	w.clock.at = w.day(24)
	w.people = People(n, w.s.Today())
	if _, err := w.s.Exchange.Roster(ctx, w.who, w.people.Roster, false, nil); err != nil {
		return err
	}
	if _, err := w.s.Exchange.Hours(ctx, w.who, w.people.Hours, false, nil); err != nil {
		return err
	}
	for _, number := range w.people.Numbers {
		p, err := w.s.People.ByNumber(ctx, w.who, number)
		if err != nil {
			return err
		}
		w.ids = append(w.ids, p.ID)
	}
	return nil
}

// handedInBack is how many working days ago each third person handed their study in: what nobody
// has reviewed yet. With twenty working days for a review, 22 is two days late and 20 due today.
var handedInBack = []int{22, 21, 20, 20, 19, 18, 16, 14, 11, 8, 5, 2}

func (w *weeks) handIn(ctx context.Context) error {
	for back := 22; back > 0; back-- {
		w.clock.at = w.day(back)
		for i, p := range w.ids {
			if w.backOf(i) != back {
				continue
			}
			st, err := w.s.Hours.Standing(ctx, w.who, p, "")
			if err != nil {
				return err
			}
			if _, err := w.s.Hours.Submit(ctx, w.who, st.Enrolment.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *weeks) backOf(i int) int {
	if w.waits(i) {
		return handedInBack[i/3%len(handedInBack)]
	}
	return 12 + i%10
}

// waits says whose study nobody has reviewed yet.
func (w *weeks) waits(i int) bool { return i%3 == 0 }

// review accepts everyone else's study, a record returned here and there.
func (w *weeks) review(ctx context.Context) error {
	w.clock.at = w.day(6)
	rows, err := w.s.Hours.Queue(ctx, w.who, 100_000, 0)
	if err != nil {
		return err
	}
	waits := map[id.Person]bool{}
	for i, p := range w.ids {
		waits[p] = w.waits(i)
	}
	done := 0
	for _, r := range rows {
		if waits[r.Record.Learner] {
			continue
		}
		if done++; done%40 == 39 {
			_, err = w.s.Hours.Return(ctx, w.who, r.Record.ID, hours.Reasons[0], "")
		} else {
			_, err = w.s.Hours.Accept(ctx, w.who, r.Record.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// confirmSome confirms a few people on site; the rest wait.
func (w *weeks) confirmSome(ctx context.Context) error {
	w.clock.at = w.day(23)
	for k, i := range []int{1, 4, 7, 10} {
		if err := w.photo(ctx, i, k); err != nil {
			return err
		}
		if _, err := w.s.Identity.Confirm(ctx, w.who, w.ids[i], []identity.Original{identity.ResidentCard}, ""); err != nil {
			return err
		}
	}
	for k, i := range []int{5, 8} {
		if err := w.photo(ctx, i, 4+k); err != nil {
			return err
		}
	}
	return w.online(ctx, 8, 5)
}

// online confirms someone online, as far as it goes without a clerk.
func (w *weeks) online(ctx context.Context, i, k int) error {
	p, card := w.ids[i], Card(k)
	if err := w.s.People.Consent(ctx, w.who, p, person.ConsentFace, true); err != nil {
		return err
	}
	try, err := w.s.Identity.BeginTry(ctx, w.who, p)
	if err != nil {
		return err
	}
	if _, err = w.s.Identity.TryCard(ctx, w.who, try.ID, card); err != nil {
		return err
	}
	if _, err = w.s.Identity.TryAlive(ctx, w.who, try.ID, portrait.Recorded{Frames: [][]byte{frame(k)}, Watched: true}); err != nil {
		return err
	}
	_, err = w.s.Identity.TryPhoto(ctx, w.who, try.ID)
	return err
}

func (w *weeks) photo(ctx context.Context, i, k int) error {
	if err := w.s.People.Consent(ctx, w.who, w.ids[i], person.ConsentPictures, true); err != nil {
		return err
	}
	_, err := w.s.Identity.OfferPhoto(ctx, w.who, w.ids[i], photoOf(k, 600, 842), image.Rectangle{}, service.NotLooked)
	return err
}

// changes asks for another photo, names and a number, each with its clock.
func (w *weeks) changes(ctx context.Context) error {
	w.clock.at = w.day(9)
	pictures := map[string][]byte{}
	for k, kind := range identity.PhotoChangePictures {
		pictures[kind] = photoOf(10+k, 600, 842)
	}
	if _, err := w.s.Identity.RequestPhoto(ctx, w.who, w.ids[1], pictures); err != nil {
		return err
	}
	for _, c := range []struct {
		person, asked, received int // received 0: the paper has not come yet
		name                    string
	}{{4, 9, 7, "阿布都克里木·买买提"}, {7, 4, 3, "黄玉芳"}, {10, 1, 0, "覃思源"}} {
		w.clock.at = w.day(c.asked)
		q, err := w.s.Identity.RequestData(ctx, w.who, w.ids[c.person], identity.NameChange, c.name)
		if err != nil {
			return err
		}
		if c.received == 0 {
			continue
		}
		w.clock.at = w.day(c.received)
		if _, err := w.s.Identity.Receive(ctx, w.who, q.ID); err != nil {
			return err
		}
	}
	return nil
}

// class runs a class today and tomorrow; some have come in.
func (w *weeks) class(ctx context.Context) error {
	w.clock.at = w.day(23)
	for _, c := range []hours.Course{
		{Code: "JZ-101", Name: "建设工程法规新规解读", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.Online, Seconds: 30 * 2700, Fen: 24000},
		{Code: "JZ-114", Name: "装配式混凝土结构施工技术", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 24 * 2700, Fen: 19200},
		{Code: "JD-120", Name: "机电安装 BIM 应用", Kind: hours.Elective, Specialty: "机电工程", Mode: hours.Online, Seconds: 18 * 2700, Fen: 14400},
	} {
		if _, err := w.s.Hours.AddCourse(ctx, w.who, c); err != nil {
			return err
		}
	}
	course, err := w.s.Hours.AddCourse(ctx, w.who, hours.Course{
		Code: "JZ-207", Name: "施工现场安全管理（面授）", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.FaceToFace, Seconds: 16 * 2700,
	})
	if err != nil {
		return err
	}
	class, _, err := w.s.Hours.AddClass(ctx, w.who, hours.Class{
		Course: course.ID, Name: "施工安全管理 第 3 期", For: "建筑工程专业学员", AnnouncedOn: day.Of(w.day(23)),
		From: w.today, To: w.today.AddDays(1), Place: "教学楼 204 室", Capacity: 48,
	})
	if err != nil {
		return err
	}
	w.clock.at = w.day(0).Add(-30 * time.Minute)
	for i, p := range w.ids {
		if i%2 == 0 {
			continue
		}
		if _, err := w.s.Hours.Attend(ctx, w.who, hours.Attendance{Class: class.ID, Learner: p, On: w.today, In: w.clock.Now()}); err != nil {
			return err
		}
	}
	return nil
}

// unit binds an employer's learners, so that it can pay for them.
func (w *weeks) unit(ctx context.Context) error {
	w.clock.at = w.day(20)
	units, err := w.s.Enrolment.Units(ctx, w.who)
	if err != nil || len(units) == 0 {
		return err
	}
	for i := 0; i < len(w.ids); i += 7 {
		if err := w.s.Enrolment.Bind(ctx, w.who, units[0].ID, w.ids[i], enrolment.AgreedByLearner); err != nil {
			return err
		}
	}
	return nil
}
