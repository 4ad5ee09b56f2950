package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// IdentityChange is the queue of changes with their clocks, and the decision.
func IdentityChange(m *model.IdentityChange, openPerson func(model.ChangeRow)) fyne.CanvasObject {
	has := func() bool { _, ok := m.Queue.Row(); return ok }
	list := widget.ListCard(&m.Screen, widget.ListOf{
		Head:   widget.Head(changeColumns, widget.W("hours.review.due"), widget.W("today.who"), widget.W("today.matter")),
		Height: 52, Count: func() int { return len(m.Queue.Rows) }, Row: func(i int) fyne.CanvasObject { return changeRow(m, i) }, Open: m.Choose,
		Empty: func() fyne.CanvasObject {
			return widget.Empty("swap", widget.W("identity.changes.empty"), widget.W("identity.changes.empty.hint"))
		},
		Loaded: func() bool { return m.Loaded }, Retry: m.Load,
	})
	what := widget.Live(&m.Screen, func() fyne.CanvasObject { return change(m, openPerson) })
	decision := widget.Titled(widget.W("hours.review.decision"), widget.Col(10,
		widget.When(func() bool { return waitsForPaper(m) }, widget.Col(8, widget.Para(widget.W("identity.change.paper"), 0, widget.T13, widget.Ink2),
			widget.Button(widget.Primary, "check", widget.W("identity.receive-request"), m.Receive).When(m.CanReceive))),
		widget.When(func() bool { return !waitsForPaper(m) }, widget.Col(10,
			widget.Act(act.DecideRequest, m.Grant, m.CanGrant).Says(widget.W("identity.change.grant")),
			widget.Para(widget.W("identity.change.grant.hint"), 0, widget.T12, widget.Ink3), widget.Rule(),
			widget.Pick("identity.change.reason", &m.Reason),
			widget.Because(&m.Screen, widget.Button(widget.Secondary, "back", widget.W("identity.change.decline"), m.Decline).When(m.CanDecline), widget.W("identity.change.decline-off"))))))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("place.identity.changes"), widget.W("identity.changes.line")),
		widget.Problem(&m.Screen, m.Load),
		widget.Grow(widget.Beside(420, 400, list, widget.When(has, widget.Col(16, what, decision))))))
}

var changeColumns = []float32{140, 0, 110}

func waitsForPaper(m *model.IdentityChange) bool {
	row, ok := m.Queue.Row()
	return ok && row.WaitsForPaper()
}

func changeRow(m *model.IdentityChange, i int) fyne.CanvasObject {
	r := m.Queue.Rows[i]
	due := widget.Chip(widget.Plain, widget.W("identity.change.waits-paper"))
	if r.Running() {
		due = widget.DueBy(r.DaysLeft, mayMove(r.Provisional))
	}
	return widget.Chosen(widget.Pad(widget.Cells(changeColumns, due,
		widget.Col(-1, widget.Bold(widget.Data(r.Name), widget.T14).Elide(), widget.Text(widget.Data(r.MaskedNumber), widget.T12, widget.Ink3).Elide()),
		widget.Text(widget.W("today.what."+string(r.Request.Kind)), widget.T13, widget.Ink2).Elide()), 0, 16), m.Queue.Selected() == i)
}

// change is what was asked for: old beside new, or the pictures.
func change(m *model.IdentityChange, open func(model.ChangeRow)) fyne.CanvasObject {
	row, ok := m.Queue.Row()
	if !ok {
		return widget.Col(0)
	}
	b := widget.Book()
	head := widget.Row(8, widget.Grow(widget.Bold(widget.Data(row.Name), widget.T16).Elide()), widget.Link(widget.W("person.open-file"), func() { open(row) }))
	col := widget.Col(10, head, widget.Text(widget.Data(row.MaskedNumber), widget.T13, widget.Ink2))
	if row.Running() {
		col.Add(widget.Sum(widget.W("identity.change.received"), widget.Data(b.Date(row.Request.ReceivedOn))))
		col.Add(widget.Sum(widget.W("identity.change.due"), widget.Data(b.Provisional(b.Date(row.Request.Due), row.Provisional))))
	}
	if !row.OfPhoto() {
		old, now := row.Values()
		col.Add(widget.Rule())
		col.Add(widget.Fact(80, widget.W("identity.change.old"), widget.Data(old)))
		col.Add(widget.Fact(80, widget.W("identity.change.new"), widget.Data(now)))
		return widget.Card(widget.Pad(col, 16))
	}
	if !m.Shown {
		col.Add(widget.Text(widget.W("state.loading"), widget.T13, widget.Ink3))
		return widget.Card(widget.Pad(col, 16))
	}
	pictures := widget.Wrapping(12, widget.Source(decoded(m.Old), 96, 134, widget.W("identity.change.present"), widget.Data("")))
	for _, kind := range model.PictureKinds() {
		pictures.Add(widget.Source(decoded(m.Pictures[kind]), 96, 134, widget.W("identity.short."+kind), widget.Data("")))
	}
	col.Add(pictures)
	return widget.Card(widget.Pad(col, 16))
}
