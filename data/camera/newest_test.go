package camera

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

// hand is a source that shows what it is handed, when it is handed it.
type hand struct {
	frames chan Frame
	broken error
	closed chan struct{}
}

func newHand() *hand { return &hand{frames: make(chan Frame), closed: make(chan struct{})} }

func (h *hand) Next(ctx context.Context) (Frame, error) {
	select {
	case f, ok := <-h.frames:
		if !ok {
			return Frame{}, h.broken
		}
		return f, nil
	case <-h.closed:
		return Frame{}, errClosed
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

func (h *hand) Close() error { close(h.closed); return nil }

func (h *hand) show(shades ...uint8) {
	for _, v := range shades {
		h.frames <- Frame{Image: shade(v)}
	}
	synctest.Wait()
}

func TestWhoLooksSlowlySeesTheNewest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHand()
		s := Newest(h)
		defer s.Close()
		h.show(10, 20, 30)
		if f, err := s.Next(t.Context()); err != nil || bright(f.Image) != 30 {
			t.Errorf("%+v, %v", f, err)
		}
		h.show(40)
		if f, err := s.Next(t.Context()); err != nil || bright(f.Image) != 40 {
			t.Errorf("%+v, %v", f, err)
		}
	})
}

func TestNoFrameIsSeenTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHand()
		s := Newest(h)
		defer s.Close()
		h.show(10)
		seen := make(chan uint8, 2)
		go func() {
			for range 2 {
				f, err := s.Next(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				seen <- bright(f.Image)
			}
		}()
		synctest.Wait()
		if len(seen) != 1 {
			t.Fatalf("%d seen of one", len(seen))
		}
		h.show(20)
		if a, b := <-seen, <-seen; a != 10 || b != 20 {
			t.Errorf("%d and %d", a, b)
		}
	})
}

func TestABrokenCameraIsSaidAfterItsLastPicture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHand()
		h.broken = ErrBusy
		s := Newest(h)
		defer s.Close()
		h.show(10)
		close(h.frames)
		synctest.Wait()
		if _, err := s.Next(t.Context()); err != nil {
			t.Errorf("the last picture: %v", err)
		}
		for range 2 {
			if _, err := s.Next(t.Context()); !errors.Is(err, ErrBusy) {
				t.Errorf("%v", err)
			}
		}
	})
}

func TestClosingEndsTheWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := Newest(newHand())
		done := make(chan error, 1)
		go func() {
			_, err := s.Next(t.Context())
			done <- err
		}()
		synctest.Wait()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := <-done; err == nil {
			t.Error("a picture after closing")
		}
		if _, err := s.Next(t.Context()); !errors.Is(err, errClosed) {
			t.Errorf("%v", err)
		}
	})
}
