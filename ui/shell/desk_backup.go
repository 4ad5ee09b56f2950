package shell

import (
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
	m := model.NewSettingsBackup(d.asks.as().BackupsAs, windowFiles{d.Window, d.Run}, may(act.ChangeConfig), may(act.CheckBackup), d.Run)
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
	m := model.NewLeaving(d.asks.as().BackupsAs, alone, d.Run, func() {
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
	a := d.asks.as()
	d.Run(func() error {
		due, err := a.BackupWanted(false)
		if err != nil || !due {
			return err
		}
		return a.BackUp(ctx, func(int, int) {})
	}, func(error) {})
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
