package store

import "testing"

func TestNetworkDrivesAreKnownByTheirMounts(t *testing.T) {
	const mounts = `22 1 254:1 / / rw - ext4 /dev/vda rw
35 22 0:30 / /srv/share rw - nfs4 server:/share rw
36 22 0:31 / /home/a\040b rw - cifs //server/a rw
37 35 0:32 / /srv/share/local rw - xfs /dev/vdb rw`
	for dir, want := range map[string]bool{
		"/": false, "/srv": false, "/srv/share": true, "/srv/share/x": true, "/srv/shared": false, "/srv/share/local/x": false, "/home/a b/x": true,
	} {
		if got := networks[fileSystem(mounts, dir)]; got != want {
			t.Errorf("%s: got %v, want %v", dir, got, want)
		}
	}
}
