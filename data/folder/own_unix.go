//go:build !windows

package folder

import (
	"errors"
	"os"
	"syscall"
)

// Own makes a folder that only this user can look into, or makes one that is there so. One that
// others share, and that can't be made so, is refused.
func Own(dir string) error {
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
