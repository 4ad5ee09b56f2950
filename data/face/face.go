// Package face finds faces in pictures and compares them, offline, with four small networks whose
// weights lie in assets/models: where a face is, its 68 landmarks, its shape in space, and the
// numbers that make two pictures of one person alike. It decides nothing about anybody: the
// figures order a clerk's work.
package face

import (
	"image"
	"io/fs"
	"sync"
)

// Engine holds the networks. It may be used by several at once.
type Engine struct {
	files    fs.FS
	once     sync.Once
	err      error
	detector *detector
	marks    *landmarker
	mesher   *mesher
	embedder *embedder
	own      []byte
}

// New makes an engine over the folder of models; own, if any, are an institution's own weights
// for comparing, a TensorFlow Lite file. The networks are read when they are first needed.
func New(models fs.FS, own []byte) *Engine { return &Engine{files: models, own: own} }

// Check reads the networks and says what is wrong with them.
func (e *Engine) Check() error {
	e.once.Do(e.read)
	return e.err
}

func (e *Engine) read() {
	if e.detector, e.err = readDetector(e.files); e.err != nil {
		return
	}
	if e.marks, e.err = readLandmarker(e.files); e.err != nil {
		return
	}
	if e.mesher, e.err = readMesher(e.files); e.err != nil {
		return
	}
	b := e.own
	if b == nil {
		if b, e.err = fs.ReadFile(e.files, "MobileFaceNet.tflite"); e.err != nil {
			return
		}
	}
	e.embedder, e.err = readEmbedder(b)
}

// Face is one face of a picture.
type Face struct {
	Box
	Marks *Landmarks
	Chip  bool // nothing was detected: the place is what it is on a card's small portrait
}

// Find finds the faces of a picture, the largest first.
func (e *Engine) Find(img image.Image) ([]Face, error) {
	if err := e.Check(); err != nil {
		return nil, err
	}
	var faces []Face
	for _, b := range e.detector.faces(img) {
		if l := e.marks.find(img, b); l != nil {
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
	f.Marks = e.marks.find(img, f.Box)
	return f, f.Marks != nil, nil
}

// Shape makes the mesh of a face.
func (e *Engine) Shape(img image.Image, f Face) (*Mesh, error) {
	if err := e.Check(); err != nil {
		return nil, err
	}
	return e.mesher.find(img, f.Marks)
}

// Describe makes the vector of a face.
func (e *Engine) Describe(img image.Image, f Face) (Vector, error) {
	if err := e.Check(); err != nil {
		return nil, err
	}
	return e.embedder.vector(aligned(img, f.Marks))
}

// Aligned is a face turned upright and brought to 112×112, three channels of 0 to 255: what
// sharpness is measured on.
func Aligned(img image.Image, f Face) []float32 { return aligned(img, f.Marks) }
