package folder

import (
	"os"

	"golang.org/x/sys/windows"
)

// lockFile locks bytes far beyond what is written, so that others can still read who it is.
func lockFile(f *os.File) error {
	at := windows.Overlapped{Offset: 1 << 20}
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
}
