// Package portrait looks at pictures of people: what a photo is like by its standard and how it is cropped, how
// alike two faces are, and whether somebody before a camera does what is asked. It decides nothing and keeps nothing.
package portrait

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"sync"

	"xuezheng/assets"
	"xuezheng/data/face"
	"xuezheng/data/identity"
	"xuezheng/data/picture"
)

// faces is the one engine of the program; its networks are read when they are first needed.
var faces = sync.OnceValues(func() (*face.Engine, error) {
	models, err := fs.Sub(assets.Models, "models")
	if err != nil {
		return nil, err
	}
	return face.New(models, nil), nil
})

// Pair is what comparing the faces of two pictures gave.
type Pair struct {
	Distance float64 // 0 the same, 2 the opposite
	Zone     identity.Zone
	Faces    [2]int // how many faces each picture has; with more than one a person must look
}

// Comparer compares faces by one set of weights, and the zones that hold for them. The zero one has
// no weights and never a figure.
type Comparer struct {
	engine  *face.Engine
	zones   identity.Likeness
	weights string // SHA-256 of an institution's own; empty for those of the program
}

// Shipped compares by the weights that come with the program.
func Shipped(zones identity.Likeness) (Comparer, error) {
	e, err := faces()
	if err != nil {
		return Comparer{}, identity.ErrNoNetworks.Because(err)
	}
	return Comparer{engine: e, zones: zones}, nil
}

// Own compares by weights of somebody's own; it refuses what is none.
func Own(file []byte, zones identity.Likeness) (Comparer, error) {
	if len(file) > MostWeights {
		return Comparer{}, identity.ErrWeightsLarge.With(MostWeights >> 20)
	}
	zones, err := zones.Check()
	if err != nil {
		return Comparer{}, err
	}
	e, err := faces()
	if err != nil {
		return Comparer{}, identity.ErrNoNetworks.Because(err)
	}
	own := e.With(file)
	if err := own.CheckWeights(); err != nil {
		return Comparer{}, identity.ErrWeights.Because(err)
	}
	return Comparer{own, zones, SumOf(file)}, nil
}

// Weights is the SHA-256 of the weights it compares by; empty for those that come with the program.
func (c Comparer) Weights() string { return c.weights }

// With is the same with other zones.
func (c Comparer) With(zones identity.Likeness) Comparer {
	c.zones = zones
	return c
}

// MostWeights is the largest file of weights, in bytes.
const MostWeights = 64 << 20

// SumOf is the SHA-256 of a file of weights, or of a photo, as it is written.
func SumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Compare compares by the weights that come with the program.
func Compare(first, second []byte, zones identity.Likeness) (Pair, error) {
	c, err := Shipped(zones)
	if err != nil {
		return Pair{}, err
	}
	return c.Compare(first, second)
}

// Compare compares the largest faces of two pictures. It says identity.ErrNoFace, with which of the
// two it was, 1 or 2, where there is none.
func (c Comparer) Compare(first, second []byte) (Pair, error) {
	var pair Pair
	var seen [2]Face
	var errs [2]error
	var both sync.WaitGroup
	for i, b := range [2][]byte{first, second} {
		both.Go(func() { seen[i], errs[i] = c.Describe(b, i+1) })
	}
	both.Wait()
	pair.Faces = [2]int{seen[0].faces, seen[1].faces}
	for _, err := range errs {
		if err != nil {
			return pair, err
		}
	}
	pair.Distance, pair.Zone = c.Apart(seen[0], seen[1])
	return pair, nil
}

// Face is the largest face of a picture.
type Face struct {
	Vector face.Vector
	faces  int // in the picture
	sharp  float64
}

// Clear says whether its figures mean something: there is no other face in the picture, and it is not too
// blurred.
func (f Face) Clear() bool { return f.faces == 1 && identity.Discernible(f.sharp) }

// Apart is how far two faces are from each other, and what that is worth: where one of them is not clear, a
// person must look.
func (c Comparer) Apart(a, b Face) (float64, identity.Zone) {
	d := a.Vector.Distance(b.Vector)
	return d, c.zones.Zone(d, a.Clear() && b.Clear())
}

// AllAlong is what the zone of the first key frame is worth once the others are held against it: alike, and
// somebody else in between, a person must look. apart is how far the farthest is; frames without a face say
// nothing.
func (c Comparer) AllAlong(zone identity.Zone, frames [][]byte) (apart float64, _ identity.Zone) {
	if apart = c.farthest(frames); zone == identity.Alike && c.zones.Zone(apart, true) == identity.Unlike {
		zone = identity.Look
	}
	return apart, zone
}

// farthest is how far the faces of key frames are from the first of them, at most: whether it is
// the same person all along. Frames without a face say nothing.
func (c Comparer) farthest(frames [][]byte) (most float64) {
	var first face.Vector
	for i, b := range frames {
		d, err := c.Describe(b, 1)
		switch {
		case err != nil && i == 0:
			return 0
		case err != nil:
		case i == 0:
			first = d.Vector
		default:
			most = max(most, first.Distance(d.Vector))
		}
	}
	return most
}

// Describe describes the largest face of a picture; where there is none it says identity.ErrNoFace with which.
func (c Comparer) Describe(b []byte, which int) (d Face, err error) {
	if c.engine == nil {
		return d, identity.ErrNoNetworks
	}
	pic, err := picture.Decode(b, picture.DefaultLimits)
	if err != nil {
		return d, err
	}
	found, err := c.engine.Find(pic.Image)
	if err != nil {
		return d, identity.ErrNoNetworks.Because(err)
	}
	d.faces = len(found)
	if d.faces == 0 {
		chip, ok, err := c.engine.FindOne(pic.Image)
		if err != nil {
			return d, identity.ErrNoNetworks.Because(err)
		}
		if !ok {
			return d, identity.ErrNoFace.With(which)
		}
		found, d.faces = []face.Face{chip}, 1
	}
	square := face.Aligned(pic.Image, found[0])
	d.sharp = picture.Sharpness(square, face.Side)
	if d.Vector, err = c.engine.DescribeAligned(square); err != nil {
		return d, identity.ErrNoNetworks.Because(err)
	}
	return d, nil
}

// HasFace says whether a picture has a face that could be compared.
func HasFace(b []byte) (there bool, err error) {
	e, err := faces()
	if err != nil {
		return false, identity.ErrNoNetworks.Because(err)
	}
	pic, err := picture.Decode(b, picture.DefaultLimits)
	if err != nil {
		return false, err
	}
	if _, there, err = e.FindOne(pic.Image); err != nil {
		return false, identity.ErrNoNetworks.Because(err)
	}
	return there, nil
}
