package session

import (
	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/data/view"
)

// MaterialsAs is Materials, bound to who asks.
//
//as:forward SeeMaterial=See GiveEducation
type MaterialsAs struct{ as }

// HandIn keeps a material.
func (a MaterialsAs) HandIn(p id.Person, h view.HandedIn) error {
	_, err := a.services.Materials.HandIn(a.ctx, a.who, p, service.HandedIn{
		Kind: h.Kind, Picture: h.Picture, Code: h.Code, Expires: h.Expires, Seen: h.Seen, Receipt: h.Receipt,
	})
	return err
}
