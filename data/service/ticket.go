package service

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/store"
)

// Tickets is the service for ticket numbers (准考证号).
type Tickets struct{ *core }

// ErrNoTickets is for a pack that gives no ticket numbers.
var ErrNoTickets = fault.New(fault.Refused, "enrolment.no-tickets")

// ticketPack is the pack in force whose programme gives ticket numbers, the institution's first of
// them in front.
func (c *core) ticketPack() (*policy.Pack, error) {
	if len(c.packs().Programmes()) == 0 {
		return nil, ErrNoPack
	}
	for _, p := range c.packs().InForceAll(c.today()) {
		if p.Tickets.Format != "" {
			return p, nil
		}
	}
	return nil, ErrNoTickets
}

// giveTicket generates somebody's number by one pack, out of this machine's block.
func (c *core) giveTicket(tx *changing, p id.Person, pack *policy.Pack, venue id.Venue) (t enrolment.Ticket, err error) {
	tx.pack = pack.String()
	rules, programme := pack.Tickets, pack.Enrolment.Programme
	own, err := tx.Tickets.Of(p)
	if err != nil {
		return t, err
	}
	for _, o := range own {
		if o.Programme == programme && o.Usable() {
			return o, nil
		}
	}
	district := rules.District
	if venue != "" {
		v, err := tx.Identity.Venue(venue)
		if err != nil {
			return t, err
		}
		if v.District != "" {
			district = v.District
		}
	}
	return c.draw(tx, rules, enrolment.TicketRequest{
		Person: p, Programme: programme, District: district, Confirmed: true, At: c.now().UTC(), By: tx.who.Login, Machine: c.machine,
	})
}

// draw takes the next number of this machine's block; when it is used up, the next block is
// handed to the machine, for within one store blocks never overlap.
func (c *core) draw(tx *changing, rules policy.Tickets, r enrolment.TicketRequest) (t enrolment.Ticket, err error) {
	b, err := c.block(tx, rules, c.machine, r.District)
	if err != nil {
		return t, err
	}
	for range b.Left() {
		before := b.Version
		var next enrolment.Block
		if t, next, err = rules.Format.Generate(r, b, nil); err != nil {
			return t, err
		}
		t.Number = enrolment.PlainTicket(t.Number) // as it is looked up; a paper writes it in groups
		if err := tx.Tickets.UpdateBlock(&next, before); err != nil {
			return t, err
		}
		tx.drewBlock(next)
		if _, err = tx.Tickets.Get(t.Number); errors.Is(err, enrolment.ErrNoTicket) {
			tx.about("ticket", r.Person, "generated")
			return t, tx.Tickets.Add(&t)
		}
		if err != nil {
			return t, err
		}
		b = next // somebody brought this number from elsewhere: the next one
	}
	return t, enrolment.ErrBlockEmpty
}

// block is a machine's block with a number left, made if there is none.
func (c *core) block(tx *changing, rules policy.Tickets, desk, district string) (b enrolment.Block, err error) {
	if err := c.catchUpBlocks(tx); err != nil {
		return b, err
	}
	if err := tx.Tickets.Whole(); err != nil {
		return b, err
	}
	list, err := tx.Tickets.Blocks()
	if err != nil {
		return b, err
	}
	year := c.today().Year()
	for _, b := range list {
		if b.Desk == desk && b.District == district && b.Year == year && b.Left() > 0 {
			return b, nil
		}
	}
	if b, err = rules.Format.NewBlock(list, desk, district, year, rules.Block); err != nil {
		return b, err
	}
	tx.drewBlock(b)
	return b, tx.Tickets.AddBlock(&b)
}

// Of lists a person's ticket numbers (H-07).
func (s *Tickets) Of(ctx context.Context, who access.Who, p id.Person) (list []enrolment.Ticket, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		list, err = tx.Tickets.Of(p)
		return err
	})
	return list, err
}

// Found is a ticket number with whose it is.
type Found struct {
	enrolment.Ticket
	Name, MaskedNumber string
}

// Find looks ticket numbers up by their beginning.
func (s *Tickets) Find(ctx context.Context, who access.Who, beginning string, limit int) (list []Found, err error) {
	beginning = enrolment.PlainTicket(beginning)
	if len(beginning) < 3 {
		return nil, nil
	}
	err = s.look(ctx, who, act.FindTicket, "", func(tx *store.Tx) error {
		tickets, err := tx.Tickets.Find(beginning, limit)
		if err != nil {
			return err
		}
		for _, t := range tickets {
			w, err := tx.People.Get(t.Person)
			if errors.Is(err, person.ErrNoPerson) {
				continue // deleted: the number stays used for ever
			}
			if err != nil {
				return err
			}
			list = append(list, Found{t, w.Name, identity.Mask(w.Number)})
		}
		return nil
	})
	return list, err
}

// Declare records a number someone brings (H-01, H-05). A learner only claims it, until a clerk who
// has seen the ticket declares it too; what a learner claimed gives way to that, whoever they are.
// A learner is told nothing of whose a number is.
func (s *Tickets) Declare(ctx context.Context, who access.Who, p id.Person, number, district string, e ...id.Enrolment) (t enrolment.Ticket, err error) {
	seen := who.Role != access.Learner
	r := enrolment.TicketRequest{Person: p, District: strings.TrimSpace(district), Seen: seen, At: s.now().UTC(), By: who.Login, Machine: s.machine}
	err = s.doFor(ctx, who, act.DeclareTicket, p, func(tx *changing) error {
		pack, err := s.ticketsOf(tx.Tx, p, e...)
		if err != nil {
			return err
		}
		r.Programme, tx.pack = pack.Enrolment.Programme, pack.String()
		if seen {
			if err := dropClaim(tx, number); err != nil {
				return err
			}
		}
		own, err := tx.Tickets.Of(p)
		if err != nil {
			return err
		}
		if t, err = r.Declare(number, own); err != nil {
			return err
		}
		tx.about("ticket", p, string(t.State))
		if err = tx.Tickets.Add(&t); !seen && errors.Is(err, enrolment.ErrTicketUsed) {
			return enrolment.ErrTicketAsk
		}
		if err == nil && seen {
			err = passSeen(tx, pack.Tickets.Format, t.Number)
		}
		return err
	})
	if err != nil {
		return enrolment.Ticket{}, err
	}
	return t, nil
}

// passSeen moves a block past a number of its own that somebody brings: it was given once, by a
// store that knew more than this one does.
func passSeen(tx *changing, format enrolment.TicketFormat, number string) error {
	district, year, seq, ok := format.Reads(number)
	if !ok {
		return nil
	}
	blocks, err := tx.Tickets.Blocks()
	if err != nil {
		return err
	}
	for _, b := range blocks {
		if (district == "" || b.District == district) && (year == 0 || b.Year == year) && seq >= b.Next && seq <= b.To {
			after := b.Past(seq)
			tx.notedBehind(int64(after.Next - b.Next))
			tx.drewBlock(after)
			return tx.Tickets.UpdateBlock(&after, b.Version)
		}
	}
	return nil
}

// dropClaim takes away what a learner claimed of a number, if anything: nothing stands under it.
func dropClaim(tx *changing, number string) error {
	t, err := tx.Tickets.Get(enrolment.PlainTicket(number))
	switch {
	case errors.Is(err, enrolment.ErrNoTicket):
		return nil
	case err != nil || t.State != enrolment.TicketClaimed:
		return err
	}
	tx.about("ticket", t.Person, "claim-dropped")
	return tx.Tickets.DropClaim(&t)
}

// Choose locks one of a person's numbers for good; the others wait to be merged (H-06).
func (s *Tickets) Choose(ctx context.Context, who access.Who, p id.Person, number string) (list []enrolment.Ticket, err error) {
	err = s.doFor(ctx, who, act.ChooseTicket, p, func(tx *changing) error {
		own, err := tx.Tickets.Of(p)
		if err != nil {
			return err
		}
		if list, err = enrolment.Choose(own, number); err != nil {
			return err
		}
		tx.about("ticket", p, string(enrolment.TicketLocked))
		return updateTickets(tx, own, list)
	})
	return list, err
}

func updateTickets(tx *changing, before, after []enrolment.Ticket) error {
	for i := range after {
		if after[i].Version == before[i].Version {
			continue
		}
		if err := tx.Tickets.Update(&after[i]); err != nil {
			return err
		}
	}
	return nil
}

// EnterMark keeps a mark under a person's number.
func (s *Tickets) EnterMark(ctx context.Context, who access.Who, p id.Person, m enrolment.Mark) error {
	if err := m.Check(s.today()); err != nil {
		return err
	}
	return s.do(ctx, who, act.EnterMark, func(tx *changing) error {
		holder, err := tx.People.Get(p)
		if err != nil {
			return err
		}
		if err := day.Sat.Check(m.SatOn, s.today(), holder.Birth); err != nil {
			return err
		}
		m.Ticket = enrolment.PlainTicket(m.Ticket)
		t, err := tx.Tickets.Get(m.Ticket)
		if err != nil {
			return err
		}
		switch {
		case t.Person != p:
			return enrolment.ErrNoTicket
		case t.State == enrolment.TicketVoid:
			return enrolment.ErrTicketVoid
		case t.State == enrolment.TicketClaimed:
			return enrolment.ErrTicketClaimed
		}
		tx.about("mark", p, m.SatOn.String())
		return tx.Tickets.PutMark(m)
	})
}

// Marks lists the marks under all of a person's numbers.
func (s *Tickets) Marks(ctx context.Context, who access.Who, p id.Person) (list []enrolment.Mark, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		list, err = marksOf(tx, p)
		return err
	})
	return list, err
}

// sides are the chosen number of a person, the others that can be merged into it, and all marks.
func sides(tx *store.Tx, p id.Person, programme string) (keep enrolment.Ticket, others []enrolment.Ticket, marks []enrolment.Mark, err error) {
	own, err := tx.Tickets.Of(p)
	if err != nil {
		return keep, nil, nil, err
	}
	for _, t := range own {
		if t.Programme != programme || !t.Usable() {
			continue
		}
		if t.State == enrolment.TicketLocked {
			keep = t
		} else {
			others = append(others, t)
		}
		some, err := tx.Tickets.Marks(t.Number)
		if err != nil {
			return keep, nil, nil, err
		}
		marks = append(marks, some...)
	}
	return keep, others, marks, nil
}

// Preview shows what merging a person's numbers would give; nothing is kept (H-06).
func (s *Tickets) Preview(ctx context.Context, who access.Who, p id.Person, e ...id.Enrolment) (m enrolment.Merge, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		pack, err := s.ticketsOf(tx, p, e...)
		if err != nil {
			return err
		}
		keep, others, marks, err := sides(tx, p, pack.Enrolment.Programme)
		if err != nil {
			return err
		}
		m, err = enrolment.Preview(keep, others, marks)
		return err
	})
	return m, err
}

// Propose keeps what Preview shows, for a reviewer to approve; it can be undone until then.
func (s *Tickets) Propose(ctx context.Context, who access.Who, p id.Person, e ...id.Enrolment) (m enrolment.Merge, err error) {
	err = s.doFor(ctx, who, act.ProposeMerge, p, func(tx *changing) error {
		before, err := tx.Tickets.Merges(p)
		if err != nil {
			return err
		}
		for _, b := range before {
			if b.State == enrolment.MergeProposed {
				return enrolment.ErrMergeOpen
			}
		}
		pack, err := s.ticketsOf(tx.Tx, p, e...)
		if err != nil {
			return err
		}
		tx.pack = pack.String()
		keep, others, marks, err := sides(tx.Tx, p, pack.Enrolment.Programme)
		if err != nil {
			return err
		}
		if m, err = enrolment.Preview(keep, others, marks); err != nil {
			return err
		}
		m.ID, m.Proposer = string(id.New[id.Merge]()), who.Login
		tx.about(m.ID, p, string(m.State))
		return tx.Tickets.PutMerge(&m)
	})
	return m, err
}

// Merges lists a person's merges, newest first.
func (s *Tickets) Merges(ctx context.Context, who access.Who, p id.Person) (list []enrolment.Merge, err error) {
	err = s.look(ctx, who, act.ShowPerson, p, func(tx *store.Tx) error {
		list, err = tx.Tickets.Merges(p)
		return err
	})
	return list, err
}

// Proposal is a merge that waits to be approved, with whose numbers it is about.
type Proposal struct {
	enrolment.Merge
	Name, MaskedNumber string
}

// Proposed lists the merges that wait to be approved, oldest first.
func (s *Tickets) Proposed(ctx context.Context, who access.Who, limit int) (list []Proposal, err error) {
	err = s.look(ctx, who, act.FindTicket, "", func(tx *store.Tx) error {
		merges, err := tx.Tickets.Proposed(limit)
		if err != nil {
			return err
		}
		for _, m := range merges {
			w, err := tx.People.Get(m.Person)
			if errors.Is(err, person.ErrNoPerson) {
				continue
			}
			if err != nil {
				return err
			}
			list = append(list, Proposal{m, w.Name, identity.Mask(w.Number)})
		}
		return nil
	})
	return list, err
}

// Undo takes a proposal back.
func (s *Tickets) Undo(ctx context.Context, who access.Who, merge id.Merge, why string) (m enrolment.Merge, err error) {
	err = s.do(ctx, who, act.UndoMerge, func(tx *changing) error {
		if m, err = tx.Tickets.Merge(merge); err != nil {
			return err
		}
		if m, err = m.Undo(why, who.Login, s.now().UTC()); err != nil {
			return err
		}
		tx.about(m.ID, m.Person, string(m.State))
		return tx.Tickets.PutMerge(&m)
	})
	if err != nil {
		return enrolment.Merge{}, err
	}
	return m, nil
}

// Approve makes a merge final: the marks come to the chosen number, the others are void.
func (s *Tickets) Approve(ctx context.Context, who access.Who, merge id.Merge) (m enrolment.Merge, err error) {
	err = s.do(ctx, who, act.ApproveMerge, func(tx *changing) error {
		if m, err = tx.Tickets.Merge(merge); err != nil {
			return err
		}
		keep, others, marks, err := sides(tx.Tx, m.Person, m.Programme)
		if err != nil {
			return err
		}
		before := append([]enrolment.Ticket{keep}, others...)
		var after []enrolment.Ticket
		if m, after, err = m.Approve(before, marks, who.Login, s.now().UTC()); err != nil {
			return err
		}
		own, err := tx.fourEyes(m.Person, m.Proposer)
		if err != nil {
			return err
		}
		tx.about(m.ID, m.Person, strings.TrimSpace(string(m.State)+" "+own))
		if err := updateTickets(tx, before, after); err != nil {
			return err
		}
		if err := tx.Tickets.ReplaceMarks(m.Keep, m.Marks()); err != nil {
			return err
		}
		return tx.Tickets.PutMerge(&m)
	})
	return m, err
}

// Blocks lists the blocks of ticket numbers handed out.
func (s *Tickets) Blocks(ctx context.Context, who access.Who) (list []enrolment.Block, err error) {
	err = s.look(ctx, who, act.FindTicket, "", func(tx *store.Tx) error {
		list, err = tx.Tickets.Blocks()
		return err
	})
	return list, err
}

// HandBlock hands a desk, or a kiosk, a block of its own; size 0 is the pack's.
func (s *Tickets) HandBlock(ctx context.Context, who access.Who, desk, district string, size int) (b enrolment.Block, err error) {
	pack, err := s.ticketPack()
	if err != nil {
		return b, err
	}
	rules := pack.Tickets
	if district == "" {
		district = rules.District
	}
	if size == 0 {
		size = rules.Block
	}
	err = s.do(ctx, who, act.HandBlock, func(tx *changing) error {
		if err := s.catchUpBlocks(tx); err != nil {
			return err
		}
		if err := tx.Tickets.Whole(); err != nil {
			return err
		}
		list, err := tx.Tickets.Blocks()
		if err != nil {
			return err
		}
		if b, err = rules.Format.NewBlock(list, desk, district, s.today().Year(), size); err != nil {
			return err
		}
		tx.about(b.ID, "", district)
		tx.drewBlock(b)
		return tx.Tickets.AddBlock(&b)
	})
	return b, err
}

// figureText writes a limit of a zone so that it reads back the same.
func figureText(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
