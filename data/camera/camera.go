// Package camera gives pictures one after another, from a camera or from what was recorded: a
// picture, a folder of pictures, an MJPEG or a Y4M file. It also records sound.
package camera

import (
	"context"
	"image"
	"path/filepath"
	"strings"
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/picture"
)

// Faults of cameras and recordings.
var (
	// ErrNoCamera says that there is none, or that this build knows none: choose a picture.
	ErrNoCamera = fault.New(fault.Missing, "camera.none")
	// ErrNoSuch says that no camera has the name asked for.
	ErrNoSuch = fault.New(fault.Missing, "camera.no-such")
	// ErrBusy says that a camera is there and gives no pictures: another program has it, or it
	// may not be used.
	ErrBusy = fault.New(fault.Broken, "camera.busy")
	// ErrNoRecording says that there is no file or folder to be played, or no picture in it.
	ErrNoRecording = fault.New(fault.Missing, "camera.no-recording")
	// ErrDamaged says that a recording is no such, or too damaged to be played.
	ErrDamaged = fault.New(fault.Refused, "camera.damaged")
	// ErrTooLarge says that a recording's pictures are larger than is taken; figure: megapixels.
	ErrTooLarge = fault.New(fault.Refused, "camera.too-large")
)

// Limits of one frame of a recording.
const (
	mostPixels = 10_000_000
	mostBytes  = 8 << 20 // of a frame in a file, or of a picture
	leastSide  = 16      // pixels
)

// Rate is how many pictures a second are played where the recording does not say it.
const Rate = 10

// Frame is one picture of a row, as the camera sees it: never mirrored.
type Frame struct {
	Image image.Image
	At    time.Time // when it was seen
}

// FrameSource gives frames. Only one may wait for the next at a time; Close may be called then.
type FrameSource interface {
	// Next waits for the next frame; io.EOF after the last of a recording, ctx's error if it ends.
	// The picture is not to be drawn on: the next may be the same.
	Next(ctx context.Context) (Frame, error)
	// Close ends it. Next says an error from then on.
	Close() error
}

// Open opens what spec names: "" or "default" the first camera, "file:PATH" one picture seen again
// and again, "folder:PATH" the pictures of a folder in the order of their names, "mjpeg:PATH" and
// "y4m:PATH" recordings, all at their rate; else a camera by its name in List. "loop:" before a
// folder or recording begins it again when it ends. The newest picture is always the next: who looks
// slowly misses some.
func Open(spec string) (FrameSource, error) {
	s, err := open(spec)
	if err != nil {
		return nil, err
	}
	return Newest(s), nil
}

func open(spec string) (FrameSource, error) {
	kind, path, named := strings.Cut(spec, ":")
	if rest, ok := strings.CutPrefix(spec, "loop:"); ok {
		kind, path, named = strings.Cut(rest, ":")
		if f := openers[kind]; named && f != nil {
			return playing(again(func() (film, error) { return f(path) }))
		}
		return nil, ErrNoSuch
	}
	if f := openers[kind]; named && f != nil {
		return playing(f(path))
	}
	if spec == "default" {
		spec = ""
	}
	return openCamera(spec)
}

// List names the cameras, the one that is opened by default first. Without any it is empty.
func List() []string { return listCameras() }

var openers = map[string]func(path string) (film, error){
	"file":   openPicture,
	"folder": func(path string) (film, error) { return openFolder(path, Rate) },
	"mjpeg":  openMJPEG,
	"y4m":    openY4M,
}

// playing plays a film, if it could be opened.
func playing(f film, err error) (FrameSource, error) {
	if err != nil {
		return nil, err
	}
	return play(f), nil
}

// Folder plays the pictures of a folder in the order of their names, rate a second; with loop it
// begins again after the last.
func Folder(path string, rate float64, loop bool) (FrameSource, error) {
	path = filepath.Clean(path)
	open := func() (film, error) { return openFolder(path, rate) }
	if loop {
		return playing(again(open))
	}
	return playing(open())
}

// decode reads one picture of a recording.
func decode(b []byte) (image.Image, error) {
	p, err := picture.Decode(b, picture.Limits{MaxBytes: mostBytes, MaxPixels: mostPixels, MaxHEICPixels: mostPixels, MinSide: leastSide})
	return p.Image, err
}
