package screen

import (
	"fmt"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// faceWork is what can be done about somebody's face on other people's records.
type faceWork struct {
	agree  func(given bool)
	back   func() // takes the word back
	say    func(r model.FaceRecord, why int)
	record func(model.FaceRecord)
	beside func(model.FaceRecord)
}

// confirmFaces is facesCard of a case.
func confirmFaces(m *model.IdentityConfirm, ways ConfirmWays) fyne.CanvasObject {
	return facesCard(m.Case.Faces, faceWork{
		agree: m.AgreeOthers, back: m.TakeOthersBack, record: func(r model.FaceRecord) { ways.Record(r) },
		say:    func(r model.FaceRecord, why int) { m.SayFace(r.Person, model.FacesSeen()[why]) },
		beside: func(r model.FaceRecord) { ways.Beside(m.Case.ConfirmRow, r) },
	})
}

// personFaces is facesCard in a person's file.
func personFaces(m *model.IdentityPerson, ways ConfirmingWays) fyne.CanvasObject {
	return facesCard(m.View.Faces, faceWork{
		agree: m.AgreeOthers, back: m.TakeOthersBack, record: func(r model.FaceRecord) { ways.Record(r) },
		say:    func(r model.FaceRecord, why int) { m.SayFace(r.Person, model.FacesSeen()[why]) },
		beside: func(r model.FaceRecord) { ways.Beside(r) },
	})
}

// facesCard says on whose records a face is too, and asks what that is; before that, whether it may be
// looked for. Nothing stands there where the pack does not ask for it.
func facesCard(f model.FaceWords, work faceWork) fyne.CanvasObject {
	if len(f.Records) == 0 && !f.Ask && !f.Given {
		return widget.Col(0)
	}
	col := widget.Col(10)
	for _, r := range f.Records {
		col.Add(faceRecord(r, work))
	}
	switch {
	case f.Ask:
		col.Add(widget.State(widget.Info, "shield", widget.W("identity.others.ask"), widget.W("identity.others.ask.text", f.Text),
			widget.Button(widget.Secondary, "check", widget.W("identity.others.yes"), func() { work.agree(true) }),
			widget.Button(widget.Secondary, "", widget.W("identity.others.no"), func() { work.agree(false) })))
	case f.Given:
		col.Add(widget.Wrapping(10, widget.Text(widget.W("identity.others.given"), widget.T12, widget.Ink3), widget.Link(widget.W("identity.others.take-back"), work.back).Small()))
	}
	return widget.Card(widget.Pad(widget.Col(10, widget.Bold(widget.W("identity.finding.others"), widget.T16), widget.Rule(), col), 14, 16))
}

// faceRecord is one record that has the face too, and what it is.
func faceRecord(r model.FaceRecord, work faceWork) fyne.CanvasObject {
	links := widget.Wrapping(12, widget.Link(widget.W("identity.others.open"), func() { work.record(r) }))
	if r.Seen != "" {
		said := widget.W("identity.others.seen", widget.W("identity.face-seen."+string(r.Seen))())
		return widget.Strip(widget.Plain, "people", widget.W("identity.others.on", r.Name, r.MaskedNumber), said, links)
	}
	says := widget.W("identity.others.on.hint", distance(r.Distance), widget.W("identity.zone."+string(r.Zone))())
	links.Add(widget.Link(widget.W("identity.others.beside"), func() { work.beside(r) }))
	buttons := widget.Wrapping(8)
	for i, why := range model.FacesSeen() {
		buttons.Add(widget.Button(widget.Secondary, "", widget.W("identity.face-seen."+string(why)), func() { work.say(r, i) }))
	}
	return widget.Col(8, widget.Strip(widget.Warn, "people", widget.W("identity.others.on", r.Name, r.MaskedNumber), says), links, buttons)
}

func distance(d float64) string { return fmt.Sprintf("%.2f", d) }

// FaceWays are the ways on from a face on two records.
type FaceWays struct{ Record func(model.FaceRecord) }

// IdentityFaces are the faces that are on two records: the list, the two photos, and what it is.
func IdentityFaces(m *model.IdentityFaces, ways FaceWays) fyne.CanvasObject {
	has := func() bool { _, ok := m.Queue.Row(); return ok }
	list := widget.ListCard(&m.Screen, widget.ListOf{
		Head:   widget.Head(faceColumns, widget.W("identity.faces.found"), widget.W("identity.faces.who"), widget.W("identity.faces.distance")),
		Height: 52, Count: func() int { return len(m.Queue.Rows) }, Row: func(i int) fyne.CanvasObject { return faceRow(m, i) }, Open: m.Choose,
		Empty: func() fyne.CanvasObject {
			return widget.Empty("face", widget.W("identity.faces.empty"), widget.W("identity.faces.empty.hint"))
		},
		Loaded: func() bool { return m.Loaded }, Retry: m.Load,
	})
	pair := widget.Live(&m.Screen, func() fyne.CanvasObject { return facePair(m, ways) })
	buttons := widget.Col(8)
	for _, why := range model.FacesSeen() {
		buttons.Add(widget.Button(widget.Secondary, "check", widget.W("identity.face-seen."+string(why)), func() { m.Say(why) }).When(m.CanSay))
	}
	decision := widget.Titled(widget.W("identity.faces.what"), widget.Col(10, buttons, widget.Para(widget.W("identity.faces.what.hint"), 0, widget.T12, widget.Ink3)))
	said := widget.Live(&m.Screen, func() fyne.CanvasObject {
		if m.Said == "" {
			return widget.Col(0)
		}
		return widget.Mark(widget.Good, "check", widget.W("identity.others.seen", widget.W("identity.face-seen."+string(m.Said))()))
	})
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("place.identity.faces"), widget.W("identity.faces.line")),
		widget.Problem(&m.Screen, m.Load), said,
		widget.Grow(widget.Beside(420, 400, list, widget.When(has, widget.Col(16, pair, decision))))))
}

// faceColumns are when it was found, the two, how far apart.
var faceColumns = []float32{110, 0, 80}

func faceRow(m *model.IdentityFaces, i int) fyne.CanvasObject {
	r := m.Queue.Rows[i]
	return widget.Chosen(widget.Pad(widget.Cells(faceColumns,
		widget.Text(widget.Data(widget.Book().Date(model.DayOf(r.FoundAt))), widget.T13, widget.Ink2),
		widget.Col(-1, widget.Bold(widget.Data(r.One.Name+"·"+r.Other.Name), widget.T14).Elide(), widget.Text(widget.Data(r.One.MaskedNumber+"·"+r.Other.MaskedNumber), widget.T12, widget.Ink3).Elide()),
		widget.Text(widget.Data(distance(r.One.Distance)), widget.T13, widget.Ink2)), 0, 16), m.Queue.Selected() == i)
}

// facePair is the two photos, each with its name and the way to its record.
func facePair(m *model.IdentityFaces, ways FaceWays) fyne.CanvasObject {
	row, ok := m.Queue.Row()
	if !ok {
		return widget.Col(0)
	}
	two := widget.Wrapping(16)
	for i, r := range []model.FaceRecord{row.One, row.Other} {
		two.Add(widget.Col(4, widget.Source(decoded(m.Photos[i]), trioWide, trioHigh, widget.Data(r.Name), widget.Data(r.MaskedNumber)),
			widget.Row(0, widget.Link(widget.W("identity.others.open"), func() { ways.Record(r) }), widget.Gap())))
	}
	figure := widget.Row(8, widget.Text(widget.W("identity.faces.distance"), widget.T13, widget.Ink3), widget.Text(widget.Data(distance(row.One.Distance)), widget.T13, widget.Ink),
		widget.ChipWith(zoneTone(string(row.One.Zone)), "face", widget.W("identity.zone."+string(row.One.Zone))), widget.Gap())
	return widget.Card(widget.Pad(widget.Col(10, two, figure), 16))
}
