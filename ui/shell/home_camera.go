package shell

import (
	"context"
	"image"
	"sync"

	"xuezheng/data/camera"
	"xuezheng/data/identity"
	"xuezheng/data/picture"
	"xuezheng/data/service"
	"xuezheng/ui/model"
)

// Cameras names the cameras there are: the recording that the program was started with, or what the
// machine has.
func (a applicant) Cameras() []string {
	switch {
	case a.camera == "none":
		return nil
	case a.camera != "":
		return []string{a.camera}
	}
	return camera.List()
}

// Microphone reports whether what is read aloud can be recorded.
func (a applicant) Microphone() bool { return camera.HasMicrophone() }

// Viewfinder opens a camera to take one picture with.
func (a applicant) Viewfinder(name string) (model.Viewfinder, error) {
	src, err := camera.Open(name)
	if err != nil {
		return nil, err
	}
	f := &viewfinder{src: src}
	f.ctx, f.stop = context.WithCancel(context.Background())
	return f, nil
}

// viewfinder shows what a camera sees; it is not mirrored, for it looks at a paper.
type viewfinder struct {
	src  camera.FrameSource
	ctx  context.Context
	stop context.CancelFunc
	mu   sync.Mutex
	last image.Image
}

// finderSide is how many pixels the longer side of what is seen has on the screen, cardSide that of
// the picture taken.
const (
	finderSide = 640
	cardSide   = 1600
)

// Next is what is seen now.
func (f *viewfinder) Next() (image.Image, error) {
	frame, err := f.src.Next(f.ctx)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	f.last = frame.Image
	f.mu.Unlock()
	return picture.Thumbnail(frame.Image, finderSide), nil
}

// Take is what was seen last, whole.
func (f *viewfinder) Take() ([]byte, error) {
	f.mu.Lock()
	img := f.last
	f.mu.Unlock()
	if img == nil {
		return nil, camera.ErrBusy
	}
	return picture.EncodeJPEG(picture.Thumbnail(img, cardSide), 0, 92)
}

// Close lets the camera go.
func (f *viewfinder) Close() {
	f.stop()
	_ = f.src.Close() // it is no more needed, whatever it says
}

// Watch opens a camera and watches someone do what is asked.
func (a applicant) Watch(name, _ string) (model.OnlineCamera, error) {
	src, err := camera.Open(name)
	if err != nil {
		return nil, err
	}
	w := service.Watching{Source: src, Digits: true}
	if camera.HasMicrophone() {
		w.Sound = camera.Record
	}
	return watching(w)
}

func watching(w service.Watching) (model.OnlineCamera, error) {
	watcher, err := service.Watch(w)
	if err != nil {
		_ = w.Source.Close()
		return nil, err
	}
	o := &onlineCamera{w: watcher}
	o.ctx, o.stop = context.WithCancel(context.Background())
	return o, nil
}

// onlineCamera watches, one look at a time: closing it waits for the look under way.
type onlineCamera struct {
	w      *service.Watcher
	ctx    context.Context
	stop   context.CancelFunc
	mu     sync.Mutex
	closed bool
}

// Next is the next look.
func (o *onlineCamera) Next() (model.Sight, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return model.Sight{}, camera.ErrBusy
	}
	s, err := o.w.Next(o.ctx)
	if err != nil {
		return model.Sight{}, err
	}
	return sightOf(s), nil
}

// Recorded is what is to be kept.
func (o *onlineCamera) Recorded() model.Recording {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return model.Recording{Why: identity.WhyEnded}
	}
	r := o.w.Recorded()
	return model.Recording{Frames: r.Frames, Sound: r.Sound, Why: r.Why}
}

// Close lets the camera go and wipes what it kept.
func (o *onlineCamera) Close() {
	o.stop()
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.closed {
		o.closed = true
		o.w.Close()
	}
}
