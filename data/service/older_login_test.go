package service_test

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"xuezheng/data/access"
	"xuezheng/data/fault"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// behindItsBack does statements in a store as somebody with the file, or the server, in hand does.
func behindItsBack(t *testing.T, place string, statements ...string) {
	t.Helper()
	driver, name := "sqlite3", filepath.Join(place, "xuezheng.db")
	if strings.HasPrefix(place, "postgres") {
		driver, name = "pgx", place
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range statements {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

// kept copies tables beside themselves, as they are at a moment.
func kept(moment string, tables ...string) (list []string) {
	for _, name := range tables {
		list = append(list, fmt.Sprintf(`CREATE TABLE %s_%s AS SELECT * FROM %s`, moment, name, name))
	}
	return list
}

// puts puts a table's rows of a moment in the place of those that are there.
func puts(moment, name, where string) []string {
	return []string{
		fmt.Sprintf(`DELETE FROM %s WHERE %s`, name, where),
		fmt.Sprintf(`INSERT INTO %s SELECT * FROM %s_%s WHERE %s`, name, moment, name, where),
	}
}

const newPassphrase = "另一句很长的口令 82"

// oldLogins is a store in which logins were changed since rows of theirs were copied.
type oldLogins struct {
	*servicetest.Desk
	place, recovery, seen string
}

func (o *oldLogins) config() service.Config {
	cfg := o.Config(o.place)
	cfg.Seen = o.seen
	return cfg
}

func newOldLogins(t *testing.T) *oldLogins {
	t.Helper()
	d, place, recovery := founded(t)
	o := &oldLogins{Desk: d, place: place, recovery: recovery}
	p := d.Register(servicetest.Qing())
	for name, role := range map[string]access.Role{"changed": access.Clerk, "parts": access.Clerk, "lowered": access.Administrator, "closed": access.Reviewer} {
		_, err := d.Access.Add(ctx, d.Who, name, role, "", servicetest.Passphrase)
		d.Must(err)
	}
	_, err := d.Access.Add(ctx, d.Who, "learner", access.Learner, p.ID, servicetest.Passphrase)
	d.Must(err, d.Close())
	behindItsBack(t, o.place, kept("before", "login", "login_told", "trail_head", "audit_line")...)
	s, who := o.open(t)
	d.Must(s.Access.Reset(ctx, who, "changed", newPassphrase), s.Access.Reset(ctx, who, "parts", newPassphrase),
		s.Access.SetRole(ctx, who, "lowered", access.Clerk, false), s.Access.SetRole(ctx, who, "closed", access.Reviewer, true),
		s.People.Delete(ctx, who, p.ID), s.Close())
	behindItsBack(t, o.place, kept("since", "login", "login_told", "trail_head", "audit_line")...)
	return o
}

// open opens the store and signs its administrator in.
func (o *oldLogins) open(t *testing.T) (*service.Services, access.Who) {
	t.Helper()
	s, err := service.Open(ctx, o.config())
	o.Must(err)
	who, err := s.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	o.Must(err)
	return s, who
}

// comesIn opens the store and signs a login in with the passphrase it had before.
func (o *oldLogins) comesIn(name string) error {
	s, err := service.Open(ctx, o.config())
	o.Must(err)
	defer s.Close()
	_, err = s.Access.SignIn(ctx, name, servicetest.Passphrase)
	return err
}

// back are the statements that put the row of a login as it was before back; of one, only what its passphrase opens.
func back(name string) []string {
	if name != "parts" {
		return puts("before", "login", fmt.Sprintf(`id = (SELECT id FROM before_login WHERE name = '%s')`, name))
	}
	of := func(c string) string { return c + ` = (SELECT ` + c + ` FROM before_login WHERE name = 'parts')` }
	return []string{`UPDATE login SET ` + of("salt") + `, ` + of("cost") + `, ` + of("wrapped") + ` WHERE name = 'parts'`}
}

// restored puts everything as it is.
func (o *oldLogins) restored(t *testing.T) {
	t.Helper()
	for _, table := range []string{"login", "login_told", "trail_head", "audit_line"} {
		behindItsBack(t, o.place, puts("since", table, `org > ''`)...)
	}
}

// TestAnOlderLoginThatWasPutBackDoesNotSignIn puts a login's row of before back: before its passphrase was
// changed, its role lowered, it was closed or taken away; with all that stands beside it, too.
func TestAnOlderLoginThatWasPutBackDoesNotSignIn(t *testing.T) {
	o := newOldLogins(t)
	told, ended := puts("before", "login_told", `org > ''`), puts("before", "trail_head", `org > ''`)
	for what, c := range map[string]struct {
		name string
		more []string
		want *fault.Fault
	}{
		"its passphrase changed":           {"changed", nil, store.ErrLoginOlder},
		"what that opened alone":           {"parts", nil, store.ErrLoginOlder},
		"its role lowered":                 {"lowered", nil, store.ErrLoginOlder},
		"closed":                           {"closed", nil, store.ErrLoginOlder},
		"taken away":                       {"learner", nil, store.ErrLoginOlder},
		"with what is told":                {"lowered", told, store.ErrLoginOlder},
		"nothing is told":                  {"lowered", []string{`DELETE FROM login_told`}, store.ErrLoginOlder},
		"with the end":                     {"lowered", ended, store.ErrLoginUnsure},
		"with both":                        {"lowered", slices.Concat(told, ended), store.ErrLoginUnsure},
		"with both, and a line is changed": {"lowered", slices.Concat(told, ended, []string{`UPDATE audit_line SET hash = 'x' WHERE seq = 1 + (SELECT MAX(seq) FROM trail_head)`}), store.ErrLoginUnsure},
		"no end":                           {"lowered", []string{`DELETE FROM trail_head`, `DELETE FROM login_told`}, store.ErrLoginUnsure},
		"the line of it is gone":           {"lowered", []string{`DELETE FROM audit_line WHERE act = 'access.change-role'`, `DELETE FROM login_told`}, store.ErrLoginUnsure},
	} {
		behindItsBack(t, o.place, append(back(c.name), c.more...)...)
		if err := o.comesIn(c.name); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", what, err, c.want.Key)
		}
		o.restored(t)
	}
	s, who := o.open(t)
	defer s.Close()
	if _, err := s.Audit.Verify(ctx, who); err != nil {
		t.Errorf("swapped back: %v", err)
	}
	clerk, err := s.Access.SignIn(ctx, "changed", newPassphrase)
	o.Must(err)
	behindItsBack(t, o.place, back("changed")...)
	if _, _, err := s.People.Register(ctx, clerk, servicetest.Na()); !errors.Is(err, store.ErrLoginOlder) {
		t.Errorf("who is signed in by then goes on: %v", err)
	}
	_, err = s.Access.SignIn(ctx, "changed", "not this one")
	o.Refused(err, access.ErrWrongPassphrase) // nobody else is told
	o.Must(s.Close())
	behindItsBack(t, o.place, append(back("lowered"), `DELETE FROM login_told`)...)
	o.recovers(t, store.ErrRowOlder)
}

// TestAPartOfAnOlderStoreLetsNobodyIn puts a login back together with the trail of that time, on a machine that saw
// the later one: it is not the older store, since other rows are of later.
func TestAPartOfAnOlderStoreLetsNobodyIn(t *testing.T) {
	o := newOldLogins(t)
	o.seen = t.TempDir()
	s, _ := o.open(t)
	o.Must(s.Close())
	for _, table := range []string{"login", "login_told", "trail_head", "audit_line"} {
		behindItsBack(t, o.place, puts("before", table, `org > ''`)...)
	}
	for range 2 {
		if err := o.comesIn("lowered"); !errors.Is(err, store.ErrLoginUnsure) {
			t.Errorf("got %v, want %s", err, store.ErrLoginUnsure.Key)
		}
	}
	o.recovers(t, store.ErrRowOlder)
}

// recovers gives a login that was put back a new passphrase by the recovery key: then it signs in, and what was done to
// its row is still found.
func (o *oldLogins) recovers(t *testing.T, found *fault.Fault) {
	s, err := service.Open(ctx, o.config())
	o.Must(err)
	defer s.Close()
	o.Must(s.Access.Recover(ctx, o.recovery, "lowered", newPassphrase))
	who, err := s.Access.SignIn(ctx, "lowered", newPassphrase)
	o.Must(err)
	if _, err := s.Audit.Verify(ctx, who); !errors.Is(err, found) {
		t.Errorf("after the recovery key: %v", err)
	}
	if _, err := s.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase); err != nil {
		t.Errorf("somebody else: %v", err)
	}
}
