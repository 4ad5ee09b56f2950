// Package access says who may do what: logins, their roles, and what each role is here for.
package access

import (
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Role is what someone is here for.
type Role string

// The roles, from least to most.
const (
	Learner       Role = "learner"
	Clerk         Role = "clerk"
	Reviewer      Role = "reviewer"
	Administrator Role = "administrator"
)

// Who is someone signed in.
type Who struct {
	Login   id.Login
	Name    string // login name
	Role    Role
	Person  id.Person // whose own data a learner may see; empty for staff
	Machine string    // which machine, for the audit trail
	// MustChange is set for a passphrase that was handed out: it is good for choosing another.
	MustChange bool
}

// Reaches reports whether w's acts may concern p: a learner's reach their own data only.
func (w Who) Reaches(p id.Person) bool { return w.Role != Learner || p != "" && p == w.Person }

// Login is who may open what (登录账号).
type Login struct {
	ID         id.Login
	Name       string
	Role       Role
	Person     id.Person
	Disabled   bool
	MustChange bool      // the passphrase was handed out and is good for one sign-in
	Failures   int       // wrong passphrases in a row
	NextTryAt  time.Time // before this, no try is taken
	CreatedAt  time.Time
	Version    int
	Opens      string // names what its passphrase opens; empty in a store of before
}

// Faults of access.
var (
	ErrDenied          = fault.New(fault.Denied, "access.denied")
	ErrNotSignedIn     = fault.New(fault.Denied, "access.not-signed-in")
	ErrWrongPassphrase = fault.New(fault.Refused, "access.wrong-passphrase")
	ErrSlowDown        = fault.New(fault.Refused, "access.slow-down")
	ErrNoLogin         = fault.New(fault.Missing, "access.no-login")
	ErrLoginTaken      = fault.New(fault.Refused, "access.login-taken")
	ErrLoginName       = fault.New(fault.Refused, "access.login-name")
	ErrWeakPassphrase  = fault.New(fault.Refused, "access.weak-passphrase")
	ErrDisabled        = fault.New(fault.Denied, "access.disabled")
	ErrLastAdmin       = fault.New(fault.Refused, "access.last-administrator")
	ErrMustChange      = fault.New(fault.Denied, "access.must-change")
	ErrBadRole         = fault.New(fault.Refused, "access.bad-role")
)
