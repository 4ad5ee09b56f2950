package view

import (
	"time"

	"xuezheng/data/access"
)

// Institution is the institution with its key.
type Institution struct {
	Name, NameEn, Phone string
	OwnReview           bool   // whoever entered something may decide it too
	Fingerprint         string // in groups; empty where there is no key
}

// UserRow is one login.
type UserRow struct {
	Name       string
	Role       access.Role
	Disabled   bool
	MustChange bool // its passphrase was handed out
	Me         bool // whoever looks
	CreatedAt  time.Time
}
