// Package face finds faces in pictures and compares them, offline, with four small networks whose
// weights lie in assets/models: where a face is, its 68 landmarks, its shape in space, and the
// numbers that make two pictures of one person alike. It decides nothing about anybody: the
// figures order a clerk's work.
package face

import (
	"errors"
	"image"
	"io/fs"
	"sync"
)

// Engine holds the networks, each read when it is first needed. It may be used by several at once.
type Engine struct {
	finder   func() (*finder, error)
	mesher   func() (*mesher, error)
	embedder func() (*embedder, error)
}

// finder finds faces and their landmarks.
type finder struct {
	detector *detector
	marks    *landmarker
}

// New makes an engine over the folder of models; own, if any, are an institution's own weights
// for comparing, a TensorFlow Lite file.
func New(models fs.FS, own []byte) *Engine {
	e := &Engine{
		finder: sync.OnceValues(func() (*finder, error) { return readFinder(models) }),
		mesher: sync.OnceValues(func() (*mesher, error) { return readMesher(models) }),
		embedder: sync.OnceValues(func() (*embedder, error) {
			b, err := fs.ReadFile(models, "MobileFaceNet.tflite")
			if err != nil {
				return nil, err
			}
			return readEmbedder(b)
		}),
	}
	if own != nil {
		return e.With(own)
	}
	return e
}

// With is the same engine, except that it compares by an institution's own weights.
func (e *Engine) With(own []byte) *Engine {
	return &Engine{finder: e.finder, mesher: e.mesher, embedder: sync.OnceValues(func() (*embedder, error) { return readEmbedder(own) })}
}

// CheckWeights says whether faces can be compared with the engine's weights: ErrWeights if not.
func (e *Engine) CheckWeights() error {
	_, err := e.embedder()
	return err
}

// Check reads every network and says what is wrong with them.
func (e *Engine) Check() error {
	_, finding := e.finder()
	_, shaping := e.mesher()
	_, describing := e.embedder()
	return errors.Join(finding, shaping, describing)
}

func readFinder(models fs.FS) (f *finder, err error) {
	f = &finder{}
	if f.detector, err = readDetector(models); err != nil {
		return nil, err
	}
	f.marks, err = readLandmarker(models)
	return f, err
}

// Face is one face of a picture.
type Face struct {
	Box
	Marks *Landmarks
	Chip  bool // nothing was detected: the place is what it is on a card's small portrait
}

// Find finds the faces of a picture, the largest first.
func (e *Engine) Find(img image.Image) ([]Face, error) {
	n, err := e.finder()
	if err != nil {
		return nil, err
	}
	var faces []Face
	for _, b := range n.detector.faces(img) {
		if l := n.marks.find(img, b); l != nil {
			faces = append(faces, Face{Box: b, Marks: l})
		}
	}
	return faces, nil
}

// chipSide is the most pixels along a side of a picture that is taken for a card's portrait when
// no face is found in it.
const chipSide = 200

// FindOne finds the face of a portrait. On a picture as small as that in a card's chip the face
// is taken to be where GA 461 has it, if the detector sees none. ok is false if there is no face.
func (e *Engine) FindOne(img image.Image) (f Face, ok bool, err error) {
	faces, err := e.Find(img)
	if err != nil {
		return f, false, err
	}
	if len(faces) > 0 {
		return faces[0], true, nil
	}
	b := img.Bounds()
	if max(b.Dx(), b.Dy()) > chipSide || b.Dx() < 60 || b.Dy() < 70 {
		return f, false, nil
	}
	wide, high := float64(b.Dx()), float64(b.Dy())
	f = Face{Box: Box{float64(b.Min.X) + 0.19*wide, float64(b.Min.Y) + 0.22*high, 0.62 * wide, 0.62 * high, 0}, Chip: true}
	n, err := e.finder()
	if err != nil {
		return f, false, err
	}
	f.Marks = n.marks.find(img, f.Box)
	return f, f.Marks != nil, nil
}

// Shape makes the mesh of a face.
func (e *Engine) Shape(img image.Image, f Face) (*Mesh, error) {
	n, err := e.mesher()
	if err != nil {
		return nil, err
	}
	return n.find(img, f.Marks)
}

// Describe makes the vector of a face.
func (e *Engine) Describe(img image.Image, f Face) (Vector, error) {
	n, err := e.embedder()
	if err != nil {
		return nil, err
	}
	return n.vector(aligned(img, f.Marks))
}

// DescribeAligned makes the vector of a face that Aligned has brought upright.
func (e *Engine) DescribeAligned(square []float32) (Vector, error) {
	n, err := e.embedder()
	if err != nil {
		return nil, err
	}
	return n.vector(square)
}

// Aligned is a face turned upright and brought to 112×112, three channels of 0 to 255: what
// sharpness is measured on.
func Aligned(img image.Image, f Face) []float32 { return aligned(img, f.Marks) }
