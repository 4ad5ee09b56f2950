package service

import (
	"image"
	"io/fs"
	"sync"

	"xuezheng/assets"
	"xuezheng/data/face"
	"xuezheng/data/identity"
	"xuezheng/data/picture"
)

// faces is the one engine of the program, read when it is first needed.
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

// CompareFaces compares the largest faces of two pictures. It says identity.ErrNoFace, with which
// of the two it was, 1 or 2, where there is none.
func CompareFaces(first, second []byte, rules identity.Likeness) (FacePair, error) {
	var pair FacePair
	e, err := faces()
	if err != nil {
		return pair, identity.ErrNoNetworks.Because(err)
	}
	var vectors [2]face.Vector
	var errs [2]error
	var both sync.WaitGroup
	for i, b := range [2][]byte{first, second} {
		both.Go(func() { vectors[i], pair.Faces[i], errs[i] = faceOf(e, b, i+1) })
	}
	both.Wait()
	for _, err := range errs {
		if err != nil {
			return pair, err
		}
	}
	pair.Distance = vectors[0].Distance(vectors[1])
	pair.Zone = rules.Zone(pair.Distance, pair.Faces == [2]int{1, 1})
	return pair, nil
}

// faceOf describes the largest face of a picture, and counts the faces.
func faceOf(e *face.Engine, b []byte, which int) (v face.Vector, count int, err error) {
	pic, err := picture.Decode(b, picture.DefaultLimits)
	if err != nil {
		return nil, 0, err
	}
	found, err := e.Find(pic.Image)
	if err != nil {
		return nil, 0, identity.ErrNoNetworks.Because(err)
	}
	if len(found) == 0 {
		chip, ok, err := e.FindOne(pic.Image)
		if err != nil {
			return nil, 0, identity.ErrNoNetworks.Because(err)
		}
		if !ok {
			return nil, 0, identity.ErrNoFace.With(which)
		}
		found = []face.Face{chip}
	}
	v, err = describe(e, pic.Image, found[0])
	return v, len(found), err
}

func describe(e *face.Engine, img image.Image, f face.Face) (face.Vector, error) {
	v, err := e.Describe(img, f)
	if err != nil {
		return nil, identity.ErrNoNetworks.Because(err)
	}
	return v, nil
}
