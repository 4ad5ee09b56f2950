package shell

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/data/id"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// OpenRecord goes on to one hour record of someone's ledger.
func (d *DeskShell) OpenRecord(file *model.PersonFile, r id.Record) {
	role := d.asks.who.Role
	m := model.NewHoursRecord(d.asks.as().HoursAs, r, model.RecordMay{Edit: role.May(act.EditHours), Withdraw: role.May(act.WithdrawHours)}, d.Run)
	ways := screen.RecordWays{Edit: func() { d.openMending(file, m) }, Certificate: d.OpenCertificate}
	d.Walk.On("hours.record", d.withBack(screen.HoursRecord(m, ways)), func() { m.Leave(); file.Load() })
}

// openMending goes on to the form, with the record in it; kept, it leads back to the record.
func (d *DeskShell) openMending(file *model.PersonFile, record *model.HoursRecord) {
	m := model.NewHoursEntry(d.asks.as().HoursAs, file.View, d.Services.Today(), d.Run)
	m.Mend(record.View.Record)
	m.Edited = d.Walk.Back
	var first fyne.Focusable
	d.Walk.On("hours.entry", d.withBack(screen.HoursEntry(m, &first)), func() { m.Leave(); record.Load() })
	d.Focus(first)
}
