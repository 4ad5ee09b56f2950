//go:build ci

package main

import (
	"os"
	"time"
)

// clock is the moment in XUEZHENG_NOW (RFC 3339), and goes on from there, so that scripts can be
// repeated; without it, the machine's. Only programs built for tests know that variable.
func clock() func() time.Time {
	at, err := time.Parse(time.RFC3339, os.Getenv("XUEZHENG_NOW"))
	if err != nil {
		return time.Now
	}
	start := time.Now()
	return func() time.Time { return at.Add(time.Since(start)) }
}

// handSet is the clock that a store is to go by.
func handSet(now func() time.Time) func() time.Time { return now }
