package shell

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// Edit changes what an hour record says.
func (a *asks) Edit(r id.Record, e hours.Entry, seen int) (hours.Record, error) {
	return a.services.Hours.Edit(ctx, a.who, r, e, seen)
}

// Record is one hour record with its history, the last act in front.
func (a *asks) Record(r id.Record) (v model.RecordView, err error) {
	st, err := a.services.Hours.Story(ctx, a.who, r)
	if err != nil {
		return v, err
	}
	names, err := a.services.Access.Names(ctx, a.who)
	if err != nil {
		return v, err
	}
	p, err := a.services.People.Show(ctx, a.who, st.Record.Learner)
	if err != nil {
		return v, err
	}
	v = model.RecordView{Record: st.Record, Gone: st.Gone, Name: p.Person.Name, PerHour: st.PerHour}
	now := st.Record.Entry
	for i := len(st.Former) - 1; i >= 0; i-- {
		f := st.Former[i]
		v.Steps = append(v.Steps, model.RecordStep{At: f.At, Act: f.Act, Who: names[f.By], Was: f.Entry, Now: now, Own: hours.OwnReview(st.After(i), st.Former[:i]), Reason: st.After(i).Reason, Note: st.After(i).Note})
		now = f.Entry
	}
	first := model.RecordStep{At: st.Record.EnteredAt, Act: act.EnterHours, Who: names[st.Record.EnteredBy], Was: now, Now: now}
	if st.Record.Source == hours.FromImport {
		first.Act = act.ImportHours
	}
	v.Steps = append(v.Steps, first)
	return v, nil
}

// RemoveHours removes a record.
func (a *asks) RemoveHours(r id.Record, seen int) error {
	return a.services.Hours.Remove(ctx, a.who, r, seen)
}

// TakeBack makes a submitted record a draft again.
func (a *asks) TakeBack(r id.Record, seen int) error {
	_, err := a.services.Hours.TakeBack(ctx, a.who, r, seen)
	return err
}

// Withdraw withdraws an accepted record.
func (a *asks) Withdraw(r id.Record, reason, note string, seen int) ([]string, error) {
	_, marked, err := a.services.Hours.Withdraw(ctx, a.who, r, reason, note, seen)
	return marked, err
}

// Resubmit sends a record again as it is.
func (a *asks) Resubmit(r hours.Record) error {
	_, err := a.services.Hours.Submit(ctx, a.who, r.Enrolment, r.ID)
	return err
}

// OpenRecord goes on to one hour record of someone's ledger.
func (d *DeskShell) OpenRecord(file *model.PersonFile, r id.Record) {
	role := d.asks.who.Role
	m := model.NewHoursRecord(d.asks, r, model.RecordMay{Edit: role.May(act.EditHours), Withdraw: role.May(act.WithdrawHours)}, d.Run)
	ways := screen.RecordWays{Edit: func() { d.openMending(file, m) }, Certificate: d.OpenCertificate}
	d.Walk.On("hours.record", d.withBack(screen.HoursRecord(m, ways)), func() { m.Leave(); file.Load() })
}

// openMending goes on to the form, with the record in it; kept, it leads back to the record.
func (d *DeskShell) openMending(file *model.PersonFile, record *model.HoursRecord) {
	m := model.NewHoursEntry(d.asks, file.View, d.Services.Today(), d.Run)
	m.Mend(record.View.Record)
	m.Edited = d.Walk.Back
	var first fyne.Focusable
	d.Walk.On("hours.entry", d.withBack(screen.HoursEntry(m, &first)), func() { m.Leave(); record.Load() })
	d.Focus(first)
}
