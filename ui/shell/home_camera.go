package shell

import (
	"context"
	"image"
	"sync/atomic"

	"xuezheng/data/camera"
	"xuezheng/data/identity"
	"xuezheng/data/picture"
	"xuezheng/data/portrait"
	"xuezheng/ui/model"
)

// Cameras names the cameras there are: the recording that the program was started with, or what the
// machine has.
func (a applicant) Cameras() []string {
	switch {
	case a.asks.camera == "none":
		return nil
	case a.asks.camera != "":
		return []string{a.asks.camera}
	}
	return camera.List()
}

// Microphone reports whether what is read aloud can be recorded.
func (a applicant) Microphone() bool { return camera.HasMicrophone() }

// finderSide is how many pixels the longer side of what is seen has on the screen, cardSide that of
// the picture taken.
const (
	finderSide = 640
	cardSide   = 1600
)

// Viewfinder opens a camera to take one picture with.
func (a applicant) Viewfinder(name string) (model.Viewfinder, error) {
	src, err := camera.Open(name)
	if err != nil {
		return nil, err
	}
	f := &viewfinder{}
	see := func(ctx context.Context) (model.Sight, error) {
		frame, err := src.Next(ctx)
		if err != nil {
			return model.Sight{}, err
		}
		f.last.Store(&frame)
		return model.Sight{Image: picture.Thumbnail(frame.Image, finderSide)}, nil
	}
	f.eye = newEye(a.asks.run, see, func() { _ = src.Close() }) // it is no more needed, whatever it says
	return f, nil
}

// viewfinder shows what a camera sees; it is not mirrored, for it looks at a paper.
type viewfinder struct {
	*eye
	last atomic.Pointer[camera.Frame]
}

// Next is what is seen now.
func (f *viewfinder) Next() (image.Image, error) {
	s, err := f.eye.Next()
	return s.Image, err
}

// Take is what was seen last, whole.
func (f *viewfinder) Take() ([]byte, error) {
	last := f.last.Load()
	if last == nil {
		return nil, camera.ErrBusy
	}
	return picture.EncodeJPEG(picture.Thumbnail(last.Image, cardSide), 0, 92)
}

// Watch opens a camera and watches someone do what is asked.
func (a applicant) Watch(name, _ string) (model.OnlineCamera, error) {
	src, err := camera.Open(name)
	if err != nil {
		return nil, err
	}
	w := portrait.Watching{Source: src, Digits: true}
	if camera.HasMicrophone() {
		w.Sound = camera.Record
	}
	return watching(a.asks.run, w)
}

func watching(run model.Run, w portrait.Watching) (model.OnlineCamera, error) {
	watcher, err := portrait.Watch(w)
	if err != nil {
		_ = w.Source.Close()
		return nil, err
	}
	see := func(ctx context.Context) (model.Sight, error) {
		s, err := watcher.Next(ctx)
		if err != nil {
			return model.Sight{}, err
		}
		return sightOf(s), nil
	}
	return &onlineCamera{newEye(run, see, watcher.Close), watcher}, nil
}

// onlineCamera watches, and wipes what it kept when it is closed.
type onlineCamera struct {
	*eye
	w *portrait.Watcher
}

// Recorded is what is to be kept.
func (o *onlineCamera) Recorded() model.Recording {
	if !o.begin() {
		return model.Recording{Why: identity.WhyEnded}
	}
	defer o.end()
	r := o.w.Recorded()
	return model.Recording{Frames: r.Frames, Sound: r.Sound, Why: r.Why}
}
