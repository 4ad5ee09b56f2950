// Package folder makes a folder this user's own, and lets one program at a time have it: a store's, a
// kiosk's.
package folder

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// Faults of a folder.
var (
	ErrElsewhere = fault.New(fault.Refused, "store.open-elsewhere") // figures: machine, process, since when
	ErrShared    = fault.New(fault.Refused, "store.shared-folder")
)

// LockName is the name of the file that says who has a folder.
const LockName = "owner.lock"

// owner is what the lock file tells.
type owner struct {
	Machine string    `json:"machine"`
	Process int       `json:"process"`
	Since   time.Time `json:"since"`
}

// Hold takes a folder for this program until release is called; ErrElsewhere names who has it, so that a
// second program is told plainly. The lock itself is the operating system's and ends with the program,
// however that ends.
func Hold(dir, machine string, now time.Time) (release func(), err error) {
	name := filepath.Join(dir, LockName)
	PlainFile(name)
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if unwritable(err) { // whoever only reads is told all the same
		if f, err = os.Open(name); errors.Is(err, os.ErrNotExist) {
			return func() {}, nil
		}
	}
	if err != nil {
		return nil, err
	}
	if err := lockFile(f); err != nil {
		var o owner
		b := make([]byte, 1024)
		n, _ := f.ReadAt(b, 0)
		f.Close()
		_ = json.Unmarshal(b[:n], &o)
		return nil, ErrElsewhere.With(o.Machine, o.Process, o.Since.In(day.Shanghai).Format("2006-01-02 15:04"))
	}
	if err := tell(f, owner{machine, os.Getpid(), now.UTC()}); err != nil {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}

// tell writes who has the folder, where that can be written.
func tell(f *os.File, o owner) error {
	b, err := json.Marshal(o)
	if err != nil {
		return err
	}
	if err = f.Truncate(0); err == nil {
		_, err = f.WriteAt(b, 0)
	}
	if unwritable(err) || errors.Is(err, syscall.EBADF) || errors.Is(err, syscall.EINVAL) {
		return nil
	}
	return err
}

// unwritable reports whether a folder or its disk takes nothing: it may not be written to, or is full.
func unwritable(err error) bool {
	return errors.Is(err, syscall.EROFS) || errors.Is(err, os.ErrPermission) || errors.Is(err, syscall.ENOSPC)
}

// PlainFile takes away what stands under a name of ours and is no file: a link would have us write into
// somebody else's.
func PlainFile(name string) {
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
		os.Remove(name)
	}
}
