package camera

import (
	"context"
	"sync"
)

// newest shows of a camera's frames always the last: who looks slowly misses some and is never
// shown an old one.
type newest struct {
	from FrameSource
	stop context.CancelFunc
	done chan struct{} // closed when nothing more is read

	lock  sync.Mutex
	frame Frame
	fresh bool
	err   error
	news  chan struct{} // holds one if there is something to be seen
}

// Newest reads from a source as fast as it gives, and gives the newest frame not yet given. What
// it leaves out is lost. Closing it closes the source.
func Newest(from FrameSource) FrameSource {
	ctx, stop := context.WithCancel(context.Background())
	n := &newest{from: from, stop: stop, done: make(chan struct{}), news: make(chan struct{}, 1)}
	go n.read(ctx)
	return n
}

func (n *newest) read(ctx context.Context) {
	defer close(n.done)
	for {
		f, err := n.from.Next(ctx)
		n.put(f, err)
		if err != nil {
			return
		}
	}
}

func (n *newest) put(f Frame, err error) {
	n.lock.Lock()
	defer n.lock.Unlock()
	if err != nil {
		n.err = err
	} else {
		n.frame, n.fresh = f, true
	}
	select {
	case n.news <- struct{}{}:
	default:
	}
}

// take takes the newest frame; ok is false if there is none to be had yet.
func (n *newest) take() (f Frame, ok bool, err error) {
	n.lock.Lock()
	defer n.lock.Unlock()
	switch {
	case n.fresh:
		f, n.frame, n.fresh = n.frame, Frame{}, false
		return f, true, nil
	case n.err != nil:
		return Frame{}, true, n.err
	}
	return Frame{}, false, nil
}

func (n *newest) Next(ctx context.Context) (Frame, error) {
	for {
		if err := ctx.Err(); err != nil {
			return Frame{}, err
		}
		if f, ok, err := n.take(); ok {
			return f, err
		}
		select {
		case <-n.news:
		case <-ctx.Done():
			return Frame{}, ctx.Err()
		}
	}
}

func (n *newest) Close() error {
	n.stop()
	err := n.from.Close()
	<-n.done
	n.lock.Lock()
	n.frame, n.fresh, n.err = Frame{}, false, errClosed
	n.lock.Unlock()
	return err
}
