// Package sign signs facts and checks signatures: Ed25519 keys under their did:key names, the
// compact form a printed code carries, and documents with Data Integrity proofs.
package sign

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/mr-tron/base58"
)

// What can be wrong with what is read.
var (
	ErrKey       = errors.New("not an Ed25519 key")
	ErrKeyFile   = errors.New("not a public key file")
	ErrSignature = errors.New("the signature does not fit")
	ErrForm      = errors.New("not in the form we sign")
	ErrTooLarge  = errors.New("larger than anything we sign")
)

// Private is a signing key.
type Private struct{ key ed25519.PrivateKey }

// Public is the key that checks what Private signed.
type Public [ed25519.PublicKeySize]byte

// NewKey makes a fresh signing key.
func NewKey() (Private, error) {
	_, k, err := ed25519.GenerateKey(rand.Reader)
	return Private{k}, err
}

// PrivateFrom reads the 32 bytes that Bytes gave.
func PrivateFrom(seed []byte) (Private, error) {
	if len(seed) != ed25519.SeedSize {
		return Private{}, ErrKey
	}
	return Private{ed25519.NewKeyFromSeed(seed)}, nil
}

// Bytes is the key's 32-byte seed: keep it sealed.
func (k Private) Bytes() []byte { return k.key.Seed() }

// Public is the key's other half.
func (k Private) Public() (p Public) {
	copy(p[:], k.key.Public().(ed25519.PublicKey))
	return p
}

// Sign signs a message (RFC 8032).
func (k Private) Sign(message []byte) []byte { return ed25519.Sign(k.key, message) }

// Verify reports whether sig is this key's signature of message.
func (p Public) Verify(message, sig []byte) bool {
	return len(sig) == ed25519.SignatureSize && ed25519.Verify(p[:], message, sig)
}

func (p Public) key() ed25519.PublicKey { return p[:] }

// multicodec stands before an Ed25519 public key in did:key.
var multicodec = []byte{0xed, 0x01}

// DID names the key: did:key:z6Mk….
func (p Public) DID() string {
	return "did:key:z" + base58.Encode(append(append([]byte(nil), multicodec...), p[:]...))
}

// maxDID is more than any name of a key is long.
const maxDID = 80

// ParseDID reads what DID wrote.
func ParseDID(did string) (p Public, err error) {
	text, ok := strings.CutPrefix(did, "did:key:z")
	if !ok || len(did) > maxDID {
		return p, ErrKey
	}
	b, err := base58.Decode(text)
	if err != nil || len(b) != len(multicodec)+len(p) || b[0] != multicodec[0] || b[1] != multicodec[1] {
		return p, ErrKey
	}
	copy(p[:], b[len(multicodec):])
	if p.DID() != did {
		return p, ErrKey
	}
	return p, nil
}

// verification is the key's name inside its own DID document.
func (p Public) verification() string {
	did := p.DID()
	return did + "#" + strings.TrimPrefix(did, "did:key:")
}

// Fingerprint is what two people can compare aloud: the first eight bytes of the SHA-256 of the
// DID, in groups of four hex digits.
func (p Public) Fingerprint() string {
	sum := sha256.Sum256([]byte(p.DID()))
	text := strings.ToUpper(hex.EncodeToString(sum[:8]))
	return text[:4] + " " + text[4:8] + " " + text[8:12] + " " + text[12:]
}

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
	Fingerprint string `json:"fingerprint"` // for people; not read back
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
