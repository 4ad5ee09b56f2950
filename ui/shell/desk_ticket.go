package shell

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/data/id"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// OpenTickets shows the ticket numbers.
func (d *DeskShell) OpenTickets() { d.openTickets() }

func (d *DeskShell) openTickets() *model.TicketDesk {
	m := model.NewTicketDesk(d.asks.as().TicketsAs, d.asks.who.Role.May(act.HandBlock), d.Run)
	var first fyne.Focusable
	d.Walk.Go("ticket.list", screen.TicketDesk(m, func(r model.TicketRow) { d.OpenPersonTickets(r.Person, m.Load) },
		func(r model.ProposalRow) { d.OpenPersonTickets(r.Person, m.Load) }, &first), m.Leave)
	d.Focus(first)
	return m
}

// OpenPersonTickets goes on to one person's ticket numbers; done is called when they are left.
func (d *DeskShell) OpenPersonTickets(p id.Person, done func()) *model.TicketPerson {
	m := model.NewTicketPerson(d.asks.as().TicketsAs, p, d.asks.who.Role.May(act.ApproveMerge), d.Run)
	d.Walk.On("ticket.person", d.withBack(screen.TicketPerson(m, func() { d.OpenPerson(p) })), func() {
		m.Leave()
		if done != nil {
			done()
		}
	})
	return m
}
