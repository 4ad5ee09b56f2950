package service

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/id"
	"xuezheng/data/store"
)

// SlipPrefix begins the text of a slip's code; a person's id follows, then the key that opens
// their case at a kiosk.
const SlipPrefix = "XZS:"

// slipText is what stands in the code of a person's slip.
func slipText(p id.Person, key []byte) string {
	return SlipPrefix + strings.ToUpper(string(p)) + ":" + slipCode.EncodeToString(key)
}

var slipCode = base32.StdEncoding.WithPadding(base32.NoPadding)

// Sizes of a slip's parts, in bytes.
const (
	slipKeySize = 16
	slipIDSize  = 36
)

// ReadSlip reads the code of a slip, typed, scanned or seen by a camera: whose case it opens, and
// the key for a kiosk, which older slips don't have.
func ReadSlip(text string) (p id.Person, key []byte, ok bool) {
	text = strings.ToUpper(strings.TrimSpace(text))
	if len(text) > 128 || !strings.HasPrefix(text, SlipPrefix) {
		return "", nil, false
	}
	who, code, _ := strings.Cut(strings.TrimPrefix(text, SlipPrefix), ":")
	if len(who) != slipIDSize || strings.Trim(who, "0123456789ABCDEF-") != "" {
		return "", nil, false
	}
	if code == "" {
		return id.Person(strings.ToLower(who)), nil, true
	}
	key, err := slipCode.DecodeString(code)
	if err != nil || len(key) != slipKeySize {
		return "", nil, false
	}
	return id.Person(strings.ToLower(who)), key, true
}

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
	return m.Sum(nil)[:slipKeySize], nil
}

// SlipCode is the text in the code of a person's slip, as Slip prints it.
func (s *Identity) SlipCode(ctx context.Context, who access.Who, p id.Person) (text string, err error) {
	err = s.doFor(ctx, who, act.PrintSlip, p, func(tx *changing) error {
		if _, err := tx.People.Get(p); err != nil {
			return err
		}
		key, err := slipKey(tx.Tx, p)
		tx.about(string(p), p, "")
		text = slipText(p, key)
		return err
	})
	return text, err
}
