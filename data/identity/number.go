// Package identity holds the rules for knowing who someone is: document numbers, the photo, the
// steps of confirmation, which originals were seen, and changes of what was confirmed.
package identity

import (
	"math/big"
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// Kind is what sort of document a number (证件号码) belongs to.
type Kind string

// The kinds of number.
const (
	Resident    Kind = "resident"         // 居民身份证, 18 digits, GB 11643-1999
	Resident15  Kind = "resident-15"      // the old form, without a check digit
	Permit      Kind = "residence-permit" // 港澳台居民居住证, begins with 81, 82, 83
	Foreigner   Kind = "foreigner"        // 外国人永久居留身份证 of 2023, begins with 9
	Foreigner17 Kind = "foreigner-2017"   // its form before, 3 letters and 12 digits
)

// Sex as the number says.
type Sex string

// The two sexes a number knows.
const (
	Male   Sex = "male"
	Female Sex = "female"
)

// Why a number is not valid, or, of an unknown region, what to look at.
var (
	ErrNumberMissing = fault.New(fault.Refused, "identity.number.missing")
	ErrNumberForm    = fault.New(fault.Refused, "identity.number.form")
	ErrNumberLength  = fault.New(fault.Refused, "identity.number.length")
	ErrScientific    = fault.New(fault.Refused, "identity.number.scientific")
	ErrRounded       = fault.New(fault.Refused, "identity.number.rounded")
	ErrCheckDigit    = fault.New(fault.Refused, "identity.number.check-digit")
	ErrNoSuchDate    = fault.New(fault.Refused, "identity.number.date")
	ErrFutureBirth   = fault.New(fault.Refused, "identity.number.future")
	ErrLongAgo       = fault.New(fault.Refused, "identity.number.long-ago")
	WarnRegion       = fault.New(fault.Refused, "identity.number.region")
)

// Finding is what a document number tells (Confirming a person, 1).
type Finding struct {
	Number   string // mended: plain digits, no spaces, capital letters
	Kind     Kind
	Valid    bool
	Birth    day.Date
	Sex      Sex
	Region   string         // where it was first given out, as far as known
	Why      []*fault.Fault // why it is not valid
	Warn     []*fault.Fault // what to look at all the same
	Repaired bool           // the text was mended to read it
}

// oldest is how many years ago someone may have been born.
const oldest = 130

// Check judges a document number as someone wrote it. Full-width digits, stray spaces and a
// small x are mended. Numbers that a spreadsheet destroyed are recognised as such.
func Check(text string, today day.Date) Finding {
	f := Finding{Number: Normal(text)}
	f.Repaired = f.Number != text && text != ""
	n := f.Number
	switch {
	case n == "":
		f.refuse(ErrNumberMissing)
	case scientific(n):
		f.refuse(ErrScientific)
	case len(n) == 18 && isDigits(n[:17]) && (isDigits(n[17:]) || n[17] == 'X'):
		f.eighteen(today)
	case len(n) == 15 && isDigits(n):
		f.fifteen(today)
	case len(n) == 15 && isLetters(n[:3]) && isDigits(n[3:]):
		f.foreign17(today)
	case isDigits(strings.TrimSuffix(n, "X")):
		f.refuse(ErrNumberLength.With(len(n)))
	default:
		f.refuse(ErrNumberForm)
	}
	f.Valid = len(f.Why) == 0
	return f
}

func (f *Finding) refuse(why *fault.Fault) { f.Why = append(f.Why, why) }

// eighteen judges the form with a check digit: residents, permits, foreigners since 2023.
func (f *Finding) eighteen(today day.Date) {
	n := f.Number
	switch {
	case n[0] == '9':
		f.Kind = Foreigner
	case n[:2] == "81", n[:2] == "82", n[:2] == "83":
		f.Kind = Permit
	default:
		f.Kind = Resident
	}
	right := checkDigit(n[:17]) == n[17]
	if !right && strings.HasSuffix(n, "000") {
		f.refuse(ErrRounded) // a spreadsheet keeps fifteen digits and makes the others noughts
		return
	}
	f.born(n[6:14], today)
	if !right {
		f.refuse(ErrCheckDigit)
	}
	f.Sex = sexOf(n[16])
	if f.Kind != Foreigner {
		f.region(n[:6])
	}
}

// fifteen judges the old form: born in the 1900s, odd is male, no check digit.
func (f *Finding) fifteen(today day.Date) {
	f.Kind = Resident15
	f.born("19"+f.Number[6:12], today)
	f.Sex = sexOf(f.Number[14])
	f.region(f.Number[:6])
}

// foreign17 judges the form before 2023: three letters of the country, then twelve digits of
// which the fourth-last six are YYMMDD of birth. Its check digit follows the machine-readable
// zone's weights 7, 3, 1, which are not published for this card: it is not judged.
func (f *Finding) foreign17(today day.Date) {
	f.Kind = Foreigner17
	yymmdd := f.Number[7:13]
	century := "19"
	if yymmdd[:2] <= today.String()[2:4] {
		century = "20"
	}
	f.born(century+yymmdd, today)
}

func (f *Finding) born(yyyymmdd string, today day.Date) {
	birth, err := day.ParseLoose(yyyymmdd)
	switch {
	case err != nil:
		f.refuse(ErrNoSuchDate)
		return
	case birth.After(today):
		f.refuse(ErrFutureBirth)
	case birth.Before(today.AddYears(-oldest)):
		f.refuse(ErrLongAgo)
	}
	f.Birth = birth
}

func (f *Finding) region(code string) {
	if f.Region = RegionName(code); f.Region == "" {
		f.Warn = append(f.Warn, WarnRegion)
	}
}

// Normal is a number as it is kept: full-width signs narrow, no spaces or hidden marks, capital
// letters.
func Normal(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			r = r - '！' + '!'
		case r == '　', r == '\u00a0', r == '\u200b', r == '\ufeff', r == ' ', r == '\t', r == '\n', r == '\r', r == '\'', r == '‘', r == '’':
			return -1
		}
		if r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}, text)
}

// Canonical is one spelling for one person: an old 15-digit number becomes the 18 digits of the
// same person.
func Canonical(number string) string {
	n := Normal(number)
	if len(n) == 15 && isDigits(n) {
		return Upgrade15(n)
	}
	return n
}

// Upgrade15 is the 18-digit number of whoever has this old one; n is 15 digits.
func Upgrade15(n string) string {
	long := n[:6] + "19" + n[6:]
	return long + string(checkDigit(long))
}

// SamePerson reports whether two numbers are spellings of one person's.
func SamePerson(a, b string) bool { return Canonical(a) == Canonical(b) }

// checkDigit is the last character for 17 digits (GB 11643-1999, ISO 7064 MOD 11-2).
func checkDigit(n string) byte {
	sum, weight := 0, 1
	for i := len(n) - 1; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(n[i]-'0') * weight
	}
	return "10X98765432"[sum%11]
}

// scientific recognises what a spreadsheet makes of a long number: 4.51302E+17, and the same
// figure written out with a point.
func scientific(n string) bool {
	if !strings.ContainsAny(n, ".E") || len(n) > 40 {
		return false
	}
	for _, r := range n {
		if (r < '0' || r > '9') && !strings.ContainsRune(".E+", r) {
			return false
		}
	}
	_, _, err := big.ParseFloat(n, 10, 64, big.ToZero)
	return err == nil
}

func sexOf(digit byte) Sex {
	if (digit-'0')%2 == 1 {
		return Male
	}
	return Female
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func isLetters(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return s != ""
}

// Mask hides the middle of a number (P-06): 4501**********4217.
func Mask(number string) string { return hide(number, 4, 4) }

// MaskPhone hides the middle of a phone number: 138****6021.
func MaskPhone(phone string) string { return hide(phone, 3, 4) }

func hide(s string, front, back int) string {
	if len(s) <= front+back {
		return strings.Repeat("*", len(s))
	}
	return s[:front] + strings.Repeat("*", len(s)-front-back) + s[len(s)-back:]
}
