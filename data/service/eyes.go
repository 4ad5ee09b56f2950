package service

import (
	"context"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/store"
)

// settingOwnReview says whether somebody may decide what they entered themselves.
const settingOwnReview = "review.own"

// ownWork is what the trail says of a decision on one's own work.
const ownWork = "own-work"

// OwnReview reports whether the institution lets somebody decide what they entered themselves.
func (s *Access) OwnReview(ctx context.Context) (allowed bool, err error) {
	err = s.store.View(ctx, func(tx *store.Tx) error {
		allowed, err = ownReview(tx)
		return err
	})
	return allowed, err
}

func ownReview(tx *store.Tx) (bool, error) {
	v, err := tx.Settings.Get(settingOwnReview)
	return v == "1", err
}

// AllowOwnReview lets somebody decide what they entered themselves, or no longer.
func (s *Access) AllowOwnReview(ctx context.Context, who access.Who, allowed bool) error {
	return s.do(ctx, who, act.ChangeConfig, func(tx *changing) error {
		value, detail := "0", "refused"
		if allowed {
			value, detail = "1", "allowed"
		}
		tx.about("own-review", "", detail)
		return tx.Settings.Set(settingOwnReview, value)
	})
}

// fourEyes sees that somebody else decides, see access.FourEyes; what it gives is for the trail.
func (t *changing) fourEyes(about id.Person, authors ...id.Login) (detail string, err error) {
	allowed, err := ownReview(t.Tx)
	if err != nil {
		return "", err
	}
	own, err := access.FourEyes(t.who, about, authors, allowed)
	if own {
		detail = ownWork
	}
	return detail, err
}

// authors are who wrote what a record says.
func authors(tx *store.Tx, rec hours.Record) ([]id.Login, error) {
	former, err := tx.Hours.Former(rec.ID)
	return hours.Authors(rec, former), err
}
