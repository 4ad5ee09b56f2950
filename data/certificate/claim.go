package certificate

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"xuezheng/data/day"
	"xuezheng/data/sign"
)

// Claims are the few facts the printed code carries, so that paper alone can be verified.
type Claims struct {
	Number       string   `json:"number"`
	Name         string   `json:"name"`
	MaskedNumber string   `json:"maskedNumber"`
	IssuedOn     day.Date `json:"issuedOn"`
	From         day.Date `json:"from"`
	To           day.Date `json:"to"`
	Main         string   `json:"main"`
	Hundredths   []int    `json:"hundredths"` // of a 学时: main required, main elective, then each added specialty
	Renewal      bool     `json:"renewalReady"`
	IssuerName   string   `json:"issuerName"`
	DocumentHash []byte   `json:"documentSha256"` // its first eight bytes
}

// wire is Claims as CBOR: an array, names in GB 18030 (two bytes a character), days counted from
// 2000-01-01, and the masked number with one * for what is hidden.
type wire struct {
	_        struct{} `cbor:",toarray"`
	Version  int
	Number   string
	Name     []byte
	Shown    string // 4507*9653
	Hidden   int    // how many characters the * stands for
	IssuedOn int
	From     int
	To       int
	Main     []byte
	Amounts  []int // hundredths of a 学时; minutes in version 1
	Renewal  bool
	Issuer   []byte
	Document []byte
}

const (
	claimsVersion  = 2
	minutesVersion = 1 // before amounts were exact
	hashBytes      = 8
)

var epoch = day.MustNew(2000, 1, 1)

func signClaims(c Content, doc []byte, k sign.Private) (string, error) {
	hash := sha256.Sum256(doc)
	w := wire{
		Version: claimsVersion, Number: c.Number, IssuedOn: epoch.DaysTo(c.IssuedOn), From: epoch.DaysTo(c.From), To: epoch.DaysTo(c.To),
		Renewal: c.Renewal, Document: hash[:hashBytes],
	}
	w.Shown, w.Hidden = fold(c.Holder.MaskedNumber)
	for _, b := range c.Buckets {
		w.Amounts = append(w.Amounts, c.Hundredths(b.Seconds))
	}
	var err1, err2, err3 error
	w.Name, err1 = short(c.Holder.Name)
	w.Main, err2 = short(cut(c.Main))
	w.Issuer, err3 = short(cut(c.Institution.Name))
	if err := errors.Join(err1, err2, err3); err != nil {
		return "", err
	}
	if !w.fits() {
		return "", ErrForm
	}
	return sign.SignCode(w, k)
}

// fits reports whether the facts are of a size that a certificate can have, and its days within
// two centuries of 2000.
func (w wire) fits() bool {
	const centuries = 2 * 36525
	for _, n := range []int{w.IssuedOn, w.From, w.To} {
		if n < -centuries || n > centuries {
			return false
		}
	}
	return (w.Version == claimsVersion || w.Version == minutesVersion) && len(w.Number) <= 64 && len(w.Shown) <= 32 && w.Hidden >= 0 && w.Hidden <= 32 &&
		len(w.Amounts) <= 60 && len(w.Document) == hashBytes && len(w.Name) <= maxShort && len(w.Main) <= maxShort && len(w.Issuer) <= maxShort
}

// maxShort is the longest text the code carries, in bytes of GB 18030.
const maxShort = 400

// fold writes the one run of * in a masked number as a single one, and says how long it was.
func fold(masked string) (shown string, hidden int) {
	first, last := strings.Index(masked, "*"), strings.LastIndex(masked, "*")
	if first < 0 {
		return masked, 0
	}
	if hidden = last - first + 1; strings.Count(masked, "*") != hidden {
		return masked, 1 // more runs than one: left as it is
	}
	return masked[:first] + "*" + masked[last+1:], hidden
}

// maxWords is the longest text but the holder's name that the code carries whole, in characters:
// beyond it the code would grow too fine to scan. The document has it in full.
const maxWords = 24

func cut(s string) string {
	if r := []rune(s); len(r) > maxWords {
		return string(r[:maxWords-1]) + "…"
	}
	return s
}

func short(s string) ([]byte, error) {
	return simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
}

func long(b []byte) (string, error) {
	s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil || bytes.ContainsRune(s, '\uFFFD') {
		return "", ErrForm
	}
	return string(s), nil
}

// ParseQR checks the text of a printed code and returns what it says and whose key signed it.
func ParseQR(text string) (c Claims, by sign.Public, err error) {
	var w wire
	if by, err = sign.ParseCode(text, &w); err != nil {
		if errors.Is(err, sign.ErrSignature) {
			return c, by, ErrNotSigned.Because(err)
		}
		return c, by, ErrForm.Because(err)
	}
	if !w.fits() {
		return c, by, ErrForm
	}
	c = Claims{
		Number: w.Number, IssuedOn: epoch.AddDays(w.IssuedOn), From: epoch.AddDays(w.From), To: epoch.AddDays(w.To),
		Hundredths: w.Amounts, Renewal: w.Renewal, DocumentHash: w.Document,
	}
	if w.Version == minutesVersion {
		for i, minutes := range c.Hundredths {
			c.Hundredths[i] = fromMinutes(minutes)
		}
	}
	c.MaskedNumber = strings.Replace(w.Shown, "*", strings.Repeat("*", w.Hidden), 1)
	var err1, err2, err3 error
	c.Name, err1 = long(w.Name)
	c.Main, err2 = long(w.Main)
	c.IssuerName, err3 = long(w.Issuer)
	if errors.Join(err1, err2, err3) != nil {
		return Claims{}, by, ErrForm
	}
	return c, by, nil
}

// Of reports whether the code belongs to that signed document.
func (c Claims) Of(doc []byte) bool {
	hash := sha256.Sum256(doc)
	return bytes.Equal(c.DocumentHash, hash[:hashBytes])
}
