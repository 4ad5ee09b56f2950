//go:build !windows

package store

import (
	"os"
	"path/filepath"

	"xuezheng/data/folder"
)

// ownFiles makes the files of a store this user's own, and the main one before SQLite would make it.
func ownFiles(dir string) error {
	f, err := os.OpenFile(filepath.Join(dir, fileName), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	f.Close()
	for _, name := range []string{fileName, fileName + "-wal", fileName + "-shm", "ballast", folder.LockName} {
		name = filepath.Join(dir, name)
		if info, err := os.Stat(name); err == nil && info.Mode().Perm()&0o077 != 0 {
			if err := os.Chmod(name, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}
