package service_test

import (
	"errors"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// Numbers of invented people, with valid check digits.
const (
	otherNumber = "450105199811208158"
	thirdNumber = "452123199001150438"
)

// corrected asks for a change, hands the paper in and grants it.
func corrected(d *servicetest.Desk, p id.Person, kind identity.RequestKind, value string) {
	d.T.Helper()
	q, err := d.Identity.RequestData(ctx, d.Who, p, kind, value)
	d.Must(err)
	_, err = d.Identity.Receive(ctx, d.Who, q.ID)
	d.Must(err)
	_, err = d.Identity.Decide(ctx, d.Who, q.ID, true, "")
	d.Must(err)
}

const (
	rosterHead = "姓名,证件号码,手机,主项,注册日期\n"
	hoursHead  = "姓名,证件号码,课程,类别,专业,方式,学时,完成日期\n"
)

// TestACorrectionIsRemembered corrects a number and a name: every door leads by the old ones to the
// same person, and says that they were corrected (G-18).
func TestACorrectionIsRemembered(t *testing.T) {
	d := servicetest.Open(t)
	form := servicetest.Qing()
	p := d.Register(form)
	d.Enrol(p.ID)
	old := form.Number
	corrected(d, p.ID, identity.NumberChange, otherNumber)
	corrected(d, p.ID, identity.NameChange, "韦清禾")

	for what, f := range map[string]person.Form{
		"the old number and the old name": form,
		"the old number and the new name": {Name: "韦清禾", Number: old, Phone: form.Phone},
		"the new number and the old name": {Name: form.Name, Number: otherNumber, Phone: form.Phone},
	} {
		if again, known, err := d.People.Register(ctx, d.Who, f); err != nil || !known || again.ID != p.ID {
			t.Errorf("registered by %s: known %v, %v", what, known, err)
		}
	}
	for _, number := range []string{old, otherNumber} {
		if got, err := d.People.ByNumber(ctx, d.Who, number); err != nil || got.ID != p.ID {
			t.Errorf("by %s: %v", number, err)
		}
	}
	for _, words := range []string{"韦青禾", "韦清禾", old, old[14:], "wqh"} {
		if hits, err := d.People.Find(ctx, d.Who, words, 5); err != nil || len(hits) != 1 || hits[0].ID != p.ID {
			t.Errorf("found by %s: %v, %v", words, hits, err)
		}
	}
	im, err := d.Exchange.Roster(ctx, d.Who, []byte(rosterHead+form.Name+","+old+",13877146021,建筑工程,"+d.Today().AddYears(-2).String()+"\n"), false, nil)
	d.Must(err)
	if im.Added != 0 || im.Refused != 0 || !tells(im.Rows[0], person.WordNumberCorrected) || !tells(im.Rows[0], person.WordNameCorrected) {
		t.Errorf("the roster: %+v", im)
	}
	row := "," + old + ",绿色施工,选修,建筑工程,网络,10," + d.Today().AddDays(-3).String() + "\n"
	im, err = d.Exchange.Hours(ctx, d.Who, []byte(hoursHead+form.Name+row), false, nil)
	d.Must(err)
	if im.Added != 1 || !tells(im.Rows[0], person.WordNumberCorrected) || !tells(im.Rows[0], person.WordNameCorrected) {
		t.Errorf("the hours: %+v", im)
	}
	st, err := d.Hours.Standing(ctx, d.Who, p.ID, "")
	d.Must(err)
	if len(st.Standing.Lines) != 1 {
		t.Errorf("%d records under the one person, want 1", len(st.Standing.Lines))
	}
	im, err = d.Exchange.Hours(ctx, d.Who, []byte(hoursHead+"覃三川"+row), false, nil)
	d.Must(err)
	if im.Refused != 1 {
		t.Errorf("the old number with a stranger's name: %+v", im)
	}
	f, err := d.People.Show(ctx, d.Who, p.ID)
	d.Must(err)
	if len(f.Former) != 2 || f.Former[1].Old != identity.Mask(old) || f.Former[0].Old != form.Name {
		t.Errorf("the file remembers %+v", f.Former)
	}
}

func tells(r service.ImportRow, word error) bool {
	for _, c := range r.Told {
		if errors.Is(c.Fault, word) {
			return true
		}
	}
	return false
}

// TestACorrectedNumberIsFreeForItsHolder registers whoever rightly has a number that was written
// down for somebody else by mistake: each is found by their own name.
func TestACorrectedNumberIsFreeForItsHolder(t *testing.T) {
	d := servicetest.Open(t)
	form := servicetest.Qing()
	p := d.Register(form)
	corrected(d, p.ID, identity.NumberChange, otherNumber)
	rightly, known, err := d.People.Register(ctx, d.Who, person.Form{Name: "覃三川", Number: form.Number, Phone: "13977140000"})
	if err != nil || known {
		t.Fatalf("who has the number rightly: known %v, %v", known, err)
	}
	if got, err := d.People.ByNumber(ctx, d.Who, form.Number); err != nil || got.ID != rightly.ID {
		t.Errorf("the number is now %v's, %v", got.Name, err)
	}
	if again, known, err := d.People.Register(ctx, d.Who, form); err != nil || !known || again.ID != p.ID {
		t.Errorf("with the name of who had it: known %v, %v", known, err)
	}
	_, _, err = d.People.Register(ctx, d.Who, person.Form{Name: "陆一鸣", Number: form.Number, Phone: "13977140001"})
	d.Refused(err, service.ErrOtherName)
}

// TestOneRosterDoesNotTakeSomeoneInTwice has the same person in one table by the old number and by
// the new one.
func TestOneRosterDoesNotTakeSomeoneInTwice(t *testing.T) {
	d := servicetest.Open(t)
	form := servicetest.Qing()
	p := d.Register(form)
	corrected(d, p.ID, identity.NumberChange, otherNumber)
	from := d.Today().AddYears(-1).String()
	im, err := d.Exchange.Roster(ctx, d.Who, []byte(rosterHead+form.Name+","+form.Number+",13877146021,建筑工程,"+from+"\n"+form.Name+","+otherNumber+",13877146021,建筑工程,"+from+"\n"), false, nil)
	d.Must(err)
	if im.Changed != 1 || im.Refused != 1 {
		t.Errorf("%+v", im)
	}
	list, err := d.Enrolment.Of(ctx, d.Who, p.ID)
	d.Must(err)
	if len(list) != 1 {
		t.Errorf("%d enrolments, want 1", len(list))
	}
}

// TestSomebodyElsesNumberIsRefusedWhenItIsAskedFor does not wait for the paper, and looks again when
// it is decided.
func TestSomebodyElsesNumberIsRefusedWhenItIsAskedFor(t *testing.T) {
	d := servicetest.Open(t)
	p, other := d.Register(servicetest.Qing()), d.Register(servicetest.Na())
	learner := d.Login("qing", access.Learner, p.ID)
	for _, who := range []access.Who{d.Who, learner} {
		_, err := d.Identity.RequestData(ctx, who, p.ID, identity.NumberChange, servicetest.Na().Number)
		d.Refused(err, service.ErrNumberTaken)
	}
	q, err := d.Identity.RequestData(ctx, d.Who, p.ID, identity.NumberChange, otherNumber)
	d.Must(err)
	corrected(d, other.ID, identity.NumberChange, otherNumber) // somebody else was quicker
	_, err = d.Identity.Receive(ctx, d.Who, q.ID)
	d.Must(err)
	_, err = d.Identity.Decide(ctx, d.Who, q.ID, true, "")
	d.Refused(err, service.ErrNumberTaken)
	if got, _ := d.People.ByNumber(ctx, d.Who, servicetest.Qing().Number); got.ID != p.ID {
		t.Error("the refused change was made")
	}
	if f, err := d.People.Show(ctx, d.Who, p.ID); err != nil || len(f.Former) != 0 {
		t.Errorf("a change that was refused is remembered: %v, %v", f.Former, err)
	}
}

// TestAnOld15DigitNumberIsNoCorrection takes the 15 digits of someone's 18 for the same number, and
// a change of the one spelling to the other for none of somebody else's.
func TestAnOld15DigitNumberIsNoCorrection(t *testing.T) {
	d := servicetest.Open(t)
	short := "450103880312421"
	p := d.Register(person.Form{Name: "韦青禾", Number: short, Phone: "13877146021"})
	corrected(d, p.ID, identity.NumberChange, identity.Upgrade15(short))
	for _, n := range []string{short, identity.Upgrade15(short)} {
		im, err := d.Exchange.Roster(ctx, d.Who, []byte(rosterHead+"韦青禾,"+n+",13877146021,建筑工程,"+d.Today().AddYears(-2).String()+"\n"), true, nil)
		d.Must(err)
		if im.Changed != 1 || len(im.Rows[0].Told) > 0 {
			t.Errorf("%s: %+v", n, im)
		}
	}
	corrected(d, p.ID, identity.NumberChange, otherNumber)
	for _, n := range []string{short, identity.Upgrade15(short)} {
		if got, err := d.People.ByNumber(ctx, d.Who, n); err != nil || got.ID != p.ID {
			t.Errorf("%s: %v", n, err)
		}
		im, err := d.Exchange.Roster(ctx, d.Who, []byte(rosterHead+"韦青禾,"+n+",13877146021,建筑工程,"+d.Today().AddYears(-2).String()+"\n"), true, nil)
		d.Must(err)
		if im.Added != 0 || !tells(im.Rows[0], person.WordNumberCorrected) {
			t.Errorf("%s after the correction: %+v", n, im)
		}
	}
}

// TestANumberOfSeveralNeedsAName corrects the same number of two people: without a name it is asked
// whom it means, with one it isn't.
func TestANumberOfSeveralNeedsAName(t *testing.T) {
	d := servicetest.Open(t)
	first := d.Register(servicetest.Qing())
	corrected(d, first.ID, identity.NumberChange, otherNumber)
	second := d.Register(person.Form{Name: "覃三川", Number: servicetest.Qing().Number, Phone: "13977140000"})
	corrected(d, second.ID, identity.NumberChange, thirdNumber)
	_, err := d.People.ByNumber(ctx, d.Who, servicetest.Qing().Number)
	d.Refused(err, person.ErrWhoOfThem)
	learner := d.Login("qing", access.Learner, first.ID)
	_, err = d.People.ByNumber(ctx, learner, servicetest.Qing().Number)
	d.Refused(err, person.ErrNoPerson)
	row := "," + servicetest.Qing().Number + ",绿色施工,选修,建筑工程,网络,10," + d.Today().AddDays(-3).String() + "\n"
	d.Enrol(second.ID)
	im, err := d.Exchange.Hours(ctx, d.Who, []byte(hoursHead+"覃三川"+row), false, nil)
	d.Must(err)
	if im.Added != 1 {
		t.Errorf("with a name: %+v", im)
	}
}

// TestAKioskOpensACaseByTheNumberSomeoneHad fills a day after a correction: the case opens by both
// numbers, is one person, and a card of the old number confirms nobody.
func TestAKioskOpensACaseByTheNumberSomeoneHad(t *testing.T) {
	b := newBooth(t)
	old := b.qing.Number
	corrected(b.Desk, b.qing.ID, identity.NumberChange, otherNumber)
	b.load()
	day, err := b.m.Day()
	b.Must(err)
	if day.Cases != 2 {
		t.Errorf("%d people expected, want 2", day.Cases)
	}
	for _, number := range []string{otherNumber, old} {
		v, err := b.m.ByNumber(number)
		b.Must(err)
		if seen := v.View(); seen.Name != b.qing.Name || seen.Masked != identity.Mask(otherNumber) {
			t.Errorf("%s opens %+v", number, seen)
		}
		v.Forget()
	}
	corrected(b.Desk, b.na.ID, identity.NumberChange, old) // it was hers all the time
	b.load()
	v, err := b.m.ByNumber(old)
	b.Must(err)
	if seen := v.View(); seen.Name != b.na.Name {
		t.Errorf("whose number it is now: %+v", seen)
	}
	v.Forget()
}
