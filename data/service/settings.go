package service

import (
	"context"
	"strconv"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/store"
)

const settingIdle = "access.idle-minutes"

// How many minutes a window may stand idle before it signs out.
const (
	DefaultIdle  = 10
	ShortestIdle = 1
	LongestIdle  = 120
)

// ErrIdle is for minutes out of range; figures: the least and the most.
var ErrIdle = fault.New(fault.Refused, "access.idle-minutes")

// IdleMinutes is how long a window may stand idle before it signs out.
func (s *Access) IdleMinutes(ctx context.Context) (minutes int, err error) {
	err = s.store.View(ctx, func(tx *store.Tx) error {
		text, err := tx.Settings.Get(settingIdle)
		if n, no := strconv.Atoi(text); no == nil && n >= ShortestIdle && n <= LongestIdle {
			minutes = n
		} else {
			minutes = DefaultIdle
		}
		return err
	})
	return minutes, err
}

// SetIdleMinutes changes how long a window may stand idle.
func (s *Access) SetIdleMinutes(ctx context.Context, who access.Who, minutes int) error {
	if minutes < ShortestIdle || minutes > LongestIdle {
		return ErrIdle.With(ShortestIdle, LongestIdle)
	}
	return s.do(ctx, who, act.ChangeConfig, func(tx *changing) error {
		tx.about("idle-minutes", "", strconv.Itoa(minutes))
		return tx.Settings.Set(settingIdle, strconv.Itoa(minutes))
	})
}

// AddOnce makes a login with a one-time passphrase, which is returned once: whoever signs in with
// it must choose their own.
func (s *Access) AddOnce(ctx context.Context, who access.Who, name string, role access.Role, p id.Person) (code string, err error) {
	if err := access.CheckLogin(name, role, p); err != nil {
		return "", err
	}
	err = s.do(ctx, who, act.AddLogin, func(tx *changing) error {
		if code, err = oneTimeCode(); err != nil {
			return err
		}
		l := access.Login{ID: id.New[id.Login](), Name: name, Role: role, Person: p, MustChange: true, CreatedAt: s.now().UTC(), Version: 1}
		tx.about(string(l.ID), p, string(role))
		return tx.Access.AddLogin(l, code)
	})
	return code, err
}

// ResetOnce gives another login a one-time passphrase, which is returned once.
func (s *Access) ResetOnce(ctx context.Context, who access.Who, name string) (code string, err error) {
	err = s.do(ctx, who, act.ResetLogin, func(tx *changing) error {
		l, err := tx.Access.ByName(name)
		if err != nil {
			return err
		}
		if code, err = oneTimeCode(); err != nil {
			return err
		}
		tx.about(string(l.ID), l.Person, "one-time")
		return tx.Access.SetPassphrase(l.ID, code, true)
	})
	return code, err
}
