package service_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"xuezheng/data/fault"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// harms are what may have become of a store's file: n counts on, so that each is another each time.
var harms = map[string]func(dir string, r *rand.Rand, n int) error{
	"the head of the file": func(dir string, r *rand.Rand, n int) error {
		return harm(dir, "", func(b []byte) []byte { b[n%100] ^= byte(1 + r.IntN(255)); return b })
	},
	"the head, all of it": func(dir string, r *rand.Rand, n int) error {
		return harm(dir, "", func(b []byte) []byte { return append(noise(r, 100), b[100:]...) })
	},
	"its first page": func(dir string, r *rand.Rand, n int) error {
		return harm(dir, "", func(b []byte) []byte { copy(b[100+r.IntN(3900):], noise(r, 1+r.IntN(60))); return b })
	},
	"a page's head": func(dir string, r *rand.Rand, n int) error {
		return harm(dir, "", func(b []byte) []byte { copy(b[4096*(n%(len(b)/4096)):], noise(r, 12)); return b })
	},
	"a page": func(dir string, r *rand.Rand, n int) error {
		return harm(dir, "", func(b []byte) []byte { copy(b[4096*(n%(len(b)/4096)):], noise(r, 4096)); return b })
	},
	"a page, of nothing": func(dir string, r *rand.Rand, n int) error {
		return harm(dir, "", func(b []byte) []byte { i := 4096 * (n % (len(b) / 4096)); clear(b[i : i+4096]); return b })
	},
	"the end cut off": func(dir string, r *rand.Rand, n int) error {
		return harm(dir, "", func(b []byte) []byte {
			return b[:[]int{0, 1, 16, 99, 100, 512, 4095, 4096, 8192, len(b) / 2, len(b) - 1}[n%11]]
		})
	},
	"another program's file": func(dir string, r *rand.Rand, n int) error {
		for _, end := range []string{"-wal", "-shm"} {
			os.Remove(filepath.Join(dir, "xuezheng.db"+end))
		}
		return harm(dir, "", func(b []byte) []byte {
			return [][]byte{[]byte("PK\x03\x04 a folder"), []byte("一个文本文件\n"), noise(r, 9000), []byte("SQLite format 3\x00"), {}}[n%5]
		})
	},
	"the journal's head": func(dir string, r *rand.Rand, n int) error {
		return journal(dir, func(b []byte) { b[n%32] ^= byte(1 + r.IntN(255)) })
	},
	"a place in it": func(dir string, r *rand.Rand, n int) error {
		return journal(dir, func(b []byte) { copy(b[r.IntN(len(b)-64):], noise(r, 64)) })
	},
	"its index": func(dir string, r *rand.Rand, n int) error {
		return os.WriteFile(filepath.Join(dir, "xuezheng.db-shm"), noise(r, []int{1, 100, 32768, 70000}[n%4]), 0o600)
	},
	"a folder in a place": func(dir string, r *rand.Rand, n int) error {
		name := filepath.Join(dir, []string{"xuezheng.db", "xuezheng.db-wal", "xuezheng.db-shm", "owner.lock", "ballast", "xuezheng.db-journal"}[n%6])
		return errors.Join(os.RemoveAll(name), os.Mkdir(name, 0o700))
	},
	"its tables": func(dir string, r *rand.Rand, n int) error {
		return errors.Join(run(dir, otherTables[n%len(otherTables)]...))
	},
}

// otherTables make of a store's tables what this program doesn't expect.
var otherTables = [][]string{
	{`DROP TABLE goose_db_version`},
	{`DELETE FROM goose_db_version`},
	{`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`},
	{`UPDATE goose_db_version SET version_id = 'x'`},
	{`UPDATE goose_db_version SET is_applied = NULL`},
	{`DROP TABLE wrapped_key`},
	{`DROP TABLE login`},
	{`DROP TABLE setting`},
	{`DROP TABLE person`},
	{`DROP TABLE hour_record`},
	{`DROP TABLE pack`},
	{`DROP TABLE counter`},
	{`DROP TABLE trail_head`},
	{`DROP TABLE audit_line`},
	{`DROP TABLE person_term`},
	{`ALTER TABLE login RENAME COLUMN name TO called`},
	{`ALTER TABLE wrapped_key RENAME COLUMN data TO x`},
	{`ALTER TABLE setting RENAME TO settings`},
	{`UPDATE wrapped_key SET data = 'x'`},
	{`UPDATE wrapped_key SET data = zeroblob(10)`},
	{`UPDATE wrapped_key SET org = 7`},
	{`UPDATE login SET role = 7`},
	{`UPDATE login SET name = CAST(name AS BLOB)`},
	{`UPDATE setting SET value = zeroblob(3)`},
	{`UPDATE pack SET yaml = 'x'`},
	{`UPDATE counter SET value = 'x'`},
	{`UPDATE trail_head SET seq = 'x'`},
	{`UPDATE audit_line SET at = 'x'`},
	{`UPDATE person SET id = zeroblob(4)`},
	{`DELETE FROM setting`},
	{`DELETE FROM pack`},
	{`DELETE FROM login`},
	{`PRAGMA writable_schema = ON`, `UPDATE sqlite_schema SET sql = 'CREATE TABLE person (x' WHERE name = 'person'`},
	{`PRAGMA writable_schema = ON`, `UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'login'`},
	{`PRAGMA writable_schema = ON`, `DELETE FROM sqlite_schema WHERE type = 'index'`},
	{`PRAGMA user_version = 9`, `PRAGMA application_id = 7`},
}

func noise(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.IntN(256))
	}
	return b
}

func harm(dir, end string, f func([]byte) []byte) error {
	name := filepath.Join(dir, "xuezheng.db"+end)
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(name, f(b), 0o600)
}

func journal(dir string, f func([]byte)) error {
	return harm(dir, "-wal", func(b []byte) []byte { f(b); return b })
}

// run runs statements on the file, as somebody with sqlite3 would.
func run(dir string, statements ...string) error {
	db, err := sql.Open("sqlite3", filepath.Join(dir, "xuezheng.db"))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, q := range statements {
		if _, err := db.Exec(q); err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
	}
	return nil
}

// firstPage opens a store and reads what somebody sees first, before and after they signed in.
func firstPage(d *servicetest.Desk, dir string) (err error) {
	s, err := service.Open(ctx, d.Config(dir))
	if err != nil {
		return err
	}
	defer s.Close()
	if _, err := s.Access.Institution(ctx); err != nil {
		return err
	}
	if _, err := s.Access.FirstAdministrator(ctx); err != nil {
		return err
	}
	who, err := s.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	if err != nil {
		return err
	}
	_, err1 := s.People.Find(ctx, who, "韦", 20)
	_, err2 := s.Hours.Queue(ctx, who, 100, 0)
	_, err3 := s.Hours.Unsubmitted(ctx, who, "", 100, 0)
	_, err4 := s.Certificates.List(ctx, who, "")
	_, err5 := s.Audit.Lines(ctx, who, store.LineFilter{})
	_, err6 := s.Hours.Passed(ctx, who, 2026, 11)
	_, err7 := s.Audit.VerifyAll(ctx, who, nil, func(int, int) {})
	for _, err := range []error{err1, err2, err3, err4, err5, err6, err7} {
		if err != nil {
			return err
		}
	}
	_, _, err = s.People.Register(ctx, who, servicetest.Na())
	return err
}

// TestADamagedOrForeignFileIsRefusedInWords harms a store's file in many ways: whatever comes of it, no
// driver's words are shown, and the program does not fall over.
func TestADamagedOrForeignFileIsRefusedInWords(t *testing.T) {
	dir, whole := t.TempDir(), t.TempDir()
	d := servicetest.OpenAt(t, dir)
	d.Register(servicetest.Qing())
	for _, name := range []string{"xuezheng.db", "xuezheng.db-wal"} { // the machine goes off
		b, err := os.ReadFile(filepath.Join(dir, name))
		d.Must(err, os.WriteFile(filepath.Join(whole, name), b, 0o600))
	}
	d.Must(d.Close())
	b, err := os.ReadFile(filepath.Join(dir, "xuezheng.db"))
	d.Must(err)
	said := map[string]int{}
	for how, harm := range harms {
		times := rounds(12, 200)
		if how == "its tables" {
			times = len(otherTables)
		}
		for n := range times {
			harmed := t.TempDir()
			if how == "the journal's head" || how == "a place in it" {
				d.Must(os.CopyFS(harmed, os.DirFS(whole)))
			} else {
				d.Must(os.WriteFile(filepath.Join(harmed, "xuezheng.db"), b, 0o600))
			}
			if err := harm(harmed, rand.New(rand.NewPCG(uint64(n), 1)), n); err != nil {
				t.Logf("%s, %d: not done: %v", how, n, err)
				continue
			}
			err := opens(t, d, harmed, how, n)
			f := fault.Of(err)
			switch {
			case err == nil:
				said["nothing"]++
			case f.Key == fault.Unknown && !errors.Is(err, context.Canceled):
				t.Errorf("%s, %d: %v", how, n, err)
			default:
				said[f.Key]++
			}
			os.RemoveAll(harmed)
		}
	}
	t.Logf("said: %v", said)
}

func opens(t *testing.T, d *servicetest.Desk, dir, how string, n int) (err error) {
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("%s, %d: the program fell over: %v", how, n, p)
		}
	}()
	return firstPage(d, dir)
}
