package service

import (
	"context"
	"errors"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/person"
	"xuezheng/data/policy"
	"xuezheng/data/store"
	"xuezheng/data/way"
)

// ErrTurnUnasked is for an act that some step opens and that was done without asking whose turn it is: only a
// programmer can cause it.
var ErrTurnUnasked = fault.New(fault.Broken, "way.unasked")

// Way is where someone stands on the way through one programme.
type Way struct {
	Pack      *policy.Pack
	Enrolment id.Enrolment // none for somebody who is not enrolled in it yet
	Stops     []way.Stop   // none where the pack lists no steps
}

// Way says where someone stands on the way through the programme of the enrolment named, or of their present
// one; of somebody enrolled in nothing, through the institution's first.
func (s *Enrolment) Way(ctx context.Context, who access.Who, p id.Person, e ...id.Enrolment) (v Way, err error) {
	err = s.look(ctx, who, act.ShowStanding, p, func(tx *store.Tx) error {
		w, err := s.walks(tx, p, named(e))
		if err != nil || w == nil {
			return err
		}
		v = Way{Pack: w.pack, Enrolment: w.en.ID}
		left, err := tx.Sparing(func() (err error) { v.Stops, err = w.stops(); return err })
		if len(left) > 0 { // the file says which; where somebody stands without it nobody knows
			v.Stops = nil
		}
		return err
	})
	return v, err
}

// walker is one person on the way through one programme. What was looked up once is kept.
type walker struct {
	*core
	tx        *store.Tx
	pack      *policy.Pack
	person    person.Person
	en        enrolment.Enrolment // none of somebody who is not enrolled in it
	education *enrolment.Education
	studied   *Study
}

// walks finds whose way it is, and through which programme; nil where no pack is in force yet.
func (c *core) walks(tx *store.Tx, p id.Person, e id.Enrolment) (w *walker, err error) {
	w = &walker{core: c, tx: tx}
	if w.person, err = tx.People.Get(p); err != nil {
		return nil, err
	}
	switch w.en, err = c.enrolmentFor(tx, p, e, c.today()); {
	case errors.Is(err, ErrNotEnrolled):
		if w.pack, err = c.first(); err != nil {
			return nil, nil
		}
		return w, nil
	case err != nil:
		return nil, err
	}
	if w.pack, err = c.judging(w.en); err != nil {
		return w, err
	}
	w.person.State, err = c.stateIn(tx, w.person, w.pack) // a confirmation that does not count here is none here
	return w, err
}

// steps are those that this person has.
func (w *walker) steps() ([]way.Step, error) {
	all := w.pack.Steps()
	if !conditional(all) {
		return all, nil
	}
	read, err := w.noticesRead(w.tx, w.pack, w.person.ID)
	if err != nil {
		return nil, err
	}
	e, found, err := w.earlier()
	if err != nil {
		return nil, err
	}
	a := w.applicant(w.person, w.en.Application)
	if a.NoticesRead = read.Done; found {
		a.Education = string(e.Level)
	}
	a.Enrolled = w.en.ID != ""
	return w.pack.Way(a)
}

func conditional(steps []way.Step) bool {
	for _, s := range steps {
		if s.When != "" {
			return true
		}
	}
	return false
}

// facts looks up how far each of the steps has come.
func (w *walker) facts(steps []way.Step) (way.Facts, error) {
	facts := way.Facts{}
	for _, s := range steps {
		m, err := looks[s.Entry().Fact](w, s)
		if err != nil {
			return nil, err
		}
		facts[s.ID] = m
	}
	return facts, nil
}

// stops says of each step where it stands today.
func (w *walker) stops() ([]way.Stop, error) {
	steps, err := w.steps()
	if err != nil {
		return nil, err
	}
	facts, err := w.facts(steps)
	if err != nil {
		return nil, err
	}
	stops := way.Stand(steps, facts, w.today(), w.days())
	for i, p := range stops {
		if acts := p.Entry().Opens; p.State == way.Later && len(p.First) > 0 && len(acts) > 0 && ofPerson(acts[0]) {
			err := w.mayPerson(acts[0], strings.Join(p.Kinds[:min(1, len(p.Kinds))], ""))
			if err != nil && !errors.Is(err, way.ErrFirst) {
				return nil, err
			}
			if err == nil {
				stops[i].State, stops[i].First, stops[i].Turn = way.Now, nil, p.Entry().Turn
			}
		}
	}
	return stops, nil
}

// ofPerson reports whether an act is on the person themselves, whatever they are enrolled in.
func ofPerson(a act.Act) bool {
	return a.Area() == act.OfferPhoto.Area() || a.Area() == act.HandIn.Area()
}

// may refuses an act whose turn has not come: only what has to be known for it is looked up. has says whether
// the programme has any step for it.
func (w *walker) may(a act.Act, kind string) (has bool, err error) {
	steps, err := w.steps()
	if err != nil || !way.Opened(steps, a, kind) {
		return false, err
	}
	facts, err := w.facts(way.Asked(steps, a, kind))
	if err != nil {
		return true, err
	}
	return true, way.May(steps, facts, a, kind)
}

// mayPerson is may for an act on the person, which is done once for all their programmes: its turn has to have come
// in one of those that have a step for it.
func (w *walker) mayPerson(a act.Act, kind string) (refused error) {
	list, err := w.ways()
	if err != nil {
		return err
	}
	for _, one := range list {
		has, err := one.may(a, kind)
		switch {
		case err == nil && has:
			return nil
		case err != nil && !errors.Is(err, way.ErrFirst):
			return err
		case refused == nil:
			refused = err
		}
	}
	return refused
}

// ways are this way, and those through the person's other programmes whose packs can be read.
func (w *walker) ways() (list []*walker, err error) {
	list = []*walker{w}
	there, err := w.tx.People.Get(w.person.ID)
	if err != nil {
		return nil, err
	}
	all, err := w.tx.Enrolments.Of(w.person.ID)
	for _, en := range all {
		if pack, unread := w.judging(en); unread == nil && en.State == enrolment.Active && en.ID != w.en.ID {
			one := &walker{core: w.core, tx: w.tx, pack: pack, person: there, en: en}
			if one.person.State, err = w.stateIn(w.tx, there, pack); err != nil {
				return nil, err
			}
			list = append(list, one)
		}
	}
	return list, err
}

// turn refuses an act on an enrolment, or an application for one, whose turn has not come by the pack that
// judges it.
func (c *core) turn(tx *changing, pack *policy.Pack, p person.Person, en enrolment.Enrolment) error {
	tx.askTurn(p.ID)
	var err error
	if p.State, err = c.stateIn(tx.Tx, p, pack); err != nil {
		return err
	}
	_, err = (&walker{core: c, tx: tx.Tx, pack: pack, person: p, en: en}).may(tx.act, "")
	return err
}

// turnOf is turn for an act on the person themselves: in one of their programmes its turn has to have come.
// kind is the kind of material, for an act on one.
func (c *core) turnOf(tx *changing, p id.Person, kind string) error {
	tx.askTurn(p)
	return c.mayOf(tx.Tx, p, tx.act, kind)
}

func (c *core) mayOf(tx *store.Tx, p id.Person, a act.Act, kind string) error {
	w, err := c.walks(tx, p, "")
	if err != nil || w == nil {
		return err
	}
	return w.mayPerson(a, kind)
}

// askTurn notes that whose turn it is was asked for somebody.
func (t *changing) askTurn(p id.Person) {
	if t.turns == nil {
		t.turns = map[id.Person]bool{}
	}
	t.turns[p] = true
}

// turnsAsked sees that nothing was done before its turn because nobody asked: of an act that a step opens, for
// everybody it concerned.
func (t *changing) turnsAsked() error {
	if !way.Opens(t.act) {
		return nil
	}
	for _, l := range t.lines {
		if l.Person != "" && !t.turns[id.Person(l.Person)] {
			return ErrTurnUnasked.With(string(t.act))
		}
	}
	return nil
}
