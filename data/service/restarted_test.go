//go:build !windows

package service_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// TestAServerThatIsRestartedLosesNothingItSaid ends the server in the middle of many desks' work, in
// turn as an administrator and as a crash does. Every act is acknowledged and there once, or it is said
// that the server was away, or that nobody knows whether it was kept.
func TestAServerThatIsRestartedLosesNothingItSaid(t *testing.T) {
	own := servicetest.NewServer(t)
	desks := rounds(4, 16)
	c := crowded(t, own.URL(), desks)
	list := c.seats(t, desks)
	defer leave(list)
	var over atomic.Bool
	did := make(chan struct{}, 1<<20)
	var all sync.WaitGroup
	for _, one := range list {
		all.Go(func() {
			one.work(one.acts, func() bool { did <- struct{}{}; return !over.Load() })
		})
	}
	acts := 0
	reach := func(more int) {
		for range more {
			<-did
		}
		acts += more
	}
	for i := range rounds(4, 40) {
		reach(10 * desks)
		if i%2 == 0 {
			own.Restart()
		} else {
			own.Kill()
			own.Start()
		}
	}
	reach(10 * desks)
	over.Store(true)
	all.Wait()
	unsure, refused := 0, 0
	for _, one := range list {
		for _, err := range one.failed {
			switch {
			case errors.Is(err, store.ErrUnsure):
				unsure++
			case errors.Is(err, store.ErrUnreachable):
				refused++
			default:
				t.Errorf("not in words: %v", err)
			}
		}
	}
	c.whole(list, unsure)
	t.Logf("%d acts; %d were refused for want of the server, of %d it is not known", acts, refused, unsure)
}
