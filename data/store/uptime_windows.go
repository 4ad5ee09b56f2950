package store

import (
	"golang.org/x/sys/windows"

	"xuezheng/data/access"
)

// uptime is how long this machine has run, the time it slept included. Windows gives its start no name that
// can be relied on.
func uptime() access.Uptime { return access.Uptime{Up: windows.DurationSinceBoot()} }
