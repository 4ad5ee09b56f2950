package model

import "time"

// Idle counts how long nobody touched anything. It knows no clock: it is told the time.
type Idle struct {
	limit time.Duration
	last  time.Time
}

// warning is how long before the end it is told of.
const warning = time.Minute

// NewIdle lets limit pass, from now on.
func NewIdle(limit time.Duration, now time.Time) *Idle { return &Idle{limit, now} }

// Stir begins the count anew: somebody is here.
func (i *Idle) Stir(now time.Time) { i.last = now }

// SetLimit changes how long may pass.
func (i *Idle) SetLimit(limit time.Duration) { i.limit = limit }

// Left is how much of the time is left, in whole seconds, upwards.
func (i *Idle) Left(now time.Time) int {
	return int((i.last.Add(i.limit).Sub(now) + time.Second - 1) / time.Second)
}

// Over reports whether the time has run out.
func (i *Idle) Over(now time.Time) bool { return !now.Before(i.last.Add(i.limit)) }

// Warns reports whether the end is near: the last minute, or the second half of a shorter limit.
func (i *Idle) Warns(now time.Time) bool {
	return !i.Over(now) && i.last.Add(i.limit).Sub(now) <= min(warning, i.limit/2)
}
