package shell

import (
	"fyne.io/fyne/v2/driver/desktop"

	"xuezheng/data/act"
	"xuezheng/data/id"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"

	"fyne.io/fyne/v2"
)

// OpenRegister is where newcomers are registered.
func (d *DeskShell) OpenRegister() { d.register("") }

func (d *DeskShell) register(name string) {
	m := model.NewPersonRegister(d.asks.as().PeopleAs, d.Services.Today(), d.Run, func(p id.Person, _ bool) { d.OpenPerson(p) })
	m.Name.Set(name)
	var first fyne.Focusable
	d.Walk.Go("person.register", screen.PersonRegister(m, &first), m.Leave)
	d.Focus(first)
}

// OpenEdit goes on to correcting someone's data.
func (d *DeskShell) OpenEdit(file *model.PersonFile) {
	m := model.NewPersonEdit(d.asks.people(), d.Files(), file.ID, file.View.Name, d.asks.who.Role.May(act.DeletePerson), d.Run, d.OpenFind)
	d.Walk.On("person.edit", d.withBack(screen.PersonEdit(m)), func() { m.Leave(); file.Load() })
	d.Walk.Takes(func(f model.File, err error) { m.Take("", f, err) })
}

// OpenEnrolment goes on to enrolling someone and to their payments.
func (d *DeskShell) OpenEnrolment(file *model.PersonFile) { d.openEnrolment(file) }

func (d *DeskShell) openEnrolment(file *model.PersonFile) *model.EnrolmentDesk {
	role := d.asks.who.Role
	may := model.EnrolmentMay{Pay: role.May(act.Pay), Change: role.May(act.AddSpecialty)}
	m := model.NewEnrolmentDesk(d.asks.enrolments(), d.Files(), file.ID, file.View.Name, may, d.Services.Today(), d.Run, nil, file.View.InProgramme())
	d.Walk.On("enrolment.desk", d.withBack(screen.EnrolmentDesk(m)), func() { m.Leave(); file.Load() })
	return m
}

// newcomer is Ctrl N: register someone, from anywhere at the desk.
var newcomer = &desktop.CustomShortcut{KeyName: fyne.KeyN, Modifier: fyne.KeyModifierControl}
