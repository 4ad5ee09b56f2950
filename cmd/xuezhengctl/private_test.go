//go:build !windows

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestNobodyElseReadsWhatIsWritten founds a store and writes out of it under a mask that lets everybody
// read.
func TestNobodyElseReadsWhatIsWritten(t *testing.T) {
	old := syscall.Umask(0o022)
	defer syscall.Umask(old)
	t.Setenv("XUEZHENG_PASSPHRASE", testPassphrase)
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, args := range []string{
		"init --institution 样例中心 --pack guangxi-second-class-constructor --recovery " + filepath.Join(dir, "recovery.txt"),
		"key export --out " + filepath.Join(dir, "key.json"),
		"hours passlist --month 2026-10 --out " + filepath.Join(dir, "list.xlsx"),
	} {
		var said bytes.Buffer
		if code := run(append([]string{"--data", filepath.Join(dir, "store")}, strings.Fields(args)...), strings.NewReader(""), &said, &said); code != 0 {
			t.Fatalf("%s: %s", args, said.String())
		}
	}
	found := 0
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v", filepath.Base(name), info.Mode())
		}
		found++
		return err
	})
	if err != nil || found < 6 {
		t.Errorf("%d files: %v", found, err)
	}
}
