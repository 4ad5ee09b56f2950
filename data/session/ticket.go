package session

import (
	"errors"
	"slices"

	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/data/view"
)

// TicketsAs is Tickets, bound to who asks.
//
//as:forward HandBlock Declare! ChooseTicket=Choose! EnterMark Propose! UndoMerge=Undo! ApproveMerge=Approve!
type TicketsAs struct{ as }

// Tickets finds numbers by their beginning, and those of whoever the words may mean.
func (a TicketsAs) Tickets(query string, limit int) (rows []view.TicketRow, err error) {
	list, err := a.services.Tickets.FindBy(a.ctx, a.who, query, limit)
	for _, f := range list {
		rows = append(rows, view.TicketRow{Ticket: f.Ticket, Name: f.Name, MaskedNumber: f.MaskedNumber})
	}
	return rows, err
}

// mostProposals is how many merges that wait are shown.
const mostProposals = 50

// Proposals lists the merges that wait to be approved.
func (a TicketsAs) Proposals() (rows []view.ProposalRow, err error) {
	list, err := a.services.Tickets.Proposed(a.ctx, a.who, mostProposals)
	for _, p := range list {
		rows = append(rows, view.ProposalRow{Merge: p.Merge, Name: p.Name, MaskedNumber: p.MaskedNumber})
	}
	return rows, err
}

// Blocks lists the blocks handed out, this machine's first, then those with the fewest left.
func (a TicketsAs) Blocks() (rows []view.BlockRow, err error) {
	low := 0 // of the programmes that give numbers, the most careful
	for _, pack := range a.services.Policy.InForce() {
		low = max(low, pack.Tickets.Low)
	}
	list, err := a.services.Tickets.Blocks(a.ctx, a.who)
	for _, b := range list {
		if b.Left() == 0 {
			continue // used up, or carried to a kiosk whole
		}
		rows = append(rows, view.BlockRow{Block: b, Low: b.Low(low), Here: b.Desk == a.who.Machine})
	}
	slices.SortStableFunc(rows, func(x, y view.BlockRow) int {
		if x.Here != y.Here {
			if x.Here {
				return -1
			}
			return 1
		}
		return x.Left() - y.Left()
	})
	return rows, err
}

// PersonTickets is everything about one person's ticket numbers.
func (a TicketsAs) PersonTickets(p id.Person) (v view.PersonTickets, err error) {
	f, err := a.services.People.Show(a.ctx, a.who, p)
	if err != nil {
		return v, err
	}
	v.Person, v.Name, v.MaskedNumber = p, f.Person.Name, identity.Mask(f.Person.Number)
	if v.List, err = a.services.Tickets.Of(a.ctx, a.who, p); err != nil {
		return v, err
	}
	if v.Marks, err = a.services.Tickets.Marks(a.ctx, a.who, p); err != nil {
		return v, err
	}
	merges, err := a.services.Tickets.Merges(a.ctx, a.who, p)
	if err != nil {
		return v, err
	}
	if len(merges) > 0 {
		v.Merge = &merges[0]
	}
	m, err := a.services.Tickets.Preview(a.ctx, a.who, p)
	switch {
	case err == nil:
		v.Preview = &m
	case !errors.Is(err, enrolment.ErrNoneChosen) && !errors.Is(err, enrolment.ErrMergeNothing) && !errors.Is(err, service.ErrNoTickets):
		return v, err
	}
	return v, nil
}
