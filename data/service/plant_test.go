package service

import (
	"context"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/face"
	"xuezheng/data/id"
	"xuezheng/data/store"
)

// PlantFace keeps numbers of nobody's face for somebody, so that a test knows how far they are from
// another's.
func (s *Services) PlantFace(ctx context.Context, who access.Who, p id.Person, photo id.Picture, v face.Vector) error {
	return s.core.do(ctx, who, act.KeepFace, func(tx *changing) error {
		tx.about("planted", p, "")
		return tx.Faces.Put(store.FaceVector{Person: p, Photo: photo, Clear: true, MadeAt: s.core.now(), Packed: v.Pack()})
	})
}

// FaceOf is what is kept of somebody's face to be looked for.
func (s *Services) FaceOf(ctx context.Context, p id.Person) (v store.FaceVector, found bool, err error) {
	err = s.core.store.View(ctx, func(tx *store.Tx) error {
		v, found, err = tx.Faces.Of(p)
		return err
	})
	return v, found, err
}

// FacesInMemory is how many faces the program holds opened.
func (s *Services) FacesInMemory() int {
	s.core.known.mu.Lock()
	defer s.core.known.mu.Unlock()
	return s.core.known.gallery.Len()
}
