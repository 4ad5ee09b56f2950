package service_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"xuezheng/data/audit"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// TestATamperedTrailIsFound changes the trail behind the program's back, as someone with the
// disk in hand could.
func TestATamperedTrailIsFound(t *testing.T) {
	dir := t.TempDir()
	d := servicetest.OpenAt(t, dir)
	d.Register(servicetest.Qing())
	d.Register(servicetest.Na())
	n, err := d.Audit.Verify(ctx, d.Who)
	d.Must(err, d.Close())

	for name, change := range map[string]string{
		"another act":             `UPDATE audit_line SET act = 'person.delete' WHERE seq = 3`,
		"an hour later":           `UPDATE audit_line SET at = at + 3600000 WHERE seq = 3`,
		"a line taken out":        `DELETE FROM audit_line WHERE seq = 3`,
		"the hash with the words": `UPDATE audit_line SET detail = 'x', hash = prev WHERE seq = 2`,
		"the beginning gone":      `DELETE FROM audit_line WHERE seq < 3`,
	} {
		copied := t.TempDir()
		if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		sqlDo(t, copied, change)
		s, err := service.Open(ctx, d.Config(copied))
		if err != nil {
			t.Fatal(err)
		}
		who, err := s.Access.SignIn(ctx, d.Who.Name, servicetest.Passphrase)
		if err != nil {
			t.Errorf("%s: sign in: %v", name, err)
		}
		if _, err := s.Audit.Verify(ctx, who); !errors.Is(err, audit.ErrBrokenChain) && !errors.Is(err, service.ErrTrailCut) {
			t.Errorf("%s: got %v, want the broken chain", name, err)
		}
		s.Close()
	}
	if n < 7 {
		t.Errorf("only %d lines were verified before", n)
	}
}

func sqlDo(t *testing.T, dir string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, "xuezheng.db"))
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
