package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"xuezheng/data/backup"
	"xuezheng/data/fault"
	"xuezheng/data/folder"
	"xuezheng/data/id"
)

// Faults of opening a backup, and of putting it back.
var (
	ErrBackupFile    = fault.New(fault.Refused, "backup.no-file")
	ErrBackupInner   = fault.New(fault.Refused, "backup.inner") // what is inside is not what a store holds
	ErrRestoreTarget = fault.New(fault.Refused, "backup.not-empty")
)

// Opened is a backup that was opened into a folder of its own, where it is a store. Close forgets it.
type Opened struct {
	*Store
	Manifest backup.Manifest
	folder   string
}

// Close closes and removes what was opened.
func (o *Opened) Close() error {
	err := o.Store.Close()
	return errors.Join(err, os.RemoveAll(o.folder))
}

// OpenBackup opens a backup into a new folder under root, sees that everything in it is whole, and
// opens it as a store. Whatever a file holds that somebody made up, it is refused. report hears
// hundredths.
func OpenBackup(ctx context.Context, file, root string, key BackupKey, o Options, report func(done, of int)) (*Opened, error) {
	folder, err := os.MkdirTemp(root, restoringName)
	if err != nil {
		return nil, (&Store{}).roomFor(ErrBackupWrite.Because(err), "")
	}
	m, err := unpack(ctx, file, key, filepath.Join(folder, fileName), part(report, 0, 70))
	if err == nil {
		err = examine(ctx, filepath.Join(folder, fileName), m)
	}
	if err != nil {
		os.RemoveAll(folder)
		return nil, err
	}
	part(report, 70, 100)(1, 1)
	o.Create, o.asIs = false, true
	s, err := Open(ctx, folder, o)
	if err != nil {
		os.RemoveAll(folder)
		return nil, err
	}
	opened := &Opened{s, m, folder}
	if err := opened.unlock(ctx, key); err != nil {
		opened.Close()
		return nil, err
	}
	return opened, nil
}

const restoringName = "restoring-*.tmp"

// unlock opens the store inside with the key that opened the file, and compares what the manifest says.
func (o *Opened) unlock(ctx context.Context, key BackupKey) error {
	if o.org != o.Manifest.Org {
		return ErrBackupInner
	}
	if key.recovery != "" {
		if err := o.UnlockRecovery(ctx, key.recovery); err != nil {
			return err
		}
	} else {
		v, err := newVault(key.data)
		if err != nil {
			return err
		}
		if err := o.open(ctx, v, false); err != nil {
			return err
		}
	}
	var heads []backup.Head
	err := o.View(ctx, func(tx *Tx) error {
		list, err := tx.Audit.Heads()
		heads = headsOf(list)
		return err
	})
	if err != nil {
		return err
	}
	if len(heads) != len(o.Manifest.Heads) {
		return ErrBackupInner
	}
	for i, h := range heads {
		if h != o.Manifest.Heads[i] {
			return ErrBackupInner
		}
	}
	err = o.View(ctx, func(tx *Tx) error { return tx.Audit.Continues(o.Manifest.Heads) })
	if errors.Is(err, ErrTrailBehind) {
		return ErrBackupInner.Because(err)
	}
	return err
}

// unpack writes the store that a backup holds into a new file.
func unpack(ctx context.Context, file string, key BackupKey, into string, report func(done, of int)) (m backup.Manifest, err error) {
	in, err := os.Open(file)
	if err != nil {
		return m, ErrBackupFile.Because(err)
	}
	defer in.Close()
	if info, err := in.Stat(); err != nil || !info.Mode().IsRegular() {
		return m, ErrBackupFile
	}
	m, db, err := readBackup(in, key)
	if err != nil {
		return m, err
	}
	out, err := os.OpenFile(into, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return m, ErrBackupWrite.Because(err)
	}
	_, err = io.CopyBuffer(onlyWriter{out}, &telling{r: db, of: m.Size, report: report, ctx: ctx}, make([]byte, 1<<20))
	if err == nil {
		err = out.Sync()
	}
	if e := out.Close(); err == nil {
		err = e
	}
	if err != nil {
		return m, (&Store{}).roomFor(writing(err), into)
	}
	return m, nil
}

// examine sees that a file is an SQLite store and nothing else, undamaged, with the rows that the
// manifest counts. It runs nothing that the file says.
func examine(ctx context.Context, file string, m backup.Manifest) error {
	db, err := laid(file)
	if err != nil {
		return ErrBackupInner.Because(err)
	}
	defer db.Close()
	for _, q := range []string{`PRAGMA trusted_schema = OFF`, `PRAGMA cell_size_check = ON`} {
		if _, err := db.ExecContext(ctx, q); err != nil {
			return ErrBackupInner.Because(err)
		}
	}
	var odd int
	err = db.QueryRowContext(ctx, `
		SELECT COUNT(*)
		FROM sqlite_schema
		WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'`).Scan(&odd)
	if err != nil || odd > 0 {
		return ErrBackupInner.Because(err)
	}
	var said string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&said); err != nil || said != "ok" {
		return ErrBackupInner.Because(errors.Join(err, errors.New(said)))
	}
	rows, err := rowCounts(ctx, db)
	if err != nil || !maps.Equal(rows, m.Rows) {
		return ErrBackupInner.Because(err)
	}
	var version int64
	err = db.QueryRowContext(ctx, `SELECT MAX(version_id) FROM goose_db_version WHERE is_applied = 1`).Scan(&version)
	if err != nil || version != m.Schema {
		return ErrBackupInner.Because(err)
	}
	return nil
}

// onServer reports whether a location names a database.
func onServer(location string) bool {
	return strings.HasPrefix(location, "postgres://") || strings.HasPrefix(location, "postgresql://")
}

// RestoreRoot is where a backup is opened that is to be put back at location, which must be empty
// unless what is there is to be replaced.
func RestoreRoot(location string, replace bool) (string, error) {
	if onServer(location) {
		return os.TempDir(), nil
	}
	if err := os.MkdirAll(location, 0o700); err != nil {
		return "", ErrBackupWrite.Because(err)
	}
	left, _ := filepath.Glob(filepath.Join(location, restoringName))
	for _, name := range left {
		os.RemoveAll(name)
	}
	if _, err := os.Lstat(filepath.Join(location, fileName)); err == nil && !replace {
		return "", ErrRestoreTarget
	}
	return location, nil
}

// PutAt puts what was opened at a location. What is there is set aside if it is to be replaced, and
// its new place is returned; nothing is deleted.
func (o *Opened) PutAt(ctx context.Context, location string, replace bool, report func(done, of int)) (aside string, err error) {
	stamp := o.now().UTC().Format("20060102_150405")
	if onServer(location) {
		return o.putOnServer(ctx, location, replace, stamp, report)
	}
	if err := o.Store.Close(); err != nil {
		return "", err
	}
	release, err := folder.Hold(location, o.machine, o.now())
	if err != nil {
		return "", err
	}
	defer release()
	if replace {
		if aside, err = setAside(location, "before-restore-"+stamp); err != nil {
			return "", ErrBackupWrite.Because(err)
		}
	}
	to := filepath.Join(location, fileName)
	if _, err := os.Lstat(to); err == nil {
		return aside, ErrRestoreTarget
	}
	if err := os.Rename(filepath.Join(o.folder, fileName), to); err != nil {
		return aside, ErrBackupWrite.Because(err)
	}
	syncFolder(location)
	return aside, os.RemoveAll(o.folder)
}

// setAside moves the files of a store into a folder of their own beside it; other files stay.
func setAside(location, name string) (string, error) {
	there, err := filepath.Glob(filepath.Join(location, fileName+"*"))
	if err != nil || len(there) == 0 {
		return "", err
	}
	aside := filepath.Join(location, name)
	if err := os.Mkdir(aside, 0o700); err != nil {
		return "", err
	}
	for _, file := range there {
		if err := os.Rename(file, filepath.Join(aside, filepath.Base(file))); err != nil {
			return aside, err
		}
	}
	return aside, nil
}

func (o *Opened) putOnServer(ctx context.Context, url string, replace bool, stamp string, report func(done, of int)) (aside string, err error) {
	if replace {
		if aside, err = schemaAside(ctx, url, stamp); err != nil {
			return "", err
		}
	}
	to, err := Open(ctx, url, Options{Machine: o.machine, Now: o.now, Create: true})
	if err != nil {
		return aside, err
	}
	if err := o.CopyTo(ctx, to, report); err != nil {
		return aside, errors.Join(err, to.Close())
	}
	return aside, to.Close()
}

// schemaAside moves the tables of a database into a schema of their own.
func schemaAside(ctx context.Context, url, stamp string) (string, error) {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return "", ErrUnreachable.Because(err)
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return "", ErrUnreachable.Because(err)
	}
	defer tx.Rollback()
	var here string
	if err := tx.QueryRowContext(ctx, `SELECT current_schema()`).Scan(&here); err != nil {
		return "", err
	}
	tables, err := postgres.tablesOf(ctx, tx)
	if err != nil {
		return "", err
	}
	aside := here + "_before_restore_" + stamp
	orders := []string{`CREATE SCHEMA ` + quoted(aside)}
	for _, t := range append(tables, copied{name: "goose_db_version"}) {
		orders = append(orders, `ALTER TABLE `+quoted(t.name)+` SET SCHEMA `+quoted(aside))
	}
	for _, q := range orders {
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return "", ErrBackupWrite.Because(err)
		}
	}
	return aside, tx.Commit()
}

// ReadManifest opens a backup only as far as what it tells of itself.
func ReadManifest(file string, key BackupKey) (m backup.Manifest, err error) {
	in, err := os.Open(file)
	if err != nil {
		return m, ErrBackupFile.Because(err)
	}
	defer in.Close()
	m, _, err = readBackup(in, key)
	return m, err
}

// Backups lists the backups of this store in a folder, the newest first. A folder that is not there
// has none.
func (s *Store) Backups(folder string) (list []Made) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		at, ok := backup.Made(s.org, e.Name())
		info, err := e.Info()
		if !ok || err != nil || !info.Mode().IsRegular() {
			continue
		}
		list = append(list, Made{Path: filepath.Join(folder, e.Name()), Bytes: info.Size(), Manifest: backup.Manifest{Org: s.org, MadeAt: at}})
	}
	slices.SortFunc(list, func(a, b Made) int { return b.Manifest.MadeAt.Compare(a.Manifest.MadeAt) })
	return list
}

// OnSameDisk reports whether a folder lies on the disk on which the store itself does: what takes one takes
// both. It can't be told of a store on a server, nor of a folder that is not there.
func (s *Store) OnSameDisk(folder string) bool {
	return s.dir != "" && !s.remove && folder != "" && sameDisk(s.dir, folder)
}

// Thin removes the backups in a folder that need not be kept, and says how many.
func (s *Store) Thin(folder string, k backup.Keeping) (dropped int) {
	list := s.Backups(folder)
	var made []time.Time
	for _, b := range list {
		made = append(made, b.Manifest.MadeAt)
	}
	for _, i := range k.Drop(made) {
		if os.Remove(list[i].Path) == nil {
			dropped++
		}
	}
	return dropped
}

// CheckPictures opens every picture and reports how far it is. The first that doesn't open is the error.
func (s *Store) CheckPictures(ctx context.Context, report func(done, of int)) (n int, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		var list []id.Picture
		err := tx.rows(`SELECT id FROM picture WHERE org = ? ORDER BY id`, []any{tx.org}, func(scan func(...any) error) error {
			var p id.Picture
			err := scan(&p)
			list = append(list, p)
			return err
		})
		if err != nil {
			return err
		}
		for _, p := range list {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if _, err := tx.Pictures.Get(p); err != nil {
				return err
			}
			n++
			if report != nil {
				report(n, len(list))
			}
		}
		return nil
	})
	return n, err
}
