package store

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"golang.org/x/crypto/argon2"
)

// vault seals and opens with keys drawn from the store's data key. It exists only while someone
// is signed in.
type vault struct {
	data  []byte // the data key itself, to wrap it anew
	field cipher.AEAD
	index []byte
	rows  *mac   // seals rows
	trail []byte // chains the trail
}

const keySize = 32

func newVault(data []byte) (*vault, error) {
	v := &vault{data: bytes.Clone(data)}
	fieldKey, err := hkdf.Key(sha256.New, data, nil, "xuezheng field 1", keySize)
	if err != nil {
		return nil, err
	}
	if v.index, err = hkdf.Key(sha256.New, data, nil, "xuezheng index 1", keySize); err != nil {
		return nil, err
	}
	rowKey, err := hkdf.Key(sha256.New, data, nil, "xuezheng row 1", keySize)
	if err != nil {
		return nil, err
	}
	v.rows = newMAC(rowKey)
	if v.trail, err = hkdf.Key(sha256.New, data, nil, "xuezheng trail 1", keySize); err != nil {
		return nil, err
	}
	v.field, err = aead(fieldKey)
	return v, err
}

func aead(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// wipe forgets the keys as far as the language lets us.
func (v *vault) wipe() {
	clear(v.data)
	clear(v.index)
	clear(v.trail)
}

// seal encrypts a value for one column of one row: moved elsewhere it does not open.
func (v *vault) seal(column, row string, plain []byte) ([]byte, error) {
	if v == nil {
		return nil, ErrLocked
	}
	return sealWith(v.field, column, row, plain)
}

func sealWith(a cipher.AEAD, column, row string, plain []byte) ([]byte, error) {
	out := make([]byte, a.NonceSize(), a.NonceSize()+len(plain)+a.Overhead())
	if _, err := rand.Read(out); err != nil {
		return nil, err
	}
	return a.Seal(out, out, plain, []byte(column+"\x00"+row)), nil
}

// open decrypts what seal made for the same column and row.
func (v *vault) open(column, row string, sealed []byte) ([]byte, error) {
	if v == nil {
		return nil, ErrLocked
	}
	return openWith(v.field, column, row, sealed)
}

func openWith(a cipher.AEAD, column, row string, sealed []byte) ([]byte, error) {
	if len(sealed) < a.NonceSize() {
		return nil, ErrDamaged
	}
	plain, err := a.Open(nil, sealed[:a.NonceSize()], sealed[a.NonceSize():], []byte(column+"\x00"+row))
	if err != nil {
		return nil, ErrDamaged.Because(err)
	}
	return plain, nil
}

// blind is the 16-byte index of a value: equal values have equal indexes, and without the key
// nothing can be learnt from one.
func (v *vault) blind(what, value string) []byte {
	m := hmac.New(sha256.New, v.index)
	m.Write([]byte(what))
	m.Write([]byte{0})
	m.Write([]byte(value))
	return m.Sum(nil)[:16]
}

// Cost is what guessing one passphrase costs: argon2id passes, memory in KiB, lanes.
type Cost struct {
	Time, Memory uint32
	Threads      uint8
}

// DefaultCost takes some 165 ms and 64 MiB.
var DefaultCost = Cost{Time: 3, Memory: 64 << 10, Threads: 4}

func (c Cost) String() string { return fmt.Sprintf("argon2id:%d:%d:%d", c.Time, c.Memory, c.Threads) }

func parseCost(s string) (c Cost, err error) {
	_, err = fmt.Sscanf(s, "argon2id:%d:%d:%d", &c.Time, &c.Memory, &c.Threads)
	if err != nil || c.Time == 0 || c.Time > 64 || c.Memory > 1<<20 || c.Threads == 0 {
		return c, ErrDamaged.Because(err)
	}
	return c, nil
}

// What a passphrase wraps the data key for: in a store whose rows carry seals otherwise than in one of
// before, so that nobody can make the one look like the other.
const (
	loginSealed   = "login sealed"
	loginUnsealed = "login"
)

// wrap seals the data key under a passphrase; salt is fresh.
func wrap(data []byte, login, passphrase string, c Cost) (salt, wrapped []byte, err error) {
	salt = make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return nil, nil, err
	}
	a, err := aead(argon2.IDKey([]byte(passphrase), salt, c.Time, c.Memory, c.Threads, keySize))
	if err != nil {
		return nil, nil, err
	}
	wrapped, err = sealWith(a, loginSealed, login, data)
	return salt, wrapped, err
}

// unwrap opens what wrap sealed; ok is false for a wrong passphrase. sealed says that the login was kept
// since rows carry seals.
func unwrap(wrapped, salt []byte, login, passphrase string, c Cost) (data []byte, sealed, ok bool, err error) {
	a, err := aead(argon2.IDKey([]byte(passphrase), salt, c.Time, c.Memory, c.Threads, keySize))
	if err != nil {
		return nil, false, false, err
	}
	if data, err = openWith(a, loginSealed, login, wrapped); err == nil {
		return data, true, true, nil
	}
	data, err = openWith(a, loginUnsealed, login, wrapped)
	return data, false, err == nil, nil
}

// toRecovery seals the data key to a fresh recovery key and returns that key, which is shown
// once and kept nowhere.
func toRecovery(data []byte) (recovery string, sealed []byte, err error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return "", nil, err
	}
	var b bytes.Buffer
	w, err := age.Encrypt(&b, id.Recipient())
	if err != nil {
		return "", nil, err
	}
	if _, err := w.Write(data); err != nil {
		return "", nil, err
	}
	if err := w.Close(); err != nil {
		return "", nil, err
	}
	return id.String(), b.Bytes(), nil
}

func fromRecovery(recovery string, sealed []byte) ([]byte, error) {
	id, err := age.ParseX25519Identity(strings.ToUpper(strings.Join(strings.Fields(recovery), ""))) // as it is shown: in groups
	if err != nil {
		return nil, ErrRecoveryKey
	}
	r, err := age.Decrypt(bytes.NewReader(sealed), id)
	if err != nil {
		return nil, ErrRecoveryKey
	}
	return io.ReadAll(io.LimitReader(r, keySize))
}
