package shell

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
	"xuezheng/ui/widget"
)

// OpenBackup shows the backups.
func (d *DeskShell) OpenBackup() {
	may := d.asks.who.Role.May
	m := model.NewSettingsBackup(d.asks, windowFiles{d.Window, d.Run}, may(act.ChangeConfig), may(act.CheckBackup), d.Run)
	d.part(screen.SettingsBackup(m, d.tabs("settings.tab.backup")), m)
}

// backupNote is what the rail says of the last backup.
func (d *DeskShell) backupNote() widget.RailNote {
	note := widget.RailNote{Bad: func() bool { return d.last.Bad() }, Words: func() string {
		v := d.last
		switch at := d.Book.ShortMoment(v.At, d.Services.Today()); {
		case v.Trouble == service.ErrBackupOfSpoilt.Key:
			return d.Book.Say("rail.backup-spoilt")
		case v.Trouble != "":
			return d.Book.Say("rail.backup-failed")
		case v.At.IsZero() && !v.Old:
			return "" // not looked yet
		case v.At.IsZero():
			return d.Book.Say("rail.never-backed-up")
		case v.Old:
			return d.Book.Say("rail.backup-old", at)
		default:
			return d.Book.Say("rail.backed-up", at)
		}
	}}
	if d.asks.who.Role.May(act.CreateBackup) {
		note.Go = d.OpenBackup
	}
	return note
}

// leave makes the backup that is wanted before somebody leaves, and then calls then. Nobody's data is
// shown meanwhile. Whoever leaves again waits no longer.
func (d *DeskShell) leave(then func()) {
	if d.leaving || d.asks.who.Login == "" || d.asks.who.Role == access.Learner || d.asks.who.MustChange || d.atHome {
		d.leaving = false
		then()
		return
	}
	d.leaving = true
	d.quiet()
	if d.idle != nil {
		d.idle.Stop()
	}
	d.Walk.Leave()
	m := model.NewLeaving(d.asks, d.Run, func() {
		d.leaving = false
		then()
	})
	if d.leaving {
		d.show(screen.Leaving(m, d.institution))
	}
}

// Closing is leave for a window that is closed.
func (d *DeskShell) Closing(then func()) { d.leave(then) }

// backupMinutes is how often it is looked whether a backup is due.
const backupMinutes = 1

// beating is the beat by which idleness is counted; every so often it is also looked whether a backup
// is due, which is then made beside the work.
func (d *DeskShell) beating(beat Beat) Beat {
	if !d.asks.who.Role.May(act.CreateBackup) || d.atHome {
		return beat
	}
	seconds := 0
	return func(f func()) (stop func()) {
		return beat(func() {
			f()
			if seconds++; seconds%(60*backupMinutes) == 0 && d.idle != nil {
				d.backUpIfDue()
			}
		})
	}
}

// backUpIfDue makes a backup if one is due. That it was made, or what kept it from being made, comes to
// the rail as every change does.
func (d *DeskShell) backUpIfDue() {
	a := *d.asks
	d.Run(func() error {
		due, err := a.BackupWanted(false)
		if err != nil || !due {
			return err
		}
		return a.BackUp(ctx, func(int, int) {})
	}, func(error) {})
}

// LastBackup tells of the last backup.
func (a *asks) LastBackup() (model.BackupView, error) {
	l, err := a.services.Backups.Last(ctx)
	return model.BackupView{At: l.At, Machine: l.Machine, Bytes: l.Bytes, Trouble: l.Trouble, TroubleAt: l.TroubleAt, Old: l.Old}, err
}

// BackupSettings are where this machine's backups go, and how often.
func (a *asks) BackupSettings() (string, int, error) {
	s, err := a.services.Backups.Settings(ctx)
	return s.Folder, s.Hours, err
}

// SetBackupSettings sets them.
func (a *asks) SetBackupSettings(folder string, hours int) error {
	return a.services.Backups.SetSettings(ctx, a.who, service.BackupSettings{Folder: folder, Hours: hours})
}

// BackupFiles are the backups in the folder, the newest first.
func (a *asks) BackupFiles() (rows []model.BackupRow, err error) {
	list, err := a.services.Backups.Files(ctx, a.who)
	for _, b := range list {
		rows = append(rows, model.BackupRow{Path: b.Path, File: filepath.Base(b.Path), MadeAt: b.MadeAt, Bytes: b.Bytes})
	}
	return rows, err
}

// BackupWanted reports whether a backup is to be made by itself now.
func (a *asks) BackupWanted(leaving bool) (bool, error) {
	return a.services.Backups.Wanted(ctx, a.who, leaving)
}

// BackUp makes a backup in the folder.
func (a *asks) BackUp(ctx context.Context, report func(done, of int)) error {
	made, err := a.services.Backups.Create(ctx, a.who, "", report)
	if err == nil && made.Spoilt {
		return service.ErrBackupOfSpoilt
	}
	return err
}

// CheckBackup goes through a backup.
func (a *asks) CheckBackup(ctx context.Context, path string, report func(done, of int)) (model.BackupHolds, error) {
	c, err := a.services.Backups.Check(ctx, a.who, path, report)
	return model.BackupHolds{MadeAt: c.MadeAt, People: int(c.People), Certificates: int(c.Certificates), Pictures: c.Pictures, Lines: c.Lines}, err
}

// ChooseFolder lets a person choose a folder.
func (f windowFiles) ChooseFolder(then func(path string)) {
	if f.window == nil {
		return
	}
	d := dialog.NewFolderOpen(func(at fyne.ListableURI, err error) {
		if err == nil && at != nil {
			then(filepath.FromSlash(at.Path()))
		}
	}, f.window)
	f.show(d)
}
