package service

import (
	"context"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/policy"
	"xuezheng/data/store"
)

// Policy is the service for policy packs (政策包).
type Policy struct{ *core }

// Pack is the one in force.
func (s *Policy) Pack() (*policy.Pack, error) { return s.rules() }

// List names the packs the store keeps.
func (s *Policy) List(ctx context.Context, who access.Who) (list []store.Pack, err error) {
	err = s.look(ctx, who, act.ListPacks, "", func(tx *store.Tx) error {
		list, err = tx.Packs.All()
		return err
	})
	return list, err
}

// Install checks a pack and puts it in force. Decisions made before keep the pack that made
// them.
func (s *Policy) Install(ctx context.Context, who access.Who, yaml []byte) (*policy.Pack, error) {
	p, err := policy.Load(yaml)
	if err != nil {
		return nil, err
	}
	err = s.do(ctx, who, act.InstallPack, func(tx *changing) error {
		tx.about(p.ID+"@"+p.Version, "", "")
		if err := facesUnasked(tx, p.Identity.Confirming.Others); err != nil {
			return err
		}
		return tx.Packs.Put(p.ID, p.Version, p.SHA256, yaml)
	})
	if err == nil {
		s.pack.Store(p)
		s.known.wipe()
	}
	return p, err
}
