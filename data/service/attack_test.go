package service_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// someFile is the file of a store in which a learner has all their hours, as somebody with the disk
// in hand has it: without a passphrase.
type someFile struct {
	dir   string
	d     *servicetest.Desk
	clerk access.Who
	p     person.Person
}

func newFile(t *testing.T) *someFile {
	t.Helper()
	dir := t.TempDir()
	d := servicetest.OpenAt(t, dir)
	f := &someFile{dir: dir, d: d, clerk: d.Login("lanmei", access.Clerk, ""), p: d.Ready(servicetest.Qing(), 3)}
	d.Must(d.Close())
	return f
}

// changed is a copy of the file with these changes.
func (f *someFile) changed(t *testing.T, statements ...string) string {
	t.Helper()
	copied := t.TempDir()
	if err := os.CopyFS(copied, os.DirFS(f.dir)); err != nil {
		t.Fatal(err)
	}
	sqlDo(t, copied, statements...)
	return copied
}

// open opens a copy and signs in its administrator.
func (f *someFile) open(t *testing.T, dir string) (*service.Services, access.Who, error) {
	t.Helper()
	s, err := service.Open(ctx, f.d.Config(dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	who, err := s.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	return s, who, err
}

// TestWhatSomebodyWroteIntoTheFileIsNeverCertified changes rows behind the program's back: each is
// named when it is read, found when the trail is looked at, and no certificate rests on it.
func TestWhatSomebodyWroteIntoTheFileIsNeverCertified(t *testing.T) {
	f := newFile(t)
	for name, change := range map[string]string{
		"hours times six":              `UPDATE hour_record SET seconds = seconds * 6`,
		"a record accepted":            `UPDATE hour_record SET note = 'x' WHERE state = 'accepted'`,
		"somebody confirmed":           `UPDATE decision SET by_login = 'x'`,
		"another name":                 `UPDATE person SET name = '陈娜'`,
		"a payment earlier":            `UPDATE payment SET paid_on = paid_on - 100`,
		"another period":               `UPDATE enrolment SET to_day = to_day + 1000`,
		"another day of the photo":     `UPDATE picture SET taken_on = taken_on + 1`,
		"the institution's name":       `UPDATE setting SET value = '另一家' WHERE name = 'institution.name'`,
		"other rules":                  `UPDATE pack SET version = '9'`,
		"an older key":                 `UPDATE own_key SET made_at = 1`,
		"a record that nobody entered": `INSERT INTO hour_record SELECT org, id || 'x', seq, person, enrolment, course || 'x', kind, specialty, mode, seconds, paid_on, done_on, mark, evidence, source, state, entered_at, submitted_on, due, decided_at, decided_by, reason, note, version, entered_by, seal FROM hour_record LIMIT 1`,
	} {
		t.Run(name, func(t *testing.T) {
			s, who, err := f.open(t, f.changed(t, change))
			if err == nil {
				_, err = s.Certificates.Issue(ctx, who, f.p.ID, "zh")
			}
			if !errors.Is(err, store.ErrRow) {
				t.Errorf("issuing: %v", err)
			}
			if who.Login == "" {
				return // not even signed in
			}
			v, err := s.Audit.VerifyAll(ctx, who, nil, func(int, int) {})
			if err != nil || v.OK() || v.Findings[0].Kind != store.RowChanged {
				t.Errorf("found %+v, %v", v, err)
			}
		})
	}
}

// TestACountThatSomebodyTurnedBackGivesOutNoNumber turns the count of certificates back.
func TestACountThatSomebodyTurnedBackGivesOutNoNumber(t *testing.T) {
	f := newFile(t)
	s, who, err := f.open(t, f.dir)
	f.d.Must(err)
	_, err = s.Certificates.Issue(ctx, who, f.p.ID, "zh")
	f.d.Must(err, s.Close())
	s, who, err = f.open(t, f.changed(t, `UPDATE counter SET value = 0 WHERE name LIKE 'certificate%'`))
	f.d.Must(err)
	f.d.Must(s.Certificates.Revoke(ctx, who, first(t, s, who).Number, "other", "x"))
	if is, err := s.Certificates.Issue(ctx, who, f.p.ID, "zh"); !errors.Is(err, store.ErrRow) {
		t.Errorf("issued %q, %v", is.Content.Number, err)
	}
}

// TestACountThatSomebodyTookAwayGivesOutNoNumber takes counts and blocks of numbers away, where no
// machine's own note remembers them.
func TestACountThatSomebodyTookAwayGivesOutNoNumber(t *testing.T) {
	f := newFile(t)
	s, who, err := f.open(t, f.dir)
	f.d.Must(err)
	_, err = s.Certificates.Issue(ctx, who, f.p.ID, "zh")
	f.d.Must(err, s.Close())
	for name, changes := range map[string][]string{
		"the count":  {`DELETE FROM counter WHERE name LIKE 'certificate%'`},
		"all counts": {`DELETE FROM counter`},
	} {
		t.Run(name, func(t *testing.T) {
			s, who, err := f.open(t, f.changed(t, changes...))
			f.d.Must(err)
			v, err := s.Audit.VerifyAll(ctx, who, nil, func(int, int) {})
			if err != nil || !slices.ContainsFunc(v.Findings, func(f store.Finding) bool {
				return f.Kind == store.RowChanged && f.Table == "counter" && strings.HasPrefix(f.Key, "certificate ")
			}) {
				t.Errorf("found %+v, %v", v, err)
			}
			f.d.Must(s.Certificates.Revoke(ctx, who, first(t, s, who).Number, "other", "x"))
			if is, err := s.Certificates.Issue(ctx, who, f.p.ID, "zh"); !errors.Is(err, store.ErrRow) {
				t.Errorf("issued %q, %v", is.Content.Number, err)
			}
		})
	}
}

// first is the certificate there is.
func first(t *testing.T, s *service.Services, who access.Who) service.Listed {
	t.Helper()
	list, err := s.Certificates.List(ctx, who, "")
	if err != nil || len(list) == 0 {
		t.Fatalf("%d certificates, %v", len(list), err)
	}
	return list[0]
}

// TestALoginThatSomebodyWroteDoesNotSignIn makes a clerk an administrator, and gives somebody
// disabled their login back.
func TestALoginThatSomebodyWroteDoesNotSignIn(t *testing.T) {
	f := newFile(t)
	for name, change := range map[string]string{
		"an administrator": `UPDATE login SET role = 'administrator' WHERE name = 'lanmei'`,
		"another's person": `UPDATE login SET person = 'x' WHERE name = 'lanmei'`,
		"another's name":   `UPDATE login SET name = 'lanmei', id = 'x' WHERE name = 'lanmei'`,
	} {
		s, err := service.Open(ctx, f.d.Config(f.changed(t, change)))
		f.d.Must(err)
		if who, err := s.Access.SignIn(ctx, "lanmei", servicetest.Passphrase); err == nil || who.Login != "" {
			t.Errorf("%s: signed in as %+v, %v", name, who, err)
		}
		if _, err := s.People.Find(ctx, f.clerk, "韦", 5); err == nil {
			t.Errorf("%s: and the store is open", name)
		}
		s.Close()
	}
}

// TestATrailThatWasCutIsFoundAndSaysWhere takes lines away at every place, and also makes what is
// left look whole.
func TestATrailThatWasCutIsFoundAndSaysWhere(t *testing.T) {
	f := newFile(t)
	last := `(SELECT MAX(seq) FROM audit_line)`
	for name, c := range map[string]struct {
		kind    store.FindingKind
		changes []string
	}{
		"the tail":                          {store.LinesGone, []string{`DELETE FROM audit_line WHERE seq > ` + last + ` - 3`}},
		"the tail, with another head":       {store.HeadChanged, []string{`DELETE FROM audit_line WHERE seq > ` + last + ` - 3`, `UPDATE trail_head SET seq = ` + last + `, code = (SELECT hash FROM audit_line ORDER BY seq DESC LIMIT 1)`}},
		"the tail, and the head":            {store.HeadChanged, []string{`DELETE FROM audit_line WHERE seq > ` + last + ` - 3`, `DELETE FROM trail_head`}},
		"all of it":                         {store.LinesGone, []string{`DELETE FROM audit_line`}},
		"one line":                          {store.LinesGone, []string{`DELETE FROM audit_line WHERE seq = 5`}},
		"one line, and the rest moved down": {store.LineChanged, []string{`DELETE FROM audit_line WHERE seq = 5`, `UPDATE audit_line SET seq = -seq WHERE seq > 5`, `UPDATE audit_line SET seq = -seq - 1 WHERE seq < 0`}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := f.changed(t)
			s, who, err := f.open(t, dir)
			f.d.Must(err)
			sqlDo(t, dir, c.changes...)
			v, err := s.Audit.VerifyAll(ctx, who, nil, func(int, int) {})
			f.d.Must(err)
			found := map[store.FindingKind]bool{}
			for _, x := range v.Findings {
				found[x.Kind] = true
			}
			if !found[c.kind] {
				t.Errorf("found %+v, want %s", v.Findings, c.kind)
			}
			if _, err := s.Certificates.Issue(ctx, who, f.p.ID, "zh"); err == nil {
				t.Error("a certificate over it")
			}
		})
	}
}

// TestNobodySignsInWhereNothingIsToldOfLogins takes the trail away, or makes another: whoever knows a passphrase
// that held once would come in.
func TestNobodySignsInWhereNothingIsToldOfLogins(t *testing.T) {
	f := newFile(t)
	for name, change := range map[string]func(dir string){
		"no line, and no end": func(dir string) { sqlDo(t, dir, `DELETE FROM audit_line`, `DELETE FROM trail_head`) },
		"no end, and no last lines": func(dir string) {
			sqlDo(t, dir, `DELETE FROM audit_line WHERE seq > (SELECT MAX(seq) FROM audit_line) - 3`, `DELETE FROM trail_head`)
		},
		"another trail": func(dir string) { rewrite(t, dir) },
	} {
		dir := f.changed(t)
		change(dir)
		if _, who, err := f.open(t, dir); !errors.Is(err, store.ErrLoginUnsure) || who.Login != "" {
			t.Errorf("%s: signed in as %+v, %v", name, who, err)
		}
	}
}

// TestATrailMadeAnewIsFound chains all of it by bare hashes again, as whoever knows the old way can.
func TestATrailMadeAnewIsFound(t *testing.T) {
	f := newFile(t)
	dir := f.changed(t)
	s, who, err := f.open(t, dir)
	f.d.Must(err)
	rewrite(t, dir)
	v, err := s.Audit.VerifyAll(ctx, who, nil, func(int, int) {})
	f.d.Must(err)
	found := map[store.FindingKind]bool{}
	for _, x := range v.Findings {
		found[x.Kind] = true
	}
	if !found[store.HeadChanged] || !found[store.LineChanged] {
		t.Errorf("found %+v", v.Findings)
	}
}

// rewrite takes the third line out of a trail and chains the rest anew.
func rewrite(t *testing.T, dir string) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, "xuezheng.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`DELETE FROM audit_line WHERE seq = 3; UPDATE audit_line SET seq = seq - 1 WHERE seq > 3`); err != nil {
		t.Fatal(err)
	}
	n, prev := 0, audit.Line{}
	if err := db.QueryRow(`SELECT MAX(seq) FROM audit_line`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	for seq := 1; seq <= n; seq++ {
		l := audit.Line{Chain: "desk"}
		if err := db.QueryRow(`SELECT chain, who, machine, act, about, person, pack, detail FROM audit_line WHERE seq = ?`, seq).
			Scan(&l.Chain, &l.Who, &l.Machine, &l.Act, &l.About, &l.Person, &l.Pack, &l.Detail); err != nil {
			t.Fatal(err)
		}
		l = audit.Unkeyed().Follow(prev, l)
		if _, err := db.Exec(`UPDATE audit_line SET at = ?, prev = ?, hash = ? WHERE seq = ?`, l.At.UnixMilli(), l.Prev, l.Hash, seq); err != nil {
			t.Fatal(err)
		}
		prev = l
	}
	if _, err := db.Exec(`UPDATE trail_head SET seq = ?, code = ?, keyed_from = ?`, prev.Seq, prev.Hash, n+1); err != nil {
		t.Fatal(err)
	}
}

// TestARowThatWasPutBackIsNotCertified withdraws an hour and puts the row of before, with its own
// seal, back into the file; or takes a row away.
func TestARowThatWasPutBackIsNotCertified(t *testing.T) {
	dir := t.TempDir()
	d := servicetest.OpenAt(t, dir)
	p := d.Ready(servicetest.Qing(), 3)
	d.Must(d.Close())
	before := t.TempDir()
	d.Must(os.CopyFS(before, os.DirFS(dir)))
	f := &someFile{dir: dir, d: d, p: p}
	s, who, err := f.open(t, dir)
	d.Must(err)
	list, err := s.Hours.Standing(ctx, who, p.ID, "")
	d.Must(err)
	r := list.Accepted.Lines[0].Record
	_, _, err = s.Hours.Withdraw(ctx, who, r.ID, "other", "x")
	d.Must(err, s.Close())
	old := filepath.Join(before, "xuezheng.db")
	for name, changes := range map[string][]string{
		"an hour":                {`REPLACE INTO hour_record SELECT * FROM old.hour_record`},
		"an hour, and its trace": {`REPLACE INTO hour_record SELECT * FROM old.hour_record`, `DELETE FROM hour_record_was`},
		"a row taken away":       {`DELETE FROM payment`},
		"the lines of it too":    {`REPLACE INTO hour_record SELECT * FROM old.hour_record`, `DELETE FROM hour_record_was`, `DELETE FROM audit_line WHERE seq > (SELECT MAX(seq) FROM old.audit_line)`},
		"and the head":           {`REPLACE INTO hour_record SELECT * FROM old.hour_record`, `DELETE FROM hour_record_was`, `DELETE FROM audit_line WHERE act = 'hours.withdraw'`},
	} {
		t.Run(name, func(t *testing.T) {
			s, who, err := f.open(t, f.changed(t, append([]string{fmt.Sprintf(`ATTACH '%s' AS old`, old)}, changes...)...))
			d.Must(err)
			_, err = s.Certificates.Issue(ctx, who, p.ID, "zh")
			if !errors.Is(err, store.ErrRowOlder) && !errors.Is(err, store.ErrLine) {
				t.Errorf("issuing: %v", err)
			}
			if v, err := s.Audit.VerifyAll(ctx, who, nil, func(int, int) {}); err != nil || v.OK() {
				t.Errorf("looking at all: %+v, %v", v, err)
			}
		})
	}
}

// TestAStoreWithoutItsSealsDoesNotOpen takes every seal away, so that the file looks like one of
// before there were any.
func TestAStoreWithoutItsSealsDoesNotOpen(t *testing.T) {
	f := newFile(t)
	unseal := []string{`UPDATE hour_record SET seconds = seconds * 6`, `DELETE FROM wrapped_key WHERE kind = 'secret-sealed'`}
	if _, _, err := f.open(t, f.changed(t, unseal...)); !errors.Is(err, store.ErrUnsealed) {
		t.Errorf("the mark: %v", err)
	}
	unseal = append(unseal, `DELETE FROM trail_head`, `UPDATE setting SET seal = ''`, `UPDATE hour_record SET seal = ''`)
	if s, who, err := f.open(t, f.changed(t, unseal...)); !errors.Is(err, store.ErrUnsealed) {
		_, issued := s.Certificates.Issue(ctx, who, f.p.ID, "zh")
		t.Errorf("all that says so: %v, then %v", err, issued)
	}
	unseal = append(unseal, `DELETE FROM own_key`, `INSERT INTO setting (org, name, value) SELECT org, 'home', '1' FROM setting LIMIT 1`, `DELETE FROM audit_line`)
	if _, _, err := f.open(t, f.changed(t, unseal...)); !errors.Is(err, store.ErrUnsealed) {
		t.Errorf("the signing key, too: %v", err)
	}
}

// TestAnotherKindOfValueIsNoticed writes bytes where text belongs: the engine takes them for another
// value, and reads them as the same.
func TestAnotherKindOfValueIsNoticed(t *testing.T) {
	f := newFile(t)
	for name, change := range map[string]string{
		"an enrolment": `UPDATE hour_record SET enrolment = CAST(enrolment AS BLOB)`,
		"a person":     `UPDATE hour_record SET person = CAST(person AS BLOB)`,
		"an amount":    `UPDATE hour_record SET seconds = 'x'`,
		"a chain":      `UPDATE audit_line SET chain = CAST(chain AS BLOB) WHERE seq = 5`,
	} {
		s, who, err := f.open(t, f.changed(t, change))
		if err != nil {
			continue
		}
		v, err := s.Audit.VerifyAll(ctx, who, nil, func(int, int) {})
		if err == nil && v.OK() {
			t.Errorf("%s: nothing is found", name)
		}
		if _, err := s.Certificates.Issue(ctx, who, f.p.ID, "zh"); err == nil {
			t.Errorf("%s: a certificate", name)
		}
	}
}

// TestAnOldStoreIsSealedOnceWithAWord opens the first version's store twice.
func TestAnOldStoreIsSealedOnceWithAWord(t *testing.T) {
	d := openOld(t, oldStore)
	if n := d.Audit.SealedNow(); n < 20 {
		t.Errorf("%d rows were sealed", n)
	}
	if _, err := d.Audit.Verify(ctx, d.Who); err != nil {
		t.Errorf("the trail: %v", err)
	}
	d.Access.SignOut()
	who, err := d.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	d.Must(err)
	lines, err := d.Audit.Lines(ctx, who, store.LineFilter{Act: "store.seal"})
	d.Must(err)
	people := map[string]int{}
	for _, l := range lines {
		people[l.Person]++
	}
	for p, n := range people {
		if n > 1 {
			t.Errorf("%d lines of %q", n, p)
		}
	}
	if len(people) < 3 {
		t.Errorf("lines of %d people", len(people))
	}
}

// TestWhatRemembersALaterLineFindsAnOlderStore keeps the trail's end, and a certificate, and puts
// the file of before back.
func TestWhatRemembersALaterLineFindsAnOlderStore(t *testing.T) {
	f := newFile(t)
	before := f.changed(t)
	s, who, err := f.open(t, f.dir)
	f.d.Must(err)
	is, err := s.Certificates.Issue(ctx, who, f.p.ID, "zh")
	f.d.Must(err)
	second, err := s.Certificates.Copy(ctx, who, is.Content.Number)
	f.d.Must(err)
	heads, err := s.Audit.Heads(ctx, who)
	f.d.Must(err)
	own, err := s.Audit.Remembered(ctx, who, "beleg.pdf", second.PDF)
	f.d.Must(err)
	kept := []store.Outside{{Name: "note", Head: heads[0]}}
	if v, err := s.Audit.VerifyAll(ctx, who, append(kept, own...), func(int, int) {}); err != nil || !v.OK() {
		t.Errorf("the store it was: %+v, %v", v, err)
	}
	f.d.Must(s.Close())
	f.d.Clock.Set(servicetest.Start.AddDate(0, 0, 2))
	old, who, err := f.open(t, before)
	f.d.Must(err)
	for _, o := range append(kept, own...) {
		v, err := old.Audit.VerifyAll(ctx, who, []store.Outside{o}, func(int, int) {})
		if err != nil || len(v.Findings) != 1 || v.Findings[0].Kind != store.Elsewhere || v.Findings[0].Key != o.Name {
			t.Errorf("%s: %+v, %v", o.Name, v, err)
		}
	}
	if _, err := old.Audit.Remembered(ctx, who, "x", []byte("{}")); !errors.Is(err, service.ErrNoHead) {
		t.Errorf("a file that remembers nothing: %v", err)
	}
}

// TestThisMachineRemembersWhereTheTrailEnded puts a store back under a program that saw the later one:
// it says so, and finds it, until somebody who may goes on with it; the trail tells of both.
func TestThisMachineRemembersWhereTheTrailEnded(t *testing.T) {
	f := newFile(t)
	seen, other := t.TempDir(), t.TempDir()
	open := func(dir string) (*service.Services, access.Who) {
		c := f.d.Config(dir)
		c.Seen = seen
		s, err := service.Open(ctx, c)
		f.d.Must(err)
		who, err := s.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
		f.d.Must(err)
		return s, who
	}
	older := func(s *service.Services) bool {
		for _, w := range s.Access.Warnings() {
			if errors.Is(w, service.ErrTrailOlder) {
				return true
			}
		}
		return false
	}
	before, once := f.changed(t), f.changed(t)
	s, _ := open(f.dir)
	if older(s) {
		t.Error("the first time it is seen")
	}
	f.d.Must(s.Close())
	s, _ = open(f.dir)
	if older(s) {
		t.Error("the store it was")
	}
	f.d.Must(s.Close(), os.CopyFS(other, os.DirFS(seen)))
	f.d.Clock.Set(servicetest.Start.AddDate(0, 0, 2))
	s, who := open(before)
	if !older(s) {
		t.Error("nothing was said of an older store")
	}
	lines, err := s.Audit.Lines(ctx, who, store.LineFilter{Act: "store.catch-up"})
	if err != nil || len(lines) == 0 {
		t.Errorf("%d lines tell of it, %v", len(lines), err)
	}
	found := func(s *service.Services, who access.Who) bool {
		_, err := s.Audit.Verify(ctx, who)
		return errors.Is(err, service.ErrTrailOlder)
	}
	for i := range 60 { // the older store grows beyond what was seen, and is still the older one
		f.d.Must(s.Access.SetRole(ctx, who, "lanmei", access.Clerk, i%2 == 0))
	}
	if !found(s, who) {
		t.Error("a look at the trail is content")
	}
	f.d.Must(s.Close())
	s, who = open(before)
	if !older(s) || !found(s, who) {
		t.Error("forgotten after one sign-in")
	}
	mine := seen
	seen = other
	f.d.Must(s.Close())
	s, who = open(before)
	if !older(s) || !found(s, who) {
		t.Error("another machine that saw it says nothing")
	}
	seen = mine
	f.d.Must(s.Close())
	s, who = open(before)
	if again, err := s.Audit.Lines(ctx, who, store.LineFilter{Act: "store.catch-up"}); err != nil || len(again) != len(lines) {
		t.Errorf("told %d times, %v", len(again), err)
	}
	if _, err := s.Audit.AcceptOlder(ctx, f.clerk); !errors.Is(err, access.ErrDenied) {
		t.Errorf("a clerk goes on with it: %v", err)
	}
	lost, err := s.Audit.AcceptOlder(ctx, who)
	f.d.Must(err)
	told, err := s.Audit.Lines(ctx, who, store.LineFilter{Act: act.AcceptOlder})
	f.d.Must(err)
	if len(lost) == 0 || len(told) != len(lost) || told[0].Detail != fmt.Sprintf("lost %d %d", lost[0].From, lost[0].To) || lost[0].From >= lost[0].To {
		t.Errorf("lost %+v, told %+v", lost, told)
	}
	if older(s) || found(s, who) {
		t.Error("still said, after somebody who may went on")
	}
	if _, err := s.Audit.AcceptOlder(ctx, who); !errors.Is(err, service.ErrNotOlder) {
		t.Errorf("went on twice: %v", err)
	}
	f.d.Must(s.Close())
	s, who = open(before)
	if older(s) || found(s, who) {
		t.Error("said again")
	}
	f.d.Must(s.Close())
	if s, who = open(once); !older(s) || !found(s, who) {
		t.Error("put back once more to before that was said, and nothing is")
	}
	f.d.Must(s.Close())
}

// TestOneBadRowStopsNobodyElse changes one record that waits: the others are listed, whoever signs in
// hears of it, and no backup from before gives way.
func TestOneBadRowStopsNobodyElse(t *testing.T) {
	dir, folder := t.TempDir(), t.TempDir()
	d := servicetest.OpenAt(t, dir)
	p, q := d.Register(servicetest.Qing()), d.Register(servicetest.Na())
	d.Confirm(p.ID, 3)
	en := d.Enrol(p.ID)
	d.Study(p.ID, en.ID)
	_, err := d.Hours.Enter(ctx, d.Who, hours.Entry{Learner: p.ID, Enrolment: en.ID, Course: "又一门", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 2700, On: d.Today(), Source: hours.FromDesk})
	d.Must(err)
	before, err := d.Hours.Unsubmitted(ctx, d.Who, "", 100, 0)
	d.Must(err, d.Backups.SetSettings(ctx, d.Who, service.BackupSettings{Folder: folder}))
	good, err := d.Backups.Create(ctx, d.Who, "", func(int, int) {})
	d.Must(err, d.Close())
	sqlDo(t, dir, `UPDATE hour_record SET seconds = seconds * 6 WHERE state = 'entered' AND id = (SELECT MIN(id) FROM hour_record WHERE state = 'entered')`)
	f := &someFile{dir: dir, d: d, p: p}
	s, who, err := f.open(t, dir)
	d.Must(err)
	looksThrough(t, s, who)
	s.Access.SignOut()
	if spoiltSaid(s) {
		t.Error("said to whoever comes next, before they signed in")
	}
	who, err = s.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	d.Must(err)
	looksThrough(t, s, who)
	after, err := s.Hours.Unsubmitted(ctx, who, "", 100, 0)
	if err != nil || len(after) != len(before)-1 {
		t.Errorf("%d of %d are listed, %v", len(after), len(before), err)
	}
	if _, err := s.People.Show(ctx, who, q.ID); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	second, err := s.Backups.Create(ctx, who, "", func(int, int) {})
	d.Must(err)
	if !second.Spoilt || good.Spoilt {
		t.Errorf("spoilt: the first %v, the second %v", good.Spoilt, second.Spoilt)
	}
	if _, err := os.Stat(good.Path); err != nil || second.Path == good.Path {
		t.Errorf("the backup from before: %v", err)
	}
	if last, err := s.Backups.Last(ctx); err != nil || last.Trouble != service.ErrBackupOfSpoilt.Key {
		t.Errorf("of the last backup it is said %+v, %v", last, err)
	}
}

// looksThrough has the store looked through, and waits until it is announced that something was found.
func looksThrough(t *testing.T, s *service.Services, who access.Who) {
	t.Helper()
	heard := make(chan service.Change, 1)
	stop := s.Watch(func(c service.Change) {
		if c.Act == act.VerifyAudit {
			heard <- c
		}
	})
	defer stop()
	s.Audit.Glance(who)
	s.Audit.Glance(who) // once is enough
	select {
	case <-heard:
	case <-time.After(time.Minute):
		t.Fatal("nothing was said at sign-in")
	}
	if !spoiltSaid(s) {
		t.Error("announced, and not among the warnings")
	}
}

func spoiltSaid(s *service.Services) bool {
	return slices.ContainsFunc(s.Access.Warnings(), func(w *fault.Fault) bool { return errors.Is(w, service.ErrSpoilt) })
}

// TestALookThroughTheStoreEndsWithIt closes services while the store is looked through.
func TestALookThroughTheStoreEndsWithIt(t *testing.T) {
	dir := t.TempDir()
	d := servicetest.OpenAt(t, dir)
	d.Register(servicetest.Qing())
	d.Must(d.Close())
	for range 20 {
		s, who, err := (&someFile{dir: dir, d: d}).open(t, dir)
		d.Must(err)
		s.Audit.Glance(who)
		d.Must(s.Close())
		if spoiltSaid(s) {
			t.Fatal("something was found in a store that is as it was left")
		}
	}
}

// TestARevokedCertificateThatWasPutBackIsNoticed puts the row of before back: it is neither printed,
// nor said to be valid, nor left out of a signed list.
func TestARevokedCertificateThatWasPutBackIsNoticed(t *testing.T) {
	f := newFile(t)
	s, who, err := f.open(t, f.dir)
	f.d.Must(err)
	is, err := s.Certificates.Issue(ctx, who, f.p.ID, "zh")
	f.d.Must(err, s.Close())
	before := f.changed(t)
	s, who, err = f.open(t, f.dir)
	f.d.Must(err, s.Certificates.Revoke(ctx, who, is.Content.Number, "other", "x"))
	_, err = s.Certificates.RevocationList(ctx, who)
	f.d.Must(err, s.Close())
	s, who, err = f.open(t, f.changed(t, fmt.Sprintf(`ATTACH '%s' AS old`, filepath.Join(before, "xuezheng.db")), `REPLACE INTO certificate SELECT * FROM old.certificate`))
	f.d.Must(err)
	if _, err := s.Certificates.Copy(ctx, who, is.Content.Number); !errors.Is(err, store.ErrRowOlder) {
		t.Errorf("printed: %v", err)
	}
	if v, err := s.Certificates.Verify(ctx, who, is.PDF); err == nil && v.Valid {
		t.Error("it is said to be valid")
	}
	if _, err := s.Certificates.RevocationList(ctx, who); !errors.Is(err, store.ErrRowOlder) {
		t.Errorf("a signed list: %v", err)
	}
}

// TestWhoIsDeletedLeavesATrailThatAddsUp deletes somebody who has a ticket, and looks at what is left.
func TestWhoIsDeletedLeavesATrailThatAddsUp(t *testing.T) {
	f := newFile(t)
	s, who, err := f.open(t, f.dir)
	f.d.Must(err)
	is, err := s.Certificates.Issue(ctx, who, f.p.ID, "zh")
	f.d.Must(err, s.People.Delete(ctx, who, f.p.ID))
	if _, err := s.Audit.Verify(ctx, who); err != nil {
		t.Errorf("the trail: %v", err)
	}
	if v, err := s.Certificates.Verify(ctx, who, is.PDF); err != nil || !v.Valid {
		t.Errorf("the certificate outlives its holder: %v, %v", v.Why, err)
	}
}

// TestWhatActsByItselfIsNotOpened puts a trigger and a view into the file.
func TestWhatActsByItselfIsNotOpened(t *testing.T) {
	f := newFile(t)
	for name, change := range map[string]string{
		"a trigger": `CREATE TRIGGER x BEFORE INSERT ON hour_record BEGIN SELECT RAISE(IGNORE); END`,
		"a view":    `CREATE VIEW x AS SELECT * FROM person`,
	} {
		if s, err := service.Open(ctx, f.d.Config(f.changed(t, change))); !errors.Is(err, store.ErrDamaged) {
			s.Close()
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAStoreWithoutItsKeyIsNotFoundedAnew takes the recovery key's row away.
func TestAStoreWithoutItsKeyIsNotFoundedAnew(t *testing.T) {
	f := newFile(t)
	dir := f.changed(t, `DELETE FROM wrapped_key WHERE kind = 'recovery'`)
	_, _, _, err := service.Init(ctx, f.d.Config(dir), service.Founding{Institution: "另一家", Pack: "guangxi-second-class-constructor", Passphrase: servicetest.Passphrase})
	if !errors.Is(err, store.ErrExists) {
		t.Errorf("founded over it: %v", err)
	}
}

// TestALinkInTheFolderIsNotFollowed lays links in the place of the store's own files.
func TestALinkInTheFolderIsNotFollowed(t *testing.T) {
	f := newFile(t)
	victim := filepath.Join(t.TempDir(), "victim")
	f.d.Must(os.WriteFile(victim, []byte("mine"), 0o644))
	for _, name := range []string{"ballast", "owner.lock"} {
		os.Remove(filepath.Join(f.dir, name))
		if err := os.Symlink(victim, filepath.Join(f.dir, name)); err != nil {
			t.Skip("no links here")
		}
	}
	s, _, err := f.open(t, f.dir)
	f.d.Must(err, s.Close())
	if b, err := os.ReadFile(victim); err != nil || string(b) != "mine" {
		t.Errorf("somebody else's file holds %d bytes, %v", len(b), err)
	}
}

// TestWhatAnothersPassphraseOpensIsNotCalledAWrongPassphrase puts what one login's passphrase opens into another's row.
func TestWhatAnothersPassphraseOpensIsNotCalledAWrongPassphrase(t *testing.T) {
	f := newFile(t)
	s, who, err := f.open(t, f.dir)
	f.d.Must(err)
	_, err = s.Access.Add(ctx, who, "tangning", access.Administrator, "", servicetest.Passphrase)
	f.d.Must(err, s.Close())
	for _, columns := range []string{"wrapped", "salt", "wrapped, salt", "cost"} {
		change := `UPDATE login SET cost = 'x' WHERE name = 'zhoumin'`
		if columns != "cost" {
			change = `UPDATE login SET (` + columns + `) = (SELECT ` + columns + ` FROM login WHERE name = 'lanmei') WHERE name = 'zhoumin'`
		}
		s, _, err := f.open(t, f.changed(t, change))
		if errors.Is(err, access.ErrWrongPassphrase) || !errors.Is(err, store.ErrRow) && !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: %v", columns, err)
		}
		who, err := s.Access.SignIn(ctx, "tangning", servicetest.Passphrase)
		f.d.Must(err)
		v, err := s.Audit.VerifyAll(ctx, who, nil, func(int, int) {})
		if err != nil || !slices.ContainsFunc(v.Findings, func(x store.Finding) bool { return x.Table == "login" }) {
			t.Errorf("%s: found %+v, %v", columns, v, err)
		}
	}
}
