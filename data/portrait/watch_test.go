package portrait

import (
	"context"
	"errors"
	"image"
	"io"
	"testing"
	"time"

	"xuezheng/data/camera"
	"xuezheng/data/identity"
	"xuezheng/data/picture"
)

// film gives frames ten a second, without waiting.
type film struct {
	frames []image.Image
	at     int
	closed bool
	start  time.Time
}

func (f *film) Next(context.Context) (camera.Frame, error) {
	if f.at == len(f.frames) {
		return camera.Frame{}, io.EOF
	}
	f.at++
	return camera.Frame{Image: f.frames[f.at-1], At: f.start.Add(time.Duration(f.at) * 100 * time.Millisecond)}, nil
}

func (f *film) Close() error { f.closed = true; return nil }

// acted is a film of someone who does the movements in the order left, right, mouth.
func acted(seed int64) *film {
	f := &film{start: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)}
	for _, pose := range [][2]float64{{0, 0}, {30, 0}, {-30, 0}, {0, 30}, {0, 0}} {
		img := picture.SamplePose(seed, pose[0], pose[1])
		f.frames = append(f.frames, img, img, img)
	}
	return f
}

func inOrder(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// soon are the usual figures, with a second for the digits.
var soon = func() identity.Alive {
	a := identity.DefaultAlive
	a.Digits = 1
	return a
}()

// watched watches to the end.
func watched(t *testing.T, w *Watcher) (last Sight) {
	t.Helper()
	for !last.Over {
		var err error
		if last, err = w.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return last
}

func TestSomeoneDrawnDoesWhatIsAsked(t *testing.T) {
	f := acted(3)
	w, err := Watch(Watching{Source: f, Shuffle: inOrder})
	if err != nil {
		t.Fatal(err)
	}
	if last := watched(t, w); last.Why != "" || last.At != 5 {
		t.Fatalf("ended at %d of %v: %s", last.At, last.Tasks, last.Why)
	}
	r := w.Recorded()
	if len(r.Frames) != 5 || r.Why != "" || r.Sound != nil {
		t.Errorf("recorded %d frames, %q, %d bytes of sound", len(r.Frames), r.Why, len(r.Sound))
	}
	kept := w.frames[0]
	w.Close()
	if !f.closed || kept[0] != 0 || kept[len(kept)-1] != 0 || r.Frames[0][0] == 0 {
		t.Error("closing did not close the camera and wipe what was kept, and only that")
	}
}

func TestTheDigitsAreHeard(t *testing.T) {
	f := acted(3)
	for range 12 {
		f.frames = append(f.frames, f.frames[0])
	}
	asked := 0
	w, err := Watch(Watching{Source: f, Shuffle: inOrder, Rules: soon, Digits: true, Sound: func(_ context.Context, seconds int) ([]byte, error) {
		asked = seconds
		return []byte("sound"), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if last := watched(t, w); last.Why != "" {
		t.Fatalf("ended at %d: %s", last.At, last.Why)
	}
	if r := w.Recorded(); string(r.Sound) != "sound" || asked != 1 || len(r.Frames) != 6 {
		t.Errorf("heard %q in %d seconds, %d frames", r.Sound, asked, len(r.Frames))
	}
}

func TestAMicrophoneThatFailsEndsNothing(t *testing.T) {
	f := acted(3)
	for range 12 {
		f.frames = append(f.frames, f.frames[0])
	}
	w, err := Watch(Watching{Source: f, Shuffle: inOrder, Rules: soon, Digits: true, Sound: func(context.Context, int) ([]byte, error) {
		return nil, camera.ErrNoMicrophone
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if last := watched(t, w); last.Why != "" {
		t.Errorf("ended: %s", last.Why)
	}
	if r := w.Recorded(); r.Sound != nil {
		t.Errorf("heard %q", r.Sound)
	}
}

func TestACameraThatStopsEndsTheTry(t *testing.T) {
	f := acted(3)
	f.frames = f.frames[:4]
	w, err := Watch(Watching{Source: f, Shuffle: inOrder})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if last := watched(t, w); last.Why != identity.WhyEnded {
		t.Errorf("why %q", last.Why)
	}
	empty, err := Watch(Watching{Source: &film{}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := empty.Next(t.Context()); !errors.Is(err, io.EOF) {
		t.Errorf("a camera without a picture: %v", err)
	}
}

func TestWhoIsAskedCanNotForeseeTheOrder(t *testing.T) {
	seen := map[[3]int]bool{}
	for range 200 {
		list := lot(3)
		if len(list) != 3 {
			t.Fatalf("drew %v", list)
		}
		seen[[3]int(list)] = true
	}
	if len(seen) != 6 {
		t.Errorf("200 lots drew %d of 6 orders", len(seen))
	}
}
