//go:build !windows && !linux

package store

import "golang.org/x/sys/unix"

// onNetwork reports whether a folder lies on another machine, where SQLite's locks don't hold.
func onNetwork(dir string) bool {
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		return false
	}
	switch unix.ByteSliceToString(fs.Fstypename[:]) {
	case "nfs", "smbfs", "afpfs", "webdav", "cifs":
		return true
	}
	return false
}
