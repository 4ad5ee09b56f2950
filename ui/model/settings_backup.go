package model

import (
	"context"
	"strconv"
)

// BackupService makes backups and goes through them.
type BackupService interface {
	LastBackup() (BackupView, error)
	BackupSettings() (folder string, hours int, sameDisk bool, err error)
	SetBackupSettings(folder string, hours int) error
	BackupFiles() ([]BackupRow, error)
	BackUp(ctx context.Context, report func(done, of int)) error
	CheckBackup(ctx context.Context, path string, report func(done, of int)) (BackupHolds, error)
}

// Folders lets a person choose a folder. Nothing is called if the person chooses none.
type Folders interface{ ChooseFolder(then func(path string)) }

// SettingsBackup is where backups go, how often, which there are, and what is in them.
type SettingsBackup struct {
	Screen
	Folder   Text
	Hours    Choice
	Files    Table[BackupRow]
	Last     BackupView
	Loaded   bool
	Saved    bool
	SameDisk bool         // the folder that is set lies on the disk of the store
	Made     bool         // one was made just now
	Holds    *BackupHolds // of the one that was gone through
	MaySet   bool
	MayCheck bool
	Restore  func() // leads to putting a backup back; nil for those who may not
	kept     struct{ folder, hours string }
	service  BackupService
	folders  Folders
}

// backupHours are what is offered.
var backupHours = []Option{{"0", "settings.backup.hours.0"}, {"1", "settings.backup.hours.1"}, {"4", "settings.backup.hours.4"}, {"8", "settings.backup.hours.8"}, {"24", "settings.backup.hours.24"}}

// NewSettingsBackup opens the backups.
func NewSettingsBackup(service BackupService, folders Folders, maySet, mayCheck bool, run Run) *SettingsBackup {
	m := &SettingsBackup{Screen: NewScreen(run), MaySet: maySet, MayCheck: mayCheck, service: service, folders: folders}
	m.Hours.Offer(backupHours...)
	for _, t := range []*Text{&m.Folder, &m.Hours.Text} {
		t.OnChange(func() { m.Saved = false; m.Changed() })
	}
	m.Load()
	return m
}

// Load reads what is set, and looks into the folder.
func (m *SettingsBackup) Load() {
	var last BackupView
	var folder string
	var hours int
	var same bool
	var files []BackupRow
	m.Do(func() (err error) {
		if last, err = m.service.LastBackup(); err != nil {
			return err
		}
		if folder, hours, same, err = m.service.BackupSettings(); err != nil {
			return err
		}
		files, err = m.service.BackupFiles()
		return err
	}, func() {
		m.Last, m.SameDisk, m.Loaded = last, same, true
		m.Files.Show(files)
		m.show(folder, hours)
	})
}

func (m *SettingsBackup) show(folder string, hours int) {
	m.Folder.Set(folder)
	value := hoursText(hours)
	if m.Hours.Set(value); m.Hours.Index() < 0 { // set by the command line
		m.Hours.Offer(append(append([]Option(nil), backupHours...), Option{value, value})...)
		m.Hours.Set(value)
	}
	m.kept.folder, m.kept.hours = m.Folder.Value(), m.Hours.Value()
}

// Choose lets a person choose the folder.
func (m *SettingsBackup) Choose() {
	m.folders.ChooseFolder(func(path string) { m.Folder.Set(path) })
}

// CanSave reports whether something differs from what is set.
func (m *SettingsBackup) CanSave() bool {
	return m.MaySet && m.Loaded && !m.Busy() && (m.Folder.Value() != m.kept.folder || m.Hours.Value() != m.kept.hours)
}

// Save sets where backups go and how often.
func (m *SettingsBackup) Save() {
	if !m.CanSave() {
		return
	}
	folder, hours := m.Folder.Value(), hoursOf(m.Hours.Value())
	m.Do(func() error { return m.service.SetBackupSettings(folder, hours) }, func() {
		m.Saved = true
		m.kept.folder, m.kept.hours = folder, m.Hours.Value()
		m.Load()
	})
}

// CanMake reports whether a backup can be made now.
func (m *SettingsBackup) CanMake() bool { return m.Loaded && !m.Busy() && m.kept.folder != "" }

// Make makes one now.
func (m *SettingsBackup) Make() {
	if !m.CanMake() {
		return
	}
	m.Made, m.Holds = false, nil
	m.DoLong("backup.making", m.service.BackUp, func() {
		m.Made = true
		m.Load()
	})
}

// CanCheck reports whether the backup that is chosen can be gone through.
func (m *SettingsBackup) CanCheck() bool {
	_, ok := m.Files.Row()
	return ok && m.MayCheck && !m.Busy()
}

// Check goes through the backup that is chosen.
func (m *SettingsBackup) Check() {
	if !m.CanCheck() {
		return
	}
	row, _ := m.Files.Row()
	var holds BackupHolds
	var last BackupView
	var whole error
	m.Made, m.Holds = false, nil
	m.DoLong("backup.checking", func(ctx context.Context, report func(done, of int)) (err error) {
		if holds, whole = m.service.CheckBackup(ctx, row.Path, report); ctx.Err() != nil {
			return whole
		}
		last, err = m.service.LastBackup() // which remembers one that is not whole
		return err
	}, func() {
		m.Last = last
		if whole != nil {
			m.Refuse(whole)
			return
		}
		m.Holds = &holds
	})
}

// Pick chooses a backup of the list.
func (m *SettingsBackup) Pick(i int) {
	m.Files.Select(i)
	m.Holds = nil
	m.Changed()
}

func hoursText(n int) string { return strconv.Itoa(n) }

func hoursOf(s string) int {
	n, _ := strconv.Atoi(s) // only what is offered
	return n
}

// LeavingService says whether a backup is wanted before somebody leaves, and makes it.
type LeavingService interface {
	BackupWanted(leaving bool) (bool, error)
	BackUp(ctx context.Context, report func(done, of int)) error
}

// Leaving is the moment between signing out and the sign-in of the next: a backup is made, if one is
// wanted. One that could not be made is said before anybody leaves; where nobody is there to read it,
// the store is locked all the same, and the next one is told.
type Leaving struct {
	Screen
	Wanted  bool
	Failed  error // why no backup was made; nil while there is none to tell of
	Alone   bool  // nobody is there: nothing is asked
	service LeavingService
	done    func()
}

// NewLeaving calls done once, when there is nothing more to wait for. alone says that nobody is there to
// be asked.
func NewLeaving(service LeavingService, alone bool, run Run, done func()) *Leaving {
	m := &Leaving{Screen: NewScreen(run), Alone: alone, service: service}
	m.done = func() {
		if done != nil {
			f := done
			done = nil
			f()
		}
	}
	wanted := false
	m.Do(func() (err error) {
		wanted, _ = service.BackupWanted(true)
		return nil
	}, func() {
		if m.Wanted = wanted; !wanted {
			m.done()
			return
		}
		m.Try()
	})
	return m
}

// Try makes the backup; again, where it failed.
func (m *Leaving) Try() {
	if m.Busy() && m.Failed != nil {
		return
	}
	var failed error
	m.Failed = nil
	m.DoLong("backup.making", func(ctx context.Context, report func(done, of int)) error {
		failed = m.service.BackUp(ctx, report) // kept in the settings, too
		return nil
	}, func() {
		if m.Failed = failed; failed == nil || m.Alone {
			m.done()
		}
	})
}

// Skip waits no longer: there is no backup then.
func (m *Leaving) Skip() {
	m.Stop()
	m.done()
}

// BackupStand is how it stands with the last backup.
type BackupStand string

// How it may stand.
const (
	BackupUnknown  BackupStand = ""          // nobody looked yet
	BackupSpoilt   BackupStand = "spoilt"    // it was made of a store with rows that can't be read
	BackupNotWhole BackupStand = "not-whole" // one was gone through, and is not whole
	BackupFailed   BackupStand = "failed"    // the last try
	BackupNever    BackupStand = "never"
	BackupOld      BackupStand = "old" // too old to rely on
	BackupGood     BackupStand = "last"
)

// spoiltBackup is the key of the trouble that is no failure: the backup is there.
const spoiltBackup = "backup.of-spoilt"

// Stand is how it stands: trouble first, then when the last one was made.
func (m *SettingsBackup) Stand() BackupStand {
	switch last := m.Last; {
	case !m.Loaded:
		return BackupUnknown
	case last.Trouble == spoiltBackup:
		return BackupSpoilt
	case last.Checked:
		return BackupNotWhole
	case last.Trouble != "":
		return BackupFailed
	case last.At.IsZero():
		return BackupNever
	case last.Old:
		return BackupOld
	}
	return BackupGood
}
