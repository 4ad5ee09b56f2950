package service

import (
	"context"
	"slices"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/store"
)

// Enrolment is the service for joining a programme, paying, and units.
type Enrolment struct{ *core }

// Apply enrols a person; the notices must have been read (G-13).
func (s *Enrolment) Apply(ctx context.Context, who access.Who, a enrolment.Application) (en enrolment.Enrolment, err error) {
	err = s.do(ctx, who, act.ApplyEnrolment, func(tx *changing) error {
		pack, err := s.inForce(a.Programme)
		if err != nil {
			return err
		}
		a.Programme, tx.pack = pack.Enrolment.Programme, pack.String()
		p, err := tx.People.Get(a.Person)
		if err != nil {
			return err
		}
		if err := day.Registered.Check(a.From, s.today(), p.Birth); err != nil {
			return err
		}
		if err := s.mayEnrol(tx, pack, p, a); err != nil {
			return err
		}
		others, err := tx.Enrolments.Of(a.Person)
		if err != nil {
			return err
		}
		if en, err = pack.Enrolment.Apply(a, others); err != nil {
			return err
		}
		en.Pack, en.CreatedAt = pack.String(), s.now().UTC()
		tx.about(string(en.ID), en.Person, "")
		if err := tx.Enrolments.Add(&en); err != nil || p.State != identity.Confirmed {
			return err
		}
		_, err = s.giveTickets(tx, a.Person, "") // who was confirmed before has none of this programme yet
		return err
	})
	return en, err
}

// mayEnrol refuses whom the pack does not let in: whose notices are unread (G-13), for whom a condition does not
// hold, or who has something else to do first.
func (c *core) mayEnrol(tx *changing, pack *policy.Pack, p person.Person, a enrolment.Application) error {
	if pack.Enrolment.NeedsNotices {
		read, err := c.noticesRead(tx.Tx, pack, p.ID)
		if err != nil {
			return err
		}
		if !read.Done {
			return enrolment.ErrNoticesUnread
		}
	}
	var err error
	if p.State, err = c.stateIn(tx.Tx, p, pack); err != nil {
		return err
	}
	is := c.applicant(p, a)
	e, found, err := tx.Materials.Education(p.ID)
	if err != nil {
		return err
	}
	if found {
		is.Education = string(e.Level)
	}
	if err := pack.Eligible(is); err != nil {
		return err
	}
	return c.turn(tx, pack, p, enrolment.Enrolment{})
}

// applicant is what the pack's conditions may ask about, but for what has to be looked up.
func (c *core) applicant(p person.Person, a enrolment.Application) policy.Applicant {
	age := 0
	for today := c.today(); !p.Birth.IsZero() && !p.Birth.AddYears(age+1).After(today); {
		age++
	}
	return policy.Applicant{
		Age: age, Confirmed: p.State == identity.Confirmed, NoticesRead: true, Contactable: p.Phone != "" || p.Email != "",
		Registration: a.Registration != "", Added: len(a.Added), NumberKind: p.NumberKind, Specialty: a.Main,
	}
}

// Add takes up one more added specialty (G-03).
func (s *Enrolment) Add(ctx context.Context, who access.Who, e id.Enrolment, specialty string) (en enrolment.Enrolment, err error) {
	err = s.do(ctx, who, act.AddSpecialty, func(tx *changing) error {
		if en, err = tx.Enrolments.Get(e); err != nil {
			return err
		}
		pack, err := s.judge(tx, en)
		if err != nil {
			return err
		}
		if en, err = pack.Enrolment.Add(en, specialty); err != nil {
			return err
		}
		tx.about(string(e), en.Person, "")
		return tx.Enrolments.Update(&en)
	})
	return en, err
}

// Cancel ends an enrolment.
func (s *Enrolment) Cancel(ctx context.Context, who access.Who, e id.Enrolment) error {
	return s.do(ctx, who, act.CancelEnrolment, func(tx *changing) error {
		en, err := tx.Enrolments.Get(e)
		if err != nil {
			return err
		}
		if err := en.Cancel(); err != nil {
			return err
		}
		tx.about(string(e), en.Person, "")
		return tx.Enrolments.Update(&en)
	})
}

// In is a person's present enrolment in a programme; none if they are not enrolled in it, or no
// programme is named.
func (s *Enrolment) In(ctx context.Context, who access.Who, p id.Person, programme string) (e id.Enrolment, err error) {
	err = s.look(ctx, who, act.ShowStanding, p, func(tx *store.Tx) error {
		e = ""
		list, err := tx.Enrolments.Of(p)
		if programme == "" || err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(en enrolment.Enrolment) bool { return en.Programme != programme })
		if en, ok := enrolment.Present(list, s.today()); ok {
			e = en.ID
		}
		return nil
	})
	return e, err
}

// Of lists a person's enrolments, newest period first.
func (s *Enrolment) Of(ctx context.Context, who access.Who, p id.Person) (list []enrolment.Enrolment, err error) {
	err = s.look(ctx, who, act.ShowStanding, p, func(tx *store.Tx) error {
		list, err = tx.Enrolments.Of(p)
		return err
	})
	return list, err
}

// Payments lists what was paid for an enrolment of that person.
func (s *Enrolment) Payments(ctx context.Context, who access.Who, p id.Person, e id.Enrolment) (list []enrolment.Payment, err error) {
	err = s.look(ctx, who, act.ShowStanding, p, func(tx *store.Tx) error {
		if _, err := s.enrolmentFor(tx, p, e, s.today()); err != nil {
			return err
		}
		list, err = tx.Enrolments.PaymentsOf(e)
		return err
	})
	return list, err
}

// Payment is what a clerk takes in: an amount in fen, on a day, with invoice details if one is
// asked for (G-19).
type Payment struct {
	Enrolment  id.Enrolment
	Fen        int64
	On         day.Date // today if none
	Title, Tax string
}

// Pay records a payment and says until when online study is open (G-09).
func (s *Enrolment) Pay(ctx context.Context, who access.Who, p Payment) (paid enrolment.Payment, err error) {
	err = s.do(ctx, who, act.Pay, func(tx *changing) error {
		paid, err = s.pay(tx, p, enrolment.PaidAtDesk, "", "")
		return err
	})
	return paid, err
}

func (c *core) pay(tx *changing, p Payment, source enrolment.Source, unit id.Unit, batch string) (paid enrolment.Payment, err error) {
	en, err := tx.Enrolments.Get(p.Enrolment)
	if err != nil {
		return paid, err
	}
	pack, err := c.judge(tx, en)
	if err != nil {
		return paid, err
	}
	who, err := tx.People.Get(en.Person)
	if err != nil {
		return paid, err
	}
	if err := c.turn(tx, pack, who, en); err != nil {
		return paid, err
	}
	if p.On.IsZero() {
		p.On = c.today()
	}
	if paid, err = pack.Enrolment.Pay(en, p.Fen, p.On, c.today(), source); err != nil {
		return paid, err
	}
	if err := day.Paid.Check(p.On, c.today(), who.Birth); err != nil {
		return paid, err
	}
	paid.Unit, paid.Batch, paid.CreatedAt = unit, batch, c.now().UTC()
	tx.about(string(paid.ID), en.Person, string(source))
	if err := tx.Enrolments.AddPayment(&paid); err != nil || p.Title == "" && p.Tax == "" {
		return paid, err
	}
	if err := paid.AskInvoice(p.Title, p.Tax); err != nil {
		return paid, err
	}
	return paid, tx.Enrolments.PutInvoice(&paid)
}

// AddUnit registers an employer (G-14). That its notice was read is recorded by ReadForUnit (G-13).
func (s *Enrolment) AddUnit(ctx context.Context, who access.Who, u enrolment.Unit) (enrolment.Unit, error) {
	if err := u.Check(); err != nil {
		return u, err
	}
	err := s.do(ctx, who, act.AddUnit, func(tx *changing) error {
		u.ID = id.New[id.Unit]()
		tx.about(string(u.ID), "", "")
		return tx.Enrolments.AddUnit(&u)
	})
	return u, err
}

// Units lists the employers known.
func (s *Enrolment) Units(ctx context.Context, who access.Who) (list []enrolment.Unit, err error) {
	err = s.look(ctx, who, act.FindPerson, "", func(tx *store.Tx) error {
		list, err = tx.Enrolments.Units()
		return err
	})
	return list, err
}

// Bind ties a learner to a unit, with the learner's agreement or the paper seen (G-14).
func (s *Enrolment) Bind(ctx context.Context, who access.Who, u id.Unit, p id.Person, agreed string) error {
	return s.do(ctx, who, act.BindLearner, func(tx *changing) error {
		unit, err := tx.Enrolments.Unit(u)
		if err != nil {
			return err
		}
		b, err := enrolment.Bind(unit, p, agreed, s.now().UTC())
		if err != nil {
			return err
		}
		tx.about(string(u), p, agreed)
		return tx.Enrolments.Bind(b)
	})
}
