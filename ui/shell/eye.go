package shell

import (
	"context"
	"sync"
	"time"

	"xuezheng/data/camera"
	"xuezheng/data/identity"
	"xuezheng/data/portrait"
	"xuezheng/ui/model"
)

// eye is a camera while something is looked for. Closing it waits for nothing: a look that is under
// way lets the camera go when it is over.
type eye struct {
	see  func(context.Context) (model.Sight, error)
	shut func()
	run  model.Run
	ctx  context.Context
	stop context.CancelFunc
	gone chan struct{} // closed when the camera was let go

	mu     sync.Mutex
	busy   bool
	closed bool
}

func newEye(run model.Run, see func(context.Context) (model.Sight, error), shut func()) *eye {
	e := &eye{see: see, shut: shut, run: run, gone: make(chan struct{})}
	e.ctx, e.stop = context.WithCancel(context.Background())
	return e
}

// Next waits for the next sight.
func (e *eye) Next() (s model.Sight, err error) {
	if !e.begin() {
		return s, camera.ErrBusy
	}
	defer e.end()
	return e.see(e.ctx)
}

// begin keeps the camera until the end of what is done with it; false if it was closed.
func (e *eye) begin() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.busy = !e.closed
	return e.busy
}

func (e *eye) end() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.busy = false; e.closed {
		e.letGo()
	}
}

// Close ends it.
func (e *eye) Close() {
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
func (e *eye) letGo() {
	e.run(func() error {
		e.shut()
		close(e.gone)
		return nil
	}, func(error) {})
}

// sightOf says what a watcher saw in the words of the page.
func sightOf(s portrait.Sight) model.Sight {
	sight := model.Sight{Image: s.Picture, Over: s.Over, Why: s.Why}
	for i, task := range s.Tasks {
		step := model.SightStep{Key: "identity.task-short." + string(task), Sign: taskSigns[task], Done: i < s.At, Now: i == s.At && !s.Over}
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
