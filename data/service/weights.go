package service

import (
	"context"
	"errors"
	"math"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/identity"
	"xuezheng/data/portrait"
	"xuezheng/data/store"
)

// Weights is what an institution compares faces by.
type Weights struct {
	SHA256 string // empty for those that come with the program
	Zones  identity.Likeness
	At     time.Time // when they were taken in
}

// Own says whether they are the institution's own.
func (w Weights) Own() bool { return w.SHA256 != "" }

// Fitted says whether figures hold for them; without, a person must always look.
func (w Weights) Fitted() bool { return w.Zones != identity.NotFitted }

// Weights says what faces are compared by.
func (s *Identity) Weights(ctx context.Context, who access.Who) (w Weights, err error) {
	err = s.look(ctx, who, act.ListPacks, "", func(tx *store.Tx) error {
		w, err = s.weights(tx)
		return err
	})
	return w, err
}

// weights are the institution's own with its own zones, or those of the program with the
// zones of the institution's first programme.
func (c *core) weights(tx *store.Tx) (Weights, error) {
	pack, err := c.first()
	if err != nil {
		return Weights{}, err
	}
	f, there, err := tx.Weights.Get()
	if err != nil || !there {
		return Weights{Zones: pack.Identity.Confirming.Limits()}, err
	}
	w := Weights{SHA256: f.SHA256, At: f.At}
	w.Zones, err = identity.Likeness{Alike: float64(f.Alike) / 100, Unlike: float64(f.Unlike) / 100}.Check()
	return w, err
}

// TakeWeights takes in an institution's own weights: from now on faces are compared by them. The
// pack's zones say nothing about them, so that without figures of their own a person must always
// look.
func (s *Identity) TakeWeights(ctx context.Context, who access.Who, file []byte, zones identity.Likeness) (Weights, error) {
	if err := s.permit(who, act.ChangeConfig); err != nil {
		return Weights{}, err
	}
	if _, err := portrait.Own(file, zones); err != nil {
		return Weights{}, err
	}
	f := store.FaceWeights{SHA256: portrait.SumOf(file), Alike: hundredths(zones.Alike), Unlike: hundredths(zones.Unlike), At: s.now().UTC(), By: who.Login}
	var w Weights
	err := s.do(ctx, who, act.ChangeConfig, func(tx *changing) (err error) {
		tx.about("face-weights", "", f.SHA256)
		if err = tx.Weights.Put(f, file); err == nil {
			w, err = s.weights(tx.Tx)
		}
		return err
	})
	return w, err
}

// DropWeights goes back to the weights that come with the program.
func (s *Identity) DropWeights(ctx context.Context, who access.Who) error {
	return s.do(ctx, who, act.ChangeConfig, func(tx *changing) error {
		tx.about("face-weights", "", "shipped")
		return tx.Weights.Remove()
	})
}

func hundredths(v float64) int { return int(math.Round(max(v, 0) * 100)) }

// comparer is what faces are compared with here and now. Weights that can't be read give no figure,
// and never another's: identity.ErrNoNetworks.
func (c *core) comparer(ctx context.Context) (portrait.Comparer, error) {
	var w Weights
	var file []byte
	was := c.own.Load()
	err := c.store.View(ctx, func(tx *store.Tx) (err error) {
		if w, err = c.weights(tx); err != nil || !w.Own() || was != nil && was.Weights() == w.SHA256 {
			return err
		}
		file, err = tx.Weights.Data()
		return err
	})
	switch {
	case err != nil:
		return portrait.Comparer{}, err
	case !w.Own():
		return portrait.Shipped(w.Zones)
	case file == nil:
		return was.With(w.Zones), nil
	case portrait.SumOf(file) != w.SHA256:
		return portrait.Comparer{}, identity.ErrNoNetworks
	}
	own, err := portrait.Own(file, w.Zones)
	if err != nil {
		return portrait.Comparer{}, identity.ErrNoNetworks.Because(err)
	}
	c.own.Store(&own)
	return own, nil
}

// comparerOrNone is comparer, or one without figures where the weights can't be read.
func (c *core) comparerOrNone(ctx context.Context) (portrait.Comparer, error) {
	cmp, err := c.comparer(ctx)
	if errors.Is(err, identity.ErrNoNetworks) {
		return portrait.Comparer{}, nil
	}
	return cmp, err
}
