package service

import (
	"errors"
	"strings"

	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/policy"
	"xuezheng/data/store"
)

// Faults of several programmes in one store.
var (
	ErrNoPack         = fault.New(fault.Missing, "policy.none")
	ErrWhichProgramme = fault.New(fault.Refused, "policy.which-programme") // figures: their ids
	ErrNoHours        = fault.New(fault.Refused, "policy.no-hours")        // figures: the programme's name
)

// shelved is the shelf as of the last look at the store.
type shelved struct {
	mark  store.PacksMark
	shelf *policy.Shelf
}

// packs are all packs the store keeps, as of the last look.
func (c *core) packs() *policy.Shelf { return c.shelf.Load().shelf }

// knowPacks takes in what was installed since the last look, at this desk or at another.
func (c *core) knowPacks(tx *store.Tx) error {
	mark, err := tx.Packs.Mark()
	if err != nil || mark == c.shelf.Load().mark {
		return err
	}
	var list []store.Pack
	left, err := tx.Sparing(func() (err error) { list, err = tx.Packs.All(); return err })
	if err != nil {
		return err
	}
	kept := make([]policy.Kept, len(list))
	for i, p := range list {
		kept[i] = policy.Kept(p)
	}
	shelf := policy.NewShelf(kept)
	if len(left) > 0 {
		lost := map[string]error{}
		for _, x := range left {
			name, _, _ := strings.Cut(x.Key, "/")
			lost[name] = x.Fault()
		}
		shelf = shelf.Without(lost)
	}
	c.shelf.Store(&shelved{mark, shelf})
	return nil
}

// inForce is the pack in force today of a programme; if none is named, of the only one there is.
func (c *core) inForce(programme string) (*policy.Pack, error) {
	if programme == "" {
		all := c.packs().Programmes()
		switch len(all) {
		case 0:
			return nil, ErrNoPack
		case 1:
		default:
			return nil, ErrWhichProgramme.With(all)
		}
		programme = all[0]
	}
	return c.packs().InForce(programme, c.today())
}

// first is the pack in force of the programme the institution began with: for whatever concerns
// somebody who is enrolled in nothing yet.
func (c *core) first() (*policy.Pack, error) {
	all := c.packs().Programmes()
	if len(all) == 0 {
		return nil, ErrNoPack
	}
	var err error
	for _, programme := range all {
		var p *policy.Pack
		if p, err = c.packs().InForce(programme, c.today()); err == nil {
			return p, nil
		}
	}
	return nil, err
}

// judging is the pack an enrolment is judged by: its own.
func (c *core) judging(en enrolment.Enrolment) (*policy.Pack, error) {
	if en.Pack == "" {
		return c.packs().InForce(en.Programme, c.today())
	}
	return c.packs().Exactly(en.Pack)
}

// judge is judging, and notes in the trail which pack decided.
func (c *core) judge(tx *changing, en enrolment.Enrolment) (*policy.Pack, error) {
	p, err := c.judging(en)
	if err == nil {
		tx.pack = p.String()
	}
	return p, err
}

// hoursOf is judging for what has to do with hours: a programme without any has no such thing.
func (c *core) hoursOf(en enrolment.Enrolment) (*policy.Pack, error) {
	p, err := c.judging(en)
	if err == nil && !p.Studies() {
		return nil, ErrNoHours.With(p.Enrolment.Name)
	}
	return p, err
}

// packOf is the pack that concerns a person: of the enrolment named, or of their present one; of
// somebody enrolled in nothing, that of the institution's first programme.
func (c *core) packOf(tx *store.Tx, p id.Person, e id.Enrolment) (*policy.Pack, error) {
	en, err := c.enrolmentFor(tx, p, e, c.today())
	if errors.Is(err, ErrNotEnrolled) {
		return c.first()
	}
	if err != nil {
		return nil, err
	}
	return c.judging(en)
}

// decidedBy is packOf, and notes in the trail which pack decided.
func (c *core) decidedBy(tx *changing, p id.Person, e id.Enrolment) (*policy.Pack, error) {
	pack, err := c.packOf(tx.Tx, p, e)
	if err == nil {
		tx.pack = pack.String()
	}
	return pack, err
}

// named is the enrolment named, if one is.
func named(e []id.Enrolment) id.Enrolment {
	if len(e) == 0 {
		return ""
	}
	return e[0]
}

// studying are the packs in force today of the programmes that have hours.
func (c *core) studying() (list []*policy.Pack) {
	for _, p := range c.packs().InForceAll(c.today()) {
		if p.Studies() {
			list = append(list, p)
		}
	}
	return list
}
