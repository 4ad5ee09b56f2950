package store

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"xuezheng/data/day"
)

// ownerLock says who has the store open, so that a second program is told plainly. The lock
// itself is the operating system's and ends with the program, however that ends.
type ownerLock struct{ file *os.File }

// owner is what the lock file tells.
type owner struct {
	Machine string    `json:"machine"`
	Process int       `json:"process"`
	Since   time.Time `json:"since"`
}

// own takes the store for this program, or says by whom it is open.
func own(dir, machine string, now time.Time) (*ownerLock, error) {
	name := filepath.Join(dir, "owner.lock")
	plainFile(name)
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if readOnly(err) || diskFull(err) { // whoever only reads is told all the same
		if f, err = os.Open(name); errors.Is(err, os.ErrNotExist) {
			return &ownerLock{}, nil
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
	b, err := json.Marshal(owner{machine, os.Getpid(), now.UTC()})
	if err == nil {
		if err = f.Truncate(0); err == nil {
			_, err = f.WriteAt(b, 0)
		}
	}
	if err != nil && !readOnly(err) && !diskFull(err) && !errors.Is(err, syscall.EBADF) && !errors.Is(err, syscall.EINVAL) {
		f.Close()
		return nil, err
	}
	return &ownerLock{f}, nil
}

func (l *ownerLock) release() {
	if l.file != nil {
		l.file.Close()
	}
}

// Hold takes a folder for this program until release is called; ErrElsewhere names who has it. It is
// for what keeps files of its own beside a store, or without one.
func Hold(dir, machine string, now time.Time) (release func(), err error) {
	l, err := own(dir, machine, now)
	if err != nil {
		return nil, err
	}
	return l.release, nil
}

// plainFile takes away what stands under a name of ours and is no file: a link would have us write into
// somebody else's.
func plainFile(name string) {
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
		os.Remove(name)
	}
}
