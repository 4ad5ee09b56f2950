package camera

import (
	"context"
	"errors"
	"image"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// film is a row of pictures that can be played. next says io.EOF after the last.
type film interface {
	next() (image.Image, error)
	every() time.Duration // between one picture and the next
	close() error
}

// The slowest and the fastest that is played, in pictures a second.
const (
	leastRate = 0.1
	mostRate  = 120
)

// rated is the time between two pictures at a rate; Rate stands for one that is none.
func rated(rate float64) time.Duration {
	if !(rate >= leastRate && rate <= mostRate) {
		rate = Rate
	}
	return time.Duration(float64(time.Second) / rate)
}

// player plays a film in its own time. Nobody is shown a picture before its time; who is slow is
// shown every picture all the same, for a film has no newest one.
type player struct {
	film   film
	due    time.Time
	closed atomic.Bool
}

func play(f film) *player { return &player{film: f} }

var errClosed = errors.New("camera: closed")

func (p *player) Next(ctx context.Context) (Frame, error) {
	if err := ctx.Err(); err != nil {
		return Frame{}, err
	}
	if p.closed.Load() {
		return Frame{}, errClosed
	}
	img, err := p.film.next()
	if err != nil {
		if p.closed.Load() {
			err = errClosed
		}
		return Frame{}, err
	}
	if p.due.IsZero() {
		p.due = time.Now()
	}
	at := p.due
	p.due = p.due.Add(p.film.every())
	return Frame{Image: img, At: at}, until(ctx, at)
}

func (p *player) Close() error {
	if p.closed.Swap(true) {
		return nil
	}
	return p.film.close()
}

// until waits for a moment.
func until(ctx context.Context, at time.Time) error {
	wait := time.Until(at)
	if wait <= 0 {
		return nil
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// loop is a film that begins again when it ends.
type loop struct {
	open  func() (film, error)
	shown bool // something, since it last began

	mu     sync.Mutex // it may be closed while it begins again
	film   film
	closed bool
}

func again(open func() (film, error)) (film, error) {
	f, err := open()
	if err != nil {
		return nil, err
	}
	return &loop{film: f, open: open}, nil
}

func (l *loop) next() (image.Image, error) {
	img, err := l.running().next()
	if err == io.EOF && l.shown {
		l.shown = false
		if err := l.begin(); err != nil {
			return nil, err
		}
		return l.next()
	}
	l.shown = l.shown || err == nil
	return img, err
}

func (l *loop) every() time.Duration { return l.running().every() }

func (l *loop) running() film {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.film
}

// begin begins the film again, unless it was closed meanwhile.
func (l *loop) begin() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return errClosed
	}
	if err := l.film.close(); err != nil {
		return err
	}
	f, err := l.open()
	if err != nil {
		return err
	}
	l.film = f
	return nil
}

func (l *loop) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	return l.film.close()
}
