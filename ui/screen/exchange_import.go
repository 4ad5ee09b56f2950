package screen

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// ExchangeImport is a place to drop a table on; then everything that would happen; then what
// happened.
func ExchangeImport(m *model.ExchangeImport) fyne.CanvasObject {
	drop := widget.When(func() bool { return !m.Read && !m.Busy() }, widget.DropZone("import", widget.W("exchange.import.drop"), widget.W("exchange.import.drop.hint"),
		widget.Button(widget.Primary, "file", widget.W("exchange.import.choose"), m.Choose).Main()))
	working := widget.When(m.Busy, widget.Live(&m.Screen, func() fyne.CanvasObject { return widget.Working(&m.Screen) }))
	head := widget.Head(importColumns, widget.W("exchange.import.line"), widget.W("exchange.import.verdict"), widget.W("person.name"), widget.W("person.number"), widget.W("hours.because"))
	rows := widget.ListCard(&m.Screen, widget.ListOf{
		Head: head, Height: 52, Count: func() int { return len(m.Rows.Rows) }, Row: func(i int) fyne.CanvasObject { return importRow(m, m.Rows.Rows[i]) },
		Empty: func() fyne.CanvasObject {
			return widget.Empty("check", widget.W("exchange.import.none-so"), widget.W("exchange.import.none-so.hint"))
		},
	})
	buttons := widget.Wrapping(12,
		widget.When(func() bool { return !m.Done && m.Drafts() == 0 && m.Handed.Records == 0 }, widget.Button(widget.Primary, "import", func() string { return widget.Book().Say("exchange.import.take", m.Good()) }, m.TakeIn).Main().When(m.CanTakeIn)),
		widget.When(func() bool { return m.Drafts() > 0 }, widget.Button(widget.Primary, "send", func() string { return widget.Book().Say("exchange.import.submit", m.Drafts()) }, m.Submit).Main().When(m.CanSubmit)),
		widget.When(func() bool { return m.Done && m.Drafts() == 0 }, widget.Button(widget.Primary, "file", widget.W("exchange.import.next"), m.Again).Main()),
		widget.When(func() bool { return m.Done && m.Drafts() > 0 }, widget.Button(widget.Secondary, "file", widget.W("exchange.import.next"), m.Again).Main()),
		widget.Button(widget.Secondary, "export", widget.W("exchange.import.keep"), func() { m.Keep(widget.Book().Say("exchange.import.keep-name")) }).When(m.CanKeep),
		widget.When(func() bool { return !m.Done }, widget.Button(widget.Secondary, "", widget.W("exchange.import.other"), m.Again)))
	which := widget.When(m.MayChoose, widget.Pick("person.programme", &m.Which))
	repeats := widget.When(m.MayRepeat, widget.Tick(&m.Repeats, widget.W("exchange.import.repeats"), widget.W("exchange.import.repeats.hint")))
	unlisted := widget.When(func() bool { return m.Unlisted() > 0 }, widget.Text(func() string {
		return widget.Book().Say("exchange.import.unlisted", len(m.Rows.Rows), m.Unlisted())
	}, widget.T13, widget.Ink2))
	preview := widget.When(func() bool { return m.Read && !m.Busy() }, widget.Col(16,
		widget.Live(&m.Screen, func() fyne.CanvasObject { return importOutcome(m) }),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return importCounts(m) }), which, repeats, buttons, unlisted, widget.Grow(rows)))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("exchange.import"), func() string { return m.File }),
		widget.Problem(&m.Screen, nil), drop, working, widget.Grow(preview)))
}

var importColumns = []float32{52, 100, 130, -180, 0}

func importRow(m *model.ExchangeImport, r model.ImportRow) fyne.CanvasObject {
	tone, icon := widget.Good, "plus"
	switch r.Verdict {
	case "changed":
		tone, icon = widget.Info, "swap"
	case "same":
		tone, icon = widget.Plain, "ring"
	case "refused":
		tone, icon = widget.Bad, "cross"
	}
	return widget.Pad(widget.Cells(importColumns, widget.Text(widget.Data(strconv.Itoa(r.Line)), widget.T13, widget.Ink3),
		widget.Mark(tone, icon, widget.W("exchange.verdict."+r.Verdict)), widget.Bold(widget.Data(r.Name), widget.T14).Elide(),
		widget.Text(widget.Data(r.MaskedNumber), widget.T13, widget.Ink2).Elide(), importSays(m, r)), 0, 16)
}

// importSays is what is to be said of a row; of the first refusal, what to do in a line of its own.
func importSays(m *model.ExchangeImport, r model.ImportRow) fyne.CanvasObject {
	if r.Before != nil || r.Note != nil {
		return importChanges(m, r)
	}
	if len(r.Why) == 0 && len(r.Told) > 0 { // each in a line of its own
		line, _ := widget.Book().Fault(r.Told[0])
		rest := r
		rest.Told = r.Told[1:]
		return widget.Col(-1, widget.Text(widget.Data(line), widget.T13, widget.Ink).Elide(), widget.Text(importWhy(rest), widget.T12, widget.Ink2).Elide())
	}
	if len(r.Why) == 0 {
		return widget.Text(importWhy(r), widget.T13, widget.Ink2).Elide()
	}
	line, hint := widget.Book().Fault(r.Why[0])
	if r.Cells[0] != "" {
		line = r.Cells[0] + " " + line
	}
	if len(r.Why) > 1 {
		hint = importWhy(model.ImportRow{Why: r.Why[1:], Cells: r.Cells[1:]})()
	}
	return widget.Col(-1, widget.Text(widget.Data(line), widget.T13, widget.Ink).Elide(), widget.Text(widget.Data(hint), widget.T12, widget.Ink2).Elide())
}

// importChanges is what a row changes of an hour record, old and new, over what that does to what was
// reviewed, or why it can't.
func importChanges(m *model.ExchangeImport, r model.ImportRow) fyne.CanvasObject {
	b := widget.Book()
	line, more := "", ""
	if r.Before != nil {
		line = b.Changes(*r.Before, *r.After, r.PerHour)
	}
	if r.Note != nil {
		more, _ = b.Fault(r.Note)
	}
	if len(r.Why) > 0 {
		why, hint := b.Fault(r.Why[0])
		more = why + b.Say("fault.join") + hint
	}
	if line == "" {
		line, more = more, ""
	}
	if more == "" {
		return widget.Text(widget.Data(line), widget.T13, widget.Ink).Elide()
	}
	return widget.Col(-1, widget.Text(widget.Data(line), widget.T13, widget.Ink).Elide(), widget.Text(widget.Data(more), widget.T12, widget.Ink2).Elide())
}

// importWhy says why a row is refused and what to do, or what of it changes.
func importWhy(r model.ImportRow) widget.Words {
	return func() string {
		b := widget.Book()
		var list []string
		for i, f := range r.Why {
			line, hint := b.Fault(f)
			if hint != "" && hint != line {
				line += b.Say("fault.join") + hint
			}
			if r.Cells[i] != "" {
				line = r.Cells[i] + " " + line
			}
			list = append(list, line)
		}
		for _, f := range r.Told {
			line, _ := b.Fault(f)
			list = append(list, line)
		}
		if len(r.Changes) > 0 {
			var names []string
			for _, c := range r.Changes {
				names = append(names, b.Say("exchange.column."+c))
			}
			list = append(list, b.Say("exchange.import.changes", strings.Join(names, b.Say("list.join"))))
		}
		if r.Mended > 0 {
			list = append(list, b.Say("exchange.import.mended", r.Mended))
		}
		return strings.Join(list, b.Say("list.and"))
	}
}

func importCounts(m *model.ExchangeImport) fyne.CanvasObject {
	cell := func(filter, key string, n int, tone widget.Tone) widget.Count {
		if n == 0 {
			tone = widget.Plain
		}
		return widget.Count{Figure: widget.Data(strconv.Itoa(n)), Name: widget.W(key), More: widget.W(key + ".more"), Tone: tone,
			Chosen: func() bool { return m.Filter == filter }, Tap: func() { m.Show(filter) }}
	}
	v := m.View
	return widget.CountStrip([]widget.Count{
		cell("", "exchange.import.all", v.Total(), widget.Plain), cell("new", "exchange.import.new", v.Added, widget.Plain),
		cell("changed", "exchange.import.changed", v.Changed, widget.Plain), cell("same", "exchange.import.same", v.Same, widget.Plain),
		cell("refused", "exchange.import.refused", v.Refused, widget.Bad),
	})
}

// importOutcome says in a sentence what would happen, or what happened.
func importOutcome(m *model.ExchangeImport) fyne.CanvasObject {
	kind := widget.W("exchange.kind." + m.View.Kind)
	if m.View.Kind == "" {
		kind = widget.Data("")
	}
	refused := widget.W("exchange.import.done.hint", m.View.Refused)
	if m.View.Refused == 0 {
		refused = widget.W("exchange.import.done.all")
	}
	ofKind := func(key string, figures ...any) widget.Words {
		return func() string { return kind() + widget.Book().Say(key, figures...) }
	}
	n := m.Drafts()
	switch m.Stand() {
	case model.ImportHandedIn:
		return widget.Strip(widget.Info, "clock", widget.W("exchange.import.submitted", m.Handed.Records), widget.W("hours.submitted.say", m.Handed.Records, m.Handed.Decided))
	case model.ImportLeft:
		return widget.Strip(widget.Warn, "draft", widget.W("exchange.import.done.drafts", m.Good(), n), func() string { return widget.Book().Say("exchange.import.drafts.hint", n) + refused() })
	case model.ImportDrafts:
		return widget.Strip(widget.Warn, "draft", ofKind("exchange.import.drafts", n), widget.W("exchange.import.drafts.hint", n))
	case model.ImportDone:
		return widget.Strip(widget.Good, "check", widget.W("exchange.import.done", m.Good()), refused)
	case model.ImportSome:
		return widget.Strip(widget.Warn, "eye", ofKind("exchange.import.some", m.View.Refused), widget.W("exchange.import.some.hint"))
	case model.ImportNothing:
		return widget.Strip(widget.Info, "dot", ofKind("exchange.import.nothing"), widget.W("exchange.import.nothing.hint"))
	}
	return widget.Strip(widget.Info, "dot", ofKind("exchange.import.good"), widget.W("exchange.import.good.hint"))
}
