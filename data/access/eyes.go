package access

import (
	"slices"

	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Faults of deciding what is one's own.
var (
	ErrOwnWork   = fault.New(fault.Refused, "access.own-work")
	ErrOwnPerson = fault.New(fault.Refused, "access.own-person")
)

// FourEyes sees that somebody else decides than who brought it about: authors entered it, changed what
// it says, or asked for it; about is whom it concerns. It says whether it is one's own; that is
// refused unless the institution allows it, as a place with one clerk must. Nothing is known of who
// entered what older programs kept: that is nobody's own.
//
// Which acts ask it, and which don't:
//
//	accept hours            yes: certificates rest on it
//	grant a change          yes: a name, a number, a photo is what everything else is found by
//	approve a merge         yes: numbers become void for good
//	return, decline, undo,
//	withdraw                no: it gives nobody anything, and whoever sees their own mistake mends it
//	confirm somebody        no: the original and the person are there, which is the second pair; but nobody
//	                        confirms themselves, whatever the settings say
//	pay, invoice            no: what was received is written down, nothing is decided
//	issue a certificate     no: it adds nothing to what was accepted
//	publish a list          no: it says what was accepted
func FourEyes(who Who, about id.Person, authors []id.Login, allowed bool) (own bool, err error) {
	own = slices.ContainsFunc(authors, func(a id.Login) bool { return a != "" && a == who.Login }) || who.Person != "" && who.Person == about
	if own && !allowed {
		return true, ErrOwnWork
	}
	return own, nil
}
