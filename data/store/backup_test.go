package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/backup"
	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// dump is every row of every table but the login's tries, as text.
func dump(t *testing.T, s *Store) (lines []string) {
	t.Helper()
	ctx := context.Background()
	tables, err := s.dialect.tablesOf(ctx, s.read)
	if err != nil || len(tables) < 40 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	for _, x := range tables {
		err := x.walk(ctx, s.read, func(row []any) error {
			lines = append(lines, fmt.Sprintf("%s %q", x.name, row))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return lines
}

// people fills a store with n people, a picture of the first, and a line in the trail for each.
func people(t *testing.T, s *Store, from, n int) {
	t.Helper()
	update(t, s, func(tx *Tx) error {
		for i := from; i < from+n; i++ {
			p := somebody()
			p.ID, p.Number = id.Person(fmt.Sprintf("p%d", i)), fmt.Sprintf("number %d", i)
			if err := tx.People.Add(&p); err != nil {
				return err
			}
			if i == 0 {
				if _, _, err := tx.Pictures.Put(p.ID, "photo", []byte("a picture"), 0, "l1"); err != nil {
					return err
				}
			}
			if err := tx.Audit.AppendMany([]audit.Line{{At: s.now(), Who: "l1", Act: act.RegisterPerson, About: string(p.ID), Person: string(p.ID)}}); err != nil {
				return err
			}
		}
		return nil
	})
}

func mustBackUp(t *testing.T, s *Store, to string) Made {
	t.Helper()
	made, err := s.BackUp(context.Background(), to, "b1", nil)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func options(c *clock) Options { return Options{Machine: "desk", Now: c.Now, Cost: cheap} }

func TestABackupOpensWithTheRecoveryKeyAndHoldsEveryRow(t *testing.T) {
	for _, engine := range []string{"SQLite", "PostgreSQL"} {
		t.Run(engine, func(t *testing.T) {
			ctx := context.Background()
			c, where := newClock(), t.TempDir()
			if engine == "PostgreSQL" {
				server := os.Getenv("TEST_POSTGRES")
				if server == "" {
					t.Skip("TEST_POSTGRES names no PostgreSQL")
				}
				where = schema(t, server)
			}
			o := options(c)
			o.Create = true
			s, err := Open(ctx, where, o)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			recovery := found(t, s)
			people(t, s, 0, 1500)
			folder := t.TempDir()
			made := mustBackUp(t, s, folder)
			if made.Manifest.Rows["person"] != 1500 || made.Manifest.Heads[0].Seq != 1501 || made.Manifest.Org != "org1" {
				t.Errorf("the manifest says %+v", made.Manifest)
			}
			if filepath.Base(made.Path) != "xuezheng-org1-20261123-090000.xzbackup" {
				t.Errorf("its name is %s", made.Path)
			}
			if info, err := os.Stat(made.Path); err != nil || info.Mode().Perm() != 0o600 || info.Size() != made.Bytes {
				t.Errorf("the file: %v, %v", info, err)
			}
			want := dump(t, s)
			own, err := s.BackupKey(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for name, key := range map[string]BackupKey{"the recovery key": RecoveryKey(" " + recovery + "\n"), "the store's own": own} {
				opened, err := OpenBackup(ctx, made.Path, t.TempDir(), key, options(c), nil)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if got := dump(t, opened.Store); !slices.Equal(got, want) {
					t.Errorf("%s: %d rows, want %d; or they differ", name, len(got), len(want))
				}
				if n, err := opened.CheckPictures(ctx, nil); n != 1 || err != nil {
					t.Errorf("%s: %d pictures, %v", name, n, err)
				}
				if err := opened.Close(); err != nil {
					t.Error(err)
				}
			}
			noLeftovers(t, s, folder, 1)
			for _, secret := range []string{"欧阳", "number 7", "前台", "org1\""} {
				if b, _ := os.ReadFile(made.Path); bytes.Contains(b, []byte(secret)) {
					t.Errorf("%q stands in the file", secret)
				}
			}
		})
	}
}

// noLeftovers sees that nothing but so many backups is in a folder, and nothing of ours in the store's.
func noLeftovers(t *testing.T, s *Store, folder string, backups int) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != backups {
		t.Errorf("%v in the folder, want %d backups; %v", entries, backups, err)
	}
	if s.dir != "" {
		if left, _ := filepath.Glob(filepath.Join(s.dir, workName)); len(left) > 0 {
			t.Errorf("left in the store's folder: %q", left)
		}
	}
}

func TestABackupIsMadeWhileDesksWrite(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		ctx := context.Background()
		people(t, s, 0, 200)
		stop := make(chan struct{})
		var desks sync.WaitGroup
		for desk := range 2 {
			desks.Go(func() {
				for i := 0; ; i++ {
					select {
					case <-stop:
						return
					default:
					}
					err := s.Update(ctx, func(tx *Tx) error { // two rows that are there together or not at all
						p := somebody()
						p.ID, p.Number = id.Person(fmt.Sprintf("d%d-%d", desk, i)), fmt.Sprintf("desk %d %d", desk, i)
						if err := tx.People.Add(&p); err != nil {
							return err
						}
						return tx.Audit.AppendMany([]audit.Line{{At: s.now(), Who: "l1", Act: act.RegisterPerson, About: string(p.ID), Person: string(p.ID)}})
					})
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		folder := t.TempDir()
		var list []Made
		for range 3 {
			list = append(list, mustBackUp(t, s, folder))
		}
		close(stop)
		desks.Wait()
		own, err := s.BackupKey(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, made := range list {
			if n := made.Manifest.Rows["person"]; n != made.Manifest.Rows["audit_line"]-1 || n != made.Manifest.Heads[0].Seq-1 || n < 200 {
				t.Errorf("people, lines and head of one moment: %+v", made.Manifest)
			}
			opened, err := OpenBackup(ctx, made.Path, t.TempDir(), own, options(c), nil)
			if err != nil {
				t.Fatal(err)
			}
			opened.Close()
		}
	})
}

// TestABackupIsTheSameWhicheverWayItIsTaken takes one from the file that stands still, and one beside
// somebody who reads an older state, so that the file alone isn't all.
func TestABackupIsTheSameWhicheverWayItIsTaken(t *testing.T) {
	ctx := context.Background()
	o := options(newClock())
	o.Create = true
	s, err := Open(ctx, t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	recovery := found(t, s)
	people(t, s, 0, 300)
	folder := t.TempDir()
	still := mustBackUp(t, s, folder)
	if s.file == nil {
		t.Error("the file did not stand still, though nobody was at it")
	}
	var beside Made
	view(t, s, func(tx *Tx) error {
		if _, err := tx.People.Count(); err != nil { // from here on this view stands
			return err
		}
		people(t, s, 300, 5)
		tx2, err := s.standStill(ctx)
		if tx2 != nil || err != nil {
			t.Errorf("the file alone is taken for all, though part stands in the journal: %v", err)
		}
		beside = mustBackUp(t, s, folder)
		return nil
	})
	for i, made := range []Made{still, beside} {
		opened, err := OpenBackup(ctx, made.Path, t.TempDir(), RecoveryKey(recovery), options(newClock()), nil)
		if err != nil {
			t.Fatal(err)
		}
		if want := int64(300 + 5*i); opened.Manifest.Rows["person"] != want {
			t.Errorf("%d people, want %d", opened.Manifest.Rows["person"], want)
		}
		if i == 1 {
			if got, want := dump(t, opened.Store), dump(t, s); !slices.Equal(got, want) {
				t.Errorf("%d rows, want %d; or they differ", len(got), len(want))
			}
		}
		opened.Close()
	}
}

// small is a backup of a store with somebody in it, and its keys.
func small(t *testing.T) (file string, recovery string, c *clock) {
	t.Helper()
	c = newClock()
	o := options(c)
	o.Create = true
	s, err := Open(context.Background(), t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	recovery = found(t, s)
	people(t, s, 0, 3)
	return mustBackUp(t, s, t.TempDir()).Path, recovery, c
}

// worded sees that a refusal is one of ours, not the engine's.
func worded(t *testing.T, what string, err error) {
	t.Helper()
	var f *fault.Fault
	if err == nil || !errors.As(err, &f) || f.Kind == fault.Broken {
		t.Errorf("%s: %v", what, err)
	}
}

func TestATornBackupIsRefusedWhereverItIsCut(t *testing.T) {
	file, recovery, _ := small(t)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	read := func(b []byte) error {
		_, db, err := readBackup(bytes.NewReader(b), RecoveryKey(recovery))
		if err == nil {
			_, err = io.Copy(io.Discard, db)
		}
		return err
	}
	if err := read(whole); err != nil {
		t.Fatal(err)
	}
	var at []int
	for i := range 1500 { // the head, byte for byte
		at = append(at, i)
	}
	for i := 1500; i < len(whole); i += len(whole)/400 + 1 {
		at = append(at, i)
	}
	for i := 1; i < 40; i++ {
		at = append(at, len(whole)-i)
	}
	for _, i := range at {
		worded(t, fmt.Sprintf("cut after %d of %d", i, len(whole)), read(whole[:i]))
		flipped := bytes.Clone(whole)
		flipped[i] ^= 1 << (i % 8)
		worded(t, fmt.Sprintf("a bit of byte %d of %d flipped", i, len(whole)), read(flipped))
	}
	worded(t, "something at its end", read(append(bytes.Clone(whole), 0)))
	worded(t, "itself behind it", read(append(bytes.Clone(whole), whole...)))
	if err := read([]byte("%PDF-1.4\n1 0 obj")); !errors.Is(err, ErrNotBackup) {
		t.Errorf("something else: %v", err)
	}
	if err := read(nil); !errors.Is(err, ErrNotBackup) {
		t.Errorf("nothing: %v", err)
	}
}

func TestAnotherKeyOpensNoBackup(t *testing.T) {
	ctx := context.Background()
	file, recovery, c := small(t)
	_, other, _ := small(t)
	for name, key := range map[string]BackupKey{"another recovery key": RecoveryKey(other), "no key": {}, "no recovery key": RecoveryKey("something"), "another store's": {data: make([]byte, keySize)}} {
		if _, err := OpenBackup(ctx, file, t.TempDir(), key, options(c), nil); !errors.Is(err, ErrBackupKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
	root := t.TempDir()
	opened, err := OpenBackup(ctx, file, root, RecoveryKey(recovery), options(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	opened.Close()
	if left, _ := os.ReadDir(root); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// forged is a backup that somebody with the data key made up around another SQLite file.
func forged(t *testing.T, spoil string) (BackupKey, string) {
	t.Helper()
	ctx := context.Background()
	c := newClock()
	o := options(c)
	o.Create = true
	s, err := Open(ctx, t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found(t, s)
	people(t, s, 0, 3)
	key, err := s.backupKey(ctx)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "inner.db")
	if err := s.lay(ctx, file, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	m, err := s.manifest(ctx, file, "b1", c.now)
	if err != nil {
		t.Fatal(err)
	}
	raw(t, file, spoil)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m.Size = int64(len(b))
	var out bytes.Buffer
	if err := writeBackup(&out, key, m, bytes.NewReader(b)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "forged.xzbackup")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return key, path
}

func TestWhatIsInsideMustBeAStoreAndNothingElse(t *testing.T) {
	for name, spoil := range map[string]string{
		"a trigger":           `CREATE TRIGGER x AFTER INSERT ON audit_line BEGIN DELETE FROM login; END`,
		"a view":              `CREATE VIEW x AS SELECT 1`,
		"a row less":          `DELETE FROM person WHERE id = 'p1'`,
		"a row more":          `INSERT INTO setting (org, name, value) VALUES ('org1', 'x', 'y')`,
		"a table more":        `CREATE TABLE x (a)`,
		"another version":     `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`,
		"of somebody else":    `UPDATE wrapped_key SET org = 'org2'`,
		"a line of the trail": `UPDATE audit_line SET seq = 99 WHERE seq = (SELECT MAX(seq) FROM audit_line)`,
	} {
		key, file := forged(t, spoil)
		if _, err := OpenBackup(context.Background(), file, t.TempDir(), key, options(newClock()), nil); !errors.Is(err, ErrBackupInner) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// raw runs a statement on an SQLite file, past the program.
func raw(t *testing.T, file, statement string) {
	t.Helper()
	db, err := rawDB(file)
	if err == nil {
		_, err = db.Exec(statement)
		err = errors.Join(err, db.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhereABackupMayNotGo(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		ctx := context.Background()
		there := filepath.Join(t.TempDir(), "letter.doc")
		if err := os.WriteFile(there, []byte("dear"), 0o600); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			to   string
			want error
		}{
			"a folder that is not there": {filepath.Join(t.TempDir(), "stick", "x.xzbackup"), ErrBackupFolder},
			"over another file":          {there, ErrBackupThere},
			"a stick that was pulled":    {filepath.Join(t.TempDir(), "stick"), ErrBackupFolder},
		} {
			if _, err := s.BackUp(ctx, c.to, "b1", nil); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if s.dir != "" {
			inside := filepath.Join(s.dir, "backups")
			os.Mkdir(inside, 0o700)
			for _, to := range []string{s.dir, inside, filepath.Join(inside, "x.xzbackup")} {
				if _, err := s.BackUp(ctx, to, "b1", nil); !errors.Is(err, ErrBackupInside) {
					t.Errorf("beside the store: %v", err)
				}
			}
		}
		s.Lock()
		if _, err := s.BackUp(ctx, t.TempDir(), "b1", nil); !errors.Is(err, ErrLocked) {
			t.Errorf("with nobody signed in: %v", err)
		}
	})
}

func TestABackupThatIsStoppedLeavesNothing(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		people(t, s, 0, 50)
		folder := t.TempDir()
		for _, at := range []int{1, 60, 61} {
			ctx, stop := context.WithCancel(context.Background())
			_, err := s.BackUp(ctx, folder, "b1", func(done, of int) {
				if done >= at {
					stop()
				}
			})
			stop()
			if !errors.Is(err, context.Canceled) {
				t.Errorf("stopped at %d of 100: %v", at, err)
			}
			noLeftovers(t, s, folder, 0)
		}
		mustBackUp(t, s, folder)
	})
}

func TestOldBackupsOfThisStoreAreThinnedAndNothingElseIs(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, c *clock) {
		folder := t.TempDir()
		others := []string{"letter.doc", "xuezheng-other-20260101-090000.xzbackup", "xuezheng-org1-20260101-090000.xzbackup.txt"}
		for _, name := range others {
			if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for range 3 {
			mustBackUp(t, s, folder) // within one second: each gets a name of its own
		}
		if n := s.Thin(folder, backup.Kept); n != 2 {
			t.Errorf("%d were removed of three of one day", n)
		}
		if list := s.Backups(folder); len(list) != 1 || !strings.HasSuffix(list[0].Path, "090002.xzbackup") {
			t.Errorf("left: %+v", list)
		}
		for _, name := range others {
			if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
				t.Error(err)
			}
		}
	})
}

// places are every way from one kind of store to another.
func places(t *testing.T, story func(t *testing.T, from, to string)) {
	server := os.Getenv("TEST_POSTGRES")
	t.Run("folder to folder", func(t *testing.T) { story(t, t.TempDir(), t.TempDir()) })
	if server == "" {
		return
	}
	t.Run("folder to server", func(t *testing.T) { story(t, t.TempDir(), schema(t, server)) })
	t.Run("server to folder", func(t *testing.T) { story(t, schema(t, server), t.TempDir()) })
	t.Run("server to server", func(t *testing.T) { story(t, schema(t, server), schema(t, server)) })
}

func TestACopyHoldsEveryRowAndOpensWithTheSamePassphrase(t *testing.T) {
	places(t, func(t *testing.T, from, to string) {
		ctx := context.Background()
		o := options(newClock())
		o.Create = true
		s, err := Open(ctx, from, o)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		found(t, s)
		people(t, s, 0, 1100)
		target, err := Open(ctx, to, o)
		if err != nil {
			t.Fatal(err)
		}
		last := 0
		if err := s.CopyTo(ctx, target, func(done, of int) { last = of - done }); err != nil || last != 0 {
			t.Fatalf("%v; %d rows were not told of", err, last)
		}
		if err := s.CopyTo(ctx, target, nil); !errors.Is(err, ErrCopyTarget) {
			t.Errorf("once more: %v", err)
		}
		target.Close()
		o.Create = false
		if target, err = Open(ctx, to, o); err != nil {
			t.Fatal(err)
		}
		defer target.Close()
		if got, want := dump(t, target), dump(t, s); !slices.Equal(got, want) {
			t.Errorf("%d rows, want %d; or they differ", len(got), len(want))
		}
		if got, want := indexNames(t, target), indexNames(t, s); !slices.Equal(got, want) && target.dialect == s.dialect {
			t.Errorf("indexes %q, want %q", got, want)
		}
		if _, err := target.Unlock(ctx, "admin", secret); err != nil {
			t.Error(err)
		}
		if target.dialect == sqlite && !target.taught(ctx, len(must(target.indexes(ctx)))) {
			t.Error("the planner was not told of the indexes that were made anew")
		}
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func indexNames(t *testing.T, s *Store) (list []string) {
	t.Helper()
	q := `SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY 1`
	if s.dialect == postgres {
		q = `SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1`
	}
	rows, err := s.read.Query(q)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		list = append(list, n)
	}
	return list
}

func FuzzBackupFile(f *testing.F) {
	key := BackupKey{data: make([]byte, keySize), wrapped: []byte("sealed")}
	var b bytes.Buffer
	m := backup.Manifest{Format: 1, ID: "b1", Org: "org1", MadeAt: newClock().now, Schema: 16, Size: 4}
	if err := writeBackup(&b, key, m, strings.NewReader("data")); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(backupMark))
	f.Add([]byte(backupMark + "age-encryption.org/v1\n-> xuezheng-store\n\n--- "))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, db, err := readBackup(bytes.NewReader(b), key)
		if err == nil {
			n := int64(0)
			if n, err = io.Copy(io.Discard, db); err == nil && n != m.Size {
				t.Errorf("%d bytes of %d", n, m.Size)
			}
		}
		var said *fault.Fault
		if err != nil && (!errors.As(err, &said) || said.Kind == fault.Broken) {
			t.Errorf("refused without words: %v", err)
		}
	})
}
