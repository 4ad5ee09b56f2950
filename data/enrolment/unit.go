package enrolment

import (
	"cmp"
	"strings"
	"time"
	"unicode/utf8"

	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/text"
)

// Unit is an employer that binds its learners and pays for them (G-14).
type Unit struct {
	ID        id.Unit
	Name      string
	TaxNumber string
	Contact   string
	Phone     string
}

// How a learner agreed to be bound.
const (
	AgreedByLearner = "learner"
	AgreedOnPaper   = "paper" // the clerk saw it
)

// Binding ties a learner to a unit; it needs the learner's agreement, or the clerk's with the
// paper seen (G-14).
type Binding struct {
	Unit   id.Unit
	Person id.Person
	Agreed string // AgreedByLearner or AgreedOnPaper
	At     time.Time
}

// Faults of units.
var (
	ErrNotAgreed = fault.New(fault.Refused, "enrolment.not-agreed")
	ErrUnitName  = fault.New(fault.Refused, "enrolment.unit-name")
	ErrUnitLong  = fault.New(fault.Refused, "enrolment.unit-long")
	ErrUnitPhone = fault.New(fault.Refused, "enrolment.unit-phone")
	ErrUnitKnown = fault.New(fault.Refused, "enrolment.unit-known") // a unit of that name is there already
)

// maxUnitName is the greatest length of a unit's name or contact, in characters.
const maxUnitName = 100

// Check refuses a unit nobody could write to: without a name, or with a tax number or a phone
// that can't be one.
func (u Unit) Check() error {
	switch {
	case strings.TrimSpace(u.Name) == "":
		return ErrUnitName
	case utf8.RuneCountInString(u.Name) > maxUnitName, utf8.RuneCountInString(u.Contact) > maxUnitName:
		return ErrUnitLong.With(maxUnitName)
	case u.TaxNumber != "" && !isTaxNumber(u.TaxNumber):
		return ErrTaxNumber.With(taxNumberMin, taxNumberMax)
	case u.Phone != "" && !isPhone(u.Phone):
		return ErrUnitPhone
	}
	return cmp.Or(text.UnitName.Check(u.Name), text.Contact.Check(u.Contact), text.Phone.Check(u.Phone))
}

// isPhone takes mobile numbers and landlines with their area code: 0771-1234567, +86 allowed.
func isPhone(s string) bool {
	digits := strings.NewReplacer("-", "", " ", "", "+86", "").Replace(s)
	return len(digits) >= 7 && len(digits) <= 12 && only(digits, "0123456789")
}

// Bind ties a learner to a unit, with the learner's agreement or the paper seen (G-14).
func Bind(u Unit, p id.Person, agreed string, at time.Time) (Binding, error) {
	if agreed != AgreedByLearner && agreed != AgreedOnPaper {
		return Binding{}, ErrNotAgreed
	}
	return Binding{Unit: u.ID, Person: p, Agreed: agreed, At: at}, nil
}
