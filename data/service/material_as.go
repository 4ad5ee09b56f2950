package service

import (
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/view"
)

// MaterialsAs is Materials, bound to who asks.
type MaterialsAs struct{ as }

// HandIn keeps a material.
func (a MaterialsAs) HandIn(p id.Person, h view.HandedIn) error {
	_, err := a.services.Materials.HandIn(a.ctx, a.who, p, HandedIn{
		Kind: h.Kind, Picture: h.Picture, Code: h.Code, Expires: h.Expires, Seen: h.Seen, Receipt: h.Receipt,
	})
	return err
}

// SeeMaterial records that a clerk has seen the original of a material.
func (a MaterialsAs) SeeMaterial(p id.Person, material string) error {
	return a.services.Materials.See(a.ctx, a.who, p, material)
}

// GiveEducation keeps a person's earlier education.
func (a MaterialsAs) GiveEducation(p id.Person, e enrolment.Education) error {
	return a.services.Materials.GiveEducation(a.ctx, a.who, p, e)
}
