package service_test

import (
	"bytes"
	"errors"
	"image"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/way"
)

// wanderer is somebody on the way through a programme, with somebody at the desk who does for them what comes
// next, or tries what does not.
type wanderer struct {
	*servicetest.Desk
	p    id.Person
	pack *policy.Pack
	unit id.Unit
}

func wander(t *testing.T, pack string) *wanderer {
	t.Helper()
	d := servicetest.OpenWith(t, servicetest.Place(t), pack)
	f := servicetest.Qing()
	f.Email = ""
	p, _, err := d.People.Register(ctx, d.Who, f)
	d.Must(err, d.People.Consent(ctx, d.Who, p.ID, person.ConsentPictures, true), d.People.Consent(ctx, d.Who, p.ID, person.ConsentFace, true))
	w := &wanderer{Desk: d, p: p.ID}
	w.pack, err = d.Policy.First()
	d.Must(err)
	u, err := d.Enrolment.AddUnit(ctx, d.Who, enrolment.Unit{Name: "南宁青秀建设工程有限公司"})
	w.unit = u.ID
	d.Must(err, d.Enrolment.Bind(ctx, d.Who, u.ID, p.ID, enrolment.AgreedOnPaper))
	return w
}

func (w *wanderer) stops() []way.Stop {
	w.T.Helper()
	v, err := w.Enrolment.Way(ctx, w.Who, w.p)
	w.Must(err)
	return v.Stops
}

func (w *wanderer) enrolment() id.Enrolment {
	list, err := w.Enrolment.Of(ctx, w.Who, w.p)
	w.Must(err)
	if len(list) == 0 {
		return ""
	}
	return list[0].ID
}

// act does one act that a step opens, as well as it can be done.
func (w *wanderer) act(a act.Act, s way.Step) error {
	switch a {
	case act.GiveEducation:
		return w.Materials.GiveEducation(ctx, w.Who, w.p, enrolment.Education{
			Level: enrolment.JuniorCollege, School: "湖北文理学院", CertificateNumber: "105191201006001234", GraduatedOn: day.MustNew(2010, 6, 30), NationalSeries: true, Check: enrolment.EducationSeen,
		})
	case act.HandIn:
		for _, kind := range s.Kinds {
			h := service.HandedIn{Kind: kind, Seen: true}
			if kind == enrolment.ReportMaterial || kind == enrolment.RecordFormMaterial {
				h.Code = "AB12CD34EF56"
			}
			if _, err := w.Materials.HandIn(ctx, w.Who, w.p, h); err != nil {
				return err
			}
		}
		return nil
	case act.OfferPhoto:
		_, err := w.Identity.OfferPhoto(ctx, w.Who, w.p, sample.Photo(3), image.Rectangle{}, service.Looked)
		return err
	case act.BeginOnline:
		_, err := w.Identity.BeginTry(ctx, w.Who, w.p)
		return err
	case act.ConfirmIdentity:
		_, err := w.Identity.Confirm(ctx, w.Who, w.p, []identity.Original{identity.ResidentCard}, "")
		return err
	case act.ApplyEnrolment:
		_, err := w.Enrolment.Apply(ctx, w.Who, enrolment.Application{Person: w.p, Main: w.pack.Enrolment.Specialties[0], From: w.Today().AddYears(-2)})
		return err
	case act.Pay:
		_, err := w.Enrolment.Pay(ctx, w.Who, service.Payment{Enrolment: w.enrolment(), Fen: 100, On: w.Today().AddMonths(-4)})
		return err
	case act.PayForUnit:
		_, err := w.Enrolment.PayForUnit(ctx, w.Who, w.unit, service.Payment{Fen: 100}, []id.Person{w.p})
		return err
	case act.EnterHours:
		return w.study()
	case act.IssueCertificate:
		_, err := w.Certificates.Issue(ctx, w.Who, w.p, "zh")
		return err
	}
	w.T.Fatalf("%s is opened by a step, and nobody here tries it", a)
	return nil
}

// study enters all hours that are needed, and hands them in.
func (w *wanderer) study() error {
	for i, e := range []hours.Entry{{Course: "甲", Kind: hours.Required, Seconds: 60 * 2700}, {Course: "乙", Kind: hours.Elective, Seconds: 60 * 2700}} {
		e.Learner, e.Specialty, e.Mode, e.On = w.p, "建筑工程", hours.Online, w.Today().AddDays(-60+7*i)
		if _, err := w.Hours.Enter(ctx, w.Who, e); err != nil {
			return err
		}
	}
	_, err := w.Hours.Submit(ctx, w.Who, w.enrolment())
	return err
}

// does does what a step asks for.
func (w *wanderer) does(s way.Step) error {
	switch s.Word {
	case way.ReadNotice:
		return w.People.Read(ctx, w.Who, w.p, "learner-notice")
	case way.CompleteData:
		return w.People.CorrectContact(ctx, w.Who, w.p, "13877146021", "wei@example.cn", "")
	case way.Confirm:
		return w.act(act.ConfirmIdentity, s)
	case way.Review:
		rows, err := w.Hours.Queue(ctx, w.Who, 100, 0)
		for _, r := range rows {
			if err == nil {
				_, err = w.Hours.Accept(ctx, w.Who, r.Record.ID)
			}
		}
		return err
	case way.ExamNotice:
		return w.Tickets.Notice(ctx, w.Who, &bytes.Buffer{}, w.p, service.ExamFacts{}, "zh")
	}
	return w.act(s.Entry().Opens[0], s)
}

// agrees tries every act that a step of later opens: none is done, and nothing is changed.
func (w *wanderer) agrees(stops []way.Stop) {
	w.T.Helper()
	for _, p := range stops {
		for _, a := range p.Entry().Opens {
			if p.State != way.Later {
				continue
			}
			err := w.act(a, p.Step)
			if k := fault.Of(err); err == nil || k.Kind == fault.Broken {
				w.T.Fatalf("%s is later, and %s: %v", p.ID, a, err)
			}
		}
	}
	if now := w.stops(); !reflect.DeepEqual(now, stops) {
		w.T.Fatalf("what was refused changed something: %v and %v", stops, now)
	}
}

// What home says comes next is allowed, and what it says comes later is refused, in each state: along the way as
// home leads it, and along ways by chance through whatever may be done.
func TestHomeAndTheDeskNeverDisagree(t *testing.T) {
	for _, pack := range policy.ShippedNames() {
		for seed := range 3 {
			t.Run(pack, func(t *testing.T) {
				t.Parallel()
				w, chance := wander(t, pack), rand.New(rand.NewSource(int64(seed)))
				var went []string
				for range 20 {
					stops := w.stops()
					w.agrees(stops)
					next, more := way.Next(stops)
					if !more || next.Word == way.ExamNotice && w.pack.Tickets.Format == "" {
						break
					}
					may := slices.DeleteFunc(slices.Clone(stops), func(p way.Stop) bool {
						return p.State != way.Now && p.State != way.Waiting || p.Word == way.ExamNotice && w.pack.Tickets.Format == ""
					})
					if seed > 0 && len(may) > 0 {
						next = may[chance.Intn(len(may))]
					}
					if err := w.does(next.Step); err != nil {
						t.Fatalf("after %v: %s is %s, and is refused: %v", went, next.ID, next.State, err)
					}
					went = append(went, next.ID)
				}
				left := slices.DeleteFunc(w.stops(), func(p way.Stop) bool { return p.State == way.Done })
				if len(went) < 6 || len(left) > 0 && left[0].Word != way.ExamNotice {
					t.Errorf("went %v, and there are left %+v", went, left)
				}
			})
		}
	}
}

// Each fact of the vocabulary is looked for, and each act that a step opens is tried above.
func TestEveryActThatAStepOpensAsksWhoseTurnItIs(t *testing.T) {
	tried := map[act.Act]bool{}
	for _, pack := range policy.ShippedNames() {
		p, _, err := policy.Shipped(pack)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Steps() {
			for _, a := range s.Entry().Opens {
				tried[a] = true
			}
		}
	}
	for _, e := range way.Words() {
		if !service.LooksForTest(e.Fact) {
			t.Errorf("nobody looks for %s", e.Fact)
		}
		if !e.Waits() && !access.Administrator.May(e.Act) {
			t.Errorf("%s is done by %s, which is no act", e.Word, e.Act)
		}
		for _, a := range e.Opens {
			if !tried[a] || !access.Administrator.May(a) {
				t.Errorf("no pack here has a step that opens %s", a)
			}
		}
	}
}

// The refusals that the sources ask for, one by one.
func TestWhatComesFirst(t *testing.T) {
	t.Run("Hubei takes no payment before the confirmation (H-15)", func(t *testing.T) {
		w := wander(t, "hubei-self-taught-exam")
		w.Must(w.People.Read(ctx, w.Who, w.p, "learner-notice"), w.does(way.Step{Word: way.CompleteData}), w.act(act.ApplyEnrolment, way.Step{}))
		w.first(w.act(act.Pay, way.Step{}), "way.step.identity.confirm")
		w.first(w.act(act.PayForUnit, way.Step{}), "way.step.identity.confirm")
		w.Must(w.act(act.OfferPhoto, way.Step{}), w.act(act.ConfirmIdentity, way.Step{}), w.act(act.Pay, way.Step{}), w.act(act.PayForUnit, way.Step{}))
	})
	t.Run("Beijing wants the card, then the payment, then the form (B-02)", func(t *testing.T) {
		w := wander(t, "beijing-distance-education")
		w.Must(w.People.Read(ctx, w.Who, w.p, "learner-notice"), w.act(act.ApplyEnrolment, way.Step{}))
		card, form := way.Step{Kinds: []string{"payment-card"}}, way.Step{Kinds: []string{"application-form"}}
		w.first(w.act(act.Pay, way.Step{}), "到指定银行办缴费卡")
		w.first(w.act(act.HandIn, form), "登记缴费")
		w.Must(w.act(act.HandIn, card))
		w.first(w.act(act.HandIn, form), "登记缴费")
		w.Must(w.act(act.Pay, way.Step{}), w.act(act.HandIn, form))
	})
	t.Run("Beijing confirms where and when it announced (B-03)", func(t *testing.T) {
		w := wander(t, "beijing-distance-education")
		for _, s := range w.pack.Steps() {
			if s.Word != way.VenueNotice && s.Word != way.Confirm && s.Word != way.ExamNotice {
				w.Must(w.does(s))
			}
		}
		v, err := w.Venues.Put(ctx, w.Who, identity.Venue{Name: "学习中心", Address: "学院路1号"})
		w.Must(err)
		w.first(w.act(act.ConfirmIdentity, way.Step{}), "way.step.venue-notice")
		_, err = w.Venues.Plan(ctx, w.Who, v.ID, w.Today().AddDays(1), 540, 600, 30, 2)
		w.Must(err, w.act(act.ConfirmIdentity, way.Step{}))
	})
	t.Run("Hubei asks for earlier education to be checked of whoever gives any (H-10)", func(t *testing.T) {
		w := wander(t, "hubei-self-taught-exam")
		w.Must(w.People.Read(ctx, w.Who, w.p, "learner-notice"), w.does(way.Step{Word: way.CompleteData}), w.act(act.OfferPhoto, way.Step{}))
		e := enrolment.Education{Level: enrolment.JuniorCollege, School: "湖北文理学院", CertificateNumber: "105191201006001234", GraduatedOn: day.MustNew(2010, 6, 30), NationalSeries: true, Check: enrolment.NotChecked}
		w.Must(w.Materials.GiveEducation(ctx, w.Who, w.p, e))
		w.first(w.act(act.ConfirmIdentity, way.Step{}), "way.step.material.education")
		if next, _ := way.Next(w.stops()); next.ID != "earlier" || next.State != way.Problem || next.Why != "way.mend.unchecked" {
			t.Errorf("got %+v", next)
		}
		e.Check = enrolment.EducationSeen
		w.Must(w.Materials.GiveEducation(ctx, w.Who, w.p, e), w.act(act.ConfirmIdentity, way.Step{}))
	})
}

// first sees that what was tried is refused by what comes first.
func (w *wanderer) first(err error, name string) {
	w.T.Helper()
	if f := fault.Of(err); !errors.Is(err, way.ErrFirst) || f.Figures[0] != name {
		w.T.Fatalf("got %v, want %s first", err, name)
	}
}

// A store goes on by the pack it has: one without steps leads nobody and refuses nothing, and who was enrolled by
// it stays so beside a version that has them.
func TestAPackWithoutStepsGoesOnAsBefore(t *testing.T) {
	w := wander(t, "hubei-self-taught-exam")
	_, yaml, err := policy.Shipped("hubei-self-taught-exam")
	w.Must(err)
	text := string(yaml)
	from, to := strings.Index(text, "\nsteps:\n"), strings.Index(text, "\nidentity:\n")
	_, err = w.Policy.Install(ctx, w.Who, []byte(strings.Replace(text[:from]+text[to:], `version: "2026.3"`, `version: "2026.4"`, 1)))
	w.Must(err, w.People.Read(ctx, w.Who, w.p, "learner-notice"), w.act(act.ApplyEnrolment, way.Step{}), w.act(act.Pay, way.Step{}), w.act(act.OfferPhoto, way.Step{}))
	if stops := w.stops(); len(stops) != 0 {
		t.Errorf("got %+v", stops)
	}
	_, err = w.Policy.Install(ctx, w.Who, []byte(strings.Replace(text, `version: "2026.3"`, `version: "2026.5"`, 1)))
	w.Must(err, w.act(act.Pay, way.Step{}))
	na := w.Register(servicetest.Na())
	en, err := w.Enrolment.Apply(ctx, w.Who, enrolment.Application{Person: na.ID, Main: "法学", From: w.Today()})
	w.Must(err)
	_, err = w.Enrolment.Pay(ctx, w.Who, service.Payment{Enrolment: en.ID, Fen: 100})
	w.first(err, "way.step.identity.confirm")
}

// An act on the person is done once for all their programmes: it waits for the turn of one of them, and home says so
// whichever of them it shows.
func TestSeveralProgrammesAgreeOnWhatMayBeDone(t *testing.T) {
	w := wander(t, "guangxi-second-class-constructor")
	_, yaml, err := policy.Shipped("hubei-self-taught-exam")
	w.Must(err)
	_, err = w.Policy.Install(ctx, w.Who, yaml)
	w.Must(err, w.People.Read(ctx, w.Who, w.p, "second-class-constructor/learner-notice"), w.People.Read(ctx, w.Who, w.p, "self-taught-exam/learner-notice"))
	_, err = w.Enrolment.Apply(ctx, w.Who, enrolment.Application{Person: w.p, Programme: "second-class-constructor", Main: "建筑工程", From: w.Today().AddYears(-2)})
	w.Must(err, w.People.CorrectContact(ctx, w.Who, w.p, "13877146021", "wei@example.cn", ""))
	exam, err := w.Enrolment.Apply(ctx, w.Who, enrolment.Application{Person: w.p, Programme: "self-taught-exam", Main: "法学", From: w.Today()})
	w.Must(err, w.People.CorrectContact(ctx, w.Who, w.p, "13877146021", "", "")) // Hubei wants an e-mail too
	v, err := w.Enrolment.Way(ctx, w.Who, w.p, exam.ID)
	w.Must(err)
	state := map[string]way.State{}
	for _, p := range v.Stops {
		state[p.ID] = p.State
	}
	if state["data"] != way.Now || state["photo"] != way.Now || state["card"] != way.Later || state["pay"] != way.Later {
		t.Errorf("got %v", state)
	}
	w.Must(w.act(act.OfferPhoto, way.Step{}))
	_, err = w.Enrolment.Pay(ctx, w.Who, service.Payment{Enrolment: exam.ID, Fen: 100})
	w.first(err, "way.step.identity.confirm")
}
