package shell

import (
	"cmp"
	"context"
	"image"
	"strings"
	"sync"
	"time"

	"xuezheng/data/camera"
	"xuezheng/data/fault"
	"xuezheng/data/identity"
	"xuezheng/data/paper"
	"xuezheng/data/picture"
	"xuezheng/data/service"
	"xuezheng/ui/model"
)

// errNoCamera is for a kiosk without one.
var errNoCamera = fault.New(fault.Missing, "kiosk.without-camera")

// kioskEye is the kiosk's camera while it looks for something. Closing it waits for nothing: a look
// that is under way closes the camera when it is over.
type kioskEye struct {
	see  func(context.Context) (model.KioskSight, error)
	shut func()
	run  model.Run
	ctx  context.Context
	stop context.CancelFunc
	gone chan struct{} // closed when the camera was let go

	mu     sync.Mutex
	busy   bool
	closed bool
}

func newKioskEye(run model.Run, see func(context.Context) (model.KioskSight, error), shut func()) *kioskEye {
	e := &kioskEye{see: see, shut: shut, run: run, gone: make(chan struct{})}
	e.ctx, e.stop = context.WithCancel(context.Background())
	return e
}

// Next waits for the next sight.
func (e *kioskEye) Next() (s model.KioskSight, err error) {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return s, errNoCamera
	}
	e.busy = true
	e.mu.Unlock()
	s, err = e.see(e.ctx)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.busy = false; e.closed {
		e.letGo()
	}
	return s, err
}

// Close ends it.
func (e *kioskEye) Close() {
	e.stop()
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return
	}
	if e.closed = true; !e.busy {
		e.letGo()
	}
}

// letGo lets the camera go, which may take it a moment.
func (e *kioskEye) letGo() {
	e.run(func() error {
		e.shut()
		close(e.gone)
		return nil
	}, func(error) {})
}

// letGoTime is how long the camera may take to be let go before it is opened again.
const letGoTime = 5 * time.Second

// openCamera opens the kiosk's camera once whoever had it before has let it go.
func (a *kioskAsks) openCamera() (camera.FrameSource, error) {
	if !a.HasCamera() {
		return nil, errNoCamera
	}
	a.mu.Lock()
	last := a.eye
	a.mu.Unlock()
	if last != nil {
		select {
		case <-last.gone:
		case <-time.After(letGoTime):
		}
	}
	return a.film()
}

// live opens a camera, or what is played as one; its newest picture is always the next.
func live(spec string) (camera.FrameSource, error) {
	source, err := camera.Open(spec)
	if err != nil {
		return nil, err
	}
	return camera.Newest(source), nil
}

func (a *kioskAsks) looking(e *kioskEye) *kioskEye {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.eye = e
	return e
}

// HasCamera reports whether a camera is there, or a recording that is played as one.
func (a *kioskAsks) HasCamera() bool { return a.camera }

func hasCamera(spec string) bool {
	return spec != "none" && (strings.Contains(spec, ":") || len(camera.List()) > 0)
}

// Camera watches somebody who does what is asked.
func (a *kioskAsks) Camera() (model.KioskCamera, error) {
	source, err := a.openCamera()
	if err != nil {
		return nil, err
	}
	w, err := service.Watch(service.Watching{Source: source, Shuffle: a.shuffle})
	if err != nil {
		source.Close()
		return nil, err
	}
	see := func(ctx context.Context) (model.KioskSight, error) {
		s, err := w.Next(ctx)
		if err != nil {
			return model.KioskSight{}, err
		}
		sight := sightOf(s)
		if s.Over && s.Why == "" {
			sight.Frames = w.Recorded().Frames
		}
		return sight, nil
	}
	return a.looking(newKioskEye(a.run, see, w.Close)), nil
}

// sightOf says what a watcher saw in the words of the page.
func sightOf(s service.WatchSight) model.KioskSight {
	sight := model.KioskSight{Image: s.Picture, Over: s.Over, Why: s.Why}
	for i, task := range s.Tasks {
		step := model.KioskStep{Key: "identity.task-short." + string(task), Sign: taskSigns[task], Done: i < s.At, Now: i == s.At && !s.Over}
		if step.Now {
			step.Left = int((s.Left + time.Second - 1) / time.Second)
			sight.Ask = "identity.task." + string(task)
		}
		sight.Steps = append(sight.Steps, step)
	}
	return sight
}

// taskSigns are the arrows of the movements; on the mirrored picture one's own left is the left.
var taskSigns = map[identity.Task]string{identity.TurnLeft: "back", identity.TurnRight: "arrow"}

// slipSide is how many pixels the longer side of a picture shown to somebody has.
const slipSide = 640

// SlipCamera looks for the code of a slip that is held before the camera.
func (a *kioskAsks) SlipCamera() (model.KioskCamera, error) {
	source, err := a.openCamera()
	if err != nil {
		return nil, err
	}
	see := func(ctx context.Context) (model.KioskSight, error) {
		f, err := source.Next(ctx)
		if err != nil {
			return model.KioskSight{}, err
		}
		return model.KioskSight{Image: camera.Mirrored(picture.Thumbnail(f.Image, slipSide)), Code: slipCode(f.Image)}, nil
	}
	return a.looking(newKioskEye(a.run, see, func() { source.Close() })), nil
}

// slipCode is the code of a slip in a picture, or another that is read there instead.
func slipCode(img image.Image) (code string) {
	found, _ := paper.GlanceQR(img) // none is no problem: the next picture comes in a moment
	for _, text := range found {
		if strings.HasPrefix(text, service.SlipPrefix) {
			return text
		}
		code = cmp.Or(code, text)
	}
	return code
}
