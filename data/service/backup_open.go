package service

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/backup"
	"xuezheng/data/fault"
	"xuezheng/data/store"
)

// BackupChecked tells what a backup holds, all of it opened and found whole.
type BackupChecked struct {
	Org          string        // whose it is
	Heads        []backup.Head // where the trail ended
	ID           string
	MadeAt       time.Time
	Institution  string
	People       int64
	Certificates int64
	Lines        int // of the trail, each compared with the one before it
	Pictures     int // each opened
}

// Check opens a backup of this store with the store's own key, goes through all of it, and compares the
// trail as the backup saw it with the one here. report hears hundredths.
//
// One that is not whole is told of in the trail, and remembered until another is whole, or a new one made.
func (s *Backups) Check(ctx context.Context, who access.Who, file string, report func(done, of int)) (c BackupChecked, err error) {
	if err := s.permit(who, act.CheckBackup); err != nil {
		return c, err
	}
	if c, err = s.check(ctx, who, file, report); err != nil {
		_, ours := backup.Made(s.store.Org(), filepath.Base(file))
		keep := ours && !errors.Is(err, store.ErrBackupFile) // a stick that was pulled says nothing of what is on it
		return c, errors.Join(err, s.trouble(ctx, who, act.CheckBackup, err, keep))
	}
	last, err := s.Last(ctx)
	if err != nil {
		return c, err
	}
	return c, s.do(ctx, who, act.CheckBackup, func(tx *changing) error {
		if tx.about(c.ID, "", "whole"); !last.Checked {
			return nil
		}
		return tx.Settings.Set(settingBackupTrouble, "")
	})
}

// check is Check, without what is remembered of it.
func (s *Backups) check(ctx context.Context, who access.Who, file string, report func(done, of int)) (c BackupChecked, err error) {
	key, err := s.store.BackupKey(ctx)
	if err != nil {
		return c, err
	}
	root, err := s.store.OpenRoot()
	if err != nil {
		return c, err
	}
	cfg := Config{Machine: s.machine, Now: s.now}
	var m backup.Manifest
	if c, m, err = checkBackup(ctx, cfg, file, root, key, report); err != nil {
		return c, err
	}
	err = s.look(ctx, who, act.CheckBackup, "", func(tx *store.Tx) error {
		if skip, err := leftBehind(tx, m); err != nil || skip {
			return err
		}
		return tx.Audit.Continues(m.Heads)
	})
	return c, err
}

// leftBehind reports whether a backup's trail need not be the store's: it was made before the tables
// changed, which may have sealed the trail anew, or on a way that was left when an older backup was put
// back.
func leftBehind(tx *store.Tx, m backup.Manifest) (bool, error) {
	v, err := tx.Schema()
	if err != nil || v != m.Schema {
		return true, err
	}
	if left, err := onLostWay(tx, m); err != nil || left {
		return true, err
	}
	restores, err := tx.Audit.Lines(store.LineFilter{Act: act.RestoreBackup})
	for _, l := range restores {
		from, no := time.Parse(time.RFC3339, l.Detail)
		if no == nil && m.MadeAt.After(from) && m.MadeAt.Before(l.At) {
			return true, err
		}
	}
	return false, err
}

// mostRemembered is how many of the newest backups are asked what they remember of the trail.
const mostRemembered = 3

// Remembered is where the trail ended when the newest backups in the chosen folder were made. One that
// can't be read remembers nothing.
func (s *Backups) Remembered(ctx context.Context, who access.Who) (list []store.Outside, err error) {
	if err := s.permit(who, act.VerifyAudit); err != nil {
		return nil, err
	}
	files, err := s.Files(ctx, who)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	key, err := s.store.BackupKey(ctx)
	if err != nil {
		return nil, err
	}
	err = s.look(ctx, who, act.VerifyAudit, "", func(tx *store.Tx) error {
		list = nil
		for _, f := range files[:min(len(files), mostRemembered)] {
			m, no := store.ReadManifest(f.Path, key)
			if no != nil {
				continue
			}
			if skip, err := leftBehind(tx, m); err != nil || skip {
				if err != nil {
					return err
				}
				continue
			}
			list = append(list, headsIn(f.Path, m)...)
		}
		return nil
	})
	return list, err
}

func headsIn(path string, m backup.Manifest) (list []store.Outside) {
	for _, h := range m.Heads {
		list = append(list, store.Outside{Name: filepath.Base(path), Head: audit.Head{Chain: h.Chain, Seq: h.Seq, Code: h.Hash}, At: m.MadeAt})
	}
	return list
}

// RememberedBy is where the trail ended when one backup of this store was made. A file that is no backup
// is store.ErrNotBackup; another store's is store.ErrBackupKey. One that need not be on the trail's way is refused.
func (s *Backups) RememberedBy(ctx context.Context, who access.Who, path string) (list []store.Outside, err error) {
	if err := s.permit(who, act.VerifyAudit); err != nil {
		return nil, err
	}
	key, err := s.store.BackupKey(ctx)
	if err != nil {
		return nil, err
	}
	m, err := store.ReadManifest(path, key)
	if err != nil {
		return nil, err
	}
	err = s.look(ctx, who, act.VerifyAudit, "", func(tx *store.Tx) error {
		if skip, err := leftBehind(tx, m); err != nil || skip {
			return cmp.Or(err, error(ErrNoHead))
		}
		list = headsIn(path, m)
		return nil
	})
	return list, err
}

// CheckBackup opens a backup with the recovery key, without its store, and goes through all of it.
func CheckBackup(ctx context.Context, cfg Config, file, recovery string, report func(done, of int)) (BackupChecked, error) {
	cfg = withClock(cfg)
	c, _, err := checkBackup(ctx, cfg, file, os.TempDir(), store.RecoveryKey(recovery), report)
	return c, err
}

func withClock(cfg Config) Config {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return cfg
}

func checkBackup(ctx context.Context, cfg Config, file, root string, key store.BackupKey, report func(done, of int)) (c BackupChecked, m backup.Manifest, err error) {
	o, s, err := openBackup(ctx, cfg, file, root, key, partOf(report, 0, 50))
	if err != nil {
		return c, m, err
	}
	defer o.Close()
	c, err = s.whole(ctx, o.Manifest, partOf(report, 50, 100))
	return c, o.Manifest, err
}

// partOf makes part of the hundredths of a whole out of what a step reports.
func partOf(report func(done, of int), from, to int) func(done, of int) {
	if report == nil {
		return func(int, int) {}
	}
	return func(done, of int) { report(from+(to-from)*min(done, of)/max(of, 1), 100) }
}

// openBackup opens a backup as services of its own.
func openBackup(ctx context.Context, cfg Config, file, root string, key store.BackupKey, report func(done, of int)) (*store.Opened, *Services, error) {
	so := cfg.Store
	so.Machine, so.Now = cfg.Machine, cfg.Now
	o, err := store.OpenBackup(ctx, file, root, key, so, report)
	if err != nil {
		return nil, nil, err
	}
	s, err := over(o.Store, cfg)
	if err == nil {
		err = o.Store.View(ctx, s.core.knowPacks)
	}
	if err != nil {
		return nil, nil, errors.Join(err, o.Close())
	}
	return o, s, nil
}

// restorer is who acts where nobody can sign in yet: whoever has the recovery key.
var restorer = access.Who{Login: "recovery-key", Role: access.Administrator}

// whole goes through all that an opened backup holds: the trail, and every picture.
func (s *Services) whole(ctx context.Context, m backup.Manifest, report func(done, of int)) (c BackupChecked, err error) {
	c = BackupChecked{Org: m.Org, Heads: m.Heads, ID: m.ID, MadeAt: m.MadeAt, People: m.Rows["person"], Certificates: m.Rows["certificate"]}
	in, err := s.Access.Institution(ctx)
	if err != nil {
		return c, err
	}
	c.Institution = in.Name
	v, err := s.Audit.verifyCopy(ctx, restorer, partOf(report, 0, 50))
	if err == nil {
		c.Lines, err = v.Lines, First(v)
	}
	if err != nil {
		return c, inBackup(err)
	}
	c.Pictures, err = s.core.store.CheckPictures(ctx, partOf(report, 50, 100))
	return c, inBackup(err)
}

// ErrBackupSpoilt is for a backup that opens, and in which something is not what the program wrote.
var ErrBackupSpoilt = fault.New(fault.Refused, "backup.spoilt")

func inBackup(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return ErrBackupSpoilt.Because(err)
}

// Restoring is what is to be put back, and by whom.
type Restoring struct {
	File     string
	Recovery string // the recovery key; empty for the key of the store that is there

	Replace     bool   // there is a store, and it is to be set aside
	Institution string // its name, as the second word
	Login       string // who signs in to it, where there is no recovery key
	Passphrase  string
}

// Restored tells of a backup that was put back.
type Restored struct {
	BackupChecked
	Aside string // where the store that was there lies now
}

// Faults of putting a backup back.
var (
	ErrRestoreName  = fault.New(fault.Refused, "backup.second-word")
	ErrRestoreOther = fault.New(fault.Refused, "backup.other-store")
	ErrRestoreKey   = fault.New(fault.Refused, "backup.no-key")
)

// Ours refuses a backup of another institution.
func (s *Backups) Ours(c BackupChecked) error {
	if c.Org != s.store.Org() {
		return ErrRestoreOther
	}
	return nil
}

// Restore puts a backup back at cfg.Location: into an empty place, or, with a second word, in place of
// a store, which is set aside. Sign-ins, keys and counters are as they were; numbers move on, so that
// none that was given out after the backup is given out again.
func Restore(ctx context.Context, cfg Config, r Restoring, report func(done, of int)) (d Restored, err error) {
	cfg = withClock(cfg)
	there, key, who, err := r.instead(ctx, cfg)
	if err != nil {
		return d, err
	}
	root, err := store.RestoreRoot(cfg.Location, r.Replace)
	if err != nil {
		return d, err
	}
	o, s, err := openBackup(ctx, cfg, r.File, root, key, partOf(report, 0, 40))
	if err != nil {
		return d, err
	}
	defer o.Close()
	if d.BackupChecked, err = s.whole(ctx, o.Manifest, partOf(report, 40, 70)); err != nil {
		return d, err
	}
	if r.Replace {
		switch {
		case there.ID != "" && there.ID != o.Manifest.Org:
			return d, ErrRestoreOther
		case there.Name == "" && r.Institution != d.Institution:
			return d, ErrRestoreName
		}
	}
	if err := s.core.restored(ctx, who, o.Manifest, filepath.Base(r.File)); err != nil {
		return d, err
	}
	heads, err := s.core.headsNow(ctx)
	if err != nil {
		return d, err
	}
	if d.Aside, err = o.PutAt(ctx, cfg.Location, r.Replace, partOf(report, 70, 100)); err == nil {
		_ = s.core.seen.Settle(string(o.Manifest.Org), heads) // this machine put it back itself: it is no older store that somebody slipped in
	}
	return d, err
}

// instead looks at the store that is to be replaced: whose it is, and, without a recovery key, its key
// once somebody who may has signed in. One that is damaged tells nothing, and is replaced by the
// recovery key only.
func (r Restoring) instead(ctx context.Context, cfg Config) (there Institution, key store.BackupKey, who access.Who, err error) {
	key, who = store.RecoveryKey(r.Recovery), restorer
	if !r.Replace {
		if r.Recovery == "" {
			return there, key, who, ErrRestoreKey
		}
		return there, key, who, nil
	}
	s, err := Open(ctx, cfg)
	if err != nil {
		if r.Recovery != "" && (errors.Is(err, store.ErrDamaged) || errors.Is(err, store.ErrNone)) {
			return there, key, who, nil
		}
		return there, key, who, err
	}
	defer s.Close()
	if there, err = s.Access.Institution(ctx); err != nil {
		return there, key, who, err
	}
	there.ID = s.core.store.Org()
	if r.Institution != there.Name {
		return there, key, who, ErrRestoreName
	}
	if r.Recovery != "" {
		return there, key, who, nil
	}
	if who, err = s.Access.SignIn(ctx, r.Login, r.Passphrase); err != nil {
		return there, key, who, err
	}
	if err := s.core.permit(who, act.RestoreBackup); err != nil {
		return there, key, who, err
	}
	key, err = s.core.store.BackupKey(ctx)
	return there, key, who, err
}

// restored writes into what was opened from a backup that it was put back, and moves its numbers on.
func (c *core) restored(ctx context.Context, who access.Who, m backup.Manifest, file string) error {
	return c.store.Update(ctx, func(tx *store.Tx) error {
		t := &changing{Tx: tx, who: who, act: act.RestoreBackup, at: c.now().UTC()}
		t.about(m.ID, "", m.MadeAt.UTC().Format(time.RFC3339))
		if err := c.moveNumbersOn(t, m.MadeAt); err != nil {
			return err
		}
		if err := setJSON(t, settingBackupLast, keptBackup{m.MadeAt, file, c.machine, m.Size}); err != nil {
			return err
		}
		_, err := c.record(t)
		return err
	})
}

// CopyTo copies everything, as it stands at one moment, into a store at another location that is made
// for it: from a folder into a database, or back. report hears rows.
func (s *Backups) CopyTo(ctx context.Context, who access.Who, location string, report func(done, of int)) (rows int, err error) {
	if err := s.permit(who, act.CopyStore); err != nil {
		return 0, err
	}
	o := store.Options{Machine: s.machine, Now: s.now, Create: true}
	to, err := store.Open(ctx, location, o)
	if err != nil {
		return 0, copyTarget(err)
	}
	defer to.Close()
	err = s.do(ctx, who, act.CopyStore, func(tx *changing) error {
		tx.about("store", "", to.Engine())
		return nil
	})
	if err != nil {
		return 0, err
	}
	err = s.store.CopyTo(ctx, to, func(done, of int) {
		rows = done
		if report != nil {
			report(done, of)
		}
	})
	return rows, err
}

// copyTarget says that there is a store already where a copy should go.
func copyTarget(err error) error {
	if errors.Is(err, store.ErrExists) {
		return store.ErrCopyTarget.Because(err)
	}
	return err
}
