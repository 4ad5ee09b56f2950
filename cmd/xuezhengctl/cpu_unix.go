//go:build !windows

package main

import (
	"time"

	"golang.org/x/sys/unix"
)

// cpu is the processor time this process has used.
func cpu() time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
