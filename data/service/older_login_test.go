package service_test

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"xuezheng/data/access"
	"xuezheng/data/fault"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// somePlace is where a store is that somebody can write to without a passphrase: a folder, or a database.
func somePlace(t *testing.T) string {
	t.Helper()
	if servicetest.OnServer() {
		return servicetest.Database(t)
	}
	return filepath.Join(t.TempDir(), "store")
}

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
	place string
}

func newOldLogins(t *testing.T) *oldLogins {
	t.Helper()
	o := &oldLogins{place: somePlace(t)}
	d := servicetest.OpenAt(t, o.place)
	o.Desk = d
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
	s, err := service.Open(ctx, o.Config(o.place))
	o.Must(err)
	who, err := s.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	o.Must(err)
	return s, who
}

// comesIn opens the store and signs a login in with the passphrase it had before.
func (o *oldLogins) comesIn(name string) error {
	s, err := service.Open(ctx, o.Config(o.place))
	o.Must(err)
	defer s.Close()
	_, err = s.Access.SignIn(ctx, name, servicetest.Passphrase)
	return err
}

// TestAnOlderLoginThatWasPutBackDoesNotSignIn puts a login's row of before back: before its passphrase was
// changed, its role lowered, it was closed or taken away; with all that stands beside it, too.
func TestAnOlderLoginThatWasPutBackDoesNotSignIn(t *testing.T) {
	o := newOldLogins(t)
	for _, name := range []string{"changed", "parts", "lowered", "closed", "learner"} {
		where := fmt.Sprintf(`id = (SELECT id FROM before_login WHERE name = '%s')`, name)
		back := puts("before", "login", where)
		if name == "parts" {
			set := ``
			for i, c := range []string{"salt", "cost", "wrapped"} {
				if i > 0 {
					set += `, `
				}
				set += c + ` = (SELECT ` + c + ` FROM before_login WHERE name = 'parts')`
			}
			back = []string{`UPDATE login SET ` + set + ` WHERE name = 'parts'`}
		}
		for what, more := range map[string][]string{
			"the row":                    nil,
			"and what chains tell":       puts("before", "login_told", `org > ''`),
			"and nothing is told":        {`DELETE FROM login_told`},
			"and where the chain ended":  puts("before", "trail_head", `org > ''`),
			"and both":                   append(puts("before", "login_told", `org > ''`), puts("before", "trail_head", `org > ''`)...),
			"and no chain ends":          {`DELETE FROM trail_head`, `DELETE FROM login_told`},
			"and the line of it is gone": {`DELETE FROM audit_line WHERE about = (SELECT id FROM before_login WHERE name = '` + name + `') AND act <> 'access.sign-in'`, `DELETE FROM login_told`},
		} {
			t.Run(name+" "+what, func(t *testing.T) {
				behindItsBack(t, o.place, append(back, more...)...)
				err := o.comesIn(name)
				if f := fault.Of(err); f == nil || f.Kind != fault.Refused && f.Kind != fault.Denied {
					t.Errorf("signed in: %v", err)
				}
				var swapped []string
				for _, table := range []string{"login", "login_told", "trail_head", "audit_line"} {
					swapped = append(swapped, puts("since", table, `org > ''`)...)
				}
				behindItsBack(t, o.place, swapped...)
			})
		}
	}
	s, who := o.open(t)
	defer s.Close()
	if _, err := s.Audit.Verify(ctx, who); err != nil {
		t.Errorf("swapped back: %v", err)
	}
	if _, err := s.Access.SignIn(ctx, "changed", newPassphrase); err != nil {
		t.Errorf("who knows the new passphrase: %v", err)
	}
	_ = store.ErrRowOlder
	_ = errors.Is
}
