package exchange

import (
	"encoding/binary"

	"golang.org/x/crypto/argon2"

	"xuezheng/data/fault"
)

// ErrPin is for a PIN that does not open what it should.
var ErrPin = fault.New(fault.Refused, "exchange.pin")

// SealWithPIN seals a few keys under a PIN: 16 bytes of salt, the cost, then what is sealed with
// AES-256-GCM under argon2id of the PIN. A PIN of six digits slows whoever carries the machine
// away; it does not stop them: a million guesses at DefaultCost take days, not years.
func SealWithPIN(plain []byte, pin string, c Cost) ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	out := random(saltSize)
	out = binary.BigEndian.AppendUint32(out, c.Passes)
	out = binary.BigEndian.AppendUint32(out, c.Memory)
	out = append(out, c.Lanes)
	key := pinKey(pin, out[:saltSize], c)
	defer clear(key)
	return gcm(key).Seal(out, nil, plain, []byte(pinContext)), nil
}

// OpenWithPIN opens what SealWithPIN sealed; ErrPin for another PIN or damage.
func OpenWithPIN(sealed []byte, pin string) ([]byte, error) {
	const head = saltSize + 9
	if len(sealed) < head {
		return nil, ErrPin
	}
	c := Cost{binary.BigEndian.Uint32(sealed[saltSize:]), binary.BigEndian.Uint32(sealed[saltSize+4:]), sealed[saltSize+8]}
	if c.check() != nil {
		return nil, ErrPin
	}
	key := pinKey(pin, sealed[:saltSize], c)
	defer clear(key)
	plain, err := gcm(key).Open(nil, nil, sealed[head:], []byte(pinContext))
	if err != nil {
		return nil, ErrPin
	}
	return plain, nil
}

const pinContext = "xuezheng pin 1"

func pinKey(pin string, salt []byte, c Cost) []byte {
	return argon2.IDKey([]byte(pin), salt, c.Passes, c.Memory, c.Lanes, caseKeySize)
}
