package service_test

import (
	"bytes"
	"context"
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
	"xuezheng/data/person"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

var ctx = context.Background()

func lines(d *servicetest.Desk) int {
	d.T.Helper()
	list, err := d.Audit.Lines(ctx, d.Who, store.LineFilter{Limit: 100000})
	d.Must(err)
	return len(list)
}

func TestWhatBreaksSaysInWhichActItDid(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	_, missing := d.People.ShowNumber(ctx, d.Who, "nobody")
	if d.Refused(missing, person.ErrNoPerson); missing.Error() != person.ErrNoPerson.Key {
		t.Errorf("got %q, want it as the rule says it", missing)
	}
	gone, stop := context.WithCancel(ctx)
	stop() // nothing of ours: it breaks below every rule
	_, changing := d.People.ShowNumber(gone, d.Who, p.ID)
	_, looking := d.People.Show(gone, d.Who, p.ID)
	for a, err := range map[act.Act]error{act.ShowNumber: changing, act.ShowPerson: looking} {
		if f := fault.Of(err); f == nil || f.Kind != fault.Broken || !errors.Is(err, context.Canceled) {
			t.Fatalf("%s: got %v, want it broken, by what broke it", a, err)
		}
		if !strings.HasPrefix(err.Error(), string(a)+": ") {
			t.Errorf("got %q, want it to begin with %s", err, a)
		}
	}
}

func TestARoleThatMayNotWritesNothing(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	clerk := d.Login("lanmei", access.Clerk, "")
	before := lines(d)
	for name, try := range map[string]func() error{
		"a clerk adds a login": func() error {
			_, err := d.Access.Add(ctx, clerk, "duty", access.Clerk, "", servicetest.Passphrase)
			return err
		},
		"a clerk deletes a person": func() error { return d.People.Delete(ctx, clerk, p.ID) },
		"a clerk revokes":          func() error { return d.Certificates.Revoke(ctx, clerk, "1", "wrong-person", "") },
		"a clerk installs a pack": func() error {
			_, err := d.Policy.Install(ctx, clerk, []byte("id: x"))
			return err
		},
		"a clerk reads the trail": func() error {
			_, err := d.Audit.Lines(ctx, clerk, store.LineFilter{})
			return err
		},
		"nobody signed in": func() error {
			_, _, err := d.People.Register(ctx, access.Who{}, servicetest.Na())
			return err
		},
		"someone whose passphrase must be changed": func() error {
			must := clerk
			must.MustChange = true
			_, _, err := d.People.Register(ctx, must, servicetest.Na())
			return err
		},
		"a role made up": func() error {
			king := clerk
			king.Role = access.Administrator
			return d.People.Delete(ctx, king, p.ID)
		},
	} {
		if err := try(); err == nil || name != "a clerk installs a pack" && fault.Of(err).Kind != fault.Denied {
			t.Errorf("%s: got %v, want a denial", name, err)
		}
	}
	if got := lines(d); got != before {
		t.Errorf("audit lines: got %d, want %d as before", got, before)
	}
	if _, err := d.People.ByNumber(ctx, d.Who, servicetest.Qing().Number); err != nil {
		t.Errorf("the person is gone: %v", err)
	}
	if list, _ := d.Access.List(ctx, d.Who); len(list) != 2 {
		t.Errorf("logins: got %d, want 2", len(list))
	}
}

func TestAChangeThatFailsLeavesNoLine(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	en := d.Enrol(p.ID)
	before := lines(d)
	heard := 0
	defer d.Watch(func(service.Change) { heard++ })()
	_, err := d.Certificates.Issue(ctx, d.Who, p.ID, "zh")
	if fault.Of(err).Kind != fault.Refused {
		t.Fatalf("a certificate for someone not confirmed: %v", err)
	}
	_, err = d.Enrolment.Apply(ctx, d.Who, enrolment.Application{Person: p.ID, Main: "建筑工程", From: d.Today()})
	if err == nil {
		t.Fatal("enrolled twice at a time")
	}
	_, err = d.Hours.Submit(ctx, d.Who, en.ID)
	d.Refused(err, service.ErrNothingToSubmit)
	_, err = d.Identity.Confirm(ctx, d.Who, "no-such", nil, "")
	d.Refused(err, person.ErrNoPerson)
	if got := lines(d); got != before || heard != 0 {
		t.Errorf("audit lines: got %d, want %d; announced: got %d, want 0", got, before, heard)
	}
}

func TestWatchersHearAfterTheCommit(t *testing.T) {
	d := servicetest.Open(t)
	var heard []service.Change
	found := false
	stop := d.Watch(func(c service.Change) {
		heard = append(heard, c)
		hits, err := d.People.Find(ctx, d.Who, "韦青禾", 5)
		found = err == nil && len(hits) == 1
	})
	p, _, err := d.People.Register(ctx, d.Who, servicetest.Qing())
	d.Must(err)
	if len(heard) != 1 || heard[0].Act != act.RegisterPerson || heard[0].Person != p.ID || !found {
		t.Errorf("heard %v; was there when it was told: %v", heard, found)
	}
	stop()
	d.Register(servicetest.Na())
	if len(heard) != 1 {
		t.Errorf("heard %d changes after stopping", len(heard)-1)
	}
}

func TestALearnerReachesTheirOwnDataOnly(t *testing.T) {
	d := servicetest.Open(t)
	own, other := d.Ready(servicetest.Qing(), 3), d.Ready(servicetest.Na(), 4)
	theirs, err := d.Enrolment.Of(ctx, d.Who, other.ID)
	d.Must(err)
	is, err := d.Certificates.Issue(ctx, d.Who, other.ID, "zh")
	d.Must(err)
	file, err := d.People.Show(ctx, d.Who, other.ID)
	d.Must(err)
	en := theirs[0].ID
	w := d.Login("weiqinghe", access.Learner, own.ID)

	own2, err := d.People.Show(ctx, w, own.ID)
	d.Must(err)
	if own2.Person.Number != "4501**********4213" {
		t.Errorf("own number: got %s, want it masked", own2.Person.Number)
	}
	_, err = d.Hours.Standing(ctx, w, own.ID, "")
	d.Must(err)
	_, err = d.Hours.Courses(ctx, w, "")
	d.Must(err)
	list, err := d.Certificates.Keys(ctx, w)
	d.Must(err)
	if len(list) != 1 {
		t.Errorf("keys: got %d, want 1", len(list))
	}

	for name, try := range map[string]func() (any, error){
		"show":            func() (any, error) { f, err := d.People.Show(ctx, w, other.ID); return f.Person.Name, err },
		"number":          func() (any, error) { return d.People.ShowNumber(ctx, w, other.ID) },
		"by number":       func() (any, error) { p, err := d.People.ByNumber(ctx, w, other.Number); return p.Name, err },
		"export":          func() (any, error) { b, err := d.People.Export(ctx, w, other.ID); return string(b.Document), err },
		"contact":         func() (any, error) { return "", d.People.CorrectContact(ctx, w, other.ID, "13800000000", "", "") },
		"standing":        func() (any, error) { s, err := d.Hours.Standing(ctx, w, other.ID, ""); return s.Enrolment.ID, err },
		"their enrolment": func() (any, error) { s, err := d.Hours.Standing(ctx, w, "", en); return s.Enrolment.ID, err },
		"as one's own":    func() (any, error) { s, err := d.Hours.Standing(ctx, w, own.ID, en); return s.Enrolment.ID, err },
		"payments": func() (any, error) {
			l, err := d.Enrolment.Payments(ctx, w, "", en)
			return id.Enrolment(""), nilIf(l, err)
		},
		"certificates": func() (any, error) { l, err := d.Certificates.List(ctx, w, other.ID); return "", nilIf(l, err) },
		"all":          func() (any, error) { l, err := d.Certificates.List(ctx, w, ""); return "", nilIf(l, err) },
		"copy": func() (any, error) {
			c, err := d.Certificates.Copy(ctx, w, is.Content.Number)
			return string(c.PDF), err
		},
		"photo": func() (any, error) { b, err := d.Identity.Photo(ctx, w, other.ID); return string(b), err },
		"a picture": func() (any, error) {
			b, err := d.Identity.Picture(ctx, w, other.ID, file.Pictures[0].ID)
			return string(b), err
		},
		"a picture as one's own": func() (any, error) {
			b, err := d.Identity.Picture(ctx, w, own.ID, file.Pictures[0].ID)
			return string(b), err
		},
		"history":          func() (any, error) { l, err := d.Audit.Of(ctx, w, other.ID, 10); return "", nilIf(l, err) },
		"everyone's trail": func() (any, error) { l, err := d.Audit.Of(ctx, w, "", 10); return "", nilIf(l, err) },
		"submit":           func() (any, error) { _, err := d.Hours.Submit(ctx, w, en); return "", err },
		"register again": func() (any, error) {
			p, _, err := d.People.Register(ctx, w, servicetest.Na())
			return p.Name, err
		},
		"apply for another": func() (any, error) {
			_, err := d.Enrolment.Apply(ctx, w, enrolment.Application{Person: other.ID, Main: "公路工程", From: d.Today()})
			return "", err
		},
	} {
		got, err := try()
		if err == nil {
			t.Errorf("%s: reached someone else's data", name)
		}
		if s, ok := got.(string); ok && s != "" {
			t.Errorf("%s: refused, and told all the same", name)
		}
	}
}

func nilIf[T any](list []T, err error) error {
	if len(list) > 0 {
		return nil
	}
	return err
}

func TestSomeoneDisabledIsOutAtOnce(t *testing.T) {
	d := servicetest.Open(t)
	clerk := d.Login("lanmei", access.Clerk, "")
	d.Must(d.Access.SetRole(ctx, d.Who, "lanmei", access.Clerk, true))
	_, _, err := d.People.Register(ctx, clerk, servicetest.Qing())
	d.Refused(err, access.ErrDisabled)
	_, err = d.Access.SignIn(ctx, "lanmei", servicetest.Passphrase)
	d.Refused(err, access.ErrDisabled)
	if err := d.Access.SetRole(ctx, d.Who, "zhoumin", access.Clerk, false); err == nil {
		t.Error("no administrator is left")
	}
}

func TestALostPassphraseIsHelpedAtTheDesk(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	d.Login("weiqinghe", access.Learner, p.ID)
	clerk := d.Login("lanmei", access.Clerk, "")
	_, err := d.Access.HandOutCode(ctx, clerk, "weiqinghe", "13800000000")
	d.Refused(err, service.ErrOtherContact)
	_, err = d.Access.HandOutCode(ctx, clerk, "zhoumin", "")
	if err == nil {
		t.Fatal("a code for an administrator was handed out at the desk")
	}
	code, err := d.Access.HandOutCode(ctx, clerk, "weiqinghe", "13877146021")
	d.Must(err)
	w, err := d.Access.SignIn(ctx, "weiqinghe", code)
	d.Must(err)
	_, err = d.People.Show(ctx, w, p.ID)
	d.Refused(err, access.ErrMustChange)
	d.Must(d.Access.ChangePassphrase(ctx, w, code, "桂花巷里第七块青石"))
	w, err = d.Access.SignIn(ctx, "weiqinghe", "桂花巷里第七块青石")
	d.Must(err)
	_, err = d.People.Show(ctx, w, p.ID)
	d.Must(err)
}

func TestTheSameFileAgainIsTheSame(t *testing.T) {
	d := servicetest.Open(t)
	people := sample.People(40, d.Today())
	first, err := d.Exchange.Roster(ctx, d.Who, people.Roster, true, nil)
	d.Must(err)
	if hits, _ := d.Identity.Waiting(ctx, d.Who, 100); first.Added != 40 || len(hits) != 0 {
		t.Fatalf("looking first: added %d of 40, wrote %d", first.Added, len(hits))
	}
	done := 0
	im, err := d.Exchange.Roster(ctx, d.Who, people.Roster, false, func(n int) { done = n })
	d.Must(err)
	if im.Added != 40 || im.Refused != 0 || done != 40 {
		t.Fatalf("added %d, refused %d, told of %d", im.Added, im.Refused, done)
	}
	im, err = d.Exchange.Roster(ctx, d.Who, people.Roster, false, nil)
	d.Must(err)
	if im.Same != 40 || im.Added+im.Changed != 0 {
		t.Errorf("again: %d the same, %d added, %d changed", im.Same, im.Added, im.Changed)
	}
	other := bytes.Replace(people.Roster, []byte("p7@example.cn"), []byte("q7@example.cn"), 1)
	im, err = d.Exchange.Roster(ctx, d.Who, other, false, nil)
	d.Must(err)
	if im.Same != 39 || im.Changed != 1 || len(im.Rows[6].Changes) != 1 {
		t.Errorf("one e-mail changed: %d the same, %d changed, %v", im.Same, im.Changed, im.Rows[6].Changes)
	}
	p, err := d.People.ByNumber(ctx, d.Who, people.Numbers[6])
	d.Must(err)
	if p.Email != "q7@example.cn" {
		t.Error("the changed e-mail was not kept")
	}
	im, err = d.Exchange.Hours(ctx, d.Who, people.Hours, false, nil)
	d.Must(err)
	n := im.Added
	im, err = d.Exchange.Hours(ctx, d.Who, people.Hours, false, nil)
	d.Must(err)
	if n == 0 || im.Same != n || im.Added != 0 {
		t.Errorf("hours again: %d the same of %d, %d added", im.Same, n, im.Added)
	}
}

var errPaper = errors.New("the paper ran out")

func TestABatchGoesOnWhereItStopped(t *testing.T) {
	d := servicetest.Open(t)
	d.Ready(servicetest.Qing(), 3)
	d.Ready(servicetest.Na(), 4)
	third := d.Register(person.Form{Name: "张𬱖", Number: "450105199811208158", Phone: "13101064292"})
	d.Study(third.ID, d.Enrol(third.ID).ID) // studied, and not confirmed

	got := map[string]bool{}
	_, err := d.Certificates.IssueMonth(ctx, d.Who, 2026, 11, "zh", func(is service.Issued) error {
		if len(got) == 1 {
			return errPaper
		}
		got[is.Content.Number] = true
		return nil
	}, nil)
	if !errors.Is(err, errPaper) {
		t.Fatalf("a sink that fails: got %v, want its error", err)
	}
	list, err := d.Certificates.IssueMonth(ctx, d.Who, 2026, 11, "zh", func(is service.Issued) error {
		if got[is.Content.Number] {
			t.Errorf("%s was issued twice", is.Content.Number)
		}
		got[is.Content.Number] = true
		return nil
	}, nil)
	d.Must(err)
	issued, refused := 0, 0
	for _, r := range list {
		if r.Err == nil {
			issued++
		} else if refused++; r.Person != third.ID {
			t.Errorf("refused: %v", r.Err)
		}
	}
	if issued != 1 || refused != 1 || len(got) != 2 {
		t.Errorf("issued %d, refused %d, certificates %d; want 1, 1, 2", issued, refused, len(got))
	}
	gone, stop := context.WithCancel(ctx)
	stop()
	if _, err := d.Certificates.IssueMonth(gone, d.Who, 2026, 11, "zh", nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a batch told to stop: got %v", err)
	}
}

func TestDeletionDestroysThePictures(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Ready(servicetest.Qing(), 3)
	is, err := d.Certificates.Issue(ctx, d.Who, p.ID, "zh")
	d.Must(err)
	file, err := d.People.Show(ctx, d.Who, p.ID)
	d.Must(err)
	if len(file.Pictures) != 1 {
		t.Fatalf("pictures: got %d, want 1", len(file.Pictures))
	}
	d.Must(d.People.Delete(ctx, d.Who, p.ID))
	if _, err := d.Identity.Picture(ctx, d.Who, p.ID, file.Pictures[0].ID); err == nil {
		t.Error("a picture of someone deleted opens")
	}
	if _, err := d.People.Show(ctx, d.Who, p.ID); !errors.Is(err, person.ErrNoPerson) {
		t.Errorf("showing someone deleted: got %v", err)
	}
	for _, q := range []string{"韦青禾", "weiqinghe", "4213", "13877146021", "wei@example.cn"} {
		if hits, err := d.People.Find(ctx, d.Who, q, 10); err != nil || len(hits) != 0 {
			t.Errorf("%d found of someone deleted: %v", len(hits), err)
		}
	}
	r, err := d.Certificates.Verify(ctx, d.Who, is.PDF)
	d.Must(err)
	if !r.Valid {
		t.Error("what was certified does not stand any more")
	}
	if list, err := d.Hours.PassList(ctx, d.Who, 2026, 11); err != nil || len(list.Rows) != 0 {
		t.Errorf("the month's pass list: %d of them, %v", len(list.Rows), err)
	}
	if _, err := d.Hours.Queue(ctx, d.Who, 100, 0); err != nil {
		t.Errorf("the review queue: %v", err)
	}
	if _, err := d.Certificates.IssueMonth(ctx, d.Who, 2026, 11, "zh", func(service.Issued) error { return nil }, nil); err != nil {
		t.Errorf("the month's certificates: %v", err)
	}
	if _, err := d.Audit.Verify(ctx, d.Who); err != nil {
		t.Errorf("the trail: %v", err)
	}
	// They may come back, as someone new.
	d.Register(servicetest.Qing())
}

func TestTheTrailNamesNobody(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Ready(servicetest.Qing(), 3)
	_, err := d.Certificates.Issue(ctx, d.Who, p.ID, "zh")
	d.Must(err)
	_, err = d.People.ShowNumber(ctx, d.Who, p.ID)
	d.Must(err)
	list, err := d.Audit.Lines(ctx, d.Who, store.LineFilter{Limit: 1000})
	d.Must(err)
	acts := map[act.Act]bool{}
	for _, l := range list {
		acts[l.Act] = true
		text := l.About + l.Detail + l.Person + l.Pack
		for _, secret := range []string{"韦青禾", "450103198803124213", "4213", "13877146021", "wei@"} {
			if strings.Contains(text, secret) {
				t.Errorf("a line of %s says something personal", l.Act)
			}
		}
	}
	for _, a := range []act.Act{act.ShowNumber, act.RegisterPerson, act.ConfirmIdentity, act.Pay, act.EnterHours, act.SubmitHours, act.AcceptHours, act.IssueCertificate, act.SignIn} {
		if a != act.SignIn && !acts[a] {
			t.Errorf("%s left no line", a)
		}
	}
	n, err := d.Audit.Verify(ctx, d.Who)
	if err != nil || n != len(list) {
		t.Errorf("verified %d of %d lines: %v", n, len(list), err)
	}
}

func TestWhoVerifiesKnowsWhatWasRevoked(t *testing.T) {
	ours, theirs := servicetest.Open(t), servicetest.Open(t)
	p := ours.Ready(servicetest.Qing(), 3)
	is, err := ours.Certificates.Issue(ctx, ours.Who, p.ID, "zh,en")
	ours.Must(err)
	key, err := ours.Certificates.ExportKey(ctx, ours.Who)
	ours.Must(err)
	known, err := ours.Certificates.PublicKey(ctx, ours.Who)
	ours.Must(err)
	_, err = theirs.Certificates.Trust(ctx, theirs.Who, key, known.Fingerprint)
	theirs.Must(err)
	ours.Clock.Set(servicetest.Start.Add(48 * time.Hour))
	ours.Must(ours.Certificates.Revoke(ctx, ours.Who, is.Content.Number, "wrong-person", ""))
	r, err := theirs.Certificates.Verify(ctx, theirs.Who, is.PDF)
	theirs.Must(err)
	if !r.Valid || r.KnownTo != theirs.Today() {
		t.Errorf("before the list: valid %v, known to %s", r.Valid, r.KnownTo)
	}
	list, err := ours.Certificates.RevocationList(ctx, ours.Who)
	ours.Must(err)
	theirs.Clock.Set(servicetest.Start.Add(72 * time.Hour))
	_, err = theirs.Certificates.TakeList(ctx, theirs.Who, list)
	theirs.Must(err)
	r, err = theirs.Certificates.Verify(ctx, theirs.Who, is.PDF)
	theirs.Must(err)
	if r.Valid || !r.Revoked || r.RevokedReason != "wrong-person" {
		t.Errorf("after the list: %+v", r)
	}
	ours.Refused(ours.Certificates.Revoke(ctx, ours.Who, is.Content.Number, "wrong-person", ""), certificate.ErrRevokedAlready)
	_, err = ours.Certificates.Copy(ctx, ours.Who, is.Content.Number)
	ours.Refused(err, certificate.ErrRevokedAlready)
}

func TestTwoReviewersDecideOnce(t *testing.T) {
	d := servicetest.Open(t)
	p := d.Register(servicetest.Qing())
	en := d.Enrol(p.ID)
	rec, err := d.Hours.Enter(ctx, d.Who, hours.Entry{Learner: p.ID, Course: "绿色施工", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 10 * 2700, On: d.Today().AddDays(-5)})
	d.Must(err)
	_, err = d.Hours.Submit(ctx, d.Who, en.ID)
	d.Must(err)
	results := make(chan error)
	go func() { _, err := d.Hours.Accept(ctx, d.Who, rec.ID); results <- err }()
	go func() { _, err := d.Hours.Return(ctx, d.Who, rec.ID, "no-evidence", ""); results <- err }()
	good := 0
	for range 2 {
		if err := <-results; err == nil {
			good++
		} else if k := fault.Of(err).Kind; k != fault.Refused && k != fault.Changed {
			t.Errorf("the second decision: %v", err)
		}
	}
	if good != 1 {
		t.Errorf("decided %d times, want once", good)
	}
}

// TestALargeSheetKeepsTheRowsThereIsSomethingToSayOf and the first of the others: what is refused at its end is not
// lost among those that are only counted.
func TestALargeSheetKeepsTheRowsThereIsSomethingToSayOf(t *testing.T) {
	d := servicetest.Open(t)
	sheet := sample.People(service.MostPlain+30, d.Today()).Roster
	first := bytes.IndexByte(sheet, '\n') + 1
	row := string(sheet[first : first+bytes.IndexByte(sheet[first:], '\n')+1])
	sheet = append(sheet, row...) // once more: refused
	for _, dryRun := range []bool{true, false} {
		im, err := d.Exchange.Roster(background, d.Who, sheet, dryRun, nil)
		d.Must(err)
		last := im.Rows[len(im.Rows)-1]
		if im.Added != service.MostPlain+30 || im.Refused != 1 || len(im.Rows) != service.MostPlain+1 || im.Further != (service.Further{New: 30}) || last.Verdict != service.Refused {
			t.Errorf("dry %v: %d added, %d refused, %d rows kept, %+v further, the last %s", dryRun, im.Added, im.Refused, len(im.Rows), im.Further, last.Verdict)
		}
	}
	im, err := d.Exchange.Roster(background, d.Who, sheet, true, nil)
	d.Must(err)
	if im.Same != service.MostPlain+30 || im.Further != (service.Further{Same: 30}) || im.Refused != 1 {
		t.Errorf("again: %d the same, %+v further, %d refused", im.Same, im.Further, im.Refused)
	}
}
