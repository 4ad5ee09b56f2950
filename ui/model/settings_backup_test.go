package model

import (
	"context"
	"errors"
	"testing"
	"time"
)

// attic is a service for backups.
type attic struct {
	last    BackupView
	folder  string
	hours   int
	files   []BackupRow
	wanted  bool
	same    bool
	made    int
	checked string
	err     error
}

func (a *attic) LastBackup() (BackupView, error)            { return a.last, nil }
func (a *attic) BackupSettings() (string, int, bool, error) { return a.folder, a.hours, a.same, nil }
func (a *attic) BackupFiles() ([]BackupRow, error)          { return a.files, nil }
func (a *attic) BackupWanted(bool) (bool, error)            { return a.wanted, a.err }
func (a *attic) SetBackupSettings(folder string, n int) error {
	if a.err == nil {
		a.folder, a.hours = folder, n
	}
	return a.err
}
func (a *attic) BackUp(ctx context.Context, report func(done, of int)) error {
	report(50, 100)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	a.made++
	return a.err
}
func (a *attic) CheckBackup(_ context.Context, path string, report func(done, of int)) (BackupHolds, error) {
	a.checked = path
	report(100, 100)
	return BackupHolds{People: 3}, a.err
}

type folder string

func (f folder) ChooseFolder(then func(string)) { then(string(f)) }

func TestBackupsGoWhereItWasSaved(t *testing.T) {
	a := &attic{hours: 4}
	m := NewSettingsBackup(a, folder("/stick"), true, true, Now)
	if m.CanMake() || m.CanSave() {
		t.Error("can be made with nowhere to go, or saved unchanged")
	}
	m.Make()
	m.Choose()
	m.Hours.Set("1")
	if m.CanMake() || !m.CanSave() {
		t.Error("made before it is saved")
	}
	a.err = errTest
	if m.Save(); !errors.Is(m.Problem(), errTest) || m.Saved {
		t.Errorf("the folder is not there: %v", m.Problem())
	}
	a.err = nil
	m.Save()
	if !m.Saved || a.folder != "/stick" || a.hours != 1 || m.CanSave() || !m.CanMake() {
		t.Errorf("saved %v: %q every %d", m.Saved, a.folder, a.hours)
	}
	a.files = []BackupRow{{Path: "/stick/a", File: "a", MadeAt: time.Unix(1, 0)}}
	m.Make()
	if a.made != 1 || !m.Made || len(m.Files.Rows) != 1 {
		t.Errorf("made %d, said %v", a.made, m.Made)
	}
}

func TestTheChosenBackupIsGoneThrough(t *testing.T) {
	a := &attic{folder: "/stick", hours: 5, files: []BackupRow{{Path: "/stick/b"}, {Path: "/stick/a"}}}
	m := NewSettingsBackup(a, nil, true, true, Now)
	if m.Hours.Value() != "5" || m.CanSave() {
		t.Errorf("what the command line set: %q", m.Hours.Value())
	}
	m.Pick(1)
	m.Check()
	if a.checked != "/stick/a" || m.Holds == nil || m.Holds.People != 3 {
		t.Errorf("checked %q: %+v", a.checked, m.Holds)
	}
	m.Pick(0)
	if m.Holds != nil {
		t.Error("what the other holds is still said")
	}
	a.err = errTest
	if m.Check(); m.Holds != nil || !errors.Is(m.Problem(), errTest) {
		t.Errorf("a torn one: %+v, %v", m.Holds, m.Problem())
	}
	clerk := NewSettingsBackup(a, nil, false, false, Now)
	clerk.Pick(0)
	clerk.Folder.Set("/elsewhere")
	if clerk.CanCheck() || clerk.CanSave() || !clerk.CanMake() {
		t.Error("a clerk makes backups, and neither checks nor moves them")
	}
}

func TestLeavingMakesTheBackupThatIsWanted(t *testing.T) {
	for name, c := range map[string]struct {
		a    attic
		made int
	}{
		"none is wanted":      {attic{}, 0},
		"one is wanted":       {attic{wanted: true}, 1},
		"it can't be told so": {attic{err: errTest}, 0},
	} {
		left := 0
		NewLeaving(&c.a, false, Now, func() { left++ })
		if left != 1 || c.a.made != c.made {
			t.Errorf("%s: left %d times, %d made", name, left, c.a.made)
		}
	}
}

func TestWhoDoesNotWaitLeavesAtOnce(t *testing.T) {
	a, later, left := &attic{wanted: true}, &Later{}, 0
	m := NewLeaving(a, false, later.Run, func() { left++ })
	later.Step()
	if !m.Wanted || left != 0 {
		t.Fatalf("wanted %v, left %d", m.Wanted, left)
	}
	m.Skip()
	later.All()
	if left != 1 || a.made != 0 {
		t.Errorf("left %d times, %d made", left, a.made)
	}
}

// TestABackupThatFailsIsSaidBeforeLeaving and tried again, or left behind by choice; where nobody is
// there, the store is locked all the same.
func TestABackupThatFailsIsSaidBeforeLeaving(t *testing.T) {
	a, left := &attic{wanted: true, err: errTest}, 0
	m := NewLeaving(failing{a}, false, Now, func() { left++ })
	if left != 0 || !errors.Is(m.Failed, errTest) {
		t.Fatalf("left %d times, told %v", left, m.Failed)
	}
	m.Try()
	if left != 0 || a.made != 2 || m.Failed == nil {
		t.Errorf("a second time: left %d times, %d tries, told %v", left, a.made, m.Failed)
	}
	a.err = nil
	if m.Try(); left != 1 || m.Failed != nil {
		t.Errorf("once it is made: left %d times, told %v", left, m.Failed)
	}
	a, left = &attic{wanted: true, err: errTest}, 0
	m = NewLeaving(failing{a}, false, Now, func() { left++ })
	if m.Skip(); left != 1 {
		t.Errorf("leaving all the same: left %d times", left)
	}
	left = 0
	if NewLeaving(failing{a}, true, Now, func() { left++ }); left != 1 {
		t.Errorf("with nobody there: left %d times", left)
	}
}

// failing wants a backup whatever is wrong.
type failing struct{ *attic }

func (failing) BackupWanted(bool) (bool, error) { return true, nil }

// TestABackupThatIsNotWholeIsShownAtOnce: what the store remembers of it stands on the page.
func TestABackupThatIsNotWholeIsShownAtOnce(t *testing.T) {
	a := &attic{folder: "/stick", files: []BackupRow{{Path: "/stick/b"}}}
	m := NewSettingsBackup(a, nil, true, true, Now)
	a.err, a.last = errTest, BackupView{Trouble: "backup.torn", Checked: true}
	m.Pick(0)
	if m.Check(); !m.Last.Checked || !m.Last.Bad() || !errors.Is(m.Problem(), errTest) {
		t.Errorf("shown is %+v, %v", m.Last, m.Problem())
	}
}

func TestHowItStandsWithTheLastBackup(t *testing.T) {
	at := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		last BackupView
		want BackupStand
	}{
		"made today":                             {BackupView{At: at}, BackupGood},
		"too old":                                {BackupView{At: at, Old: true}, BackupOld},
		"none was ever made":                     {BackupView{Old: true}, BackupNever},
		"the last try failed":                    {BackupView{At: at, Trouble: "backup.torn"}, BackupFailed},
		"one that was gone through is not whole": {BackupView{At: at, Trouble: "backup.torn", Checked: true}, BackupNotWhole},
		"of a store that is spoilt":              {BackupView{At: at, Trouble: "backup.of-spoilt", Checked: true}, BackupSpoilt},
	} {
		m := SettingsBackup{Last: c.last}
		if got := m.Stand(); got != BackupUnknown {
			t.Errorf("%s, before it is known: %q", name, got)
		}
		m.Loaded = true
		if got := m.Stand(); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
