package camera

import (
	"errors"
	"image"
	"io"
	"sync/atomic"
	"testing"
	"time"
)

// flash is a film of one picture that takes no time.
type flash struct {
	seen   bool
	closed atomic.Bool
	open   *atomic.Int32 // how many are open
}

func (f *flash) next() (image.Image, error) {
	if f.seen {
		return nil, io.EOF
	}
	f.seen = true
	return image.NewGray(image.Rect(0, 0, 1, 1)), nil
}

func (f *flash) every() time.Duration { return 0 }

func (f *flash) close() error {
	if f.closed.Swap(true) {
		return errors.New("closed twice")
	}
	f.open.Add(-1)
	return nil
}

func TestALoopThatIsClosedWhileItBeginsAgainStaysClosed(t *testing.T) {
	for range 200 {
		var open atomic.Int32
		l, err := again(func() (film, error) {
			open.Add(1)
			return &flash{open: &open}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		p := play(l)
		running, ended := make(chan bool), make(chan error)
		go func() {
			for n := 0; ; n++ {
				if _, err := p.Next(t.Context()); err != nil {
					ended <- err
					return
				}
				if n == 3 {
					close(running)
				}
			}
		}()
		<-running
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; !errors.Is(err, errClosed) {
			t.Fatalf("ended with %v", err)
		}
		if n := open.Load(); n != 0 {
			t.Fatalf("%d films stayed open", n)
		}
	}
}
