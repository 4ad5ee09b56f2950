package service_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xuezheng/assets"
	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// founded is a desk, where it stands, and its recovery key.
func founded(t *testing.T) (*servicetest.Desk, string, string) {
	t.Helper()
	where := servicetest.Place(t)
	if where == ":memory:" {
		where = t.TempDir()
	}
	d := &servicetest.Desk{Clock: &servicetest.Clock{}, T: t}
	d.Clock.Set(servicetest.Start)
	var err error
	var recovery string
	d.Services, d.Who, recovery, err = service.Init(background, d.Config(where), service.Founding{
		Institution: "建设继续教育中心", Pack: "guangxi-second-class-constructor", Administrator: "zhoumin", Passphrase: servicetest.Passphrase, OwnReview: true,
	})
	d.Must(err)
	t.Cleanup(func() { d.Close() })
	return d, where, recovery
}

func TestNumbersMoveOnWhenABackupIsPutBack(t *testing.T) {
	d, _, recovery := founded(t)
	p := d.Ready(servicetest.Qing(), 3)
	file := filepath.Join(t.TempDir(), "b.xzbackup")
	made, err := d.Backups.Create(background, d.Who, file, nil)
	d.Must(err)
	is, err := d.Certificates.Issue(background, d.Who, p.ID, "zh")
	d.Must(err)
	d.Clock.Set(time.Date(2027, 2, 1, 1, 0, 0, 0, time.UTC)) // the year after
	there := t.TempDir()
	done, err := service.Restore(background, d.Config(there), service.Restoring{File: file, Recovery: recovery}, nil)
	d.Must(err)
	if done.ID != made.ID || done.People != 1 || done.Pictures == 0 || done.Aside != "" {
		t.Errorf("got %+v", done)
	}
	s, err := service.Open(background, d.Config(there))
	d.Must(err)
	defer s.Close()
	who, err := s.Access.SignIn(background, "zhoumin", servicetest.Passphrase)
	d.Must(err)
	again, err := s.Certificates.Issue(background, who, p.ID, "zh")
	d.Must(err)
	if !strings.Contains(is.Content.Number, "2026000001") || !strings.Contains(again.Content.Number, "2027001001") {
		t.Errorf("numbers %s and %s", is.Content.Number, again.Content.Number)
	}
	lines, err := s.Audit.Lines(background, who, store.LineFilter{Act: act.RestoreBackup})
	d.Must(err)
	if len(lines) != 1 || lines[0].About != made.ID || lines[0].Detail != made.MadeAt.Format(time.RFC3339) {
		t.Errorf("the trail says %+v", lines)
	}
	if last, err := s.Backups.Last(background); err != nil || !last.At.Equal(made.MadeAt) || !last.Old {
		t.Errorf("the last backup: %+v, %v", last, err)
	}
}

func TestTicketNumbersMoveOnToo(t *testing.T) {
	d, _, recovery := founded(t)
	pack, err := assets.Files.ReadFile("packs/hubei-self-taught-exam.yaml")
	d.Must(err)
	_, err = d.Policy.Install(background, d.Who, pack) // beside the one it was founded with
	d.Must(err)
	before, err := d.Tickets.HandBlock(background, d.Who, "desk 1", "0601", 100)
	d.Must(err)
	made, err := d.Backups.Create(background, d.Who, t.TempDir(), nil)
	d.Must(err)
	// The backup knows nothing of these: the next block there, and the first of the pack's own district.
	next, err := d.Tickets.HandBlock(background, d.Who, "desk 2", "0601", 100)
	d.Must(err)
	first, err := d.Tickets.HandBlock(background, d.Who, "desk 2", "0600", 100)
	d.Must(err)
	there := t.TempDir()
	_, err = service.Restore(background, d.Config(there), service.Restoring{File: made.Path, Recovery: recovery}, nil)
	d.Must(err)
	s, err := service.Open(background, d.Config(there))
	d.Must(err)
	defer s.Close()
	who, err := s.Access.SignIn(background, "zhoumin", servicetest.Passphrase)
	d.Must(err)
	for district, last := range map[string]int{"0601": next.To, "0600": first.To} {
		b, err := s.Tickets.HandBlock(background, who, "desk 2", district, 100)
		d.Must(err)
		if b.From <= last {
			t.Errorf("district %s: numbers from %d on, given out up to %d", district, b.From, last)
		}
	}
	list, err := s.Tickets.Blocks(background, who)
	d.Must(err)
	for _, b := range list {
		if b.ID == before.ID && b.Left() > 0 {
			t.Errorf("%d numbers of a block that was being given out are left", b.Left())
		}
	}
}

func TestWhoMayDoWhatWithBackups(t *testing.T) {
	d, where, _ := founded(t)
	clerk := d.Login("lanmei", access.Clerk, "")
	made, err := d.Backups.Create(background, clerk, t.TempDir(), nil)
	d.Must(err)
	_, err = d.Backups.Check(background, clerk, made.Path, nil)
	d.Refused(err, access.ErrDenied)
	_, err = d.Backups.CopyTo(background, clerk, t.TempDir(), nil)
	d.Refused(err, access.ErrDenied)
	d.Refused(d.Backups.SetSettings(background, clerk, service.BackupSettings{Folder: t.TempDir()}), access.ErrDenied)
	d.Must(d.Close())
	_, err = service.Restore(background, d.Config(where), service.Restoring{File: made.Path, Replace: true, Institution: "建设继续教育中心", Login: "lanmei", Passphrase: servicetest.Passphrase}, nil)
	d.Refused(err, access.ErrDenied)
	_, err = service.Restore(background, d.Config(where), service.Restoring{File: made.Path, Replace: true, Institution: "建设继续教育", Login: "zhoumin", Passphrase: servicetest.Passphrase}, nil)
	d.Refused(err, service.ErrRestoreName)
	done, err := service.Restore(background, d.Config(where), service.Restoring{File: made.Path, Replace: true, Institution: "建设继续教育中心", Login: "zhoumin", Passphrase: servicetest.Passphrase}, nil)
	d.Must(err)
	if done.Aside == "" {
		t.Error("the store that was there was not set aside")
	}
	s, err := service.Open(background, d.Config(where))
	d.Must(err)
	defer s.Close()
	for _, name := range []string{"zhoumin", "lanmei"} {
		_, err = s.Access.SignIn(background, name, servicetest.Passphrase)
		d.Must(err)
	}
}

func TestABackupOfAnotherInstitutionReplacesNothing(t *testing.T) {
	d, where, _ := founded(t)
	other, _, recovery := founded(t)
	made, err := other.Backups.Create(background, other.Who, t.TempDir(), nil)
	d.Must(err)
	d.Must(d.Close())
	_, err = service.Restore(background, d.Config(where), service.Restoring{File: made.Path, Recovery: recovery, Replace: true, Institution: "建设继续教育中心"}, nil)
	d.Refused(err, service.ErrRestoreOther)
	_, err = service.Restore(background, d.Config(where), service.Restoring{File: made.Path, Recovery: recovery}, nil)
	if err == nil {
		t.Error("put back over a store without a second word")
	}
	s, err := service.Open(background, d.Config(where))
	d.Must(err)
	defer s.Close()
	_, err = s.Access.SignIn(background, "zhoumin", servicetest.Passphrase)
	d.Must(err)
}

// TestABackupFindsATrailThatWasCut cuts the newest lines off a store's trail, past the program.
func TestABackupFindsATrailThatWasCut(t *testing.T) {
	if servicetest.OnServer() {
		t.Skip("the file is changed past the program")
	}
	d, where, _ := founded(t)
	d.Register(servicetest.Qing())
	made, err := d.Backups.Create(background, d.Who, t.TempDir(), nil)
	d.Must(err)
	_, err = d.Backups.Check(background, d.Who, made.Path, nil)
	d.Must(err)
	db, err := sql.Open("sqlite3", filepath.Join(where, "xuezheng.db"))
	d.Must(err)
	_, err = db.Exec(`DELETE FROM audit_line WHERE seq > 1`)
	d.Must(err, db.Close())
	_, err = d.Backups.Check(background, d.Who, made.Path, nil)
	d.Refused(err, store.ErrTrailBehind)
}

func TestTheTrailIsComparedWithTheNewestBackups(t *testing.T) {
	d, where, recovery := founded(t)
	folder := t.TempDir()
	d.Must(d.Backups.SetSettings(background, d.Who, service.BackupSettings{Folder: folder}))
	verify := func(s *service.Services, who access.Who) *store.Verified {
		t.Helper()
		outside, err := s.Backups.Remembered(background, who)
		d.Must(err)
		if len(outside) == 0 {
			t.Error("no backup remembers the trail")
		}
		v, err := s.Audit.VerifyAll(background, who, outside, func(int, int) {})
		d.Must(err)
		return v
	}
	first, err := d.Backups.Create(background, d.Who, "", nil)
	d.Must(err)
	d.Register(servicetest.Qing())
	old := filepath.Join(t.TempDir(), "old")
	if !servicetest.OnServer() {
		d.Must(d.Close(), os.CopyFS(old, os.DirFS(where)))
		s, err := service.Open(background, d.Config(where))
		d.Must(err)
		d.Services = s
		d.Who, err = s.Access.SignIn(background, "zhoumin", servicetest.Passphrase)
		d.Must(err)
	}
	d.Clock.Set(d.Clock.Now().AddDate(0, 0, 1)) // so that the first one is not thinned
	d.Register(servicetest.Na())
	_, err = d.Backups.Create(background, d.Who, "", nil)
	d.Must(err)
	if v := verify(d.Services, d.Who); !v.OK() {
		t.Errorf("found %+v where nothing happened", v.Findings)
	}
	if !servicetest.OnServer() { // an older state of the store, copied over it
		s, err := service.Open(background, d.Config(old))
		d.Must(err)
		who, err := s.Access.SignIn(background, "zhoumin", servicetest.Passphrase)
		d.Must(err)
		if v := verify(s, who); v.OK() {
			t.Error("an older state was not found, though a backup knows more")
		}
		d.Must(s.Close())
	}
	d.Must(d.Close())
	d.Clock.Set(d.Clock.Now().AddDate(0, 0, 1))
	_, err = service.Restore(background, d.Config(where), service.Restoring{File: first.Path, Recovery: recovery, Replace: true, Institution: "建设继续教育中心"}, nil)
	d.Must(err)
	s, err := service.Open(background, d.Config(where))
	d.Must(err)
	defer s.Close()
	who, err := s.Access.SignIn(background, "zhoumin", servicetest.Passphrase)
	d.Must(err)
	outside, err := s.Backups.Remembered(background, who)
	d.Must(err)
	v, err := s.Audit.VerifyAll(background, who, outside, func(int, int) {})
	d.Must(err)
	if !v.OK() {
		t.Errorf("after the first one was put back, the second, of a way that was left, is held against it: %+v", v.Findings)
	}
}

func TestWhenABackupIsMadeByItself(t *testing.T) {
	d, _, _ := founded(t)
	wanted := func(leaving bool) bool {
		t.Helper()
		yes, err := d.Backups.Wanted(background, d.Who, leaving)
		d.Must(err)
		return yes
	}
	later := func(h int) { d.Clock.Set(d.Clock.Now().Add(time.Duration(h) * time.Hour)) }
	if wanted(true) {
		t.Error("wanted, though nobody said where to")
	}
	folder := t.TempDir()
	d.Must(d.Backups.SetSettings(background, d.Who, service.BackupSettings{Folder: folder, Hours: 2}))
	if !wanted(true) || !wanted(false) {
		t.Error("the first one is not wanted")
	}
	made, err := d.Backups.Create(background, d.Who, "", nil)
	d.Must(err)
	if filepath.Dir(made.Path) != folder {
		t.Errorf("it lies in %s", made.Path)
	}
	_, err = d.Access.SignIn(background, "zhoumin", servicetest.Passphrase)
	d.Must(err)
	later(3)
	if wanted(true) || wanted(false) {
		t.Error("wanted, though nothing was done since")
	}
	d.Register(servicetest.Qing())
	if !wanted(true) || !wanted(false) {
		t.Error("not wanted, though somebody was registered since")
	}
	d.Must(os.RemoveAll(folder)) // the stick was pulled
	_, err = d.Backups.Create(background, d.Who, "", nil)
	d.Refused(err, store.ErrBackupFolder)
	last, err := d.Backups.Last(background)
	d.Must(err)
	if last.Trouble != "backup.no-folder" || last.Old || !last.At.Equal(made.MadeAt) {
		t.Errorf("got %+v", last)
	}
	if wanted(false) || !wanted(true) {
		t.Error("tried in vain: not again at once, but when leaving")
	}
	d.Must(os.Mkdir(folder, 0o700))
	later(8 * 24)
	if last, err = d.Backups.Last(background); err != nil || !last.Old {
		t.Errorf("more than a week later: %+v, %v", last, err)
	}
	_, err = d.Backups.Create(background, d.Who, "", nil)
	d.Must(err)
	if last, err = d.Backups.Last(background); err != nil || last.Trouble != "" || last.Old {
		t.Errorf("after the next one: %+v, %v", last, err)
	}
}

func TestACheckThatIsStoppedLeavesNothing(t *testing.T) {
	d, where, _ := founded(t)
	made, err := d.Backups.Create(background, d.Who, t.TempDir(), nil)
	d.Must(err)
	ctx, stop := context.WithCancel(background)
	_, err = d.Backups.Check(ctx, d.Who, made.Path, func(done, of int) { stop() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(where, "restoring-*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// TestABackupThatIsNotWholeIsRemembered until another is gone through and whole, and told of in the trail.
func TestABackupThatIsNotWholeIsRemembered(t *testing.T) {
	d, _, _ := founded(t)
	d.Register(servicetest.Qing())
	folder := t.TempDir()
	d.Must(d.Backups.SetSettings(background, d.Who, service.BackupSettings{Folder: folder}))
	good, err := d.Backups.Create(background, d.Who, "", nil)
	d.Must(err)
	d.Clock.Set(d.Clock.Now().Add(time.Hour))
	torn, err := d.Backups.Create(background, d.Who, filepath.Join(folder, "xuezheng-"+strings.Split(filepath.Base(good.Path), "-")[1]+"-20261105-120000.xzbackup"), nil)
	d.Must(err, os.Truncate(torn.Path, torn.Bytes/2))
	last := func() service.LastBackup {
		t.Helper()
		l, err := d.Backups.Last(background)
		d.Must(err)
		return l
	}
	if _, err = d.Backups.Check(background, d.Who, torn.Path, nil); err == nil {
		t.Fatal("half a backup is whole")
	}
	if l := last(); l.Trouble == "" || !l.Checked || l.TroubleAt.IsZero() {
		t.Errorf("of half a backup it is remembered %+v", l)
	}
	lines, err := d.Audit.Recent(background, d.Who, 1)
	if d.Must(err); lines[0].Act != act.CheckBackup || lines[0].Detail != last().Trouble {
		t.Errorf("the trail tells %s %q", lines[0].Act, lines[0].Detail)
	}
	if yes, err := d.Backups.Wanted(background, d.Who, true); err != nil || !yes && last().At.IsZero() {
		t.Errorf("wanted %v, %v", yes, err)
	}
	if _, err = d.Backups.Check(background, d.Who, good.Path, nil); err != nil || last().Trouble != "" {
		t.Errorf("after a good one: %v, %+v", err, last())
	}
	if _, err = d.Backups.Check(background, d.Who, torn.Path, nil); err == nil || last().Trouble == "" {
		t.Error("not remembered a second time")
	}
	d.Clock.Set(d.Clock.Now().Add(time.Hour))
	if _, err = d.Backups.Create(background, d.Who, "", nil); err != nil || last().Trouble != "" {
		t.Errorf("after a new one: %v, %+v", err, last())
	}
	other := filepath.Join(t.TempDir(), "some.xzbackup")
	d.Must(os.WriteFile(other, []byte("x"), 0o600))
	for _, file := range []string{other, filepath.Join(folder, "gone.xzbackup")} {
		if _, err = d.Backups.Check(background, d.Who, file, nil); err == nil || last().Trouble != "" {
			t.Errorf("%s, which is no backup of this store, is remembered: %+v", filepath.Base(file), last())
		}
	}
}

// TestAFolderOnTheStoresOwnDiskIsSaid says so where both would be lost together.
func TestAFolderOnTheStoresOwnDiskIsSaid(t *testing.T) {
	if servicetest.OnServer() {
		t.Skip("a server's disk is not known here")
	}
	d, where, _ := founded(t)
	beside := filepath.Join(filepath.Dir(where), "beside")
	d.Must(os.MkdirAll(beside, 0o700), d.Backups.SetSettings(background, d.Who, service.BackupSettings{Folder: beside}))
	if set, err := d.Backups.Settings(background); err != nil || !set.SameDisk {
		t.Errorf("beside the store: %+v, %v", set, err)
	}
	other, err := os.MkdirTemp("/dev/shm", "backup")
	if err != nil {
		t.Skip("no other disk to try")
	}
	t.Cleanup(func() { os.RemoveAll(other) })
	d.Must(d.Backups.SetSettings(background, d.Who, service.BackupSettings{Folder: other}))
	if set, err := d.Backups.Settings(background); err != nil || set.SameDisk {
		t.Errorf("on another: %+v, %v", set, err)
	}
}

// TestWhoPutsABackupBackHearsOfNoOlderStore: this machine has seen more than the backup knows, and did it itself. The
// same file slipped into the folder is told of.
func TestWhoPutsABackupBackHearsOfNoOlderStore(t *testing.T) {
	d, where, recovery := founded(t)
	cfg := d.Config(where)
	cfg.Seen = t.TempDir()
	open := func() *service.Services {
		t.Helper()
		s, err := service.Open(background, cfg)
		d.Must(err)
		d.Services = s
		d.Who, err = s.Access.SignIn(background, "zhoumin", servicetest.Passphrase)
		d.Must(err)
		return s
	}
	older := func() bool {
		for _, w := range d.Access.Warnings() {
			if w.Key == service.ErrTrailOlder.Key {
				return true
			}
		}
		return false
	}
	d.Must(d.Close())
	open()
	file := filepath.Join(t.TempDir(), "b.xzbackup")
	_, err := d.Backups.Create(background, d.Who, file, nil)
	d.Must(err)
	d.Register(servicetest.Qing())
	d.Must(d.Close())
	old := filepath.Join(t.TempDir(), "old")
	if !servicetest.OnServer() {
		d.Must(os.CopyFS(old, os.DirFS(where)))
	}
	open()
	d.Register(servicetest.Na())
	d.Must(d.Close())
	_, err = service.Restore(background, cfg, service.Restoring{File: file, Recovery: recovery, Replace: true, Institution: "建设继续教育中心"}, nil)
	d.Must(err)
	open()
	if older() {
		t.Error("what was put back on this machine is taken for an older store that somebody slipped in")
	}
	d.Must(d.Close())
	if servicetest.OnServer() {
		return
	}
	d.Must(os.RemoveAll(where), os.CopyFS(where, os.DirFS(old)))
	open()
	if !older() {
		t.Error("an older file that was slipped in afterwards is not told of")
	}
}
