//go:build !windows

package store

import (
	"os"
	"syscall"
)

// sameDisk reports whether two places lie on one file system, as far as that can be told.
func sameDisk(a, b string) bool {
	of := func(name string) (uint64, bool) {
		info, err := os.Stat(name)
		if err != nil {
			return 0, false
		}
		s, ok := info.Sys().(*syscall.Stat_t)
		if !ok {
			return 0, false
		}
		return uint64(s.Dev), true
	}
	x, ok1 := of(a)
	y, ok2 := of(b)
	return ok1 && ok2 && x == y
}
