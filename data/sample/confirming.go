package sample

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/camera"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/exchange"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/portrait"
	"xuezheng/data/service"
	"xuezheng/data/sign"
)

// Cases are whom and what Confirming made, by what they show.
type Cases struct {
	Preregistered id.Person   // nothing but their data
	NoMaterials   id.Person   // a photo, but nothing was handed in
	Expiring      id.Person   // a report that lapses within days, and earlier education
	Submitted     []id.Person // online, with key frames and a recording
	GivenUp       id.Person   // three failed tries: to come in person, with a place today
	Late          id.Person   // whose time today is over
	Expected      []id.Person // with a place today
	Returned      id.Person   // with reasons
	Confirmed     id.Person   // with a ticket number
	Choosing      id.Person   // two numbers, none chosen
	Merging       id.Person   // two numbers, a merge proposed
	All           []id.Person
	FirstFace     int64 // that the photo of the first of all was drawn with; the others follow
	Venue         id.Venue
	School        id.Venue // of an assistance school
	Kiosk         id.Kiosk
}

// candidates are invented, with numbers of Xiangyang whose check digits are right.
var candidates = []struct {
	name  string
	birth string
	sex   int
	unit  string
}{
	{"刘思源", "970423", 1, ""}, {"周雨桐", "990817", 2, ""}, {"吴承泽", "950306", 3, "襄阳职业学院助学班"}, {"何佳慧", "980119", 4, ""},
	{"张𬱖", "970730", 5, ""}, {"李振宇", "980211", 7, ""}, {"陈书瑶", "941105", 8, ""}, {"郑海涛", "930920", 9, ""},
	{"黄美玲", "960514", 2, ""}, {"欧阳晓东", "940228", 1, "襄阳职业学院助学班"}, {"罗丽华", "920601", 6, ""}, {"蒙文军", "910412", 3, ""},
	{"谭秋月", "990707", 4, ""}, {"梁永康", "991224", 5, ""}, {"曹文静", "960903", 8, ""},
}

// confirming fills a store with people on their way to being confirmed.
type confirming struct {
	weeks
	out   Cases
	slots []identity.Slot // of today, at the first venue
}

// Confirming fills a store under a pack that gives ticket numbers (that of the self-taught
// examinations in Hubei, say) with people in every state of being confirmed, two venues with the
// slots of today and tomorrow, blocks of numbers and a kiosk. The store must have been opened with
// that clock, which shows the same day at its end.
func Confirming(ctx context.Context, s *service.Services, who access.Who, clock *Clock) (Cases, error) {
	now := clock.at
	w := &confirming{weeks: weeks{s: s, who: who, clock: clock, today: day.Of(now)}}
	for _, step := range []func(context.Context) error{
		w.register, w.places, w.materials, w.tryOnline, w.giveUp, w.book, w.decide, w.numbers, w.kiosk,
	} {
		if err := step(ctx); err != nil {
			return w.out, err
		}
	}
	clock.at = now
	return w.out, nil
}

// firstFace is the face that the first sample case's photo is drawn with.
const firstFace = 20

// examMajors are what sample candidates enrol in (H-03).
var examMajors = []string{"汉语言文学", "行政管理", "法学", "护理学"}

func (w *confirming) register(ctx context.Context) error {
	w.clock.at = w.day(6)
	for i, c := range candidates {
		number := identity.Upgrade15(fmt.Sprintf("420602%s%03d", c.birth, 100+10*i+c.sex))
		p, _, err := w.s.People.Register(ctx, w.who, person.Form{
			Name: c.name, Number: number, Phone: fmt.Sprintf("139%08d", 72001480+i*613), Email: fmt.Sprintf("k%d@example.cn", i+1), Unit: c.unit,
		})
		if err != nil {
			return err
		}
		w.ids = append(w.ids, p.ID)
		if err := w.agree(ctx, p.ID); err != nil {
			return err
		}
		if _, err := w.s.Enrolment.Apply(ctx, w.who, enrolment.Application{Person: p.ID, Main: examMajors[i%len(examMajors)], From: w.today}); err != nil {
			return err
		}
		if i == 0 {
			continue
		}
		if err := w.photo(ctx, i, firstFace+i); err != nil {
			return err
		}
	}
	w.out.FirstFace = firstFace
	w.out.All, w.out.Preregistered, w.out.NoMaterials, w.out.Expiring = w.ids, w.ids[0], w.ids[1], w.ids[2]
	return nil
}

func (w *confirming) agree(ctx context.Context, p id.Person) error {
	return errors.Join(w.s.People.Read(ctx, w.who, p, "learner-notice"),
		w.s.People.Consent(ctx, w.who, p, person.ConsentPictures, true), w.s.People.Consent(ctx, w.who, p, person.ConsentFace, true))
}

// places are two venues, the first with slots today and tomorrow.
func (w *confirming) places(ctx context.Context) error {
	w.clock.at = w.day(5)
	hall, err := w.s.Venues.Put(ctx, w.who, identity.Venue{
		Name: "襄阳市招生考试院办事大厅", NameEn: "Service hall of the Xiangyang examinations office", Address: "襄城区环山路 18 号一楼", Notice: "请带身份证原件，提前十分钟到。", District: "0600",
	})
	if err != nil {
		return err
	}
	school, err := w.s.Venues.Put(ctx, w.who, identity.Venue{
		Name: "襄阳职业学院助学点", NameEn: "Assistance school at Xiangyang college", Address: "樊城区春园路 6 号教学楼 101", School: "襄阳职业学院助学班", District: "0601",
	})
	if err != nil {
		return err
	}
	w.out.Venue, w.out.School = hall.ID, school.ID
	if w.slots, err = w.s.Venues.Plan(ctx, w.who, hall.ID, w.today, 8*60+30, 12*60, 30, 3); err != nil {
		return err
	}
	for _, p := range []struct {
		at       id.Venue
		on       day.Date
		from, to int
	}{{hall.ID, w.today, 14 * 60, 17 * 60}, {hall.ID, w.today.AddDays(1), 8*60 + 30, 12 * 60}, {school.ID, w.today.AddDays(1), 9 * 60, 11 * 60}} {
		if _, err := w.s.Venues.Plan(ctx, w.who, p.at, p.on, p.from, p.to, 30, 3); err != nil {
			return err
		}
	}
	return nil
}

// materials hands in the card's portrait side for nearly everyone, and for one a report that
// lapses soon, with their earlier education.
func (w *confirming) materials(ctx context.Context) error {
	w.clock.at = w.day(4)
	for i, p := range w.ids {
		if i < 2 || i == 14 {
			continue
		}
		if _, err := w.s.Materials.HandIn(ctx, w.who, p, service.HandedIn{Kind: "card-portrait-side", Picture: Card(firstFace + i), Seen: i%3 == 0}); err != nil {
			return err
		}
	}
	report := service.HandedIn{Kind: enrolment.ReportMaterial, Code: "1A2B3C4D5E6F7G8H", Expires: w.today.AddDays(9), Receipt: true}
	if _, err := w.s.Materials.HandIn(ctx, w.who, w.out.Expiring, report); err != nil {
		return err
	}
	return w.s.Materials.GiveEducation(ctx, w.who, w.out.Expiring, enrolment.Education{
		Level: enrolment.JuniorCollege, School: "襄阳职业学院", CertificateNumber: "115161201806001234", GraduatedOn: day.MustNew(2018, 6, 30),
		NationalSeries: true, Check: enrolment.EducationSeen,
	})
}

// tryOnline has three people do every step of being confirmed online: who they are is still to be
// decided. The third sent another face.
func (w *confirming) tryOnline(ctx context.Context) error {
	w.clock.at = w.day(1)
	for _, i := range []int{3, 4, 5} {
		p, face := w.ids[i], firstFace+i
		try, err := w.s.Identity.BeginTry(ctx, w.who, p)
		if err != nil {
			return err
		}
		if _, err := w.s.Identity.TryCard(ctx, w.who, try.ID, Card(face)); err != nil {
			return err
		}
		if i == 5 {
			face = 7
		}
		if _, err := w.s.Identity.TryAlive(ctx, w.who, try.ID, portrait.Recorded{Frames: [][]byte{frame(face), frame(face), frame(face)}, Sound: sound(), Watched: true}); err != nil {
			return err
		}
		if _, err := w.s.Identity.TryPhoto(ctx, w.who, try.ID); err != nil {
			return err
		}
		w.out.Submitted = append(w.out.Submitted, p)
	}
	return nil
}

// giveUp lets three tries of one person fail.
func (w *confirming) giveUp(ctx context.Context) error {
	w.out.GivenUp = w.ids[6]
	for _, why := range []string{identity.WhyTime, identity.WhyLost, identity.WhyTime} {
		try, err := w.s.Identity.BeginTry(ctx, w.who, w.out.GivenUp)
		if err != nil {
			return err
		}
		if _, err := w.s.Identity.TryCard(ctx, w.who, try.ID, Card(firstFace+6)); err != nil {
			return err
		}
		if _, err := w.s.Identity.TryAlive(ctx, w.who, try.ID, portrait.Recorded{Why: why}); err != nil {
			return err
		}
	}
	return nil
}

// book gives places in this morning's slots, two of them in one that is over by now.
func (w *confirming) book(ctx context.Context) error {
	w.clock.at = w.day(1)
	w.out.Late = w.ids[7]
	for _, b := range []struct{ who, slot int }{{9, 0}, {7, 0}, {6, 1}, {2, 1}, {8, 1}, {12, 2}, {13, 4}} {
		if err := w.s.Venues.Book(ctx, w.who, w.ids[b.who], w.slots[b.slot].ID, ""); err != nil {
			return err
		}
		if b.slot > 0 {
			w.out.Expected = append(w.out.Expected, w.ids[b.who])
		}
	}
	return nil
}

// decide confirms three people at the desk and sends one back.
func (w *confirming) decide(ctx context.Context) error {
	w.clock.at = w.today.Start().Add(8*time.Hour + 40*time.Minute)
	w.out.Confirmed, w.out.Choosing, w.out.Merging, w.out.Returned = w.ids[9], w.ids[10], w.ids[11], w.ids[14]
	for _, p := range []id.Person{w.out.Confirmed, w.out.Choosing, w.out.Merging} {
		d := identity.Decision{Originals: []identity.Original{identity.ResidentCard}}
		if _, err := w.s.Identity.ConfirmAt(ctx, w.who, p, d); err != nil {
			return err
		}
	}
	return w.s.Identity.SendBack(ctx, w.who, w.out.Returned, []identity.Reason{"photo-quality", "document-missing"}, "请交身份证人像面的清楚照片")
}

// numbers gives two people a second number each, and proposes one merge.
func (w *confirming) numbers(ctx context.Context) error {
	for p, old := range map[id.Person]string{w.out.Choosing: "042018100655", w.out.Merging: "042017203318"} {
		if _, err := w.s.Tickets.Declare(ctx, w.who, p, old, "0420"); err != nil {
			return err
		}
		own, err := w.s.Tickets.Of(ctx, w.who, p)
		if err != nil {
			return err
		}
		if err := w.marks(ctx, p, own); err != nil {
			return err
		}
	}
	own, err := w.s.Tickets.Of(ctx, w.who, w.out.Merging)
	if err != nil {
		return err
	}
	for _, t := range own {
		if t.Source != enrolment.TicketGenerated {
			continue
		}
		if _, err := w.s.Tickets.Choose(ctx, w.who, w.out.Merging, t.Number); err != nil {
			return err
		}
	}
	if _, err := w.s.Tickets.Propose(ctx, w.who, w.out.Merging); err != nil {
		return err
	}
	_, err = w.s.Tickets.HandBlock(ctx, w.who, "流动确认车", "0601", 40)
	return err
}

func (w *confirming) marks(ctx context.Context, p id.Person, own []enrolment.Ticket) error {
	spring, autumn := day.MustNew(2025, 4, 12), day.MustNew(2025, 10, 25)
	for _, t := range own {
		list := []enrolment.Mark{
			{Course: "00040", CourseName: "法学概论", Tenths: 520, SatOn: autumn}, {Course: "03708", CourseName: "中国近现代史纲要", Tenths: 710, Passed: true, SatOn: autumn},
			{Course: "04729", CourseName: "大学语文", Tenths: 680, Passed: true, SatOn: autumn},
		}
		if t.Source == enrolment.TicketDeclared {
			list = []enrolment.Mark{
				{Course: "00040", CourseName: "法学概论", Tenths: 640, Passed: true, SatOn: spring}, {Course: "03708", CourseName: "中国近现代史纲要", Tenths: 665, Passed: true, SatOn: spring},
				{Course: "00015", CourseName: "英语（二）", Exempt: true},
			}
		}
		for _, m := range list {
			m.Ticket = t.Number
			if err := w.s.Tickets.EnterMark(ctx, w.who, p, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// kiosk makes a kiosk known at the first venue.
func (w *confirming) kiosk(ctx context.Context) error {
	_, recipient, err := exchange.NewKioskKeys()
	if err != nil {
		return err
	}
	key, err := sign.NewKey()
	if err != nil {
		return err
	}
	file, err := json.Marshal(exchange.KioskIntroduction{Kind: exchange.IntroductionKind, ID: id.New[id.Kiosk](), Name: "大厅一号机", Recipient: recipient, Key: key.Public().DID()})
	if err != nil {
		return err
	}
	k, err := w.s.Kiosks.Add(ctx, w.who, file, w.out.Venue)
	w.out.Kiosk = k.ID
	return err
}

// sound is six soft tones, as a recording is kept: 16 000 numbers of 16 bits a second.
func sound() []byte {
	const seconds = 3
	samples := make([]int16, camera.SoundRate*seconds)
	for i := range samples {
		tone := 2 * i / camera.SoundRate // two a second
		swell := math.Sin(math.Pi * float64(2*i%camera.SoundRate) / camera.SoundRate)
		samples[i] = int16(4000 * swell * math.Sin(2*math.Pi*float64(i)*float64(220+20*tone)/camera.SoundRate))
	}
	return camera.WAV(samples)
}
