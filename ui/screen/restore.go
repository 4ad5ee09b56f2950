package screen

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// Restore is how a backup is put back: choose it, open it, look what it holds, and put it back.
func Restore(m *model.Restore) fyne.CanvasObject {
	line, hint := "restore.empty", "restore.empty.hint"
	if m.Over() {
		line, hint = "restore.over", "restore.over.hint"
	}
	page := widget.Col(16, widget.Title(widget.W("restore"), widget.W(line)), widget.Para(widget.W(hint, m.There), 0, widget.T14, widget.Ink2),
		restoreFile(m), restoreLook(m))
	if m.Back != nil {
		page.Add(widget.Row(0, widget.Link(widget.W("restore.back"), m.Back), widget.Gap()))
	}
	return widget.PageOf(&m.Screen, widget.Column(640, page))
}

// RestoreAlone is Restore as a window's only page.
func RestoreAlone(m *model.Restore) fyne.CanvasObject {
	return widget.Over(widget.Box(widget.Paper, 0), Restore(m))
}

// restoreFile asks for the backup, and for what opens it.
func restoreFile(m *model.Restore) fyne.CanvasObject {
	file := widget.Live(&m.Screen, func() fyne.CanvasObject {
		if m.File == "" {
			return widget.Para(widget.W("restore.no-file-yet"), 0, widget.T13, widget.Ink3)
		}
		return widget.Para(widget.Data(filepath.Base(m.File)), 0, widget.T14, widget.Ink)
	})
	col := widget.Col(12, widget.Bold(widget.W("restore.step-1"), widget.T16), file,
		widget.Wrapping(8, widget.Button(widget.Secondary, "archive", widget.W("restore.choose"), m.Choose)))
	if m.Over() {
		col.Add(widget.Pick("restore.by", &m.By))
	}
	col.Add(widget.When(func() bool { return !m.Own() }, widget.Col(8,
		widget.Field("restore.recovery", &m.Recovery).Note(widget.W("restore.recovery.note")).OnEnter(m.Look),
		widget.Wrapping(8, widget.Button(widget.Secondary, "file", widget.W("restore.choose-key"), m.ChooseKey)))))
	col.Add(widget.When(m.Own, widget.Field("restore.passphrase", &m.Passphrase).Hidden().Note(widget.W("restore.passphrase.note")).OnEnter(m.Look)))
	col.Add(widget.Problem(&m.Screen, nil))
	col.Add(working(&m.Screen))
	col.Add(widget.Because(&m.Screen, widget.Button(widget.Secondary, "search", widget.W("restore.look"), m.Look).When(m.CanLook), widget.W("restore.look.why-off")))
	return widget.Card(widget.Pad(col, 20, 24))
}

// restoreLook shows what the backup holds, and puts it back.
func restoreLook(m *model.Restore) fyne.CanvasObject {
	holds := widget.Live(&m.Screen, func() fyne.CanvasObject {
		if m.Holds == nil {
			return widget.Col(0)
		}
		h, b := m.Holds, widget.Book()
		col := widget.Col(6, widget.Fact(96, widget.W("settings.institution"), widget.Data(h.Institution)),
			widget.Fact(96, widget.W("restore.made-at"), widget.Data(b.Moment(h.MadeAt))),
			widget.Fact(96, widget.W("restore.holds"), widget.W("settings.backup.holds", h.People, h.Certificates, h.Pictures, h.Lines)))
		for _, head := range h.Heads {
			col.Add(widget.Fact(96, widget.W("restore.head"), widget.W("restore.head.at", head.Chain, head.Seq)))
		}
		col.Add(widget.Para(widget.W("restore.numbers"), 0, widget.T12, widget.Ink3))
		return col
	})
	col := widget.Col(12, widget.Bold(widget.W("restore.step-2"), widget.T16), holds)
	if m.Over() {
		col.Add(widget.Strip(widget.Warn, "alert", widget.W("restore.aside"), widget.W("restore.aside.hint")))
		col.Add(widget.Field("restore.name", &m.Name).Note(widget.W("restore.name.note", m.There)).OnEnter(m.Restore))
	}
	why := "restore.do.why-off"
	if m.Over() {
		why = "restore.do.why-off-over"
	}
	col.Add(widget.Because(&m.Screen, widget.Button(widget.Primary, "archive", widget.W("restore.do"), m.Restore).Main().When(m.CanRestore), widget.W(why)))
	return widget.When(func() bool { return m.Holds != nil }, widget.Card(widget.Pad(col, 20, 24)))
}
