package person

import (
	"errors"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/text"
)

// Form is what someone fills in to register.
type Form struct {
	Name, Number, Phone, Email, Address, Unit string
	Sex                                       string   // "" leaves it to the number
	Birth                                     day.Date // none leaves it to the number
}

// NumberFacts is what the document number told, handed over by whoever checked it.
type NumberFacts struct {
	Number, Kind string
	Birth        day.Date
	Sex          string
	Why          []*fault.Fault
}

// Faults of registering.
var (
	ErrNameMissing  = fault.New(fault.Refused, "person.name-missing")
	ErrNameLong     = fault.New(fault.Refused, "person.name-long")
	ErrNameLetters  = fault.New(fault.Refused, "person.name-letters")
	ErrPhoneMissing = fault.New(fault.Refused, "person.phone-missing")
	ErrPhone        = fault.New(fault.Refused, "person.phone-form")
	ErrEmail        = fault.New(fault.Refused, "person.email-form")
	ErrSexDiffers   = fault.New(fault.Refused, "person.sex-differs")
	ErrBirthDiffers = fault.New(fault.Refused, "person.birth-differs")
	ErrAddressLong  = fault.New(fault.Refused, "person.address-long")
	ErrKnown        = fault.New(fault.Refused, "person.known")
	ErrNoPerson     = fault.New(fault.Missing, "person.none")
	ErrConsentKind  = fault.New(fault.Refused, "person.consent-kind")
	ErrNoConsent    = fault.New(fault.Refused, "person.no-consent")
)

// FieldFaults holds, for each field of a form, why it is refused, so that each refusal can
// stand beside its field.
type FieldFaults map[string]*fault.Fault

// fields in the order a form shows them.
var fields = []string{"name", "number", "sex", "birth", "phone", "email", "address", "unit"}

// Error is the first refusal; the others stand beside their fields.
func (f FieldFaults) Error() string { return f.First().Error() }

// Unwrap gives errors.As the first refusal.
func (f FieldFaults) Unwrap() error { return f.First() }

// First is the refusal of the field that stands first.
func (f FieldFaults) First() *fault.Fault {
	for _, name := range fields {
		if f[name] != nil {
			return f[name]
		}
	}
	return nil
}

// Limits on what is written.
const (
	maxName    = 50  // characters
	maxAddress = 120 // characters
	maxEmail   = 100
)

// Register returns the person a form describes, or FieldFaults with every field that breaks a
// rule (G-15; Confirming a person, 1).
func Register(f Form, n NumberFacts) (Person, error) {
	faults := FieldFaults{}
	note := func(field string, err *fault.Fault) {
		if err != nil {
			faults[field] = err
		}
	}
	note("name", CheckName(f.Name))
	if len(n.Why) > 0 {
		note("number", n.Why[0])
	} else {
		if f.Sex != "" && n.Sex != "" && f.Sex != n.Sex {
			note("sex", ErrSexDiffers)
		}
		if !f.Birth.IsZero() && !n.Birth.IsZero() && f.Birth != n.Birth {
			note("birth", ErrBirthDiffers)
		}
	}
	note("phone", CheckPhone(f.Phone))
	note("email", CheckEmail(f.Email))
	if err := text.Address.Check(f.Address); utf8.RuneCountInString(f.Address) > maxAddress {
		note("address", ErrAddressLong.With(maxAddress))
	} else if err != nil {
		note("address", fault.Of(err))
	}
	if err := text.UnitName.Check(f.Unit); err != nil {
		note("unit", fault.Of(err))
	}
	if len(faults) > 0 {
		return Person{}, faults
	}
	return Person{
		ID: id.New[id.Person](), Name: strings.TrimSpace(f.Name), Number: n.Number, NumberKind: n.Kind,
		Birth: n.Birth, Sex: n.Sex, Phone: f.Phone, Email: f.Email, Address: f.Address, UnitName: f.Unit, Version: 1,
	}, nil
}

// CheckName refuses an empty name, one too long, and signs no name has. Chinese characters,
// letters of any script, the middle dot of minority names, spaces and hyphens may stand in it.
func CheckName(name string) *fault.Fault {
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return ErrNameMissing
	case utf8.RuneCountInString(name) > maxName:
		return ErrNameLong.With(maxName)
	case !utf8.ValidString(name):
		return ErrNameLetters
	}
	if err := text.Name.Check(name); errors.Is(err, text.ErrSign) || errors.Is(err, text.ErrMarks) {
		return fault.Of(err)
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune("·•・. -'’", r) {
			return ErrNameLetters
		}
	}
	return nil
}

var (
	mobile   = regexp.MustCompile(`^1[3-9]\d{9}$`)
	landline = regexp.MustCompile(`^0\d{2,3}-?[2-9]\d{6,7}(-\d{1,6})?$`)
	mail     = regexp.MustCompile(`^[A-Za-z0-9._%+\-]+@[A-Za-z0-9]([A-Za-z0-9\-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9\-]*[A-Za-z0-9])?)*\.[A-Za-z]{2,}$`)
)

// CheckPhone checks the form of a phone number (G-15): a mobile of the mainland, or a landline
// with its area code.
func CheckPhone(phone string) *fault.Fault {
	switch {
	case phone == "":
		return ErrPhoneMissing
	case !mobile.MatchString(phone) && !landline.MatchString(phone):
		return ErrPhone
	}
	return nil
}

// CheckEmail checks the form of an e-mail address (G-15); none is allowed.
func CheckEmail(email string) *fault.Fault {
	if email != "" && (len(email) > maxEmail || !mail.MatchString(email) || strings.Contains(email, "..")) {
		return ErrEmail
	}
	return nil
}
