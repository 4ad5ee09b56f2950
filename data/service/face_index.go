package service

import (
	"sync"

	"xuezheng/data/face"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/store"
)

// faceIndex holds the faces that may be looked for, opened, while somebody is signed in: some 50 MB for
// 100,000 people. It is read when a face is first looked for, and brought up to date by what changed since.
type faceIndex struct {
	mu      sync.Mutex
	weights string
	count   int   // of vectors in the store as it was last seen
	sum     int64 // of their marks
	gallery face.Gallery
	at      []known // by their places in the gallery
	place   map[id.Person]int
}

// known is one face of the index.
type known struct {
	person id.Person
	photo  id.Picture
	mark   int64
	clear  bool
}

// nearFace is somebody else whose face is near.
type nearFace struct {
	person   id.Person
	photo    id.Picture
	clear    bool
	distance float64
}

// near finds the faces of other people that are as near as the rule says.
func (x *faceIndex) near(f store.Faces, v store.FaceVector, o identity.Others) (list []nearFace, err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.sync(f, v.Weights); err != nil {
		return nil, err
	}
	x.gallery.Near(v.Packed, o.Within, func(place int, distance float64) {
		if k := x.at[place]; k.person != v.Person && o.Found(distance) {
			list = append(list, nearFace{k.person, k.photo, k.clear, distance})
		}
	})
	return list, nil
}

// sync brings the index up to date with what the transaction sees.
func (x *faceIndex) sync(f store.Faces, weights string) error {
	count, sum, err := f.Print(weights)
	if err != nil {
		return err
	}
	if weights != x.weights || x.place == nil {
		x.forget()
		x.weights, x.place = weights, map[id.Person]int{}
	}
	if count == x.count && sum == x.sum {
		return nil
	}
	marks := make(map[id.Person]int64, count)
	var fresh []store.FaceMark
	err = f.Marks(weights, func(m store.FaceMark) {
		marks[m.Person] = m.Mark
		if at, there := x.place[m.Person]; !there || x.at[at].mark != m.Mark {
			fresh = append(fresh, m)
		}
	})
	if err != nil {
		return err
	}
	for i := len(x.at) - 1; i >= 0; i-- {
		if marks[x.at[i].person] != x.at[i].mark {
			x.take(i)
		}
	}
	err = f.Open(weights, fresh, func(v store.FaceVector) {
		if _, there := x.place[v.Person]; !there && x.gallery.Put(len(x.at), v.Packed) {
			x.place[v.Person] = len(x.at)
			x.at = append(x.at, known{v.Person, v.Photo, marks[v.Person], v.Clear})
		}
	})
	if err != nil {
		x.forget()
		return err
	}
	x.count, x.sum = count, sum
	return nil
}

// take takes one face out; the last one comes to its place.
func (x *faceIndex) take(i int) {
	last := len(x.at) - 1
	delete(x.place, x.at[i].person)
	x.gallery.Take(i)
	if x.at[i] = x.at[last]; i != last {
		x.place[x.at[i].person] = i
	}
	x.at = x.at[:last]
}

func (x *faceIndex) forget() {
	x.gallery.Wipe()
	x.weights, x.count, x.sum, x.at, x.place = "", 0, 0, nil, nil
}

// wipe forgets all of it, as far as the language lets us.
func (x *faceIndex) wipe() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.forget()
}
