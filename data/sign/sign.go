// Package sign signs facts and checks signatures: Ed25519 keys under their did:key names, the
// compact form a printed code carries, and documents with Data Integrity proofs.
package sign

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

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

// Fingerprint is what two people can compare aloud: the first ten bytes of the SHA-256 of the
// DID, in five groups of four hex digits.
func (p Public) Fingerprint() string {
	sum := sha256.Sum256([]byte(p.DID()))
	text := strings.ToUpper(hex.EncodeToString(sum[:10]))
	var groups []string
	for i := 0; i < len(text); i += 4 {
		groups = append(groups, text[i:i+4])
	}
	return strings.Join(groups, " ")
}
