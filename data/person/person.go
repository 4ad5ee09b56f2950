// Package person says who someone is: name, number, contacts, what they read and agreed to.
// One person is one record, whatever they enrol in (G-12).
package person

import (
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/state"
)

// Person is someone known to the store. Number, phone, e-mail and address are kept sealed.
type Person struct {
	ID         id.Person
	Name       string
	Pinyin     string // of the name, lower case, syllables apart by spaces
	Number     string // as its document spells it
	NumberKind string // as identity.Kind
	Birth      day.Date
	Sex        string // "male" or "female", as the number says
	Phone      string
	Email      string
	Address    string
	Unit       id.Unit
	UnitName   string
	State      state.Identity
	CreatedAt  time.Time
	UpdatedAt  time.Time
	Version    int
}

// Consent is a separate agreement, or its refusal, to one use of personal data (P-01). Refusing
// leads to a clerk, not to a closed door.
type Consent struct {
	Person  id.Person
	Kind    string // "document-pictures", "face" or "face-others"
	Given   bool
	Version int // of its text
	At      time.Time
	By      id.Login
}

// The kinds of consent.
const (
	ConsentPictures = "document-pictures"
	ConsentFace     = "face"
	ConsentOthers   = "face-others" // that the face is looked for on other people's records
)

// Reading is that a notice was read, in which version (G-13).
type Reading struct {
	Person  id.Person
	Notice  string
	Version int
	At      time.Time
	By      id.Login
}
