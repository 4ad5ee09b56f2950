package service

import (
	"context"
	"io"
	"iter"
	"slices"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/enrolment"
	"xuezheng/data/exchange"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/policy"
	"xuezheng/data/store"
)

// Faults of moving enrolments to another version of their pack.
var (
	ErrRehearsed    = fault.New(fault.Changed, "policy.rehearsed") // figures: how many were shown, how many there are
	ErrNobodyAdopts = fault.New(fault.Missing, "policy.nobody-adopts")
)

// Rehearsal is what another version of a programme's pack would change, before anything is changed.
type Rehearsal struct {
	Pack   *policy.Pack
	Looked int            // enrolments that would move to it
	Rows   []RehearsedRow // those for whom something changes
}

// RehearsedRow is one enrolment for which something would change.
type RehearsedRow struct {
	Person             id.Person
	Enrolment          id.Enrolment
	Name, MaskedNumber string
	Unit               string // employer
	Main               string
	From               string // id@version that judges it now
	Changes            []RehearsedChange
}

// RehearsedChange is one thing that would be otherwise.
type RehearsedChange struct {
	What   RehearsedWhat `json:"what"`
	Before string        `json:"before"`
	After  string        `json:"after"` // 学时, a day, "true" or "false", or a specialty
}

// RehearsedWhat says what would be otherwise.
type RehearsedWhat string

// What may be otherwise.
const (
	RehearsedNeeded    RehearsedWhat = "needed"    // 学时 needed in all
	RehearsedCounted   RehearsedWhat = "counted"   // accepted 学时 that count
	RehearsedReady     RehearsedWhat = "ready"     // ready for renewal (G-22)
	RehearsedWindow    RehearsedWhat = "window"    // last day of online study (G-09)
	RehearsedSpecialty RehearsedWhat = "specialty" // no longer taught
	RehearsedHours     RehearsedWhat = "hours"     // the programme has hours at all
	RehearsedConfirmed RehearsedWhat = "confirmed" // the way they were confirmed is accepted
)

// Rehearse lists every enrolment whose standing, readiness or deadline a pack would change that need
// not be installed; nothing is written.
func (s *Policy) Rehearse(ctx context.Context, who access.Who, yaml []byte, told ...func(done, of int)) (r Rehearsal, err error) {
	if r.Pack, err = policy.Load(yaml); err != nil {
		return r, err
	}
	err = s.look(ctx, who, act.RehearsePack, "", func(tx *store.Tx) error {
		r.Looked, r.Rows = 0, nil
		return s.rehearse(ctx, tx, &r, toAll(told), nil)
	})
	return r, err
}

// RehearseKept is Rehearse with a pack the store keeps, by its id@version.
func (s *Policy) RehearseKept(ctx context.Context, who access.Who, name string, told ...func(done, of int)) (r Rehearsal, err error) {
	err = s.look(ctx, who, act.RehearsePack, "", func(tx *store.Tx) error {
		r = Rehearsal{}
		if r.Pack, err = s.packs().Exactly(name); err != nil {
			return err
		}
		return s.rehearse(ctx, tx, &r, toAll(told), nil)
	})
	return r, err
}

// Adopt moves every enrolment of a programme whose period is not over to a version of its pack that is
// in force. shown is how many enrolments the rehearsal said would change: if others would now, nothing
// is done. Certificates stay as they are.
func (s *Policy) Adopt(ctx context.Context, who access.Who, name string, shown int, told ...func(done, of int)) (r Rehearsal, err error) {
	err = s.do(ctx, who, act.AdoptPack, func(tx *changing) error {
		r = Rehearsal{}
		if r.Pack, err = s.packs().Exactly(name); err != nil {
			return err
		}
		if r.Pack.From().After(s.today()) {
			return policy.ErrNotYet.With(r.Pack.Enrolment.Name, r.Pack.From())
		}
		tx.pack = name
		tx.about(name, "", "")
		if err := s.rehearse(ctx, tx.Tx, &r, toAll(told), func(one *store.Studied) error { return s.adopt(tx, one, r.Pack) }); err != nil {
			return err
		}
		switch {
		case r.Looked == 0:
			return ErrNobodyAdopts
		case len(r.Rows) != shown:
			return ErrRehearsed.With(shown, len(r.Rows))
		}
		return nil
	})
	if err != nil {
		return Rehearsal{}, err
	}
	return r, nil
}

// adopt moves one enrolment, and the last days of study of what was paid for it; the line of the trail
// says from which pack.
func (c *core) adopt(tx *changing, one *store.Studied, pack *policy.Pack) error {
	en := &one.Enrolment
	was := en.Pack
	en.Pack = pack.String()
	en.Version++
	tx.about(string(en.ID), en.Person, "from="+was)
	for i := range one.Payments {
		paid := &one.Payments[i]
		until := pack.Enrolment.Until(paid.PaidOn)
		if until == paid.Until {
			continue
		}
		paid.Until = until
		if err := tx.Enrolments.MovePayment(paid); err != nil {
			return err
		}
	}
	if err := tx.Enrolments.Update(en); err != nil || len(tx.lines) < chunk {
		return err
	}
	return c.recordSome(tx)
}

// rehearse goes through the enrolments of the pack's programme that another version judges and whose
// period is not over; then, if given, is called for each after it was looked at.
func (c *core) rehearse(ctx context.Context, tx *store.Tx, r *Rehearsal, report func(done, of int), then func(*store.Studied) error) error {
	programme, name := r.Pack.Enrolment.Programme, r.Pack.String()
	of, err := tx.Enrolments.CountOthers(programme, name, c.today())
	if err != nil {
		return err
	}
	var after id.Enrolment
	for {
		ids, err := tx.Enrolments.Others(programme, name, c.today(), after, passChunk)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		after = ids[len(ids)-1]
		all, err := tx.Hours.Studied(ids)
		if err != nil {
			return err
		}
		for _, e := range ids {
			if all[e] == nil {
				return store.ErrMissing
			}
			if err := c.rehearseOne(tx, all[e], r); err != nil {
				return err
			}
			if then != nil {
				if err := then(all[e]); err != nil {
					return err
				}
			}
		}
		report(r.Looked, of)
	}
}

func (c *core) rehearseOne(tx *store.Tx, one *store.Studied, r *Rehearsal) error {
	r.Looked++
	was, err := c.judging(one.Enrolment)
	if err != nil {
		return err
	}
	changes := differs(was, r.Pack, one)
	if !slices.Equal(was.Identity.Confirming.Accepts, r.Pack.Identity.Confirming.Accepts) {
		before, err := c.stateIn(tx, one.Person, was)
		if err != nil {
			return err
		}
		after, err := c.stateIn(tx, one.Person, r.Pack)
		if err != nil {
			return err
		}
		if before != after {
			changes = append(changes, RehearsedChange{RehearsedConfirmed, yes(before == identity.Confirmed), yes(after == identity.Confirmed)})
		}
	}
	if len(changes) > 0 {
		r.Rows = append(r.Rows, RehearsedRow{
			Person: one.Person.ID, Enrolment: one.Enrolment.ID, Name: one.Person.Name, MaskedNumber: identity.Mask(one.Person.Number),
			Unit: one.Person.UnitName, Main: one.Enrolment.Main, From: was.String(), Changes: changes,
		})
	}
	return nil
}

// differs is what is otherwise for an enrolment by one pack and by another.
func differs(was, now *policy.Pack, one *store.Studied) (list []RehearsedChange) {
	note := func(what RehearsedWhat, before, after string) {
		if before != after {
			list = append(list, RehearsedChange{what, before, after})
		}
	}
	for _, s := range append([]string{one.Enrolment.Main}, one.Enrolment.Added...) {
		if hasSpecialty(was, s) && !hasSpecialty(now, s) {
			note(RehearsedSpecialty, s, "")
		}
	}
	note(RehearsedHours, yes(was.Studies()), yes(now.Studies()))
	if !was.Studies() || !now.Studies() {
		return list
	}
	plan := Study{Enrolment: one.Enrolment, Payments: one.Payments}.plan()
	records := hours.Only(one.Records, hours.Accepted)
	before, after := was.Hours.Standing(plan, records), now.Hours.Standing(plan, records)
	done, needed := before.Total()
	doneNow, neededNow := after.Total()
	note(RehearsedNeeded, was.Hours.Unit().Text(needed), now.Hours.Unit().Text(neededNow))
	note(RehearsedCounted, was.Hours.Unit().Text(done), now.Hours.Unit().Text(doneNow))
	note(RehearsedReady, yes(before.Ready()), yes(after.Ready()))
	if last := enrolment.LastPaid(one.Payments); !last.IsZero() {
		note(RehearsedWindow, was.Hours.WindowEnd(last).String(), now.Hours.WindowEnd(last).String())
	}
	return list
}

func hasSpecialty(p *policy.Pack, s string) bool { return slices.Contains(p.Enrolment.Specialties, s) }

func yes(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// WriteRehearsal writes a rehearsal as a spreadsheet, a row for each thing that would be otherwise; say
// puts the words to it.
func WriteRehearsal(w io.Writer, r Rehearsal, heading []string, say func(what, before, after string) (string, string, string)) error {
	var rows iter.Seq[[]string] = func(yield func([]string) bool) {
		for _, row := range r.Rows {
			for _, c := range row.Changes {
				what, before, after := say(string(c.What), c.Before, c.After)
				if !yield([]string{row.Name, row.MaskedNumber, row.Unit, row.Main, row.From, what, before, after}) {
					return
				}
			}
		}
	}
	return exchange.WriteTable(w, r.Pack.Version, heading, rows)
}
