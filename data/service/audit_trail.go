package service

import (
	"context"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/store"
)

// TrailLine is a line of the trail with the names of whom it speaks of. Who was deleted since has
// none.
type TrailLine struct {
	audit.Line
	WhoName, PersonName string
}

// TrailFilter chooses lines of the trail; what is empty chooses all.
type TrailFilter = store.LineFilter

// Trail lists what was done, newest first, with names: for those who may see the trail.
func (s *Audit) Trail(ctx context.Context, who access.Who, f TrailFilter) (list []TrailLine, err error) {
	err = s.look(ctx, who, act.ShowAudit, f.Person, func(tx *store.Tx) error {
		lines, err := tx.Audit.Lines(f)
		if err != nil {
			return err
		}
		logins, err := tx.Access.Logins()
		if err != nil {
			return err
		}
		whoIs := map[id.Login]string{}
		for _, l := range logins {
			whoIs[l.ID] = l.Name
		}
		people := map[string]string{"": ""}
		for _, l := range lines {
			name, known := people[l.Person]
			if !known {
				p, err := tx.People.Get(id.Person(l.Person))
				if f := fault.Of(err); err != nil && (f == nil || f.Kind != fault.Missing) {
					return err
				}
				name, people[l.Person] = p.Name, p.Name
			}
			list = append(list, TrailLine{l, whoIs[l.Who], name})
		}
		return nil
	})
	return list, err
}
