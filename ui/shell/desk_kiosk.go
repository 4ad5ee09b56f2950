package shell

import (
	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// OpenKiosks shows the kiosks.
func (d *DeskShell) OpenKiosks() { d.openKiosks() }

func (d *DeskShell) openKiosks() *model.KioskDesk {
	m := model.NewKioskDesk(d.asks.kiosks(), d.Files(), d.asks.who.Role.May(act.AddKiosk), d.Services.Today(), d.Run)
	d.Walk.Go("kiosk.list", screen.KioskDesk(m, func(r model.KioskTakenRow) { d.OpenPerson(r.Person) }), m.Leave)
	d.Walk.Takes(m.Take)
	return m
}
