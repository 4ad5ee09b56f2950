package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// RecordWays are the ways on from an hour record.
type RecordWays struct {
	Edit        func()
	Certificate func(number string)
}

// HoursRecord is one hour record: what it says and where it stands, what can be done with it, and
// what it said before.
func HoursRecord(m *model.HoursRecord, ways RecordWays) fyne.CanvasObject {
	loaded := func(build func() fyne.CanvasObject) fyne.CanvasObject {
		return widget.Live(&m.Screen, func() fyne.CanvasObject {
			if !m.Loaded {
				return widget.Col(0)
			}
			return build()
		})
	}
	edit := widget.When(m.CanEdit, widget.Button(widget.Primary, "pen", func() string {
		if m.View.Record.Stands() {
			return widget.Book().Say(string(act.EditHours))
		}
		return widget.Book().Say("hours.mend") // returned or withdrawn
	}, ways.Edit).Main())
	acts := widget.Wrapping(12, edit,
		widget.When(m.CanSubmit, widget.OtherAct(act.SubmitHours, "send", m.Resubmit, m.CanSubmit)),
		widget.When(m.CanResubmit, widget.Button(widget.Secondary, "send", widget.W("hours.resubmit"), m.Resubmit)),
		widget.When(m.CanTakeBack, widget.OtherAct(act.TakeBackHours, "back", m.TakeBack, m.CanTakeBack)),
		widget.When(m.CanRemove, widget.OtherAct(act.RemoveHours, "cross", m.Remove, m.CanRemove)))
	withdraw := widget.When(m.MayWithdraw, widget.Titled(widget.W(string(act.WithdrawHours)), widget.Col(10,
		widget.Pick("hours.withdraw-why", &m.Reason), widget.Field("hours.review.note", &m.Note),
		widget.Because(&m.Screen, widget.OtherAct(act.WithdrawHours, "back", m.Withdraw, m.CanWithdraw), widget.W("hours.review.return-why")),
		widget.Para(widget.W("hours.withdraw.then"), 0, widget.T12, widget.Ink3))))
	m.OnChange(func() { acts.Refresh() })
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("hours.record"), func() string { return m.View.Name }),
		widget.Problem(&m.Screen, m.Load),
		loaded(func() fyne.CanvasObject { return toRevoke(m, ways) }),
		widget.Beside(460, 300,
			widget.Col(16, loaded(func() fyne.CanvasObject { return recordFacts(m) }), acts, withdraw),
			loaded(func() fyne.CanvasObject { return recordHistory(m) }))))
}

// toRevoke are the certificates that are to be revoked since the record was withdrawn.
func toRevoke(m *model.HoursRecord, ways RecordWays) fyne.CanvasObject {
	col := widget.Col(8)
	for _, number := range m.Marked {
		col.Add(widget.Strip(widget.Warn, "alert", widget.W("certificate.to-be-revoked", number), widget.W("certificate.to-be-revoked.hint"),
			widget.Button(widget.Secondary, "", widget.W("certificate.go-there"), func() { ways.Certificate(number) })))
	}
	return col
}

// recordFacts is what the record says, field by field, under where it stands.
func recordFacts(m *model.HoursRecord) fyne.CanvasObject {
	r, b := m.View.Record, widget.Book()
	tone, key := widget.Plain, "hours.state."+string(r.State)
	switch {
	case m.View.Gone:
		tone, key = widget.Bad, "hours.removed"
	case !r.Stands():
		tone = widget.Warn
	case r.State == model.HoursAccepted:
		tone = widget.Good
	}
	rows := []fyne.CanvasObject{widget.Wrapping(10, widget.Bold(widget.Data(r.Course), widget.T16), widget.Chip(tone, widget.W(key)))}
	if r.Reason != "" {
		rows = append(rows, widget.Strip(widget.Warn, "back", widget.W("hours.reason."+r.Reason), widget.Data(r.Note)))
	}
	for _, f := range []string{"kind", "specialty", "mode", "hours", "paid-on", "on", "mark", "evidence"} {
		if says := b.Entry(f, r.Entry, m.View.PerHour); says != "" {
			rows = append(rows, widget.Sum(widget.W("exchange.column."+f), widget.Data(says)))
		}
	}
	if !r.Due.IsZero() && r.State == model.HoursSubmitted {
		rows = append(rows, widget.Sum(widget.W("hours.review.last"), widget.Data(b.Date(r.Due))))
	}
	return widget.Card(widget.Pad(widget.Col(6, rows...), 14, 16))
}

// recordHistory is every act on the record, with what it changed.
func recordHistory(m *model.HoursRecord) fyne.CanvasObject {
	var events []widget.Event
	for _, s := range m.View.Steps {
		b := widget.Book()
		events = append(events, widget.Event{
			When: widget.Data(b.Moment(s.At)), What: widget.W(string(s.Act)),
			Who: func() string {
				says := s.Who
				if changed := b.Changes(s.Was, s.Now, m.View.PerHour); changed != "" {
					says += "·" + changed
				}
				if s.Own {
					says += "·" + b.Say("access.own-review")
				}
				if s.Reason != "" {
					says += "·" + b.Say("hours.reason."+s.Reason)
				}
				return says
			},
		})
	}
	return widget.Titled(widget.W("hours.history"), widget.History(events))
}
