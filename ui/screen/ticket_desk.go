package screen

import (
	"fmt"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// TicketDesk is where ticket numbers are looked up, merges wait, and blocks are handed out. open
// opens the numbers of the person of a row, or of a merge.
func TicketDesk(m *model.TicketDesk, found func(model.TicketRow), proposal func(model.ProposalRow), first *fyne.Focusable) fyne.CanvasObject {
	query := widget.Field("ticket.query", &m.Query).Note(widget.W("ticket.query.note")).OnEnter(func() {
		if len(m.Found) > 0 {
			found(m.Found[0])
		}
	})
	*first = query.Entry
	list := widget.ListCard(&m.Screen, widget.ListOf{
		Head:   widget.Head(ticketColumns, widget.W("ticket.number"), widget.W("person.name"), widget.W("ticket.stands"), widget.Data("")),
		Height: 52, Count: func() int { return len(m.Found) },
		Row: func(i int) fyne.CanvasObject { return ticketRow(m.Found[i]) },
		Open: func(i int) {
			if i < len(m.Found) {
				found(m.Found[i])
			}
		},
		Empty: func() fyne.CanvasObject {
			if m.Asked {
				return widget.Empty("search", widget.W("ticket.none"), widget.W("ticket.none.hint"))
			}
			return widget.Empty("ticket", widget.W("ticket.ask"), widget.W("ticket.ask.hint"))
		},
	})
	side := widget.Col(16, widget.Live(&m.Screen, func() fyne.CanvasObject { return ticketProposals(m, proposal) }), blockForm(m), widget.Live(&m.Screen, func() fyne.CanvasObject { return ticketBlocks(m) }))
	return widget.PageOf(&m.Screen, widget.Col(16, widget.Title(widget.W("place.ticket.list"), widget.Data("")), widget.Problem(&m.Screen, m.Load),
		widget.Grow(widget.Beside(520, 360, widget.Col(12, widget.AtMost(520, query), widget.Grow(list)), side))))
}

var ticketColumns = []float32{164, 0, 150, 28}

func ticketRow(r model.TicketRow) fyne.CanvasObject {
	return widget.Pad(widget.Cells(ticketColumns,
		widget.Bold(widget.Data(model.InGroups(r.Number)), widget.T14),
		widget.Pad(widget.Col(-1, widget.Text(widget.Data(r.Name), widget.T14, widget.Ink).Elide(), widget.Text(widget.Data(r.MaskedNumber), widget.T12, widget.Ink3).Elide()), 0, 8, 0, 0),
		ticketMark(r.State), widget.Icon("right", 16, widget.Ink3)), 0, 16)
}

// ticketMark says how a number stands.
func ticketMark(state model.TicketState) fyne.CanvasObject {
	words := widget.W("enrolment.ticket." + string(state))
	switch state {
	case model.TicketActive:
		return widget.Mark(widget.Good, "check", words)
	case model.TicketLocked:
		return widget.Mark(widget.Good, "lock", words)
	case model.TicketWaiting, model.TicketClaimed:
		return widget.Mark(widget.Warn, "clock", words)
	}
	return widget.Mark(widget.Plain, "cross", words)
}

// ticketProposals are the merges that wait to be approved.
func ticketProposals(m *model.TicketDesk, open func(model.ProposalRow)) fyne.CanvasObject {
	if len(m.Proposals) == 0 {
		return widget.Titled(widget.W("ticket.proposals"), widget.Para(widget.W("ticket.proposals.none"), 0, widget.T13, widget.Ink2))
	}
	var rows []fyne.CanvasObject
	for _, p := range m.Proposals {
		row := widget.TwoLines(nil, widget.Data(p.Name), widget.W("ticket.proposal", model.InGroups(p.Keep), len(p.Rows)), widget.Icon("right", 16, widget.Ink3))
		rows = append(rows, widget.Tappable(row, func() { open(p) }))
	}
	return widget.Titled(widget.W("ticket.proposals"), widget.Ruled(rows...), widget.ChipWith(widget.Warn, "clock", widget.W("list.total", len(m.Proposals))))
}

// blockForm hands out a block while it is open.
func blockForm(m *model.TicketDesk) fyne.CanvasObject {
	return widget.LiveBy(&m.Screen, func() string { return fmt.Sprintf("%p", m.Form) }, func() fyne.CanvasObject {
		f := m.Form
		if f == nil {
			return widget.Col(0)
		}
		return widget.Titled(widget.W(string(act.HandBlock)), widget.Col(12,
			widget.Field("ticket.block.desk", &f.Desk).Note(widget.W("ticket.block.desk.note")),
			widget.Even(12, widget.Field("venue.district", &f.District), widget.Field("ticket.block.size", &f.Size).OnEnter(f.Save)),
			widget.Para(widget.W("ticket.block.rest"), 0, widget.T12, widget.Ink3),
			widget.Wrapping(12, widget.Act(act.HandBlock, f.Save, f.CanSave), widget.Button(widget.Secondary, "", widget.W("act.close"), m.CloseForm))))
	})
}

// ticketBlocks are the blocks handed out, with how many numbers are left in each.
func ticketBlocks(m *model.TicketDesk) fyne.CanvasObject {
	col := widget.Col(10)
	if n := m.Low(); n > 0 {
		col.Add(widget.Strip(widget.Warn, "alert", widget.W("ticket.blocks.low", n), widget.W("ticket.blocks.low.hint")))
	}
	if m.Handed.Desk != "" {
		col.Add(widget.Mark(widget.Good, "check", widget.W("ticket.block.handed", m.Handed.Desk, m.Handed.From, m.Handed.To)))
	}
	var rows []fyne.CanvasObject
	for _, b := range m.Blocks {
		left := widget.Text(widget.W("ticket.block.left", b.Left()), widget.T13, widget.Ink2)
		if b.Low {
			left.Colour(widget.Amber)
		}
		name := widget.Row(6, widget.Grow(widget.Text(widget.Data(b.Desk), widget.T14, widget.Ink).Elide()))
		if b.Here {
			name.Add(widget.Chip(widget.Info, widget.W("ticket.block.here")))
		}
		part := func() float32 { return float32(b.Next-b.From) / float32(max(1, b.To-b.From+1)) }
		rows = append(rows, widget.Pad(widget.Col(4, name, widget.Row(8, widget.Grow(widget.Text(widget.W("ticket.block.of", b.District, b.Year, b.From, b.To), widget.T12, widget.Ink3).Elide()), left), widget.Progress(part)), 8, 0))
	}
	if len(rows) == 0 {
		col.Add(widget.Para(widget.W("ticket.blocks.none"), 0, widget.T13, widget.Ink2))
	}
	col.Add(widget.Ruled(rows...))
	var right []fyne.CanvasObject
	if m.May {
		right = append(right, widget.Link(widget.W(string(act.HandBlock)), m.OpenForm))
	}
	return widget.Titled(widget.W("ticket.blocks"), col, right...)
}
