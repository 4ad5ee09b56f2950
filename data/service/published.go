package service

import (
	"context"
	"errors"
	"slices"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/store"
)

// PassList is whose hours that month accepted: as it was published, or, while it is not, as it would
// be published now (G-21). Numbers are masked. A learner sees of an unpublished list only themselves.
// Whoever wants to is told how far it is.
func (s *Hours) PassList(ctx context.Context, who access.Who, year, month int, told ...func(done, of int)) (list hours.PassList, err error) {
	err = s.look(ctx, who, act.ShowPassList, "", func(tx *store.Tx) error {
		list, err = s.passList(tx, year, month, toAll(told))
		return err
	})
	if who.Role == access.Learner && list.State != hours.Published {
		list.Rows = slices.DeleteFunc(list.Rows, func(r hours.PassRow) bool { return r.Person != who.Person })
	}
	return list, err
}

// Publish publishes a month's list: from then on it stays as it is, with its figures (G-21). What was
// published before is given back as it was; again says so.
func (s *Hours) Publish(ctx context.Context, who access.Who, year, month int, told ...func(done, of int)) (list hours.PassList, again bool, err error) {
	err = s.do(ctx, who, act.PublishPasses, func(tx *changing) error {
		if list, err = s.passList(tx.Tx, year, month, toAll(told)); err != nil {
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
		judgedBy := packsOf(list)
		tx.about(day.MustNew(year, month, 1).String()[:7], "", "")
		return tx.Hours.AddPassList(list, s.now().UTC(), who.Login, strings.Join(judgedBy, " "))
	})
	if errors.Is(err, hours.ErrListPublished) {
		list, err = s.PassList(ctx, who, year, month)
		return list, true, err
	}
	return list, false, err
}

func toAll(told []func(done, of int)) func(done, of int) {
	return func(done, of int) {
		for _, f := range told {
			f(done, of)
		}
	}
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
func (s *Hours) passList(tx *store.Tx, year, month int, report func(done, of int)) (list hours.PassList, err error) {
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
	list.Rows = make([]hours.PassRow, 0, len(passed))
	for from := 0; from < len(passed); from += passChunk {
		if err := s.passRows(tx, passed[from:min(from+passChunk, len(passed))], &list); err != nil {
			return list, err
		}
		report(len(list.Rows), len(passed))
	}
	return list, nil
}

// passChunk is how many enrolments are read at once.
const passChunk = 1000

// published adds to a published list what is not part of it: who published it, and what was taken
// back since. Its own figures stay as they were.
func (s *Hours) published(tx *store.Tx, list *hours.PassList, by id.Login) error {
	login, err := tx.Access.Get(by)
	if err == nil {
		list.PublishedBy = login.Name
	}
	var records []id.Record
	for i := range list.Rows {
		r := &list.Rows[i]
		pack, err := s.packs().Exactly(r.Pack)
		if err != nil {
			return err
		}
		r.Programme, r.PerHour = pack.Enrolment.Name, pack.Hours.Unit()
		records = append(records, r.Records...)
	}
	first := day.MustNew(list.Year, list.Month, 1)
	still, err := tx.Hours.Accepted(records, first.Start(), first.AddMonths(1).Start())
	if err != nil {
		return err
	}
	for i, r := range list.Rows {
		for _, one := range r.Records {
			if !r.Deleted && !still[one] {
				list.Rows[i].Withdrawn++
			}
		}
	}
	return nil
}

// packsOf names the packs that judged a list's rows, each once.
func packsOf(list hours.PassList) (names []string) {
	for _, r := range list.Rows {
		if !slices.Contains(names, r.Pack) {
			names = append(names, r.Pack)
		}
	}
	return names
}

// passRows makes the rows of some enrolments.
func (s *Hours) passRows(tx *store.Tx, some []store.AcceptedEnrolment, list *hours.PassList) error {
	ids := make([]id.Enrolment, len(some))
	for i, a := range some {
		ids[i] = a.Enrolment
	}
	all, err := tx.Hours.Studied(ids)
	if err != nil {
		return err
	}
	for _, a := range some {
		one := all[a.Enrolment]
		switch {
		case one == nil:
			return store.ErrMissing
		case one.Person.ID == "":
			return person.ErrNoPerson
		}
		pack, err := s.hoursOf(one.Enrolment)
		if err != nil {
			return err
		}
		st := Study{Enrolment: one.Enrolment, Payments: one.Payments}
		standing := pack.Hours.Standing(st.plan(), accepted(one.Records))
		done, needed := standing.Total()
		list.Rows = append(list.Rows, hours.PassRow{
			Person: one.Person.ID, Enrolment: a.Enrolment, Records: a.Records, Name: one.Person.Name, MaskedNumber: identity.Mask(one.Person.Number), Unit: one.Person.UnitName,
			Registration: one.Enrolment.Registration, Main: one.Enrolment.Main, Added: one.Enrolment.Added,
			Seconds: done, Needed: needed, AcceptedOn: day.Of(a.LastAt), Renewal: standing.Ready(),
			Pack: pack.String(), Programme: pack.Enrolment.Name, PerHour: pack.Hours.Unit(),
		})
	}
	return nil
}
