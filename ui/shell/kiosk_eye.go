package shell

import (
	"cmp"
	"context"
	"image"
	"strings"
	"time"

	"xuezheng/data/camera"
	"xuezheng/data/fault"
	"xuezheng/data/identity"
	"xuezheng/data/paper"
	"xuezheng/data/picture"
	"xuezheng/data/portrait"
	"xuezheng/ui/model"
)

// errNoCamera is for a kiosk without one.
var errNoCamera = fault.New(fault.Missing, "kiosk.without-camera")

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

func (a *kioskAsks) looking(e *eye) *eye {
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
	w, err := portrait.Watch(portrait.Watching{Source: source, Shuffle: a.shuffle})
	if err != nil {
		source.Close()
		return nil, err
	}
	see := func(ctx context.Context) (model.Sight, error) {
		s, err := w.Next(ctx)
		if err != nil {
			return model.Sight{}, err
		}
		sight := sightOf(s)
		if s.Over && s.Why == "" {
			sight.Frames = w.Recorded().Frames
		}
		return sight, nil
	}
	return a.looking(newEye(a.run, see, w.Close)), nil
}

// slipSide is how many pixels the longer side of a picture shown to somebody has.
const slipSide = 640

// SlipCamera looks for the code of a slip that is held before the camera.
func (a *kioskAsks) SlipCamera() (model.KioskCamera, error) {
	source, err := a.openCamera()
	if err != nil {
		return nil, err
	}
	see := func(ctx context.Context) (model.Sight, error) {
		f, err := source.Next(ctx)
		if err != nil {
			return model.Sight{}, err
		}
		return model.Sight{Image: camera.Mirrored(picture.Thumbnail(f.Image, slipSide)), Code: slipCode(f.Image)}, nil
	}
	return a.looking(newEye(a.run, see, func() { source.Close() })), nil
}

// slipCode is the code of a slip in a picture, or another that is read there instead.
func slipCode(img image.Image) (code string) {
	found, _ := paper.GlanceQR(img) // none is no problem: the next picture comes in a moment
	for _, text := range found {
		if strings.HasPrefix(text, identity.SlipPrefix) {
			return text
		}
		code = cmp.Or(code, text)
	}
	return code
}
