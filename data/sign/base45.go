package sign

import "strings"

// alphabet is the one of QR codes' alphanumeric mode (RFC 9285).
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// Base45 writes bytes in the characters a QR code packs best (RFC 9285).
func Base45(b []byte) string {
	var s strings.Builder
	s.Grow(len(b)*3/2 + 2)
	for i := 0; i < len(b); i += 2 {
		if i+1 == len(b) {
			s.WriteByte(alphabet[b[i]%45])
			s.WriteByte(alphabet[b[i]/45])
			break
		}
		n := int(b[i])<<8 | int(b[i+1])
		s.WriteByte(alphabet[n%45])
		s.WriteByte(alphabet[n/45%45])
		s.WriteByte(alphabet[n/2025])
	}
	return s.String()
}

// ParseBase45 reads what Base45 wrote; ErrForm for anything else.
func ParseBase45(s string) ([]byte, error) {
	if len(s)%3 == 1 {
		return nil, ErrForm
	}
	b := make([]byte, 0, len(s)*2/3+1)
	for i := 0; i < len(s); i += 3 {
		n, weight, digits := 0, 1, min(3, len(s)-i)
		for j := range digits {
			d := strings.IndexByte(alphabet, s[i+j])
			if d < 0 {
				return nil, ErrForm
			}
			n += d * weight
			weight *= 45
		}
		switch {
		case digits == 3 && n <= 0xffff:
			b = append(b, byte(n>>8), byte(n))
		case digits == 2 && n <= 0xff:
			b = append(b, byte(n))
		default:
			return nil, ErrForm
		}
	}
	return b, nil
}
