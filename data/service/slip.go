package service

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/store"
)

// slipKey is the random-looking key in a person's slip. It is drawn from one secret of the store,
// so that a slip printed last week opens today's case, and nobody else can draw it.
func slipKey(tx *store.Tx, p id.Person) ([]byte, error) {
	secret, err := tx.Keys.Secret("slip", func() ([]byte, error) {
		b := make([]byte, 32)
		_, err := rand.Read(b)
		return b, err
	})
	if err != nil {
		return nil, err
	}
	m := hmac.New(sha256.New, secret)
	m.Write([]byte(p))
	return m.Sum(nil)[:identity.SlipKeySize], nil
}

// SlipCode is the text in the code of a person's slip, as Slip prints it.
func (s *Identity) SlipCode(ctx context.Context, who access.Who, p id.Person) (text string, err error) {
	err = s.doFor(ctx, who, act.PrintSlip, p, func(tx *changing) error {
		if _, err := tx.People.Get(p); err != nil {
			return err
		}
		key, err := slipKey(tx.Tx, p)
		tx.about(string(p), p, "")
		text = identity.SlipText(p, key)
		return err
	})
	return text, err
}
