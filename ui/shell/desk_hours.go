package shell

import (
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// OpenWhatIf goes on to trying things out for someone.
func (d *DeskShell) OpenWhatIf(file *model.PersonFile) {
	m := model.NewHoursWhatIf(d.asks.as().HoursAs, file.View, d.asks.as().Specialties(file.View), d.Services.Today(), d.Run)
	d.Walk.On("hours.what-if", d.withBack(screen.HoursWhatIf(m)), m.Leave)
}

// OpenClasses shows the classes.
func (d *DeskShell) OpenClasses() {
	m := model.NewClassDesk(d.asks.learners(), d.Services.Today(), d.Run)
	d.Walk.Go("class.list", screen.ClassDesk(m, d.asks.as().Catalogues()), m.Leave)
}

// OpenUnits shows the employers.
func (d *DeskShell) OpenUnits() { d.openUnits() }

func (d *DeskShell) openUnits() *model.UnitDesk {
	m := model.NewUnitDesk(d.asks.enrolments(), d.asks.as().UnitNotice(), d.Services.Today(), d.Run)
	d.Walk.Go("unit.list", screen.UnitDesk(m), m.Leave)
	return m
}
