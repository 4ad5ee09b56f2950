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
	Minutes      []int    `json:"minutes"` // main required, main elective, then each added specialty
	Renewal      bool     `json:"renewalReady"`
	IssuerName   string   `json:"issuerName"`
	DocumentHash []byte   `json:"documentSha256"` // its first eight bytes
}

// wire is Claims as CBOR: an array, names in GB 18030 (two bytes a character), days counted from
// 2000-01-01, and of the masked number only what is shown.
type wire struct {
	_        struct{} `cbor:",toarray"`
	Version  int
	Number   string
	Name     []byte
	Shown    string // first four and last four characters
	Hidden   int    // how many stand between them
	IssuedOn int
	From     int
	To       int
	Main     []byte
	Minutes  []int
	Renewal  bool
	Issuer   []byte
	Document []byte
}

const (
	claimsVersion = 1
	hashBytes     = 8
)

var epoch = day.MustNew(2000, 1, 1)

func signClaims(c Content, doc []byte, k sign.Private) (string, error) {
	hash := sha256.Sum256(doc)
	w := wire{
		Version: claimsVersion, Number: c.Number, IssuedOn: epoch.DaysTo(c.IssuedOn), From: epoch.DaysTo(c.From), To: epoch.DaysTo(c.To),
		Renewal: c.Renewal, Document: hash[:hashBytes],
	}
	first, last := strings.Index(c.Holder.MaskedNumber, "*"), strings.LastIndex(c.Holder.MaskedNumber, "*")
	if first >= 0 {
		w.Shown, w.Hidden = c.Holder.MaskedNumber[:first]+c.Holder.MaskedNumber[last+1:], last-first+1
	}
	for _, b := range c.Buckets {
		w.Minutes = append(w.Minutes, b.Minutes)
	}
	var err1, err2, err3 error
	w.Name, err1 = short(c.Holder.Name)
	w.Main, err2 = short(c.Main)
	w.Issuer, err3 = short(c.Institution.Name)
	if err := errors.Join(err1, err2, err3); err != nil {
		return "", err
	}
	return sign.SignCode(w, k)
}

func short(s string) ([]byte, error) {
	return simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
}

func long(b []byte) (string, error) {
	if len(b) > 400 {
		return "", ErrForm
	}
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
	if w.Version != claimsVersion || len(w.Minutes) > 60 || w.Hidden < 0 || w.Hidden > 32 || len(w.Shown) > 32 || len(w.Number) > 64 {
		return c, by, ErrForm
	}
	const century = 36525 * 2
	for _, n := range []int{w.IssuedOn, w.From, w.To} {
		if n < -century || n > century {
			return c, by, ErrForm
		}
	}
	c = Claims{
		Number: w.Number, IssuedOn: epoch.AddDays(w.IssuedOn), From: epoch.AddDays(w.From), To: epoch.AddDays(w.To),
		Minutes: w.Minutes, Renewal: w.Renewal, DocumentHash: w.Document,
	}
	half := min(4, len(w.Shown))
	c.MaskedNumber = w.Shown[:half] + strings.Repeat("*", w.Hidden) + w.Shown[half:]
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
