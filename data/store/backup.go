package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"

	"xuezheng/data/audit"
	"xuezheng/data/backup"
	"xuezheng/data/fault"
)

// Faults of making a backup.
var (
	ErrBackupFolder = fault.New(fault.Refused, "backup.no-folder") // not there: a stick that is not plugged in
	ErrBackupInside = fault.New(fault.Refused, "backup.inside")
	ErrBackupThere  = fault.New(fault.Refused, "backup.there")
	ErrBackupRoom   = fault.New(fault.Refused, "backup.no-room")
	ErrBackupWrite  = fault.New(fault.Refused, "backup.no-write")
	ErrBackupRuns   = fault.New(fault.Refused, "backup.running")
)

// Made is a backup that lies where it should.
type Made struct {
	Path     string
	Bytes    int64 // of the file
	Manifest backup.Manifest
}

// BackUp writes everything, as it stands at one moment, to one sealed file while others go on working.
// to is a folder, in which the file gets its name, or the file, which must not be there yet and is called
// as backups are. Under its
// final name the file is whole or not at all. report hears hundredths.
func (s *Store) BackUp(ctx context.Context, to, name string, report func(done, of int)) (made Made, err error) {
	if !s.backing.TryLock() {
		return made, ErrBackupRuns
	}
	defer s.backing.Unlock()
	key, err := s.backupKey(ctx)
	if err != nil {
		return made, err
	}
	defer clear(key.data)
	at := s.now().UTC().Truncate(time.Millisecond)
	if made.Path, err = s.backupPlace(to, at); err != nil {
		return made, err
	}
	if s.dialect == sqlite && s.only == nil {
		whole, err := s.sealStill(ctx, &made, name, at, key, part(report, 0, 100))
		if whole || err != nil {
			return made, s.roomFor(err, filepath.Join(s.dir, fileName))
		}
	}
	work, err := s.workFolder()
	if err != nil {
		return made, err
	}
	defer os.RemoveAll(work)
	file := filepath.Join(work, fileName)
	if err := s.lay(ctx, file, part(report, 0, 60)); err != nil {
		return made, s.roomFor(err, file)
	}
	if made.Manifest, err = s.manifest(ctx, file, name, at); err != nil {
		return made, err
	}
	db, err := os.Open(file)
	if err != nil {
		return made, err
	}
	defer db.Close()
	made.Bytes, err = s.sealInto(ctx, made.Path, db, key, made.Manifest, part(report, 60, 100), nil)
	return made, s.roomFor(err, file)
}

// sealStill seals the store's own file, which stands still meanwhile: once SQLite's journal is written
// into it, whoever reads from it alone keeps it as it is, and what others write goes into the journal.
// whole is false where that can't be had now, and nothing is written then.
func (s *Store) sealStill(ctx context.Context, made *Made, name string, at time.Time, key BackupKey, report func(done, of int)) (whole bool, err error) {
	tx, err := s.standStill(ctx)
	if tx == nil || err != nil {
		return false, err
	}
	defer tx.Rollback()
	if s.file == nil { // kept open: closing it would take away the locks that SQLite has on it
		if s.file, err = os.Open(filepath.Join(s.dir, fileName)); err != nil {
			return false, s.word(err)
		}
	}
	before, err := s.file.Stat()
	if err != nil {
		return false, s.word(err)
	}
	s.mu.RLock()
	made.Manifest, err = s.manifestOf(s.shelves(ctx, tx), name, at, before.Size())
	s.mu.RUnlock()
	if err != nil {
		return false, s.word(err)
	}
	made.Bytes, err = s.sealInto(ctx, made.Path, io.NewSectionReader(s.file, 0, before.Size()), key, made.Manifest, report, func() error {
		after, err := s.file.Stat()
		if err == nil && (after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime())) {
			err = errMoved
		}
		return err
	})
	if errors.Is(err, errMoved) {
		return false, nil
	}
	return true, err
}

// errMoved says that the store's file did not stand still.
var errMoved = errors.New("the file of the store was written to while it was read")

// standStill begins to read from the store's file alone; nil where part of what it reads would stand in
// the journal, since somebody reads an older state.
func (s *Store) standStill(ctx context.Context) (*sql.Tx, error) {
	if err := s.turn.take(ctx); err != nil {
		return nil, err
	}
	defer s.turn.give()
	writer, err := s.write.Conn(ctx) // nobody writes until this view stands
	if err != nil {
		return nil, s.word(err)
	}
	defer writer.Close()
	var busy, logged, kept int
	if err := writer.QueryRowContext(ctx, `PRAGMA wal_checkpoint(PASSIVE)`).Scan(&busy, &logged, &kept); err != nil {
		return nil, s.word(err)
	}
	if busy != 0 || logged < 0 || logged != kept {
		return nil, nil
	}
	tx, err := s.read.BeginTx(ctx, s.dialect.options(true))
	if err != nil {
		return nil, s.word(err)
	}
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_schema`).Scan(&n); err != nil {
		tx.Rollback()
		return nil, s.word(err)
	}
	return tx, nil
}

// part makes hundredths of one step out of what it reports.
func part(report func(done, of int), from, to int) func(done, of int) {
	if report == nil {
		return func(int, int) {}
	}
	return func(done, of int) { report(from+(to-from)*done/max(of, 1), 100) }
}

// roomFor says how much room was wanting, where there was none.
func (s *Store) roomFor(err error, file string) error {
	if !diskFull(err) {
		return err
	}
	var size int64
	if info, e := os.Stat(file); e == nil {
		size = info.Size()
	}
	return ErrBackupRoom.With(size>>20 + 1).Because(err)
}

// backupKey is the key of the store's own backups, while someone is signed in.
func (s *Store) backupKey(ctx context.Context) (k BackupKey, err error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.vault == nil {
		return k, ErrLocked
	}
	err = s.read.QueryRowContext(ctx, s.dialect.bind(`SELECT data FROM wrapped_key WHERE org = ? AND kind = 'recovery'`), s.org).Scan(&k.wrapped)
	if err != nil {
		return k, s.word(err)
	}
	k.data = slices.Clone(s.vault.data)
	return k, nil
}

// BackupKey opens the backups of this store, while someone is signed in.
func (s *Store) BackupKey(ctx context.Context) (BackupKey, error) { return s.backupKey(ctx) }

// backupPlace is the file to be written. It never lies in the store's own folder, where it would be
// lost together with it.
func (s *Store) backupPlace(to string, at time.Time) (string, error) {
	info, err := os.Stat(to)
	folder := to
	if err != nil || !info.IsDir() {
		folder = filepath.Dir(to)
	}
	if in, e := os.Stat(folder); e != nil || !in.IsDir() {
		return "", ErrBackupFolder
	}
	if s.dir != "" && within(s.dir, folder) {
		return "", ErrBackupInside
	}
	switch {
	case folder == to:
	case err == nil:
		return "", ErrBackupThere
	case !strings.HasSuffix(to, backup.Ending): // a folder that went, as a stick does
		return "", ErrBackupFolder
	default:
		return to, nil
	}
	for { // two within one second
		name := filepath.Join(folder, backup.Name(s.org, at))
		if _, err := os.Lstat(name); errors.Is(err, os.ErrNotExist) {
			return name, nil
		}
		at = at.Add(time.Second)
	}
}

// within reports whether a folder is another, or lies in it.
func within(outer, inner string) bool {
	full := func(p string) string {
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		if real, err := filepath.EvalSymlinks(p); err == nil {
			p = real
		}
		return p
	}
	rel, err := filepath.Rel(full(outer), full(inner))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

const workName = "backup-*.tmp"

// workFolder is a folder of our own for a copy that is not sealed yet: beside the store, or in the
// user's own folder for such things. Never where the backup goes: that may be a stick.
func (s *Store) workFolder() (string, error) {
	root := s.dir
	if root == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			cache = os.TempDir()
		}
		root = filepath.Join(cache, "xuezheng")
		if err := os.MkdirAll(root, 0o700); err != nil {
			return "", ErrBackupWrite.Because(err)
		}
	}
	s.sweep(root, workName)
	work, err := os.MkdirTemp(root, workName)
	if err != nil {
		return "", s.roomFor(ErrBackupWrite.Because(err), "")
	}
	return work, nil
}

// sweep removes what a program that was ended in the middle left behind. A store in a folder is open
// once; elsewhere another desk may be at it, so that only what is older than a day is a leftover.
func (s *Store) sweep(folder, pattern string) {
	left, _ := filepath.Glob(filepath.Join(folder, pattern))
	for _, name := range left {
		info, err := os.Lstat(name)
		if err == nil && (s.dialect == sqlite || time.Since(info.ModTime()) > 24*time.Hour) {
			os.RemoveAll(name)
		}
	}
}

// lay lays everything, as it stands at one moment, into a new SQLite file.
func (s *Store) lay(ctx context.Context, file string, report func(done, of int)) error {
	if f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err != nil {
		return ErrBackupWrite.Because(err)
	} else if err := f.Close(); err != nil {
		return err
	}
	if s.dialect == sqlite {
		return s.layPages(ctx, file, report)
	}
	to, err := Open(ctx, filepath.Dir(file), Options{Machine: s.machine, Now: s.now, Create: true})
	if err != nil {
		return err
	}
	if err := s.CopyTo(ctx, to, report); err != nil {
		return errors.Join(err, to.Close())
	}
	return to.Close()
}

// pagesAtOnce is how many pages are copied between two looks at whether to go on.
const pagesAtOnce = 4096

// layPages copies the pages of an SQLite store. A transaction that reads keeps the view while others
// write.
func (s *Store) layPages(ctx context.Context, file string, report func(done, of int)) error {
	from, err := s.read.Conn(ctx)
	if err != nil {
		return s.word(err)
	}
	defer from.Close()
	into, err := sql.Open("sqlite3", "file:"+escape(file)+"?_journal_mode=OFF&_synchronous=OFF")
	if err != nil {
		return err
	}
	defer into.Close()
	to, err := into.Conn(ctx)
	if err != nil {
		return err
	}
	defer to.Close()
	if _, err := from.ExecContext(ctx, `BEGIN`); err != nil {
		return s.word(err)
	}
	defer from.ExecContext(context.WithoutCancel(ctx), `ROLLBACK`)
	var n int
	if err := from.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_schema`).Scan(&n); err != nil {
		return s.word(err)
	}
	return to.Raw(func(dst any) error {
		return from.Raw(func(src any) error {
			b, err := dst.(*sqlite3.SQLiteConn).Backup("main", src.(*sqlite3.SQLiteConn), "main")
			if err != nil {
				return err
			}
			for done := false; !done; {
				if ctx.Err() != nil {
					b.Close()
					return ctx.Err()
				}
				if done, err = b.Step(pagesAtOnce); err != nil {
					b.Close()
					return err
				}
				report(b.PageCount()-b.Remaining(), b.PageCount())
			}
			return b.Close()
		})
	})
}

// laid opens such a file for reading, as nothing but a file.
func laid(file string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", "file:"+escape(file)+"?mode=ro&immutable=1&_query_only=on&_foreign_keys=off")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// manifest is what a file that was laid holds.
func (s *Store) manifest(ctx context.Context, file, name string, at time.Time) (m backup.Manifest, err error) {
	info, err := os.Stat(file)
	if err != nil {
		return m, err
	}
	db, err := laid(file)
	if err != nil {
		return m, err
	}
	defer db.Close()
	s.mu.RLock()
	defer s.mu.RUnlock()
	copied := &Store{dialect: sqlite, read: db, write: db, machine: s.machine, now: s.now, org: s.org, vault: s.vault}
	err = copied.View(ctx, func(tx *Tx) (err error) {
		m, err = s.manifestOf(tx, name, at, info.Size())
		return err
	})
	return m, s.word(err)
}

// manifestOf is what a view of an SQLite store holds.
func (s *Store) manifestOf(tx *Tx, name string, at time.Time, size int64) (m backup.Manifest, err error) {
	m = backup.Manifest{Format: backup.Format, ID: name, Org: s.org, MadeAt: at, Size: size}
	if m.Rows, err = rowCounts(tx.ctx, tx.tx); err != nil {
		return m, err
	}
	if m.Schema, err = tx.Schema(); err != nil {
		return m, err
	}
	heads, err := tx.Audit.Heads()
	m.Heads = headsOf(heads)
	return m, err
}

// headsOf are the heads of the trail as a manifest says them.
func headsOf(heads []audit.Head) (list []backup.Head) {
	for _, h := range heads {
		list = append(list, backup.Head{Chain: h.Chain, Seq: h.Seq, Hash: h.Code})
	}
	return list
}

// rower is a file or a view of it.
type rower interface {
	querier
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// rowCounts counts the rows of every table of an SQLite file.
func rowCounts(ctx context.Context, db rower) (map[string]int64, error) {
	tables, err := sqlite.tablesOf(ctx, db)
	if err != nil {
		return nil, err
	}
	counts := map[string]int64{}
	for _, t := range tables {
		var n int64
		if err := db.QueryRowContext(ctx, `SELECT COUNT(*) FROM "`+t.name+`"`).Scan(&n); err != nil {
			return nil, err
		}
		counts[t.name] = n
	}
	return counts, nil
}

// sealInto writes the sealed file beside its final name, sees that the disk has it, and only then
// gives it that name; still, if there is one, is asked before.
func (s *Store) sealInto(ctx context.Context, path string, db io.Reader, key BackupKey, m backup.Manifest, report func(done, of int), still func() error) (size int64, err error) {
	pattern := ".xuezheng-" + s.org + "-*.part"
	s.sweep(filepath.Dir(path), pattern)
	out, err := os.CreateTemp(filepath.Dir(path), pattern) // 0600
	if err != nil {
		return 0, ErrBackupWrite.Because(err)
	}
	defer os.Remove(out.Name())
	defer out.Close()
	from := &telling{r: db, of: m.Size, report: report, ctx: ctx}
	if err := writeBackup(out, key, m, from); err != nil {
		return 0, writing(err)
	}
	if err := out.Sync(); err != nil {
		return 0, writing(err)
	}
	info, err := out.Stat()
	if err != nil {
		return 0, writing(err)
	}
	if err := out.Close(); err != nil {
		return 0, writing(err)
	}
	if still != nil {
		if err := still(); err != nil {
			return 0, err
		}
	}
	if _, err := os.Lstat(path); err == nil {
		return 0, ErrBackupThere
	}
	if err := os.Rename(out.Name(), path); err != nil {
		return 0, writing(err)
	}
	syncFolder(filepath.Dir(path))
	return info.Size(), nil
}

// writing says that a file could not be written, and leaves other words as they are.
func writing(err error) error {
	var f *fault.Fault
	if errors.As(err, &f) || errors.Is(err, context.Canceled) {
		return err
	}
	return ErrBackupWrite.Because(err)
}

// syncFolder sees that the disk has a folder's names, where the system lets us.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}

// telling reports how much was read, and ends when the work is to be stopped.
type telling struct {
	r        io.Reader
	done, of int64
	report   func(done, of int)
	ctx      context.Context
}

func (t *telling) Read(p []byte) (int, error) {
	if t.ctx.Err() != nil {
		return 0, t.ctx.Err()
	}
	n, err := t.r.Read(p)
	t.done += int64(n)
	t.report(int(t.done>>10), int(t.of>>10))
	return n, err
}

// beforeName is how the copies that are made before the tables change are called.
const beforeName = "before-migration-"

// copiesBefore is how many of them are kept.
const copiesBefore = 2

// layBefore copies the store as it is before its tables change. The copy lies beside it, in nobody's
// reach who doesn't reach the store, and holds what the store holds: an older program opens it as it is.
func (s *Store) layBefore(ctx context.Context, version int64) error {
	if s.dialect == postgres {
		return s.copySchema(ctx, version)
	}
	if s.remove || s.asIs {
		return nil
	}
	name := filepath.Join(s.dir, beforeName+strconv.FormatInt(version, 10)+"-"+s.now().UTC().Format("20060102-150405")+".db")
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return ErrBefore.Because(err)
	}
	f.Close()
	if _, err := s.write.ExecContext(ctx, `VACUUM INTO ?`, name); err != nil {
		os.Remove(name)
		return ErrBefore.Because(err)
	}
	if old, _ := filepath.Glob(filepath.Join(s.dir, beforeName+"*.db")); len(old) > copiesBefore {
		slices.SortFunc(old, func(a, b string) int { return strings.Compare(stamp(a), stamp(b)) })
		for _, name := range old[:len(old)-copiesBefore] {
			os.Remove(name)
		}
	}
	return nil
}

// stamp is the moment in such a copy's name.
func stamp(name string) string {
	name = strings.TrimSuffix(name, ".db")
	return name[max(0, len(name)-len("20060102-150405")):]
}

// copySchema copies the tables of a database into a schema beside them.
func (s *Store) copySchema(ctx context.Context, version int64) error {
	if s.asIs {
		return nil
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return ErrBefore.Because(err)
	}
	defer tx.Rollback()
	var here string
	if err := tx.QueryRowContext(ctx, `SELECT current_schema()`).Scan(&here); err != nil {
		return ErrBefore.Because(err)
	}
	tables, err := postgres.tablesOf(ctx, tx)
	if err != nil {
		return ErrBefore.Because(err)
	}
	older, err := schemas(ctx, tx, here+"_before_")
	if err != nil {
		return ErrBefore.Because(err)
	}
	there := quoted(here + "_before_" + strconv.FormatInt(version, 10))
	var orders []string
	for _, name := range older {
		orders = append(orders, `DROP SCHEMA `+quoted(name)+` CASCADE`)
	}
	orders = append(orders, `CREATE SCHEMA `+there, `CREATE TABLE `+there+`.goose_db_version AS TABLE goose_db_version`)
	for _, t := range tables {
		orders = append(orders, `CREATE TABLE `+there+`.`+quoted(t.name)+` AS TABLE `+quoted(t.name))
	}
	for _, q := range orders {
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return ErrBefore.Because(err)
		}
	}
	if err := tx.Commit(); err != nil {
		return ErrBefore.Because(err)
	}
	return nil
}

// schemas lists the schemas whose name begins so.
func schemas(ctx context.Context, q querier, begins string) (list []string, err error) {
	rows, err := q.QueryContext(ctx, `SELECT nspname FROM pg_namespace WHERE starts_with(nspname, $1) ORDER BY nspname`, begins)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		list = append(list, name)
	}
	return list, rows.Err()
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// OpenRoot is where a backup is opened only to be looked at.
func (s *Store) OpenRoot() (string, error) {
	if s.dir != "" {
		s.sweep(s.dir, restoringName)
		return s.dir, nil
	}
	return os.TempDir(), nil
}

// MayBackUpTo reports what speaks against a folder for backups.
func (s *Store) MayBackUpTo(folder string) error {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return ErrBackupFolder
	}
	if s.dir != "" && within(s.dir, folder) {
		return ErrBackupInside
	}
	return nil
}

// Engine names what keeps the store.
func (s *Store) Engine() string {
	if s.dialect == postgres {
		return "postgresql"
	}
	return "sqlite"
}
