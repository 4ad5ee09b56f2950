package store

import (
	"time"

	"golang.org/x/sys/unix"

	"xuezheng/data/access"
)

// uptime is how long this machine has run, the time it slept included, and the name of its start.
func uptime() (u access.Uptime) {
	var at unix.Timespec
	boot, err := unix.Sysctl("kern.bootsessionuuid")
	if err != nil || unix.ClockGettime(unix.CLOCK_MONOTONIC_RAW, &at) != nil {
		return u
	}
	return access.Uptime{Boot: boot, Up: time.Duration(at.Nano())}
}
