package store

import (
	"os"
	"path/filepath"
	"strings"
)

// networks are the kinds of file system on which SQLite's locks don't hold.
var networks = map[string]bool{
	"nfs": true, "nfs4": true, "cifs": true, "smb3": true, "smbfs": true, "afs": true, "9p": true, "ncpfs": true,
	"fuse.sshfs": true, "fuse.davfs": true, "fuse.rclone": true, "fuse.gvfsd-fuse": true, "fuse.s3fs": true, "davfs": true, "ceph": true, "glusterfs": true, "fuse.glusterfs": true,
}

// onNetwork reports whether a folder lies on another machine, where SQLite's locks don't hold.
func onNetwork(dir string) bool {
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return false
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	if real, err := filepath.EvalSymlinks(full); err == nil {
		full = real
	}
	return networks[fileSystem(string(mounts), full)]
}

// fileSystem is the kind of the mount that holds a folder: the longest mount point above it,
// the last of equals.
func fileSystem(mountinfo, dir string) (kind string) {
	longest := -1
	for _, line := range strings.Split(mountinfo, "\n") {
		before, after, ok := strings.Cut(line, " - ")
		fields := strings.Fields(before)
		if !ok || len(fields) < 5 {
			continue
		}
		point := strings.ReplaceAll(fields[4], `\040`, " ")
		if (dir == point || strings.HasPrefix(dir, strings.TrimSuffix(point, "/")+"/")) && len(point) >= longest {
			longest = len(point)
			kind, _, _ = strings.Cut(after, " ")
		}
	}
	return kind
}
