package sign

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// KeyFile is a public key with whose it is, signed by the key itself so that the name and the
// key belong together.
type KeyFile struct {
	Name   string    `json:"name"`
	NameEn string    `json:"nameEn,omitempty"`
	DID    string    `json:"key"`
	Made   time.Time `json:"made"`
}

// keyFileText is the file as it is written.
type keyFileText struct {
	Format      string `json:"format"`
	Fingerprint string `json:"fingerprint"` // for whoever opens the file; it must be the key's
	KeyFile
	Signature string `json:"signature"`
}

const keyFormat = "xuezheng public key 1"

// maxKeyFile is the largest key file taken, in bytes.
const maxKeyFile = 8 << 10

func (f KeyFile) message() ([]byte, error) {
	b, err := json.Marshal(f)
	return append([]byte(keyFormat+"\n"), b...), err
}

// EncodePublic writes a key file for k.
func EncodePublic(k Private, f KeyFile) ([]byte, error) {
	if !isName(f.Name) || f.NameEn != "" && !isName(f.NameEn) {
		return nil, ErrKeyFile
	}
	f.DID, f.Made = k.Public().DID(), f.Made.UTC().Truncate(time.Second)
	m, err := f.message()
	if err != nil {
		return nil, err
	}
	b, err := json.MarshalIndent(keyFileText{keyFormat, k.Public().Fingerprint(), f, base64.StdEncoding.EncodeToString(k.Sign(m))}, "", " ")
	return append(b, '\n'), err
}

// ParsePublic reads a key file. That the name belongs to the key is the file's own word: trust
// needs the fingerprint compared by a person.
func ParsePublic(b []byte) (KeyFile, error) {
	var t keyFileText
	if len(b) > maxKeyFile || json.Unmarshal(b, &t) != nil || t.Format != keyFormat {
		return KeyFile{}, ErrKeyFile
	}
	p, err := ParseDID(t.DID)
	if err != nil {
		return KeyFile{}, err
	}
	if t.Fingerprint != p.Fingerprint() || !isName(t.Name) || t.NameEn != "" && !isName(t.NameEn) {
		return KeyFile{}, ErrKeyFile
	}
	sig, err := base64.StdEncoding.DecodeString(t.Signature)
	if err != nil {
		return KeyFile{}, ErrKeyFile
	}
	m, err := t.message()
	if err != nil || !p.Verify(m, sig) {
		return KeyFile{}, ErrSignature
	}
	return t.KeyFile, nil
}

// maxName is the longest name of an institution, in bytes.
const maxName = 400

// isName refuses names that would show as something else than they are.
func isName(s string) bool {
	hidden := func(r rune) bool { return !unicode.IsPrint(r) }
	return s != "" && len(s) <= maxName && utf8.ValidString(s) && strings.TrimSpace(s) == s && strings.IndexFunc(s, hidden) < 0
}
