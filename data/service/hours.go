package service

import (
	"context"
	"slices"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/policy"
	"xuezheng/data/store"
	"xuezheng/data/text"
)

// Hours is the service for study hours (学时).
type Hours struct {
	*core
	classes
	passing
}

// classes are courses, classes and who comes to them; passing the lists of a month's passes. Both are asked of Hours.
type (
	classes struct{ *core }
	passing struct{ *core }
)

// Faults of looking for an enrolment.
var (
	ErrNotEnrolled   = fault.New(fault.Missing, "enrolment.none")
	ErrNotThisPerson = fault.New(fault.Refused, "hours.not-this-person")
)

// Study is one person's study in one registration period: the enrolment, what is paid, and the
// standing of its hours.
type Study struct {
	Enrolment enrolment.Enrolment
	Payments  []enrolment.Payment
	Standing  hours.Standing // over every record that stands
	Staged    hours.Standing // the same as it stands today: how far each record has come
	Accepted  hours.Standing // over accepted records only; what a certificate may say
	Ready     bool           // renewal ready (G-22)
	PerHour   hours.Unit     // one 学时, in seconds; 0 in a programme without hours
	State     identity.State // of the person's identity, as this programme sees it
	Pack      *policy.Pack   // that judges it: the enrolment's own
	Unread    error          // why that can't be read; nothing is judged then
}

// Enter writes down an entry made at the desk. What a learner may not sign up for is refused
// (G-04, G-06, G-07); an online course is judged by the latest payment before its completion. What
// only differs from a record there is in its mark, day or hours is refused, unless another says that
// it is another study.
func (s *Hours) Enter(ctx context.Context, who access.Who, e hours.Entry, another ...bool) (rec hours.Record, err error) {
	err = s.do(ctx, who, act.EnterHours, func(tx *changing) error {
		en, pack, err := s.studyOf(tx.Tx, e.Learner, e.Enrolment, e.Specialty, e.On)
		if err != nil {
			return err
		}
		tx.pack = pack.String()
		if err := tx.Alone(e.Learner); err != nil {
			return err
		}
		learner, err := tx.People.Get(e.Learner)
		if err != nil {
			return err
		}
		if err := s.turn(tx, pack, learner, en); err != nil {
			return err
		}
		e.Enrolment, e.Source = en.ID, hours.FromDesk
		if err := pack.Hours.SignUp(e, planOf(en)); err != nil {
			return err
		}
		if e.PaidOn.IsZero() && e.Mode == hours.Online {
			if e.PaidOn, err = paidBefore(tx.Tx, en.ID, e.On); err != nil {
				return err
			}
		}
		already, err := tx.Hours.SecondsOn(e.Learner, e.On)
		if err != nil {
			return err
		}
		if rec, err = pack.Hours.Enter(e, already, s.today()); err != nil {
			return err
		}
		if err := day.Completed.Check(e.On, s.today(), learner.Birth); err != nil {
			return err
		}
		rec.EnteredAt, rec.EnteredBy = s.now().UTC(), who.Login
		there, err := tx.Hours.OfCourse(rec.Entry)
		if err != nil {
			return err
		}
		if err := hours.Unlike(rec.Entry, there, len(another) > 0 && another[0]); err != nil {
			return err
		}
		tx.about(string(rec.ID), e.Learner, string(rec.Source))
		return tx.Hours.Add(&rec)
	})
	return rec, err
}

// Accept lets a record count. seen, if given, is the version that was looked at: one that was
// changed or decided since is not decided again.
func (s *Hours) Accept(ctx context.Context, who access.Who, r id.Record, seen ...int) (hours.Record, error) {
	return s.change(ctx, who, act.AcceptHours, r, seen, func(tx *changing, rec *hours.Record) (string, error) {
		wrote, err := authors(tx.Tx, *rec)
		if err != nil {
			return "", err
		}
		if err := rec.Accept(who.Login, tx.at); err != nil {
			return "", err
		}
		detail, err := tx.fourEyes(rec.Learner, wrote...)
		if err != nil {
			return "", err
		}
		return detail, s.undoubt(tx, *rec)
	})
}

// Return gives a record back with a coded reason; seen as in Accept.
func (s *Hours) Return(ctx context.Context, who access.Who, r id.Record, reason, note string, seen ...int) (hours.Record, error) {
	return s.change(ctx, who, act.ReturnHours, r, seen, func(tx *changing, rec *hours.Record) (string, error) {
		return reason, rec.Return(reason, note, who.Login, tx.at)
	})
}

// change is any change of one record: as it was seen, or told that somebody else was first; detail
// is a code for the trail.
func (s *Hours) change(ctx context.Context, who access.Who, a act.Act, r id.Record, seen []int, how func(*changing, *hours.Record) (detail string, err error)) (rec hours.Record, err error) {
	err = s.do(ctx, who, a, func(tx *changing) error {
		var err error
		if rec, err = tx.Hours.Get(r); err != nil {
			return err
		}
		if len(seen) > 0 && seen[0] != rec.Version {
			return store.ErrChanged
		}
		detail, err := how(tx, &rec)
		if err != nil {
			return err
		}
		tx.about(string(rec.ID), rec.Learner, detail)
		return tx.Hours.Update(&rec, tx.hand())
	})
	return rec, err
}

// AllowMix lets both modes of required hours count for one enrolment, with a reason that is
// kept (G-06).
func (s *Hours) AllowMix(ctx context.Context, who access.Who, e id.Enrolment, why string) error {
	if why == "" {
		return hours.ErrMixReason
	}
	if err := text.Reason.Check(why); err != nil {
		return err
	}
	return s.do(ctx, who, act.AllowMix, func(tx *changing) error {
		en, err := tx.Enrolments.Get(e)
		if err != nil {
			return err
		}
		en.AllowMix, en.MixWhy = true, why
		en.Version++
		tx.about(string(e), en.Person, "")
		return tx.Enrolments.Update(&en)
	})
}

// QueueRow is one record that waits, with whose it is and the pack it is judged by.
type QueueRow struct {
	store.QueueRow
	Pack *policy.Pack
}

// PerHour is how long one 学时 of the record's programme is.
func (r QueueRow) PerHour() hours.Unit { return r.Pack.Hours.Unit() }

// queued adds to each record the pack of its enrolment.
func (c *core) queued(tx *store.Tx, rows []store.QueueRow) ([]QueueRow, error) {
	list := make([]QueueRow, len(rows))
	known := map[id.Enrolment]*policy.Pack{}
	for i, r := range rows {
		e := r.Record.Enrolment
		if known[e] == nil {
			en, err := tx.Enrolments.Get(e)
			if err != nil {
				return nil, err
			}
			if known[e], err = c.judging(en); err != nil {
				return nil, err
			}
		}
		list[i] = QueueRow{r, known[e]}
	}
	return list, nil
}

// Queue lists submitted records, what is due first in front (G-20).
func (s *Hours) Queue(ctx context.Context, who access.Who, limit, offset int) (list []QueueRow, err error) {
	err = s.look(ctx, who, act.ListReviews, "", func(tx *store.Tx) error {
		rows, err := tx.Hours.Queue(limit, offset)
		if err == nil {
			list, err = s.queued(tx, rows)
		}
		return err
	})
	return list, err
}

// QueueCount says how many records wait for review, and how many of them are overdue.
func (s *Hours) QueueCount(ctx context.Context, who access.Who) (waiting, overdue int, err error) {
	err = s.look(ctx, who, act.ListReviews, "", func(tx *store.Tx) error {
		waiting, overdue, err = tx.Hours.QueueCount(s.today())
		return err
	})
	return waiting, overdue, err
}

// Standing answers "what counts, what does not, and why" for the enrolment given, or for the
// person's present one.
func (s *Hours) Standing(ctx context.Context, who access.Who, p id.Person, e id.Enrolment) (st Study, err error) {
	err = s.look(ctx, who, act.ShowStanding, p, func(tx *store.Tx) error {
		st, err = s.study(tx, p, e)
		return err
	})
	return st, err
}

// WhatIf is the standing after adding specialties and taking courses; nothing is written. Ready is
// what accepted records alone would make of it: what is only planned is accepted by nobody.
func (s *Hours) WhatIf(ctx context.Context, who access.Who, p id.Person, added []string, planned []hours.Entry, e ...id.Enrolment) (st Study, err error) {
	err = s.look(ctx, who, act.ShowStanding, p, func(tx *store.Tx) error {
		if st, err = s.study(tx, p, named(e)); err != nil {
			return err
		}
		pack, err := s.hoursOf(st.Enrolment)
		if err != nil {
			return err
		}
		trial := st.Enrolment
		for _, a := range added {
			if trial, err = pack.Enrolment.Add(trial, a); err != nil {
				return err
			}
		}
		for i := range planned {
			if err := pack.Hours.SignUp(planned[i], planOf(trial)); err != nil {
				return err
			}
		}
		records, err := s.records(tx, st.Enrolment.ID)
		if err != nil {
			return err
		}
		plan := st.plan()
		st.Staged = pack.Hours.WhatIf(plan, records, added, planned)
		st.Standing = st.Staged
		st.Accepted = pack.Hours.WhatIf(plan, hours.Only(records, hours.Accepted), added, nil)
		st.Ready = st.Accepted.Ready()
		return nil
	})
	return st, err
}

// IfAccepted is the line of a record that waits as it would be beside what is accepted so far, were
// it accepted now; nothing is written.
func (s *Hours) IfAccepted(ctx context.Context, who access.Who, r hours.Record) (line hours.Line, err error) {
	err = s.look(ctx, who, act.ShowStanding, r.Learner, func(tx *store.Tx) error {
		st, err := s.study(tx, r.Learner, r.Enrolment)
		if err != nil {
			return err
		}
		pack, err := s.hoursOf(st.Enrolment)
		if err != nil {
			return err
		}
		r.State = hours.Accepted
		beside := []hours.Record{r}
		for _, l := range st.Accepted.Lines {
			beside = append(beside, l.Record)
		}
		for _, l := range pack.Hours.Standing(st.plan(), beside).Lines {
			if l.Record.ID == r.ID {
				line = l
			}
		}
		return nil
	})
	return line, err
}

// present is the enrolment named, or of a person's programmes the one that matters now: where they study
// hours, else any; and the pack that judges it.
func (c *core) present(tx *store.Tx, p id.Person, e id.Enrolment) (en enrolment.Enrolment, pack *policy.Pack, err error) {
	if e == "" {
		list, err := tx.Enrolments.Of(p)
		if err != nil {
			return en, nil, err
		}
		if en, pack, err = c.pickStudy(list, "", "", c.today()); err == nil {
			return en, pack, nil
		}
	}
	if en, err = c.enrolmentFor(tx, p, e, c.today()); err == nil {
		pack, err = c.judging(en)
	}
	return en, pack, err
}

// study gathers one person's study and judges it.
func (c *core) study(tx *store.Tx, p id.Person, e id.Enrolment) (st Study, err error) {
	if st.Enrolment, st.Pack, err = c.present(tx, p, e); err != nil {
		return st, err
	}
	pack := st.Pack
	there, err := tx.People.Get(st.Enrolment.Person)
	if err != nil {
		return st, err
	}
	if st.State, err = c.stateIn(tx, there, pack); err != nil {
		return st, err
	}
	if st.Payments, err = tx.Enrolments.PaymentsOf(st.Enrolment.ID); err != nil {
		return st, err
	}
	records, err := c.records(tx, st.Enrolment.ID)
	if err != nil {
		return st, err
	}
	if !pack.Studies() {
		return st, nil
	}
	plan := st.plan()
	st.PerHour = pack.Hours.Unit()
	st.Standing = pack.Hours.Standing(plan, records)
	st.Staged = pack.Hours.Staged(plan, records)
	st.Accepted = pack.Hours.Standing(plan, hours.Only(records, hours.Accepted))
	st.Ready = st.Accepted.Ready()
	return st, nil
}

// records are those of an enrolment. At home nobody reviews: what is written down there has been
// handed in to nobody, whatever was pressed.
func (c *core) records(tx *store.Tx, e id.Enrolment) ([]hours.Record, error) {
	list, err := tx.Hours.Of(e)
	if err != nil {
		return nil, err
	}
	home, err := atHome(tx)
	for i := range list {
		if home && list[i].State == hours.Submitted {
			list[i].State = hours.Entered
		}
	}
	return list, err
}

// plan is what the enrolment asks for, with every payment there is (G-09).
func (st Study) plan() hours.Plan {
	plan := planOf(st.Enrolment)
	for _, p := range st.Payments {
		plan.Payments = append(plan.Payments, p.PaidOn)
	}
	return plan
}

// taught are the specialties of all programmes that have hours; a store without any is refused. known
// are those of the other programmes too.
func (c *core) taught() (list, known []string, err error) {
	if len(c.studying()) == 0 {
		_, err := c.catalogueOf("")
		return nil, nil, err
	}
	add := func(to []string, packs []*policy.Pack) []string {
		for _, p := range packs {
			for _, s := range p.Enrolment.Specialties {
				if !slices.Contains(to, s) {
					to = append(to, s)
				}
			}
		}
		return to
	}
	list = add(nil, c.studying())
	return list, add(slices.Clone(list), c.packs().InForceAll(c.today())), nil
}

// studyOf is the enrolment named, or the person's whose period holds that day in a programme that has
// hours, and the pack it is judged by.
func (c *core) studyOf(tx *store.Tx, p id.Person, e id.Enrolment, specialty string, on day.Date) (en enrolment.Enrolment, pack *policy.Pack, err error) {
	if e != "" {
		if en, err = c.enrolmentFor(tx, p, e, on); err != nil {
			return en, nil, err
		}
		pack, err = c.hoursOf(en)
		return en, pack, err
	}
	list, err := tx.Enrolments.Of(p)
	if err != nil {
		return en, nil, err
	}
	if err := c.clear(list, specialty, on); err != nil {
		return en, nil, err
	}
	return c.pickStudy(list, "", specialty, on)
}

// clear refuses where nobody can know which of several programmes a study of that specialty and day is
// for.
func (c *core) clear(list []enrolment.Enrolment, specialty string, on day.Date) error {
	var all, in []string
	for _, en := range list {
		pack, err := c.hoursOf(en)
		if err != nil || en.State != enrolment.Active || on.Before(en.From) || on.After(en.To) || slices.Contains(all, pack.Enrolment.Programme) {
			continue
		}
		if all = append(all, pack.Enrolment.Programme); en.Main == specialty || slices.Contains(en.Added, specialty) {
			in = append(in, pack.Enrolment.Programme)
		}
	}
	if len(in) == 1 || len(all) < 2 {
		return nil
	}
	return ErrWhichProgramme.With(all)
}

// pickStudy is enrolment.Present among the enrolments of a programme, or of all that have hours; those in which the
// specialty is studied come first.
func (c *core) pickStudy(list []enrolment.Enrolment, programme, specialty string, on day.Date) (en enrolment.Enrolment, pack *policy.Pack, err error) {
	var some, in []enrolment.Enrolment
	var without error = ErrNotEnrolled
	for _, en := range list {
		if programme != "" && en.Programme != programme {
			continue
		}
		if _, err := c.hoursOf(en); err != nil {
			without = err
			continue
		}
		if some = append(some, en); en.Main == specialty || slices.Contains(en.Added, specialty) {
			in = append(in, en)
		}
	}
	if len(in) > 0 {
		some = in
	}
	en, ok := enrolment.Present(some, on)
	if !ok {
		return en, nil, without
	}
	pack, err = c.hoursOf(en)
	return en, pack, err
}

// enrolmentFor is the enrolment named, or the person's whose period holds that day, or their
// latest.
func (c *core) enrolmentFor(tx *store.Tx, p id.Person, e id.Enrolment, on day.Date) (enrolment.Enrolment, error) {
	if e != "" {
		en, err := tx.Enrolments.Get(e)
		if err == nil && p != "" && en.Person != p {
			return en, ErrNotThisPerson
		}
		return en, err
	}
	list, err := tx.Enrolments.Of(p)
	if err != nil {
		return enrolment.Enrolment{}, err
	}
	if en, ok := enrolment.Present(list, on); ok {
		return en, nil
	}
	return enrolment.Enrolment{}, ErrNotEnrolled
}

func planOf(en enrolment.Enrolment) hours.Plan {
	return hours.Plan{
		Main: en.Main, Added: en.Added, AllowMix: en.AllowMix, MixWhy: en.MixWhy,
		Period: hours.Period{From: en.From, To: en.To},
	}
}

// paidBefore is the day of an enrolment's latest payment not after a day.
func paidBefore(tx *store.Tx, e id.Enrolment, on day.Date) (day.Date, error) {
	list, err := tx.Enrolments.PaymentsOf(e)
	return enrolment.PaidBefore(list, on), err
}
