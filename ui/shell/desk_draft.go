package shell

import (
	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// OpenDrafts shows what is not submitted.
func (d *DeskShell) OpenDrafts() {
	m := model.NewHoursDrafts(d.asks.as().HoursAs, d.Services.Today(), d.Run)
	m.Open = d.OpenPerson
	d.Walk.Go("hours.drafts", screen.HoursDrafts(m), m.Leave)
	d.Walk.Hears(func(k fyne.KeyName) bool { return m.Key(string(k)) })
}
