package person

import (
	"strings"
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// FormerKind is what was corrected.
type FormerKind string

// What a former value was.
const (
	FormerName   FormerKind = "name"
	FormerNumber FormerKind = "number"
)

// Former is a name or a number that stood here until it was corrected (G-18). It still leads to its
// person. Old and new value are kept sealed.
type Former struct {
	ID       string
	Person   id.Person
	Kind     FormerKind
	Old, New string
	At       time.Time
	Request  id.Request // by which it was corrected
}

// Words about values that were corrected; each is told with the day. They refuse nothing.
var (
	WordNumberCorrected = fault.New(fault.Refused, "person.number-corrected") // figures: the day, the number now, masked
	WordNameCorrected   = fault.New(fault.Refused, "person.name-corrected")   // figures: the day, the name now
)

// Faults of finding out whom a number means.
var (
	ErrOtherName = fault.New(fault.Refused, "exchange.other-name")
	ErrWhoOfThem = fault.New(fault.Refused, "person.who-of-them") // the number was of several, and no name says of whom
)

// Bearer is somebody whom a document number may mean.
type Bearer struct {
	ID     id.Person
	Name   string
	Number *Former  // the number was theirs until it was corrected; nil if it is theirs
	Names  []Former // the names they had, the latest first
}

// Called says how somebody is called by this name: by the one they have, or by one they had.
func (b Bearer) Called(name string) (former *Former, ok bool) {
	name = strings.TrimSpace(name)
	if name == b.Name {
		return nil, true
	}
	for i := range b.Names {
		if b.Names[i].Old == name {
			return &b.Names[i], true
		}
	}
	return nil, false
}

// Whom says whom a number means that stands beside a name, or beside none (G-12, G-18). Whose it is
// stands before those whose it was. A corrected number means its person only together with a name of
// theirs, or where there is no name: else somebody else may have it rightly, and found is false. named
// is the former name by which they were called, if it was one. Present comes first in bearers, if
// anybody has the number.
func Whom(name string, bearers []Bearer) (b Bearer, named *Former, found bool, err error) {
	if strings.TrimSpace(name) == "" {
		return whoseNumber(bearers)
	}
	for _, b := range bearers {
		if former, ok := b.Called(name); ok {
			return b, former, true, nil
		}
	}
	if len(bearers) > 0 && bearers[0].Number == nil {
		return bearers[0], nil, true, ErrOtherName
	}
	return Bearer{}, nil, false, nil
}

// whoseNumber says whose a number is, or was, if no name stands beside it.
func whoseNumber(bearers []Bearer) (b Bearer, named *Former, found bool, err error) {
	switch {
	case len(bearers) == 0:
		return Bearer{}, nil, false, nil
	case bearers[0].Number == nil, len(bearers) == 1:
		return bearers[0], nil, true, nil
	}
	return Bearer{}, nil, false, ErrWhoOfThem
}
