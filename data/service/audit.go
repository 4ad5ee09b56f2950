package service

import (
	"context"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/id"
	"xuezheng/data/store"
)

// Audit is the service for the trail.
type Audit struct{ *core }

// Lines lists what was done, newest first.
func (s *Audit) Lines(ctx context.Context, who access.Who, f store.LineFilter) (list []audit.Line, err error) {
	a := act.ShowAudit
	if f.Person != "" {
		a = act.ShowPerson // a person's file shows its history
	}
	err = s.look(ctx, who, a, f.Person, func(tx *store.Tx) error {
		list, err = tx.Audit.Lines(f)
		return err
	})
	return list, err
}

// Of lists what was done to one person, newest first: the history in their file.
func (s *Audit) Of(ctx context.Context, who access.Who, p id.Person, limit int) ([]audit.Line, error) {
	return s.Lines(ctx, who, store.LineFilter{Person: p, Limit: limit})
}

// Recent lists the latest lines, newest first.
func (s *Audit) Recent(ctx context.Context, who access.Who, limit int) ([]audit.Line, error) {
	return s.Lines(ctx, who, store.LineFilter{Limit: limit})
}

// Verify goes through every chain and says how many lines stand, or where one was broken.
func (s *Audit) Verify(ctx context.Context, who access.Who) (lines int, err error) {
	err = s.look(ctx, who, act.VerifyAudit, "", func(tx *store.Tx) error {
		heads, err := tx.Audit.Heads()
		if err != nil {
			return err
		}
		for _, h := range heads {
			prev, err := tx.Audit.Begins(h.Chain)
			if err != nil {
				return err
			}
			err = tx.Audit.Walk(h.Chain, func(l audit.Line) error {
				if err := audit.Check(prev, []audit.Line{l}); err != nil {
					return err
				}
				prev = l
				lines++
				return nil
			})
			if err != nil {
				return err
			}
			if prev.Hash != h.Hash {
				return audit.ErrBrokenChain.With(prev.Seq)
			}
		}
		return nil
	})
	return lines, err
}
