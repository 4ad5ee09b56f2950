//go:build !ci

package main

import "time"

// clock is the machine's. No variable moves it: waits after wrong passphrases would be worth nothing.
func clock() func() time.Time { return time.Now }

// handSet is the clock that a store is to go by; none, for the machine's own.
func handSet(func() time.Time) func() time.Time { return nil }
