package certificate

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/sign"
	texts "xuezheng/data/text"
)

// RevokeReasons are the coded reasons of a revocation, in the order they are offered; worded as
// "certificate.reason.<code>". B-09 is "unqualified".
var RevokeReasons = []string{"issued-in-error", "wrong-person", "hours-withdrawn", "unqualified", "superseded", "other"}

// Faults of revoking.
var (
	ErrNeedsReason    = fault.New(fault.Refused, "certificate.needs-reason")
	ErrRevokedAlready = fault.New(fault.Refused, "certificate.revoked-already")
	ErrListAhead      = fault.New(fault.Refused, "certificate.revocation-list-ahead")
	ErrList           = fault.New(fault.Refused, "certificate.revocation-list")
)

// CheckRevocation refuses a revocation without a known reason; "other" needs a note.
func CheckRevocation(reason, note string) error {
	for _, r := range RevokeReasons {
		if r == reason && (r != "other" || note != "") {
			return texts.Remark.Check(note)
		}
	}
	return ErrNeedsReason
}

// RevocationEntry is one certificate that no longer stands.
type RevocationEntry struct {
	ID     id.Certificate `json:"id"`
	Number string         `json:"number"`
	Reason string         `json:"reason"`
	On     day.Date       `json:"on"`
	// Document is the SHA-256, hex, of the document that no longer stands; empty in lists of before,
	// which name an id and a number, or a number alone.
	Document string `json:"documentSha256,omitempty"`
}

// EntryOf names a certificate by its number, its id and its document: another paper that ever got the
// same number is not revoked with it.
func EntryOf(of id.Certificate, number string, doc []byte, reason string, on day.Date) RevocationEntry {
	sum := sha256.Sum256(doc)
	return RevocationEntry{ID: of, Number: number, Reason: reason, On: on, Document: hex.EncodeToString(sum[:])}
}

// names reports whether the entry is that paper's: by its document as far as both know it, else by
// its number.
func (e RevocationEntry) names(p paper) bool {
	switch {
	case e.Number != p.number:
		return false
	case e.ID != "" && p.id != "":
		return e.ID == p.id
	case e.Document != "" && len(p.digest) > 0:
		return strings.HasPrefix(e.Document, hex.EncodeToString(p.digest))
	}
	return true
}

// RevocationList is what an issuer has revoked, as of a moment.
type RevocationList struct {
	Issuer  string            `json:"issuer"` // did:key
	Name    string            `json:"name"`
	At      time.Time         `json:"at"`
	Entries []RevocationEntry `json:"revoked"`
}

// listText is a list as it is written: the list as text, so that just these bytes are signed.
type listText struct {
	Format    string `json:"format"`
	List      string `json:"list"`
	Signature string `json:"signature"`
}

const listFormat = "xuezheng revocation list 1"

// Limits of a list.
const (
	maxList    = 32 << 20 // bytes
	maxEntries = 200000
)

// SignList writes a list, signed.
func SignList(l RevocationList, k sign.Private) ([]byte, error) {
	l.Issuer, l.At = k.Public().DID(), l.At.UTC().Truncate(time.Second)
	if !l.fits() {
		return nil, ErrList
	}
	if l.Entries == nil {
		l.Entries = []RevocationEntry{}
	}
	list, err := json.Marshal(l)
	if err != nil {
		return nil, err
	}
	sig := k.Sign(append([]byte(listFormat+"\n"), list...))
	b, err := json.MarshalIndent(listText{listFormat, string(list), base64.StdEncoding.EncodeToString(sig)}, "", " ")
	return append(b, '\n'), err
}

// ParseList reads a list and checks that its issuer signed it.
func ParseList(b []byte) (l RevocationList, err error) {
	var t listText
	if len(b) > maxList || json.Unmarshal(b, &t) != nil || t.Format != listFormat {
		return l, ErrList
	}
	d := json.NewDecoder(bytes.NewReader([]byte(t.List)))
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil || !l.fits() {
		return RevocationList{}, ErrList
	}
	by, err := sign.ParseDID(l.Issuer)
	if err != nil {
		return RevocationList{}, ErrList.Because(err)
	}
	sig, err := base64.StdEncoding.DecodeString(t.Signature)
	if err != nil || !by.Verify(append([]byte(listFormat+"\n"), t.List...), sig) {
		return RevocationList{}, ErrNotSigned
	}
	return l, nil
}

// CheckDate refuses a list that is dated ahead: kept, it would stand in the way of every true one.
func (l RevocationList) CheckDate(now time.Time) error {
	if l.At.After(now.Add(clockSlack)) {
		return ErrListAhead.With(day.Of(l.At))
	}
	return nil
}

// fits reports whether a list is dated, of a size we take, and names what it revokes.
func (l RevocationList) fits() bool {
	for _, e := range l.Entries {
		if e.Number == "" || e.On.IsZero() {
			return false
		}
		if texts.Short.Check(e.Number) != nil || texts.Short.Check(e.Reason) != nil {
			return false
		}
	}
	if texts.InstitutionNameEn.Check(l.Name) != nil {
		return false
	}
	return len(l.Entries) <= maxEntries && !l.At.IsZero()
}

// revoked finds a certificate on the list: its day and its coded reason.
func (l RevocationList) revoked(p paper) (on day.Date, reason string, ok bool) {
	for _, e := range l.Entries {
		if e.names(p) {
			return e.On, e.Reason, true
		}
	}
	return 0, "", false
}

// Certifies reports whether a certificate certifies a course of that name, specialty and mode,
// completed that day: whether withdrawing such an hour makes it say too much.
func (c Content) Certifies(course, specialty, mode string, on day.Date) bool {
	for _, k := range c.Courses {
		if k.Name == course && k.Specialty == specialty && k.Mode == mode && k.On == on {
			return true
		}
	}
	return false
}
