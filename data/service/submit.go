package service

import (
	"context"
	"errors"
	"slices"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/store"
)

// Faults of handing records in.
var (
	ErrNothingToSubmit = fault.New(fault.Missing, "hours.nothing-to-submit")
	ErrNobodyReviews   = fault.New(fault.Refused, "hours.nobody-reviews") // at home
)

// Submit hands records in for review; none named means every entered record of that enrolment.
// The review is due so many working days on (G-20).
func (s *Hours) Submit(ctx context.Context, who access.Who, e id.Enrolment, only ...id.Record) (n int, err error) {
	return s.submit(ctx, who, func(tx *store.Tx) ([]hours.Record, error) {
		all, err := tx.Hours.Of(e)
		return slices.DeleteFunc(all, func(rec hours.Record) bool {
			return len(only) > 0 && !slices.Contains(only, rec.ID) || len(only) == 0 && rec.State != hours.Entered
		}), err
	})
}

// SubmitThese hands in those of the records named that are not submitted yet: what somebody else
// has handed in or taken away meanwhile is left as it is.
func (s *Hours) SubmitThese(ctx context.Context, who access.Who, these []id.Record) (n int, err error) {
	return s.submit(ctx, who, func(tx *store.Tx) (list []hours.Record, err error) {
		for _, r := range once(these) {
			rec, err := tx.Hours.Get(r)
			if errors.Is(err, store.ErrMissing) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if rec.State == hours.Entered {
				list = append(list, rec)
			}
		}
		return list, nil
	})
}

// once leaves out what is named a second time.
func once(these []id.Record) []id.Record {
	sorted := slices.Sorted(slices.Values(these))
	return slices.Compact(sorted)
}

// SubmitOf hands in every record of p that is not submitted, of whatever enrolment.
func (s *Hours) SubmitOf(ctx context.Context, who access.Who, p id.Person) (n int, err error) {
	return s.submit(ctx, who, func(tx *store.Tx) ([]hours.Record, error) { return unsubmitted(tx, p) })
}

// SubmitAll hands in every entered record of everyone, in one transaction.
func (s *Hours) SubmitAll(ctx context.Context, who access.Who) (n int, err error) {
	return s.submit(ctx, who, func(tx *store.Tx) ([]hours.Record, error) { return unsubmitted(tx, "") })
}

// mostRecords is more than any store has.
const mostRecords = 1 << 30

func unsubmitted(tx *store.Tx, p id.Person) ([]hours.Record, error) {
	if p == "" {
		return tx.Hours.InState(hours.Entered, mostRecords)
	}
	rows, err := tx.Hours.Unsubmitted(p, mostRecords, 0)
	list := make([]hours.Record, len(rows))
	for i, r := range rows {
		list[i] = r.Record
	}
	return list, err
}

// submit hands in the records that which finds, in one transaction.
func (s *Hours) submit(ctx context.Context, who access.Who, which func(*store.Tx) ([]hours.Record, error)) (n int, err error) {
	err = s.do(ctx, who, act.SubmitHours, func(tx *changing) error {
		n = 0
		home, err := atHome(tx.Tx)
		if err != nil {
			return err
		}
		if home {
			return ErrNobodyReviews
		}
		list, err := which(tx.Tx)
		if err != nil {
			return err
		}
		today := s.today()
		dues := map[id.Enrolment]day.Date{}
		for i := range list {
			due, known := dues[list[i].Enrolment]
			if !known {
				if due, err = s.reviewDue(tx.Tx, list[i].Enrolment, today); err != nil {
					return err
				}
				dues[list[i].Enrolment] = due
			}
			if err := list[i].Submit(today, due); err != nil {
				return err
			}
			if err := tx.Hours.Update(&list[i], tx.hand()); err != nil {
				return err
			}
			tx.about(string(list[i].ID), list[i].Learner, "")
		}
		if n = len(list); n == 0 {
			return ErrNothingToSubmit
		}
		return nil
	})
	return n, err
}

// Unsubmitted lists records that nobody has handed in, of p or of everyone, the first entered first.
func (s *Hours) Unsubmitted(ctx context.Context, who access.Who, p id.Person, limit, offset int) (list []QueueRow, err error) {
	err = s.look(ctx, who, act.ListReviews, p, func(tx *store.Tx) error {
		rows, err := tx.Hours.Unsubmitted(p, limit, offset)
		if err == nil {
			list, err = s.queued(tx, rows)
		}
		return err
	})
	return list, err
}

// UnsubmittedCount says how many records nobody has handed in, and how many people's they are.
func (s *Hours) UnsubmittedCount(ctx context.Context, who access.Who) (records, people int, err error) {
	err = s.look(ctx, who, act.ListReviews, "", func(tx *store.Tx) error {
		records, people, err = tx.Hours.UnsubmittedCount()
		return err
	})
	return records, people, err
}

// reviewDue is by when what is submitted that day is to be decided, in working days of the
// enrolment's own pack (G-20).
func (c *core) reviewDue(tx *store.Tx, e id.Enrolment, on day.Date) (day.Date, error) {
	en, err := tx.Enrolments.Get(e)
	if err != nil {
		return 0, err
	}
	pack, err := c.hoursOf(en)
	if err != nil {
		return 0, err
	}
	due, _ := c.days().AddWorking(on, pack.Hours.ReviewDays)
	return due, nil
}
