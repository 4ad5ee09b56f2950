package shell

import (
	"bytes"
	"cmp"
	"context"

	"xuezheng/data/day"
	"xuezheng/data/device"
	"xuezheng/data/paper"
	"xuezheng/ui/model"
)

// Print prints the slip of a confirmation that is complete.
func (a *kioskAsks) Print(p model.KioskPerson, e model.KioskEnd) error {
	d, err := a.Machine.Day()
	if err != nil {
		return err
	}
	languages := "zh"
	if a.book.English() {
		languages = "zh,en"
	}
	var pdf bytes.Buffer
	err = paper.DrawDone(&pdf, paper.Done{
		Languages: languages, Institution: d.Institution, Phone: d.Phone, Name: p.Name, MaskedNumber: p.Masked,
		Programme: cmp.Or(e.Programme, d.Programme), Place: d.Venue, At: e.At.In(day.Shanghai).Format("15:04"), Ticket: e.Ticket, On: d.Day,
	})
	defer func() { clear(pdf.Bytes()) }()
	if err != nil {
		return err
	}
	return a.send(pdf.Bytes())
}

// toPrinter prints without leaving a file. What a crash left in the folder of what is being printed
// is erased first.
func (d KioskDevices) toPrinter(folder string) func(pdf []byte) error {
	device.Sweep(folder)
	return func(pdf []byte) error {
		return device.System{To: d.Printer, Paper: "A5", Passing: folder}.PrintQuietly(context.Background(), pdf, 1)
	}
}
