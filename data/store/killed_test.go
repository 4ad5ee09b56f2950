//go:build !windows

package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/id"
)

// childFolder names the folder in which a child process of the test writes until it is killed.
const childFolder = "XUEZHENG_TEST_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		does := writeForEver
		if to := os.Getenv(childBackups); to != "" {
			does = func(dir string) error { return backUpForEver(dir, to) }
		}
		if err := does(dir); err != nil {
			fmt.Println("failed:", err)
		}
		return
	}
	os.Exit(m.Run())
}

// writeForEver adds people one by one and tells of each after its commit.
func writeForEver(dir string) error {
	ctx := context.Background()
	s, err := Open(ctx, dir, Options{Machine: "desk", Cost: cheap})
	if err != nil {
		return err
	}
	if _, err := s.Unlock(ctx, "admin", secret); err != nil {
		return err
	}
	for {
		p := somebody()
		p.ID = id.New[id.Person]()
		p.Number = string(p.ID)
		err := s.Update(ctx, func(tx *Tx) error {
			if err := tx.People.Add(&p); err != nil {
				return err
			}
			return tx.Audit.AppendMany([]audit.Line{{At: s.now(), Who: "l1", Act: act.RegisterPerson, About: string(p.ID), Person: string(p.ID)}})
		})
		if err != nil {
			return err
		}
		fmt.Println("kept", p.ID)
	}
}

// TestAKilledProgramLosesNothingItAcknowledged kills a program in the middle of its writing.
func TestAKilledProgramLosesNothingItAcknowledged(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := Open(ctx, dir, Options{Machine: "desk", Create: true, Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	found(t, s)
	s.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	told := killAfter(t, self, dir, 25)
	told = append(told, killAfter(t, self, dir, 15)...) // finds the journal of the one before
	s, err = Open(ctx, dir, Options{Machine: "desk"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Unlock(ctx, "admin", secret); err != nil {
		t.Fatal(err)
	}
	view(t, s, func(tx *Tx) error {
		for _, p := range told {
			if _, err := tx.People.Get(p); err != nil {
				t.Errorf("someone acknowledged is gone: %v", err)
			}
		}
		n, err := tx.People.Count()
		if err != nil {
			return err
		}
		lines := 0
		err = errors.Join(intact(tx), tx.row(nil, `SELECT COUNT(*) FROM audit_line WHERE act = 'person.register'`, nil, &lines))
		if n != lines || n < len(told) {
			t.Errorf("people %d, audit lines %d, acknowledged %d", n, lines, len(told))
		}
		return err
	})
}

func killAfter(t *testing.T, self, dir string, n int) (told []id.Person) {
	t.Helper()
	child := exec.Command(self)
	child.Env = append(os.Environ(), childFolder+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		p, ok := strings.CutPrefix(lines.Text(), "kept ")
		if !ok {
			child.Process.Kill()
			t.Fatal(lines.Text())
		}
		if told = append(told, id.Person(p)); len(told) == n {
			child.Process.Kill()
		}
	}
	child.Wait()
	if len(told) < n {
		t.Fatalf("the program told of %d only", len(told))
	}
	return told
}
