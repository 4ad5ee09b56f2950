package session

import (
	"context"

	"xuezheng/data/act"
	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/data/view"
)

// AuditAs is Audit, bound to who asks.
type AuditAs struct{ as }

// TrailLines asks the trail for what a filter chooses.
func (a AuditAs) TrailLines(f view.AuditFilter, limit int) ([]service.TrailLine, error) {
	chosen := service.TrailFilter{Act: f.Act, From: f.From, To: f.To, Limit: limit}
	if f.Login != "" {
		list, err := a.services.Access.List(a.ctx, a.who)
		if err != nil {
			return nil, err
		}
		chosen.Who = id.Login("-") // nobody, where no login has that name
		for _, l := range list {
			if l.Name == f.Login {
				chosen.Who = l.ID
			}
		}
	}
	switch {
	case f.Person == "":
	case id.Is(f.Person):
		chosen.About = f.Person
	default:
		hits, err := a.services.People.Find(a.ctx, a.who, f.Person, 1)
		if err != nil || len(hits) == 0 {
			return nil, err
		}
		chosen.Person = hits[0].ID
	}
	return a.services.Audit.Trail(a.ctx, a.who, chosen)
}

// Trail lists what was done. A person's name is shown only to those who may see their file.
func (a AuditAs) Trail(f view.AuditFilter, limit int) (rows []view.AuditRow, err error) {
	list, err := a.TrailLines(f, limit)
	for _, l := range list {
		row := view.AuditRow{At: l.At, Act: l.Act, Who: l.WhoName, Machine: l.Machine, Detail: l.Detail}
		if a.who.Role.May(act.ShowPerson) {
			row.Person = l.PersonName
		}
		rows = append(rows, row)
	}
	return rows, err
}

// TrailLogins are the logins whose acts can be looked for.
func (a AuditAs) TrailLogins() (names []string, err error) {
	list, err := a.services.Access.List(a.ctx, a.who)
	for _, l := range list {
		names = append(names, l.Name)
	}
	return names, err
}

// VerifyTrail sees that the trail is what was written.
func (a AuditAs) VerifyTrail(ctx context.Context, report func(done, of int)) (int, error) {
	outside, err := a.services.Backups.Remembered(ctx, a.who)
	if err != nil {
		return 0, err
	}
	v, err := a.services.Audit.VerifyAll(ctx, a.who, outside, report)
	if err != nil {
		return 0, err
	}
	return v.Lines, service.First(v)
}

// LostLines are what this machine saw of the trail and the store is without.
func (a AuditAs) LostLines() (lines []view.LostLines, err error) {
	list, err := a.services.Audit.Lost(a.ctx, a.who)
	for _, l := range list {
		lines = append(lines, view.LostLines{Chain: l.Chain, From: l.From, To: l.To})
	}
	return lines, err
}

// AcceptOlder goes on with an older store.
func (a AuditAs) AcceptOlder() error {
	_, err := a.services.Audit.AcceptOlder(a.ctx, a.who)
	return err
}
