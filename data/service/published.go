package service

import (
	"context"
	"errors"
	"slices"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/store"
)

// PassList is whose hours that month accepted: as it was published, or, while it is not, as it would
// be published now (G-21). Numbers are masked. A learner sees of an unpublished list only themselves.
func (s *Hours) PassList(ctx context.Context, who access.Who, year, month int) (list hours.PassList, err error) {
	err = s.look(ctx, who, act.ShowPassList, "", func(tx *store.Tx) error {
		list, err = s.passList(tx, year, month)
		return err
	})
	if who.Role == access.Learner && list.State != hours.Published {
		list.Rows = slices.DeleteFunc(list.Rows, func(r hours.PassRow) bool { return r.Person != who.Person })
	}
	return list, err
}

// Publish publishes a month's list: from then on it stays as it is, with its figures (G-21). What was
// published before is given back as it was; again says so.
func (s *Hours) Publish(ctx context.Context, who access.Who, year, month int) (list hours.PassList, again bool, err error) {
	err = s.do(ctx, who, act.PublishPasses, func(tx *changing) error {
		if list, err = s.passList(tx.Tx, year, month); err != nil {
			return err
		}
		if list, err = list.Publish(s.today()); err != nil {
			return err
		}
		by, err := tx.Access.Get(who.Login)
		if err != nil {
			return err
		}
		list.PublishedBy = by.Name
		pack, err := s.rules()
		if err != nil {
			return err
		}
		tx.about(day.MustNew(year, month, 1).String()[:7], "", "")
		return tx.Hours.AddPassList(list, s.now().UTC(), who.Login, pack.ID+"@"+pack.Version)
	})
	if errors.Is(err, hours.ErrListPublished) {
		list, err = s.PassList(ctx, who, year, month)
		return list, true, err
	}
	return list, false, err
}

// ToPublish is last month's list if it may be published today and nobody has: how many it has.
func (s *Hours) ToPublish(ctx context.Context, who access.Who) (year, month, people int, due bool, err error) {
	today := s.today()
	last := day.MustNew(today.Year(), today.Month(), 1).AddMonths(-1)
	list := hours.PassList{Year: last.Year(), Month: last.Month()}
	err = s.look(ctx, who, act.ShowPassList, "", func(tx *store.Tx) error {
		found, err := tx.Hours.IsPublished(list.Year, list.Month)
		if err != nil || found {
			return err
		}
		list.PublishOn, _ = hours.PublishDay(list.Year, list.Month, s.days())
		people, err = tx.Hours.Passed(last.Start(), last.AddMonths(1).Start())
		due = people > 0 && list.CanPublish(today)
		return err
	})
	return list.Year, list.Month, people, due, err
}

// passList is the list of a month as it stands.
func (s *Hours) passList(tx *store.Tx, year, month int) (list hours.PassList, err error) {
	first, err := day.New(year, month, 1)
	if err != nil {
		return list, hours.ErrNoDate
	}
	list, by, found, err := tx.Hours.PassList(year, month)
	if err != nil {
		return list, err
	}
	list.PublishOn, list.Provisional = hours.PublishDay(year, month, s.days())
	if found {
		return list, s.published(tx, &list, by)
	}
	list.State = hours.Unpublished(year, month, s.today())
	passed, err := tx.Hours.AcceptedEnrolments(first.Start(), first.AddMonths(1).Start())
	if err != nil {
		return list, err
	}
	for _, a := range passed {
		row, err := s.passRow(tx, a)
		if err != nil {
			return list, err
		}
		list.Rows = append(list.Rows, row)
	}
	return list, nil
}

// published adds to a published list what is not part of it: who published it, and what was taken
// back since. Its own figures stay as they were.
func (s *Hours) published(tx *store.Tx, list *hours.PassList, by id.Login) error {
	login, err := tx.Access.Get(by)
	if err == nil {
		list.PublishedBy = login.Name
	}
	first := day.MustNew(list.Year, list.Month, 1)
	for i, r := range list.Rows {
		if r.Deleted {
			continue
		}
		still, err := tx.Hours.StillAccepted(r.Records, first.Start(), first.AddMonths(1).Start())
		if err != nil {
			return err
		}
		list.Rows[i].Withdrawn = len(r.Records) - still
	}
	return nil
}

func (s *Hours) passRow(tx *store.Tx, a store.AcceptedEnrolment) (row hours.PassRow, err error) {
	st, err := s.study(tx, "", a.Enrolment)
	if err != nil {
		return row, err
	}
	p, err := tx.People.Get(st.Enrolment.Person)
	if err != nil {
		return row, err
	}
	done, needed := st.Accepted.Total()
	return hours.PassRow{
		Person: p.ID, Enrolment: a.Enrolment, Records: a.Records, Name: p.Name, MaskedNumber: identity.Mask(p.Number), Unit: p.UnitName,
		Registration: st.Enrolment.Registration, Main: st.Enrolment.Main, Added: st.Enrolment.Added,
		Seconds: done, Needed: needed, AcceptedOn: day.Of(a.LastAt), Renewal: st.Ready,
	}, nil
}
