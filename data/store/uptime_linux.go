package store

import (
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"xuezheng/data/access"
)

// uptime is how long this machine has run, the time it slept included, and the name of its start.
func uptime() (u access.Uptime) {
	var at unix.Timespec
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil || unix.ClockGettime(unix.CLOCK_BOOTTIME, &at) != nil {
		return u
	}
	return access.Uptime{Boot: strings.TrimSpace(string(boot)), Up: time.Duration(at.Nano()) - moved()}
}

// moved is by how much the program that started this one moved that clock: in a time namespace of their own
// anybody may.
func moved() time.Duration {
	offsets, err := os.ReadFile("/proc/self/timens_offsets")
	if err != nil {
		return 0 // a kernel without them
	}
	return bootOffset(string(offsets))
}

func bootOffset(offsets string) time.Duration {
	for line := range strings.Lines(offsets) {
		var clock string
		var seconds, nanos int64
		if n, _ := fmt.Sscan(line, &clock, &seconds, &nanos); n == 3 && (clock == "boottime" || clock == "7") {
			return time.Duration(seconds)*time.Second + time.Duration(nanos)
		}
	}
	return 0
}
