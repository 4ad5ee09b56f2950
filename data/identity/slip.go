package identity

import (
	"encoding/base32"
	"strings"

	"xuezheng/data/id"
)

// SlipPrefix begins the text of a slip's code; a person's id follows, then the key that opens
// their case at a kiosk.
const SlipPrefix = "XZS:"

// SlipText is what stands in the code of a person's slip.
func SlipText(p id.Person, key []byte) string {
	return SlipPrefix + strings.ToUpper(string(p)) + ":" + slipCode.EncodeToString(key)
}

var slipCode = base32.StdEncoding.WithPadding(base32.NoPadding)

// SlipKeySize is how long the key of a slip is; slipIDSize the id before it. Both in bytes.
const (
	SlipKeySize = 16
	slipIDSize  = 36
)

// ReadSlip reads the code of a slip, typed, scanned or seen by a camera: whose case it opens, and
// the key for a kiosk, which older slips don't have.
func ReadSlip(text string) (p id.Person, key []byte, ok bool) {
	text = strings.ToUpper(strings.TrimSpace(text))
	if len(text) > 128 || !strings.HasPrefix(text, SlipPrefix) {
		return "", nil, false
	}
	who, code, _ := strings.Cut(strings.TrimPrefix(text, SlipPrefix), ":")
	if len(who) != slipIDSize || strings.Trim(who, "0123456789ABCDEF-") != "" {
		return "", nil, false
	}
	if code == "" {
		return id.Person(strings.ToLower(who)), nil, true
	}
	key, err := slipCode.DecodeString(code)
	if err != nil || len(key) != SlipKeySize {
		return "", nil, false
	}
	return id.Person(strings.ToLower(who)), key, true
}
