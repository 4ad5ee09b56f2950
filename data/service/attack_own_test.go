package service_test

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// ownChanged is a file in which much of what is the institution's was changed since before: its name, a
// course, who may review, and one thing that was put there since.
func ownChanged(t *testing.T) (f *someFile, before string) {
	t.Helper()
	f = newFile(t)
	s, who, err := f.open(t, f.dir)
	f.d.Must(err)
	_, err = s.Hours.AddCourse(ctx, who, hours.Course{Name: "施工管理", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.FaceToFace, Seconds: 27000})
	f.d.Must(err, s.Close())
	before = filepath.Join(f.changed(t), "xuezheng.db")
	s, who, err = f.open(t, f.dir)
	f.d.Must(err)
	in, err := s.Access.Institution(ctx)
	f.d.Must(err)
	in.Phone = "0771-5550199"
	_, err = s.Hours.AddCourse(ctx, who, hours.Course{Name: "法规", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.FaceToFace, Seconds: 27000})
	f.d.Must(err, s.Access.SetInstitution(ctx, who, in), s.Access.SetRole(ctx, who, "lanmei", access.Reviewer, true), s.Close())
	return f, before
}

// TestAnOlderStateOfWhatIsNobodysIsNotCertified puts rows of before back that belong to no person: the
// settings, a login that was closed; or takes one away. Each carries a seal of its own.
func TestAnOlderStateOfWhatIsNobodysIsNotCertified(t *testing.T) {
	f, before := ownChanged(t)
	for name, change := range map[string]string{
		"the settings":            `REPLACE INTO setting SELECT * FROM old.setting`,
		"a login that was closed": `REPLACE INTO login SELECT * FROM old.login`,
		"a course taken away":     `DELETE FROM course WHERE id NOT IN (SELECT id FROM old.course)`,
		"a login taken away":      `DELETE FROM login WHERE name = 'lanmei'`,
		"the keys taken away":     `DELETE FROM own_key`,
	} {
		t.Run(name, func(t *testing.T) {
			s, who, err := f.open(t, f.changed(t, fmt.Sprintf(`ATTACH '%s' AS old`, before), change))
			f.d.Must(err)
			if is, err := s.Certificates.Issue(ctx, who, f.p.ID, "zh"); !errors.Is(err, store.ErrRowOlder) && !errors.Is(err, store.ErrOwnGone) {
				t.Errorf("issued %q, %v", is.Content.Number, err)
			}
			if v, err := s.Audit.VerifyAll(ctx, who, nil, func(int, int) {}); err != nil || v.OK() {
				t.Errorf("looking at all: %+v, %v", v, err)
			}
		})
	}
}

// TestNoCopyIsPrintedOverAnOlderStateOfWhatIsNobodys issues a certificate, and has it printed once more.
func TestNoCopyIsPrintedOverAnOlderStateOfWhatIsNobodys(t *testing.T) {
	f, before := ownChanged(t)
	s, who, err := f.open(t, f.dir)
	f.d.Must(err)
	is, err := s.Certificates.Issue(ctx, who, f.p.ID, "zh")
	f.d.Must(err)
	_, err = s.Certificates.Copy(ctx, who, is.Content.Number)
	f.d.Must(err, s.Close())
	s, who, err = f.open(t, f.changed(t, fmt.Sprintf(`ATTACH '%s' AS old`, before), `REPLACE INTO setting SELECT * FROM old.setting`))
	f.d.Must(err)
	if _, err := s.Certificates.Copy(ctx, who, is.Content.Number); !errors.Is(err, store.ErrRowOlder) {
		t.Errorf("printed: %v", err)
	}
}

// TestWhatIsChangedWhileTheProgramRunsIsNoticed issues a certificate, so that everything was looked at, and
// then puts rows of before back behind the program's back.
func TestWhatIsChangedWhileTheProgramRunsIsNoticed(t *testing.T) {
	f, before := ownChanged(t)
	second := f.second(t)
	for name, change := range map[string]string{
		"the settings":      `REPLACE INTO setting SELECT * FROM old.setting`,
		"an enrolment gone": `DELETE FROM payment WHERE person = '` + string(second) + `'`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := f.changed(t)
			s, who, err := f.open(t, dir)
			f.d.Must(err)
			_, err = s.Certificates.Issue(ctx, who, f.p.ID, "zh")
			f.d.Must(err)
			sqlDo(t, dir, fmt.Sprintf(`ATTACH '%s' AS old`, before), change)
			if is, err := s.Certificates.Issue(ctx, who, second, "zh"); !errors.Is(err, store.ErrRowOlder) {
				t.Errorf("issued %q, %v", is.Content.Number, err)
			}
		})
	}
}

// TestADoubtThatWasTakenAwayIsNoticed withdraws an hour under a certificate, so that it is to be revoked,
// and takes away the row that says so.
func TestADoubtThatWasTakenAwayIsNoticed(t *testing.T) {
	f := newFile(t)
	s, who, err := f.open(t, f.dir)
	f.d.Must(err)
	list, err := s.Hours.Standing(ctx, who, f.p.ID, "")
	f.d.Must(err)
	is, err := s.Certificates.Issue(ctx, who, f.p.ID, "zh")
	f.d.Must(err)
	_, _, err = s.Hours.Withdraw(ctx, who, list.Accepted.Lines[0].Record.ID, "other", "x")
	f.d.Must(err, s.Close())
	s, who, err = f.open(t, f.changed(t, `DELETE FROM certificate_doubt`))
	f.d.Must(err)
	if _, err := s.Certificates.Copy(ctx, who, is.Content.Number); !errors.Is(err, store.ErrRowOlder) {
		t.Errorf("printed: %v", err)
	}
}

// TestLinesHiddenFromAnIndexAreNotForgotten puts a certificate's row of before back, and hides the line
// that tells of its end from the index by which a person's lines are found.
func TestLinesHiddenFromAnIndexAreNotForgotten(t *testing.T) {
	f := newFile(t)
	s, who, err := f.open(t, f.dir)
	f.d.Must(err)
	is, err := s.Certificates.Issue(ctx, who, f.p.ID, "zh")
	f.d.Must(err, s.Close())
	before := filepath.Join(f.changed(t), "xuezheng.db")
	s, who, err = f.open(t, f.dir)
	f.d.Must(err, s.Certificates.Revoke(ctx, who, is.Content.Number, "other", "x"), s.Close())
	dir := f.changed(t, fmt.Sprintf(`ATTACH '%s' AS old`, before), `REPLACE INTO certificate SELECT * FROM old.certificate`)
	hide(t, dir, "audit_line_person", `act = 'certificate.revoke'`)
	s, who, err = f.open(t, dir)
	f.d.Must(err)
	if lines, err := s.Audit.Lines(ctx, who, store.LineFilter{Person: f.p.ID, Limit: 1000}); err != nil || has(lines, "certificate.revoke") {
		t.Fatalf("the line is still found by the index, %v", err)
	}
	if _, err := s.Certificates.Copy(ctx, who, is.Content.Number); !errors.Is(err, store.ErrRowOlder) {
		t.Errorf("printed: %v", err)
	}
	if v, err := s.Certificates.Verify(ctx, who, is.PDF); err == nil && v.Valid {
		t.Error("it is said to be valid")
	}
	v, err := s.Audit.VerifyAll(ctx, who, nil, func(int, int) {})
	found := map[store.FindingKind]bool{}
	for _, x := range v.Findings {
		found[x.Kind] = true
	}
	if err != nil || !found[store.FileDamaged] || !found[store.RowOlder] {
		t.Errorf("looking at all: %+v, %v", v, err)
	}
}

// TestALineMovedToAnotherPersonIsFound writes another person into a line.
func TestALineMovedToAnotherPersonIsFound(t *testing.T) {
	f := newFile(t)
	s, who, err := f.open(t, f.changed(t, `UPDATE audit_line SET person = 'x' WHERE person = '`+string(f.p.ID)+`' AND act = 'hours.accept'`))
	f.d.Must(err)
	if _, err := s.Certificates.Issue(ctx, who, f.p.ID, "zh"); !errors.Is(err, store.ErrLine) {
		t.Errorf("issuing: %v", err)
	}
}

// TestALineOfBeforeThereWereSealsTellsOfNoRows writes changes of rows into a line whose bare hash does not
// cover them, as whoever puts an older row back would to make the trail add up.
func TestALineOfBeforeThereWereSealsTellsOfNoRows(t *testing.T) {
	d, dir := openOldAt(t, oldStore)
	if _, err := d.Audit.Verify(ctx, d.Who); err != nil {
		t.Fatal(err)
	}
	d.Must(d.Close())
	sqlDo(t, dir, `UPDATE audit_line SET wrote = zeroblob(32) WHERE seq = 2`)
	s, err := service.Open(ctx, d.Config(dir))
	d.Must(err)
	t.Cleanup(func() { s.Close() })
	who, err := s.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	d.Must(err)
	if _, err := s.Audit.Verify(ctx, who); err == nil {
		t.Error("a line of bare hashes may tell of rows")
	}
}

// second is somebody else in the file who has all their hours.
func (f *someFile) second(t *testing.T) id.Person {
	t.Helper()
	s, who, err := f.open(t, f.dir)
	f.d.Must(err)
	d := *f.d
	d.Services, d.Who, d.T = s, who, t
	p := d.Ready(servicetest.Na(), 4)
	d.Must(s.Close())
	return p.ID
}

// hide takes the lines that a condition chooses out of an index of the trail, and lets the index look as if
// it had all of them.
func hide(t *testing.T, dir, index, lines string) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, "xuezheng.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	was := ""
	if err := db.QueryRow(`SELECT sql FROM sqlite_schema WHERE name = ?`, index).Scan(&was); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{`DROP INDEX ` + index, was + ` WHERE NOT (` + lines + `)`, `PRAGMA writable_schema = ON`} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Exec(`UPDATE sqlite_schema SET sql = ? WHERE name = ?`, was, index); err != nil {
		t.Fatal(err)
	}
}

func has(lines []audit.Line, a act.Act) bool {
	return slices.ContainsFunc(lines, func(l audit.Line) bool { return l.Act == a })
}

// TestWhateverIsFoundIsARefusal: scripts are told by one exit code that a store is not as it was left.
func TestWhateverIsFoundIsARefusal(t *testing.T) {
	for _, k := range []store.FindingKind{store.LineChanged, store.LinesGone, store.HeadChanged, store.RowChanged, store.RowOlder, store.RowGone, store.FileDamaged, store.Elsewhere} {
		if f := service.Finding(store.Finding{Kind: k}); f.Kind != fault.Refused {
			t.Errorf("%s is a fault of kind %s", k, f.Kind)
		}
	}
}
