package store

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// sameDisk reports whether two places lie on one volume, as far as that can be told.
func sameDisk(a, b string) bool {
	of := func(name string) (string, bool) {
		full, err := filepath.Abs(name)
		if err != nil {
			return "", false
		}
		path, err := windows.UTF16PtrFromString(full)
		if err != nil {
			return "", false
		}
		var root [windows.MAX_PATH + 1]uint16
		if err := windows.GetVolumePathName(path, &root[0], uint32(len(root))); err != nil {
			return "", false
		}
		return strings.ToUpper(windows.UTF16ToString(root[:])), true
	}
	x, ok1 := of(a)
	y, ok2 := of(b)
	return ok1 && ok2 && x == y
}
