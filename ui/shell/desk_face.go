package shell

import (
	"xuezheng/data/act"
	"xuezheng/data/id"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// OpenFaces shows the faces that are on two records, at one pair.
func (d *DeskShell) OpenFaces(one, other id.Person) {
	if !d.asks.who.Role.May(act.SettleFace) {
		return
	}
	m := model.NewIdentityFaces(d.asks.as().IdentityAs, one, other, d.Run)
	d.Walk.Go("identity.faces", screen.IdentityFaces(m, screen.FaceWays{Record: func(r model.FaceRecord) { d.OpenPerson(r.Person) }}), m.Leave)
}
