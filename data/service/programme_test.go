package service_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/exchange"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/policy"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// nursesPack is a programme of its own, made of Guangxi's pack: 10 required and 10 elective hours.
func nursesPack(t *testing.T, change ...string) []byte {
	t.Helper()
	_, yaml, err := policy.Shipped("guangxi-second-class-constructor")
	if err != nil {
		t.Fatal(err)
	}
	return []byte(strings.NewReplacer(append([]string{
		"id: guangxi-second-class-constructor", "id: nurses", "id: second-class-constructor", "id: nurses",
		"广西二级建造师继续教育", "广西护士继续教育", "  name: 二级建造师继续教育", "  name: 护士继续教育",
		"required: {value: 60", "required: {value: 10", "elective: {value: 60", "elective: {value: 10",
	}, change...)...).Replace(string(yaml)))
}

// An enrolment is judged by its own pack: another programme beside it changes nothing about a learner,
// and their certificate names their own programme.
func TestAnotherProgrammeChangesNothingAboutALearner(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	en := d.Enrol(p.ID)
	_, err := d.Hours.Enter(ctx, d.Who, hours.Entry{Learner: p.ID, Course: "施工现场安全管理", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.Online, Seconds: 10 * 2700, On: d.Today().AddDays(-60)})
	d.Must(err)
	before, err := d.Hours.Standing(ctx, d.Who, p.ID, "")
	d.Must(err)
	ready := d.Ready(servicetest.Na(), 2)
	nurses, err := d.Policy.Install(ctx, d.Who, nursesPack(t))
	d.Must(err)

	after, err := d.Hours.Standing(ctx, d.Who, p.ID, "")
	d.Must(err)
	done, needed := after.Standing.Total()
	if was, all := before.Standing.Total(); done != was || needed != all || after.Ready || needed != 120*2700 || after.Pack.ID != "guangxi-second-class-constructor" {
		t.Errorf("with another programme beside it: %d of %d, ready %v, by %v; before: %d of %d", done, needed, after.Ready, after.Pack, was, all)
	}
	is, err := d.Certificates.Issue(ctx, d.Who, ready.ID, "zh")
	d.Must(err)
	if c := is.Content; c.Programme != "二级建造师继续教育" || !strings.HasPrefix(c.Pack, "guangxi-second-class-constructor@") {
		t.Errorf("the certificate says %q by %q", c.Programme, c.Pack)
	}

	d.Must(d.People.Read(ctx, d.Who, p.ID, "nurses/learner-notice"))
	second, err := d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: p.ID, Programme: "nurses", Main: "建筑工程", From: d.Today().AddYears(-1)})
	d.Must(err)
	if second.Pack != nurses.String() {
		t.Errorf("the second enrolment is judged by %s", second.Pack)
	}
	st, err := d.Hours.Standing(ctx, d.Who, p.ID, second.ID)
	d.Must(err)
	if _, needed := st.Standing.Total(); needed != 20*2700 || st.Pack.ID != "nurses" {
		t.Errorf("the second programme needs %d, by %v", needed, st.Pack)
	}
	if st, err = d.Hours.Standing(ctx, d.Who, p.ID, en.ID); err != nil || st.Pack.ID != "guangxi-second-class-constructor" {
		t.Errorf("the first: by %v, %v", st.Pack, err)
	}
}

func TestWhoEnrolsSaysInWhatWhereThereIsAChoice(t *testing.T) {
	d := servicetest.Open(t)
	_, err := d.Policy.Install(ctx, d.Who, nursesPack(t))
	d.Must(err)
	p := d.Register(servicetest.Qing())
	a := enrolment.Application{Person: p.ID, Main: "建筑工程", From: d.Today()}
	_, err = d.Enrolment.Apply(ctx, d.Who, a)
	d.Refused(err, service.ErrWhichProgramme)
	a.Programme = "cooks"
	_, err = d.Enrolment.Apply(ctx, d.Who, a)
	d.Refused(err, policy.ErrNoProgramme)
	a.Programme = "nurses" // whose notice nobody read, though that of the other programme was
	_, err = d.Enrolment.Apply(ctx, d.Who, a)
	d.Refused(err, enrolment.ErrNoticesUnread)
	d.Must(d.People.Read(ctx, d.Who, p.ID, "nurses/learner-notice"))
	_, err = d.Enrolment.Apply(ctx, d.Who, a)
	d.Must(err)
}

// A pack of next year is kept, and in force then and not before.
func TestAPackOfNextYearIsNotInForceToday(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	next := func(change ...string) []byte {
		_, yaml, err := policy.Shipped("guangxi-second-class-constructor")
		d.Must(err)
		return []byte(strings.NewReplacer(append([]string{`version: "2026.2"`, `version: "2030.1"`, "valid_from: 2017-06-01", "valid_from: 2030-01-01"}, change...)...).Replace(string(yaml)))
	}
	_, err := d.Policy.Install(ctx, d.Who, next("required: {value: 60", "required: {value: 90"))
	d.Must(err)
	if en := d.Enrol(p.ID); en.Pack != "guangxi-second-class-constructor@2026.2" {
		t.Errorf("enrolled today: judged by %s", en.Pack)
	}
	if list := d.Policy.InForce(); len(list) != 1 || list[0].Version != "2026.2" {
		t.Errorf("in force: %v", list)
	}
	d.Clock.Set(day.MustNew(2030, 1, 2).Start())
	q := d.Register(servicetest.Na())
	en, err := d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: q.ID, Main: "建筑工程", From: d.Today()})
	d.Must(err)
	if en.Pack != "guangxi-second-class-constructor@2030.1" {
		t.Errorf("enrolled in 2030: judged by %s", en.Pack)
	}
	if st, err := d.Hours.Standing(ctx, d.Who, p.ID, ""); err != nil || st.Pack.Version != "2026.2" {
		t.Errorf("who enrolled in 2026: by %v, %v", st.Pack, err)
	}
}

// Packs stand as they decided: another one under the same name is refused.
func TestAnotherPackUnderTheSameNameIsRefused(t *testing.T) {
	d := servicetest.Open(t)
	_, yaml, err := policy.Shipped("guangxi-second-class-constructor")
	d.Must(err)
	_, err = d.Policy.Install(ctx, d.Who, []byte(strings.Replace(string(yaml), "required: {value: 60", "required: {value: 6", 1)))
	d.Refused(err, store.ErrPackOther)
	_, err = d.Policy.Install(ctx, d.Who, yaml) // the same again
	d.Must(err)
}

// A store whose pack lacks a figure that this version knows opens, signs in and judges as before; one
// that can't be read at all keeps nobody from signing in.
func TestAPackOfBeforeKeepsNobodyOut(t *testing.T) {
	d := servicetest.OpenAt(t, servicetest.Place(t))
	p := d.Ready(servicetest.Qing(), 1)
	_, yaml, err := policy.Shipped("guangxi-second-class-constructor")
	d.Must(err)
	old := strings.Replace(string(yaml), "  max_minutes_per_day: {value: 0, source: D-05, since: 2026-11-01} # 0: no cap\n", "", 1)
	old = strings.Replace(old, `version: "2026.2"`, `version: "2026.2.1"`, 1)
	if old == string(yaml) {
		t.Fatal("the figure is not in the pack")
	}
	_, err = d.Policy.Install(ctx, d.Who, []byte(old))
	d.Must(err)
	q := d.Ready(servicetest.Na(), 2)
	d.Must(service.PutPackForTest(d.Services, "of-the-future", "1", []byte("format: 3\nid: of-the-future\n")))
	d.Access.SignOut()
	d.Who, err = d.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	d.Must(err)
	for _, one := range []id.Person{p.ID, q.ID} {
		if st, err := d.Hours.Standing(ctx, d.Who, one, ""); err != nil || !st.Ready {
			t.Errorf("got ready %v by %v, %v", st.Ready, st.Pack, err)
		}
	}
	kept, err := d.Policy.Shelf(ctx, d.Who)
	d.Must(err)
	unread := 0
	for _, k := range kept {
		if k.State == policy.PackUnread {
			unread++
			if !errors.Is(k.Unread, policy.ErrBadPack) {
				t.Errorf("of %s: got %v", k.Name(), k.Unread)
			}
		}
	}
	if len(kept) != 3 || unread != 1 {
		t.Errorf("got %d packs, %d of them unread", len(kept), unread)
	}
}

// A programme without hours has none: no record, no standing's figures, no certificate.
func TestAProgrammeWithoutHoursCountsNone(t *testing.T) {
	d := servicetest.Open(t)
	_, yaml, err := policy.Shipped("hubei-self-taught-exam")
	d.Must(err)
	_, err = d.Policy.Install(ctx, d.Who, yaml)
	d.Must(err)
	p := d.Register(servicetest.Qing())
	d.Must(d.People.Read(ctx, d.Who, p.ID, "self-taught-exam/learner-notice"))
	en, err := d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: p.ID, Programme: "self-taught-exam", Main: "法学", From: d.Today()})
	d.Must(err)
	entry := hours.Entry{Learner: p.ID, Course: "民法学", Kind: hours.Required, Specialty: "法学", Mode: hours.Online, Seconds: 2700, On: d.Today()}
	_, err = d.Hours.Enter(ctx, d.Who, entry)
	d.Refused(err, service.ErrNoHours)
	_, err = d.Certificates.Preview(ctx, d.Who, p.ID, "zh")
	d.Refused(err, service.ErrNoHours)
	st, err := d.Hours.Standing(ctx, d.Who, p.ID, en.ID)
	d.Must(err)
	if len(st.Standing.Progress) != 0 || st.Ready || st.PerHour != 0 {
		t.Errorf("got %+v", st.Standing)
	}
	d.Confirm(p.ID, 1)
	list, err := d.Tickets.Of(ctx, d.Who, p.ID)
	d.Must(err)
	if len(list) != 1 || list[0].Programme != "self-taught-exam" {
		t.Errorf("ticket numbers: %+v", list)
	}
	q := d.Register(servicetest.Na())
	_, err = d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: q.ID, Programme: "second-class-constructor", Main: "建筑工程", From: d.Today()})
	d.Must(err)
	d.Confirm(q.ID, 2)
	if list, err := d.Tickets.Of(ctx, d.Who, q.ID); err != nil || len(list) != 0 {
		t.Errorf("whose programme gives no numbers has %+v, %v", list, err)
	}
}

// A pack is rehearsed before anything changes, and adopted as it was shown.
func TestAPackIsRehearsedAndAdopted(t *testing.T) {
	d := servicetest.Open(t)
	ready, half := d.Ready(servicetest.Qing(), 1), d.Register(servicetest.Na())
	d.Enrol(half.ID)
	is, err := d.Certificates.Issue(ctx, d.Who, ready.ID, "zh")
	d.Must(err)
	_, yaml, err := policy.Shipped("guangxi-second-class-constructor")
	d.Must(err)
	next := []byte(strings.NewReplacer(`version: "2026.2"`, `version: "2026.3"`, "required: {value: 60", "required: {value: 90", "window_months: {value: 6", "window_months: {value: 12").Replace(string(yaml)))
	r, err := d.Policy.Rehearse(ctx, d.Who, next)
	d.Must(err)
	if r.Looked != 2 || len(r.Rows) != 2 {
		t.Fatalf("got %d of %d", len(r.Rows), r.Looked)
	}
	for _, row := range r.Rows {
		want := "needed 120 150, window 2027-01-23 2027-07-23"
		if row.Person == ready.ID {
			want = "needed 120 150, ready true false, window 2027-01-23 2027-07-23"
		}
		var got []string
		for _, c := range row.Changes {
			got = append(got, string(c.What)+" "+c.Before+" "+c.After)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: got %s, want %s", row.Name, got, want)
		}
	}
	_, err = d.Policy.Adopt(ctx, d.Who, "guangxi-second-class-constructor@2026.3", 2)
	d.Refused(err, policy.ErrNotKept)
	_, err = d.Policy.Install(ctx, d.Who, next)
	d.Must(err)
	if st, err := d.Hours.Standing(ctx, d.Who, ready.ID, ""); err != nil || !st.Ready {
		t.Errorf("installed and not adopted: ready %v, %v", st.Ready, err)
	}
	_, err = d.Policy.Adopt(ctx, d.Who, "guangxi-second-class-constructor@2026.3", 1)
	d.Refused(err, service.ErrRehearsed)
	_, err = d.Policy.Adopt(ctx, d.Who, "guangxi-second-class-constructor@2026.3", 2)
	d.Must(err)
	if st, err := d.Hours.Standing(ctx, d.Who, ready.ID, ""); err != nil || st.Ready || st.Pack.Version != "2026.3" {
		t.Errorf("adopted: ready %v by %v, %v", st.Ready, st.Pack, err)
	}
	v, err := d.Certificates.Verify(ctx, d.Who, is.PDF)
	d.Must(err)
	if !v.Valid || v.NotHeld {
		t.Errorf("the certificate of before: %+v", v)
	}
	_, err = d.Policy.Adopt(ctx, d.Who, "guangxi-second-class-constructor@2026.3", 0)
	d.Refused(err, service.ErrNobodyAdopts)
}

func TestAPackOfNextYearIsNotAdoptedToday(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	d.Enrol(p.ID)
	_, yaml, err := policy.Shipped("guangxi-second-class-constructor")
	d.Must(err)
	_, err = d.Policy.Install(ctx, d.Who, []byte(strings.NewReplacer(`version: "2026.2"`, `version: "2027.1"`, "valid_from: 2017-06-01", "valid_from: 2027-01-01").Replace(string(yaml))))
	d.Must(err)
	_, err = d.Policy.Adopt(ctx, d.Who, "guangxi-second-class-constructor@2027.1", 0)
	d.Refused(err, policy.ErrNotYet)
	r, err := d.Policy.RehearseKept(ctx, d.Who, "guangxi-second-class-constructor@2027.1")
	d.Must(err)
	if r.Looked != 1 || len(r.Rows) != 0 {
		t.Errorf("got %+v", r)
	}
}

// Where somebody studies in two programmes, the specialty tells which, or it is asked.
func TestAStudyOfTwoProgrammesIsAskedAbout(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	en := d.Enrol(p.ID)
	_, err := d.Policy.Install(ctx, d.Who, nursesPack(t, "[建筑工程,", "[护理, 建筑工程,"))
	d.Must(err)
	d.Must(d.People.Read(ctx, d.Who, p.ID, "nurses/learner-notice"))
	second, err := d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: p.ID, Programme: "nurses", Main: "护理", From: d.Today().AddYears(-1)})
	d.Must(err)
	entry := hours.Entry{Learner: p.ID, Course: "课程", Kind: hours.Required, Mode: hours.Online, Seconds: 2700, On: d.Today().AddDays(-3)}
	for specialty, want := range map[string]id.Enrolment{"建筑工程": en.ID, "护理": second.ID} {
		entry.Specialty, entry.Course = specialty, "课程"+specialty
		rec, err := d.Hours.Enter(ctx, d.Who, entry)
		d.Must(err)
		if rec.Enrolment != want {
			t.Errorf("%s went to %s, want %s", specialty, rec.Enrolment, want)
		}
	}
	entry.Specialty, entry.Course = "机电工程", "另一门"
	_, err = d.Hours.Enter(ctx, d.Who, entry)
	d.Refused(err, service.ErrWhichProgramme)
	o, err := d.Hours.Outlook(ctx, d.Who, p.ID)
	d.Must(err)
	if o.LatestDecision.IsZero() {
		t.Error("nobody says by when it is decided")
	}
}

// What belongs to an enrolment is kept as long as its own pack says; what belongs to the person as long as
// any pack of theirs does.
func TestWhatBelongsToAnEnrolmentIsKeptAsItsOwnPackSays(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	one := d.Enrol(p.ID)
	_, err := d.Policy.Install(ctx, d.Who, nursesPack(t, "hours: {value: 120", "hours: {value: 12", "payments: {value: 120", "payments: {value: 24", "person: {value: 36", "person: {value: 6"))
	d.Must(err, d.People.Read(ctx, d.Who, p.ID, "nurses/learner-notice"))
	second, err := d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: p.ID, Programme: "nurses", Main: "建筑工程", From: one.From})
	d.Must(err)
	_, err = d.Enrolment.Pay(ctx, d.Who, service.Payment{Enrolment: second.ID, Fen: 100, On: d.Today()})
	d.Must(err)
	if one.To != second.To {
		t.Fatalf("the periods end on %s and %s", one.To, second.To)
	}
	for _, c := range []struct {
		months, hours, payments int
	}{{12, 0, 0}, {13, 1, 0}, {25, 1, 1}, {121, 2, 2}} {
		on(d, one.To.AddMonths(c.months))
		if h, k := dueNow(d, "hours"), dueNow(d, "payments"); h.Rows != c.hours || k.Rows != c.payments || h.Months != 120 || h.Least != 12 {
			t.Errorf("after %d months: %+v and %+v", c.months, h, k)
		}
	}
	on(d, one.To.AddMonths(25))
	if k := dueNow(d, "person"); k.Rows != 0 || k.Months != 36 || k.Least != 36 {
		t.Errorf("the person: %+v", k)
	}
	deleteDue(d, "payments") // before the enrolment goes: afterwards nobody knows whose pack it was, and the longest holds
	deleteDue(d, "hours")
	list, err := d.Enrolment.Of(ctx, d.Who, p.ID)
	d.Must(err)
	if len(list) != 1 || list[0].ID != one.ID {
		t.Errorf("left: %+v", list)
	}
}

// After another version was adopted, what was paid opens online study as long as that version says.
func TestWhatWasPaidFollowsTheVersionThatWasAdopted(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	en := d.Enrol(p.ID)
	shipped, yaml, err := policy.Shipped("guangxi-second-class-constructor")
	d.Must(err)
	_, err = d.Policy.Install(ctx, d.Who, []byte(strings.NewReplacer(`version: "`+shipped.Version+`"`, `version: "2099.1"`, "window_months: {value: 6", "window_months: {value: 12").Replace(string(yaml))))
	d.Must(err)
	before, err := d.Enrolment.Payments(ctx, d.Who, p.ID, en.ID)
	d.Must(err)
	_, err = d.Policy.Adopt(ctx, d.Who, "guangxi-second-class-constructor@2099.1", 1)
	d.Must(err)
	after, err := d.Enrolment.Payments(ctx, d.Who, p.ID, en.ID)
	d.Must(err)
	if before[0].Until != before[0].PaidOn.AddMonths(6) || after[0].Until != after[0].PaidOn.AddMonths(12) {
		t.Errorf("until %s, then %s", before[0].Until, after[0].Until)
	}
}

// In a programme without hours a payment opens nothing, and a row of hours says that it has none.
func TestAProgrammeWithoutHoursOpensNoStudy(t *testing.T) {
	d := servicetest.Open(t)
	_, yaml, err := policy.Shipped("hubei-self-taught-exam")
	d.Must(err)
	_, err = d.Policy.Install(ctx, d.Who, yaml)
	d.Must(err)
	p := d.Register(servicetest.Qing())
	d.Must(d.People.Read(ctx, d.Who, p.ID, "self-taught-exam/learner-notice"))
	en, err := d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: p.ID, Programme: "self-taught-exam", Main: "法学", From: d.Today()})
	d.Must(err)
	d.Confirm(p.ID, 1) // before it nobody pays there
	paid, err := d.Enrolment.Pay(ctx, d.Who, service.Payment{Enrolment: en.ID, Fen: 100, On: d.Today()})
	d.Must(err)
	if !paid.Until.IsZero() || paid.Window(d.Today()) != enrolment.NoStudy {
		t.Errorf("open until %s, %s", paid.Until, paid.Window(d.Today()))
	}
	for specialty, want := range map[string]string{"法学": service.ErrNoHours.Key, "航天工程": exchange.ErrUnknownSpecialty.Key} {
		got, err := d.Exchange.Hours(ctx, d.Who, []byte(hoursHead+"韦青禾,"+servicetest.Qing().Number+",民法学,必修,"+specialty+",网络,1,2026-11-01"), true, nil)
		d.Must(err)
		if len(got.Rows) != 1 || len(got.Rows[0].Faults) == 0 || got.Rows[0].Faults[0].Fault.Key != want {
			t.Errorf("%s: %+v, want %s", specialty, got.Rows, want)
		}
	}
}

// Who studies in two programmes has two lines on a month's list, and is one person.
func TestAListCountsPeople(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Ready(servicetest.Qing(), 1)
	_, err := d.Policy.Install(ctx, d.Who, nursesPack(t, "[建筑工程,", "[护理, 建筑工程,"))
	d.Must(err, d.People.Read(ctx, d.Who, p.ID, "nurses/learner-notice"))
	_, err = d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: p.ID, Programme: "nurses", Main: "护理", From: d.Today().AddYears(-1)})
	d.Must(err)
	rec, err := d.Hours.Enter(ctx, d.Who, hours.Entry{Learner: p.ID, Course: "护理伦理", Kind: hours.Required, Specialty: "护理", Mode: hours.Online, Seconds: 2700, On: d.Today().AddDays(-3)})
	d.Must(err)
	_, err = d.Hours.SubmitOf(ctx, d.Who, p.ID)
	d.Must(err)
	_, err = d.Hours.Accept(ctx, d.Who, rec.ID)
	d.Must(err)
	list, err := d.Hours.PassList(ctx, d.Who, d.Today().Year(), int(d.Today().Month()))
	d.Must(err)
	n, err := d.Hours.Passed(ctx, d.Who, d.Today().Year(), int(d.Today().Month()))
	d.Must(err)
	if len(list.Rows) != 2 || list.People() != 1 || n != 1 {
		t.Errorf("%d lines, %d people, passed %d", len(list.Rows), list.People(), n)
	}
}

// What a store hasn't is refused with what it has.
func TestARefusalNamesWhatThereIs(t *testing.T) {
	d := servicetest.Open(t)
	_, err := d.Policy.Install(ctx, d.Who, nursesPack(t))
	d.Must(err)
	_, err = d.Policy.Programme("cooks")
	d.Refused(err, policy.ErrNoProgramme)
	if got := fault.Of(err).Figures[1]; got != "second-class-constructor, nurses" {
		t.Errorf("programmes: %v", got)
	}
	_, _, err = d.Policy.Notice("nothing")
	d.Refused(err, enrolment.ErrNoNotice)
	if got := fmt.Sprint(fault.Of(err).Figures...); !strings.Contains(got, "learner-notice (") || !strings.Contains(got, "nurses/learner-notice (") {
		t.Errorf("notices: %v", got)
	}
}

// Somebody whose only pack can't be read is shown all the same.
func TestWhosePackCannotBeReadIsShown(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	en := d.Enrol(p.ID)
	d.Must(service.PutPackForTest(d.Services, "of-the-future", "1", []byte("format: 3\nid: of-the-future\n")), service.JudgeForTest(d.Services, en.ID, "of-the-future@1"))
	f, err := d.People.Show(ctx, d.Who, p.ID)
	d.Must(err)
	if !f.Enrolled || f.Study.Unread == nil || f.Study.Enrolment.ID != en.ID || f.Asked != identity.Preregistered {
		t.Errorf("got %+v", f.Study)
	}
	if _, err := d.Hours.Units(ctx, d.Who, p.ID); err != nil {
		t.Error(err)
	}
}
