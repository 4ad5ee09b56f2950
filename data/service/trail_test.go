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
	"xuezheng/data/store"
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

// TestAForeignLineAtTheEndLocksNobodyOut pastes lines into the trail beyond its end: work goes on after
// them, and they are found for ever.
func TestAForeignLineAtTheEndLocksNobodyOut(t *testing.T) {
	dir := t.TempDir()
	d := servicetest.OpenAt(t, dir)
	d.Register(servicetest.Qing())
	lines, err := d.Audit.Verify(ctx, d.Who)
	d.Must(err, d.Close())
	const columns = `at, who, machine, act, about, person, pack, detail, prev, hash, wrote FROM audit_line ORDER BY seq DESC LIMIT 1`
	for name, c := range map[string]struct{ seq, also string }{
		"the next":                       {`seq + 1`, ``},
		"some further on":                {`seq + 700`, ``},
		"the last there can be":          {`9223372036854775807`, ``},
		"the last, and the head is gone": {`9223372036854775807`, `DELETE FROM trail_head`},
		"far, but not there":             {`seq + 1000000000`, ``},
	} {
		t.Run(name, func(t *testing.T) {
			copied := t.TempDir()
			if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			paste := `INSERT INTO audit_line (org, chain, seq, at, who, machine, act, about, person, pack, detail, prev, hash, wrote) SELECT org, chain, ` + c.seq + `, ` + columns
			sqlDo(t, copied, paste, c.also)
			for range 2 { // what was written after it does not hide it
				s, err := service.Open(ctx, d.Config(copied))
				if err != nil {
					t.Fatal(err)
				}
				who, err := s.Access.SignIn(ctx, d.Who.Name, servicetest.Passphrase)
				if err != nil {
					t.Fatalf("sign in: %v", err)
				}
				for range 2 {
					v, err := s.Audit.VerifyAll(ctx, who, nil, func(int, int) {})
					if err != nil {
						t.Fatal(err)
					}
					found := false
					for _, f := range v.Findings {
						found = found || f.Chain == "前台 02" && f.Kind != store.HeadChanged && f.Seq >= int64(lines) && f.Seq <= int64(lines)+30
					}
					if !found {
						t.Errorf("the line after %d is not found: %+v", lines, v.Findings)
					}
				}
				s.Close()
			}
		})
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
