package store

import (
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// lockFile locks bytes far beyond what is written, so that others can still read who it is.
func lockFile(f *os.File) error {
	at := windows.Overlapped{Offset: 1 << 20}
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
}

// onNetwork reports whether a folder lies on another machine, where SQLite's locks don't hold.
func onNetwork(dir string) bool {
	full, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(full) + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
