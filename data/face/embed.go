package face

import (
	"errors"
	"fmt"
	"image"
	"math"
	"sync"
)

// Vector is what a face becomes for comparing: numbers of length one together.
type Vector []float32

// Distance is how far two faces are from each other: 0 the same, 2 the opposite.
func (v Vector) Distance(w Vector) float64 {
	sum := 0.0
	for i := range min(len(v), len(w)) {
		d := float64(v[i]) - float64(w[i])
		sum += d * d
	}
	return math.Sqrt(sum)
}

// embedder makes vectors: MobileFaceNet, or an institution's own network of the same form.
type embedder struct {
	net  *network
	last int
}

// Side is the side of the square that the network sees, in pixels.
const Side = 112

const embedSide = Side

// ErrWeights says that a file of weights is none that faces can be compared with.
var ErrWeights = errors.New("no network for faces of 112×112")

func readEmbedder(b []byte) (*embedder, error) {
	l, err := readLite(b)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWeights, err)
	}
	n, err := l.network()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWeights, err)
	}
	if n.shape != [3]int{embedSide, embedSide, 3} {
		return nil, ErrWeights
	}
	e := &embedder{net: n, last: l.out[0]}
	if err := e.try(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWeights, err)
	}
	return e, nil
}

// What a vector may be long.
const (
	leastVector = 32
	mostVector  = 4096
)

// try runs the network on two squares that have nothing in common: a grey one and one that rises
// from dark to bright. A network that answers nothing, or the same to both, would find all the
// world alike. What a stranger's network gets wrong is an error.
func (e *embedder) try() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the layers do not fit: %v", r)
		}
	}()
	rising := newVolume(embedSide, embedSide, 3)
	for i := range rising.at {
		rising.at[i] = 2*float32(i)/float32(len(rising.at)) - 1
	}
	var seen [2]Vector
	for i, in := range []*volume{newVolume(embedSide, embedSide, 3), rising} {
		out, err := e.net.run(in, e.last)
		if err != nil {
			return err
		}
		if n := len(out[0].at); n < leastVector || n > mostVector {
			return fmt.Errorf("it answers with %d numbers", n)
		}
		seen[i] = Vector(out[0].at).unit()
	}
	if far := seen[0].Distance(seen[1]); !(far > 1e-3) {
		return fmt.Errorf("two pictures are %g apart", far)
	}
	return nil
}

// places are where the middles of the eyes, the tip of the nose and the corners of the mouth come
// to lie in the square of 112: the template of ArcFace.
var places = []Point{{38.2946, 51.6963}, {73.5318, 51.5014}, {56.0252, 71.7366}, {41.5493, 92.3655}, {70.7299, 92.2041}}

// aligned turns and scales a face into the square that the network was trained with.
func aligned(img image.Image, l *Landmarks) []float32 {
	t := fitTurn(places, []Point{l.LeftEye(), l.RightEye(), l[30], l[48], l[54]})
	return upright(img, t, embedSide)
}

// vector is the mean of the face and of its mirror image.
func (e *embedder) vector(square []float32) (Vector, error) {
	ways := [2]*volume{newVolume(embedSide, embedSide, 3), newVolume(embedSide, embedSide, 3)}
	for y := range embedSide {
		for x := range embedSide {
			for c := range 3 {
				n := (square[(y*embedSide+x)*3+c] - 127.5) / 128
				ways[0].at[(y*embedSide+x)*3+c] = n
				ways[1].at[(y*embedSide+embedSide-1-x)*3+c] = n
			}
		}
	}
	var out [2][]*volume
	var errs [2]error
	var both sync.WaitGroup
	for i := range ways {
		both.Go(func() { out[i], errs[i] = e.net.run(ways[i], e.last) })
	}
	both.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	v, mirrored := Vector(out[0][0].at).unit(), Vector(out[1][0].at).unit()
	for i := range v {
		v[i] += mirrored[i]
	}
	return v.unit(), nil
}

// unit makes v of length one.
func (v Vector) unit() Vector {
	sum := 0.0
	for _, n := range v {
		sum += float64(n) * float64(n)
	}
	if sum == 0 {
		return v
	}
	by := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i] *= by
	}
	return v
}
