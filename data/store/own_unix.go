//go:build !windows

package store

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// OwnFolder makes a folder that only this user can look into, or makes one that is there so. One that
// others share, and that can't be made so, is refused.
func OwnFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if info.Mode()&0o077 == 0 {
		return nil
	}
	if info.Mode()&os.ModeSticky != 0 { // everybody's, as /tmp is
		return ErrShared
	}
	err = os.Chmod(dir, info.Mode().Perm()&^0o077)
	if errors.Is(err, syscall.EROFS) {
		return nil // nothing of it can be changed, by nobody
	}
	if err != nil {
		return ErrShared.Because(err)
	}
	return nil
}

// OwnProcess lets nobody else look into what this program writes from here on, by whatever way.
func OwnProcess() { syscall.Umask(0o077) }

// ownFiles makes the files of a store this user's own, and the main one before SQLite would make it.
func ownFiles(dir string) error {
	f, err := os.OpenFile(filepath.Join(dir, fileName), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	f.Close()
	for _, name := range []string{fileName, fileName + "-wal", fileName + "-shm", "ballast", "owner.lock"} {
		name = filepath.Join(dir, name)
		if info, err := os.Stat(name); err == nil && info.Mode().Perm()&0o077 != 0 {
			if err := os.Chmod(name, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}
