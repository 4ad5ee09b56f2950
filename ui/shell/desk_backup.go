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
	if may(act.RestoreBackup) {
		m.Restore = d.OpenRestore
	}
	d.part(screen.SettingsBackup(m, d.tabs("settings.tab.backup")), m)
}

// backupNote is what the rail says of the last backup.
func (d *DeskShell) backupNote() widget.RailNote {
	note := widget.RailNote{Bad: func() bool { return d.last.Bad() }, Words: func() string {
		v := d.last
		switch at := d.Book.ShortMoment(v.At, d.Services.Today()); {
		case v.Trouble == service.ErrBackupOfSpoilt.Key:
			return d.Book.Say("rail.backup-spoilt")
		case v.Checked:
			return d.Book.Say("rail.backup-not-whole")
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
// alone says that nobody is there to be asked.
func (d *DeskShell) leave(alone bool, then func()) {
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
	var stop func()
	m := model.NewLeaving(d.asks, alone, d.Run, func() {
		if d.leaving = false; stop != nil {
			stop()
		}
		then()
	})
	if !d.leaving {
		return
	}
	d.show(screen.Leaving(m, d.institution))
	if d.beat != nil {
		stop = d.beat(lastChance(m))
	}
}

// leavingSeconds is how long it is waited for an answer where the last backup failed.
const leavingSeconds = 120

// lastChance counts how long nobody answers that no backup was made, and leaves then.
func lastChance(m *model.Leaving) func() {
	left := leavingSeconds
	return func() {
		if m.Failed == nil || m.Busy() {
			left = leavingSeconds
			return
		}
		if left--; left == 0 {
			m.Skip()
		}
	}
}

// Closing is leave for a window that is closed.
func (d *DeskShell) Closing(then func()) { d.leave(false, then) }

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
	return model.BackupView{At: l.At, Machine: l.Machine, Bytes: l.Bytes, Trouble: l.Trouble, TroubleAt: l.TroubleAt, Checked: l.Checked, Old: l.Old}, err
}

// BackupSettings are where this machine's backups go, and how often.
func (a *asks) BackupSettings() (string, int, bool, error) {
	s, err := a.services.Backups.Settings(ctx)
	return s.Folder, s.Hours, s.SameDisk, err
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
	return holdsOf(c), err
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
