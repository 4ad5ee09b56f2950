package session

import (
	"context"

	"xuezheng/data/policy"
	"xuezheng/data/view"
)

// PolicyAs is Policy, bound to who asks.
//
//as:forward InstallPack=Install!
type PolicyAs struct{ as }

// Packs are the policy packs, those in force first.
func (a PolicyAs) Packs() (list []view.Pack, err error) {
	kept, err := a.services.Policy.Shelf(a.ctx, a.who)
	for _, k := range kept {
		v := view.Pack{ID: k.ID, Version: k.Version, Name: k.ID, NameEn: k.ID, SHA256: k.SHA256, Unread: ruleless(k.Unread)}
		if k.Pack != nil {
			v = packView(k.Pack)
		}
		v.InstalledAt, v.State, v.Enrolled = k.InstalledAt, k.State, k.Enrolled
		list = append(list, v)
	}
	return list, err
}

// ReadPack reads a pack without putting it in force.
func (a PolicyAs) ReadPack(yaml []byte) (view.Pack, error) {
	p, err := policy.Load(yaml)
	if err != nil {
		return view.Pack{}, err
	}
	return packView(p), nil
}

func packView(p *policy.Pack) view.Pack {
	v := view.Pack{ID: p.ID, Version: p.Version, Name: p.Name, NameEn: p.NameEn, SHA256: p.SHA256, Programme: p.Enrolment.Programme, Issued: p.Issued, From: p.From()}
	for _, s := range p.Sources {
		v.Sources = append(v.Sources, s.ID+" "+s.Title)
	}
	for _, f := range p.Figures {
		v.Figures = append(v.Figures, view.PackFigure{Name: f.Name, Value: f.Value, Source: f.Source, Since: f.Since, Default: f.Default})
	}
	return v
}

// AdoptPack moves everybody to a pack.
func (a PolicyAs) AdoptPack(ctx context.Context, name string, shown int, report func(done, of int)) error {
	_, err := a.services.Policy.Adopt(ctx, a.who, name, shown, report)
	return err
}
