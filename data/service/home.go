package service

import (
	"context"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/store"
)

// mostAtHome is how many people a home store shows.
const mostAtHome = 50

// Family lists the people of a home store, who was registered first in front; for a learner's
// login of an institution, that learner alone.
func (s *People) Family(ctx context.Context, who access.Who) (list []store.Hit, err error) {
	a := act.FindPerson
	if who.Role == access.Learner {
		a = act.ShowPerson
	}
	err = s.look(ctx, who, a, who.Person, func(tx *store.Tx) error {
		if list, err = tx.People.First(mostAtHome); err != nil || who.Role != access.Learner {
			return err
		}
		w, err := tx.People.Get(who.Person)
		list = []store.Hit{{ID: w.ID, Name: w.Name, Pinyin: w.Pinyin, UnitName: w.UnitName, State: w.State}}
		return err
	})
	return list, err
}
