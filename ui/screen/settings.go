package screen

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// Tabs are the parts of the settings that whoever looks may see.
type Tabs = []widget.Place

// settings is one part of the settings, under the tabs that lead to the others.
func settings(s *model.Screen, tabs Tabs, retry func(), body fyne.CanvasObject) fyne.CanvasObject {
	return widget.PageOf(s, widget.Col(16, widget.Title(widget.W("place.settings"), widget.Data("")), widget.Tabs(tabs),
		widget.Problem(s, retry), widget.Grow(body)))
}

// groups shows a key or fingerprint in groups that can be read aloud.
func groups(list []string) fyne.CanvasObject {
	var cells []fyne.CanvasObject
	for _, g := range list {
		cells = append(cells, widget.Over(widget.Edge(widget.Sunk, widget.Line, 4), widget.Pad(widget.Bold(widget.Data(g), widget.T16), 4, 10)))
	}
	return widget.Wrapping(8, cells...)
}

// saved says in green what was done, while it is so.
func saved(s *model.Screen, is func() bool, words widget.Words) fyne.CanvasObject {
	return widget.Live(s, func() fyne.CanvasObject {
		if !is() {
			return widget.Col(0)
		}
		return widget.Mark(widget.Good, "check", words)
	})
}

// SettingsInstitution is whose store this is, its public key, and what to do when everything is
// forgotten.
func SettingsInstitution(m *model.SettingsInstitution, tabs Tabs) fyne.CanvasObject {
	form := widget.Titled(widget.W("settings.institution"), widget.Col(10,
		widget.Field("settings.institution.name", &m.Name).OnEnter(m.Save),
		widget.Field("settings.institution.name-en", &m.NameEn).Note(widget.W("settings.institution.name-en.note")).OnEnter(m.Save),
		widget.Field("settings.institution.phone", &m.Phone).Note(widget.W("settings.institution.phone.note")).OnEnter(m.Save),
		widget.Para(widget.W("settings.institution.frozen"), 0, widget.T12, widget.Ink3),
		widget.Pick("access.review", &m.OwnReview), widget.Para(widget.W("access.own-review.note"), 0, widget.T12, widget.Ink3),
		widget.Because(&m.Screen, widget.Button(widget.Primary, "check", widget.W("settings.institution.save"), m.Save).Main().When(m.CanSave), widget.W("settings.institution.why-off")),
		saved(&m.Screen, func() bool { return m.Saved }, widget.W("settings.saved"))))
	key := widget.Titled(widget.W("settings.key"), widget.Col(12,
		widget.Para(widget.W("settings.key.why"), 0, widget.T13, widget.Ink2),
		widget.Live(&m.Screen, func() fyne.CanvasObject {
			if m.View.Fingerprint == "" {
				return widget.Para(widget.W("settings.key.none"), 0, widget.T13, widget.Ink3)
			}
			return widget.Col(6, widget.Text(widget.W("settings.key.fingerprint"), widget.T12, widget.Ink3), groups(split(m.View.Fingerprint)))
		}),
		widget.OtherAct(act.ExportKey, "export", func() { m.KeepKey(widget.Book().Say("settings.key.file")) }, m.CanKeepKey),
		saved(&m.Screen, func() bool { return m.Kept != "" }, widget.W("settings.key.kept"))))
	recovery := widget.Titled(widget.W("settings.recovery"), widget.Col(8,
		widget.Para(widget.W("settings.recovery.text"), 0, widget.T13, widget.Ink2),
		widget.Para(widget.W("settings.recovery.lost"), 0, widget.T13, widget.Ink2)))
	if m.RenewKey != nil {
		recovery = widget.Col(8, recovery, widget.Row(0, widget.OtherAct(act.RenewRecovery, "key", m.RenewKey, nil), widget.Gap()))
	}
	return settings(&m.Screen, tabs, m.Load, widget.Beside(420, 330, widget.Col(0, form), widget.Col(16, key, recovery)))
}

// AccessPassphrase changes one's own passphrase, among the settings.
func AccessPassphrase(m *model.AccessPassphrase, tabs Tabs) fyne.CanvasObject {
	return settings(&m.Screen, tabs, nil, widget.AtMost(480, widget.Col(0, widget.Titled(widget.W(string(act.ChangePassword)), passphraseForm(m)))))
}

// AccessMustChange asks for a passphrase of one's own before anything else.
func AccessMustChange(m *model.AccessPassphrase, institution string, out func()) fyne.CanvasObject {
	form := widget.Card(widget.Pad(widget.Col(14, widget.Bold(widget.W("access.passphrase.must"), widget.T16),
		widget.Para(widget.W("access.passphrase.must.hint"), 0, widget.T13, widget.Ink2),
		widget.Problem(&m.Screen, nil), passphraseForm(m), widget.Link(widget.W("access.passphrase.leave"), out)), 24, 28))
	return gate(&m.Screen, institution, nil, form)
}

func passphraseForm(m *model.AccessPassphrase) fyne.CanvasObject {
	now := "access.passphrase.now"
	if m.Must {
		now = "access.passphrase.handed-out"
	}
	return widget.Col(12,
		widget.Field(now, &m.Now).Hidden().OnEnter(m.Change),
		typed(widget.Field("access.passphrase.then", &m.Then).Hidden(), m.Strength, widget.W("access.passphrase.note")).OnEnter(m.Change),
		widget.Field("access.passphrase.again", &m.Again).Hidden().OnEnter(m.Change),
		widget.Because(&m.Screen, widget.Act(act.ChangePassword, m.Change, m.CanChange), widget.W("access.passphrase.why-off")),
		saved(&m.Screen, func() bool { return m.Done }, widget.W("access.passphrase.done")))
}
