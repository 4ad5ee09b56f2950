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
