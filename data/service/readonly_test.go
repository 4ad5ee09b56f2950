//go:build linux

package service_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"xuezheng/data/fault"
	"xuezheng/data/folder"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// readsAndRefuses opens the store in a folder, finds the learner there, and is refused a change with
// that word.
func readsAndRefuses(t *testing.T, d *servicetest.Desk, dir string, p person.Person, want *fault.Fault) {
	t.Helper()
	s, who, err := opened(d, dir)
	if err != nil {
		t.Fatalf("it does not open: %v", err)
	}
	defer s.Close()
	if f, err := s.People.Show(ctx, who, p.ID); err != nil || f.Person.Name != p.Name {
		t.Errorf("not read: %v", err)
	}
	if hits, err := s.People.Find(ctx, who, p.Name, 5); err != nil || len(hits) != 1 {
		t.Errorf("not found: %v", err)
	}
	if _, _, err := s.People.Register(ctx, who, servicetest.Na()); !errors.Is(err, want) {
		t.Errorf("a change: got %v, want %v", err, want)
	}
	told := false
	for _, w := range s.Access.Warnings() {
		told = told || errors.Is(w, want)
	}
	if !told {
		t.Errorf("nobody is warned: %v", s.Access.Warnings())
	}
}

// mountedReadOnly mounts a disk so that nothing can be written to it any more.
func mountedReadOnly(t *testing.T, disk string) {
	t.Helper()
	if err := syscall.Mount("none", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
}

func TestAReadOnlyDiskIsReadAndSaid(t *testing.T) {
	disk := smallDisk(t, "24")
	dir := filepath.Join(disk, "store")
	d := servicetest.OpenAt(t, dir)
	p := d.Register(servicetest.Qing())
	d.Must(d.Close())
	mountedReadOnly(t, disk)
	readsAndRefuses(t, d, dir, p, store.ErrReadOnly)
	readsAndRefuses(t, d, dir, p, store.ErrReadOnly)
}

// TestAReadOnlyDiskAfterAKillIsReadAndSaid has what was kept last still in the journal.
func TestAReadOnlyDiskAfterAKillIsReadAndSaid(t *testing.T) {
	disk := smallDisk(t, "24")
	dir := filepath.Join(disk, "store")
	first := filepath.Join(t.TempDir(), "store")
	d := servicetest.OpenAt(t, first)
	p := d.Register(servicetest.Qing())
	d.Must(os.CopyFS(dir, os.DirFS(first))) // as a program that was killed leaves it
	if info, err := os.Stat(filepath.Join(dir, "xuezheng.db-wal")); err != nil || info.Size() == 0 {
		t.Fatalf("no journal: %v", err)
	}
	mountedReadOnly(t, disk)
	readsAndRefuses(t, d, dir, p, store.ErrReadOnly)
}

func TestADiskWithoutAByteIsReadAndSaid(t *testing.T) {
	disk := smallDisk(t, "24")
	dir := filepath.Join(disk, "store")
	d := servicetest.OpenAt(t, dir)
	p := d.Register(servicetest.Qing())
	d.Must(d.Close(), os.Remove(filepath.Join(dir, "ballast")))
	fill(t, disk)
	readsAndRefuses(t, d, dir, p, store.ErrOpenedFull)
}

// TestAFolderThatGoesDuringAnImportIsNoticed removes the folder under an import's hands.
func TestAFolderThatGoesDuringAnImportIsNoticed(t *testing.T) {
	for name, take := range map[string]func(dir string) error{
		"removed":    os.RemoveAll,
		"moved away": func(dir string) error { return os.Rename(dir, dir+"-2") },
		"another in its place": func(dir string) error {
			return errors.Join(os.Rename(dir, dir+"-2"), os.CopyFS(dir, os.DirFS(dir+"-2")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "store")
			d := servicetest.OpenAt(t, dir)
			once := false
			_, err := d.Exchange.Roster(ctx, d.Who, rosterOf(0, 700, d.Today()), false, func(int) {
				if !once {
					once = true
					d.Must(take(dir))
				}
			})
			d.Refused(err, store.ErrGone)
			_, _, err = d.People.Register(ctx, d.Who, servicetest.Na())
			d.Refused(err, store.ErrGone)
		})
	}
}

// TestNobodyElseReadsWhatAStoreWrites founds a store in a folder that everybody can look into.
func TestNobodyElseReadsWhatAStoreWrites(t *testing.T) {
	old := syscall.Umask(0o022)
	defer syscall.Umask(old)
	dir := filepath.Join(t.TempDir(), "store")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	d := servicetest.OpenAt(t, dir)
	d.Register(servicetest.Qing())
	private := func() {
		t.Helper()
		entries, err := os.ReadDir(dir)
		d.Must(err)
		for _, e := range entries {
			info, err := e.Info()
			d.Must(err)
			if info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s: %v", e.Name(), info.Mode())
			}
		}
		info, err := os.Stat(dir)
		d.Must(err)
		if info.Mode().Perm() != 0o700 {
			t.Errorf("the folder: %v", info.Mode())
		}
	}
	private()
	d.Must(d.Close(), os.Chmod(dir, 0o755), os.Chmod(filepath.Join(dir, "xuezheng.db"), 0o644))
	s, _, err := opened(d, dir)
	d.Must(err)
	defer s.Close()
	private()
	shared := t.TempDir()
	d.Must(os.Chmod(shared, 0o777|os.ModeSticky))
	_, _, _, err = service.Init(ctx, d.Config(shared), service.Founding{Institution: "甲", Pack: "guangxi-second-class-constructor", Passphrase: servicetest.Passphrase})
	d.Refused(err, folder.ErrShared)
}

// TestAnOlderStoreThatCanOnlyBeReadIsSaidToBeOlder has neither the store nor this machine's own note written to: it is
// said each time, and nobody goes on with it.
func TestAnOlderStoreThatCanOnlyBeReadIsSaidToBeOlder(t *testing.T) {
	disk := smallDisk(t, "24")
	dir, seen := filepath.Join(disk, "store"), filepath.Join(disk, "seen")
	d := servicetest.OpenAt(t, dir)
	cfg := d.Config(dir)
	cfg.Seen = seen
	older := filepath.Join(t.TempDir(), "older")
	d.Must(d.Close(), os.CopyFS(older, os.DirFS(dir)))
	s, err := service.Open(ctx, cfg)
	d.Must(err)
	_, err = s.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	d.Must(err, s.Close(), os.RemoveAll(dir), os.CopyFS(dir, os.DirFS(older)))
	mountedReadOnly(t, disk)
	for range 2 {
		s, err := service.Open(ctx, cfg)
		d.Must(err)
		who, err := s.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
		d.Must(err)
		if !slices.ContainsFunc(s.Access.Warnings(), func(w *fault.Fault) bool { return errors.Is(w, service.ErrTrailOlder) }) {
			t.Errorf("nobody is warned: %v", s.Access.Warnings())
		}
		if _, err := s.Audit.Verify(ctx, who); !errors.Is(err, service.ErrTrailOlder) {
			t.Errorf("a look at the trail: %v", err)
		}
		if _, err := s.Audit.AcceptOlder(ctx, who); !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("gone on with: %v", err)
		}
		d.Must(s.Close())
	}
}
