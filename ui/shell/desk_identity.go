package shell

import (
	"xuezheng/data/act"
	"xuezheng/data/id"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"

	"fyne.io/fyne/v2"
)

// OpenConfirms shows the people to confirm.
func (d *DeskShell) OpenConfirms() { d.OpenConfirm("") }

// OpenConfirm shows the people to confirm, at p.
func (d *DeskShell) OpenConfirm(p id.Person) { d.openConfirm(p) }

func (d *DeskShell) openConfirm(p id.Person) *model.IdentityConfirm {
	m := model.NewIdentityConfirm(d.asks.confirming(), p, d.Run)
	m.ReadAhead = d.Window != nil // where somebody sits before it
	m.MayDecide = d.asks.who.Role.May(act.DecideRequest)
	m.After = func() { // the keys are for the next case, not for the field one wrote in
		if d.Window != nil {
			d.Window.Canvas().Unfocus()
		}
	}
	d.Walk.Go("identity.confirm-queue", screen.IdentityConfirm(m, screen.ConfirmWays{
		Photo:     func(r model.ConfirmRow) { d.OpenPhoto(r.Person, r.Name, m.Load) },
		File:      func(r model.ConfirmRow) { d.OpenPerson(r.Person) },
		Record:    func(r model.FaceRecord) { d.OpenPerson(r.Person) },
		Beside:    func(c model.ConfirmRow, r model.FaceRecord) { d.OpenFaces(c.Person, r.Person) },
		Recording: func() { m.SaveRecording(d.Files()) },
		Who:       d.asks.who.Name, Where: d.machine,
	}), m.Leave)
	d.Walk.Hears(func(k fyne.KeyName) bool { return m.Key(string(k)) })
	return m
}

// OpenPhoto goes on to taking someone's ID photo; done is called once one is kept.
func (d *DeskShell) OpenPhoto(p id.Person, name string, done func()) {
	m := model.NewIdentityPhoto(d.asks.people(), d.Files(), p, name, d.Run, done)
	m.MayLook = d.asks.who.Role.May(act.ConfirmIdentity)
	d.Walk.On("identity.photo", d.withBack(screen.IdentityPhoto(m)), m.Leave)
	d.Walk.Takes(m.Take)
	d.Walk.Hears(func(k fyne.KeyName) bool { return m.Key(string(k)) })
}

// OpenAllChanges shows the changes to decide.
func (d *DeskShell) OpenAllChanges() { d.OpenChanges("") }

// OpenChanges shows the changes to decide, at one of them.
func (d *DeskShell) OpenChanges(at id.Request) {
	m := model.NewIdentityChange(d.asks.as().IdentityAs, at, d.asks.who.Role.May(act.DecideRequest), d.Services.Today(), d.Run)
	d.Walk.Go("identity.changes", screen.IdentityChange(m, func(r model.ChangeRow) { d.OpenPerson(r.Request.Person) }), m.Leave)
}
