package store

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// onNetwork reports whether a folder lies on another machine, where SQLite's locks don't hold.
func onNetwork(dir string) bool {
	full, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(full) + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
