package shell

import (
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// Tickets finds numbers by their beginning, and those of whoever the words may mean.
func (a *asks) Tickets(query string, limit int) (rows []model.TicketRow, err error) {
	list, err := a.services.Tickets.FindBy(ctx, a.who, query, limit)
	for _, f := range list {
		rows = append(rows, model.TicketRow{Ticket: f.Ticket, Name: f.Name, MaskedNumber: f.MaskedNumber})
	}
	return rows, err
}

// mostProposals is how many merges that wait are shown.
const mostProposals = 50

// Proposals lists the merges that wait to be approved.
func (a *asks) Proposals() (rows []model.ProposalRow, err error) {
	list, err := a.services.Tickets.Proposed(ctx, a.who, mostProposals)
	for _, p := range list {
		rows = append(rows, model.ProposalRow{Merge: p.Merge, Name: p.Name, MaskedNumber: p.MaskedNumber})
	}
	return rows, err
}

// waitingMerges is how many merges wait for whoever may approve them.
func (a *asks) waitingMerges() (int, error) {
	if !a.who.Role.May(act.ApproveMerge) {
		return 0, nil
	}
	list, err := a.Proposals()
	return len(list), err
}

// Blocks lists the blocks handed out, this machine's first, then those with the fewest left.
func (a *asks) Blocks() (rows []model.BlockRow, err error) {
	low := 0 // of the programmes that give numbers, the most careful
	for _, pack := range a.services.Policy.InForce() {
		low = max(low, pack.Tickets.Low)
	}
	list, err := a.services.Tickets.Blocks(ctx, a.who)
	for _, b := range list {
		if b.Left() == 0 {
			continue // used up, or carried to a kiosk whole
		}
		rows = append(rows, model.BlockRow{Block: b, Low: b.Low(low), Here: b.Desk == a.who.Machine})
	}
	slices.SortStableFunc(rows, func(x, y model.BlockRow) int {
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

// HandBlock hands a desk a block of its own.
func (a *asks) HandBlock(desk, district string, size int) (enrolment.Block, error) {
	return a.services.Tickets.HandBlock(ctx, a.who, desk, district, size)
}

// PersonTickets is everything about one person's ticket numbers.
func (a *asks) PersonTickets(p id.Person) (v model.PersonTickets, err error) {
	f, err := a.services.People.Show(ctx, a.who, p)
	if err != nil {
		return v, err
	}
	v.Person, v.Name, v.MaskedNumber = p, f.Person.Name, identity.Mask(f.Person.Number)
	if v.List, err = a.services.Tickets.Of(ctx, a.who, p); err != nil {
		return v, err
	}
	if v.Marks, err = a.services.Tickets.Marks(ctx, a.who, p); err != nil {
		return v, err
	}
	merges, err := a.services.Tickets.Merges(ctx, a.who, p)
	if err != nil {
		return v, err
	}
	if len(merges) > 0 {
		v.Merge = &merges[0]
	}
	m, err := a.services.Tickets.Preview(ctx, a.who, p)
	switch {
	case err == nil:
		v.Preview = &m
	case !errors.Is(err, enrolment.ErrNoneChosen) && !errors.Is(err, enrolment.ErrMergeNothing) && !errors.Is(err, service.ErrNoTickets):
		return v, err
	}
	return v, nil
}

// Declare records a number someone brings.
func (a *asks) Declare(p id.Person, number, district string) error {
	_, err := a.services.Tickets.Declare(ctx, a.who, p, number, district)
	return err
}

// ChooseTicket locks one of a person's numbers for good.
func (a *asks) ChooseTicket(p id.Person, number string) error {
	_, err := a.services.Tickets.Choose(ctx, a.who, p, number)
	return err
}

// EnterMark keeps a mark.
func (a *asks) EnterMark(p id.Person, m enrolment.Mark) error {
	return a.services.Tickets.EnterMark(ctx, a.who, p, m)
}

// Propose keeps a merge for a reviewer to approve.
func (a *asks) Propose(p id.Person) error {
	_, err := a.services.Tickets.Propose(ctx, a.who, p)
	return err
}

// UndoMerge takes a proposal back.
func (a *asks) UndoMerge(m id.Merge, why string) error {
	_, err := a.services.Tickets.Undo(ctx, a.who, m, why)
	return err
}

// ApproveMerge makes a merge final.
func (a *asks) ApproveMerge(m id.Merge) error {
	_, err := a.services.Tickets.Approve(ctx, a.who, m)
	return err
}

// OpenTickets shows the ticket numbers.
func (d *DeskShell) OpenTickets() { d.openTickets() }

func (d *DeskShell) openTickets() *model.TicketDesk {
	m := model.NewTicketDesk(d.asks, d.asks.who.Role.May(act.HandBlock), d.Run)
	var first fyne.Focusable
	d.Walk.Go("ticket.list", screen.TicketDesk(m, func(r model.TicketRow) { d.OpenPersonTickets(r.Person, m.Load) },
		func(r model.ProposalRow) { d.OpenPersonTickets(r.Person, m.Load) }, &first), m.Leave)
	d.Focus(first)
	return m
}

// OpenPersonTickets goes on to one person's ticket numbers; done is called when they are left.
func (d *DeskShell) OpenPersonTickets(p id.Person, done func()) *model.TicketPerson {
	m := model.NewTicketPerson(d.asks, p, d.asks.who.Role.May(act.ApproveMerge), d.Run)
	d.Walk.On("ticket.person", d.withBack(screen.TicketPerson(m, func() { d.OpenPerson(p) })), func() {
		m.Leave()
		if done != nil {
			done()
		}
	})
	return m
}
