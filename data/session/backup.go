package session

import (
	"context"
	"path/filepath"

	"xuezheng/data/service"
	"xuezheng/data/view"
)

// BackupsAs is Backups, bound to who asks.
//
//as:forward BackupWanted=Wanted
type BackupsAs struct{ as }

// LastBackup tells of the last backup.
func (a BackupsAs) LastBackup() (view.Backup, error) {
	l, err := a.services.Backups.Last(a.ctx)
	return view.Backup{At: l.At, Machine: l.Machine, Bytes: l.Bytes, Trouble: l.Trouble, TroubleAt: l.TroubleAt, Checked: l.Checked, Old: l.Old}, err
}

// BackupSettings are where this machine's backups go, and how often.
func (a BackupsAs) BackupSettings() (string, int, bool, error) {
	s, err := a.services.Backups.Settings(a.ctx)
	return s.Folder, s.Hours, s.SameDisk, err
}

// SetBackupSettings sets them.
func (a BackupsAs) SetBackupSettings(folder string, hours int) error {
	return a.services.Backups.SetSettings(a.ctx, a.who, service.BackupSettings{Folder: folder, Hours: hours})
}

// BackupFiles are the backups in the folder, the newest first.
func (a BackupsAs) BackupFiles() (rows []view.BackupRow, err error) {
	list, err := a.services.Backups.Files(a.ctx, a.who)
	for _, b := range list {
		rows = append(rows, view.BackupRow{Path: b.Path, File: filepath.Base(b.Path), MadeAt: b.MadeAt, Bytes: b.Bytes})
	}
	return rows, err
}

// BackUp makes a backup in the folder.
func (a BackupsAs) BackUp(ctx context.Context, report func(done, of int)) error {
	made, err := a.services.Backups.Create(ctx, a.who, "", report)
	if err == nil && made.Spoilt {
		return service.ErrBackupOfSpoilt
	}
	return err
}

// CheckBackup goes through a backup.
func (a BackupsAs) CheckBackup(ctx context.Context, path string, report func(done, of int)) (view.BackupHolds, error) {
	c, err := a.services.Backups.Check(ctx, a.who, path, report)
	return Holds(c), err
}

// Holds is what a backup that was gone through holds, for people.
func Holds(c service.BackupChecked) view.BackupHolds {
	h := view.BackupHolds{Institution: c.Institution, MadeAt: c.MadeAt, People: int(c.People), Certificates: int(c.Certificates), Pictures: c.Pictures, Lines: c.Lines}
	for _, x := range c.Heads {
		h.Heads = append(h.Heads, view.TrailEnd{Chain: x.Chain, Seq: x.Seq})
	}
	return h
}
