package view

import (
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// Tickets is someone's ticket numbers, and what the pack gives.
type Tickets struct {
	State  identity.State
	List   []enrolment.Ticket
	Merges []enrolment.Merge // newest first
}

// TicketRow is one ticket number with whose it is.
type TicketRow struct {
	enrolment.Ticket
	Name, MaskedNumber string
}

// ProposalRow is one merge that waits to be approved.
type ProposalRow struct {
	enrolment.Merge
	Name, MaskedNumber string
}

// BlockRow is one block of numbers that was handed out.
type BlockRow struct {
	enrolment.Block
	Low  bool // few are left: ask for more in time
	Here bool // it is this machine's
}

// PersonTickets is everything about one person's ticket numbers.
type PersonTickets struct {
	Person             id.Person
	Name, MaskedNumber string
	List               []enrolment.Ticket
	Marks              []enrolment.Mark
	Merge              *enrolment.Merge // proposed, or the latest that was decided
	Preview            *enrolment.Merge // what merging would give now, if it can be merged
}
