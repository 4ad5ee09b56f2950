package shell

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

func backupsIn(t *testing.T, folder string) int {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(folder, "xuezheng-*.xzbackup"))
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestSigningOutMakesTheBackupAndLocks(t *testing.T) {
	g, _ := guardedDesk(t)
	d, folder := g.desk, t.TempDir()
	if !d.last.Old {
		t.Error("the rail doesn't say that there is no backup")
	}
	if err := d.Services.Backups.SetSettings(ctx, d.asks.who, service.BackupSettings{Folder: folder, Hours: 1}); err != nil {
		t.Fatal(err)
	}
	d.SignedOut()
	if n := backupsIn(t, folder); n != 1 {
		t.Errorf("%d backups", n)
	}
	if d.asks.who.Login != "" || d.leaving {
		t.Error("somebody is still here")
	}
	if last, err := d.Services.Backups.Last(ctx); err != nil || last.Old {
		t.Errorf("the last backup: %+v, %v", last, err)
	}
}

func TestABackupIsMadeBesideTheWorkWhenItIsDue(t *testing.T) {
	g, h := guardedDesk(t)
	d, folder := g.desk, t.TempDir()
	if err := d.Services.Backups.SetSettings(ctx, d.asks.who, service.BackupSettings{Folder: folder, Hours: 1}); err != nil {
		t.Fatal(err)
	}
	for range 59 {
		h.pass(time.Second)
	}
	if n := backupsIn(t, folder); n != 0 {
		t.Fatalf("%d backups too soon", n)
	}
	h.pass(time.Second)
	if n := backupsIn(t, folder); n != 1 || d.last.Bad() {
		t.Errorf("%d backups; the rail knows of %+v", n, d.last)
	}
	for range 120 {
		h.pass(time.Second)
	}
	if n := backupsIn(t, folder); n != 1 {
		t.Errorf("%d backups, though nothing was done", n)
	}
	d.SignedOut()
	if n := backupsIn(t, folder); n != 1 {
		t.Errorf("%d backups when leaving, though nothing was done", n)
	}
}

func TestWhoLeavesDoesNotWaitForAStickThatHangs(t *testing.T) {
	g, _ := guardedDesk(t)
	d := g.desk
	if err := d.Services.Backups.SetSettings(ctx, d.asks.who, service.BackupSettings{Folder: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	later := &model.Later{}
	d.Run = later.Run
	d.SignedOut()
	if !d.leaving || d.asks.who.Login == "" {
		t.Fatal("did not wait for the backup")
	}
	closed := false
	d.Closing(func() { closed = true })
	if !closed {
		t.Error("a window that is closed meanwhile waits")
	}
	later.All()
}

func TestTheBackupPageReachesTheStore(t *testing.T) {
	a := settingsAsks(t)
	folder := t.TempDir()
	m := model.NewSettingsBackup(a.as().BackupsAs, nil, true, true, model.Now)
	m.Folder.Set(folder)
	m.Save()
	m.Make()
	m.Pick(0)
	m.Check()
	if m.Problem() != nil || m.Holds == nil || m.Holds.People == 0 || len(m.Files.Rows) != 1 || m.Last.Bad() {
		t.Errorf("%v; holds %+v, files %+v, last %+v", m.Problem(), m.Holds, m.Files.Rows, m.Last)
	}
	m.Folder.Set(filepath.Join(folder, "nowhere"))
	m.Save()
	if m.Problem() == nil || m.Saved {
		t.Error("a folder that isn't there was taken")
	}
}

// TestTheBackupPagesFit looks at them with and without backups, after a failure, and on the way out.
func TestTheBackupPagesFit(t *testing.T) {
	s, who := sampleDesk(t)
	for _, l := range looks {
		g, err := NewGallery(s, who, "建设继续教育中心", l.lang, l.look)
		if err != nil {
			t.Fatal(err)
		}
		set := service.BackupSettings{Folder: t.TempDir(), Hours: 4}
		if err := s.Backups.SetSettings(ctx, who, set); err != nil {
			t.Fatal(err)
		}
		state := "none"
		page := func(then func(m *model.SettingsBackup)) {
			measured(t, g.easel, Shown{"backup-" + state, g.signedIn(func() {
				m := model.NewSettingsBackup(g.desk.asks.as().BackupsAs, nil, true, true, model.Now)
				then(m)
				g.desk.part(screen.SettingsBackup(m, g.desk.tabs("settings.tab.backup")), m)
			})}, l.name)
		}
		page(func(*model.SettingsBackup) {})
		state = "checked"
		page(func(m *model.SettingsBackup) {
			m.Make()
			m.Pick(0)
			m.Check()
			if m.Holds == nil {
				t.Errorf("not gone through: %v", m.Problem())
			}
		})
		if err := os.RemoveAll(set.Folder); err != nil {
			t.Fatal(err)
		}
		state = "failed"
		page(func(m *model.SettingsBackup) {
			if m.Make(); m.Problem() == nil {
				t.Error("made in a folder that is gone")
			}
			m.Load()
		})
		later := &model.Later{}
		if err := errors.Join(os.Mkdir(set.Folder, 0o700), s.Backups.SetSettings(ctx, who, set)); err != nil { // a change
			t.Fatal(err)
		}
		measured(t, g.easel, Shown{"backup-leaving", func() fyne.CanvasObject {
			m := model.NewLeaving(g.desk.asks.as().BackupsAs, false, later.Run, func() {})
			later.Step()
			if !m.Wanted {
				t.Error("no backup is wanted")
			}
			return screen.Leaving(m, "建设继续教育中心")
		}}, l.name)
		g.desk.quiet()
	}
}
