package folder

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestAFolderIsOneProgramsAtATime(t *testing.T) {
	dir, now := t.TempDir(), time.Date(2026, 11, 23, 1, 12, 0, 0, time.UTC)
	release, err := Hold(dir, "前台 02", now)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Hold(dir, "前台 03", now)
	for _, want := range []string{"前台 02", "2026-11-23 09:12"} {
		if !errors.Is(err, ErrElsewhere) || !strings.Contains(err.Error(), want) {
			t.Errorf("a second program is told %v, want something with %s", err, want)
		}
	}
	release()
	again, err := Hold(dir, "前台 03", now)
	if err != nil {
		t.Fatalf("once it is let go: %v", err)
	}
	again()
}

func TestAFolderIsThisUsersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there it is what its place says")
	}
	dir := filepath.Join(t.TempDir(), "new", "store")
	for _, name := range []string{"one that is made", "one that is there, open to others"} {
		if err := Own(dir); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(dir, 0o777|os.ModeSticky); err != nil {
		t.Fatal(err)
	}
	if err := Own(dir); !errors.Is(err, ErrShared) {
		t.Errorf("everybody's folder: %v", err)
	}
}

func TestALinkUnderANameOfOursIsTakenAway(t *testing.T) {
	dir := t.TempDir()
	theirs, ours := filepath.Join(dir, "theirs"), filepath.Join(dir, LockName)
	if err := os.WriteFile(theirs, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(theirs, ours); err != nil {
		t.Skip(err)
	}
	release, err := Hold(dir, "前台", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	release()
	if b, err := os.ReadFile(theirs); err != nil || string(b) != "theirs" {
		t.Errorf("what the link led to: %q, %v", b, err)
	}
	if info, err := os.Lstat(ours); err != nil || !info.Mode().IsRegular() {
		t.Errorf("the lock file: %v, %v", info, err)
	}
}
