//go:build !windows

package store

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// childBackups names the folder into which a child process of the test makes backups until it is killed.
const childBackups = "XUEZHENG_TEST_BACKUPS"

// backUpForEver makes backups one after the other and tells how far each is.
func backUpForEver(dir, to string) error {
	ctx := context.Background()
	s, err := Open(ctx, dir, Options{Machine: "desk", Cost: cheap})
	if err != nil {
		return err
	}
	if _, err := s.Unlock(ctx, "admin", secret); err != nil {
		return err
	}
	for {
		if _, err := s.BackUp(ctx, to, "b1", func(done, of int) { fmt.Println("at", done) }); err != nil {
			return err
		}
		fmt.Println("made")
	}
}

// TestAKilledBackupLeavesNoHalfFileUnderItsName kills a program at many moments of its backups.
func TestAKilledBackupLeavesNoHalfFileUnderItsName(t *testing.T) {
	ctx := context.Background()
	dir, to := t.TempDir(), t.TempDir()
	c := newClock()
	o := options(c)
	o.Create = true
	s, err := Open(ctx, dir, o)
	if err != nil {
		t.Fatal(err)
	}
	recovery := found(t, s)
	people(t, s, 0, 3000)
	s.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	kills := 0
	for after := 1; after < 40; after += 3 {
		child := exec.Command(self)
		child.Env = append(os.Environ(), childFolder+"="+dir, childBackups+"="+to)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); {
			if strings.HasPrefix(lines.Text(), "failed") {
				t.Error(lines.Text())
			}
			if n++; n == after {
				child.Process.Kill()
				kills++
			}
		}
		child.Wait()
	}
	if kills < 10 {
		t.Fatalf("killed %d times only", kills)
	}
	o.Create = false
	if s, err = Open(ctx, dir, o); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if left, _ := filepath.Glob(filepath.Join(dir, workName)); len(left) > 0 {
		t.Errorf("a copy that is not sealed is left after the store was opened: %q", left)
	}
	if _, err := s.Unlock(ctx, "admin", secret); err != nil {
		t.Fatal(err)
	}
	mustBackUp(t, s, to)
	files, err := os.ReadDir(to)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		opened, err := OpenBackup(ctx, filepath.Join(to, f.Name()), t.TempDir(), RecoveryKey(recovery), options(c), nil)
		if err != nil {
			t.Errorf("%s: %v", f.Name(), err)
			continue
		}
		opened.Close()
	}
}
