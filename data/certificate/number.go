package certificate

import (
	"fmt"
	"strconv"
	"strings"

	"xuezheng/data/day"
)

// Number writes the certificate number of a sequence number: {year}, {seq:digits} and {check}
// stand in the pack's format. The check character finds any one mistyped character.
func (r Rules) Number(seq int64, today day.Date) string {
	s := strings.ReplaceAll(r.NumberFormat, "{year}", strconv.Itoa(today.Year()))
	if i := strings.Index(s, "{seq"); i >= 0 {
		if j := strings.Index(s[i:], "}"); j > 0 {
			digits, _ := strconv.Atoi(strings.TrimPrefix(s[i+4:i+j], ":"))
			s = s[:i] + fmt.Sprintf("%0*d", min(digits, 12), seq) + s[i+j+1:]
		}
	}
	if before, after, ok := strings.Cut(s, "{check}"); ok {
		s = before + checkCharacter(before) + after
	}
	return s
}

// checkCharacter is ISO 7064 MOD 37,36 over digits and capital letters.
func checkCharacter(s string) string {
	const set = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	p := 36
	for _, c := range strings.ToUpper(s) {
		i := strings.IndexRune(set, c)
		if i < 0 {
			continue
		}
		if p += i; p > 36 {
			p -= 36
		}
		p = p * 2 % 37
	}
	return string(set[(37-p)%36])
}
