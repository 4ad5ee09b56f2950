package screen

import (
	"strings"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

func split(fingerprint string) []string { return strings.Fields(fingerprint) }

var keyColumns = []float32{0, 240, 150}

// SettingsKeys lists the trusted keys, and takes in another once its fingerprint was compared.
func SettingsKeys(m *model.SettingsKeys, tabs Tabs) fyne.CanvasObject {
	list := widget.ListCard(&m.Screen, widget.ListOf{
		Head:   widget.Head(keyColumns, widget.W("settings.institution"), widget.W("settings.key.fingerprint"), widget.W("settings.keys.since")),
		Height: 44, Count: func() int { return len(m.Keys.Rows) }, Row: func(i int) fyne.CanvasObject { return keyRow(m.Keys.Rows[i]) },
		Loaded: func() bool { return m.Loaded }, Retry: m.Load,
		Empty: func() fyne.CanvasObject {
			return widget.Empty("key", widget.W("settings.keys.none"), widget.W("settings.keys.none.hint"))
		},
	})
	drop := widget.When(func() bool { return m.Offer == nil }, widget.DropZone("key", widget.W("settings.keys.drop"), widget.W("settings.keys.drop.hint"),
		widget.Button(widget.Secondary, "file", widget.W("settings.keys.choose"), m.Choose)))
	offer := widget.When(func() bool { return m.Offer != nil }, widget.Titled(widget.W("settings.keys.compare"), widget.Col(12,
		widget.Live(&m.Screen, func() fyne.CanvasObject {
			if m.Offer == nil {
				return widget.Col(0)
			}
			return widget.Col(6, widget.Fact(72, widget.W("settings.keys.says"), widget.Data(m.Offer.Name)), widget.Fact(72, widget.W("settings.keys.file"), widget.Data(m.File)))
		}),
		widget.Para(widget.W("settings.keys.how"), 0, widget.T13, widget.Ink2),
		widget.Field("settings.keys.typed", &m.Typed).Hint(widget.W("settings.keys.example")).OnEnter(m.Trust),
		widget.Wrapping(12, widget.Act(act.TrustKey, m.Trust, m.CanTrust), widget.Button(widget.Secondary, "", widget.W("act.cancel"), m.Cancel)))))
	done := saved(&m.Screen, func() bool { return m.Trusted != "" }, func() string { return widget.Book().Say("settings.keys.trusted", m.Trusted) })
	return settings(&m.Screen, tabs, nil, widget.Beside(440, 330, list, widget.Col(12, done, drop, offer)))
}

func keyRow(k model.TrustedKeyRow) fyne.CanvasObject {
	mark := widget.Mark(widget.Good, "check", widget.W("settings.keys.installed"))
	switch {
	case k.Retired:
		mark = widget.Mark(widget.Plain, "archive", widget.W("settings.keys.retired"))
	case k.Own:
		mark = widget.Mark(widget.Info, "key", widget.W("settings.keys.own"))
	}
	return widget.Pad(widget.Cells(keyColumns, widget.Text(widget.Data(k.Name), widget.T14, widget.Ink).Elide(),
		widget.Text(widget.Data(k.Fingerprint), widget.T13, widget.Ink2).Elide(), mark), 0, 16)
}
