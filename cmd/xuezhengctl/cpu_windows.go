package main

import (
	"time"

	"golang.org/x/sys/windows"
)

// cpu is the processor time this process has used.
func cpu() time.Duration {
	var made, gone, kernel, user windows.Filetime
	if err := windows.GetProcessTimes(windows.CurrentProcess(), &made, &gone, &kernel, &user); err != nil {
		return 0
	}
	ticks := func(f windows.Filetime) int64 { return int64(f.HighDateTime)<<32 | int64(f.LowDateTime) }
	return time.Duration(ticks(kernel)+ticks(user)) * 100
}
