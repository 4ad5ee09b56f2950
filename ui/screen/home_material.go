package screen

import (
	"strings"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// HomeMaterials is what has to be handed in, with what is there, and earlier education.
func HomeMaterials(m *model.HomeMaterials, venue func()) fyne.CanvasObject {
	consent := widget.When(m.Wanted, widget.Live(&m.Screen, func() fyne.CanvasObject {
		return consentCard(&m.Consent, m.AgreeTo, venue)
	}))
	list := widget.Live(&m.Screen, func() fyne.CanvasObject { return homeMaterialList(m) })
	loading := widget.When(func() bool { return !m.Loaded && m.Problem() == nil }, widget.Live(&m.Screen, func() fyne.CanvasObject { return widget.Working(&m.Screen) }))
	asked := func() bool { return len(m.View.List) > 0 }
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("home.materials"), widget.W("home.materials.line")), widget.Problem(&m.Screen, m.Load), loading, consent,
		widget.When(func() bool { return m.Loaded }, widget.Col(16,
			widget.When(func() bool { return asked() && m.Given }, widget.Beside(420, 400, list, homeMaterialForm(m))),
			widget.When(func() bool { return asked() && !m.Given }, widget.Live(&m.Screen, func() fyne.CanvasObject { return homeMaterialList(m) })),
			widget.When(func() bool { return m.View.Levels }, homeEducationForm(m))))))
}

// consentCard asks for someone's word, with what they agree to as the pack writes it; who refuses is
// led to a clerk (P-01).
func consentCard(c *model.Consent, agree func(bool), venue func()) fyne.CanvasObject {
	if c.Refused {
		return widget.State(widget.Plain, "people", widget.W("home.consent.refused"), widget.W("home.consent.refused.hint"),
			widget.Button(widget.Primary, "clock", widget.W("home.venue.go"), venue),
			widget.Button(widget.Secondary, "", widget.W("identity.consent.after-all"), func() { agree(true) }))
	}
	return widget.State(widget.Info, "shield", widget.W("home.consent"), widget.Data(c.Text),
		widget.Button(widget.Primary, "check", widget.W("home.consent.yes"), func() { agree(true) }),
		widget.Button(widget.Secondary, "", widget.W("home.consent.no"), func() { agree(false) }))
}

func homeMaterialList(m *model.HomeMaterials) fyne.CanvasObject {
	b := widget.Book()
	var rows []fyne.CanvasObject
	for i, s := range m.View.List {
		col := widget.Col(1, widget.Para(materialName(s.Requirement.Name, s.Requirement.NameEn), 0, widget.T14, widget.Ink))
		if len(s.Requirement.OneOf) > 1 {
			var kinds []string
			for _, k := range s.Requirement.OneOf {
				kinds = append(kinds, b.Say(model.MaterialKey(k)))
			}
			col.Add(widget.Para(widget.W("home.materials.one-of", strings.Join(kinds, b.Say("home.materials.or"))), 0, widget.T12, widget.Ink3))
		}
		if s.By.Kind != "" {
			there := b.Say(model.MaterialKey(s.By.Kind)) + b.Say("home.dot") + b.Say("enrolment.material-source."+string(s.By.Source))
			col.Add(widget.Para(widget.Data(there), 0, widget.T12, widget.Ink2))
			if !s.By.Expires.IsZero() {
				col.Add(widget.Para(materialEnds(s.State, b.Date(s.By.Expires), s.DaysLeft), 0, widget.T12, materialInk(s.State)))
			}
		} else if s.Requirement.Optional {
			col.Add(widget.Text(widget.W("home.materials.optional"), widget.T12, widget.Ink3))
		}
		row := widget.Pad(widget.Row(12, widget.Grow(col), materialMark(s.State)), 9, 12)
		rows = append(rows, widget.TapRow(row, func() { m.Choose(i) }, func() bool { return m.List.Selected() == i }))
	}
	return widget.Titled(widget.W("home.materials.list"), widget.Ruled(rows...))
}

// homeMaterialForm hands in what is chosen in the list.
func homeMaterialForm(m *model.HomeMaterials) fyne.CanvasObject {
	title := func() string {
		if row, ok := m.List.Row(); ok {
			return row.Requirement.Name
		}
		return ""
	}
	several := func() bool { return len(m.Kind.Options()) > 1 }
	side := widget.When(func() bool { return m.Kind.Value() == "card-portrait-side" || m.Kind.Value() == "card-emblem-side" }, widget.Live(&m.Screen, func() fyne.CanvasObject {
		portrait := m.Kind.Value() != "card-emblem-side"
		says := "home.card.portrait"
		if !portrait {
			says = "home.card.emblem"
		}
		return widget.Row(12, widget.CardSide(portrait, 108), widget.Grow(widget.Para(widget.W(says), 0, widget.T12, widget.Ink2)))
	}))
	picture := widget.Live(&m.Screen, func() fyne.CanvasObject {
		if len(m.Preview) == 0 {
			return widget.DropZone("file", widget.W("home.materials.drop"), widget.W("home.materials.drop.hint"), widget.Button(widget.Secondary, "file", widget.W("home.materials.choose"), m.Bring))
		}
		return widget.Col(8, widget.Portrait(decoded(m.Preview), 0, 200), widget.Row(8, widget.Grow(widget.Text(widget.Data(m.File), widget.T12, widget.Ink3).Elide()), widget.Link(widget.W("home.materials.another"), m.Bring).Small()))
	})
	codes := widget.When(m.Coded, widget.Col(10, codeField(&m.Code), endField(&m.Expires)))
	send := widget.Because(&m.Screen, widget.Act(act.HandIn, m.HandIn, m.CanHandIn), widget.W("home.materials.off"))
	sent := widget.When(func() bool { return m.Sent }, widget.Strip(widget.Good, "check", widget.W("home.materials.sent"), widget.W("home.materials.sent.hint")))
	m.OnChange(sent.Refresh)
	return widget.Card(widget.Pad(widget.Col(12, widget.Para(title, 0, widget.T16, widget.Ink).Bold(), sent, widget.When(several, widget.Pick("home.materials.kind", &m.Kind)), side, picture, codes, send), 14, 16))
}

func codeField(t *model.Text) fyne.CanvasObject {
	return widget.Field("home.materials.code", t).Hint(widget.W("hint.example", "ABCD 1234 EFGH 5678")).Note(widget.W("home.materials.code.note"))
}

func endField(t *model.Text) fyne.CanvasObject {
	return widget.Field("home.materials.expires", t).Hint(widget.W("hint.example", "2027-03-31")).Note(widget.W("home.materials.expires.note"))
}

// homeEducationForm is what is said of earlier education, and how it was checked.
func homeEducationForm(m *model.HomeMaterials) fyne.CanvasObject {
	e := &m.Education
	state := widget.Live(&m.Screen, func() fyne.CanvasObject { return educationState(m) })
	proof := widget.When(m.WithProof, widget.Col(10, widget.Even(16, codeField(&e.Code), endField(&e.Expires)),
		widget.Live(&m.Screen, func() fyne.CanvasObject {
			says := widget.Data(e.File)
			if e.File == "" {
				says = widget.W("home.education.no-file")
			}
			return widget.Wrapping(12, widget.Button(widget.Secondary, "file", widget.W("home.materials.choose"), m.BringProof), widget.Text(says, widget.T12, widget.Ink3))
		})))
	kept := widget.When(func() bool { return e.Kept }, widget.Mark(widget.Good, "check", widget.W("home.education.kept")))
	m.OnChange(kept.Refresh)
	return widget.Titled(widget.W("home.education"), widget.Col(12,
		widget.Para(widget.W("home.education.hint"), 0, widget.T13, widget.Ink2), state,
		widget.Even(16, widget.Pick("home.education.level", &e.Level), widget.Field("home.education.school", &e.School)),
		widget.Even(16, widget.Field("home.education.number", &e.Number), widget.Field("home.education.on", &e.GraduatedOn).Hint(widget.W("hint.example", "2020-06-30"))),
		widget.Tick(&e.National, widget.W("home.education.national"), widget.W("home.education.national.hint")),
		widget.Pick("home.education.proof", &e.Proof), proof,
		widget.Wrapping(12, widget.Because(&m.Screen, widget.OtherAct(act.GiveEducation, "check", m.Give, m.CanGive), widget.W("home.education.off")), kept)))
}

// educationState says how earlier education was checked, never a bare "verified", and what it
// supports here.
func educationState(m *model.HomeMaterials) fyne.CanvasObject {
	if !m.View.Has {
		return widget.Col(0)
	}
	b := widget.Book()
	var levels []string
	for _, l := range m.View.Supports {
		levels = append(levels, b.Say("enrolment.level."+string(l)))
	}
	supports := widget.W("home.education.supports-none")
	if len(levels) > 0 {
		supports = widget.W("home.education.supports", strings.Join(levels, b.Say("list.join")))
	}
	tone, icon := widget.Info, "dot"
	switch m.EducationCheck() {
	case "by-hand-original-seen", "receipt-imported":
		tone, icon = widget.Good, "check"
	case "not-checked":
		tone, icon = widget.Warn, "eye"
	}
	return widget.Wrapping(16, widget.Mark(tone, icon, widget.W("enrolment.education-check."+m.EducationCheck())), widget.Text(supports, widget.T13, widget.Ink2))
}
