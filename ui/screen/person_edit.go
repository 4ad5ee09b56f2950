package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// PersonEdit is what of someone's data may be corrected at once, and what has to be asked for.
func PersonEdit(m *model.PersonEdit) fyne.CanvasObject {
	contact := widget.Titled(widget.W("person.edit.contact"), widget.Col(12,
		widget.Even(16, widget.Field("person.phone", &m.Phone).OnEnter(m.Save), widget.Field("person.email", &m.Email).OnEnter(m.Save)),
		widget.Field("person.address", &m.Address).OnEnter(m.Save),
		widget.Row(12, widget.Button(widget.Primary, "check", widget.W("act.save"), m.Save).When(m.CanSave),
			widget.When(func() bool { return m.Saved }, widget.Mark(widget.Good, "check", widget.W("person.edit.saved"))))))
	data := widget.Titled(widget.W("person.edit.data"), widget.Col(12,
		widget.When(func() bool { return m.Loaded }, widget.Para(func() string { return widget.Book().Say("person.edit.data.hint", m.ChangeDays) }, 0, widget.T12, widget.Ink3)),
		widget.Even(16, widget.Pick("person.edit.which", &m.Kind), widget.Field("person.edit.value", &m.Value).OnEnter(m.AskData)),
		widget.OtherAct(act.RequestData, "swap", m.AskData, m.CanAsk)))
	pictures := widget.Wrapping(8)
	for _, kind := range model.PictureKinds() {
		pictures.Add(widget.Col(4, widget.Button(widget.Secondary, "file", widget.W("identity.short."+kind), func() { m.Bring(kind) }),
			widget.Live(&m.Screen, func() fyne.CanvasObject {
				if _, ok := m.Pictures[kind]; ok {
					return widget.Mark(widget.Good, "check", widget.W("person.edit.brought"))
				}
				return widget.Mark(widget.Plain, "ring", widget.W("person.edit.not-brought"))
			})))
	}
	photo := widget.Titled(widget.W("person.edit.photo"), widget.Col(12,
		widget.Para(widget.W("person.edit.photo.hint"), 0, widget.T12, widget.Ink3), pictures,
		widget.OtherAct(act.RequestPhoto, "swap", m.AskPhoto, m.CanAskPhoto)))
	own := widget.Titled(widget.W("person.edit.own"), widget.Col(12,
		widget.Para(widget.W("person.edit.own.hint"), 0, widget.T12, widget.Ink3),
		widget.Wrapping(12, widget.OtherAct(act.ExportPerson, "export", func() { m.Export(widget.Book().Say("person.edit.export-name")) }, func() bool { return !m.Busy() }),
			widget.When(func() bool { return m.MayForget }, widget.OtherAct(act.DeletePerson, "cross", m.Forget, func() bool { return m.MayForget && !m.Busy() })))))
	leaves := widget.When(func() bool { return len(m.Leaves) > 0 && m.Question() != nil }, widget.Live(&m.Screen, func() fyne.CanvasObject { return leavesOf(m.Leaves) }))
	m.OnChange(leaves.Refresh)
	asked := widget.When(func() bool { return m.Asked }, widget.Strip(widget.Good, "check", widget.W("person.edit.asked"), widget.W("person.edit.asked.hint")))
	m.OnChange(asked.Refresh)
	parts := widget.Col(16, leaves, contact, data, photo)
	if m.Words != nil {
		parts.Add(widget.Titled(widget.W("home.words"), widget.Col(12, widget.Para(widget.W("home.words.hint"), 0, widget.T12, widget.Ink3),
			widget.Live(&m.Screen, func() fyne.CanvasObject { return wordsGiven(m.Words) }))))
	}
	parts.Add(own)
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("person.edit"), widget.Data(m.Name)), widget.Problem(&m.Screen, m.Load), asked,
		widget.Column(760, parts)))
}

// wordsGiven are the words somebody gave, each with what follows from taking it back.
func wordsGiven(w *model.HomeWords) fyne.CanvasObject {
	if len(w.List) == 0 {
		return widget.Para(widget.W("home.words.none"), 0, widget.T13, widget.Ink3)
	}
	var rows []fyne.CanvasObject
	for _, x := range w.List {
		key := "home.words." + x.Kind
		said := widget.Mark(widget.Plain, "ring", widget.W("home.words.refused-on", widget.Book().Moment(x.At)))
		if x.Given {
			said = widget.Mark(widget.Good, "check", widget.W("home.words.given-on", widget.Book().Moment(x.At)))
		}
		col := widget.Col(6, widget.Para(widget.W(key), 0, widget.T14, widget.Ink).Bold(), said)
		if x.Text != "" {
			col.Add(widget.Para(widget.Data(x.Text), 0, widget.T12, widget.Ink3))
		}
		switch {
		case x.Given:
			col.Add(widget.Para(widget.W(key+".then"), 0, widget.T13, widget.Ink2))
			col.Add(widget.Row(0, widget.Button(widget.Secondary, "", widget.W("home.words.take-back"), func() { w.TakeBack(x.Kind) }), widget.Gap()))
		case x.Kind == w.Taken:
			col.Add(widget.Strip(widget.Good, "check", widget.W("home.words.taken"), widget.W(key+".taken")))
		}
		if !x.Given && x.Asked {
			col.Add(widget.Row(0, widget.Button(widget.Secondary, "", widget.W("identity.consent.after-all"), func() { w.Agree(x.Kind) }), widget.Gap()))
		}
		rows = append(rows, widget.Pad(col, 10, 0))
	}
	return widget.Ruled(rows...)
}

var leafColumns = []float32{0, 70, 260}

// leavesOf is what there is of somebody, kind by kind, with what deleting them does to it.
func leavesOf(list []model.LeafRow) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, l := range list {
		key, figures := l.Words()
		tone, icon := widget.Info, "lock"
		if key == "person.fate.goes" {
			tone, icon = widget.Bad, "cross"
		}
		rows = append(rows, widget.Fix(0, 34, widget.Pad(widget.Cells(leafColumns, widget.Text(widget.W("person.kind."+l.Kind), widget.T14, widget.Ink).Elide(),
			widget.Text(widget.W("person.rows", l.Count), widget.T14, widget.Ink2), widget.Mark(tone, icon, widget.W(key, figures...))), 0, 16)))
	}
	head := widget.Head(leafColumns, widget.W("person.leaves.kind"), widget.W("person.leaves.count"), widget.W("person.leaves.fate"))
	return widget.Titled(widget.W("person.leaves"), widget.Col(0, head, widget.Ruled(rows...)))
}
