package service

import (
	"errors"
	"slices"

	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/store"
)

// stateIn is somebody's state as one programme sees it: a confirmation counts for it only if it was made
// in a way that its pack accepts.
func (c *core) stateIn(tx *store.Tx, p person.Person, pack *policy.Pack) (identity.State, error) {
	s := p.State
	if s != identity.Confirmed {
		return s, nil
	}
	decided, err := tx.Identity.Decisions(p.ID)
	return pack.Identity.Confirming.As(s, decided), err
}

// stateAsked is somebody's state as all programmes see it that they are enrolled in: while one of them
// does not accept the way they were confirmed, they have to come in person still.
func (c *core) stateAsked(tx *store.Tx, p person.Person) (identity.State, error) {
	s := p.State
	if s != identity.Confirmed {
		return s, nil
	}
	list, err := tx.Enrolments.Of(p.ID)
	if err != nil {
		return s, err
	}
	decided, err := tx.Identity.Decisions(p.ID)
	for _, en := range list {
		if en.State != enrolment.Active || c.today().After(en.To) {
			continue
		}
		if pack, unread := c.judging(en); unread == nil && pack.Identity.Confirming.As(s, decided) != s {
			return identity.MustCome, err
		}
	}
	return s, err
}

// confirmedIn reports whether somebody is confirmed; refused is why a confirmation that there is does
// not count for the pack's programme.
func (c *core) confirmedIn(tx *store.Tx, p person.Person, pack *policy.Pack) (is bool, err error) {
	s, err := c.stateIn(tx, p, pack)
	if err == nil && s != p.State {
		return false, identity.ErrOtherWay.With(pack.Enrolment.Name)
	}
	return s == identity.Confirmed, err
}

// confirmsOnline is the pack by which somebody may be confirmed online: of their programmes one that
// confirms online, else that which concerns them.
func (c *core) confirmsOnline(tx *changing, p id.Person) (*policy.Pack, error) {
	list, err := tx.Enrolments.Of(p)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(list, func(en enrolment.Enrolment) bool {
		pack, err := c.judging(en)
		return err == nil && en.State == enrolment.Active && !c.today().After(en.To) && pack.Identity.Confirming.Online
	})
	if at < 0 {
		return c.decidedBy(tx, p, "")
	}
	return c.decidedBy(tx, p, list[at].ID)
}

// ticketPacks are the packs that give a person numbers: of every programme they are enrolled in that
// gives any, or of the enrolment named alone. Who is enrolled in nothing yet is given one by the
// institution's first programme, if it gives any.
func (c *core) ticketPacks(tx *store.Tx, p id.Person, e id.Enrolment) (packs []*policy.Pack, err error) {
	list, err := tx.Enrolments.Of(p)
	if err != nil {
		return nil, err
	}
	enrolled := false
	for _, en := range list {
		if en.State != enrolment.Active || e != "" && en.ID != e {
			continue
		}
		enrolled = true
		pack, err := c.judging(en)
		if err != nil {
			return nil, err
		}
		same := func(o *policy.Pack) bool { return o.Enrolment.Programme == pack.Enrolment.Programme }
		if pack.Tickets.Format != "" && !slices.ContainsFunc(packs, same) {
			packs = append(packs, pack)
		}
	}
	if enrolled || e != "" {
		return packs, nil
	}
	pack, err := c.first()
	if err == nil && pack.Tickets.Format != "" {
		packs = append(packs, pack)
	}
	return packs, err
}

// ticketsOf is the pack that gives a person their number: of the enrolment named, or of the first
// programme they are enrolled in that gives any.
func (c *core) ticketsOf(tx *store.Tx, p id.Person, e ...id.Enrolment) (*policy.Pack, error) {
	packs, err := c.ticketPacks(tx, p, named(e))
	if err == nil && len(packs) == 0 {
		return nil, ErrNoTickets
	}
	if err != nil {
		return nil, err
	}
	return packs[0], nil
}

// giveTickets generates the numbers of someone whose confirmation is complete, one for each of their
// programmes that gives any and for which it counts (H-18). Who holds one keeps it. What is given back
// is the first.
func (c *core) giveTickets(tx *changing, p id.Person, venue id.Venue) (first enrolment.Ticket, err error) {
	packs, err := c.ticketPacks(tx.Tx, p, "")
	if err != nil || len(packs) == 0 {
		return first, err
	}
	there, err := tx.People.Get(p)
	if err != nil {
		return first, err
	}
	for _, pack := range packs {
		is, err := c.confirmedIn(tx.Tx, there, pack)
		if errors.Is(err, identity.ErrOtherWay) || err == nil && !is {
			continue // theirs comes with a confirmation that counts
		}
		if err != nil {
			return first, err
		}
		t, err := c.giveTicket(tx, p, pack, venue)
		if err != nil {
			return first, err
		}
		if first.Number == "" {
			first = t
		}
	}
	return first, nil
}
