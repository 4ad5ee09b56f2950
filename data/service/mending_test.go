package service_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/certificate"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// studying is somebody enrolled who is on hours sheets.
func studying(d *servicetest.Desk) (id.Person, enrolment.Enrolment) {
	p := d.Register(servicetest.Qing())
	return p.ID, d.Enrol(p.ID)
}

// hoursSheet is a sheet of 韦青禾's electives: each row is course, hours, day, mark.
func hoursSheet(rows ...string) []byte {
	out := []string{"姓名,身份证号,课程名称,课程类别,所属专业,学习方式,学时,缴费日期,完成日期,成绩"}
	for _, r := range rows {
		c := strings.Split(r, ",")
		out = append(out, strings.Join([]string{"韦青禾", servicetest.Qing().Number, c[0], "选修", "建筑工程", "网络", c[1], "2026-07-23", c[2], c[3]}, ","))
	}
	return []byte(strings.Join(out, "\n"))
}

// takeIn takes a sheet in and says the verdict of each row.
func takeIn(d *servicetest.Desk, file []byte) (service.Import, string) {
	d.T.Helper()
	im, err := d.Exchange.Hours(ctx, d.Who, file, false, nil)
	d.Must(err)
	var list []string
	for _, r := range im.Rows {
		list = append(list, string(r.Verdict))
	}
	return im, strings.Join(list, " ")
}

func TestARowSentAgainWithAnotherMarkDayOrHoursIsAChange(t *testing.T) {
	for name, second := range map[string]string{
		"another mark":       "绿色施工,8,2026-08-20,61",
		"a mark of 0":        "绿色施工,8,2026-08-20,0",
		"no mark any more":   "绿色施工,8,2026-08-20,",
		"other hours":        "绿色施工,7.5,2026-08-20,85",
		"another day":        "绿色施工,8,2026-08-21,85",
		"other mark and day": "绿色施工,8,2026-08-21,0",
	} {
		t.Run(name, func(t *testing.T) {
			d := servicetest.Open(t)
			p, _ := studying(d)
			if _, got := takeIn(d, hoursSheet("绿色施工,8,2026-08-20,85")); got != "new" {
				t.Fatalf("the first time: got %s", got)
			}
			if _, got := takeIn(d, hoursSheet(second)); got != "changed" {
				t.Errorf("got %s, want changed", got)
			}
			if _, got := takeIn(d, hoursSheet(second)); got != "same" {
				t.Errorf("the same once more: got %s", got)
			}
			st, err := d.Hours.Standing(ctx, d.Who, p, "")
			d.Must(err)
			if len(st.Standing.Lines) != 1 {
				t.Errorf("got %d records, want the one", len(st.Standing.Lines))
			}
		})
	}
}

// oneRecord is somebody's one elective, entered at the desk.
func oneRecord(d *servicetest.Desk) (hours.Record, enrolment.Enrolment) {
	d.T.Helper()
	p, en := studying(d)
	rec, err := d.Hours.Enter(ctx, d.Who, hours.Entry{Learner: p, Course: "绿色施工", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 8 * 2700, On: d.Today().AddDays(-60), MarkTenths: 850, HasMark: true})
	d.Must(err)
	return rec, en
}

func TestADraftIsEditedAndRemovedAndItsHistoryStays(t *testing.T) {
	d := servicetest.Open(t)
	clerk := d.Login("qian", access.Clerk, "")
	rec, _ := oneRecord(d)
	e := rec.Entry
	e.MarkTenths, e.On = 0, d.Today().AddDays(-59)
	got, err := d.Hours.Edit(ctx, clerk, rec.ID, e, rec.Version)
	d.Must(err)
	if !got.HasMark || got.MarkTenths != 0 || got.On != e.On || got.State != hours.Entered {
		t.Errorf("edited: got %+v", got)
	}
	_, err = d.Hours.Edit(ctx, d.Who, rec.ID, rec.Entry, rec.Version)
	d.Refused(err, store.ErrChanged) // the first version is what this desk saw
	d.Refused(d.Hours.Remove(ctx, d.Who, rec.ID, rec.Version), store.ErrChanged)
	d.Must(d.Hours.Remove(ctx, d.Who, rec.ID, got.Version))
	st, err := d.Hours.Story(ctx, d.Who, rec.ID)
	d.Must(err)
	if !st.Gone || len(st.Former) != 2 || st.Former[0].MarkTenths != 850 || st.Former[0].By != clerk.Login || st.Former[0].Act != act.EditHours || st.Former[1].Act != act.RemoveHours {
		t.Errorf("its history: got %+v", st)
	}
	_, removed, err := d.Hours.Records(ctx, d.Who, rec.Learner)
	d.Must(err)
	if len(removed) != 1 || removed[0].Record.EnteredBy != d.Who.Login {
		t.Errorf("removed: got %+v", removed)
	}
	lines, err := d.Audit.Of(ctx, d.Who, rec.Learner, 2)
	d.Must(err)
	if lines[0].Act != act.RemoveHours || lines[1].Act != act.EditHours || lines[1].Detail != "on mark" || lines[1].About != string(rec.ID) {
		t.Errorf("the trail: got %+v", lines)
	}
}

func TestAReturnedRecordIsMendedAndSentAgain(t *testing.T) {
	d := servicetest.Open(t)
	rec, en := oneRecord(d)
	_, err := d.Hours.Submit(ctx, d.Who, en.ID)
	d.Must(err)
	e := rec.Entry
	e.MarkTenths = 58
	_, err = d.Hours.Edit(ctx, d.Who, rec.ID, e)
	d.Refused(err, hours.ErrTakeBackFirst)
	_, err = d.Hours.Return(ctx, d.Who, rec.ID, "wrong-date", "")
	d.Must(err)
	_, err = d.Hours.Edit(ctx, d.Who, rec.ID, e)
	d.Must(err)
	n, err := d.Hours.Submit(ctx, d.Who, en.ID)
	d.Must(err)
	got, err := d.Hours.Accept(ctx, d.Who, rec.ID)
	d.Must(err)
	if n != 1 || got.MarkTenths != 58 || got.DecidedBy != d.Who.Login || got.DecidedAt.IsZero() {
		t.Errorf("got %d submitted, %+v", n, got)
	}
	st, err := d.Hours.Story(ctx, d.Who, rec.ID)
	d.Must(err)
	var acts []string
	for _, f := range st.Former {
		acts = append(acts, string(f.Act)+" "+f.Reason)
	}
	if want := "hours.submit |hours.return |hours.edit wrong-date|hours.submit |hours.accept "; strings.Join(acts, "|") != want {
		t.Errorf("its history: got %q, want %q", strings.Join(acts, "|"), want)
	}
}

func TestASubmittedRecordIsTakenBackUntilItIsDecided(t *testing.T) {
	d := servicetest.Open(t)
	rec, en := oneRecord(d)
	_, err := d.Hours.TakeBack(ctx, d.Who, rec.ID)
	d.Refused(err, hours.ErrNotSubmitted)
	_, err = d.Hours.Submit(ctx, d.Who, en.ID)
	d.Must(err)
	got, err := d.Hours.TakeBack(ctx, d.Who, rec.ID)
	d.Must(err)
	if got.State != hours.Entered || !got.Due.IsZero() {
		t.Errorf("got %+v", got)
	}
	_, err = d.Hours.Accept(ctx, d.Who, rec.ID)
	d.Refused(err, hours.ErrWrongState)
}

func TestOfTwoDecisionsTheSecondIsToldThatItChanged(t *testing.T) {
	d := servicetest.Open(t)
	rec, en := oneRecord(d)
	_, err := d.Hours.Submit(ctx, d.Who, en.ID)
	d.Must(err)
	rows, err := d.Hours.Queue(ctx, d.Who, 10, 0)
	d.Must(err)
	seen := rows[0].Record.Version
	results := make(chan error)
	go func() { _, err := d.Hours.Accept(ctx, d.Who, rec.ID, seen); results <- err }()
	go func() { _, err := d.Hours.Return(ctx, d.Who, rec.ID, "no-evidence", "", seen); results <- err }()
	one, two := <-results, <-results
	if (one == nil) == (two == nil) || !errors.Is(errors.Join(one, two), store.ErrChanged) {
		t.Errorf("got %v and %v, want one decision and one told that it changed", one, two)
	}
	_, err = d.Hours.TakeBack(ctx, d.Who, rec.ID, seen)
	d.Refused(err, store.ErrChanged)
}

func TestACertificateOverAWithdrawnHourIsToBeRevoked(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Ready(servicetest.Qing(), 3)
	is, err := d.Certificates.Issue(ctx, d.Who, p.ID, "zh")
	d.Must(err)
	number := is.Content.Number
	st, err := d.Hours.Standing(ctx, d.Who, p.ID, "")
	d.Must(err)
	rec := st.Standing.Lines[2].Record
	clerk := d.Login("qian", access.Clerk, "")
	_, _, err = d.Hours.Withdraw(ctx, clerk, rec.ID, "wrong-mark", "")
	d.Refused(err, access.ErrDenied)
	_, marked, err := d.Hours.Withdraw(ctx, d.Who, rec.ID, "wrong-mark", "")
	d.Must(err)
	if len(marked) != 1 || marked[0] != number {
		t.Fatalf("marked %v, want %s", marked, number)
	}
	if st, err = d.Hours.Standing(ctx, d.Who, p.ID, ""); err != nil || st.Ready || !errors.Is(st.Standing.Lines[2].Why, hours.WhyWithdrawn) {
		t.Errorf("the standing: ready %v, why %v, %v", st.Ready, st.Standing.Lines[2].Why, err)
	}
	list, err := d.Certificates.ToBeRevoked(ctx, d.Who)
	d.Must(err)
	if len(list) != 1 || list[0].Number != number || list[0].DoubtedAt.IsZero() {
		t.Errorf("to be revoked: got %+v", list)
	}
	_, err = d.Certificates.Copy(ctx, d.Who, number)
	d.Refused(err, certificate.ErrToBeRevoked)
	d.Refused(d.Certificates.HandOver(ctx, d.Who, number, 1, "韦青禾", "resident-card"), certificate.ErrToBeRevoked)
	_, err = d.Certificates.Issue(ctx, d.Who, p.ID, "zh")
	d.Refused(err, certificate.ErrToBeRevoked)
	r, err := d.Certificates.Verify(ctx, d.Who, is.PDF)
	d.Must(err)
	if r.Revoked || r.ToBeRevoked != d.Today() {
		t.Errorf("verified here: %+v", r)
	}

	again, err := d.Certificates.Reissue(ctx, d.Who, number, "", "", "")
	d.Must(err)
	if len(again.Content.Courses) != len(is.Content.Courses)-1 || again.Content.Renewal {
		t.Errorf("issued anew over %d courses", len(again.Content.Courses))
	}
	if r, err = d.Certificates.Verify(ctx, d.Who, is.PDF); err != nil || !r.Revoked || r.RevokedReason != "hours-withdrawn" || !r.ToBeRevoked.IsZero() {
		t.Errorf("the former: %+v, %v", r, err)
	}
	if list, err = d.Certificates.ToBeRevoked(ctx, d.Who); err != nil || len(list) != 0 {
		t.Errorf("still to be revoked: %v, %v", list, err)
	}
}

func TestAnHourWithdrawnByMistakeAndAcceptedAgainLeavesTheCertificateRight(t *testing.T) {
	for name, mark := range map[string]int{"just as it was": -1, "with another mark": 90} {
		d := servicetest.Open(t)
		p := d.Ready(servicetest.Qing(), 3)
		is, err := d.Certificates.Issue(ctx, d.Who, p.ID, "zh")
		d.Must(err)
		rec := is.Content.Courses[0]
		st, err := d.Hours.Standing(ctx, d.Who, p.ID, "")
		d.Must(err)
		one := st.Standing.Lines[0].Record
		if one.Course != rec.Name {
			t.Fatalf("%s is not %s", one.Course, rec.Name)
		}
		_, _, err = d.Hours.Withdraw(ctx, d.Who, one.ID, "accepted-in-error", "")
		d.Must(err)
		if mark >= 0 {
			e := one.Entry
			e.MarkTenths, e.HasMark = 10*mark, true
			_, err = d.Hours.Edit(ctx, d.Who, one.ID, e)
			d.Must(err)
		}
		_, err = d.Hours.Submit(ctx, d.Who, one.Enrolment, one.ID)
		d.Must(err)
		_, err = d.Hours.Accept(ctx, d.Who, one.ID)
		d.Must(err)
		list, err := d.Certificates.ToBeRevoked(ctx, d.Who)
		d.Must(err)
		if (len(list) == 0) != (mark < 0) {
			t.Errorf("%s: %d certificates to be revoked", name, len(list))
		}
	}
}

func TestWhatARowDoesToWhatWasReviewedIsSaidAndDone(t *testing.T) {
	first, second := hoursSheet("绿色施工,8,2026-08-20,85"), hoursSheet("绿色施工,8,2026-08-20,0")
	for name, c := range map[string]struct {
		bring   func(d *servicetest.Desk, rec hours.Record, en id.Enrolment) error
		verdict string
		note    error
		mark    int
	}{
		"a draft": {func(*servicetest.Desk, hours.Record, id.Enrolment) error { return nil }, "changed", nil, 0},
		"submitted": {func(d *servicetest.Desk, _ hours.Record, en id.Enrolment) error {
			_, err := d.Hours.Submit(ctx, d.Who, en)
			return err
		}, "changed", hours.NoteTakenBack, 0},
		"returned": {func(d *servicetest.Desk, rec hours.Record, en id.Enrolment) error {
			_, err := d.Hours.Submit(ctx, d.Who, en)
			_, err2 := d.Hours.Return(ctx, d.Who, rec.ID, "wrong-date", "")
			return errors.Join(err, err2)
		}, "changed", hours.NoteMended, 0},
		"accepted": {func(d *servicetest.Desk, rec hours.Record, en id.Enrolment) error {
			_, err := d.Hours.Submit(ctx, d.Who, en)
			_, err2 := d.Hours.Accept(ctx, d.Who, rec.ID)
			return errors.Join(err, err2)
		}, "refused", nil, 85},
	} {
		t.Run(name, func(t *testing.T) {
			d := servicetest.Open(t)
			p, en := studying(d)
			takeIn(d, first)
			list, _, err := d.Hours.Records(ctx, d.Who, p)
			d.Must(err, c.bring(d, list[0], en.ID))
			for _, dryRun := range []bool{true, false} { // what is said before is what is done
				im, err := d.Exchange.Hours(ctx, d.Who, second, dryRun, nil)
				d.Must(err)
				row := im.Rows[0]
				if string(row.Verdict) != c.verdict || strings.Join(row.Changes, " ") != "mark" || row.Before.MarkTenths != 850 || row.After.MarkTenths != 0 || !row.After.HasMark {
					t.Errorf("dry run %v: got %+v", dryRun, row)
				}
				if (row.Note == nil) != (c.note == nil) || c.note != nil && !errors.Is(row.Note, c.note) {
					t.Errorf("dry run %v: said %v, want %v", dryRun, row.Note, c.note)
				}
				if c.verdict == "refused" && !errors.Is(row.Faults[0].Fault, hours.ErrAcceptedAlready) {
					t.Errorf("why: %v", row.Faults)
				}
			}
			if list, _, err = d.Hours.Records(ctx, d.Who, p); err != nil || len(list) != 1 || list[0].MarkTenths != 10*c.mark {
				t.Errorf("got %+v, %v", list, err)
			}
			if c.verdict == "changed" && list[0].State != hours.Entered {
				t.Errorf("changed, and it is %s", list[0].State)
			}
		})
	}
}

func TestARowOfAnotherDayMayBeSaidToBeAnotherStudy(t *testing.T) {
	d := servicetest.Open(t)
	studying(d)
	takeIn(d, hoursSheet("绿色施工,8,2026-08-20,50"))
	im, err := d.Exchange.Hours(ctx, d.Who, hoursSheet("绿色施工,8,2026-09-20,85"), false, nil, service.Repeats)
	d.Must(err)
	if im.Added != 1 {
		t.Errorf("got %+v", im.Rows)
	}
}

func TestWhatResemblesARecordIsAskedAboutAtTheForm(t *testing.T) {
	d := servicetest.Open(t)
	rec, _ := oneRecord(d)
	for name, change := range map[string]func(*hours.Entry){
		"another mark": func(e *hours.Entry) { e.MarkTenths = 0 }, "another day": func(e *hours.Entry) { e.On = e.On.AddDays(1) }, "other hours": func(e *hours.Entry) { e.Seconds = 2700 },
	} {
		e := rec.Entry
		e.PaidOn = 0
		change(&e)
		_, err := d.Hours.Enter(ctx, d.Who, e)
		if !errors.Is(err, hours.ErrLikeThere) || fault.Of(err).Figures[2] != rec.ID {
			t.Errorf("%s: got %v", name, err)
		}
	}
	e := rec.Entry
	e.PaidOn = 0
	_, err := d.Hours.Enter(ctx, d.Who, e, true)
	d.Refused(err, hours.ErrSameTwice)
	e.On = e.On.AddDays(1)
	_, err = d.Hours.Enter(ctx, d.Who, e, true)
	d.Must(err)
}

func TestAPresencePutRightMendsTheHoursItEarned(t *testing.T) {
	d := servicetest.Open(t)
	p, en := studying(d)
	course, err := d.Hours.AddCourse(ctx, d.Who, hours.Course{Name: "安全管理", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.FaceToFace, Seconds: 4 * 2700})
	d.Must(err)
	day := d.Today().AddDays(-3)
	class, _, err := d.Hours.AddClass(ctx, d.Who, hours.Class{Course: course.ID, Name: "一班", For: "在册学员", AnnouncedOn: day.AddDays(-60), From: day, To: day})
	d.Must(err)
	there := hours.Attendance{Class: class.ID, Learner: p, On: day, In: day.Start().Add(9 * time.Hour), Out: day.Start().Add(10 * time.Hour)}
	_, err = d.Hours.Attend(ctx, d.Who, there)
	d.Must(err)
	there.Out = there.In.Add(90 * time.Minute)
	_, err = d.Hours.Attend(ctx, d.Who, there)
	d.Must(err)
	list, _, err := d.Hours.Records(ctx, d.Who, p)
	d.Must(err)
	if len(list) != 1 || list[0].Seconds != 2*2700 {
		t.Fatalf("got %+v, want one record of 2", list)
	}
	_, err = d.Hours.Submit(ctx, d.Who, en.ID)
	d.Must(err)
	_, err = d.Hours.Accept(ctx, d.Who, list[0].ID)
	d.Must(err)
	there.Out = there.In.Add(135 * time.Minute)
	_, err = d.Hours.Attend(ctx, d.Who, there)
	d.Refused(err, hours.ErrAcceptedAlready)
}
