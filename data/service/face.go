package service

import (
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

// FacePair is what comparing the faces of two pictures gave.
type FacePair struct {
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

// ShippedWeights compares by the weights that come with the program.
func ShippedWeights(zones identity.Likeness) (Comparer, error) {
	e, err := faces()
	if err != nil {
		return Comparer{}, identity.ErrNoNetworks.Because(err)
	}
	return Comparer{engine: e, zones: zones}, nil
}

// OwnWeights compares by weights of somebody's own; it refuses what is none.
func OwnWeights(file []byte, zones identity.Likeness) (Comparer, error) {
	if len(file) > mostWeights {
		return Comparer{}, identity.ErrWeightsLarge.With(mostWeights >> 20)
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
	return Comparer{own, zones, sumOf(file)}, nil
}

// CompareFaces compares by the weights that come with the program.
func CompareFaces(first, second []byte, zones identity.Likeness) (FacePair, error) {
	c, err := ShippedWeights(zones)
	if err != nil {
		return FacePair{}, err
	}
	return c.Compare(first, second)
}

// Compare compares the largest faces of two pictures. It says identity.ErrNoFace, with which of the
// two it was, 1 or 2, where there is none.
func (c Comparer) Compare(first, second []byte) (FacePair, error) {
	var pair FacePair
	var seen [2]described
	var errs [2]error
	var both sync.WaitGroup
	for i, b := range [2][]byte{first, second} {
		both.Go(func() { seen[i], errs[i] = c.faceOf(b, i+1) })
	}
	both.Wait()
	pair.Faces = [2]int{seen[0].faces, seen[1].faces}
	for _, err := range errs {
		if err != nil {
			return pair, err
		}
	}
	pair.Distance, pair.Zone = c.apart(seen[0], seen[1])
	return pair, nil
}

// described is the largest face of a picture.
type described struct {
	vector face.Vector
	faces  int // in the picture
	sharp  float64
}

// apart is how far two faces are from each other, and what that is worth: where a picture has other
// faces as well, or is too blurred for the figure to mean anything, a person must look.
func (c Comparer) apart(a, b described) (float64, identity.Zone) {
	d := a.vector.Distance(b.vector)
	return d, c.zones.Zone(d, a.faces == 1 && b.faces == 1 && identity.Discernible(a.sharp) && identity.Discernible(b.sharp))
}

// faceOf describes the largest face of a picture, and counts the faces.
func (c Comparer) faceOf(b []byte, which int) (d described, err error) {
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
	if d.vector, err = c.engine.DescribeAligned(square); err != nil {
		return d, identity.ErrNoNetworks.Because(err)
	}
	return d, nil
}

// hasFace says whether a picture has a face that could be compared.
func hasFace(b []byte) (there bool, err error) {
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
