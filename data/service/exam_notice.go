package service

import (
	"cmp"
	"context"
	"io"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/paper"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/store"
	"xuezheng/data/text"
)

// ExamFacts is what the examination body says of the examinations a notice is for; all of it may
// be empty.
type ExamFacts struct {
	Exam     string // as 2027年4月
	District string // where they are sat; empty for the district of the number
	Sittings []Sitting
}

// Sitting is one paper to be sat.
type Sitting struct {
	Course, CourseName string
	On                 day.Date
	Time               string // as 09:00–11:30
	Place, Room, Seat  string
}

// check refuses what can't be said of a sitting.
func (x Sitting) check() error {
	return cmp.Or(text.Short.Check(x.Course), text.CourseName.Check(x.CourseName), text.Short.Check(x.Time),
		text.Place.Check(x.Place), text.Seat.Check(x.Room), text.Seat.Check(x.Seat))
}

// mostSittings is how many papers one notice has at most.
const mostSittings = 60

// ErrSittings is for more papers than a notice takes; figure: how many it takes.
var ErrSittings = fault.New(fault.Refused, "enrolment.exam-sittings")

// Notice draws the exam notice of a person: the number in use with its code, the photo, programme
// and district (H-17, H-18).
func (s *Tickets) Notice(ctx context.Context, who access.Who, w io.Writer, p id.Person, exam ExamFacts, languages string, e ...id.Enrolment) error {
	if err := cmp.Or(text.Exam.Check(exam.Exam), text.Short.Check(exam.District)); err != nil {
		return err
	}
	if len(exam.Sittings) > mostSittings {
		return ErrSittings.With(mostSittings)
	}
	n := paper.ExamNotice{Languages: languages, Exam: exam.Exam, IssuedOn: s.today()}
	for _, x := range exam.Sittings {
		if err := cmp.Or(x.check(), day.Sitting.Check(x.On, s.today())); err != nil {
			return err
		}
		n.Sittings = append(n.Sittings, paper.Sitting(x))
	}
	err := s.doFor(ctx, who, act.PrintNotice, p, func(tx *changing) error {
		there, err := tx.People.Get(p)
		if err != nil {
			return err
		}
		pack, err := s.ticketsOf(tx.Tx, p, e...)
		if err != nil {
			return err
		}
		tx.pack = pack.String()
		tx.about("ticket", p, "")
		return s.holder(tx.Tx, there, pack, exam.District, &n)
	})
	if err != nil {
		return err
	}
	return paper.DrawExamNotice(w, n)
}

// holder puts onto a notice whose it is: the person as they are kept, their number in use in the pack's programme,
// and the district, which is that of the number unless another one is named.
func (s *Tickets) holder(tx *store.Tx, there person.Person, pack *policy.Pack, district string, n *paper.ExamNotice) error {
	own, err := tx.Tickets.Of(there.ID)
	if err != nil {
		return err
	}
	confirmed, err := s.confirmedIn(tx, there, pack)
	if err != nil {
		return err
	}
	t, err := enrolment.ForNotice(confirmed, own, pack.Enrolment.Programme)
	if err != nil {
		return err
	}
	n.District = cmp.Or(district, t.District)
	if err := enrolment.UseDistrict(own, pack.Enrolment.Programme, n.District); err != nil {
		return err
	}
	in, err := institution(tx)
	if err != nil {
		return err
	}
	if n.Photo, _, err = photoOf(tx, there.ID); err != nil {
		return err
	}
	n.Programme, n.Ticket = pack.Enrolment.Name, t.Number
	n.Institution, n.Phone, n.Name, n.MaskedNumber = in.Name, in.Phone, there.Name, identity.Mask(there.Number)
	return nil
}
