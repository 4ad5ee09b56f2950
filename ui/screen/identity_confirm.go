package screen

import (
	"fmt"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// ConfirmWays are the ways on from a case.
type ConfirmWays struct {
	Photo, File func(model.ConfirmRow)
	Who, Where  string // what will be recorded
}

// IdentityConfirm is one case after another: the pictures, the findings, the decision.
func IdentityConfirm(m *model.IdentityConfirm, ways ConfirmWays) fyne.CanvasObject {
	has := func() bool { _, ok := m.Queue.Row(); return ok }
	left := widget.Live(&m.Screen, func() fyne.CanvasObject {
		if !m.Known {
			return widget.Working(&m.Screen)
		}
		return widget.Col(16, confirmPictures(m, ways), confirmFindings(m))
	})
	var seen []fyne.CanvasObject
	for i, t := range m.Originals {
		seen = append(seen, widget.Tick(t, widget.W("identity.original."+string(model.Originals[i])), nil))
	}
	var why []fyne.CanvasObject
	for i, t := range m.Reasons {
		why = append(why, widget.Row(6, widget.KeyCap(widget.Data(fmt.Sprint((i+1)%10))), widget.Grow(widget.Tick(t, widget.W("identity.reason."+string(m.ReasonCodes()[i])), nil))))
	}
	decision := widget.Titled(widget.W("hours.review.decision"), widget.Col(10,
		widget.Row(8, widget.Grow(widget.Tick(&m.InPerson, widget.W("identity.confirm.in-person"), widget.W("identity.confirm.in-person.hint"))), widget.KeyCap(widget.Data("O"))),
		widget.Text(widget.W("identity.confirm.seen"), widget.T12, widget.Ink3), widget.Col(6, seen...),
		widget.Row(8, widget.Grow(widget.Button(widget.Primary, "check", widget.W("identity.confirm.yes"), m.Confirm).Main().When(m.CanConfirm)), widget.KeyCap(widget.Data("Y"))),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return confirmSentence(m, ways) }),
		widget.Rule(),
		widget.Text(widget.W("identity.confirm.or-return"), widget.T13, widget.Ink2), widget.Col(6, why...),
		widget.Field("hours.review.note", &m.Note).OnEnter(m.Return),
		widget.Row(8, widget.Because(widget.Button(widget.Secondary, "back", widget.W("identity.confirm.return"), m.Return).When(m.CanReturn), widget.W("identity.confirm.return-off")), widget.Gap(), widget.KeyCap(widget.Data("R")))))
	steps := widget.Row(8, widget.Button(widget.Secondary, "left", widget.W("identity.confirm.before"), func() { m.Step(-1) }).When(func() bool { return m.Queue.Selected() > 0 }),
		widget.Button(widget.Secondary, "right", widget.W("identity.confirm.next"), func() { m.Step(1) }).When(func() bool { return m.Queue.Selected()+1 < len(m.Queue.Rows) }))
	empty := widget.When(func() bool { return m.Loaded && !has() }, widget.Empty("face", widget.W("identity.confirm.empty"), widget.W("identity.confirm.empty.hint")))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(func() string {
			if r, ok := m.Queue.Row(); ok {
				return r.Name
			}
			return widget.Book().Say("place.identity.confirm-queue")
		}, confirmLine(m), steps),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return lastDecided(m) }),
		widget.Problem(&m.Screen, m.Load), empty,
		widget.When(has, widget.Beside(440, 340, left, decision))))
}

// lastDecided says what was just decided, and of whom: the next case stands there already.
func lastDecided(m *model.IdentityConfirm) fyne.CanvasObject {
	if m.Last.Outcome == "" {
		return widget.Col(0)
	}
	tone, icon := widget.Good, "check"
	if m.Last.Outcome == "returned" {
		tone, icon = widget.Info, "back"
	}
	return widget.Strip(tone, icon, widget.W("identity.confirm.last-"+m.Last.Outcome, m.Last.Name), widget.W("identity.confirm.last.hint"))
}

func confirmLine(m *model.IdentityConfirm) widget.Words {
	return func() string {
		r, ok := m.Queue.Row()
		if !ok {
			return ""
		}
		return r.MaskedNumber + "·" + widget.Book().Say("identity.confirm.place", m.Queue.Selected()+1, len(m.Queue.Rows))
	}
}

// confirmPictures are the pictures there are, side by side at the same scale.
func confirmPictures(m *model.IdentityConfirm, ways ConfirmWays) fyne.CanvasObject {
	c, b := m.Case, widget.Book()
	from := widget.W("identity.confirm.no-photo")
	if len(c.Photo) > 0 {
		from = widget.W("identity.confirm.photo-fits")
		if !c.PhotoOn.IsZero() {
			from = widget.Data(b.Date(c.PhotoOn))
		}
	}
	photo := widget.Source(decoded(c.Photo), 210, 294, widget.W("identity.picture.photo"), from)
	look := widget.Fix(210, 0, widget.Col(8, widget.Icon("eye", 22, widget.Amber), widget.Para(widget.W("identity.confirm.look"), 0, widget.T14, widget.Ink), widget.Para(widget.W("identity.confirm.look.hint"), 0, widget.T12, widget.Ink3),
		widget.Link(widget.W("person.open-file"), func() { ways.File(c.ConfirmRow) }), widget.Link(widget.W("identity.confirm.other-photo"), func() { ways.Photo(c.ConfirmRow) })))
	return widget.Card(widget.Pad(widget.Wrapping(24, photo, look), 16))
}

// confirmFindings is what the program knows: what needs eyes stands first.
func confirmFindings(m *model.IdentityConfirm) fyne.CanvasObject {
	c, b := m.Case, widget.Book()
	var list []widget.Finding
	add := func(tone widget.Tone, key string, figure, limit widget.Words) {
		list = append(list, widget.Finding{Tone: tone, Rule: widget.W(key), Figure: figure, Limit: limit})
	}
	if len(c.Photo) == 0 {
		add(widget.Bad, "identity.finding.photo", widget.W("portrait.none"), widget.W("identity.finding.needed"))
	}
	if len(c.Why) > 0 {
		text, _ := b.Fault(c.Why[0])
		add(widget.Bad, "identity.finding.number", widget.Data(text), widget.Data(""))
	}
	add(widget.Warn, "identity.finding.match", widget.W("identity.finding.no-figure"), widget.W("identity.finding.by-eye"))
	if c.Tries > 0 {
		add(widget.Warn, "identity.finding.tries", widget.W("count.times", c.Tries), widget.Data(""))
	}
	if len(c.Why) == 0 {
		add(widget.Good, "identity.finding.number", widget.W("identity.kind."+string(c.NumberKind)), widget.W("identity.finding.valid"))
	}
	tone, says := widget.Good, widget.W("identity.finding.agrees")
	if !c.Agrees {
		tone, says = widget.Bad, widget.W("identity.finding.differs")
	}
	add(tone, "identity.finding.birth", says, widget.Data(b.Date(c.Birth)))
	if len(c.Photo) > 0 {
		add(widget.Good, "identity.finding.photo", widget.W("identity.finding.kept"), widget.W("identity.finding.by-standard"))
	}
	of := map[widget.Tone]int{}
	for _, f := range list {
		of[f.Tone]++
	}
	head := widget.Row(8, widget.Grow(widget.Bold(widget.W("identity.findings"), widget.T16)), widget.Text(widget.W("identity.photo.counted", of[widget.Good], of[widget.Bad], of[widget.Warn]), widget.T13, widget.Ink2))
	return widget.Card(widget.Pad(widget.Col(8, head, widget.Rule(), widget.Findings(list, 31)), 14, 16))
}

// confirmSentence is what confirming will record, or what is missing.
func confirmSentence(m *model.IdentityConfirm, ways ConfirmWays) fyne.CanvasObject {
	if lacks := m.Lacks(); lacks != "" {
		return widget.Para(widget.W("identity.confirm.lacks."+lacks), 0, widget.T12, widget.Ink3)
	}
	return widget.Para(func() string {
		b := widget.Book()
		docs := ""
		for i, o := range m.Seen() {
			if i > 0 {
				docs += b.Say("list.join")
			}
			docs += b.Say("identity.original." + string(o))
		}
		return b.Say("identity.confirm.records", docs, ways.Who, ways.Where)
	}, 0, widget.T12, widget.Ink2)
}
