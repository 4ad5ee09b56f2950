package portrait

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"image"
	"io"
	"math/big"
	"time"

	"xuezheng/data/camera"
	"xuezheng/data/face"
	"xuezheng/data/identity"
	"xuezheng/data/picture"
)

// watchSide is how many pixels the longer side of a look has at most: enough for a face, little
// enough for some looks a second.
const watchSide = 640

// Watching is what watching someone through a camera needs.
type Watching struct {
	Source camera.FrameSource
	Rules  identity.Alive // identity.DefaultAlive if zero
	Digits bool           // the digits are read aloud at the end
	// Sound records so many seconds of sound; nil where there is no microphone, or none is wanted.
	Sound func(ctx context.Context, seconds int) ([]byte, error)
	// Shuffle draws the order of the movements, a permutation of n; by lot if nil.
	Shuffle func(n int) []int
}

// Watcher watches one person before a camera, and keeps what shows that they did what was asked.
// It is used by one at a time; what it keeps is in memory only, until Close.
type Watcher struct {
	w      Watching
	engine *face.Engine
	p      *identity.Presence
	frames [][]byte
	sound  chan []byte // of the recording under way
	heard  []byte
	stop   context.CancelFunc
}

// Sight is one look at someone.
type Sight struct {
	Picture image.Image // mirrored, as people know themselves
	Tasks   []identity.Task
	At      int           // which of them is under way
	Left    time.Duration // how long it may still take
	Faces   int
	Over    bool
	Why     string // what ended it without success, worded as "identity.alive-why.<code>"
}

// Watch begins to watch. Where the networks can't be read it says identity.ErrNoNetworks: then a
// clerk looks.
func Watch(w Watching) (*Watcher, error) {
	e, err := faces()
	if err != nil {
		return nil, identity.ErrNoNetworks.Because(err)
	}
	if w.Rules == (identity.Alive{}) {
		w.Rules = identity.DefaultAlive
	}
	if w.Shuffle == nil {
		w.Shuffle = lot
	}
	return &Watcher{w: w, engine: e}, nil
}

// lot draws a permutation of n that nobody can foresee.
func lot(n int) []int {
	list := make([]int, n)
	for i := range list {
		j := 0
		if v, err := rand.Int(rand.Reader, big.NewInt(int64(i+1))); err == nil {
			j = int(v.Int64())
		}
		list[i], list[j] = list[j], i
	}
	return list
}

// Next waits for the next look. An error is the camera's: then nothing more comes.
func (w *Watcher) Next(ctx context.Context) (Sight, error) {
	f, err := w.w.Source.Next(ctx)
	if errors.Is(err, io.EOF) && w.p != nil {
		w.p.Fail(identity.WhyEnded)
		return w.sight(nil, time.Time{}, 0), nil
	}
	if err != nil {
		return Sight{}, err
	}
	if w.p == nil { // the first picture may take its time
		w.p = w.w.Rules.Begin(w.w.Shuffle, w.w.Digits, f.At)
	}
	small := picture.Thumbnail(f.Image, watchSide)
	seen, err := w.look(small, f.At)
	if err != nil {
		return Sight{}, identity.ErrNoNetworks.Because(err)
	}
	before := w.p.At()
	if w.p.See(seen) {
		if err := w.keep(f.Image); err != nil {
			return Sight{}, err
		}
	}
	if w.p.At() != before {
		w.listen(ctx)
	}
	return w.sight(small, f.At, seen.Faces), nil
}

func (w *Watcher) sight(small image.Image, at time.Time, faces int) Sight {
	s := Sight{Tasks: w.p.Tasks(), At: w.p.At(), Left: w.p.Left(at), Faces: faces, Over: w.p.Over(), Why: w.p.Why()}
	if small != nil {
		s.Picture = camera.Mirrored(small)
	}
	return s
}

// look measures the largest face of a picture.
func (w *Watcher) look(img image.Image, at time.Time) (identity.Seen, error) {
	found, err := w.engine.Find(img)
	if err != nil || len(found) == 0 {
		return identity.Seen{At: at}, err
	}
	mesh, err := w.engine.Shape(img, found[0])
	if err != nil {
		return identity.Seen{At: at}, err
	}
	b, pose := found[0].Box, mesh.Pose()
	return identity.Seen{At: at, Faces: len(found), Yaw: pose.Yaw, Mouth: pose.Mouth, X: b.X + b.Wide/2, Y: b.Y + b.High/2, Wide: b.Wide}, nil
}

func (w *Watcher) keep(img image.Image) error {
	if len(w.frames) >= MostKeyFrames {
		return nil
	}
	b, err := picture.EncodeJPEG(picture.Thumbnail(img, FrameSide), 0, frameQuality)
	if err == nil {
		w.frames = append(w.frames, b)
	}
	return err
}

// listen begins to record when the digits are to be read.
func (w *Watcher) listen(ctx context.Context) {
	at := w.p.At()
	if w.p.Over() || w.p.Tasks()[at] != identity.ReadDigits || w.w.Sound == nil {
		return
	}
	ctx, w.stop = context.WithCancel(context.WithoutCancel(ctx))
	into := make(chan []byte, 1)
	w.sound = into
	go func() {
		b, err := w.w.Sound(ctx, w.w.Rules.Digits)
		if err != nil {
			b = nil // without sound the digits are only seen; the reviewer is told
		}
		into <- b
	}()
}

// soundGrace is how long a recorder may take to hand over what it recorded.
const soundGrace = 4 * time.Second

// Recorded is what is to be kept: the look ahead first. It waits until the sound is there.
func (w *Watcher) Recorded() Recorded {
	if w.sound != nil {
		select {
		case w.heard = <-w.sound:
		case <-time.After(soundGrace):
		}
		w.sound = nil
	}
	r := Recorded{Sound: bytes.Clone(w.heard)}
	if w.p != nil {
		r.Why = w.p.Why()
	}
	for _, f := range w.frames {
		r.Frames = append(r.Frames, bytes.Clone(f))
	}
	return r
}

// Close ends it, and wipes what it kept.
func (w *Watcher) Close() {
	if w.stop != nil {
		w.stop()
	}
	_ = w.w.Source.Close() // it is no more needed, whatever it says
	for _, f := range w.frames {
		clear(f)
	}
	clear(w.heard)
	w.frames, w.heard = nil, nil
}
