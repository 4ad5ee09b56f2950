package service

import (
	"context"
	"fmt"
	"slices"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/policy"
	"xuezheng/data/store"
)

// settingAmounts says that a store's amounts are what they really are. Stores that were kept in
// whole minutes don't have it.
const (
	settingAmounts = "hours.amounts"
	exact          = "exact"
)

// Mended is what became of the amounts of a store that an older version kept in whole minutes.
type Mended struct {
	Mended int // records whose amount is again what their sheet said
	Left   int // records whose true amount nobody can know, for a person to look at
}

// Mended is what this program mended when the store was opened; nothing if there was nothing.
func (s *Hours) Mended() Mended {
	if m := s.mended.Load(); m != nil {
		return *m
	}
	return Mended{}
}

// mendAmounts gives the records of an old store their true amounts, once, as soon as somebody who
// may signs in.
func (c *core) mendAmounts(ctx context.Context, who access.Who) error {
	if who.MustChange || !who.Role.May(act.MendAmounts) {
		return nil
	}
	done := false
	err := c.store.View(ctx, func(tx *store.Tx) error {
		v, err := tx.Settings.Get(settingAmounts)
		done = v == exact
		return err
	})
	if err != nil || done {
		return err
	}
	var m Mended
	err = c.do(ctx, who, act.MendAmounts, func(tx *changing) (err error) {
		if rules, studies := c.unevenRules(); studies {
			if m, err = mendAll(tx, rules); err != nil {
				return err
			}
		}
		return tx.Settings.Set(settingAmounts, exact)
	})
	if err == nil {
		c.mended.Store(&m)
	}
	return err
}

// unevenRules are those by which amounts were rounded once: of the first programme that has hours, since
// there was one at that time.
func (c *core) unevenRules() (rules hours.Rules, studies bool) {
	list := c.packs().Packs()
	i := slices.IndexFunc(list, (*policy.Pack).Studies)
	if i < 0 {
		return rules, false
	}
	return list[i].Hours, true
}

func mendAll(tx *changing, rules hours.Rules) (m Mended, err error) {
	var after id.Record
	for {
		some, err := tx.Hours.Uneven(rules.Unit().Seconds(1), after, chunk)
		if err != nil {
			return m, err
		}
		for i := range some {
			rec := &some[i]
			after = rec.ID
			was := rec.Seconds
			seconds, known := rules.Restore(*rec)
			if !known {
				m.Left++
				continue
			}
			m.Mended++
			rec.Seconds = seconds
			rec.Version++
			tx.about(string(rec.ID), rec.Learner, fmt.Sprintf("%d s to %d s", was, seconds))
			if err := tx.Hours.Update(rec, tx.hand()); err != nil {
				return m, err
			}
		}
		if len(some) < chunk {
			return m, nil
		}
	}
}

// Uneven lists records whose amount an older version rounded on the form and nobody can know
// again: they count down to a hundredth of a 学时, until a person mends them.
func (s *Hours) Uneven(ctx context.Context, who access.Who, limit int) (list []QueueRow, err error) {
	err = s.look(ctx, who, act.ListReviews, "", func(tx *store.Tx) error {
		rules, studies := s.unevenRules()
		if !studies {
			return nil
		}
		var others []int
		for _, p := range s.packs().Packs() {
			if p.Studies() && p.Hours.Unit() != rules.Unit() {
				others = append(others, p.Hours.Unit().Seconds(1))
			}
		}
		rows, err := tx.Hours.UnevenOf(limit, rules.Unit().Seconds(1), others...)
		if err == nil {
			list, err = s.queued(tx, rows)
		}
		return err
	})
	return list, err
}
