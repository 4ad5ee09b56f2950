package shell

import (
	"xuezheng/data/id"
	"xuezheng/ui/model"
)

// confirmation opens how p is confirmed, as a part of their file.
func (d *DeskShell) confirmation(p id.Person, changed func()) *model.IdentityPerson {
	return model.NewIdentityPerson(d.asks.confirming(), d.Files(), p, d.Services.Today(), d.Run, changed)
}
