package screen

import (
	"strings"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// SettingsPacks shows the rules in force in words, those before them, and what a new pack would
// change.
func SettingsPacks(m *model.SettingsPacks, tabs Tabs) fyne.CanvasObject {
	main := widget.Live(&m.Screen, func() fyne.CanvasObject {
		switch {
		case !m.Loaded && m.Busy():
			return widget.Working(&m.Screen)
		case m.Rehearsed != nil:
			return rehearsal(m)
		case m.Offer != nil:
			return packChanges(m)
		}
		p, ok := m.Packs.Row()
		if !ok {
			return widget.Empty("book", widget.W("settings.packs.none"), widget.W("settings.packs.none.hint"))
		}
		if p.Unread != nil {
			return packUnread(p)
		}
		return packFigures(p)
	})
	drop := widget.When(func() bool { return m.Offer == nil }, widget.DropZone("book", widget.W("settings.packs.drop"), widget.W("settings.packs.drop.hint"),
		widget.Button(widget.Secondary, "file", widget.W("settings.packs.choose"), m.Choose)))
	offer := widget.When(func() bool { return m.Offer != nil }, widget.Titled(widget.W("settings.packs.new"), widget.Col(12,
		widget.Text(func() string { return m.File }, widget.T13, widget.Ink2).Elide(),
		widget.Para(widget.W("settings.packs.keeps"), 0, widget.T13, widget.Ink2),
		widget.Act(act.InstallPack, m.Install, m.CanInstall), widget.Button(widget.Secondary, "", widget.W("act.cancel"), m.Cancel))))
	try := widget.Live(&m.Screen, func() fyne.CanvasObject { return packWhom(m) })
	kept := widget.Live(&m.Screen, func() fyne.CanvasObject { return packList(m) })
	done := saved(&m.Screen, func() bool { return m.Installed != "" }, func() string { return widget.Book().Say("settings.packs.installed", m.Installed) })
	adopted := saved(&m.Screen, func() bool { return m.Adopted != "" }, func() string { return widget.Book().Say("settings.packs.adopted", m.AdoptedVersion()) })
	return settings(&m.Screen, tabs, nil, widget.Beside(440, 300, widget.Col(0, main), widget.Col(16, done, adopted, offer, try, kept, drop)))
}

// packWhom rehearses a version, and moves everybody to the one that was rehearsed.
func packWhom(m *model.SettingsPacks) fyne.CanvasObject {
	col := widget.Col(12, widget.Para(widget.W("settings.packs.whom.hint"), 0, widget.T13, widget.Ink2))
	switch {
	case m.Rehearsed != nil:
		if m.CanAdopt() {
			col.Add(widget.Act(act.AdoptPack, m.Adopt, m.CanAdopt))
		}
		col.Add(widget.Wrapping(12,
			widget.Button(widget.Secondary, "export", widget.W("settings.packs.save"), func() { m.Keep(widget.Book().Say("settings.packs.save-name")) }),
			widget.Button(widget.Secondary, "", widget.W("act.close"), m.Cancel)))
	case m.CanRehearse():
		col.Add(widget.Button(widget.Secondary, "eye", widget.W("pack.rehearse"), m.Rehearse))
	default:
		return widget.Col(0)
	}
	if m.Kept != "" {
		col.Add(widget.Text(widget.Data(m.Kept), widget.T12, widget.Ink3).Elide())
	}
	return widget.Titled(widget.W("settings.packs.whom"), col)
}

// figureName is a figure in words; one without words is named as the pack does.
func figureName(name string) widget.Words {
	return func() string {
		if key := "policy.figure." + name; widget.Book().Has(key) {
			return widget.Book().Say(key)
		}
		return name
	}
}

func figureValue(v string) widget.Words {
	return func() string {
		if v == "" {
			return "–"
		}
		return widget.Book().FigureValue(v)
	}
}

var figureColumns = []float32{0, 170, 70, 110}

func packFigures(p model.PackView) fyne.CanvasObject {
	b := widget.Book()
	name := p.Name
	if b.English() {
		name = p.NameEn
	}
	about := widget.Card(widget.Pad(widget.Col(6, widget.Para(widget.Data(name), 0, widget.T16, widget.Ink).Bold(),
		widget.Fact(72, widget.W("settings.packs.version"), widget.Data(p.Version+"　"+b.Date(p.Issued))),
		widget.Fact(72, widget.W("settings.packs.from"), widget.Data(b.Date(p.From))),
		widget.Fact(72, widget.W("settings.packs.enrolled"), widget.W("count.people", p.Enrolled)),
		widget.Fact(72, widget.W("settings.packs.sum"), widget.Data(p.SHA256)),
		widget.Fact(72, widget.W("settings.packs.sources"), widget.Data(strings.Join(p.Sources, "；")))), 14, 16))
	var rows []fyne.CanvasObject
	for _, f := range p.Figures {
		rows = append(rows, widget.Fix(0, 36, widget.Pad(widget.Cells(figureColumns, widget.Text(figureName(f.Name), widget.T14, widget.Ink).Elide(),
			widget.Bold(figureValue(f.Value), widget.T14).Elide(), widget.Text(figureSource(f), widget.T13, widget.Ink2),
			widget.Text(widget.Data(f.Since.String()), widget.T13, widget.Ink3)), 0, 16)))
	}
	head := widget.Head(figureColumns, widget.W("settings.packs.figure"), widget.W("settings.packs.value"), widget.W("settings.packs.source"), widget.W("settings.packs.since"))
	return widget.Col(16, about, widget.Card(widget.Col(0, head, widget.Ruled(rows...))))
}

// figureSource is the rule a figure comes from, or that the program puts it there.
func figureSource(f model.PackFigure) widget.Words {
	if f.Default {
		return widget.W("settings.packs.default")
	}
	return widget.Data(f.Source)
}

// packUnread says of a pack that it can't be read, and why.
func packUnread(p model.PackView) fyne.CanvasObject {
	line, hint := widget.Book().Fault(p.Unread)
	return widget.Strip(widget.Warn, "alert", widget.Data(line), widget.Data(hint))
}

var packChangeColumns = []float32{0, 120, 120, 70}

func packChanges(m *model.SettingsPacks) fyne.CanvasObject {
	if m.Fresh() {
		return widget.Col(16, widget.Strip(widget.Info, "dot", widget.W("settings.packs.fresh"), widget.W("settings.packs.fresh.hint")), packFigures(*m.Offer))
	}
	title := widget.W("settings.packs.changes", m.Offer.Version, len(m.Changes))
	if len(m.Changes) == 0 {
		return widget.Strip(widget.Info, "dot", title, widget.W("settings.packs.no-changes"))
	}
	var rows []fyne.CanvasObject
	for _, c := range m.Changes {
		rows = append(rows, widget.Fix(0, 36, widget.Pad(widget.Cells(packChangeColumns, widget.Text(figureName(c.Name), widget.T14, widget.Ink).Elide(),
			widget.Text(figureValue(c.Before), widget.T14, widget.Ink2).Elide(), widget.Bold(figureValue(c.After), widget.T14).Elide(),
			widget.Text(widget.Data(c.Source), widget.T13, widget.Ink3)), 0, 16)))
	}
	head := widget.Head(packChangeColumns, widget.W("settings.packs.figure"), widget.W("settings.packs.before"), widget.W("settings.packs.after"), widget.W("settings.packs.source"))
	return widget.Card(widget.Col(0, widget.Pad(widget.Bold(title, widget.T16), 12, 16), head, widget.Ruled(rows...)))
}

// packMark says where a pack stands.
func packMark(p model.PackView) fyne.CanvasObject {
	switch p.State {
	case model.PackInForce:
		return widget.Mark(widget.Good, "check", widget.W("settings.packs.in-force"))
	case model.PackComing:
		return widget.Mark(widget.Info, "clock", widget.W("settings.packs.coming", widget.Book().Date(p.From)))
	case model.PackUnread:
		return widget.Mark(widget.Warn, "alert", widget.W("settings.packs.unread"))
	}
	return widget.Mark(widget.Plain, "archive", widget.W("settings.packs.earlier"))
}

var rehearsalColumns = []float32{0, 150, 130, 130}

// rehearsal is whom a version would touch, from what to what.
func rehearsal(m *model.SettingsPacks) fyne.CanvasObject {
	v := m.Rehearsed
	title := widget.W("settings.packs.rehearsed", v.Looked, v.Changed)
	if len(v.Rows) == 0 {
		return widget.Strip(widget.Good, "check", title, widget.W("settings.packs.nobody"))
	}
	var rows []fyne.CanvasObject
	for _, r := range v.Rows {
		rows = append(rows, widget.Fix(0, 44, widget.Pad(widget.Cells(rehearsalColumns,
			widget.Col(-1, widget.Text(widget.Data(r.Name), widget.T14, widget.Ink).Elide(), widget.Text(widget.Data(r.MaskedNumber), widget.T12, widget.Ink3).Elide()),
			widget.Text(widget.Data(r.What), widget.T13, widget.Ink2).Elide(), widget.Text(widget.Data(r.Before), widget.T14, widget.Ink2).Elide(), widget.Bold(widget.Data(r.After), widget.T14).Elide()), 0, 16)))
	}
	col := widget.Col(0, widget.Pad(widget.Bold(title, widget.T16), 12, 16),
		widget.Head(rehearsalColumns, widget.W("person.name"), widget.W("rehearsal.column.what"), widget.W("settings.packs.before"), widget.W("settings.packs.after")), widget.Ruled(rows...))
	if more := v.More; more > 0 {
		col.Add(widget.Pad(widget.Para(widget.W("settings.packs.more", more), 0, widget.T13, widget.Ink2), 12, 16))
	}
	return widget.Card(col)
}

// packList names the packs that are kept; decisions made by an earlier one still name it.
func packList(m *model.SettingsPacks) fyne.CanvasObject {
	if len(m.Packs.Rows) == 0 {
		return widget.Col(0)
	}
	var rows []fyne.CanvasObject
	for i, p := range m.Packs.Rows {
		name := p.Name
		if widget.Book().English() {
			name = p.NameEn
		}
		row := widget.TwoLines(nil, widget.Data(name), widget.Data(p.Version+"　"+widget.Book().Moment(p.InstalledAt)), packMark(p))
		rows = append(rows, widget.TapRow(widget.Pad(row, 0, 8), func() { m.Packs.Select(i); m.Changed() }, func() bool { return m.Packs.Selected() == i }))
	}
	return widget.Titled(widget.W("settings.packs.kept"), widget.Ruled(rows...))
}
