package service_test

import (
	"errors"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// entries writes down n courses of 12 学时 for p, and returns their records.
func entries(d *servicetest.Desk, p id.Person, names ...string) (list []id.Record) {
	d.T.Helper()
	for _, name := range names {
		rec, err := d.Hours.Enter(ctx, d.Who, hours.Entry{Learner: p, Course: name, Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 12 * 2700, On: d.Today().AddDays(-30)})
		d.Must(err)
		list = append(list, rec.ID)
	}
	return list
}

func TestWhatIsNotSubmittedIsCountedListedAndHandedIn(t *testing.T) {
	d := servicetest.Open(t)
	qing, na := d.Register(servicetest.Qing()).ID, d.Register(servicetest.Na()).ID
	d.Enrol(qing)
	d.Enrol(na)
	first, other := entries(d, qing, "甲", "乙", "丙"), entries(d, na, "甲", "乙")
	counted := func(records, people int) {
		t.Helper()
		n, of, err := d.Hours.UnsubmittedCount(ctx, d.Who)
		d.Must(err)
		list, err := d.Hours.Unsubmitted(ctx, d.Who, "", 100, 0)
		d.Must(err)
		if n != records || of != people || len(list) != records {
			t.Errorf("%d of %d people counted, %d listed; want %d of %d", n, of, len(list), records, people)
		}
	}
	counted(5, 2)
	if list, err := d.Hours.Unsubmitted(ctx, d.Who, na, 100, 0); err != nil || len(list) != 2 || list[0].Name != "陈娜" || list[0].Record.Learner != na {
		t.Errorf("one person's: %+v, %v", list, err)
	}
	n, err := d.Hours.SubmitThese(ctx, d.Who, []id.Record{first[0], other[0], first[0], "gone"})
	d.Must(err)
	if n != 2 {
		t.Errorf("%d of two handed in", n)
	}
	counted(3, 2)
	_, err = d.Hours.SubmitThese(ctx, d.Who, []id.Record{first[0]}) // another desk was first
	d.Refused(err, service.ErrNothingToSubmit)
	n, err = d.Hours.SubmitOf(ctx, d.Who, qing)
	d.Must(err)
	if n != 2 {
		t.Errorf("%d of 韦青禾's handed in, want 2", n)
	}
	n, err = d.Hours.SubmitAll(ctx, d.Who)
	d.Must(err)
	if n != 1 {
		t.Errorf("%d were left, want 1", n)
	}
	counted(0, 0)
	if waiting, _, err := d.Hours.QueueCount(ctx, d.Who); err != nil || waiting != 5 {
		t.Errorf("%d wait, %v", waiting, err)
	}
	_, err = d.Hours.SubmitAll(ctx, d.Who)
	d.Refused(err, service.ErrNothingToSubmit)
}

func TestALearnerHandsInOnlyTheirOwn(t *testing.T) {
	d := servicetest.Open(t)
	qing, na := d.Register(servicetest.Qing()).ID, d.Register(servicetest.Na()).ID
	d.Enrol(qing)
	d.Enrol(na)
	own, other := entries(d, qing, "甲"), entries(d, na, "乙")
	w := d.Login("qing", access.Learner, qing)
	for name, err := range map[string]error{
		"other's":      second(d.Hours.SubmitThese(ctx, w, other)),
		"both":         second(d.Hours.SubmitThese(ctx, w, append(own, other...))),
		"all":          second(d.Hours.SubmitAll(ctx, w)),
		"of the other": second(d.Hours.SubmitOf(ctx, w, na)),
		"looks at all": second(d.Hours.Unsubmitted(ctx, w, "", 9, 0)),
		"looks at own": second(d.Hours.Unsubmitted(ctx, w, qing, 9, 0)),
	} {
		if !errors.Is(err, access.ErrDenied) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n, err := d.Hours.SubmitOf(ctx, w, qing); err != nil || n != 1 {
		t.Errorf("own: %d, %v", n, err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestADeletedPersonsRecordsWaitForNobody(t *testing.T) {
	d := servicetest.Open(t)
	qing, na := d.Register(servicetest.Qing()).ID, d.Register(servicetest.Na()).ID
	d.Enrol(qing)
	d.Enrol(na)
	entries(d, qing, "甲", "乙")
	_, err := d.Hours.SubmitThese(ctx, d.Who, entries(d, qing, "丙"))
	d.Must(err, d.People.Delete(ctx, d.Who, qing))
	entries(d, na, "甲")
	list, err := d.Hours.Unsubmitted(ctx, d.Who, "", 9, 0)
	d.Must(err)
	n, people, err := d.Hours.UnsubmittedCount(ctx, d.Who)
	d.Must(err)
	if len(list) != 1 || n != 1 || people != 1 {
		t.Errorf("%d listed, %d counted of %d people", len(list), n, people)
	}
	queue, err := d.Hours.Queue(ctx, d.Who, 9, 0)
	d.Must(err)
	waiting, _, err := d.Hours.QueueCount(ctx, d.Who)
	d.Must(err)
	if len(queue) != 0 || waiting != 0 {
		t.Errorf("%d to review, %d counted", len(queue), waiting)
	}
	if n, err := d.Hours.SubmitAll(ctx, d.Who); err != nil || n != 1 {
		t.Errorf("all: %d, %v", n, err)
	}
}

func TestAnImportNamesExactlyWhatOfItIsNotSubmitted(t *testing.T) {
	d := servicetest.Open(t)
	qing := d.Register(servicetest.Qing()).ID
	d.Enrol(qing)
	entries(d, qing, "别处登记的")
	sheet := []byte("姓名,身份证号,课程名称,课程类别,所属专业,学习方式,学时,缴费日期,完成日期\n" +
		"韦青禾," + servicetest.Qing().Number + ",甲,选修,建筑工程,网络,12,2026-08-01,2026-09-01\n" +
		"韦青禾," + servicetest.Qing().Number + ",乙,选修,建筑工程,网络,12,2026-08-01,2026-09-02\n" +
		"韦青禾," + servicetest.Qing().Number + ",甲,选修,建筑工程,网络,12,2026-08-01,2026-09-01\n")
	im, err := d.Exchange.Hours(ctx, d.Who, sheet, false, nil)
	d.Must(err)
	if im.Added != 2 || im.Same != 1 || len(im.Drafts) != 2 {
		t.Fatalf("%d added, %d the same, %d not submitted", im.Added, im.Same, len(im.Drafts))
	}
	again, err := d.Exchange.Hours(ctx, d.Who, sheet, false, nil) // as after a process that was killed in between
	d.Must(err)
	if again.Added != 0 || len(again.Drafts) != 2 {
		t.Errorf("again: %d added, %d not submitted", again.Added, len(again.Drafts))
	}
	n, err := d.Hours.SubmitThese(ctx, d.Who, again.Drafts)
	d.Must(err)
	left, _, err := d.Hours.UnsubmittedCount(ctx, d.Who)
	d.Must(err)
	if n != 2 || left != 1 {
		t.Errorf("%d handed in, %d left", n, left)
	}
	again, err = d.Exchange.Hours(ctx, d.Who, sheet, false, nil)
	d.Must(err)
	if again.Same != 3 || len(again.Drafts) != 0 {
		t.Errorf("handed in already: %d the same, %d not submitted", again.Same, len(again.Drafts))
	}
}

func TestAtHomeNobodyIsHandedAnything(t *testing.T) {
	clock := &servicetest.Clock{}
	clock.Set(servicetest.Start)
	s, who, _, err := service.Init(ctx, service.Config{Location: ":memory:", Machine: "家里", Now: clock.Now}, service.Founding{
		Institution: "韦家", Pack: "guangxi-second-class-constructor", Administrator: "韦青", Passphrase: servicetest.Passphrase, Home: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	d := &servicetest.Desk{Services: s, Who: who, T: t}
	p := d.Register(servicetest.Qing()).ID
	d.Enrol(p)
	entries(d, p, "甲")
	_, err = d.Hours.SubmitOf(ctx, who, p)
	d.Refused(err, service.ErrNobodyReviews)
	st, err := d.Hours.Standing(ctx, who, p, "")
	d.Must(err)
	if st.Staged.InState(hours.Entered) != 1 {
		t.Errorf("stands as %+v", st.Staged.Lines)
	}
}
